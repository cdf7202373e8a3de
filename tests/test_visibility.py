"""No query that answers for somebody leaves out who is looking: it reads what goes out, or joins the visible spaces."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent / "tracking"
MODULES = sorted((ROOT / "results").rglob("*.py")) + sorted((ROOT / "exports").rglob("*.py"))
# Tables and views that hold rows of spaces and do not know who is looking.
UNGUARDED = re.compile(
    r"\b(?:FROM|JOIN)\s+(?:filing|observation|space|enrolment|choice|stored_\w+|current_space|current_filing"
    r"|current_observation|current_enrolment|enrolment_year|obligation|outcomes|year_result)\b"
)
# What is joined to these, space by space, is no more than they show.
GUARDED = re.compile(
    r"\b(?:FROM|JOIN)\s+(?:visible_space|visible_filing|attainment|evaluations|verdicts|filings|observations|brand_requirement)\b"
)
# The whole of an earlier state is replayed, and its outcome shown by `changes` alone; a reading is tried on a copy.
WHOLE = {"comparing.py", "replay.py", "readings.py"}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_query_over_spaces_joins_the_visible_ones(path: Path) -> None:
    if path.name in WHOLE:
        return
    for query in re.findall(r'"""(.*?)"""', path.read_text(encoding="utf-8"), flags=re.DOTALL):
        # A condition stands in a query that is held to it itself.
        if UNGUARDED.search(query) and not query.lstrip().startswith("EXISTS"):
            assert GUARDED.search(query), query
