"""A page per job. Each reads what the person chose, asks tracking, and draws."""
