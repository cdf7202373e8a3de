-- The model, to be read from top to bottom: what comes in (loads, policy, register, filings), what is
-- stored of the judgement, then the views in the order that data flow. DuckDB and PostgreSQL both run it, and
-- running it again is safe; NOT MATERIALIZED is for PostgreSQL, and DuckDB is given it without (upgrades.py).
--
-- Nothing is updated or deleted in what comes in: every row carries the number of the load that
-- brought it, and a later row for the same key takes over. "Current" is the latest.
--
-- Figures are DECIMAL(18, 4), exact. What is derived for people to look at (actual, required, gap,
-- attainment) is one division of two exact numbers, given as DOUBLE PRECISION; every comparison is made on
-- the exact numbers before the division. A double tells four decimals of what is below 2^39 (549,755,813,888) and no
-- more: a filed figure beyond that stands in a column exact beside it. NULL is never 0: it means that there is no such
-- figure.


-- schema_version: one row per shape of these tables that the database has had, the highest the one that it has: the
-- steps in tracking/database/migrations/ that it has taken. reached_at is the wall clock of the machine.
CREATE TABLE IF NOT EXISTS schema_version (
    version INTEGER PRIMARY KEY,
    reached_at TIMESTAMP NOT NULL
);


-- ---------------------------------------------------------------------------------------------
-- Loads

-- load: one row per thing that came in: a policy edition, a register, a file of filings, the rules of another
-- release, a closing of a data year, acts of review. The highest load_id is the data version. loaded_at is the wall clock of the
-- machine; source is the file's or the edition's name, of rules the release; sha256 is of the bytes as they came.
CREATE TABLE IF NOT EXISTS load (
    load_id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('policy', 'register', 'filing', 'rules', 'closing', 'review')),
    source TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    loaded_by TEXT NOT NULL,
    loaded_at TIMESTAMP NOT NULL
);

-- void_load: one row per number that no load has, and none will have: rows were found under it without their load, of
-- something that was stopped halfway, and taken away.
CREATE TABLE IF NOT EXISTS void_load (
    load_id INTEGER PRIMARY KEY,
    found_at TIMESTAMP NOT NULL
);

-- seal: one row per load, made with it: content is the SHA-256 of its own rows of all other tables in canonical form,
-- head that of the chain of loads up to it, which rests on the head before; read_by is the SHA-256 of the program that
-- read the load's document, empty for loads from before there were seals.
CREATE TABLE IF NOT EXISTS seal (
    load_id INTEGER PRIMARY KEY,
    content TEXT NOT NULL,
    head TEXT NOT NULL,
    read_by TEXT NOT NULL
);

-- document: the bytes of every file that was loaded, once per sha256, as they came.
CREATE TABLE IF NOT EXISTS document (
    sha256 TEXT PRIMARY KEY,
    content BYTEA NOT NULL
);


-- ---------------------------------------------------------------------------------------------
-- The policy, as its folder under data/policy/ says it. An edition is loaded whole: its rows in its
-- latest load are the policy in force.

-- edition: one row per load of a policy edition. construction_years are the first years of every
-- enrolment (建设期), the rest is cultivation (培育期); a data year's filing is due through due_month and
-- due_day of the year after; pass_mark is the share of the mandatory requirements that a year has to
-- hold to pass, pass_mark_is_default says that the policy itself names none.
CREATE TABLE IF NOT EXISTS edition (
    load_id INTEGER NOT NULL,
    edition TEXT COLLATE "C" NOT NULL,
    name_zh TEXT NOT NULL,
    name_en TEXT NOT NULL,
    source_zh TEXT NOT NULL,
    source_en TEXT NOT NULL,
    construction_years INTEGER NOT NULL,
    due_month INTEGER NOT NULL,
    due_day INTEGER NOT NULL,
    pass_mark DECIMAL(18, 4) NOT NULL,
    pass_mark_is_default BOOLEAN NOT NULL,
    PRIMARY KEY (edition, load_id)
);

-- track: one row per track (培育类别) of an edition; position is the policy's own order.
CREATE TABLE IF NOT EXISTS track (
    load_id INTEGER NOT NULL,
    edition TEXT COLLATE "C" NOT NULL,
    track TEXT COLLATE "C" NOT NULL,
    position INTEGER NOT NULL,
    name_zh TEXT NOT NULL,
    name_en TEXT NOT NULL,
    PRIMARY KEY (edition, track, load_id)
);

-- unit: one row per unit of measure of an edition, as a person reads it.
CREATE TABLE IF NOT EXISTS unit (
    load_id INTEGER NOT NULL,
    edition TEXT COLLATE "C" NOT NULL,
    unit TEXT COLLATE "C" NOT NULL,
    name_zh TEXT NOT NULL,
    name_en TEXT NOT NULL,
    PRIMARY KEY (edition, unit, load_id)
);

-- conversion: one row per other unit that a cell may be written in; the figure times factor is in unit.
CREATE TABLE IF NOT EXISTS conversion (
    load_id INTEGER NOT NULL,
    edition TEXT COLLATE "C" NOT NULL,
    unit TEXT COLLATE "C" NOT NULL,
    written TEXT NOT NULL,
    factor DECIMAL(18, 8) NOT NULL,
    PRIMARY KEY (edition, unit, written, load_id)
);

-- metric: one row per metric (指标) of an edition. kind whole and decimal are counts and amounts in unit,
-- yes_no is filed as 1 or 0, share is never filed: it is numerator divided by denominator, both metrics.
CREATE TABLE IF NOT EXISTS metric (
    load_id INTEGER NOT NULL,
    edition TEXT COLLATE "C" NOT NULL,
    metric TEXT COLLATE "C" NOT NULL,
    position INTEGER NOT NULL,
    name_zh TEXT NOT NULL,
    name_en TEXT NOT NULL,
    unit TEXT COLLATE "C" NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('whole', 'decimal', 'yes_no', 'share')),
    numerator TEXT COLLATE "C",
    denominator TEXT COLLATE "C",
    PRIMARY KEY (edition, metric, load_id)
);

-- clause: one row per numbered clause of a track and stage, in the policy's own words; text_en translates.
CREATE TABLE IF NOT EXISTS clause (
    load_id INTEGER NOT NULL,
    edition TEXT COLLATE "C" NOT NULL,
    track TEXT COLLATE "C" NOT NULL,
    stage TEXT NOT NULL CHECK (stage IN ('entry', 'target')),
    clause TEXT COLLATE "C" NOT NULL,
    text_zh TEXT NOT NULL,
    text_en TEXT NOT NULL,
    PRIMARY KEY (edition, track, stage, clause, load_id)
);

-- requirement: one row per requirement (要求): a metric, a basis, a comparison and a threshold, taken
-- from one clause. position is its place in the policy's own order, in a load one for each;
-- stage entry is a basic condition (基本条件), target a cultivation target (培育目标);
-- mandatory is false for a preference (优先项); requirements of one clause with the same letter in
-- alternative satisfy it each alone; counted says which years a cumulative sum counts (period or
-- cultivation, NULL for other bases); the notes say how the clause is read; whose is brand where the
-- clause asks it of all spaces of the brand together (该品牌下), else NULL. Thresholds are in the
-- metric's unit, of a share a fraction of 1, of an attested requirement 1.
CREATE TABLE IF NOT EXISTS requirement (
    load_id INTEGER NOT NULL,
    edition TEXT COLLATE "C" NOT NULL,
    requirement TEXT COLLATE "C" NOT NULL,
    position INTEGER NOT NULL,
    track TEXT COLLATE "C" NOT NULL,
    stage TEXT NOT NULL CHECK (stage IN ('entry', 'target')),
    clause TEXT COLLATE "C" NOT NULL,
    metric TEXT COLLATE "C" NOT NULL,
    basis TEXT NOT NULL CHECK (basis IN ('annual', 'stock', 'cumulative', 'share', 'growth', 'attested')),
    comparison TEXT NOT NULL CHECK (comparison IN ('>=', '>')),
    threshold DECIMAL(18, 4) NOT NULL,
    mandatory BOOLEAN NOT NULL,
    alternative TEXT,
    counted TEXT CHECK (counted IN ('period', 'cultivation')),
    note_zh TEXT NOT NULL,
    note_en TEXT NOT NULL,
    whose TEXT,
    PRIMARY KEY (edition, requirement, load_id)
);

-- rule: one row per rule across the cells of a filing: part must not exceed whole (both metrics).
CREATE TABLE IF NOT EXISTS rule (
    load_id INTEGER NOT NULL,
    edition TEXT COLLATE "C" NOT NULL,
    part TEXT COLLATE "C" NOT NULL,
    whole TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (edition, part, whole, load_id)
);

-- reading: one row per other reading that the clause's words allow, not in force. requirement is NULL
-- where the edition's pass mark is read otherwise; of metric, basis, comparison, threshold, counted
-- and pass_mark those that are not NULL would replace what is in force.
CREATE TABLE IF NOT EXISTS reading (
    load_id INTEGER NOT NULL,
    edition TEXT COLLATE "C" NOT NULL,
    reading TEXT COLLATE "C" NOT NULL,
    position INTEGER NOT NULL,
    requirement TEXT COLLATE "C",
    name_zh TEXT NOT NULL,
    name_en TEXT NOT NULL,
    default_zh TEXT NOT NULL,
    default_en TEXT NOT NULL,
    metric TEXT,
    basis TEXT,
    comparison TEXT,
    threshold DECIMAL(18, 4),
    counted TEXT,
    pass_mark DECIMAL(18, 4),
    PRIMARY KEY (edition, reading, load_id)
);

-- imprint: one row per load of an edition that says who publishes its data: publisher, licence and contact, NULL
-- where nothing is said.
CREATE TABLE IF NOT EXISTS imprint (
    load_id INTEGER NOT NULL,
    edition TEXT COLLATE "C" NOT NULL,
    publisher_zh TEXT,
    publisher_en TEXT,
    licence TEXT,
    contact TEXT,
    PRIMARY KEY (edition, load_id)
);


-- ---------------------------------------------------------------------------------------------
-- The register

-- space: one row per space (众创空间) and load that named it. contact_name and telephone say whom to call about a
-- filing, at an office; NULL where nobody is named. No view of what goes out has them.
CREATE TABLE IF NOT EXISTS space (
    load_id INTEGER NOT NULL,
    space_id TEXT COLLATE "C" NOT NULL,
    space_name TEXT NOT NULL,
    district TEXT NOT NULL,
    operator TEXT NOT NULL,
    brand TEXT NOT NULL,
    contact_name TEXT,
    telephone TEXT,
    PRIMARY KEY (space_id, load_id)
);

-- enrolment: one row per enrolment (入选) and load that named it: one space on one track under one
-- edition, first to last year, 1 to 10 years. exit_year is the last year in the programme of an
-- enrolment that ended early, NULL where it did not.
CREATE TABLE IF NOT EXISTS enrolment (
    load_id INTEGER NOT NULL,
    space_id TEXT COLLATE "C" NOT NULL,
    track TEXT COLLATE "C" NOT NULL,
    edition TEXT COLLATE "C" NOT NULL,
    start_year INTEGER NOT NULL,
    end_year INTEGER NOT NULL CHECK (end_year BETWEEN start_year AND start_year + 9),
    exit_year INTEGER CHECK (exit_year BETWEEN start_year AND end_year),
    PRIMARY KEY (space_id, track, edition, load_id)
);


-- ---------------------------------------------------------------------------------------------
-- Filings

-- filing: one row per revision of what one space reported for one data year; the highest revision
-- counts, the others stay. figures is the number of its figures.
CREATE TABLE IF NOT EXISTS filing (
    load_id INTEGER NOT NULL,
    space_id TEXT COLLATE "C" NOT NULL,
    year INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    figures INTEGER NOT NULL,
    PRIMARY KEY (space_id, year, revision)
);

-- observation: one row per metric that a revision of a filing says something about. value is in the
-- metric's unit, yes is 1 and no is 0; it is NULL where a blank is only explained. evidence backs an
-- attested figure, note (说明) explains a figure or a blank; both are NULL where nothing was said.
-- No primary key: with millions of rows it costs a multiple of the load; the rows come from a reading
-- already free of duplicates, and `verify` looks for them.
CREATE TABLE IF NOT EXISTS observation (
    load_id INTEGER NOT NULL,
    space_id TEXT COLLATE "C" NOT NULL,
    year INTEGER NOT NULL,
    metric TEXT COLLATE "C" NOT NULL,
    value DECIMAL(18, 4),
    evidence TEXT,
    note TEXT
);

-- choice: one row per decision that a person made about a file of filings beside what it says; the file itself stays as
-- it came. kind says what it is about: space, year or unit of the whole file; column, where place is the header and
-- after what it was taken for; left_out, a row or a column that does not count; cell, what stood at a place and what it
-- was corrected to; value, evidence or note, a figure that was typed after the file was read; keep, that figures filed
-- before stay where the file says nothing; again, that a returned filing is filed again as it stands, after the answer.
CREATE TABLE IF NOT EXISTS choice (
    load_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    kind TEXT NOT NULL,
    sheet TEXT,
    place TEXT,
    space_id TEXT COLLATE "C",
    year INTEGER,
    metric TEXT COLLATE "C",
    before TEXT,
    after TEXT,
    PRIMARY KEY (load_id, position)
);


-- ---------------------------------------------------------------------------------------------
-- What was decided, and by which rules

-- rejudged: one row per requirement, enrolment and data year that the rules of another release judge otherwise than
-- those before them, on the day on which they came into force: what is told of it before and after, NULL on the side
-- on which it was not owed. The load's document is these rules, this file.
CREATE TABLE IF NOT EXISTS rejudged (
    load_id INTEGER NOT NULL,
    space_id TEXT COLLATE "C" NOT NULL,
    edition TEXT COLLATE "C" NOT NULL,
    track TEXT COLLATE "C" NOT NULL,
    year INTEGER NOT NULL,
    requirement TEXT COLLATE "C" NOT NULL,
    mandatory BOOLEAN NOT NULL,
    status_before TEXT,
    status_after TEXT,
    missed_before BOOLEAN NOT NULL,
    missed_after BOOLEAN NOT NULL,
    actual_before DOUBLE PRECISION,
    actual_after DOUBLE PRECISION,
    gap_before DOUBLE PRECISION,
    gap_after DOUBLE PRECISION,
    PRIMARY KEY (space_id, edition, track, year, requirement, load_id)
);

-- closing: one row per closing (定稿) of a data year of an edition: the results as they were decided, frozen in the
-- load's document. closing numbers them from 1; as_of is the day as of which they were judged, data_version the load
-- after which, rules the SHA-256 of the schema.sql by which, release the product's. provisional is on how many filings
-- that were not approved it rests, NULL of a closing that was made before that was counted; which they are stands in the
-- document. A year that is closed again has another row; none goes.
CREATE TABLE IF NOT EXISTS closing (
    load_id INTEGER NOT NULL,
    closing INTEGER PRIMARY KEY,
    edition TEXT COLLATE "C" NOT NULL,
    year INTEGER NOT NULL,
    as_of DATE NOT NULL,
    data_version INTEGER NOT NULL,
    rules TEXT NOT NULL,
    release TEXT NOT NULL,
    provisional INTEGER
);


-- ---------------------------------------------------------------------------------------------
-- Review: who may say what of a filing is asked of grants; what was said stays

-- author: one row per load that an account brought: the name that the account signs in by. Of other loads loaded_by is
-- all that is known of who brought them.
CREATE TABLE IF NOT EXISTS author (
    load_id INTEGER PRIMARY KEY,
    account TEXT COLLATE "C" NOT NULL
);

-- warning: one row per warning with which a file of filings was taken in. space_id and year are NULL where it is of the
-- whole file, place is where it stood in the file, details what its sentence is filled with (JSON).
CREATE TABLE IF NOT EXISTS warning (
    load_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    code TEXT NOT NULL,
    space_id TEXT COLLATE "C",
    year INTEGER,
    metric TEXT COLLATE "C",
    sheet TEXT,
    place TEXT,
    value TEXT,
    details TEXT,
    PRIMARY KEY (load_id, position)
);

-- review: one row per act that moved one revision of a filing from one state to another, as review_step allows it. reason
-- is NULL where none is asked for; until_at is the end of a reopening, UTC, after which the filing is approved again.
CREATE TABLE IF NOT EXISTS review (
    load_id INTEGER NOT NULL,
    space_id TEXT COLLATE "C" NOT NULL,
    year INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    act TEXT NOT NULL CHECK (act IN ('check', 'approve', 'return', 'reopen')),
    reason TEXT,
    until_at TIMESTAMP,
    PRIMARY KEY (space_id, year, load_id)
);

-- returned_cell: one row per metric that a return names as what is to be looked at.
CREATE TABLE IF NOT EXISTS returned_cell (
    load_id INTEGER NOT NULL,
    space_id TEXT COLLATE "C" NOT NULL,
    year INTEGER NOT NULL,
    metric TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (space_id, year, metric, load_id)
);

-- filing_window: one row per load that says when filings of a data year are taken under an edition: from opens_at until
-- closes_at, UTC, the days being those of time_zone. NULL on a side that is not limited; on both, nothing is any more.
CREATE TABLE IF NOT EXISTS filing_window (
    load_id INTEGER NOT NULL,
    edition TEXT COLLATE "C" NOT NULL,
    year INTEGER NOT NULL,
    opens_at TIMESTAMP,
    closes_at TIMESTAMP,
    time_zone TEXT NOT NULL,
    PRIMARY KEY (edition, year, load_id)
);

-- window_exception: one row per load that lets a space file for a data year outside the window, until a moment, UTC.
CREATE TABLE IF NOT EXISTS window_exception (
    load_id INTEGER NOT NULL,
    space_id TEXT COLLATE "C" NOT NULL,
    year INTEGER NOT NULL,
    until_at TIMESTAMP NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (space_id, year, load_id)
);

-- review_term: one row per load that says within how many days each step of review under an edition is to be done:
-- check_days the district's check, approve_days the city's approval, mend_days the new revision of what was returned.
-- NULL where none is named.
CREATE TABLE IF NOT EXISTS review_term (
    load_id INTEGER NOT NULL,
    edition TEXT COLLATE "C" NOT NULL,
    check_days INTEGER,
    approve_days INTEGER,
    mend_days INTEGER,
    PRIMARY KEY (edition, load_id)
);

-- question: one row per entry of a thread on a figure of a space and data year: act is ask, answer or resolve, body what
-- was written, NULL where nothing was.
CREATE TABLE IF NOT EXISTS question (
    load_id INTEGER PRIMARY KEY,
    space_id TEXT COLLATE "C" NOT NULL,
    year INTEGER NOT NULL,
    metric TEXT COLLATE "C" NOT NULL,
    act TEXT NOT NULL CHECK (act IN ('ask', 'answer', 'resolve')),
    body TEXT
);

-- waiver: one row per act on a waiver (豁免) of one requirement in one data year of an enrolment: act is waive or unwaive,
-- until_day the last day on which it stands, NULL of unwaive.
CREATE TABLE IF NOT EXISTS waiver (
    load_id INTEGER PRIMARY KEY,
    space_id TEXT COLLATE "C" NOT NULL,
    edition TEXT COLLATE "C" NOT NULL,
    track TEXT COLLATE "C" NOT NULL,
    year INTEGER NOT NULL,
    requirement TEXT COLLATE "C" NOT NULL,
    act TEXT NOT NULL CHECK (act IN ('waive', 'unwaive')),
    reason TEXT NOT NULL,
    until_day DATE
);

