"""What each filing does that waits for review, so that what changes most is looked at first."""

from sqlalchemy import Connection

from tracking.database import refresh

# weighed: one row per filing that may be seen and is not approved, with what it does. missed are its mandatory
# shortfalls; opened those that the year before had not, closed those of the year before that it has no more; exits and
# last_years count enrolments that carry exit and one_more. money is by how much its sums of money differ from the year
# before, in all their units together. clean: it came without a warning, no revision was approved before, and it neither
# opens nor closes a shortfall, so that many such can be checked or approved together. To who sees what is approved only
# it is not there.
_WEIGHED = """
seen AS (
    SELECT
        open_filing.*,
        visible_space.space_name,
        visible_space.district
    FROM open_filing
    INNER JOIN visible_space
        ON open_filing.space_id = visible_space.space_id
    WHERE NOT visible_space.approved_only
),

effects AS (
    SELECT
        seen.space_id,
        seen.year,
        CAST(SUM({effect}.missed) AS BIGINT) AS missed,
        CAST(SUM(CASE WHEN {effect}.absent_due < reporting_day.as_of THEN 0 ELSE {effect}.opened END) AS BIGINT)
            AS opened,
        CAST(SUM(CASE WHEN {effect}.absent_due >= reporting_day.as_of THEN 0 ELSE {effect}.closed END) AS BIGINT)
            AS closed,
        SUM({effect}.money) AS money
    FROM seen
    INNER JOIN {effect}
        ON seen.space_id = {effect}.space_id
        AND seen.year = {effect}.year
    CROSS JOIN reporting_day
    GROUP BY
        seen.space_id,
        seen.year
),

exits AS (
    SELECT
        seen.space_id,
        seen.year,
        COUNT(*) FILTER (WHERE warned_year.exit_warning = 'exit') AS exits,
        COUNT(*) FILTER (WHERE warned_year.exit_warning = 'one_more') AS last_years
    FROM seen
    INNER JOIN warned_year
        ON seen.space_id = warned_year.space_id
        AND seen.year = warned_year.year
    GROUP BY
        seen.space_id,
        seen.year
),

warned AS (
    SELECT
        seen.space_id,
        seen.year,
        COUNT(*) AS warnings
    FROM seen
    INNER JOIN warning
        ON seen.load_id = warning.load_id
        AND COALESCE(warning.space_id, seen.space_id) = seen.space_id
        AND COALESCE(warning.year, seen.year) = seen.year
    GROUP BY
        seen.space_id,
        seen.year
),

added AS (
    SELECT
        seen.*,
        COALESCE(effects.missed, 0) AS missed,
        COALESCE(effects.opened, 0) AS opened,
        COALESCE(effects.closed, 0) AS closed,
        COALESCE(exits.exits, 0) AS exits,
        COALESCE(exits.last_years, 0) AS last_years,
        COALESCE(warned.warnings, 0) AS warnings,
        COALESCE(effects.money, 0) AS money
    FROM seen
    LEFT JOIN effects
        ON seen.space_id = effects.space_id
        AND seen.year = effects.year
    LEFT JOIN exits
        ON seen.space_id = exits.space_id
        AND seen.year = exits.year
    LEFT JOIN warned
        ON seen.space_id = warned.space_id
        AND seen.year = warned.year
),

weighed AS (
    SELECT
        added.*,
        warnings = 0 AND opened = 0 AND closed = 0 AND approved_revision IS NULL AS clean
    FROM added
)
"""


def weighed(connection: Connection, query: str) -> str:
    """A query over `weighed`. What filings do is stored once one is reviewed; before that it is worked out anew."""
    effect = "stored_effect" if refresh.review_in_use(connection) else "effect"
    return f"WITH {_WEIGHED.format(effect=effect)} {query}"
