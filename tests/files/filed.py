"""One file checked and loaded into a database with a register: what was told, and what is stored."""

from dataclasses import dataclass
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy import Engine

from tests import databases
from tracking import database
from tracking.filing import loading, register
from tracking.filing.filing_report import FilingReport
from tracking.words.problems import Problem

REGISTER = """空间编号,众创空间名称,所在区,运营机构,品牌,培育类别,起始年度,结束年度
SH0001,海棠创客空间,浦东新区,海棠科技,海棠,specialization,2023,2025
SH0002,银杏众创,徐汇区,银杏孵化,银杏,branding,2023,2025
SH0003,远洋国际创业港,长宁区,远洋,远洋,internationalization,2023,2025
00012,零号湾创客坊,闵行区,零号湾,零号,specialization,2023,2025
310115000000000123,长号空间,嘉定区,长号,长号,specialization,2023,2025
12E3,科学空间,宝山区,科学,科学,branding,2023,2025
"""


@dataclass(frozen=True)
class Filed:
    """What became of a file: the report on it, and every figure stored, by `space year metric`."""

    report: FilingReport
    stored: dict[str, Decimal]

    def problems(self, severity: str) -> list[Problem]:
        """What was told, of errors or of warnings alone."""
        return [problem for problem in self.report.problems if problem.severity == severity]

    def warned(self, *words: str) -> bool:
        """Whether a warning says all these words, in Chinese."""
        return any(all(word in problem.message("zh") for word in words) for problem in self.problems("warning"))

    @property
    def errors(self) -> list[str]:
        """The codes of the errors."""
        return [problem.code for problem in self.problems("error")]


def registered(engine: Engine) -> Engine:
    """The engine with the spaces of REGISTER in it."""
    return databases.filled(engine, _enrol)


def _enrol(engine: Engine) -> None:
    assert register.load(engine, REGISTER.encode(), "register.csv", by="tests").loaded


def filed(engine: Engine, content: bytes, name: str) -> Filed:
    """Check a file, load it, and look what is stored; a check tells the same as the load."""
    checked = loading.check(engine, content, name)
    report = loading.load(engine, content, name, by="tests")
    assert [(each.code, each.row) for each in checked.problems] == [(each.code, each.row) for each in report.problems]
    figures = sa.text("SELECT space_id, year, metric, value FROM current_observation WHERE value IS NOT NULL")
    with database.reading(engine) as connection:
        rows = connection.execute(figures).all()
    return Filed(report, {f"{space} {year} {metric}": value for space, year, metric, value in rows})


def of_2024(**figures: str) -> dict[str, Decimal]:
    """Figures of SH0002 for 2024, by metric, as `filed` has them."""
    return {f"SH0002 2024 {metric}": Decimal(value) for metric, value in figures.items()}


def refused(found: Filed, row: int | None, *words: str) -> None:
    """Assert that nothing is stored, and that an error at this row, or anywhere, says all these words."""
    assert (found.report.loaded, found.stored) == (False, {})
    here = [each.message("zh") + each.hint("zh") for each in found.problems("error") if row is None or each.row == row]
    assert any(all(word in sentence for word in words) for sentence in here), here
