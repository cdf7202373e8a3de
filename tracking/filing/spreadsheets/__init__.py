"""Bytes of any spreadsheet to grids of cells that remember their place. Knows nothing of what the cells mean."""
