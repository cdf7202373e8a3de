-- A year keeps what its warning takes from the years beside it, and counts its targets apart, so that one year is read
-- without the others. The table is derived, so it is made anew.
DROP TABLE IF EXISTS stored_year;
