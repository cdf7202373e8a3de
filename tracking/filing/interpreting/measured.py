"""In which unit the figures of a table are: what its title, groups, headers, columns and remarks say, held together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from tracking.filing.interpreting.findings import Findings, visible
from tracking.filing.interpreting.units import Units
from tracking.filing.spreadsheets.grids import letter as letter_of
from tracking.filing.spreadsheets.sheets import OF_THE_FILE
from tracking.filing.spreadsheets.tables import Mention, Table
from tracking.policy.vocabulary import Metric
from tracking.words import language
from tracking.words.language import LANGUAGES, Lang
from tracking.words.spelling import folded


@dataclass(frozen=True, slots=True)
class Measure:
    """The unit that a metric's figures are in: as it is written, its factor, and where that stands; None where it is
    nowhere said, and so the metric's own."""

    unit: str = ""
    factor: Decimal = Decimal(1)
    mention: Mention | None = None


OWN = Measure()


class Measured:
    """The units of one table; every disagreement is put to the findings, once."""

    def __init__(self, findings: Findings, units: Units, metrics: Iterable[Metric]) -> None:
        self._findings = findings
        self._table = findings.table
        self._units = units
        self._unfit(list(metrics))

    def of(self, metric: Metric, column: int, more: Sequence[Mention] = ()) -> Measure | None:
        """The unit of a metric's figures in a column; None, with an error, where that is not certain.

        `more` is what is said of these figures alone, as by the name of the metric in their row.
        """
        if metric.kind in ("share", "yes_no"):
            return OWN
        about = [*more, *(each for each in self._table.mentions if each.columns is None or column in each.columns)]
        measures = [
            Measure(each.unit, factor, each)
            for each in about
            if (factor := self._units.factor(each.unit, metric)) is not None
        ]
        clear = [each for each in measures if each.mention and each.mention.clear]
        for other in clear[1:]:
            if other.factor != clear[0].factor:
                self._disagree(metric, clear[0], other)
                return None
        for each in measures:
            # What a remark has in it may be meant of something else; of a row's own remark, what of the other rows?
            assert each.mention
            if each.mention.clear or (clear or self._findings.choices.unit) and not each.mention.here:
                continue
            if each.factor != (clear[0].factor if clear else 1):
                self.unsure(metric, each.mention)
                return None
        return self._chosen(metric, clear[0] if clear else OWN)

    def _chosen(self, metric: Metric, measure: Measure) -> Measure | None:
        """The unit, where a person chose one for the file; None, with an error, where the file says another."""
        unit = self._findings.choices.unit
        factor = self._units.factor(unit, metric) if unit else None
        if unit is None or factor is None:
            return measure
        if measure.mention is None:
            return Measure(folded(unit), factor)
        if measure.factor == factor:
            return measure
        self.add("chosen-unit-otherwise", measure.mention, chosen=unit)
        return None

    def _unfit(self, metrics: list[Metric]) -> None:
        """Errors for units that measure none of the metrics over which they stand."""
        for place in dict.fromkeys((each.row, each.column) for each in self._table.mentions if each.clear):
            same = [each for each in self._table.mentions if (each.row, each.column) == place and each.clear]
            # A group says a unit once for each of its columns.
            for unit in dict.fromkeys(each.unit for each in same):
                over = self._over([each for each in same if each.unit == unit], metrics)
                if over is None or self._units.measures(unit, over):
                    continue
                # Beside the name of one metric alone, what fits that is told.
                alone = len(over) == 1 and same[0].columns is not None
                code = "header-unit-unknown" if alone else "unit-fits-nothing"
                details: dict[str, object] = {"unit": unit}
                if alone:
                    details |= {"own": {"zh": over[0].unit_zh, "en": over[0].unit_en}}
                self.add(code, same[0], **details)

    def _over(self, mentions: list[Mention], metrics: list[Metric]) -> list[Metric] | None:
        """The metrics for which some mentions hold; None where those are of no interest, as shares, or say nothing."""
        if any(each.columns is None for each in mentions):
            return metrics
        columns = {index for each in mentions for index in each.columns or ()}
        codes = {self._table.columns[index].code for index in columns & self._table.columns.keys()}
        if "value" in codes:
            return metrics
        over = [each for each in metrics if each.code in codes]
        filled = self._table.first_filled(columns)
        return over if over and filled and any(each.kind != "share" for each in over) else None

    def _disagree(self, metric: Metric, first: Measure, second: Measure) -> None:
        assert first.mention
        assert second.mention
        self.add(
            "units-disagree",
            second.mention,
            metric={"zh": metric.name_zh, "en": metric.name_en},
            unit=first.unit,
            first=place_of(self._table, first.mention),
            other=second.unit,
        )

    def unsure(self, metric: Metric, mention: Mention) -> None:
        """Note an error where a unit is mentioned of which is not certain that a metric's figures are in it."""
        names = {"zh": metric.name_zh, "en": metric.name_en}
        own = {"zh": metric.unit_zh, "en": metric.unit_en}
        self.add("unit-unsure", mention, metric=names, unit=mention.unit, own=own)

    def add(self, code: str, mention: Mention, **details: object) -> None:
        """Note an error at the place of a mention."""
        where = place_of(self._table, mention)
        self._findings.at_cell(
            "error", code, mention.row, mention.column, mention.text, sheet=mention.sheet, where=where, **details
        )


def place(table: Table, row: int | None, column: int, text: str, *, sheet: str | None = None) -> dict[Lang, str]:
    """A cell of the table's grid, or of another sheet, and its words; row None is the name of the sheet."""
    shown = visible(text)
    if row is None:
        return {lang: language.text("unit-place.sheet", lang, text=shown) for lang in LANGUAGES}
    if row < 0:
        key = "unit-place.file" if row == OF_THE_FILE else "unit-place.page"
        return {lang: language.text(key, lang, text=shown) for lang in LANGUAGES}
    number, letter = table.place(row, column) if sheet is None else (row + 1, letter_of(column))
    return {lang: language.text("unit-place.cell", lang, row=number, letter=letter, text=shown) for lang in LANGUAGES}


def place_of(table: Table, mention: Mention) -> dict[Lang, str]:
    """Where a unit stands, and in which words."""
    return place(table, mention.row, mention.column, mention.text, sheet=mention.sheet)
