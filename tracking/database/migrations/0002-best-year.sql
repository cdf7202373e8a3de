-- Databases of the first months have no column for the best year of a cumulative requirement. It is filled when all is
-- judged anew.
ALTER TABLE stored_outcome ADD COLUMN IF NOT EXISTS best DECIMAL(18, 4);
DELETE FROM judged_by;
