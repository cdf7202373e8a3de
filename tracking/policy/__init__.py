"""An edition of the policy: its folder of rows, their contradictions, loading them, and what is in force."""
