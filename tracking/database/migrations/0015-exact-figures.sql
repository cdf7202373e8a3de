-- A figure of more digits than a double has stands in the judgement exactly, as it was filed. The table is derived, so it
-- is made anew.
DROP TABLE stored_attainment;
