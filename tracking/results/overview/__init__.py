"""The programme in one data year, for whoever looks at all of it: counts over the views of `schema.sql`.

Every question takes the filters of a table, which choose what part of the programme is looked at. What is counted are
enrolments in a year, rows of `evaluations`; a space on two tracks is two of them. A year of one is judged once the day
on which its filing was due has passed: until then a filing can be mended, and after an early exit none is due.
"""