-- rectification: one row per act on a rectification (整改) of what an enrolment missed in a data year; requirement is NULL
-- where it is of the year as a whole. body is what was written, NULL where nothing was; by_day, of a demand and of what
-- is sent back, the last day for the report; responsible, of a plan, who at the space sees to it; evidence, of a report,
-- where it can be seen.
CREATE TABLE IF NOT EXISTS rectification (
    load_id INTEGER PRIMARY KEY,
    space_id TEXT COLLATE "C" NOT NULL,
    edition TEXT COLLATE "C" NOT NULL,
    track TEXT COLLATE "C" NOT NULL,
    year INTEGER NOT NULL,
    requirement TEXT COLLATE "C",
    act TEXT NOT NULL CHECK (act IN ('rectify', 'plan', 'report', 'accept', 'send_back', 'withdraw')),
    body TEXT,
    by_day DATE,
    responsible TEXT,
    evidence TEXT
);

-- evidence: one row per file that was attached to a figure of a space and data year, or taken off again; its bytes are the
-- document of that sha256. kind is what the file is by its content. listed is of a list how many rows it has, each counted
-- once; again names its rows that stand there twice, as cells (A7=A3), joined by spaces. Both are NULL of what is no list.
CREATE TABLE IF NOT EXISTS evidence (
    load_id INTEGER PRIMARY KEY,
    space_id TEXT COLLATE "C" NOT NULL,
    year INTEGER NOT NULL,
    metric TEXT COLLATE "C" NOT NULL,
    act TEXT NOT NULL CHECK (act IN ('attach', 'remove')),
    sha256 TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    size INTEGER NOT NULL,
    listed INTEGER,
    again TEXT
);

-- rectification_file: one row per file that was attached to a rectification as evidence of what was done, or taken off again;
-- its bytes are the document of that sha256, kind is what it is by its content. requirement is NULL where it is of the year
-- as a whole.
CREATE TABLE IF NOT EXISTS rectification_file (
    load_id INTEGER PRIMARY KEY,
    space_id TEXT COLLATE "C" NOT NULL,
    edition TEXT COLLATE "C" NOT NULL,
    track TEXT COLLATE "C" NOT NULL,
    year INTEGER NOT NULL,
    requirement TEXT COLLATE "C",
    act TEXT NOT NULL CHECK (act IN ('attach', 'remove')),
    sha256 TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    size INTEGER NOT NULL
);

-- scan: one row per stamped paper that came in beside an approved revision of a filing, as a picture or PDF. fingerprint is
-- what its code says, NULL where none was found.
CREATE TABLE IF NOT EXISTS scan (
    load_id INTEGER PRIMARY KEY,
    space_id TEXT COLLATE "C" NOT NULL,
    year INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    content_type TEXT NOT NULL,
    fingerprint TEXT
);


-- ---------------------------------------------------------------------------------------------
-- Who is there. Points in time are UTC here. These rows come from no load: they are no part of a data version, of a
-- backup or of a copy.

-- account: one row per person known here. name is what is typed to sign in, in small letters; password what Argon2
-- makes of it. first_until: the password is a first one, which is good until then and must be changed at first use.
-- ended_at: the account has ended, and its number is never given again. password is empty where a provider alone says
-- who it is. totp: the secret of one-time codes, NULL where there are none; totp_step: of the last code that was used.
-- mail: where reminders go, which says nothing of who somebody is; lang: the language they are in. NULL where not known.
CREATE TABLE IF NOT EXISTS account (
    account INTEGER PRIMARY KEY,
    name TEXT COLLATE "C" NOT NULL,
    display TEXT NOT NULL,
    made_at TIMESTAMP NOT NULL,
    made_by INTEGER,
    ended_at TIMESTAMP,
    password TEXT NOT NULL,
    first_until TIMESTAMP,
    totp TEXT,
    totp_step BIGINT,
    mail TEXT,
    lang TEXT
);

-- identity: one row per account that a provider of OpenID Connect knows, by its own name there, which is never an e-mail
-- address.
CREATE TABLE IF NOT EXISTS identity (
    issuer TEXT COLLATE "C" NOT NULL,
    subject TEXT COLLATE "C" NOT NULL,
    account INTEGER NOT NULL,
    PRIMARY KEY (issuer, subject)
);

-- access_grant: one row per role that an account was given over a scope, as of chosen_viewer, from a day through a
-- day. given_by NULL: by the machine's keeper. provisional: of an analyst, whether what rests on filings that are not
-- approved is shown as well; every other role is shown it.
CREATE TABLE IF NOT EXISTS access_grant (
    access_grant INTEGER PRIMARY KEY,
    account INTEGER NOT NULL,
    role TEXT NOT NULL,
    scope TEXT COLLATE "C" NOT NULL CHECK (scope IN ('city', 'district', 'edition', 'space')),
    code TEXT COLLATE "C" NOT NULL,
    from_day DATE NOT NULL,
    until_day DATE,
    given_by INTEGER,
    given_at TIMESTAMP NOT NULL,
    ended_at TIMESTAMP,
    provisional BOOLEAN
);

-- session: one row per sign-in, by the SHA-256 of what the browser holds. provider: by which one, NULL by a password.
CREATE TABLE IF NOT EXISTS session (
    sha256 TEXT PRIMARY KEY,
    account INTEGER NOT NULL,
    begun_at TIMESTAMP NOT NULL,
    seen_at TIMESTAMP NOT NULL,
    ended_at TIMESTAMP,
    provider TEXT
);

-- token: one row per token that somebody made for a tool of theirs, by its SHA-256; it reads as they do, through a day.
CREATE TABLE IF NOT EXISTS token (
    token INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL,
    account INTEGER NOT NULL,
    name TEXT NOT NULL,
    made_at TIMESTAMP NOT NULL,
    until_day DATE NOT NULL,
    ended_at TIMESTAMP
);

-- failed_sign_in: one row per name under which a sign-in failed last, known here or not, by the SHA-256 of the name:
-- how often in a row, and when it may be tried again.
CREATE TABLE IF NOT EXISTS failed_sign_in (
    sha256 TEXT PRIMARY KEY,
    failures INTEGER NOT NULL,
    next_at TIMESTAMP NOT NULL
);

-- audit_event: one row per thing that somebody did, never altered; sha256 is of the row and of the sha256 before it.
-- account NULL: the machine's keeper, or nobody who is known. subject: what it was done to, as numbers and codes.
CREATE TABLE IF NOT EXISTS audit_event (
    number INTEGER PRIMARY KEY,
    happened_at TIMESTAMP NOT NULL,
    account INTEGER,
    event TEXT NOT NULL,
    subject TEXT NOT NULL,
    sha256 TEXT NOT NULL
);

-- inbox_mark: one row per event of an inbox that an account has read.
CREATE TABLE IF NOT EXISTS inbox_mark (
    account INTEGER NOT NULL,
    event TEXT COLLATE "C" NOT NULL,
    read_at TIMESTAMP NOT NULL,
    PRIMARY KEY (account, event)
);

-- outbox: one row per event that an account is told of by a channel (mail, wecom, dingtalk): claimed_at is when a run
-- took it upon itself to send it, sent_at when it was sent; before that error says why it failed last, NULL where nobody
-- knows whether it was sent, and next_at when it is tried again.
CREATE TABLE IF NOT EXISTS outbox (
    account INTEGER NOT NULL,
    channel TEXT COLLATE "C" NOT NULL,
    event TEXT COLLATE "C" NOT NULL,
    claimed_at TIMESTAMP NOT NULL,
    attempts INTEGER NOT NULL,
    sent_at TIMESTAMP,
    next_at TIMESTAMP,
    error TEXT,
    PRIMARY KEY (account, channel, event)
);


-- ---------------------------------------------------------------------------------------------
-- Drafts: what is being filed and is not filed yet. These rows come from no load and are in no figure: they are no part of
-- a data version or of a copy; a backup has them, since they are somebody's work. Times are the machine's wall clock.

-- draft: one row per file that somebody is about to file, as it was left last: account is the name by which who uploaded
-- it signs in, NULL where nobody has an account; own says that it is theirs alone, since not all its spaces are known or
-- their own; saves counts how often it was saved, written_by says by whom last.
-- choices is what was decided about the file on the page, shown what its check led to when it was last looked at, both
-- JSON; data_version is the load after which that was.
CREATE TABLE IF NOT EXISTS draft (
    draft TEXT PRIMARY KEY,
    saves INTEGER NOT NULL,
    account TEXT COLLATE "C",
    own BOOLEAN NOT NULL,
    started_by TEXT NOT NULL,
    started_at TIMESTAMP NOT NULL,
    written_by TEXT NOT NULL,
    saved_at TIMESTAMP NOT NULL,
    source TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    choices TEXT NOT NULL,
    shown TEXT NOT NULL,
    data_version INTEGER NOT NULL
);

-- draft_space: one row per space that a draft names, of those for which who saved it files.
CREATE TABLE IF NOT EXISTS draft_space (
    draft TEXT NOT NULL,
    space_id TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (draft, space_id)
);

-- draft_document: the bytes of the file of a draft, once per sha256, as they came.
CREATE TABLE IF NOT EXISTS draft_document (
    sha256 TEXT PRIMARY KEY,
    content BYTEA NOT NULL
);

-- answer_draft: one row per answer to a question on a figure that somebody has begun and not sent: account is the name by
-- which they sign in.
CREATE TABLE IF NOT EXISTS answer_draft (
    account TEXT COLLATE "C" NOT NULL,
    space_id TEXT COLLATE "C" NOT NULL,
    year INTEGER NOT NULL,
    metric TEXT COLLATE "C" NOT NULL,
    body TEXT NOT NULL,
    saved_at TIMESTAMP NOT NULL,
    PRIMARY KEY (account, space_id, year, metric)
);


-- ---------------------------------------------------------------------------------------------
-- What is current

-- current_edition: one row per edition, as its latest load says it.
CREATE OR REPLACE VIEW current_edition AS
-- Joined, not ranked as spaces are: where it is ranked, DuckDB plans the joins of the views below otherwise, and
-- attainment takes four times as long.
WITH latest AS (
    SELECT
        edition,
        MAX(load_id) AS load_id
    FROM edition
    GROUP BY edition
)

SELECT
    edition.load_id,
    edition.edition,
    edition.name_zh,
    edition.name_en,
    edition.source_zh,
    edition.source_en,
    edition.construction_years,
    edition.due_month,
    edition.due_day,
    edition.pass_mark,
    edition.pass_mark_is_default
FROM edition
INNER JOIN latest
    ON edition.edition = latest.edition
    AND edition.load_id = latest.load_id;

-- current_track: one row per track of an edition in force.
CREATE OR REPLACE VIEW current_track AS
SELECT
    track.edition,
    track.track,
    track.position,
    track.name_zh,
    track.name_en
FROM track
INNER JOIN current_edition
    ON track.edition = current_edition.edition
    AND track.load_id = current_edition.load_id;

-- current_metric: one row per metric of an edition in force, with its unit's names.
CREATE OR REPLACE VIEW current_metric AS
SELECT
    metric.edition,
    metric.metric,
    metric.position,
    metric.name_zh,
    metric.name_en,
    metric.unit,
    unit.name_zh AS unit_zh,
    unit.name_en AS unit_en,
    metric.kind,
    metric.numerator,
    metric.denominator
FROM metric
INNER JOIN current_edition
    ON metric.edition = current_edition.edition
    AND metric.load_id = current_edition.load_id
INNER JOIN unit
    ON metric.edition = unit.edition
    AND metric.load_id = unit.load_id
    AND metric.unit = unit.unit;

-- named_metric: one row per metric of all editions in force, with its names and unit as the first of them gives them.
CREATE OR REPLACE VIEW named_metric AS
WITH mentions AS (
    SELECT
        current_metric.*,
        ROW_NUMBER() OVER (PARTITION BY metric ORDER BY edition) AS mention
    FROM current_metric
)

SELECT
    edition,
    metric,
    position,
    name_zh,
    name_en,
    unit,
    unit_zh,
    unit_en,
    kind
FROM mentions
WHERE mention = 1;

-- measured_requirement: one row per requirement and load of its edition, with its metric. filed is the metric that a
-- filing carries for it: the metric itself, of a share its numerator. choice names the alternatives that it is one of,
-- NULL where it is none.
CREATE OR REPLACE VIEW measured_requirement AS
SELECT
    requirement.load_id,
    requirement.edition,
    requirement.requirement,
    requirement.position,
    requirement.track,
    requirement.stage,
    requirement.clause,
    requirement.metric,
    metric.name_zh AS metric_name_zh,
    metric.name_en AS metric_name_en,
    metric.kind,
    metric.unit,
    requirement.basis,
    requirement.comparison,
    requirement.threshold,
    requirement.mandatory,
    requirement.alternative,
    requirement.counted,
    requirement.note_zh,
    requirement.note_en,
    COALESCE(metric.numerator, requirement.metric) AS filed,
    metric.denominator,
    requirement.whose,
    CASE
        WHEN requirement.alternative IS NOT NULL
            THEN CONCAT(requirement.track, '.', requirement.stage, '.', requirement.clause, '.', requirement.alternative)
    END AS choice
FROM requirement
INNER JOIN metric
    ON requirement.edition = metric.edition
    AND requirement.load_id = metric.load_id
    AND requirement.metric = metric.metric;

-- current_requirement: one row per requirement in force, with its metric's names, unit and kind, and its clause.
CREATE OR REPLACE VIEW current_requirement AS
SELECT
    measured_requirement.edition,
    measured_requirement.requirement,
    measured_requirement.position,
    measured_requirement.track,
    measured_requirement.stage,
    measured_requirement.clause,
    measured_requirement.metric,
    measured_requirement.metric_name_zh,
    measured_requirement.metric_name_en,
    measured_requirement.kind,
    unit.name_zh AS unit_zh,
    unit.name_en AS unit_en,
    measured_requirement.basis,
    measured_requirement.comparison,
    measured_requirement.threshold,
    measured_requirement.mandatory,
    measured_requirement.alternative,
    measured_requirement.counted,
    measured_requirement.note_zh,
    measured_requirement.note_en,
    clause.text_zh AS clause_zh,
    clause.text_en AS clause_en,
    measured_requirement.filed,
    measured_requirement.denominator,
    measured_requirement.whose
FROM measured_requirement
INNER JOIN current_edition
    ON measured_requirement.edition = current_edition.edition
    AND measured_requirement.load_id = current_edition.load_id
INNER JOIN unit
    ON measured_requirement.edition = unit.edition
    AND measured_requirement.load_id = unit.load_id
    AND measured_requirement.unit = unit.unit
INNER JOIN clause
    ON measured_requirement.edition = clause.edition
    AND measured_requirement.load_id = clause.load_id
    AND measured_requirement.track = clause.track
    AND measured_requirement.stage = clause.stage
    AND measured_requirement.clause = clause.clause;

-- target_requirement: one row per mandatory cultivation target in force: what the rates of those missed are of.
CREATE OR REPLACE VIEW target_requirement AS
SELECT
    edition,
    position
FROM current_requirement
WHERE
    mandatory
    AND stage = 'target';

-- current_space: one row per space, as the latest load that named it says.
CREATE OR REPLACE VIEW current_space AS
WITH ranked AS (
    SELECT
        space.*,
        MAX(space.load_id) OVER (PARTITION BY space.space_id) AS latest
    FROM space
)

SELECT
    load_id,
    space_id,
    space_name,
    district,
    operator,
    brand,
    contact_name,
    telephone
FROM ranked
WHERE load_id = latest;

-- current_enrolment: one row per space, track and edition, as the latest load that named it says.
CREATE OR REPLACE VIEW current_enrolment AS
WITH ranked AS (
    SELECT
        enrolment.*,
        MAX(enrolment.load_id) OVER (PARTITION BY enrolment.space_id, enrolment.track, enrolment.edition) AS latest
    FROM enrolment
)

SELECT
    load_id,
    space_id,
    track,
    edition,
    start_year,
    end_year,
    exit_year
FROM ranked
WHERE load_id = latest;

-- current_filing: one row per space and data year that was filed: its highest revision, when and by
-- whom that was filed, and first_filed_at, when its first revision was.
CREATE OR REPLACE VIEW current_filing AS
WITH ranked AS (
    SELECT
        filing.*,
        MAX(filing.revision) OVER (PARTITION BY filing.space_id, filing.year) AS revisions,
        MIN(filing.load_id) OVER (PARTITION BY filing.space_id, filing.year) AS first_load_id
    FROM filing
)

SELECT
    ranked.load_id,
    ranked.space_id,
    ranked.year,
    ranked.revision,
    ranked.revisions,
    ranked.figures,
    load.source,
    load.sha256,
    load.loaded_by AS filed_by,
    load.loaded_at AS filed_at,
    first_load.loaded_at AS first_filed_at
FROM ranked
INNER JOIN load
    ON ranked.load_id = load.load_id
INNER JOIN load AS first_load
    ON ranked.first_load_id = first_load.load_id
WHERE ranked.revision = ranked.revisions;

-- current_observation: one row per metric that the current revision of a filing says something about.
CREATE OR REPLACE VIEW current_observation AS
WITH latest AS (
    SELECT
        space_id,
        year,
        MAX(load_id) AS load_id
    FROM filing
    GROUP BY
        space_id,
        year
)

SELECT
    observation.load_id,
    observation.space_id,
    observation.year,
    observation.metric,
    observation.value,
    observation.evidence,
    observation.note
FROM observation
INNER JOIN latest
    ON observation.space_id = latest.space_id
    AND observation.year = latest.year
    AND observation.load_id = latest.load_id;


-- ---------------------------------------------------------------------------------------------
-- What review makes of a filing. Nothing here changes a status.

-- review_step: one row per act that a state of a filing allows: needs is the act of the grants that covers it (check:
-- the district's reviewer, approve: the city's manager), leads_to the state after it. four_eyes: not by who filed;
-- with_reason: not without one.
CREATE OR REPLACE VIEW review_step AS
SELECT
    state,
    act,
    needs,
    leads_to,
    four_eyes,
    with_reason
FROM (
    VALUES
    ('filed', 'check', 'check', 'checked', TRUE, FALSE),
    ('filed', 'return', 'check', 'returned', FALSE, TRUE),
    ('checked', 'approve', 'approve', 'approved', TRUE, FALSE),
    ('checked', 'return', 'approve', 'returned', FALSE, TRUE),
    ('approved', 'reopen', 'approve', 'returned', FALSE, TRUE)
) AS step (state, act, needs, leads_to, four_eyes, with_reason);

-- moved_filing: one row per revision of a filing that review moved: the act that it was last moved by, and the state that
-- it is in by that. A reopening lapses at its end, NULL where it has none and for every other act: then the filing is
-- approved again.
CREATE OR REPLACE VIEW moved_filing AS
WITH ranked AS (
    SELECT
        review.*,
        MAX(review.load_id) OVER (PARTITION BY review.space_id, review.year, review.revision) AS latest
    FROM review
),

led AS (
    SELECT DISTINCT
        act,
        leads_to
    FROM review_step
),

moved AS (
    SELECT
        ranked.*,
        led.leads_to,
        CASE WHEN ranked.act = 'reopen' THEN ranked.until_at END AS lapses_at
    FROM ranked
    INNER JOIN led
        ON ranked.act = led.act
    WHERE ranked.load_id = ranked.latest
)

SELECT
    space_id,
    year,
    revision,
    load_id,
    act,
    reason,
    until_at,
    leads_to,
    lapses_at,
    CASE
        WHEN lapses_at <= CURRENT_TIMESTAMP AT TIME ZONE 'UTC' THEN 'approved'
        ELSE leads_to
    END AS state
FROM moved;

