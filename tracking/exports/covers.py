"""The first sheet of a workbook that goes out: what it is, what it rests on, and what each column means."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

import sqlalchemy as sa
import xlsxwriter
from sqlalchemy import Connection

from tracking.access import trail
from tracking.exports.provenance import Provenance
from tracking.policy.vocabulary import vocabulary
from tracking.results.tables import dictionary
from tracking.results.tables.filters import Chosen, Filter, applied
from tracking.words import looks
from tracking.words.language import Lang, text

_DESCRIBED_BY = ("column", "label", "type", "unit", "description", "values")
# What is longest stands last and runs on to the right.
_WIDTHS = (44, 44, 14, 22, 80, 80)

_NOTES = sa.text("""
SELECT edition, track, requirement, metric_name_zh, metric_name_en, note_zh, note_en
FROM current_requirement
ORDER BY
    edition,
    position
""")


@dataclass(frozen=True)
class Cover:
    """What is told before a table: what it is, and what it rests on, a name and a value a line.

    A value is a text, a whole number or a day. Below stand `lists`, each with its header first: the table's columns
    as the dictionary has them, and how each requirement is read.
    """

    sheet: str
    table: str
    title: str
    meaning: str
    facts: list[tuple[str, str | int | date]]
    provenance: Provenance
    lists: list[list[list[str]]]

    def draw(self, book: xlsxwriter.Workbook) -> None:
        """Add the sheet to a workbook, row after row."""
        sheet = book.add_worksheet(self.sheet)
        sheet.hide_gridlines(2)
        for at, width in enumerate(_WIDTHS):
            sheet.set_column(at, at, width)
        bold = book.add_format({"bold": True})
        day = book.add_format({"num_format": "yyyy-mm-dd", "align": "left"})
        left = book.add_format({"num_format": "0", "align": "left"})
        sheet.write_string(0, 0, self.title, book.add_format({"bold": True, "font_size": 14}))
        sheet.write_string(1, 0, self.meaning)
        last = ""
        for row, (name, value) in enumerate(self.facts, start=3):
            if name != last:
                sheet.write_string(row, 0, name, bold)
            last = name
            if isinstance(value, str):
                sheet.write_string(row, 1, value)
            elif isinstance(value, date):
                sheet.write_datetime(row, 1, datetime.combine(value, time.min), day)
            else:
                sheet.write_number(row, 1, value, left)
        row = 3 + len(self.facts)
        header = book.add_format({"bold": True, "bottom": 1})
        for lines in self.lists:
            for at, line in enumerate(lines):
                row += 2 if at == 0 else 1
                for column, each in enumerate(line):
                    sheet.write_string(row, column, each, None if at else header)


def cover(connection: Connection, provenance: Provenance, chosen: Chosen, columns: Iterable[str], rows: int) -> Cover:
    """The cover of a table's rows as chosen, which rest on `provenance`."""
    table, lang, compared = provenance.table, provenance.lang, provenance.compared
    facts: list[tuple[str, str | int | date]] = [*_filters(table, chosen, lang)]
    if out := provenance.left_out:
        key, rows_out = ("cover.withheld", 0) if out.rows is None else ("cover.left_out_counts", out.rows)
        counts = {"rows": f"{rows_out:,}", "filings": f"{out.filings:,}"}
        facts.append((text("cover.left_out", lang), text(key, lang, **counts)))
    if provenance.closing:
        facts.append((text("column.closing", lang), provenance.closing))
    if provenance.as_of:
        facts.append((text("column.as_of", lang), provenance.as_of))
    version: str | int = "{} → {}".format(*compared) if compared else provenance.data_version
    facts += [
        (text("cover.data_version", lang), version),
        (text("cover.rows", lang), rows),
        *_policy(provenance),
        (text("column.rules", lang), provenance.rules),
        (text("column.release", lang), provenance.release),
    ]
    # An earlier state has none.
    if (head := trail.head(connection)).number:
        facts.append((text("column.trail", lang), str(head)))
    return Cover(
        sheet=text("cover.sheet", lang),
        table=table,
        title=f"{text(f'table.{table}', lang)} ({table})",
        meaning=dictionary.table_meaning(table, lang),
        facts=facts,
        provenance=provenance,
        lists=[_columns(connection, table, columns, lang), _notes(connection, chosen, lang)],
    )


def _filters(table: str, chosen: Chosen, lang: Lang) -> Iterator[tuple[str, str]]:
    lines = [
        f"{_label(each, table, lang)}: {_values(each, table, value, lang)}" for each, value in applied(table, chosen)
    ]
    for line in lines or [text("cover.whole", lang)]:
        yield text("cover.filters", lang), line


def _label(declared: Filter, table: str, lang: Lang) -> str:
    """A list is of its column's values; what is one value has words of its own."""
    return text(f"column.{declared.column_in(table)}" if declared.several else f"cover.{declared.name}", lang)


def _values(declared: Filter, table: str, value: Any, lang: Lang) -> str:  # noqa: ANN401 - as Chosen has it
    if declared.kind is bool:
        return text("told.yes", lang)
    if not declared.several:
        return str(value)
    column = declared.column_in(table)
    known = dictionary.codes(column)
    return ", ".join(f"{each} {looks.word(column, each, lang)}" if each in known else str(each) for each in value)


def _policy(provenance: Provenance) -> Iterator[tuple[str, str]]:
    """The editions that the rows can be of, each with what is in force where its words allow another reading."""
    lang = provenance.lang
    for edition in provenance.editions:
        yield text("column.edition", lang), f"{edition.name} ({edition.code})"
        for reading in edition.readings:
            yield text("cover.reading", lang), f"{reading.name}: {reading.in_force}"
        for name in ("publisher", "licence", "contact"):
            if value := getattr(edition, name):
                yield text(f"column.{name}", lang), value


def _notes(connection: Connection, chosen: Chosen, lang: Lang) -> list[list[str]]:
    """How each requirement that the rows can be of is read, in the policy's own order."""
    return [
        [text("column.requirement", lang), text("column.metric_name", lang), text("cover.read", lang)],
        *(
            [row["requirement"], row[f"metric_name_{lang}"], row[f"note_{lang}"]]
            for row in connection.execute(_NOTES).mappings().all()
            if _is_chosen(row["edition"], chosen.get("editions", ()))
            and _is_chosen(row["track"], chosen.get("tracks", ()))
            and _is_chosen(row["requirement"], chosen.get("requirements", ()))
            and row[f"note_{lang}"]
        ),
    ]


def _is_chosen(code: str, codes: Sequence[str]) -> bool:
    return not codes or code in codes


def _columns(connection: Connection, table: str, columns: Iterable[str], lang: Lang) -> list[list[str]]:
    """As the dictionary has them; of a metric that only old filings know stands the code alone."""
    known = dictionary.dictionary(lang, vocabulary(connection).metrics)
    described = {
        row["column"]: [row[name] for name in _DESCRIBED_BY]
        for row in known[known["table"] == table].to_dict("records")
    }
    return [
        [text(f"column.{name}", lang) for name in _DESCRIBED_BY],
        *(described.get(column, [column]) for column in columns),
    ]
