"""The units that stand beside the figures of a table: in a column of units, behind a name, in a word of explanation."""

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from tracking.filing.interpreting import cells, qualifiers, units
from tracking.filing.interpreting.findings import Findings
from tracking.filing.interpreting.headers import Words
from tracking.filing.interpreting.measured import Measure, Measured
from tracking.filing.interpreting.rows import Rows
from tracking.filing.spreadsheets.tables import Mention
from tracking.policy.vocabulary import Metric
from tracking.words import spelling


class FigureUnits:
    """The units of one table's figures; one that does not fit a metric is an error at its place."""

    def __init__(self, findings: Findings, rows: Rows, words: Words) -> None:
        self.findings = findings
        self.table = findings.table
        self.rows = rows
        self.words = words

    def column(self) -> None:
        """What a column of units beside columns of metrics says, of all of them: 单位 may also head names of firms."""
        index = self.table.index("unit")
        if index is None:
            return
        for at, text in enumerate(self.table.cells(index)):
            if self.rows.there[at] and self.words.units.is_unit(text):
                for unit in self.words.units.declared(text) or [text]:
                    if all(each.unit != unit for each in self.table.mentions):
                        self.table.mentions.append(Mention(unit, text, self.table.first + at, index))

    def of_row(
        self, metric: Metric, text: str, unit: str, unit_text: str, at: int, column: int, unit_column: int | None
    ) -> list[Mention] | None:
        """The units that some rows of a metric say, behind its name and in their column; None where one is none of
        the metric's."""
        row = self.table.first + at
        mentions = [Mention(unit, text, row, column)] if unit else []
        if unit_column is None or spelling.tidy(unit_text).casefold() in cells.BLANK:
            return mentions
        if not self.fits(metric, unit_text, unit_column, unit_text, at):
            return None
        return [*mentions, Mention(units.bare(spelling.tidy(unit_text).casefold()), unit_text, row, unit_column)]

    def left_blank(
        self, metric: Metric, texts: np.ndarray, groups: Sequence[tuple[np.ndarray, str]], column: int | None
    ) -> bool:
        """Whether some figures of a metric have no unit beside them where others have one that is not its own; there is
        an error at the first then: it may be meant for all."""
        blank = [int(at) for rows, unit in groups if not spelling.tidy(unit) for at in rows if texts[at].strip()]
        others = (unit for _, unit in groups if spelling.tidy(unit))
        other = next((unit for unit in others if self.words.units.factor(unit, metric) not in (None, 1)), None)
        if column is None or not blank or other is None:
            return False
        names = {
            "metric": {"zh": metric.name_zh, "en": metric.name_en},
            "own": {"zh": metric.unit_zh, "en": metric.unit_en},
        }
        self.findings.add("error", "unit-left-blank", at=blank[0], column=column, value=other, unit=other, **names)
        return True

    def fits(self, metric: Metric, unit: str, column: int, named: str, at: int | None = None) -> bool:
        """Whether a metric can be in a unit, if one is said; else there is an error at its place. A share is not taken
        whatever its unit, and a yes or no has none."""
        if not unit or metric.kind == "share" or self.words.units.factor(unit, metric) is not None:
            return True
        own = {"zh": metric.unit_zh, "en": metric.unit_en}
        self.findings.add("error", "header-unit-unknown", at=at, column=column, value=named, unit=unit, own=own)
        return False

    def explained(
        self,
        metric: Metric,
        measured: Measured,
        measure: Measure,
        rows: np.ndarray,
        besides: Iterable[tuple[int | None, list[str] | None]],
    ) -> bool:
        """Whether no word of explanation beside some figures of a metric says another unit than is read for them, or
        that they are none of the year; else there is an error at its cell."""
        for index, texts in besides:
            if index is None or texts is None or not any(texts):
                continue
            first = {(texts[at], int(self.rows.years[at])): int(at) for at in reversed(rows) if texts[at]}
            notes = metric.kind != "yes_no" and self.table.columns[index].code.endswith("note")
            for (text, year), at in first.items():
                if notes and (word := qualifiers.of_a_figure_in(text, year)):
                    measured.add("remark-qualifies", Mention(word, text, self.table.first + at, index), word=word)
                    return False
                for unit in self.words.units.declared(text):
                    factor = self.words.units.factor(unit, metric)
                    if factor is not None and factor != measure.factor:
                        mention = Mention(unit, text, self.table.first + at, index, clear=False)
                        measured.unsure(metric, mention)
                        return False
        return True


def by_unit(rows: np.ndarray, texts: np.ndarray | None) -> list[tuple[np.ndarray, str]]:
    """The rows of a metric, those whose column of units says the same together."""
    if texts is None:
        return [(rows, "")]
    numbers, distinct = pd.factorize(texts[rows])
    return [(rows[numbers == number], text) for number, text in enumerate(distinct)]