-- review_in_use: one row: whether filings of this programme are reviewed at all. They are once an account filed, a filing
-- was moved or a window was set; until then what is filed is final. It follows from loads alone, so that an earlier state
-- or a copy says the same.
CREATE OR REPLACE VIEW review_in_use AS
SELECT
    EXISTS (SELECT 1 FROM review)
    OR EXISTS (SELECT 1 FROM filing_window)
    OR EXISTS (
        SELECT 1
        FROM author
        INNER JOIN load
            ON author.load_id = load.load_id
        WHERE load.kind = 'filing'
    ) AS in_use;

-- defined_provisional: one row per space and data year whose current revision review applies to and has not approved, but
-- for the time: lapses_at as in moved_filing. revision and load_id are the current revision's; state, moved_by_load,
-- until_at and approved_revision as in filing_state.
CREATE OR REPLACE VIEW defined_provisional AS
WITH latest AS (
    SELECT
        space_id,
        year,
        MAX(revision) AS revision,
        MAX(load_id) AS load_id
    FROM filing
    GROUP BY
        space_id,
        year
),

approved AS (
    SELECT
        review.space_id,
        review.year,
        MAX(review.revision) AS revision
    FROM review
    INNER JOIN latest
        ON review.space_id = latest.space_id
        AND review.year = latest.year
    WHERE
        review.act = 'approve'
        AND review.revision < latest.revision
    GROUP BY
        review.space_id,
        review.year
)

SELECT
    latest.space_id,
    latest.year,
    moved_filing.lapses_at,
    latest.revision,
    latest.load_id,
    COALESCE(moved_filing.leads_to, 'filed') AS state,
    moved_filing.load_id AS moved_by_load,
    moved_filing.until_at,
    approved.revision AS approved_revision
FROM latest
LEFT JOIN moved_filing
    ON latest.space_id = moved_filing.space_id
    AND latest.year = moved_filing.year
    AND latest.revision = moved_filing.revision
LEFT JOIN approved
    ON latest.space_id = approved.space_id
    AND latest.year = approved.year
WHERE
    (SELECT in_use FROM review_in_use)
    AND moved_filing.leads_to IS DISTINCT FROM 'approved';

-- stored_provisional: the rows of defined_provisional, recomputed for the spaces that a load touches, as below.
CREATE TABLE IF NOT EXISTS stored_provisional (
    space_id TEXT COLLATE "C" NOT NULL,
    year INTEGER NOT NULL,
    lapses_at TIMESTAMP,
    revision INTEGER NOT NULL,
    load_id INTEGER NOT NULL,
    state TEXT NOT NULL,
    moved_by_load INTEGER,
    until_at TIMESTAMP,
    approved_revision INTEGER
);

-- open_revision: one row per space and data year whose filing is not approved, as in defined_provisional: but for the time.
-- reviewed is false where no filing of the programme is reviewed yet: then it is every one.
CREATE OR REPLACE VIEW open_revision AS
WITH unreviewed AS (
    SELECT
        filing.space_id,
        filing.year,
        filing.revision,
        filing.load_id,
        MAX(filing.revision) OVER (PARTITION BY filing.space_id, filing.year) AS latest
    FROM filing
    CROSS JOIN review_in_use
    WHERE NOT review_in_use.in_use
)

SELECT
    TRUE AS reviewed,
    space_id,
    year,
    lapses_at,
    revision,
    load_id,
    state,
    moved_by_load,
    until_at,
    approved_revision
FROM stored_provisional
UNION ALL
SELECT
    FALSE AS reviewed,
    space_id,
    year,
    CAST(NULL AS TIMESTAMP) AS lapses_at,
    revision,
    load_id,
    'filed' AS state,
    CAST(NULL AS INTEGER) AS moved_by_load,
    CAST(NULL AS TIMESTAMP) AS until_at,
    CAST(NULL AS INTEGER) AS approved_revision
FROM unreviewed
WHERE revision = latest;

-- open_filing: the rows of filing_state that are not approved: few of many years, found without looking at the others.
CREATE OR REPLACE VIEW open_filing AS
SELECT
    open_revision.space_id,
    open_revision.year,
    open_revision.revision,
    open_revision.load_id,
    load.loaded_by AS filed_by,
    load.loaded_at AS filed_at,
    open_revision.state,
    COALESCE(moved_by.loaded_at, load.loaded_at) AS since,
    open_revision.until_at,
    open_revision.approved_revision
FROM open_revision
INNER JOIN load
    ON open_revision.load_id = load.load_id
LEFT JOIN load AS moved_by
    ON open_revision.moved_by_load = moved_by.load_id
WHERE
    open_revision.lapses_at IS NULL
    OR open_revision.lapses_at > CURRENT_TIMESTAMP AT TIME ZONE 'UTC';

-- provisional_year: one row per row of stored_provisional. year_bit is the year's in what something rests_on: 1 for 2000,
-- twice as much for each year after it. Years before 2000 share a bit with it, and those from 2061 on. defined_attainment
-- sets the same bits.
CREATE OR REPLACE VIEW provisional_year AS
SELECT
    space_id,
    year,
    lapses_at,
    CAST(1 AS BIGINT) << LEAST(GREATEST(year - 2000, 0), 61) AS year_bit
FROM stored_provisional;

-- provisional_filing: one row per space and data year whose figures are provisional (暂定): filed, under review, and not
-- approved. year_bit as in provisional_year.
CREATE OR REPLACE VIEW provisional_filing AS
SELECT
    space_id,
    year,
    year_bit
FROM provisional_year
WHERE
    lapses_at IS NULL
    OR lapses_at > CURRENT_TIMESTAMP AT TIME ZONE 'UTC';

-- defined_open_years: one row per space and span of time in which the same of its data years are provisional: from
-- from_at (NULL: from ever on) until until_at (NULL: without end). years has the year_bit of each of them, so that one
-- comparison tells whether something rests on one.
CREATE OR REPLACE VIEW defined_open_years AS
WITH ends AS (
    SELECT DISTINCT
        space_id,
        lapses_at AS until_at
    FROM stored_provisional
),

spans AS (
    SELECT
        space_id,
        until_at,
        LAG(until_at) OVER (PARTITION BY space_id ORDER BY until_at NULLS LAST) AS from_at
    FROM ends
)

SELECT
    spans.space_id,
    spans.from_at,
    spans.until_at,
    BIT_OR(provisional_year.year_bit) AS years
FROM spans
INNER JOIN provisional_year
    ON spans.space_id = provisional_year.space_id
    AND (provisional_year.lapses_at IS NULL OR provisional_year.lapses_at >= spans.until_at)
GROUP BY
    spans.space_id,
    spans.from_at,
    spans.until_at;

-- stored_open_years: the rows of defined_open_years.
CREATE TABLE IF NOT EXISTS stored_open_years (
    space_id TEXT COLLATE "C" NOT NULL,
    from_at TIMESTAMP,
    until_at TIMESTAMP,
    years BIGINT NOT NULL
);

-- open_years: one row per space that has provisional filings: the years of these, as in defined_open_years.
CREATE OR REPLACE VIEW open_years AS
SELECT
    space_id,
    years
FROM stored_open_years
WHERE
    (until_at IS NULL OR until_at > CURRENT_TIMESTAMP AT TIME ZONE 'UTC')
    AND (from_at IS NULL OR from_at <= CURRENT_TIMESTAMP AT TIME ZONE 'UTC');


-- ---------------------------------------------------------------------------------------------
-- What is owed, and what came

-- due_year: one row per enrolment and data year of its period. due is the last day on which the filing is in time,
-- NULL after exit_year, when none is due. edition_load_id is the load of its edition in force. Source: reading.md, Words and Years and periods.
CREATE OR REPLACE VIEW due_year AS
WITH owed AS (
    SELECT
        current_enrolment.*,
        current_enrolment.start_year + CAST(years.elapsed AS INTEGER) AS year,
        CAST(years.elapsed AS INTEGER) + 1 AS period_year,
        current_edition.load_id AS edition_load_id,
        current_edition.construction_years,
        current_edition.due_month,
        current_edition.due_day
    FROM current_enrolment
    INNER JOIN current_edition
        ON current_enrolment.edition = current_edition.edition
    INNER JOIN GENERATE_SERIES(0, 9) AS years (elapsed)
        ON years.elapsed <= current_enrolment.end_year - current_enrolment.start_year
)

SELECT
    space_id,
    track,
    edition,
    start_year,
    end_year,
    exit_year,
    year,
    period_year,
    edition_load_id,
    construction_years,
    CASE
        WHEN period_year <= construction_years THEN 'construction'
        ELSE 'cultivation'
    END AS phase,
    CASE
        WHEN year <= COALESCE(exit_year, end_year)
            THEN MAKE_DATE(year + 1, due_month, due_day)
    END AS due
FROM owed;

-- enrolment_year: one row per enrolment and data year of its period, as in due_year, with what was filed for it:
-- revision, filed_at and first_filed_at are NULL where nothing was.
CREATE OR REPLACE VIEW enrolment_year AS
SELECT
    due_year.space_id,
    due_year.track,
    due_year.edition,
    due_year.start_year,
    due_year.end_year,
    due_year.exit_year,
    due_year.year,
    due_year.period_year,
    due_year.construction_years,
    due_year.phase,
    due_year.due,
    current_filing.revision,
    current_filing.filed_at,
    current_filing.first_filed_at
FROM due_year
LEFT JOIN current_filing
    ON due_year.space_id = current_filing.space_id
    AND due_year.year = current_filing.year;

-- obligation: one row per requirement, enrolment and data year in which it is owed: a target in every
-- year, an entry condition in the first alone. edition_load_id and position say which requirement, and so which
-- enrolment: numbers, since all of it goes through joins and windows; its names are joined at the end. filed is the metric
-- whose figure counts, beside the one that it is held beside and beside_year the year of that figure: what a share is
-- divided by, and of growth its own of the year before. last_year is the last in which
-- it is owed; first_counted the first year that a cumulative sum counts (the period's, where it has no
-- cultivation year).
CREATE OR REPLACE VIEW obligation AS
SELECT
    due_year.space_id,
    due_year.edition_load_id,
    due_year.year,
    due_year.period_year,
    due_year.phase,
    due_year.due,
    measured_requirement.position,
    measured_requirement.stage,
    measured_requirement.kind,
    measured_requirement.basis,
    measured_requirement.comparison,
    measured_requirement.threshold,
    measured_requirement.choice,
    measured_requirement.filed,
    CASE
        WHEN measured_requirement.basis = 'growth' THEN measured_requirement.filed
        ELSE measured_requirement.denominator
    END AS beside,
    CASE
        WHEN measured_requirement.basis = 'growth' THEN due_year.year - 1
        ELSE due_year.year
    END AS beside_year,
    CASE
        WHEN measured_requirement.stage = 'entry' THEN due_year.start_year
        ELSE due_year.end_year
    END AS last_year,
    CASE
        WHEN
            measured_requirement.stage = 'target'
            AND measured_requirement.counted = 'cultivation'
            AND due_year.start_year + due_year.construction_years <= due_year.end_year
            THEN due_year.start_year + due_year.construction_years
        ELSE due_year.start_year
    END AS first_counted
FROM due_year
INNER JOIN measured_requirement
    ON due_year.edition = measured_requirement.edition
    AND due_year.edition_load_id = measured_requirement.load_id
    AND due_year.track = measured_requirement.track
    AND (measured_requirement.stage = 'target' OR due_year.period_year = 1);

-- yearly_measure: one row per obligation of the bases annual, stock, attested, share and growth.
-- achieved is what counts towards the threshold: the figure, of growth the figure minus the year
-- before's, of a share the numerator. demanded is what it is held against: the threshold, of a share
-- threshold × denominator, so that 7 of 10 meets 70 % exactly. Both divided by divisor (the
-- denominator of a share, else 1) are in the metric's unit. reported is false where a figure is missing
-- or a share's denominator is 0. rests_from is the first year whose filing the row rests on; its own is the last.
-- Source: reading.md, Bases.
CREATE OR REPLACE VIEW yearly_measure AS
-- Few are held beside another figure: it is joined to these alone, by a LEFT JOIN, since a server that may choose takes all
-- figures of a metric first.
WITH other AS (
    SELECT
        obligation.space_id,
        obligation.edition_load_id,
        obligation.position,
        obligation.year,
        current_observation.value
    FROM obligation
    LEFT JOIN current_observation
        ON obligation.space_id = current_observation.space_id
        AND obligation.beside_year = current_observation.year
        AND obligation.beside = current_observation.metric
    WHERE obligation.beside IS NOT NULL
),

figures AS (
    SELECT
        obligation.*,
        figure.value,
        CASE WHEN basis <> 'growth' THEN other.value END AS whole,
        CASE WHEN basis = 'growth' THEN other.value END AS before
    FROM obligation
    LEFT JOIN current_observation AS figure
        ON obligation.space_id = figure.space_id
        AND obligation.year = figure.year
        AND obligation.filed = figure.metric
    LEFT JOIN other
        ON obligation.space_id = other.space_id
        AND obligation.edition_load_id = other.edition_load_id
        AND obligation.position = other.position
        AND obligation.year = other.year
    WHERE obligation.basis <> 'cumulative'
)

SELECT
    space_id,
    edition_load_id,
    position,
    year,
    period_year,
    phase,
    due,
    basis,
    comparison,
    choice,
    last_year,
    CASE WHEN basis = 'share' THEN value END AS numerator,
    whole AS denominator,
    CAST(CASE WHEN basis = 'growth' THEN value - before ELSE value END AS DECIMAL(22, 4)) AS achieved,
    CAST(CASE WHEN basis = 'share' THEN threshold * whole ELSE threshold END AS DECIMAL(36, 8)) AS demanded,
    CAST(CASE WHEN basis = 'share' THEN whole ELSE 1 END AS DECIMAL(18, 4)) AS divisor,
    value IS NOT NULL AND (basis <> 'share' OR COALESCE(whole, 0) <> 0) AS reported,
    FALSE AS completed,
    CAST(NULL AS TEXT) AS years_missing,
    CAST(NULL AS DECIMAL(22, 4)) AS lacking,
    CAST(NULL AS INTEGER) AS years_left,
    CASE WHEN basis = 'growth' AND value IS NOT NULL THEN year - 1 ELSE year END AS rests_from
FROM figures;

-- cumulative_measure: one row per obligation of the basis cumulative, in the columns of yearly_measure.
-- achieved is the sum so far × the counted years of the period, demanded the pace × the same, so that it is held
-- without a division; divisor is the counted years. The pace is the threshold × the counted years elapsed ÷ all of
-- them; before the last, of a metric counted in whole units, it is the nearest whole, halves up. A year without
-- the figure adds nothing, so the sum is then a lower bound: years_missing names those years. completed is true
-- from the year on in which the sum satisfies the whole threshold; lacking is what is missing to it, NULL
-- once completed; years_left are the counted years still to come. Source: reading.md, Bases.
CREATE OR REPLACE VIEW cumulative_measure AS
WITH figures AS (
    SELECT
        obligation.*,
        obligation.year >= obligation.first_counted AS counts,
        GREATEST(obligation.year - obligation.first_counted + 1, 0) AS elapsed,
        obligation.last_year - obligation.first_counted + 1 AS years,
        figure.value
    FROM obligation
    LEFT JOIN current_observation AS figure
        ON obligation.space_id = figure.space_id
        AND obligation.year = figure.year
        AND obligation.filed = figure.metric
    WHERE obligation.basis = 'cumulative'
),

sums AS (
    SELECT
        figures.*,
        COALESCE(CAST(SUM(CASE WHEN counts THEN value END) OVER so_far AS DECIMAL(22, 4)), 0) AS total,
        STRING_AGG(CASE WHEN counts AND value IS NULL THEN CAST(year AS TEXT) END, ' ') OVER so_far AS years_missing
    FROM figures
    WINDOW so_far AS (PARTITION BY space_id, edition_load_id, position ORDER BY year)
),

progress AS (
    SELECT
        sums.*,
        CASE comparison WHEN '>' THEN total > threshold ELSE total >= threshold END AS completed
    FROM sums
)

SELECT
    space_id,
    edition_load_id,
    position,
    year,
    period_year,
    phase,
    due,
    basis,
    comparison,
    choice,
    last_year,
    CAST(NULL AS DECIMAL(18, 4)) AS numerator,
    CAST(NULL AS DECIMAL(18, 4)) AS denominator,
    CAST(total * years AS DECIMAL(22, 4)) AS achieved,
    CAST(
        CASE
            WHEN kind = 'whole' AND elapsed < years THEN CAST(FLOOR(threshold * elapsed / years + 0.5) AS DECIMAL(18, 4)) * years
            ELSE threshold * elapsed
        END AS DECIMAL(36, 8)
    ) AS demanded,
    CAST(years AS DECIMAL(18, 4)) AS divisor,
    value IS NOT NULL AS reported,
    completed,
    years_missing,
    CASE WHEN NOT completed THEN threshold - total END AS lacking,
    CAST(years - elapsed AS INTEGER) AS years_left,
    LEAST(first_counted, year) AS rests_from
FROM progress;

-- judgement: one row per obligation with the status of its own figures, before alternatives and preferences
-- are looked at, unreported also where nothing was filed at all. achieved is NULL in a year without the figure,
-- also where the sum has reached the threshold before it.
-- Source: reading.md, Statuses.
CREATE OR REPLACE VIEW judgement AS
WITH measure AS (
    SELECT *
    FROM yearly_measure
    UNION ALL
    SELECT *
    FROM cumulative_measure
)

SELECT
    space_id,
    edition_load_id,
    position,
    year,
    period_year,
    phase,
    due,
    choice,
    numerator,
    denominator,
    CASE WHEN reported THEN achieved END AS achieved,
    demanded,
    divisor,
    years_missing,
    lacking,
    years_left,
    rests_from,
    CASE
        WHEN completed THEN 'met'
        WHEN NOT reported THEN 'unreported'
        WHEN basis = 'growth' AND achieved IS NULL THEN 'baseline'
        WHEN basis = 'cumulative' AND year < last_year AND achieved >= demanded THEN 'on_pace'
        WHEN basis = 'cumulative' AND year < last_year THEN 'behind_pace'
        WHEN basis = 'cumulative' THEN 'short'
        WHEN comparison = '>=' AND achieved >= demanded THEN 'met'
        WHEN comparison = '>' AND achieved > demanded THEN 'met'
        ELSE 'short'
    END AS status
FROM measure;

-- settled: judgement with alternatives settled: once one requirement of a group is met in a year, all are.
CREATE OR REPLACE VIEW settled AS
WITH judged AS NOT MATERIALIZED (
    SELECT *
    FROM judgement
),

-- Few have alternatives: with all of them in a window over their groups, it took a quarter of the whole judgement.
alternatives AS (
    SELECT
        space_id,
        edition_load_id,
        year,
        choice,
        MIN(rests_from) AS rests_from,
        MAX(CASE WHEN status = 'met' THEN status END) AS met
    FROM judged
    WHERE choice IS NOT NULL
    GROUP BY
        space_id,
        edition_load_id,
        year,
        choice
)

SELECT
    judged.space_id,
    judged.edition_load_id,
    judged.position,
    judged.year,
    judged.period_year,
    judged.phase,
    judged.due,
    judged.numerator,
    judged.denominator,
    judged.achieved,
    judged.demanded,
    judged.divisor,
    judged.years_missing,
    judged.lacking,
    judged.years_left,
    COALESCE(alternatives.rests_from, judged.rests_from) AS rests_from,
    COALESCE(alternatives.met, judged.status) AS status
FROM judged
LEFT JOIN alternatives
    ON judged.space_id = alternatives.space_id
    AND judged.edition_load_id = alternatives.edition_load_id
    AND judged.year = alternatives.year
    AND judged.choice = alternatives.choice;

