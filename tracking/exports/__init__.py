"""Tables to files: formats, the cover that says what a file rests on, a space's scorecard."""
