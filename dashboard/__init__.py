"""A page per job. Each reads what the person chose, asks tracking, and draws.

The folder may not be called `pages`: beside app.py, Streamlit would serve its scripts without app.py until
somebody opens the front door.
"""
