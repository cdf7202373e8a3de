-- What is judged says on the filings of which years it rests as bits of a number, so that what rests on filings that
-- review has not approved is told without looking for a range of years; both tables are derived, so they are made anew.
DROP TABLE IF EXISTS stored_attainment;
DROP TABLE IF EXISTS stored_year;
