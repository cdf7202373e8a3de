"""What the keeper of the server does: backup, copies, the made-up programme, verifying, starting the dashboard."""