-- defined_attainment: one row per obligation: what stored_attainment has to hold. status is NULL where nothing was filed:
-- unfiled or upcoming, which the day decides when read. actual, gap and
-- attainment are NULL in a year without a figure; short_by is the least number of whole firms or projects
-- that would close a share's gap; needed_per_year is what each remaining year must bring of a cumulative
-- requirement not yet completed, in the metric's unit. A preference filed as not there, or below its threshold,
-- is forgone. Both sides of a division are made whole numbers first, so that the one rounding is that of the
-- quotient. exact is actual as it was filed, where it is one filed figure and a double has not the digits for it; else
-- NULL. rests_on are the years whose filings the row rests on, its own being the last, as in defined_open_years. missed: it is
-- mandatory and on the list of shortfalls; absent: nothing was reported; lost: it is mandatory and keeps the year from a pass.
-- Of what was not filed none of them: the day decides.
CREATE OR REPLACE VIEW defined_attainment AS
WITH measured AS (
    SELECT
        settled.*,
        measured_requirement.edition,
        measured_requirement.track,
        measured_requirement.requirement,
        measured_requirement.basis,
        measured_requirement.comparison,
        measured_requirement.threshold,
        measured_requirement.mandatory,
        current_filing.revision,
        current_filing.filed_at,
        CASE
            WHEN current_filing.revision IS NULL AND settled.status = 'unreported' THEN NULL
            WHEN NOT measured_requirement.mandatory AND settled.status = 'short' THEN 'forgone'
            ELSE settled.status
        END AS status_of_filing
    FROM settled
    INNER JOIN measured_requirement
        ON settled.edition_load_id = measured_requirement.load_id
        AND settled.position = measured_requirement.position
    LEFT JOIN current_filing
        ON settled.space_id = current_filing.space_id
        AND settled.year = current_filing.year
)

SELECT
    space_id,
    edition,
    track,
    year,
    period_year,
    phase,
    due,
    revision,
    filed_at,
    requirement,
    position,
    basis,
    mandatory,
    numerator,
    denominator,
    CASE
        WHEN basis = 'cumulative'
            THEN CAST(demanded * 10000 AS DOUBLE PRECISION) / CAST(divisor * 10000 AS DOUBLE PRECISION)
        ELSE CAST(threshold * 10000 AS DOUBLE PRECISION) / 10000
    END AS required,
    CAST(achieved * 10000 AS DOUBLE PRECISION) / NULLIF(CAST(divisor * 10000 AS DOUBLE PRECISION), 0) AS actual,
    CASE
        WHEN achieved >= demanded THEN 0
        ELSE
            CAST((demanded - achieved) * 100000000 AS DOUBLE PRECISION)
                / NULLIF(CAST(divisor * 100000000 AS DOUBLE PRECISION), 0)
    END AS gap,
    CASE
        WHEN achieved IS NULL OR basis <> 'share' THEN NULL
        WHEN comparison = '>' THEN CAST(GREATEST(FLOOR(demanded - achieved) + 1, 0) AS BIGINT)
        ELSE CAST(GREATEST(CEIL(demanded - achieved), 0) AS BIGINT)
    END AS short_by,
    CAST(lacking * 10000 AS DOUBLE PRECISION) / NULLIF(CAST(years_left * 10000 AS DOUBLE PRECISION), 0) AS needed_per_year,
    CAST(achieved * 100000000 AS DOUBLE PRECISION)
    / NULLIF(CAST(demanded * 100000000 AS DOUBLE PRECISION), 0) AS attainment,
    status_of_filing AS status,
    CASE WHEN achieved IS NOT NULL THEN years_missing END AS years_missing,
    CASE
        WHEN basis IN ('annual', 'stock') AND ABS(achieved) >= 549755813888
            THEN CAST(achieved AS DECIMAL(18, 4))
    END AS exact,
    (CAST(2 AS BIGINT) << LEAST(GREATEST(year - 2000, 0), 61))
    - (CAST(1 AS BIGINT) << LEAST(GREATEST(rests_from - 2000, 0), 61)) AS rests_on,
    mandatory AND COALESCE(status_of_filing IN ('short', 'behind_pace', 'unreported'), FALSE) AS missed,
    COALESCE(status_of_filing = 'unreported', FALSE) AS absent,
    mandatory AND COALESCE(status_of_filing IN ('short', 'unreported'), FALSE) AS lost
FROM measured;


-- ---------------------------------------------------------------------------------------------
-- The judgement, stored
--
-- Recomputed for the spaces that a load touches, in the load's own transaction; `verify` holds
-- each table against the view of the same columns. What depends on the day is not in them.

-- judged_by: one row, the SHA-256 of the schema.sql by which all that is stored here was last judged anew; no
-- row where it has to be, as after a step to these tables. Where that is not this file, nothing is answered before
-- everything was judged by it.
CREATE TABLE IF NOT EXISTS judged_by (
    sha256 TEXT NOT NULL
);

-- stored_attainment: the rows of defined_attainment, one per obligation. status is NULL where nothing was
-- filed: unfiled once due has passed, upcoming before.
CREATE TABLE IF NOT EXISTS stored_attainment (
    space_id TEXT COLLATE "C" NOT NULL,
    edition TEXT COLLATE "C" NOT NULL,
    track TEXT COLLATE "C" NOT NULL,
    year INTEGER NOT NULL,
    period_year INTEGER NOT NULL,
    phase TEXT NOT NULL,
    due DATE,
    revision INTEGER,
    filed_at TIMESTAMP,
    requirement TEXT COLLATE "C" NOT NULL,
    position INTEGER NOT NULL,
    basis TEXT NOT NULL,
    mandatory BOOLEAN NOT NULL,
    numerator DECIMAL(18, 4),
    denominator DECIMAL(18, 4),
    required DOUBLE PRECISION NOT NULL,
    actual DOUBLE PRECISION,
    gap DOUBLE PRECISION,
    short_by BIGINT,
    needed_per_year DOUBLE PRECISION,
    attainment DOUBLE PRECISION,
    status TEXT,
    years_missing TEXT,
    exact DECIMAL(18, 4),
    rests_on BIGINT NOT NULL,
    missed BOOLEAN NOT NULL,
    absent BOOLEAN NOT NULL,
    lost BOOLEAN NOT NULL
);

-- defined_year: one row per enrolment and data year: how many of its requirements have each status.
-- The counts are of mandatory requirements, forgone of preferences; absent counts those without any
-- filing: unfiled once due has passed, upcoming before. judged is the number of mandatory requirements, of which missed and
-- lost are so in stored_attainment. rests_on are the years whose filings these statuses rest on, NULL where there is no
-- status. filed_result is pass where the share of mandatory requirements that are not lost reaches the edition's pass mark,
-- else fail; NULL where nothing was filed. targets are those of target_requirement alone, of which targets_missed are missed
-- and targets_absent have no status; targets_rest_on are the years that these rest on. Then what a year's warning takes
-- from the enrolment's other years, so that one year is read without them: no_pass_due_before is when the year before fell
-- due, if it is of cultivation and no pass; unfiled_due_before when it did, if nothing was filed for it;
-- cultivation_rests_on_before its rests_on, if it is of cultivation; each NULL else. next_due is when the year after is
-- due, last_due when the last of all is, each NULL where none is.
CREATE OR REPLACE VIEW defined_year AS
-- Counted before the years are joined, which keeps the many rows out of a join on four names.
WITH counted AS (
    SELECT
        stored_attainment.space_id,
        stored_attainment.edition,
        stored_attainment.track,
        stored_attainment.year,
        COUNT(*) FILTER (WHERE stored_attainment.mandatory) AS judged,
        COUNT(*) FILTER (WHERE stored_attainment.mandatory AND stored_attainment.status = 'met') AS met,
        COUNT(*) FILTER (WHERE stored_attainment.mandatory AND stored_attainment.status = 'on_pace') AS on_pace,
        COUNT(*) FILTER (WHERE stored_attainment.mandatory AND stored_attainment.status = 'behind_pace') AS behind_pace,
        COUNT(*) FILTER (WHERE stored_attainment.mandatory AND stored_attainment.status = 'short') AS short,
        COUNT(*) FILTER (WHERE stored_attainment.mandatory AND stored_attainment.status = 'baseline') AS baseline,
        COUNT(*) FILTER (WHERE stored_attainment.mandatory AND stored_attainment.status = 'unreported') AS unreported,
        COUNT(*) FILTER (WHERE stored_attainment.mandatory AND stored_attainment.status IS NULL) AS absent,
        COUNT(*) FILTER (WHERE stored_attainment.status = 'forgone') AS forgone,
        COUNT(*) FILTER (WHERE stored_attainment.missed) AS missed,
        COUNT(*) FILTER (WHERE stored_attainment.lost) AS lost,
        BIT_OR(stored_attainment.rests_on) FILTER (WHERE stored_attainment.status IS NOT NULL) AS rests_on,
        COUNT(target_requirement.position) AS targets,
        COUNT(target_requirement.position) FILTER (WHERE stored_attainment.missed) AS targets_missed,
        COUNT(target_requirement.position) FILTER (WHERE stored_attainment.status IS NULL) AS targets_absent,
        BIT_OR(stored_attainment.rests_on) FILTER (WHERE target_requirement.position IS NOT NULL) AS targets_rest_on
    FROM stored_attainment
    LEFT JOIN target_requirement
        ON stored_attainment.edition = target_requirement.edition
        AND stored_attainment.position = target_requirement.position
    GROUP BY
        stored_attainment.space_id,
        stored_attainment.edition,
        stored_attainment.track,
        stored_attainment.year
),

resulting AS (
    SELECT
        enrolment_year.space_id,
        enrolment_year.edition,
        enrolment_year.track,
        enrolment_year.year,
        enrolment_year.period_year,
        enrolment_year.phase,
        enrolment_year.due,
        enrolment_year.revision,
        enrolment_year.filed_at,
        COALESCE(counted.judged, 0) AS judged,
        COALESCE(counted.met, 0) AS met,
        COALESCE(counted.on_pace, 0) AS on_pace,
        COALESCE(counted.behind_pace, 0) AS behind_pace,
        COALESCE(counted.short, 0) AS short,
        COALESCE(counted.baseline, 0) AS baseline,
        COALESCE(counted.unreported, 0) AS unreported,
        COALESCE(counted.absent, 0) AS absent,
        COALESCE(counted.forgone, 0) AS forgone,
        COALESCE(counted.missed, 0) AS missed,
        COALESCE(counted.lost, 0) AS lost,
        enrolment_year.first_filed_at,
        counted.rests_on,
        COALESCE(counted.targets, 0) AS targets,
        COALESCE(counted.targets_missed, 0) AS targets_missed,
        COALESCE(counted.targets_absent, 0) AS targets_absent,
        counted.targets_rest_on,
        CASE
            WHEN enrolment_year.revision IS NULL THEN NULL
            WHEN COALESCE(counted.judged - counted.lost >= current_edition.pass_mark * counted.judged, TRUE) THEN 'pass'
            ELSE 'fail'
        END AS filed_result
    FROM enrolment_year
    INNER JOIN current_edition
        ON enrolment_year.edition = current_edition.edition
    LEFT JOIN counted
        ON enrolment_year.space_id = counted.space_id
        AND enrolment_year.edition = counted.edition
        AND enrolment_year.track = counted.track
        AND enrolment_year.year = counted.year
)

SELECT
    resulting.*,
    LAG(CASE WHEN phase = 'cultivation' AND filed_result IS DISTINCT FROM 'pass' THEN due END)
        OVER periods AS no_pass_due_before,
    LAG(CASE WHEN revision IS NULL THEN due END) OVER periods AS unfiled_due_before,
    LAG(CASE WHEN phase = 'cultivation' THEN rests_on END) OVER periods AS cultivation_rests_on_before,
    LEAD(due) OVER periods AS next_due,
    MAX(due) OVER (PARTITION BY space_id, edition, track) AS last_due
FROM resulting
WINDOW periods AS (PARTITION BY space_id, edition, track ORDER BY year);

-- stored_year: the rows of defined_year.
CREATE TABLE IF NOT EXISTS stored_year (
    space_id TEXT COLLATE "C" NOT NULL,
    edition TEXT COLLATE "C" NOT NULL,
    track TEXT COLLATE "C" NOT NULL,
    year INTEGER NOT NULL,
    period_year INTEGER NOT NULL,
    phase TEXT NOT NULL,
    due DATE,
    revision INTEGER,
    filed_at TIMESTAMP,
    judged INTEGER NOT NULL,
    met INTEGER NOT NULL,
    on_pace INTEGER NOT NULL,
    behind_pace INTEGER NOT NULL,
    short INTEGER NOT NULL,
    baseline INTEGER NOT NULL,
    unreported INTEGER NOT NULL,
    absent INTEGER NOT NULL,
    forgone INTEGER NOT NULL,
    missed INTEGER NOT NULL,
    lost INTEGER NOT NULL,
    first_filed_at TIMESTAMP,
    rests_on BIGINT,
    targets INTEGER NOT NULL,
    targets_missed INTEGER NOT NULL,
    targets_absent INTEGER NOT NULL,
    targets_rest_on BIGINT,
    filed_result TEXT,
    no_pass_due_before DATE,
    unfiled_due_before DATE,
    cultivation_rests_on_before BIGINT,
    next_due DATE,
    last_due DATE
);

-- defined_outcome: one row per enrolment and requirement: what its outcome over the period rests on, but
-- for the day: its rows in the years in which a filing is due, so none after exit_year. latest_status is the
-- status in latest_year, the last year that has one (both NULL where no year has). first_absent_due is when
-- the first year without a status falls due, next_due when the year after latest_year does, last_absent_due
-- when the last year does; each is NULL where there is no such year, or it has a status. last_known says that
-- the last year has a status. best is of a cumulative requirement the most that the space ever filed for one
-- year, else NULL.
CREATE OR REPLACE VIEW defined_outcome AS
WITH years AS (
    SELECT
        space_id,
        edition,
        track,
        requirement,
        basis,
        mandatory,
        MAX(CASE WHEN status IS NOT NULL THEN year END) AS latest_year,
        -- With the year in front, the greatest text is the latest year's.
        SUBSTRING(MAX(CAST(year AS TEXT) || status) FROM 5) AS latest_status,
        MAX(year) AS last_year,
        CAST(COUNT(*) FILTER (WHERE status = 'short') AS INTEGER) AS short,
        CAST(COUNT(*) FILTER (WHERE status = 'unreported') AS INTEGER) AS unreported,
        MIN(CASE WHEN status IS NULL THEN due END) AS first_absent_due,
        MIN(due) AS first_due,
        MAX(due) AS latest_due
    FROM stored_attainment
    WHERE due IS NOT NULL
    GROUP BY
        space_id,
        edition,
        track,
        requirement,
        basis,
        mandatory
),

dues AS (
    SELECT
        years.*,
        CASE
            WHEN latest_year IS NULL THEN first_due
            ELSE MAKE_DATE(
                latest_year + 2,
                CAST(EXTRACT(MONTH FROM first_due) AS INTEGER),
                CAST(EXTRACT(DAY FROM first_due) AS INTEGER)
            )
        END AS next_due
    FROM years
),

-- Made once, so that a server does not hold each figure of a space against all clauses of its track: five times as long.
summed AS MATERIALIZED (
    SELECT
        measured_requirement.edition,
        measured_requirement.track,
        measured_requirement.requirement,
        measured_requirement.filed
    FROM measured_requirement
    INNER JOIN current_edition
        ON measured_requirement.edition = current_edition.edition
        AND measured_requirement.load_id = current_edition.load_id
    WHERE measured_requirement.basis = 'cumulative'
),

bests AS (
    SELECT
        current_enrolment.space_id,
        current_enrolment.edition,
        summed.requirement,
        MAX(current_observation.value) AS best
    FROM current_enrolment
    INNER JOIN summed
        ON current_enrolment.edition = summed.edition
        AND current_enrolment.track = summed.track
    INNER JOIN current_observation
        ON current_enrolment.space_id = current_observation.space_id
        AND summed.filed = current_observation.metric
    GROUP BY
        current_enrolment.space_id,
        current_enrolment.edition,
        summed.requirement
)

SELECT
    dues.space_id,
    dues.edition,
    dues.track,
    dues.requirement,
    dues.basis,
    dues.mandatory,
    dues.latest_year,
    dues.latest_status,
    COALESCE(dues.latest_year = dues.last_year, FALSE) AS last_known,
    dues.short,
    dues.unreported,
    dues.first_absent_due,
    CASE WHEN dues.next_due <= dues.latest_due THEN dues.next_due END AS next_due,
    CASE WHEN COALESCE(dues.latest_year < dues.last_year, TRUE) THEN dues.latest_due END AS last_absent_due,
    bests.best
FROM dues
LEFT JOIN bests
    ON dues.space_id = bests.space_id
    AND dues.edition = bests.edition
    AND dues.requirement = bests.requirement;

-- stored_outcome: the rows of defined_outcome.
CREATE TABLE IF NOT EXISTS stored_outcome (
    space_id TEXT COLLATE "C" NOT NULL,
    edition TEXT COLLATE "C" NOT NULL,
    track TEXT COLLATE "C" NOT NULL,
    requirement TEXT COLLATE "C" NOT NULL,
    basis TEXT NOT NULL,
    mandatory BOOLEAN NOT NULL,
    latest_year INTEGER,
    latest_status TEXT,
    last_known BOOLEAN NOT NULL,
    short INTEGER NOT NULL,
    unreported INTEGER NOT NULL,
    first_absent_due DATE,
    next_due DATE,
    last_absent_due DATE,
    best DECIMAL(18, 4)
);


-- outcome_span: one row per enrolment, requirement and span of days on which its outcome over the period is the same as
-- far as the enrolment's unfiled years go: after from_day (NULL: from ever on), through until_day (NULL: without end).
-- fulfilled 已完成, failed 未完成, at_risk 有风险, unknown 无法判断, on_track 正常. Source: reading.md, A requirement over the
-- period.
CREATE OR REPLACE VIEW outcome_span AS
WITH days AS (
    SELECT DISTINCT
        stored_outcome.space_id,
        stored_outcome.edition,
        stored_outcome.track,
        CASE change.number
            WHEN 1 THEN stored_outcome.first_absent_due
            WHEN 2 THEN stored_outcome.next_due
            WHEN 3 THEN stored_outcome.last_absent_due
        END AS until_day
    FROM stored_outcome
    -- The fourth is the last span, which has no end.
    CROSS JOIN (VALUES (1), (2), (3), (4)) AS change (number)
),

spans AS (
    SELECT
        space_id,
        edition,
        track,
        until_day,
        LAG(until_day) OVER (PARTITION BY space_id, edition, track ORDER BY until_day NULLS LAST) AS from_day
    FROM days
),

dated AS (
    SELECT
        stored_outcome.*,
        spans.from_day,
        spans.until_day,
        COALESCE(stored_outcome.first_absent_due <= spans.from_day, FALSE) AS some_unfiled,
        COALESCE(stored_outcome.next_due <= spans.from_day, FALSE) AS latest_unfiled,
        stored_outcome.last_known
        OR COALESCE(stored_outcome.last_absent_due <= spans.from_day, FALSE) AS ended
    FROM stored_outcome
    INNER JOIN spans
        ON stored_outcome.space_id = spans.space_id
        AND stored_outcome.edition = spans.edition
        AND stored_outcome.track = spans.track
)

