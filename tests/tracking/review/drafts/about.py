"""Drafts of a small programme's people."""

import pandas as pd
from sqlalchemy import Engine

from tests.reviewed import DAY
from tracking.filing import choices as chosen
from tracking.filing import preview
from tracking.filing.choices import Choices, Typed
from tracking.filing.preview import Preview
from tracking.results.tables import attainment
from tracking.review.drafts import keeping
from tracking.review.drafts.handles import Handle

OWN = b"space_id,year,mentors,funded_firms\nS1,2022,20,5\n"
EVERYTHING = Choices(
    space="S1",
    year=2022,
    unit="千元",
    columns={"导师": "mentors", "备注2": "leave out"},
    units={"融资": "千元"},
    left_out=frozenset({(None, 3), ("表", "B")}),
    cells={(None, 2, "C"): "20", ("表", 7, "AA"): ""},
    figures={("S1", 2022, "mentors"): Typed("21", "附件", "已更正")},
    keep=True,
    again={("S1", 2022): "属实"},
)
WRONG = "space_id,year,mentors,funded_firms\nS1,2022,约20,5\n".encode()
SPACELESS = b"year,mentors\n2022,20\n"


def seen(engine: Engine, content: bytes, choices: Choices = chosen.NONE) -> Preview:
    """What a person is shown of a file."""
    return preview.preview(engine, content, "filed.csv", DAY, "zh", choices=choices)


def save(engine: Engine, content: bytes, handle: Handle | None = None, choices: Choices = chosen.NONE) -> Handle:
    """Keep a file as a draft."""
    made = keeping.save(engine, handle, content, "filed.csv", choices, seen(engine, content, choices))
    assert made is not None
    return made


def offered(engine: Engine) -> list[str]:
    """The drafts that are offered."""
    return keeping.offered(engine)["draft"].tolist()


def figures(engine: Engine) -> list[pd.DataFrame]:
    """All that a draft must not move."""
    tables = (attainment.attainment, attainment.evaluations, attainment.filings)
    return [table(engine, DAY) for table in tables]
