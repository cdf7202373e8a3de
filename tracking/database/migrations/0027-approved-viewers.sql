-- What an analyst sees rests on approved filings alone, unless the grant says otherwise: those that were given before this
-- step do not. Every other role sees what is provisional, as it did.
ALTER TABLE access_grant ADD COLUMN provisional BOOLEAN;

UPDATE access_grant SET provisional = role <> 'analyst';
