"""What two states of the shortfalls differ in, and by which load: scripts on the replayed state."""

_KEY = "space_id, edition, track, year, requirement"
# What is told of a requirement on either side, in the language asked for.
_ONE_SIDE = f"""{_KEY}, position, space_name, district, metric,
    metric_name_{{lang}} AS metric_name, unit_{{lang}} AS unit, status, actual, exact, gap"""
# A shortfall has a status, so it also tells a row that stands on one side alone.
_DIFFER = " OR ".join(f"before.{name} IS DISTINCT FROM after.{name}" for name in ("status", "actual", "exact", "gap"))
# The state that the comparison starts from, and what is known so far: missed is the list as it stands after the loads
# replayed, cause has a row for every time that a load moved a shortfall.
BEGUN = f"""
CREATE TABLE touched (load_id INTEGER, space_id TEXT);
CREATE TABLE unapproved (space_id TEXT, year INTEGER);
CREATE TABLE cause AS SELECT {_KEY}, 0 AS load_id FROM attainment LIMIT 0;
CREATE TABLE owed_earlier AS SELECT {_KEY}, status, actual, exact, gap FROM attainment WHERE mandatory;
CREATE TABLE missed_earlier AS
SELECT
    {_ONE_SIDE}
FROM shortfalls;
CREATE TABLE missed AS SELECT {_KEY}, status, actual, exact, gap FROM missed_earlier;
"""
# The list after a batch of loads takes the place of the one before it, for the spaces touched.
FOLLOWED = f"""
CREATE TEMPORARY TABLE missed_next AS
SELECT {_KEY}, status, actual, exact, gap FROM shortfalls WHERE space_id IN (SELECT space_id FROM touched);
INSERT INTO cause
SELECT {_KEY}, load_id
FROM (SELECT * FROM missed WHERE space_id IN (SELECT space_id FROM touched)) AS before
FULL JOIN missed_next AS after USING ({_KEY})
INNER JOIN touched USING (space_id)
WHERE {_DIFFER};
DELETE FROM missed WHERE space_id IN (SELECT space_id FROM touched);
INSERT INTO missed SELECT * FROM missed_next;
DROP TABLE missed_next;
DELETE FROM touched;
"""
# Told as the later state names it, or as the earlier where the requirement is owed no more. The last load that moved a
# shortfall is the one after which it first stood as it stands.
COMPARED = f"""
CREATE TABLE change AS
WITH owed_later AS (
    SELECT
        {_ONE_SIDE}
    FROM attainment
    WHERE mandatory
),

last_cause AS (
    SELECT {_KEY}, MAX(load_id) AS load_id
    FROM cause
    GROUP BY {_KEY}
)

SELECT
    {_KEY},
    COALESCE(owed_later.position, before.position) AS position,
    COALESCE(owed_later.space_name, before.space_name) AS space_name,
    COALESCE(owed_later.district, before.district) AS district,
    COALESCE(owed_later.metric, before.metric) AS metric,
    COALESCE(owed_later.metric_name, before.metric_name) AS metric_name,
    COALESCE(owed_later.unit, before.unit) AS unit,
    CASE
        WHEN before.status IS NULL THEN 'opened'
        WHEN after.status IS NULL THEN 'closed'
        WHEN after.gap > before.gap THEN 'grew'
        WHEN after.gap < before.gap THEN 'shrank'
        ELSE 'changed'
    END AS change,
    owed_earlier.status AS status_before,
    owed_later.status AS status_after,
    owed_earlier.actual AS actual_before,
    owed_later.actual AS actual_after,
    owed_earlier.gap AS gap_before,
    owed_later.gap AS gap_after,
    owed_earlier.exact AS exact_before,
    owed_later.exact AS exact_after,
    load_id,
    load.kind AS load_kind,
    load.source,
    load.loaded_by,
    load.loaded_at
FROM missed_earlier AS before
FULL JOIN missed AS after USING ({_KEY})
INNER JOIN last_cause USING ({_KEY})
INNER JOIN load USING (load_id)
LEFT JOIN owed_earlier USING ({_KEY})
LEFT JOIN owed_later USING ({_KEY})
WHERE {_DIFFER};
"""
# What the rules of another release made of it when they came into force, as they stand there: a row of its own beside
# what a filing made of the same requirement. Every other row is judged by these rules on both sides.
BY_RULES = """
INSERT INTO change
SELECT
    rejudged.space_id,
    rejudged.edition,
    rejudged.track,
    rejudged.year,
    rejudged.requirement,
    current_requirement.position,
    current_space.space_name,
    current_space.district,
    current_requirement.metric,
    current_requirement.metric_name_{lang},
    current_requirement.unit_{lang},
    CASE
        WHEN NOT missed_before THEN 'opened'
        WHEN NOT missed_after THEN 'closed'
        WHEN gap_after > gap_before THEN 'grew'
        WHEN gap_after < gap_before THEN 'shrank'
        ELSE 'changed'
    END,
    status_before,
    status_after,
    actual_before,
    actual_after,
    gap_before,
    gap_after,
    CAST(NULL AS DECIMAL(18, 4)),
    CAST(NULL AS DECIMAL(18, 4)),
    load_id,
    load.kind,
    load.source,
    load.loaded_by,
    load.loaded_at
FROM rejudged
INNER JOIN load USING (load_id)
LEFT JOIN current_requirement
    ON rejudged.edition = current_requirement.edition
    AND rejudged.requirement = current_requirement.requirement
LEFT JOIN current_space
    ON rejudged.space_id = current_space.space_id
WHERE
    rejudged.load_id > :earlier
    AND (missed_before OR missed_after)
    AND rejudged.mandatory
"""
NO_MORE = ("cause", "owed_earlier", "missed_earlier", "missed", "observation", "stored_attainment")
