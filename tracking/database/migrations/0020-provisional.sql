-- What is judged says from which year's filing on it rests, so that it can be told what rests on filings that review has
-- not approved; both tables are derived, so they are made anew. A closing says on how many such filings it rests.
DROP TABLE IF EXISTS stored_attainment;
DROP TABLE IF EXISTS stored_year;
ALTER TABLE IF EXISTS closing ADD COLUMN IF NOT EXISTS provisional INTEGER;
