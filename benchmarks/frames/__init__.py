"""The judgement of a made-up country computed from Parquet by pandas and by polars, as one would without a database.

What a whole refresh stores: every column of `stored_attainment`, `stored_year` and `stored_outcome`, with every basis,
revisions, what was not filed, blanks, early exits, alternatives and preferences; written to Parquet as the refresh
writes it to the database. In doubles where the product counts exactly. What review has not approved is left out:
nothing of the country is under review; nor are the outcomes counted that the refresh counts besides, `stored_verdict`.
"""