SELECT
    space_id,
    edition,
    track,
    requirement,
    mandatory,
    from_day,
    until_day,
    CASE
        WHEN basis = 'cumulative' THEN
            CASE
                WHEN latest_status = 'met' AND last_known THEN 'fulfilled'
                WHEN latest_status = 'short' THEN 'failed'
                WHEN latest_unfiled THEN 'unknown'
                WHEN latest_status = 'behind_pace' THEN 'at_risk'
                WHEN latest_status = 'unreported' THEN 'unknown'
                ELSE 'on_track'
            END
        WHEN ended AND short + unreported = 0 AND NOT some_unfiled THEN 'fulfilled'
        WHEN ended AND short > 0 THEN 'failed'
        WHEN short > 0 THEN 'at_risk'
        WHEN unreported > 0 OR some_unfiled THEN 'unknown'
        ELSE 'on_track'
    END AS outcome
FROM dated;

-- defined_verdict: one row per enrolment and span of days, as in outcome_span: how many of its mandatory requirements
-- have each outcome.
CREATE OR REPLACE VIEW defined_verdict AS
SELECT
    space_id,
    edition,
    track,
    from_day,
    until_day,
    COUNT(*) FILTER (WHERE outcome = 'fulfilled') AS fulfilled,
    COUNT(*) FILTER (WHERE outcome = 'on_track') AS on_track,
    COUNT(*) FILTER (WHERE outcome = 'at_risk') AS at_risk,
    COUNT(*) FILTER (WHERE outcome = 'failed') AS failed,
    COUNT(*) FILTER (WHERE outcome = 'unknown') AS unknown
FROM outcome_span
WHERE mandatory
GROUP BY
    space_id,
    edition,
    track,
    from_day,
    until_day;

-- stored_verdict: the rows of defined_verdict.
CREATE TABLE IF NOT EXISTS stored_verdict (
    space_id TEXT COLLATE "C" NOT NULL,
    edition TEXT COLLATE "C" NOT NULL,
    track TEXT COLLATE "C" NOT NULL,
    from_day DATE,
    until_day DATE,
    fulfilled INTEGER NOT NULL,
    on_track INTEGER NOT NULL,
    at_risk INTEGER NOT NULL,
    failed INTEGER NOT NULL,
    unknown INTEGER NOT NULL
);

-- effect: what each filing of open_revision does, in parts that add up. What of it depends on the day is said beside it.
-- missed are as in stored_attainment, opened those of them that the year before had not there,
-- closed those that only the year before had. Of which the year before says nothing, since nothing was filed for it, they
-- are a part of their own, with the day on which that was due: opened through absent_due, closed after it; else it is
-- NULL. money is by how much the filing's sums of money differ from the year before, in all their units together.
CREATE OR REPLACE VIEW effect AS
WITH owed AS (
    SELECT
        space_id,
        edition,
        position,
        year,
        due,
        status,
        revision,
        missed
    FROM stored_attainment
    WHERE mandatory
),

beside AS (
    SELECT
        open_revision.reviewed,
        now.space_id,
        now.year,
        now.missed,
        COALESCE(before.missed, FALSE) AS missed_before,
        CASE WHEN before.status IS NULL THEN before.due END AS absent_due
    FROM open_revision
    INNER JOIN owed AS now
        ON open_revision.space_id = now.space_id
        AND open_revision.year = now.year
    LEFT JOIN owed AS before
        ON now.space_id = before.space_id
        AND now.edition = before.edition
        AND now.position = before.position
        AND now.year - 1 = before.year
    WHERE now.revision IS NOT NULL
),

sums AS (
    SELECT DISTINCT current_metric.metric
    FROM current_metric
    INNER JOIN conversion
        ON current_metric.edition = conversion.edition
        AND current_metric.unit = conversion.unit
    WHERE conversion.written LIKE '%元'
)

SELECT
    reviewed,
    space_id,
    year,
    absent_due,
    COUNT(*) FILTER (WHERE missed) AS missed,
    COUNT(*) FILTER (WHERE missed AND NOT missed_before) AS opened,
    COUNT(*) FILTER (WHERE NOT missed AND (missed_before OR absent_due IS NOT NULL)) AS closed,
    CAST(0 AS DOUBLE PRECISION) AS money
FROM beside
GROUP BY
    reviewed,
    space_id,
    year,
    absent_due
UNION ALL
SELECT
    open_revision.reviewed,
    now.space_id,
    now.year,
    CAST(NULL AS DATE) AS absent_due,
    0 AS missed,
    0 AS opened,
    0 AS closed,
    CAST(SUM(ABS(COALESCE(now.value, 0) - COALESCE(before.value, 0))) AS DOUBLE PRECISION) AS money
FROM open_revision
INNER JOIN observation AS now
    ON open_revision.space_id = now.space_id
    AND open_revision.load_id = now.load_id
    AND open_revision.year = now.year
INNER JOIN sums
    ON now.metric = sums.metric
LEFT JOIN current_observation AS before
    ON now.space_id = before.space_id
    AND now.metric = before.metric
    AND now.year - 1 = before.year
GROUP BY
    open_revision.reviewed,
    now.space_id,
    now.year;

-- defined_effect: the rows of effect, of filings that are reviewed.
CREATE OR REPLACE VIEW defined_effect AS
SELECT
    space_id,
    year,
    absent_due,
    missed,
    opened,
    closed,
    money
FROM effect
WHERE reviewed;

-- stored_effect: the rows of defined_effect.
CREATE TABLE IF NOT EXISTS stored_effect (
    space_id TEXT COLLATE "C" NOT NULL,
    year INTEGER NOT NULL,
    absent_due DATE,
    missed INTEGER NOT NULL,
    opened INTEGER NOT NULL,
    closed INTEGER NOT NULL,
    money DOUBLE PRECISION NOT NULL
);


-- ---------------------------------------------------------------------------------------------
-- The tables that go out, as of a day

-- chosen_day: empty, so that everything is told as of today. Whoever asks for another day puts it here,
-- reads, and rolls the transaction back.
CREATE TABLE IF NOT EXISTS chosen_day (
    as_of DATE NOT NULL
);

-- viewer_day: the rows of chosen_day. On a server also the day in the transaction's setting tracking.day, since a
-- replica takes no rows (tracking/database/server.sql).
CREATE OR REPLACE VIEW viewer_day AS
SELECT as_of
FROM chosen_day;

-- reporting_day: the one day that decides what is due.
CREATE OR REPLACE VIEW reporting_day AS
SELECT COALESCE(MAX(as_of), CURRENT_DATE) AS as_of
FROM viewer_day;

-- chosen_viewer: empty, so that nobody sees anything. Whoever reads for somebody puts here what that person may see,
-- reads, and rolls the transaction back: scope is city (every space, code is then empty), district, edition (the
-- spaces enrolled under it) or space, code says which.
CREATE TABLE IF NOT EXISTS chosen_viewer (
    scope TEXT COLLATE "C" NOT NULL CHECK (scope IN ('city', 'district', 'edition', 'space')),
    code TEXT COLLATE "C" NOT NULL
);

-- viewer: the rows of chosen_viewer. On a server also those in the transaction's settings tracking.scopes and
-- tracking.codes, two arrays side by side.
CREATE OR REPLACE VIEW viewer AS
SELECT
    scope,
    code
FROM chosen_viewer;

-- approved_viewer: as chosen_viewer, of scopes in which nothing is shown that rests on a filing which is not approved. A
-- space that both name is shown whole.
CREATE TABLE IF NOT EXISTS approved_viewer (
    scope TEXT COLLATE "C" NOT NULL CHECK (scope IN ('city', 'district', 'edition', 'space')),
    code TEXT COLLATE "C" NOT NULL
);

-- limited_viewer: the rows of approved_viewer. On a server also those in the transaction's settings
-- tracking.limited_scopes and tracking.limited_codes.
CREATE OR REPLACE VIEW limited_viewer AS
SELECT
    scope,
    code
FROM approved_viewer;

-- visible_space: the rows of current_space that the viewer may see. Everything below joins it, and what is
-- stored above is worked out without it. approved_only: of what was filed for it, the viewer sees what is approved alone.
CREATE OR REPLACE VIEW visible_space AS
WITH seen AS (
    SELECT
        scope,
        code,
        FALSE AS approved_only
    FROM viewer
    UNION ALL
    SELECT
        scope,
        code,
        TRUE AS approved_only
    FROM limited_viewer
),

-- One row, whoever looks: whether every space is seen. That alone is asked of who sees the city.
city AS (
    SELECT
        COUNT(*) > 0 AS seen,
        BOOL_AND(approved_only) AS approved_only
    FROM seen
    WHERE scope = 'city'
),

-- One row per space that a narrower scope holds, as the scope has it that shows more of it.
named AS (
    SELECT
        space_id,
        BOOL_AND(approved_only) AS approved_only
    FROM (
        SELECT
            code AS space_id,
            approved_only
        FROM seen
        WHERE scope = 'space'
        UNION ALL
        SELECT
            current_space.space_id,
            seen.approved_only
        FROM seen
        INNER JOIN current_space
            ON seen.code = current_space.district
        WHERE seen.scope = 'district'
        UNION ALL
        -- Of enrolments as they came: a later one takes over from its like, and both are of one space and edition.
        SELECT
            enrolment.space_id,
            seen.approved_only
        FROM seen
        INNER JOIN enrolment
            ON seen.code = enrolment.edition
        WHERE seen.scope = 'edition'
    ) AS held
    GROUP BY space_id
)

SELECT
    current_space.load_id,
    current_space.space_id,
    current_space.space_name,
    current_space.district,
    current_space.operator,
    current_space.brand,
    COALESCE(city.approved_only, TRUE) AND COALESCE(named.approved_only, TRUE) AS approved_only
FROM current_space
CROSS JOIN city
LEFT JOIN named
    ON current_space.space_id = named.space_id
WHERE
    city.seen
    OR named.space_id IS NOT NULL;

-- visible_space_years: the rows of visible_space, each with the years of its provisional filings as in open_years: 0 where
-- it has none. As part of what every row is joined to anyway it costs least.
CREATE OR REPLACE VIEW visible_space_years AS
SELECT
    visible_space.space_id,
    visible_space.space_name,
    visible_space.district,
    visible_space.approved_only,
    COALESCE(open_years.years, 0) AS open_years
FROM visible_space
LEFT JOIN open_years
    ON visible_space.space_id = open_years.space_id;

-- withheld_year: one row per space and data year of which the viewer sees nothing that was filed, since it is not approved.
CREATE OR REPLACE VIEW withheld_year AS
SELECT
    provisional_filing.space_id,
    provisional_filing.year
FROM provisional_filing
INNER JOIN visible_space
    ON provisional_filing.space_id = visible_space.space_id
WHERE visible_space.approved_only;

-- visible_filing: one row per revision of a filing that the viewer may read: of a space of which approved filings alone are
-- seen, those revisions that are approved.
CREATE OR REPLACE VIEW visible_filing AS
SELECT
    filing.load_id,
    filing.space_id,
    visible_space.space_name,
    filing.year,
    filing.revision,
    filing.figures
FROM filing
INNER JOIN visible_space
    ON filing.space_id = visible_space.space_id
LEFT JOIN moved_filing
    ON filing.space_id = moved_filing.space_id
    AND filing.year = moved_filing.year
    AND filing.revision = moved_filing.revision
WHERE
    NOT visible_space.approved_only
    OR moved_filing.state = 'approved'
    OR NOT (SELECT in_use FROM review_in_use);

-- best_year: one row per cumulative requirement of a track: the most that any space on it ever filed for one year, and
-- of how many spaces. best is NULL to who does not see every space: of few it would tell of one that is not seen.
CREATE OR REPLACE VIEW best_year AS
SELECT
    edition,
    track,
    requirement,
    -- An enrolment is there once, and a space is enrolled once on a track of an edition.
    COUNT(*) AS spaces,
    CASE WHEN EXISTS (SELECT 1 FROM viewer WHERE scope = 'city') THEN MAX(best) END AS best
FROM stored_outcome
WHERE best IS NOT NULL
GROUP BY
    edition,
    track,
    requirement;

-- actuals: one row per requirement of a track, but for those that are attested, and year of the period: every actual
-- that there is, in no order, and of how many spaces. actuals is NULL to who does not see every space, as in best_year.
CREATE OR REPLACE VIEW actuals AS
SELECT
    edition,
    track,
    requirement,
    period_year,
    COUNT(*) AS spaces,
    CASE WHEN EXISTS (SELECT 1 FROM viewer WHERE scope = 'city') THEN ARRAY_AGG(actual) END AS actuals
FROM stored_attainment
WHERE
    basis <> 'attested'
    AND actual IS NOT NULL
GROUP BY
    edition,
    track,
    requirement,
    period_year;

-- marked_attainment: the rows of whole_attainment without what their requirement says of itself: where thousands are counted
-- by requirement, its names are joined to the few counts.
CREATE OR REPLACE VIEW marked_attainment AS
WITH dated AS (
    SELECT
        stored_attainment.*,
        stored_attainment.status IS NULL AND COALESCE(stored_attainment.due < reporting_day.as_of, FALSE) AS unfiled,
        stored_attainment.status IS NULL AND NOT COALESCE(stored_attainment.due < reporting_day.as_of, FALSE) AS upcoming
    FROM stored_attainment
    CROSS JOIN reporting_day
),

marked AS (
    SELECT
        dated.*,
        visible_space_years.space_name,
        visible_space_years.district,
        visible_space_years.approved_only,
        NOT dated.upcoming
        AND (visible_space_years.open_years & dated.rests_on) <> 0 AS provisional
    FROM dated
    INNER JOIN visible_space_years
        ON dated.space_id = visible_space_years.space_id
)

SELECT
    space_id,
    space_name,
    district,
    approved_only,
    edition,
    track,
    year,
    period_year,
    phase,
    due,
    requirement,
    position,
    basis,
    required,
    actual,
    numerator,
    denominator,
    gap,
    short_by,
    CASE WHEN NOT upcoming THEN needed_per_year END AS needed_per_year,
    attainment,
    CASE
        WHEN unfiled THEN 'unfiled'
        WHEN upcoming THEN 'upcoming'
        ELSE status
    END AS status,
    mandatory,
    years_missing,
    revision,
    filed_at,
    missed OR (mandatory AND unfiled) AS missed,
    absent OR unfiled AS absent,
    lost OR (mandatory AND unfiled) AS lost,
    exact,
    provisional,
    approved_only AND provisional AS withheld
FROM marked;

-- whole_attainment: the rows of attainment as they are, also those that the viewer is not shown: where approved_only, none
-- that is provisional. requirement_in_force is made once, so that no plan takes its joins row by row, which of a part of
-- the spaces DuckDB does: twice the time.
CREATE OR REPLACE VIEW whole_attainment AS
WITH requirement_in_force AS MATERIALIZED (
    SELECT * FROM current_requirement
)

SELECT
    marked_attainment.space_id,
    marked_attainment.space_name,
    marked_attainment.district,
    marked_attainment.approved_only,
    marked_attainment.edition,
    marked_attainment.track,
    marked_attainment.year,
    marked_attainment.period_year,
    marked_attainment.phase,
    requirement_in_force.stage,
    marked_attainment.requirement,
    marked_attainment.position,
    requirement_in_force.clause,
    requirement_in_force.metric,
    requirement_in_force.metric_name_zh,
    requirement_in_force.metric_name_en,
    requirement_in_force.unit_zh,
    requirement_in_force.unit_en,
    marked_attainment.basis,
    requirement_in_force.comparison,
    requirement_in_force.threshold,
    marked_attainment.required,
    marked_attainment.actual,
    marked_attainment.numerator,
    marked_attainment.denominator,
    marked_attainment.gap,
    marked_attainment.short_by,
    marked_attainment.needed_per_year,
    marked_attainment.attainment,
    marked_attainment.status,
    marked_attainment.mandatory,
    marked_attainment.years_missing,
    marked_attainment.revision,
    marked_attainment.filed_at,
    marked_attainment.missed,
    marked_attainment.absent,
    marked_attainment.lost,
    marked_attainment.exact,
    marked_attainment.provisional
FROM marked_attainment
INNER JOIN requirement_in_force
    ON marked_attainment.edition = requirement_in_force.edition
    AND marked_attainment.requirement = requirement_in_force.requirement;

-- attainment: one row per requirement, enrolment and data year. The columns are those of the contract, names
-- and units in both languages, then what the status means. missed: it is mandatory and on the list of
-- shortfalls. absent: nothing was reported, which is never the same as a low figure. lost: it is mandatory and
-- keeps the year from a pass. exact: as in defined_attainment. provisional: one of the filings that the row rests on is.
-- withheld: and the viewer sees what is approved alone: the row stands there without what it says.
-- Source: reading.md, Statuses and Years and periods.
CREATE OR REPLACE VIEW attainment AS
WITH shown AS (
    SELECT
        whole_attainment.*,
        approved_only AND provisional AS withheld
    FROM whole_attainment
)

SELECT
    space_id,
    space_name,
    district,
    edition,
    track,
    year,
    period_year,
    phase,
    stage,
    requirement,
    position,
    clause,
    metric,
    metric_name_zh,
    metric_name_en,
    unit_zh,
    unit_en,
    basis,
    comparison,
    threshold,
    required,
    CASE WHEN NOT withheld THEN actual END AS actual,
    CASE WHEN NOT withheld THEN numerator END AS numerator,
    CASE WHEN NOT withheld THEN denominator END AS denominator,
    CASE WHEN NOT withheld THEN gap END AS gap,
    CASE WHEN NOT withheld THEN short_by END AS short_by,
    CASE WHEN NOT withheld THEN needed_per_year END AS needed_per_year,
    CASE WHEN NOT withheld THEN attainment END AS attainment,
    CASE WHEN NOT withheld THEN status END AS status,
    mandatory,
    CASE WHEN NOT withheld THEN years_missing END AS years_missing,
    CASE WHEN NOT withheld THEN revision END AS revision,
    CASE WHEN NOT withheld THEN filed_at END AS filed_at,
    missed AND NOT withheld AS missed,
    absent AND NOT withheld AS absent,
    lost AND NOT withheld AS lost,
    CASE WHEN NOT withheld THEN exact END AS exact,
    provisional,
    withheld
FROM shown;

-- brand_requirement: one row per brand, requirement asked of all its spaces together (whose is brand) and data
-- year that one of them has a figure for, of the spaces that the viewer may see. spaces are enrolled that year, reported
-- of them have a figure. A firm may stand in the filings of several spaces, so that the brand has at least largest, the
-- most that one of them has, and at most together, the sum. reached is yes where largest satisfies the comparison,
-- no where all of the brand are seen and have a figure and together does not, else unsure. provisional: one of these
-- figures is: then not shown to who sees what is approved alone. In the metric's unit. Source: 附件1, 品牌化, 培育目标 1.
CREATE OR REPLACE VIEW brand_requirement AS
WITH summed AS (
    SELECT
        visible_space.brand,
        whole_attainment.edition,
        whole_attainment.track,
        whole_attainment.requirement,
        whole_attainment.year,
        COUNT(*) AS spaces,
        COUNT(whole_attainment.actual) AS reported,
        MAX(whole_attainment.actual) AS largest,
        SUM(whole_attainment.actual) AS together,
        BOOL_OR(whole_attainment.provisional) AS provisional
    FROM whole_attainment
    INNER JOIN visible_space
        ON whole_attainment.space_id = visible_space.space_id
    INNER JOIN current_requirement
        ON whole_attainment.edition = current_requirement.edition
        AND whole_attainment.requirement = current_requirement.requirement
    WHERE
        current_requirement.whose = 'brand'
        AND visible_space.brand <> ''
    GROUP BY
        visible_space.brand,
        whole_attainment.edition,
        whole_attainment.track,
        whole_attainment.requirement,
        whole_attainment.year
    HAVING
        COUNT(whole_attainment.actual) > 0
        AND NOT BOOL_OR(whole_attainment.approved_only AND whole_attainment.provisional)
),

