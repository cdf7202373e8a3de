"""The tables that go out: their columns, what each can be filtered by, and their rows in the contract's order."""
