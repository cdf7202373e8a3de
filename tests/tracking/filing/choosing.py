"""Two spaces, a file that does not say all, and what a person decides about it."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy import Engine

from tracking import database
from tracking.filing import loading, register
from tracking.filing.choices import Choices

AS_OF = date(2024, 6, 1)
REGISTER = "space_id,space_name,track,start_year,end_year\nS1,甲空间,branding,2022,2024\nS2,乙空间,branding,2022,2024\n"
FILE = "空间编号,年度,获投企业,投资额,天气\nS1,2023,6,1200,晴\n"


def enrol(engine: Engine) -> None:
    """Two spaces of a track."""
    assert register.load(engine, REGISTER.encode(), "register.csv", by="tests").loaded


def load(engine: Engine, text: str, choices: Choices) -> list[str]:
    """The codes of the problems."""
    return [each.code for each in loading.load(engine, text.encode(), "f.csv", by="t", choices=choices).problems]


def codes(engine: Engine, text: str, choices: Choices) -> list[str]:
    """The codes of the problems that a check tells."""
    return [each.code for each in loading.check(engine, text.encode(), "f.csv", choices).problems]


def stored(engine: Engine) -> dict[tuple[str, int, str], object]:
    """Every figure that is stored, or the note where there is none, by space, year and metric."""
    statement = sa.text("SELECT space_id, year, metric, value, note FROM current_observation")
    with database.reading(engine) as connection:
        return {
            (space, year, metric): note if value is None else float(value)
            for space, year, metric, value, note in connection.execute(statement)
        }
