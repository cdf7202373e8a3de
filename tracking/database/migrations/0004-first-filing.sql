-- A year tells when it was first filed, beside its latest revision: a correction after the due day is not lateness. The
-- table is derived, so it is made anew.
DROP TABLE stored_year;
