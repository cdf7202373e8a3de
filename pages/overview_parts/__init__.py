"""The parts of the overview, top to bottom.

notdue     the page of a year that is not due yet
listing    enrolments in a table: who, how its years went, what it missed
cohorts    the whole period, by cohort and verdict
queue      who is to be decided about
pictures   what is missed most, districts, filings, space by requirement
"""
