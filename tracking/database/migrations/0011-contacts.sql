-- A register may say whom to call about a filing. Registers loaded before name nobody.
ALTER TABLE space ADD COLUMN contact_name TEXT;
ALTER TABLE space ADD COLUMN telephone TEXT;