compared AS (
    SELECT
        summed.*,
        current_requirement.position,
        current_requirement.metric_name_zh,
        current_requirement.metric_name_en,
        current_requirement.unit_zh,
        current_requirement.unit_en,
        current_requirement.basis,
        current_requirement.comparison,
        current_requirement.threshold,
        CASE current_requirement.comparison
            WHEN '>' THEN summed.largest > current_requirement.threshold
            ELSE summed.largest >= current_requirement.threshold
        END AS largest_suffices,
        CASE current_requirement.comparison
            WHEN '>' THEN summed.together > current_requirement.threshold
            ELSE summed.together >= current_requirement.threshold
        END AS together_suffices
    FROM summed
    INNER JOIN current_requirement
        ON summed.edition = current_requirement.edition
        AND summed.requirement = current_requirement.requirement
),

unseen AS (
    SELECT DISTINCT brand
    FROM current_space
    WHERE space_id NOT IN (SELECT space_id FROM visible_space)
)

SELECT
    compared.brand,
    compared.edition,
    compared.track,
    compared.requirement,
    compared.position,
    compared.metric_name_zh,
    compared.metric_name_en,
    compared.unit_zh,
    compared.unit_en,
    compared.year,
    compared.basis,
    compared.comparison,
    compared.threshold,
    compared.spaces,
    compared.reported,
    compared.largest,
    compared.together,
    CASE
        WHEN compared.largest_suffices THEN 'yes'
        WHEN compared.reported < compared.spaces OR unseen.brand IS NOT NULL THEN 'unsure'
        WHEN compared.together_suffices THEN 'unsure'
        ELSE 'no'
    END AS reached,
    compared.provisional
FROM compared
LEFT JOIN unseen
    ON compared.brand = unseen.brand;

-- shortfalls: the rows of attainment that are mandatory and missed. consecutive_years says how many years
-- in a row, up to this one, the requirement was missed. absent is true where nothing was reported, which
-- is never the same as a low figure. provisional: as in attainment, or one of the years in a row is.
CREATE OR REPLACE VIEW shortfalls AS
WITH streaks AS (
    SELECT
        whole_attainment.*,
        COALESCE(MAX(CASE WHEN NOT missed THEN period_year END) OVER so_far, 0) AS last_held,
        COALESCE(MAX(CASE WHEN provisional THEN period_year END) OVER so_far, 0) AS last_provisional
    FROM whole_attainment
    WHERE mandatory
    -- The district, which a space has one of, lets those of one district be put in order by themselves.
    WINDOW so_far AS (PARTITION BY space_id, edition, track, requirement, district ORDER BY year)
)

SELECT
    space_id,
    space_name,
    district,
    edition,
    track,
    year,
    period_year,
    phase,
    stage,
    requirement,
    position,
    clause,
    metric,
    metric_name_zh,
    metric_name_en,
    unit_zh,
    unit_en,
    basis,
    comparison,
    threshold,
    required,
    actual,
    numerator,
    denominator,
    gap,
    short_by,
    needed_per_year,
    attainment,
    status,
    mandatory,
    years_missing,
    revision,
    filed_at,
    period_year - last_held AS consecutive_years,
    absent,
    exact,
    last_provisional > last_held AS provisional
FROM streaks
WHERE
    missed
    -- How many years in a row it is rests on the year before them too.
    AND NOT (approved_only AND last_provisional > 0 AND last_provisional >= last_held);

-- counted_shortfalls: the rows of shortfalls without how many years in a row it was missed, for whoever counts them: of
-- the years before a space's first provisional filing nothing is provisional, and only those from it on are put in order.
CREATE OR REPLACE VIEW counted_shortfalls AS
WITH first_open AS (
    SELECT
        space_id,
        -- Years that share a bit, as in open_years, are told apart by none.
        CASE WHEN MIN(year) BETWEEN 2001 AND 2060 THEN MIN(year) ELSE 0 END AS year
    FROM provisional_filing
    GROUP BY space_id
),

streaks AS (
    SELECT
        whole_attainment.*,
        COALESCE(MAX(CASE WHEN NOT missed THEN period_year END) OVER so_far, 0) AS last_held,
        COALESCE(MAX(CASE WHEN provisional THEN period_year END) OVER so_far, 0) AS last_provisional
    FROM whole_attainment
    INNER JOIN first_open
        ON whole_attainment.space_id = first_open.space_id
        AND whole_attainment.year >= first_open.year
    WHERE whole_attainment.mandatory
    WINDOW so_far AS (
        PARTITION BY
            whole_attainment.space_id,
            whole_attainment.edition,
            whole_attainment.track,
            whole_attainment.requirement,
            whole_attainment.district
        ORDER BY whole_attainment.year
    )
)

SELECT
    whole_attainment.space_id,
    whole_attainment.space_name,
    whole_attainment.district,
    whole_attainment.edition,
    whole_attainment.track,
    whole_attainment.year,
    whole_attainment.phase,
    whole_attainment.requirement,
    whole_attainment.position,
    whole_attainment.metric_name_zh,
    whole_attainment.metric_name_en,
    whole_attainment.status,
    FALSE AS provisional
FROM whole_attainment
LEFT JOIN first_open
    ON whole_attainment.space_id = first_open.space_id
WHERE
    whole_attainment.missed
    AND (first_open.year IS NULL OR whole_attainment.year < first_open.year)
UNION ALL
SELECT
    space_id,
    space_name,
    district,
    edition,
    track,
    year,
    phase,
    requirement,
    position,
    metric_name_zh,
    metric_name_en,
    status,
    last_provisional > last_held AS provisional
FROM streaks
WHERE
    missed
    AND NOT (approved_only AND last_provisional > 0 AND last_provisional >= last_held);

-- year_result: one row per enrolment and data year: its result. upcoming and unfiled where the filing is;
-- else as it was filed. overdue: its due day has passed. no_pass: that warns; no_pass_before and not_filed_before: the year
-- before does. provisional: a status of it rests on a filing that is; provisional_before: one of the cultivation year
-- before does. Source: reading.md, Years and periods.
CREATE OR REPLACE VIEW year_result AS
WITH dated AS (
    SELECT
        stored_year.*,
        COALESCE(stored_year.due < reporting_day.as_of, FALSE) AS overdue,
        COALESCE(stored_year.no_pass_due_before < reporting_day.as_of, FALSE) AS no_pass_before,
        COALESCE(stored_year.unfiled_due_before < reporting_day.as_of, FALSE) AS not_filed_before,
        COALESCE(stored_year.next_due < reporting_day.as_of, FALSE) AS judged_since,
        COALESCE(stored_year.last_due < reporting_day.as_of, TRUE) AS period_over,
        COALESCE((open_years.years & stored_year.rests_on) <> 0, FALSE) AS provisional,
        COALESCE((open_years.years & stored_year.cultivation_rests_on_before) <> 0, FALSE) AS provisional_before,
        COALESCE((open_years.years & stored_year.targets_rest_on) <> 0, FALSE) AS targets_provisional
    FROM stored_year
    CROSS JOIN reporting_day
    LEFT JOIN open_years
        ON stored_year.space_id = open_years.space_id
)

SELECT
    space_id,
    edition,
    track,
    year,
    period_year,
    phase,
    due,
    filed_at,
    met,
    on_pace,
    behind_pace,
    short,
    baseline,
    unreported,
    CASE WHEN overdue THEN absent ELSE 0 END AS unfiled,
    forgone,
    CASE WHEN overdue THEN missed + absent ELSE missed END AS missed,
    CASE WHEN overdue THEN lost + absent ELSE lost END AS lost,
    COALESCE(filed_result, CASE WHEN overdue THEN 'unfiled' ELSE 'upcoming' END) AS result,
    overdue,
    first_filed_at,
    -- Until the due day has passed a filing can be mended, and after exit_year none is due: neither warns.
    overdue AND phase = 'cultivation' AND filed_result IS DISTINCT FROM 'pass' AS no_pass,
    no_pass_before,
    not_filed_before,
    next_due IS NOT NULL AS year_follows,
    judged_since,
    period_over,
    provisional,
    provisional_before,
    targets,
    CASE WHEN overdue THEN targets_missed + targets_absent ELSE targets_missed END AS targets_missed,
    targets_provisional
FROM dated;

-- warned_year: one row per enrolment and data year: year_result with its exit_warning. A cultivation year whose due
-- day has passed and that is no pass carries one_more, and exit where the cultivation year before it was no pass
-- either; of two years in a row without a filing, construction included, the first carries one_more and the second
-- exit. one_more is carried only where the enrolment has another year, which then decides. period_over says that the
-- enrolment's last year was due, judged_since that a later one was. targets and targets_missed are of the mandatory
-- cultivation targets alone; targets_provisional: one of them is. provisional: its result is, or the result before it that
-- its warning rests on. Source: reading.md, Years and periods.
CREATE OR REPLACE VIEW warned_year AS
SELECT
    space_id,
    edition,
    track,
    year,
    period_year,
    phase,
    due,
    filed_at,
    met,
    on_pace,
    behind_pace,
    short,
    baseline,
    unreported,
    unfiled,
    forgone,
    missed,
    lost,
    result,
    overdue,
    first_filed_at,
    result = 'pass' AS passed,
    result = 'fail' AS failed,
    result = 'unfiled' AS not_filed,
    result = 'upcoming' AS to_come,
    period_over,
    CASE
        WHEN no_pass AND no_pass_before THEN 'exit'
        WHEN result = 'unfiled' AND not_filed_before THEN 'exit'
        WHEN (no_pass OR result = 'unfiled') AND year_follows THEN 'one_more'
        ELSE 'none'
    END AS exit_warning,
    provisional OR (no_pass AND provisional_before) AS provisional,
    judged_since,
    targets,
    targets_missed,
    targets_provisional
FROM year_result;

-- evaluations: one row per enrolment and data year: the acceptance (验收) of a construction year, the
-- evaluation (评估) of a cultivation year, made in evaluation_year, with the warning that it carries.
-- Behind the contract's columns what the codes mean: missed and lost count the mandatory requirements that are
-- so in attainment; period_over says that the enrolment's last year was due: it may or must leave only before,
-- after it the period has ended_failing; result_rank and warning_rank order results and warnings, the most
-- urgent first. judged_since and the targets are as in warned_year. withheld: as in attainment, but for when it was
-- filed; nothing is counted then. Source: reading.md,
-- Years and periods.
CREATE OR REPLACE VIEW evaluations AS
WITH shown AS (
    SELECT
        warned_year.*,
        visible_space.space_name,
        visible_space.district,
        visible_space.approved_only AND warned_year.provisional AS withheld
    FROM warned_year
    INNER JOIN visible_space
        ON warned_year.space_id = visible_space.space_id
),

disclosed AS (
    SELECT
        space_id,
        space_name,
        district,
        edition,
        track,
        year,
        period_year,
        phase,
        due,
        CASE WHEN NOT withheld THEN result END AS result,
        filed_at,
        CASE WHEN withheld THEN 0 ELSE met END AS met,
        CASE WHEN withheld THEN 0 ELSE on_pace END AS on_pace,
        CASE WHEN withheld THEN 0 ELSE behind_pace END AS behind_pace,
        CASE WHEN withheld THEN 0 ELSE short END AS short,
        CASE WHEN withheld THEN 0 ELSE baseline END AS baseline,
        CASE WHEN withheld THEN 0 ELSE unreported END AS unreported,
        CASE WHEN withheld THEN 0 ELSE unfiled END AS unfiled,
        CASE WHEN withheld THEN 0 ELSE forgone END AS forgone,
        CASE WHEN withheld THEN 0 ELSE missed END AS missed,
        CASE WHEN withheld THEN 0 ELSE lost END AS lost,
        CASE WHEN withheld THEN 'none' ELSE exit_warning END AS exit_warning,
        first_filed_at,
        passed AND NOT withheld AS passed,
        failed AND NOT withheld AS failed,
        not_filed AND NOT withheld AS not_filed,
        to_come,
        period_over,
        provisional,
        withheld,
        judged_since,
        CASE WHEN withheld THEN 0 ELSE targets END AS targets,
        CASE WHEN withheld THEN 0 ELSE targets_missed END AS targets_missed,
        targets_provisional AND NOT withheld AS targets_provisional
    FROM shown
)

SELECT
    disclosed.space_id,
    disclosed.space_name,
    disclosed.district,
    disclosed.edition,
    disclosed.track,
    disclosed.year,
    disclosed.year + 1 AS evaluation_year,
    disclosed.period_year,
    disclosed.phase,
    disclosed.result,
    disclosed.due,
    disclosed.filed_at,
    disclosed.met,
    disclosed.on_pace,
    disclosed.behind_pace,
    disclosed.short,
    disclosed.baseline,
    disclosed.unreported,
    disclosed.unfiled,
    disclosed.forgone,
    disclosed.exit_warning,
    disclosed.first_filed_at,
    disclosed.missed,
    disclosed.lost,
    disclosed.passed,
    disclosed.failed,
    disclosed.not_filed,
    disclosed.to_come,
    disclosed.period_over,
    disclosed.exit_warning = 'one_more' AND NOT disclosed.period_over AS may_leave,
    disclosed.exit_warning = 'exit' AND NOT disclosed.period_over AS must_leave,
    disclosed.exit_warning = 'exit' AND disclosed.period_over AS ended_failing,
    CASE
        WHEN disclosed.not_filed THEN 1
        WHEN disclosed.failed THEN 2
        WHEN disclosed.passed THEN 3
        ELSE 4
    END AS result_rank,
    CASE disclosed.exit_warning
        WHEN 'exit' THEN 1
        WHEN 'one_more' THEN 2
        ELSE 3
    END AS warning_rank,
    disclosed.provisional,
    disclosed.withheld,
    disclosed.judged_since,
    disclosed.targets,
    disclosed.targets_missed,
    disclosed.targets_provisional
FROM disclosed;

-- outcomes: one row per enrolment and requirement: its outcome over the period, as in outcome_span.
CREATE OR REPLACE VIEW outcomes AS
SELECT
    outcome_span.space_id,
    outcome_span.edition,
    outcome_span.track,
    outcome_span.requirement,
    outcome_span.mandatory,
    outcome_span.outcome
FROM outcome_span
CROSS JOIN reporting_day
WHERE
    (outcome_span.from_day IS NULL OR outcome_span.from_day < reporting_day.as_of)
    AND (outcome_span.until_day IS NULL OR outcome_span.until_day >= reporting_day.as_of);

-- verdicts: one row per enrolment: the worst outcome of its mandatory requirements, how many have each, the
-- years that failed, and the exit warning of its latest year whose due day has passed. provisional: one of its years is.
-- withheld: as in attainment; nothing is counted then.
-- Source: reading.md, Years and periods.
CREATE OR REPLACE VIEW verdicts AS
WITH counts AS (
    SELECT
        stored_verdict.space_id,
        stored_verdict.edition,
        stored_verdict.track,
        stored_verdict.fulfilled,
        stored_verdict.on_track,
        stored_verdict.at_risk,
        stored_verdict.failed,
        stored_verdict.unknown
    FROM stored_verdict
    CROSS JOIN reporting_day
    WHERE
        (stored_verdict.from_day IS NULL OR stored_verdict.from_day < reporting_day.as_of)
        AND (stored_verdict.until_day IS NULL OR stored_verdict.until_day >= reporting_day.as_of)
),

years AS (
    SELECT
        space_id,
        edition,
        track,
        STRING_AGG(CASE WHEN result = 'fail' THEN CAST(year AS TEXT) END, ' ' ORDER BY year) AS years_failed,
        -- With the year in front, the greatest text is the latest year's.
        SUBSTRING(MAX(CASE WHEN due < reporting_day.as_of THEN CAST(year AS TEXT) || exit_warning END) FROM 5) AS exit_warning,
        BOOL_OR(provisional) AS provisional
    FROM warned_year
    CROSS JOIN reporting_day
    GROUP BY
        space_id,
        edition,
        track
),

shown AS (
    SELECT
        current_enrolment.space_id,
        visible_space.space_name,
        visible_space.district,
        current_enrolment.edition,
        current_enrolment.track,
        current_enrolment.start_year,
        current_enrolment.end_year,
        COALESCE(counts.fulfilled, 0) AS fulfilled,
        COALESCE(counts.on_track, 0) AS on_track,
        COALESCE(counts.at_risk, 0) AS at_risk,
        COALESCE(counts.failed, 0) AS failed,
        COALESCE(counts.unknown, 0) AS unknown,
        years.years_failed,
        COALESCE(years.exit_warning, 'none') AS exit_warning,
        COALESCE(years.provisional, FALSE) AS provisional,
        visible_space.approved_only AND COALESCE(years.provisional, FALSE) AS withheld
    FROM current_enrolment
    INNER JOIN visible_space
        ON current_enrolment.space_id = visible_space.space_id
    LEFT JOIN counts
        ON current_enrolment.space_id = counts.space_id
        AND current_enrolment.edition = counts.edition
        AND current_enrolment.track = counts.track
    LEFT JOIN years
        ON current_enrolment.space_id = years.space_id
        AND current_enrolment.edition = years.edition
        AND current_enrolment.track = years.track
)

SELECT
    space_id,
    space_name,
    district,
    edition,
    track,
    start_year,
    end_year,
    CASE
        WHEN withheld THEN NULL
        WHEN failed > 0 THEN 'failed'
        WHEN at_risk > 0 THEN 'at_risk'
        WHEN unknown > 0 THEN 'unknown'
        WHEN on_track > 0 THEN 'on_track'
        ELSE 'fulfilled'
    END AS verdict,
    CASE WHEN withheld THEN 0 ELSE fulfilled END AS fulfilled,
    CASE WHEN withheld THEN 0 ELSE on_track END AS on_track,
    CASE WHEN withheld THEN 0 ELSE at_risk END AS at_risk,
    CASE WHEN withheld THEN 0 ELSE failed END AS failed,
    CASE WHEN withheld THEN 0 ELSE unknown END AS unknown,
    CASE WHEN NOT withheld THEN years_failed END AS years_failed,
    CASE WHEN withheld THEN 'none' ELSE exit_warning END AS exit_warning,
    provisional,
    withheld
FROM shown;

-- filings: one row per space and data year that an enrolment covers. due is the earliest day of those
-- enrolments; late means that even the first revision came after it. NULLs where nothing was filed. Behind the
-- contract's columns state_rank orders the states, the most urgent first. provisional: it was filed, and review has not
-- approved it. withheld: as in attainment; that it was filed, and when, is told.
CREATE OR REPLACE VIEW filings AS
WITH owed AS (
    SELECT
        space_id,
        year,
        MIN(due) AS due
    FROM due_year
    GROUP BY
        space_id,
        year
),

dated AS (
    SELECT
        owed.space_id,
        owed.year,
        owed.due,
        current_filing.filed_at,
        current_filing.revision,
        current_filing.revisions,
        current_filing.filed_by,
        current_filing.source,
        current_filing.sha256,
        current_filing.figures,
        current_filing.first_filed_at,
        CASE
            WHEN current_filing.revision IS NOT NULL AND CAST(current_filing.first_filed_at AS DATE) > owed.due THEN 'late'
            WHEN current_filing.revision IS NOT NULL THEN 'filed'
            WHEN owed.due < reporting_day.as_of THEN 'unfiled'
            ELSE 'upcoming'
        END AS state
    FROM owed
    LEFT JOIN current_filing
        ON owed.space_id = current_filing.space_id
        AND owed.year = current_filing.year
    CROSS JOIN reporting_day
),

shown AS (
    SELECT
        dated.*,
        visible_space.space_name,
        visible_space.district,
        provisional_filing.year IS NOT NULL AS provisional,
        visible_space.approved_only AND provisional_filing.year IS NOT NULL AS withheld
    FROM dated
    INNER JOIN visible_space
        ON dated.space_id = visible_space.space_id
    LEFT JOIN provisional_filing
        ON dated.space_id = provisional_filing.space_id
        AND dated.year = provisional_filing.year
)

