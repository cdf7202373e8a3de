"""Keeping a server in sight: whether it is ready, what it logs and counts, and how it stops.

log         events as lines of JSON
metrics     events as counters, for Prometheus, on a port of their own
readiness   whether a proxy may send people here
watch       every request timed, and /readyz answered, in front of the gate
heads       the heads of the chains, once a day
reminding   reminders each quarter of an hour, where nobody but the server can have the database
running     what goes on beside the answers, from the first to the last
stopping    SIGTERM: first not ready any more, then out when what is being stored is stored
"""
