"""A page per job. Each reads what the person chose, asks tracking, and draws.

`front.py` runs first, whatever the address, and then the page that is asked for.
"""
