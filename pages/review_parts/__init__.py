"""The parts of the page of review.

queue      what waits for a step, and many clean ones at once
one        one filing: its state, its warnings, its figures, what was decided
measures   what is to be put right, the overdue first, and what is let pass
terms      within how many days each step is to be done
windows    when filings are taken, and which spaces may file outside of it
deciding   checking, approving, returning, reopening; what came of it
"""
