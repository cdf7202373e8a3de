-- What is judged says itself whether it is missed, lost or absent, and a year how many of its requirements are: what counts
-- as missed is said once. Both tables are derived, so they are made anew.
DROP TABLE IF EXISTS stored_attainment;
DROP TABLE IF EXISTS stored_year;
