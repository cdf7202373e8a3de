"""Frames to pictures, and the finding that each says, in the person's language.

HTML of our own, read out as it stands and printed whole:
tiles, bars, cells, strip, attested, where

plotly figures, which a card of a requirement draws when it is opened:
base          what every chart has in common
requirement   one requirement of one space over its period, in the form that fits its basis
columns       the columns in it; yardsticks: what they are held against
period        the years under it, their phases and results

words:
headlines     what the overview says; reasons: why somebody stands in one of its queues
sentences     what a requirement comes to; to_come: what years to come ask of it; standing: of one enrolment
groups, agreed, provisional, backing
"""
