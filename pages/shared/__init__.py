"""The border between pages and tracking.

words      the language, and every sentence in it
data       the database, and what is read from it, cached
choices    the filters, which live in the URL
tables     frames as a person reads them
"""
