-- What a reader may see stands in a table that is empty but while somebody reads.
CREATE TABLE chosen_viewer (
    scope TEXT COLLATE "C" NOT NULL CHECK (scope IN ('city', 'district', 'edition', 'space')),
    code TEXT COLLATE "C" NOT NULL
);
