"""The attainment of a made-up country computed from Parquet by pandas and by polars, as one would without a database.

Every basis, alternatives and preferences, in doubles and in five columns: required, actual, gap, attainment, status. It
is taken for granted that everything was filed, once, in every year: no due day, revision, note or exact decimal. What
the product stores besides (20 more columns, the years' and outcomes' tables) is not computed.
"""
