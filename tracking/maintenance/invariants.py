"""What holds in every database, each as a query that counts what breaks it."""

# By name, a query that counts what breaks the invariant. The names' sentences are in the translations.
BROKEN = {
    "loads-numbered": """
        SELECT ABS(COUNT(*) - COALESCE(MAX(load_id), 0)) FROM (
            SELECT load_id FROM load UNION ALL SELECT load_id FROM void_load
        ) AS numbered
    """,
    "observations-once": """
        SELECT COUNT(*) FROM (
            SELECT 1 FROM observation GROUP BY space_id, year, metric, load_id HAVING COUNT(*) > 1
        ) AS repeated
    """,
    "observations-filed": """
        SELECT COUNT(*) FROM observation
        LEFT JOIN filing
            ON observation.space_id = filing.space_id
            AND observation.year = filing.year
            AND observation.load_id = filing.load_id
        WHERE filing.load_id IS NULL
    """,
    "figures-counted": """
        SELECT COUNT(*) FROM (
            SELECT filing.space_id
            FROM filing
            LEFT JOIN observation
                ON filing.space_id = observation.space_id
                AND filing.year = observation.year
                AND filing.load_id = observation.load_id
            GROUP BY filing.space_id, filing.year, filing.load_id, filing.figures
            HAVING COUNT(observation.value) <> filing.figures
        ) AS miscounted
    """,
    "revisions-numbered": """
        SELECT COUNT(*) FROM (
            SELECT 1 FROM filing GROUP BY space_id, year HAVING COUNT(*) <> MAX(revision) OR MIN(revision) <> 1
        ) AS gaps
    """,
    "loads-known": """
        SELECT COUNT(*) FROM (
            SELECT load_id, 'filing' AS kind FROM filing
            UNION SELECT load_id, 'register' AS kind FROM space
            UNION SELECT load_id, 'register' AS kind FROM enrolment
            UNION SELECT load_id, 'policy' AS kind FROM edition
            UNION SELECT load_id, 'policy' AS kind FROM imprint
            UNION SELECT load_id, 'rules' AS kind FROM rejudged
            UNION SELECT load_id, 'closing' AS kind FROM closing
            UNION SELECT load_id, 'filing' AS kind FROM warning
            UNION SELECT load_id, 'review' AS kind FROM review
            UNION SELECT load_id, 'review' AS kind FROM returned_cell
            UNION SELECT load_id, 'review' AS kind FROM filing_window
            UNION SELECT load_id, 'review' AS kind FROM window_exception
            UNION SELECT load_id, 'review' AS kind FROM review_term
            UNION SELECT load_id, 'review' AS kind FROM question
            UNION SELECT load_id, 'review' AS kind FROM waiver
            UNION SELECT load_id, 'review' AS kind FROM rectification
            UNION SELECT load_id, 'review' AS kind FROM rectification_file
            UNION SELECT load_id, 'review' AS kind FROM scan
            UNION SELECT load_id, 'review' AS kind FROM evidence
        ) AS used
        LEFT JOIN load
            ON used.load_id = load.load_id
            AND used.kind = load.kind
        WHERE load.load_id IS NULL
    """,
    "filings-registered": """
        SELECT COUNT(*) FROM filing WHERE space_id NOT IN (SELECT space_id FROM space)
    """,
    "enrolments-registered": """
        SELECT COUNT(*) FROM enrolment WHERE space_id NOT IN (SELECT space_id FROM space)
    """,
    # An edition may have counted a metric otherwise when the figure came, so any of its kinds will do.
    "figures-possible": """
        SELECT COUNT(*) FROM observation
        LEFT JOIN (SELECT DISTINCT metric, kind FROM metric) AS counted
            ON observation.metric = counted.metric
            AND counted.kind <> 'share'
            AND COALESCE(observation.value, 0) >= 0
            AND (counted.kind <> 'yes_no' OR COALESCE(observation.value, 0) IN (0, 1))
            AND (counted.kind <> 'whole' OR COALESCE(observation.value, 0) = FLOOR(COALESCE(observation.value, 0)))
        WHERE counted.metric IS NULL
    """,
    "enrolments-known": """
        SELECT COUNT(*) FROM current_enrolment
        LEFT JOIN current_requirement
            ON current_enrolment.edition = current_requirement.edition
            AND current_enrolment.track = current_requirement.track
        WHERE current_requirement.requirement IS NULL
    """,
    "corrections-after": """
        SELECT COUNT(*) FROM filing
        INNER JOIN filing AS corrected
            ON filing.space_id = corrected.space_id
            AND filing.year = corrected.year
            AND filing.revision = corrected.revision + 1
        WHERE filing.load_id <= corrected.load_id
    """,
    # A clock that is set back by an hour in autumn is no alteration.
    "corrections-stamped-after": """
        SELECT COUNT(*) FROM filing
        INNER JOIN filing AS corrected
            ON filing.space_id = corrected.space_id
            AND filing.year = corrected.year
            AND filing.revision = corrected.revision + 1
        INNER JOIN load
            ON filing.load_id = load.load_id
        INNER JOIN load AS corrected_load
            ON corrected.load_id = corrected_load.load_id
        WHERE load.loaded_at < corrected_load.loaded_at - INTERVAL '1 hour'
    """,
    # Each act on what was then the current revision, in a state that allows it; a reopening that is over is approved.
    "reviews-in-order": """
        WITH acts AS (
            SELECT
                review.*,
                LAG(review.act) OVER (
                    PARTITION BY review.space_id, review.year, review.revision
                    ORDER BY review.load_id
                ) AS before
            FROM review
        ),

        states AS (
            SELECT DISTINCT
                act,
                leads_to AS state
            FROM review_step
            UNION
            SELECT
                'reopen' AS act,
                'approved' AS state
        )

        SELECT COUNT(*) FROM acts
        WHERE
            NOT EXISTS (
                SELECT 1 FROM review_step
                WHERE
                    review_step.act = acts.act
                    AND (
                        (acts.before IS NULL AND review_step.state = 'filed')
                        OR review_step.state IN (SELECT states.state FROM states WHERE states.act = acts.before)
                    )
            )
            OR acts.revision <> (
                SELECT COALESCE(MAX(filing.revision), 0) FROM filing
                WHERE
                    filing.space_id = acts.space_id
                    AND filing.year = acts.year
                    AND filing.load_id < acts.load_id
            )
    """,
    "four-eyes": """
        SELECT COUNT(*) FROM review
        INNER JOIN author AS reviewer
            ON review.load_id = reviewer.load_id
        WHERE
            review.act IN (SELECT act FROM review_step WHERE four_eyes)
            AND EXISTS (
                SELECT 1 FROM filing
                INNER JOIN author
                    ON filing.load_id = author.load_id
                WHERE
                    filing.space_id = review.space_id
                    AND filing.year = review.year
                    AND filing.revision <= review.revision
                    AND author.account = reviewer.account
                    AND filing.revision > COALESCE(
                        (
                            SELECT MAX(approved.revision) FROM review AS approved
                            WHERE
                                approved.space_id = review.space_id
                                AND approved.year = review.year
                                AND approved.act = 'approve'
                                AND approved.revision < review.revision
                        ), 0
                    )
            )
    """,
    "day-not-kept": "SELECT COUNT(*) FROM chosen_day",
    # The one who verifies stands there while it lasts.
    "viewer-not-kept": "SELECT COUNT(*) + (SELECT COUNT(*) FROM limited_viewer) - 1 FROM viewer",
}
