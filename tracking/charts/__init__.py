"""Frames to pictures, and the finding that each says, in the person's language.

HTML of our own, read out as it stands and printed whole:
tiles, bars, cells, strip, attested, where

plotly figures, which a card of a requirement draws when it is opened:
base          what every chart has in common
requirement   one requirement of one space over its period, in the form that fits its basis
period        the years under it, their phases and results

words:
headlines, sentences, groups, agreed, provisional
"""
