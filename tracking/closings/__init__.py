"""Closings (定稿): the results of a data year as they were decided, frozen for good.

archive    the frozen tables as one file
frozen     what was closed, and a closed year as a database to be read
closing    closing a year
unapproved on which filings that are not approved a closing would rest
unknown    what is raised of a closing that is not there
since      what later loads and other rules change in what was decided
"""
