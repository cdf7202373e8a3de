"""Cells to figures or problems, by the policy's own words. Knows no database and no file format."""
