"""What a person reads: every sentence in both languages, figures, looks and problems. Imports nothing of ours."""
