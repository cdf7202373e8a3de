"""`schema.sql` as it is run: behind it, what every table and view is, made from the comment above it."""

import hashlib
import re
from pathlib import Path

FILE = Path(__file__).parents[2] / "schema.sql"

# Everything that comes in, in the order of schema.sql; the judgement follows from it.
INCOMING = (
    "load",
    "edition",
    "track",
    "unit",
    "conversion",
    "metric",
    "clause",
    "requirement",
    "rule",
    "reading",
    "imprint",
    "space",
    "enrolment",
    "filing",
    "observation",
    "choice",
    "rejudged",
    "closing",
    "author",
    "warning",
    "review",
    "returned_cell",
    "filing_window",
    "window_exception",
    "review_term",
    "question",
    "waiver",
    "rectification",
    "rectification_file",
    "scan",
    "evidence",
    "seal",
)

# What is being filed and comes from no load yet; its files stand in the last one.
DRAFTS = ("draft", "draft_space", "answer_draft")
FILES_OF_DRAFTS = "draft_document"

# The lines of comment directly above a CREATE; the first opens with the name and a colon.
_CREATED = re.compile(
    r"((?:^-- .*\n)+)CREATE (?:TABLE IF NOT EXISTS|OR REPLACE VIEW) (\w+)(?= AS\b| \()", flags=re.MULTILINE
)


def rules() -> str:
    """The name of the rules: the SHA-256 of `schema.sql`, in which every status has its meaning."""
    return hashlib.sha256(FILE.read_bytes()).hexdigest()


def script() -> str:
    """The statements of `schema.sql`, then a COMMENT ON for each table and view of it."""
    text = FILE.read_text(encoding="utf-8")
    made = set(views(text))
    comments = [_comment(name, header, is_view=name in made) for name, header in headers(text).items()]
    return "\n".join([text, *comments])


def headers(text: str) -> dict[str, str]:
    """What the comment above each table and view says, in one line and without the name, in the file's order."""
    return {
        name: " ".join(line.removeprefix("-- ") for line in lines.splitlines()).removeprefix(f"{name}: ")
        for lines, name in _CREATED.findall(text)
    }


def views(text: str) -> list[str]:
    """The views that a script makes, in its order."""
    return re.findall(r"^CREATE OR REPLACE VIEW (\w+)", text, flags=re.MULTILINE)


def _comment(name: str, header: str, *, is_view: bool) -> str:
    kind = "VIEW" if is_view else "TABLE"
    quoted = header.replace("'", "''")
    return f"COMMENT ON {kind} {name} IS '{quoted}';"
