"""The border between pages and tracking.

shell      the empty page that all is drawn into
words      the language, and every sentence in it
data       the database, and what is read from it, cached
url        what ties a control to its parameter
filters    the filters of every page, as they are declared
picks      what is picked on one page alone
tables     frames as a person reads them
uploads    the places for files, in words
"""
