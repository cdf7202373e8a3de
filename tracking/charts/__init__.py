"""Frames to plotly figures, and the finding that each says, in the person's language.

base          what every chart has in common
programme     the overview's: heatmap, statuses by year, filings against time, districts
requirement   one requirement of one space over its period, in the form that fits its basis
"""