SELECT
    space_id,
    space_name,
    district,
    year,
    state,
    due,
    filed_at,
    CASE WHEN NOT withheld THEN revision END AS revision,
    CASE WHEN NOT withheld THEN revisions END AS revisions,
    CASE WHEN NOT withheld THEN filed_by END AS filed_by,
    CASE WHEN NOT withheld THEN source END AS source,
    CASE WHEN NOT withheld THEN sha256 END AS sha256,
    CASE WHEN NOT withheld THEN figures END AS observations,
    first_filed_at,
    CASE state
        WHEN 'unfiled' THEN 1
        WHEN 'upcoming' THEN 2
        WHEN 'late' THEN 3
        ELSE 4
    END AS state_rank,
    provisional,
    withheld
FROM shown;

-- observations: one row per figure of every filing's current revision, with its metric's names and unit as the
-- first edition in force gives them, and one per share that two of these figures make: value is then
-- numerator divided by denominator, a fraction of 1, NULL where one is missing or the denominator is 0.
-- value is in the metric's unit, yes is 1 and no is 0; it is NULL where a blank is only explained.
-- numerator and denominator are NULL but for shares; position is the policy's own order. exact is value as it was filed,
-- where a double has not the digits for it; else NULL. provisional: the filing is; to who sees what is approved alone it is
-- not there.
CREATE OR REPLACE VIEW observations AS
WITH named AS (
    SELECT
        current_metric.*,
        ROW_NUMBER() OVER (ORDER BY edition, position) AS place,
        ROW_NUMBER() OVER (PARTITION BY metric ORDER BY edition) AS mention
    FROM current_metric
),

parts AS (
    SELECT
        metric AS share,
        numerator AS metric,
        TRUE AS above
    FROM named
    WHERE kind = 'share' AND mention = 1
    UNION ALL
    SELECT
        metric AS share,
        denominator AS metric,
        FALSE AS above
    FROM named
    WHERE kind = 'share' AND mention = 1
),

shares AS (
    SELECT
        current_observation.space_id,
        current_observation.year,
        parts.share,
        MAX(CASE WHEN parts.above THEN current_observation.value END) AS numerator,
        MAX(CASE WHEN NOT parts.above THEN current_observation.value END) AS denominator
    FROM current_observation
    INNER JOIN parts
        ON current_observation.metric = parts.metric
    WHERE current_observation.value IS NOT NULL
    GROUP BY
        current_observation.space_id,
        current_observation.year,
        parts.share
),

figures AS (
    SELECT
        space_id,
        year,
        metric,
        CAST(value AS DOUBLE PRECISION) AS value,
        CAST(NULL AS DECIMAL(18, 4)) AS numerator,
        CAST(NULL AS DECIMAL(18, 4)) AS denominator,
        evidence,
        note,
        CASE WHEN ABS(value) >= 549755813888 THEN value END AS exact
    FROM current_observation
    UNION ALL
    SELECT
        space_id,
        year,
        share AS metric,
        CAST(numerator AS DOUBLE PRECISION) / NULLIF(CAST(denominator AS DOUBLE PRECISION), 0) AS value,
        numerator,
        denominator,
        CAST(NULL AS TEXT) AS evidence,
        CAST(NULL AS TEXT) AS note,
        CAST(NULL AS DECIMAL(18, 4)) AS exact
    FROM shares
)

SELECT
    figures.space_id,
    visible_space.space_name,
    visible_space.district,
    figures.year,
    figures.metric,
    named.place AS position,
    COALESCE(named.name_zh, figures.metric) AS metric_name_zh,
    COALESCE(named.name_en, figures.metric) AS metric_name_en,
    named.unit_zh,
    named.unit_en,
    named.kind,
    figures.value,
    figures.numerator,
    figures.denominator,
    figures.evidence,
    figures.note,
    current_filing.revision,
    current_filing.filed_at,
    current_filing.source,
    current_filing.load_id,
    figures.exact,
    provisional_filing.year IS NOT NULL AS provisional
FROM figures
INNER JOIN visible_space
    ON figures.space_id = visible_space.space_id
INNER JOIN current_filing
    ON figures.space_id = current_filing.space_id
    AND figures.year = current_filing.year
LEFT JOIN provisional_filing
    ON figures.space_id = provisional_filing.space_id
    AND figures.year = provisional_filing.year
LEFT JOIN named
    ON figures.metric = named.metric
    AND named.mention = 1
WHERE NOT (visible_space.approved_only AND provisional_filing.year IS NOT NULL);


-- ---------------------------------------------------------------------------------------------
-- Review: the state of a filing, and what waits for whom. Nothing here changes a status.

-- filing_state: one row per space and data year that was filed: the state (filed, checked, returned, approved) of its
-- current revision and since when; act, reason and until_at are those of the act that led there, NULL where it is as it
-- was filed. approved_revision is the last one that was approved before the current revision, NULL where none was.
CREATE OR REPLACE VIEW filing_state AS
WITH approved AS (
    SELECT
        review.space_id,
        review.year,
        MAX(review.revision) AS revision
    FROM review
    INNER JOIN current_filing
        ON review.space_id = current_filing.space_id
        AND review.year = current_filing.year
    WHERE
        review.act = 'approve'
        AND review.revision < current_filing.revision
    GROUP BY
        review.space_id,
        review.year
)

SELECT
    current_filing.space_id,
    current_filing.year,
    current_filing.revision,
    current_filing.load_id,
    current_filing.filed_by,
    current_filing.filed_at,
    COALESCE(moved_filing.state, 'filed') AS state,
    COALESCE(load.loaded_at, current_filing.filed_at) AS since,
    moved_filing.act,
    load.loaded_by AS moved_by,
    moved_filing.reason,
    moved_filing.until_at,
    moved_filing.load_id AS moved_by_load,
    approved.revision AS approved_revision
FROM current_filing
LEFT JOIN moved_filing
    ON current_filing.space_id = moved_filing.space_id
    AND current_filing.year = moved_filing.year
    AND current_filing.revision = moved_filing.revision
LEFT JOIN load
    ON moved_filing.load_id = load.load_id
LEFT JOIN approved
    ON current_filing.space_id = approved.space_id
    AND current_filing.year = approved.year;

-- current_window: one row per edition and data year whose filings are taken in a window, as the latest load says it;
-- standing is before, open or after at this moment.
CREATE OR REPLACE VIEW current_window AS
WITH ranked AS (
    SELECT
        filing_window.*,
        MAX(filing_window.load_id) OVER (PARTITION BY filing_window.edition, filing_window.year) AS latest
    FROM filing_window
)

SELECT
    edition,
    year,
    opens_at,
    closes_at,
    time_zone,
    load_id,
    CASE
        WHEN opens_at > CURRENT_TIMESTAMP AT TIME ZONE 'UTC' THEN 'before'
        WHEN closes_at <= CURRENT_TIMESTAMP AT TIME ZONE 'UTC' THEN 'after'
        ELSE 'open'
    END AS standing
FROM ranked
WHERE
    load_id = latest
    AND (opens_at IS NOT NULL OR closes_at IS NOT NULL);

-- current_exception: one row per space and data year that had an exception, as the latest load says it; running is false
-- once it has ended.
CREATE OR REPLACE VIEW current_exception AS
WITH ranked AS (
    SELECT
        window_exception.*,
        MAX(window_exception.load_id) OVER (PARTITION BY window_exception.space_id, window_exception.year) AS latest
    FROM window_exception
)

SELECT
    space_id,
    year,
    until_at,
    reason,
    load_id,
    until_at > CURRENT_TIMESTAMP AT TIME ZONE 'UTC' AS running
FROM ranked
WHERE load_id = latest;

-- filing_lock: one row per reason for which nothing can be filed for a space and data year: why is approved (moved_by and
-- since say by whom and since when), before or after, where each edition of the space in that year, the one before its
-- first being its own too, takes filings in a window and none is open; window_at is when the window opens or closed, UTC.
CREATE OR REPLACE VIEW filing_lock AS
WITH covered AS (
    SELECT DISTINCT
        current_enrolment.space_id,
        current_enrolment.edition,
        years.year
    FROM current_enrolment
    INNER JOIN (SELECT DISTINCT year FROM current_window) AS years
        ON years.year BETWEEN current_enrolment.start_year - 1 AND current_enrolment.end_year
),

windows AS (
    SELECT
        covered.space_id,
        covered.year,
        BOOL_AND(COALESCE(current_window.standing, 'open') <> 'open') AS closed,
        MIN(CASE WHEN current_window.standing = 'before' THEN current_window.opens_at END) AS next_at,
        MAX(CASE WHEN current_window.standing = 'after' THEN current_window.closes_at END) AS last_at,
        MIN(current_window.time_zone) AS time_zone
    FROM covered
    LEFT JOIN current_window
        ON covered.edition = current_window.edition
        AND covered.year = current_window.year
    GROUP BY
        covered.space_id,
        covered.year
)

SELECT
    space_id,
    year,
    'approved' AS why,
    moved_by,
    since,
    CAST(NULL AS TIMESTAMP) AS window_at,
    CAST(NULL AS TEXT) AS time_zone
FROM filing_state
WHERE state = 'approved'
UNION ALL
SELECT
    windows.space_id,
    windows.year,
    CASE WHEN windows.next_at IS NOT NULL THEN 'before' ELSE 'after' END AS why,
    CAST(NULL AS TEXT) AS moved_by,
    CAST(NULL AS TIMESTAMP) AS since,
    COALESCE(windows.next_at, windows.last_at) AS window_at,
    windows.time_zone
FROM windows
LEFT JOIN current_exception
    ON windows.space_id = current_exception.space_id
    AND windows.year = current_exception.year
WHERE
    windows.closed
    AND NOT COALESCE(current_exception.running, FALSE);

-- filing_hand: one row per hand that what is under review of a space and data year went through: the revisions since the
-- last approved one. account is NULL where it is not known; then filed_by alone says who it was.
CREATE OR REPLACE VIEW filing_hand AS
SELECT DISTINCT
    filing.space_id,
    filing.year,
    author.account,
    load.loaded_by AS filed_by
FROM filing
INNER JOIN filing_state
    ON filing.space_id = filing_state.space_id
    AND filing.year = filing_state.year
INNER JOIN load
    ON filing.load_id = load.load_id
LEFT JOIN author
    ON filing.load_id = author.load_id
WHERE filing.revision > COALESCE(filing_state.approved_revision, 0);

-- filing_warning: one row per warning that the current revision of a space and data year came in with.
CREATE OR REPLACE VIEW filing_warning AS
SELECT
    current_filing.space_id,
    current_filing.year,
    warning.position,
    warning.code,
    warning.metric,
    warning.sheet,
    warning.place,
    warning.value,
    warning.details
FROM current_filing
INNER JOIN warning
    ON current_filing.load_id = warning.load_id
    AND COALESCE(warning.space_id, current_filing.space_id) = current_filing.space_id
    AND COALESCE(warning.year, current_filing.year) = current_filing.year;

-- question_step: one row per entry that a state of a thread allows; leads_to is the state after it. A thread that nobody
-- has begun is none.
CREATE OR REPLACE VIEW question_step AS
SELECT
    state,
    act,
    leads_to
FROM (
    VALUES
    ('none', 'ask', 'asked'),
    ('asked', 'ask', 'asked'),
    ('answered', 'ask', 'asked'),
    ('resolved', 'ask', 'asked'),
    ('asked', 'answer', 'answered'),
    ('answered', 'answer', 'answered'),
    ('asked', 'resolve', 'resolved'),
    ('answered', 'resolve', 'resolved')
) AS step (state, act, leads_to);

-- question_thread: one row per space, data year and metric on which something was asked: its state (asked, answered,
-- resolved), what was written last, by whom and when; closed once it is resolved.
CREATE OR REPLACE VIEW question_thread AS
WITH ranked AS (
    SELECT
        question.*,
        MAX(question.load_id) OVER threads AS latest,
        COUNT(*) OVER threads AS entries
    FROM question
    WINDOW threads AS (PARTITION BY question.space_id, question.year, question.metric)
),

led AS (
    SELECT DISTINCT
        act,
        leads_to
    FROM question_step
)

SELECT
    ranked.space_id,
    ranked.year,
    ranked.metric,
    led.leads_to AS state,
    led.leads_to = 'resolved' AS closed,
    ranked.entries,
    ranked.body,
    load.loaded_by AS written_by,
    load.loaded_at AS written_at,
    ranked.load_id
FROM ranked
INNER JOIN led
    ON ranked.act = led.act
INNER JOIN load
    ON ranked.load_id = load.load_id
WHERE ranked.load_id = ranked.latest;


-- ---------------------------------------------------------------------------------------------
-- Inbox: what happened and what stands, and whom it concerns

-- edition_zone: one row per edition that had a window, with the time zone of the last one.
CREATE OR REPLACE VIEW edition_zone AS
WITH ranked AS (
    SELECT
        edition,
        time_zone,
        load_id,
        MAX(load_id) OVER (PARTITION BY edition) AS latest
    FROM filing_window
)

SELECT
    edition,
    time_zone
FROM ranked
WHERE load_id = latest;

-- current_term: one row per edition for which days of the steps of review were named, as the latest load says them;
-- check_from, approve_from and mend_from are since when each is what it is, by the clock of the loads.
CREATE OR REPLACE VIEW current_term AS
WITH changes AS (
    SELECT
        review_term.*,
        load.loaded_at,
        MAX(review_term.load_id) OVER (PARTITION BY review_term.edition) AS latest,
        check_days IS DISTINCT FROM LAG(check_days) OVER settings AS check_changed,
        approve_days IS DISTINCT FROM LAG(approve_days) OVER settings AS approve_changed,
        mend_days IS DISTINCT FROM LAG(mend_days) OVER settings AS mend_changed
    FROM review_term
    INNER JOIN load
        ON review_term.load_id = load.load_id
    WINDOW settings AS (PARTITION BY review_term.edition ORDER BY review_term.load_id)
),

since AS (
    SELECT
        edition,
        MAX(CASE WHEN check_changed THEN loaded_at END) AS check_from,
        MAX(CASE WHEN approve_changed THEN loaded_at END) AS approve_from,
        MAX(CASE WHEN mend_changed THEN loaded_at END) AS mend_from
    FROM changes
    GROUP BY edition
)

SELECT
    changes.edition,
    changes.check_days,
    changes.approve_days,
    changes.mend_days,
    changes.load_id,
    since.check_from,
    since.approve_from,
    since.mend_from
FROM changes
INNER JOIN since
    ON changes.edition = since.edition
WHERE changes.load_id = changes.latest;

-- waiting_filing: one row per filing that waits at a step (check, approve; mend: for its operator, whom it was returned
-- to), since when, and days, within how many the step is to be done, counted after counted_from: when it came to the step,
-- or when the days were named, if that was later, so that nothing is overdue by being named. Of the editions of the space
-- in that year the one whose days are over first; both are NULL where none names any. What was reopened has an end of
-- its own instead. time_zone is where days are counted.
CREATE OR REPLACE VIEW waiting_filing AS
WITH steps (state, step) AS (
    VALUES
    ('filed', 'check'),
    ('checked', 'approve'),
    ('returned', 'mend')
),

terms AS (
    SELECT
        edition,
        'check' AS step,
        check_days AS days,
        check_from AS named_at
    FROM current_term
    UNION ALL
    SELECT
        edition,
        'approve' AS step,
        approve_days AS days,
        approve_from AS named_at
    FROM current_term
    UNION ALL
    SELECT
        edition,
        'mend' AS step,
        mend_days AS days,
        mend_from AS named_at
    FROM current_term
),

waiting AS (
    SELECT
        open_filing.space_id,
        open_filing.year,
        open_filing.revision,
        steps.step,
        open_filing.since,
        terms.days,
        CASE WHEN terms.days IS NOT NULL THEN GREATEST(open_filing.since, terms.named_at) END AS counted_from,
        edition_zone.time_zone
    FROM open_filing
    INNER JOIN steps
        ON open_filing.state = steps.state
    LEFT JOIN current_enrolment
        ON open_filing.space_id = current_enrolment.space_id
        AND open_filing.year BETWEEN current_enrolment.start_year - 1 AND current_enrolment.end_year
    LEFT JOIN terms
        ON current_enrolment.edition = terms.edition
        AND steps.step = terms.step
        AND (steps.step <> 'mend' OR open_filing.until_at IS NULL)
    LEFT JOIN edition_zone
        ON current_enrolment.edition = edition_zone.edition
),

ranked AS (
    SELECT
        waiting.*,
        ROW_NUMBER() OVER (
            PARTITION BY space_id, year
            ORDER BY CAST(counted_from AS DATE) + days NULLS LAST, days
        ) AS place
    FROM waiting
),

-- Grouped, not over a window: of thousands that took a fifth of the time.
zones AS (
    SELECT
        space_id,
        year,
        MIN(time_zone) AS time_zone
    FROM waiting
    GROUP BY
        space_id,
        year
)

SELECT
    ranked.space_id,
    ranked.year,
    ranked.revision,
    ranked.step,
    ranked.since,
    ranked.days,
    ranked.counted_from,
    COALESCE(zones.time_zone, 'Asia/Shanghai') AS time_zone
FROM ranked
INNER JOIN zones
    ON ranked.space_id = zones.space_id
    AND ranked.year = zones.year
WHERE ranked.place = 1;

-- filing_deadline: one row per space and data year that is owed, with the moment, UTC, until which it is to be filed: where
-- each of its editions takes filings in a window that closes, the last of them (kind is window), an exception of the
-- space with it; else the end of the earliest due day (kind is due). time_zone is where its days are counted.
CREATE OR REPLACE VIEW filing_deadline AS
WITH owed AS (
    SELECT DISTINCT
        due_year.space_id,
        due_year.year,
        due_year.due,
        current_window.opens_at,
        current_window.closes_at,
        COALESCE(current_window.time_zone, edition_zone.time_zone, 'Asia/Shanghai') AS time_zone
    FROM due_year
    LEFT JOIN current_window
        ON due_year.edition = current_window.edition
        AND due_year.year = current_window.year
    LEFT JOIN edition_zone
        ON due_year.edition = edition_zone.edition
    WHERE due_year.due IS NOT NULL
),

ranked AS (
    SELECT
        owed.*,
        BOOL_AND(closes_at IS NOT NULL) OVER (PARTITION BY space_id, year) AS closes,
        ROW_NUMBER() OVER (PARTITION BY space_id, year ORDER BY closes_at DESC NULLS LAST, time_zone) AS last_closing,
        ROW_NUMBER() OVER (PARTITION BY space_id, year ORDER BY due, time_zone) AS first_due
    FROM owed
)

SELECT
    ranked.space_id,
    ranked.year,
    CASE WHEN ranked.closes THEN 'window' ELSE 'due' END AS kind,
    ranked.time_zone,
    CASE WHEN ranked.closes THEN ranked.opens_at END AS opens_at,
    CASE
        WHEN ranked.closes THEN GREATEST(ranked.closes_at, COALESCE(current_exception.until_at, ranked.closes_at))
        ELSE CAST(ranked.due + 1 AS TIMESTAMP) AT TIME ZONE ranked.time_zone AT TIME ZONE 'UTC'
    END AS ends_at
FROM ranked
LEFT JOIN current_exception
    ON ranked.space_id = current_exception.space_id
    AND ranked.year = current_exception.year
WHERE
    (ranked.closes AND ranked.last_closing = 1)
    OR (NOT ranked.closes AND ranked.first_due = 1);

