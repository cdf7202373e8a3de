"""A page per job. Each reads what the person chose, asks tracking, and draws.

Beside app.py, Streamlit serves the scripts of a folder of this name by themselves until somebody has come in by
the front door; `shared.data.engine` sends whoever does so there first.
"""
