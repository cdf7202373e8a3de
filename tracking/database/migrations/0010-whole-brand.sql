-- A requirement says whether its clause asks it of all spaces of a brand together. Editions loaded before say nothing of it;
-- the folder says it from its next load on.
ALTER TABLE requirement ADD COLUMN whose TEXT;