-- inbox_event: one row per thing that happened to a filing and concerns whoever may do `needs` (as in review_step and the
-- grants) over its space: kind is returned, reopened, approved, asked or answered; waits is true as long as somebody is
-- to do something about it; author is the account that did it, NULL where it is not known; at is local time.
CREATE OR REPLACE VIEW inbox_event AS
WITH moved AS (
    SELECT
        review.load_id,
        review.space_id,
        review.year,
        review.act,
        review.reason,
        COALESCE(filing_state.moved_by_load = review.load_id, FALSE) AS latest
    FROM review
    LEFT JOIN filing_state
        ON review.space_id = filing_state.space_id
        AND review.year = filing_state.year
        AND filing_state.state = 'returned'
),

happened AS (
    SELECT
        CASE act WHEN 'return' THEN 'returned' WHEN 'reopen' THEN 'reopened' ELSE 'approved' END AS kind,
        load_id,
        space_id,
        year,
        CAST(NULL AS TEXT) AS metric,
        reason AS body,
        'file' AS needs,
        act <> 'approve' AND latest AS waits
    FROM moved
    WHERE act IN ('return', 'reopen', 'approve')
    UNION ALL
    SELECT
        CASE question.act WHEN 'ask' THEN 'asked' ELSE 'answered' END AS kind,
        question.load_id,
        question.space_id,
        question.year,
        question.metric,
        question.body,
        concerned.needs,
        COALESCE(question_thread.load_id = question.load_id, FALSE) AS waits
    FROM question
    INNER JOIN (VALUES ('ask', 'file'), ('answer', 'check'), ('answer', 'approve')) AS concerned (act, needs)
        ON question.act = concerned.act
    LEFT JOIN question_thread
        ON question.space_id = question_thread.space_id
        AND question.year = question_thread.year
        AND question.metric = question_thread.metric
)

SELECT
    happened.kind,
    happened.load_id,
    happened.space_id,
    happened.year,
    happened.metric,
    happened.body,
    happened.needs,
    happened.waits,
    author.account AS author,
    load.loaded_by AS by,
    load.loaded_at AS at
FROM happened
INNER JOIN load
    ON happened.load_id = load.load_id
LEFT JOIN author
    ON happened.load_id = author.load_id;


-- ---------------------------------------------------------------------------------------------
-- What stands beside a status and changes none: waivers (豁免) and rectifications (整改). Nothing above reads them.

-- waivers: one row per requirement, enrolment and data year that a waiver was given for, as it was given last, as of a
-- day. waiver_state is in_force, expired once until_day is over, ended where it was taken back, by ended_by with
-- end_reason. in_force says the first as yes or no. status is what attainment says, with the waiver or without it; result
-- the year's.
CREATE OR REPLACE VIEW waivers AS
WITH ranked AS (
    SELECT
        waiver.*,
        MAX(waiver.load_id) OVER given AS latest,
        MAX(CASE WHEN waiver.act = 'waive' THEN waiver.load_id END) OVER given AS latest_given
    FROM waiver
    WINDOW given AS (PARTITION BY waiver.space_id, waiver.edition, waiver.track, waiver.year, waiver.requirement)
),

ended AS (
    SELECT
        ranked.*,
        load.loaded_by,
        load.loaded_at
    FROM ranked
    INNER JOIN load
        ON ranked.load_id = load.load_id
    WHERE
        ranked.load_id = ranked.latest
        AND ranked.act = 'unwaive'
),

standing AS (
    SELECT
        ranked.*,
        load.loaded_by AS given_by,
        load.loaded_at AS given_at,
        ended.loaded_by AS ended_by,
        ended.loaded_at AS ended_at,
        ended.reason AS end_reason,
        ended.load_id IS NULL AND ranked.until_day >= reporting_day.as_of AS in_force,
        ended.load_id IS NOT NULL AS taken_back
    FROM ranked
    INNER JOIN load
        ON ranked.load_id = load.load_id
    LEFT JOIN ended
        ON ranked.latest = ended.load_id
    CROSS JOIN reporting_day
    WHERE ranked.load_id = ranked.latest_given
)

SELECT
    standing.space_id,
    visible_space.space_name,
    visible_space.district,
    standing.edition,
    standing.track,
    standing.year,
    standing.requirement,
    current_requirement.position,
    current_requirement.clause,
    current_requirement.metric_name_zh,
    current_requirement.metric_name_en,
    attainment.status,
    evaluations.result,
    CASE
        WHEN standing.taken_back THEN 'ended'
        WHEN standing.in_force THEN 'in_force'
        ELSE 'expired'
    END AS waiver_state,
    standing.until_day,
    standing.reason,
    standing.given_by,
    standing.given_at,
    standing.end_reason,
    standing.ended_by,
    standing.ended_at,
    standing.in_force,
    standing.load_id
FROM standing
INNER JOIN visible_space
    ON standing.space_id = visible_space.space_id
LEFT JOIN current_requirement
    ON standing.edition = current_requirement.edition
    AND standing.requirement = current_requirement.requirement
LEFT JOIN attainment
    ON standing.space_id = attainment.space_id
    AND standing.edition = attainment.edition
    AND standing.track = attainment.track
    AND standing.year = attainment.year
    AND standing.requirement = attainment.requirement
LEFT JOIN evaluations
    ON standing.space_id = evaluations.space_id
    AND standing.edition = evaluations.edition
    AND standing.track = evaluations.track
    AND standing.year = evaluations.year
WHERE NOT (COALESCE(attainment.withheld, FALSE) OR COALESCE(evaluations.withheld, FALSE));

-- rectification_step: one row per act that a state of a rectification allows; leads_to is the state after it, and one that
-- nobody has demanded is none. needs is the act of the grants that covers it (rectify: who reviews, file: the space's
-- operator). four_eyes: not by who answered for the space; with_body: not without a word.
CREATE OR REPLACE VIEW rectification_step AS
SELECT
    state,
    act,
    needs,
    leads_to,
    four_eyes,
    with_body
FROM (
    VALUES
    ('none', 'rectify', 'rectify', 'demanded', FALSE, TRUE),
    ('demanded', 'rectify', 'rectify', 'demanded', FALSE, TRUE),
    ('accepted', 'rectify', 'rectify', 'demanded', FALSE, TRUE),
    ('withdrawn', 'rectify', 'rectify', 'demanded', FALSE, TRUE),
    ('demanded', 'plan', 'file', 'planned', FALSE, TRUE),
    ('planned', 'plan', 'file', 'planned', FALSE, TRUE),
    ('sent_back', 'plan', 'file', 'planned', FALSE, TRUE),
    ('planned', 'report', 'file', 'reported', FALSE, TRUE),
    ('sent_back', 'report', 'file', 'reported', FALSE, TRUE),
    ('reported', 'accept', 'rectify', 'accepted', TRUE, FALSE),
    ('planned', 'send_back', 'rectify', 'sent_back', FALSE, TRUE),
    ('reported', 'send_back', 'rectify', 'sent_back', FALSE, TRUE),
    ('demanded', 'withdraw', 'rectify', 'withdrawn', FALSE, TRUE),
    ('planned', 'withdraw', 'rectify', 'withdrawn', FALSE, TRUE),
    ('reported', 'withdraw', 'rectify', 'withdrawn', FALSE, TRUE),
    ('sent_back', 'withdraw', 'rectify', 'withdrawn', FALSE, TRUE)
) AS step (state, act, needs, leads_to, four_eyes, with_body);

-- rectification_thread: one row per rectification, as it was demanded last: its state, what was demanded, planned and
-- reported last, the last day for the report, and the word with which it was decided (accepted, sent back, withdrawn).
-- subject is the requirement, empty where it is the year as a whole; demand_id the load that demanded it.
CREATE OR REPLACE VIEW rectification_thread AS
WITH named AS (
    SELECT
        rectification.*,
        COALESCE(rectification.requirement, '') AS subject
    FROM rectification
),

since AS (
    SELECT
        space_id,
        edition,
        track,
        year,
        subject,
        MAX(CASE WHEN act = 'rectify' THEN load_id END) AS demand_id,
        MAX(load_id) AS latest
    FROM named
    GROUP BY
        space_id,
        edition,
        track,
        year,
        subject
),

ranked AS (
    SELECT
        named.*,
        since.demand_id,
        since.latest,
        ROW_NUMBER() OVER (PARTITION BY since.demand_id, named.act ORDER BY named.load_id DESC) AS back,
        ROW_NUMBER() OVER (PARTITION BY since.demand_id, named.by_day IS NULL ORDER BY named.load_id DESC) AS day_back
    FROM named
    INNER JOIN since
        ON named.space_id = since.space_id
        AND named.edition = since.edition
        AND named.track = since.track
        AND named.year = since.year
        AND named.subject = since.subject
        AND named.load_id >= since.demand_id
),

gathered AS (
    SELECT
        space_id,
        edition,
        track,
        year,
        subject,
        demand_id,
        latest,
        MAX(CASE WHEN act = 'rectify' AND back = 1 THEN body END) AS demanded,
        MAX(CASE WHEN day_back = 1 THEN by_day END) AS by_day,
        MAX(CASE WHEN act = 'plan' AND back = 1 THEN body END) AS plan,
        MAX(CASE WHEN act = 'plan' AND back = 1 THEN responsible END) AS responsible,
        MAX(CASE WHEN act = 'report' AND back = 1 THEN body END) AS report,
        MAX(CASE WHEN act = 'report' AND back = 1 THEN evidence END) AS evidence,
        MAX(CASE WHEN act IN ('accept', 'send_back', 'withdraw') AND load_id = latest THEN body END) AS decided
    FROM ranked
    GROUP BY
        space_id,
        edition,
        track,
        year,
        subject,
        demand_id,
        latest
),

led AS (
    SELECT DISTINCT
        act,
        leads_to
    FROM rectification_step
)

SELECT
    gathered.space_id,
    gathered.edition,
    gathered.track,
    gathered.year,
    gathered.subject,
    led.leads_to AS state,
    gathered.demanded,
    gathered.by_day,
    gathered.plan,
    gathered.responsible,
    gathered.report,
    gathered.evidence,
    gathered.decided,
    load.loaded_by AS demanded_by,
    load.loaded_at AS demanded_at,
    last_load.loaded_by AS moved_by,
    last_load.loaded_at AS since,
    led.leads_to IN ('demanded', 'planned', 'sent_back') AS to_report,
    led.leads_to = 'accepted' AS accepted,
    led.leads_to = 'withdrawn' AS withdrawn,
    gathered.demand_id
FROM gathered
INNER JOIN rectification AS last_act
    ON gathered.latest = last_act.load_id
INNER JOIN led
    ON last_act.act = led.act
INNER JOIN load
    ON gathered.demand_id = load.load_id
INNER JOIN load AS last_load
    ON gathered.latest = last_load.load_id;

-- attached_rectification_file: one row per file that is attached to a rectification, as it was demanded last.
CREATE OR REPLACE VIEW attached_rectification_file AS
WITH ranked AS (
    SELECT
        rectification_file.*,
        rectification_thread.demand_id,
        rectification_thread.subject,
        MAX(rectification_file.load_id) OVER (
            PARTITION BY rectification_thread.demand_id, rectification_file.sha256
        ) AS latest
    FROM rectification_file
    INNER JOIN rectification_thread
        ON rectification_file.space_id = rectification_thread.space_id
        AND rectification_file.edition = rectification_thread.edition
        AND rectification_file.track = rectification_thread.track
        AND rectification_file.year = rectification_thread.year
        AND COALESCE(rectification_file.requirement, '') = rectification_thread.subject
        AND rectification_file.load_id > rectification_thread.demand_id
)

SELECT
    ranked.load_id,
    ranked.demand_id,
    ranked.space_id,
    ranked.edition,
    ranked.track,
    ranked.year,
    ranked.subject,
    ranked.sha256,
    ranked.name,
    ranked.kind,
    ranked.size,
    load.loaded_by AS attached_by,
    load.loaded_at AS attached_at
FROM ranked
INNER JOIN load
    ON ranked.load_id = load.load_id
WHERE
    ranked.load_id = ranked.latest
    AND ranked.act = 'attach';

-- rectifications: one row per rectification, as it was demanded last, and what came of it, as of a day. requirement is NULL
-- where it is of the year as a whole. next_year is the first later year of the enrolment that says yes or no: in which the
-- requirement is met, on pace or missed (of a year as a whole: passed or not). progress follows from it alone: rectified
-- or not_rectified. Before there is such a year it is overdue once by_day has passed without a report, undecided where the
-- report was accepted and no later year will be due, else in_progress; withdrawn where the demand was. open: somebody is
-- still to do something; late: and the last day has passed. files counts what is attached as evidence of what was done.
CREATE OR REPLACE VIEW rectifications AS
WITH demand AS (
    SELECT
        rectification_thread.*,
        visible_space.space_name,
        visible_space.district
    FROM rectification_thread
    INNER JOIN visible_space
        ON rectification_thread.space_id = visible_space.space_id
),

-- What each data year of the enrolment, from its own on, says of what was demanded.
course AS (
    SELECT
        demand.demand_id,
        evaluations.year,
        evaluations.year > demand.year AS later,
        evaluations.due,
        evaluations.result,
        attainment.status,
        CASE WHEN demand.subject = '' THEN NOT evaluations.passed ELSE attainment.missed END AS missed,
        CASE
            WHEN demand.subject = '' THEN NOT evaluations.to_come
            ELSE attainment.missed OR attainment.status IN ('met', 'on_pace')
        END AS says,
        evaluations.withheld OR COALESCE(attainment.withheld, FALSE) AS withheld
    FROM demand
    INNER JOIN evaluations
        ON demand.space_id = evaluations.space_id
        AND demand.edition = evaluations.edition
        AND demand.track = evaluations.track
        AND demand.year <= evaluations.year
    LEFT JOIN attainment
        ON demand.space_id = attainment.space_id
        AND demand.edition = attainment.edition
        AND demand.track = attainment.track
        AND demand.subject = attainment.requirement
        AND evaluations.year = attainment.year
),

followed AS (
    SELECT
        demand_id,
        MIN(CASE WHEN says THEN year END) AS next_year,
        MAX(CASE WHEN due IS NOT NULL AND NOT says THEN year END) AS year_to_come
    FROM course
    WHERE later
    GROUP BY demand_id
),

judged AS (
    SELECT
        demand.*,
        this.status,
        this.result,
        followed.next_year,
        following.status AS status_after,
        following.result AS result_after,
        following.missed AS missed_again,
        followed.year_to_come IS NOT NULL AS year_follows,
        demand.to_report AND demand.by_day < reporting_day.as_of AS unanswered
    FROM demand
    LEFT JOIN course AS this
        ON demand.demand_id = this.demand_id
        AND demand.year = this.year
    LEFT JOIN followed
        ON demand.demand_id = followed.demand_id
    LEFT JOIN course AS following
        ON demand.demand_id = following.demand_id
        AND followed.next_year = following.year
    CROSS JOIN reporting_day
),

ended AS (
    SELECT
        judged.*,
        CASE
            WHEN withdrawn THEN 'withdrawn'
            WHEN NOT missed_again THEN 'rectified'
            WHEN missed_again THEN 'not_rectified'
            WHEN unanswered THEN 'overdue'
            WHEN accepted AND NOT year_follows THEN 'undecided'
            ELSE 'in_progress'
        END AS progress
    FROM judged
),

attached AS (
    SELECT
        demand_id,
        COUNT(*) AS files
    FROM attached_rectification_file
    GROUP BY demand_id
)

SELECT
    ended.space_id,
    ended.space_name,
    ended.district,
    ended.edition,
    ended.track,
    ended.year,
    NULLIF(ended.subject, '') AS requirement,
    COALESCE(current_requirement.position, 0) AS position,
    current_requirement.clause,
    current_requirement.metric_name_zh,
    current_requirement.metric_name_en,
    ended.status,
    ended.result,
    ended.progress,
    ended.state AS rectification_state,
    ended.by_day,
    ended.demanded,
    ended.demanded_by,
    ended.demanded_at,
    ended.plan,
    ended.report,
    ended.evidence,
    ended.decided,
    ended.moved_by,
    ended.since,
    ended.next_year,
    ended.status_after,
    ended.result_after,
    ended.progress IN ('in_progress', 'overdue') AND NOT ended.accepted AS open,
    ended.progress = 'overdue' AS late,
    ended.demand_id,
    COALESCE(attached.files, 0) AS files
FROM ended
LEFT JOIN attached
    ON ended.demand_id = attached.demand_id
LEFT JOIN current_requirement
    ON ended.edition = current_requirement.edition
    AND ended.subject = current_requirement.requirement
WHERE ended.demand_id NOT IN (SELECT demand_id FROM course WHERE withheld);

-- open_deadline: one row per thing that a space's operator is to do until a moment, UTC: the rows of filing_deadline for
-- which nothing was filed, and rectifications (kind is rectification) whose report is still to come, until the end of
-- by_day where the edition is; subject says of what, and is empty for a filing. Whatever day it is.
CREATE OR REPLACE VIEW open_deadline AS
SELECT
    filing_deadline.space_id,
    filing_deadline.year,
    filing_deadline.kind,
    '' AS subject,
    filing_deadline.time_zone,
    filing_deadline.opens_at,
    filing_deadline.ends_at
FROM filing_deadline
LEFT JOIN current_filing
    ON filing_deadline.space_id = current_filing.space_id
    AND filing_deadline.year = current_filing.year
WHERE current_filing.revision IS NULL
UNION ALL
SELECT
    rectification_thread.space_id,
    rectification_thread.year,
    'rectification' AS kind,
    CONCAT(rectification_thread.edition, ' ', rectification_thread.track, ' ', rectification_thread.subject) AS subject,
    COALESCE(edition_zone.time_zone, 'Asia/Shanghai') AS time_zone,
    CAST(NULL AS TIMESTAMP) AS opens_at,
    CAST(rectification_thread.by_day + 1 AS TIMESTAMP) AT TIME ZONE COALESCE(edition_zone.time_zone, 'Asia/Shanghai')
    AT TIME ZONE 'UTC' AS ends_at
FROM rectification_thread
LEFT JOIN edition_zone
    ON rectification_thread.edition = edition_zone.edition
WHERE
    rectification_thread.to_report
    AND rectification_thread.by_day IS NOT NULL;

-- attached_evidence: one row per file that is attached to a figure now, with the figure as it was filed last, NULL where
-- nothing was. differs: a list has not as many rows as the figure says; NULL where they are not held against each other:
-- it is no list, nothing was filed, or the metric is not counted in whole units.
CREATE OR REPLACE VIEW attached_evidence AS
WITH ranked AS (
    SELECT
        evidence.*,
        MAX(evidence.load_id) OVER (
            PARTITION BY evidence.space_id, evidence.year, evidence.metric, evidence.sha256
        ) AS latest
    FROM evidence
),

counted AS (
    SELECT DISTINCT metric
    FROM current_metric
    WHERE kind = 'whole'
)

SELECT
    ranked.load_id,
    ranked.space_id,
    ranked.year,
    ranked.metric,
    ranked.sha256,
    ranked.name,
    ranked.kind,
    ranked.size,
    ranked.listed,
    ranked.again,
    current_observation.value,
    CASE WHEN counted.metric IS NOT NULL THEN ranked.listed <> current_observation.value END AS differs,
    load.loaded_by AS attached_by,
    load.loaded_at AS attached_at
FROM ranked
INNER JOIN load
    ON ranked.load_id = load.load_id
LEFT JOIN current_observation
    ON ranked.space_id = current_observation.space_id
    AND ranked.year = current_observation.year
    AND ranked.metric = current_observation.metric
LEFT JOIN counted
    ON ranked.metric = counted.metric
WHERE
    ranked.load_id = ranked.latest
    AND ranked.act = 'attach';
