"""Whose figures a table without columns of spaces or years has: its heading, the sheet's name, or a person's choice."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from tracking.filing.interpreting import cells, other_years
from tracking.filing.interpreting.layouts.sheets import View
from tracking.filing.interpreting.layouts.signs import Signs, years_in
from tracking.filing.interpreting.layouts.understood import Source
from tracking.words import spelling

# 空间编号：SL00001 within a cell, and what may follow behind it.
_PAIR = re.compile(
    r"([^\s:：=，,；;、|/()（）]{2,20})\s{0,9}[:：=]\s{0,9}"
    # Up to a sign that ends it, or to blanks or a bracket before the name of the next pair.
    r"([^\s，,；;、|:：](?:(?![\s/(（]{1,9}[^\s:：=，,；;、|/()（）]{2,20}\s{0,9}[:：=])[^，,；;、|:：\n]){0,80})"
)
_PIECES = re.compile(r"[\s:：=，,；;、|/()（）【】\[\]_—–]+")
_YEAR_PHRASE = re.compile(r"(?:19|20|21)[0-9]{2}\s?年?度?")
# Titles and sheets' names are no longer.
_LONGEST = 500
# A year that stands in a heading, whatever it is said of.
_LIKE_A_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")
# 2021、2022年 and 2021和2022年度: neither of the two.
_ONE_YEAR = r"(?:(?:19|20)[0-9]{2}|[〇○零一二三四五六七八九]{4})"
_SEVERAL_YEARS = re.compile(rf"{_ONE_YEAR}\s?年?度?\s?[、，,和与及&]\s?{_ONE_YEAR}")
_NOT_THE_YEAR = re.compile(r"日期|时间|date|文号|〔|发布|成立|联系|评价|评估|验收|入选|批次|培育期|起始|结束|电话")


@dataclass(frozen=True, slots=True)
class Stated:
    """A space or a year that stands beside a table: its code, as it was written, and where.

    row and column count from 0 in the grid, -1 where it stands in none of its cells. `plainly` tells what says nothing
    else from what a title mentions, `labelled` what stands behind its own name: 年度：2024.
    """

    code: str
    text: str
    row: int
    column: int
    source: Source
    plainly: bool
    labelled: bool = False
    sheet: str = ""


class Headings:
    """What is stated around the tables of a sheet, and by a person's choice."""

    def __init__(
        self, signs: Signs, sheet: str | None, cover: Sequence[Stated], space: str | None, year: int | None
    ) -> None:
        """`cover` is what other sheets state that have no figures; it counts where a sheet itself does not say."""
        self._signs = signs
        self._cover = cover
        self._earlier: list[Stated] = []
        self._sheet = sheet or ""
        self._chosen = [
            Stated(code, str(each), -1, -1, "choice", plainly=True)
            for code, each in (("space_id", space), ("year", year))
            if each is not None
        ]

    @cached_property
    def _beside(self) -> list[Stated]:
        # To know a space by its name takes a look at all of them, which a table with its own columns needs not.
        return [*self._of_name(self._sheet), *self._chosen]

    def around(self, view: View, rows: Iterable[int]) -> list[Stated]:
        """All that is stated in some rows of a sheet, by its name, and by choice.

        What they do not state, but the heading of an earlier table of the sheet did, holds on; no year does where one
        is mentioned that is not understood.
        """
        rows = list(rows)
        own = [each for row in rows for each in self._in_row(view, row)]
        codes = {each.code for each in own}
        if codes & {"space_id", "space_name"}:
            codes |= {"space_id", "space_name"}
        if _mentions_a_year(view, rows):
            codes.add("year")
        own += [each for each in self._earlier if each.code not in codes]
        self._earlier = own
        codes |= {each.code for each in (*own, *self._beside) if each.source != "choice"}
        return [*own, *(each for each in self._cover if each.code not in codes), *self._beside]

    def inside(self, view: View, rows: Iterable[int]) -> list[Stated]:
        """All that is stated in some rows of a table itself."""
        return [each for row in rows for each in self._in_row(view, row)]

    def labelled(self, view: View) -> Iterator[Stated]:
        """What stands in a heading behind its own name."""
        for row in range(view.height):
            columns = view.filled(row)
            for number, column in enumerate(columns):
                text = view.own(row, column)
                if self._key(text) and number + 1 < len(columns):
                    follows = columns[number + 1]
                    yield Stated(
                        self._key(text) or "",
                        view.own(row, follows),
                        row,
                        follows,
                        "heading",
                        plainly=True,
                        labelled=True,
                    )
                for code, content in self._labelled(text):
                    yield Stated(code, content, row, column, "heading", plainly=True, labelled=True)

    def of_sheet(self) -> Iterator[Stated]:
        """The year and the ID of a space that the sheet's name consists of: 2024年度, SL00001, SL00001_2024."""
        spaces = {space for piece in pieces(self._sheet) if (space := self._signs.space_of_id(piece))}
        years, rest = _years_of(self._sheet)
        if len(years) == 1 and (not rest or self._signs.space_of_id(rest)):
            yield Stated("year", years.pop(), -1, -1, "sheet", plainly=True)
        if len(spaces) == 1:
            yield Stated("space_id", spaces.pop(), -1, -1, "sheet", plainly=True)

    def value(self, stated: Stated) -> str:
        """What is stated, in one spelling: to compare it, and for the table."""
        if stated.code == "year":
            year = cells.year(stated.text) or next(iter(years_in(stated.text)), None)
            return str(year) if year else stated.text.strip()
        return self._signs.space(stated.text) or spelling.tidy(stated.text)

    def understood(self, code: str, text: str) -> bool:
        """Whether a text is a year, or a space of the register."""
        return (cells.year(text) if code == "year" else self._signs.space(text)) is not None

    def named(self, code: str, text: str) -> str:
        """The year, or the ID of the space, that a text is, in one spelling."""
        return str(cells.year(text)) if code == "year" else self._signs.space(text) or text

    def total(self, texts: Iterable[str]) -> bool:
        """Whether one of the texts of a row says that it is one of totals."""
        return any(self._signs.of(text).kind == "total" for text in texts if text)

    def of(self, code: str, stated: Sequence[Stated]) -> tuple[Stated | None, Stated | None]:
        """The statement of the space or the year that counts, and one that says otherwise, where there is one.

        What is labelled in the sheet goes before a title, and that before the sheet's name and a choice; they may say
        the same. A name names a space where no ID does.
        """
        found = [each for each in stated if each.code == code]
        if code == "space_id":
            ids = [*found, *(each for each in stated if each.code == "space_name" and self._signs.space(each.text))]
            found = ids if found else [each for each in stated if each.code == "space_name"] or ids
        if not found:
            return None, None
        first = next((each for each in found if each.labelled), found[0])
        other = next((each for each in found if self.value(each) != self.value(first)), None)
        return first, other

    def _in_row(self, view: View, row: int) -> Iterator[Stated]:
        columns = view.filled(row)
        for number, column in enumerate(columns):
            text = view.own(row, column)
            code = self._key(text)
            if code:
                follows = columns[number + 1] if number + 1 < len(columns) else None
                if follows is not None and view.sign(row, follows).kind not in ("key", "metric"):
                    yield Stated(code, view.own(row, follows), row, follows, "heading", plainly=True, labelled=True)
                continue
            labelled = list(self._labelled(text))
            for code, content in labelled:
                yield Stated(code, content, row, column, "heading", plainly=True, labelled=True)
            beside = number and view.span(row, columns[number - 1]) == column
            before = view.own(row, columns[number - 1]) if beside else ""
            # 成立年份 | 2015: of what, the cell before says, and it is none of the keys.
            if self._key(before) or before and cells.year(text) and ("年度" not in before or other_years.label(before)):
                continue
            rest = _PAIR.sub(" ", text) if labelled else other_years.without(text)
            yield from self._mentioned(rest, row, column)

    def _key(self, text: str) -> str | None:
        sign = self._signs.of(text)
        return sign.code if sign.kind == "key" and sign.code in ("space_id", "space_name", "year") else None

    def _labelled(self, text: str) -> Iterator[tuple[str, str]]:
        """空间编号：SL00001，年度：2024 in one cell: the codes and what is said of each."""
        for pair in _PAIR.finditer(text[:_LONGEST]):
            code = self._key(pair[1])
            of_others = _SEVERAL_YEARS.search(text) or other_years.before(text[: pair.start()])
            if code and not (code == "year" and of_others):
                content = pair[2].strip()
                yield code, _unbracketed(content if code == "space_name" else content.split()[0])

    def _mentioned(self, text: str, row: int, column: int) -> Iterator[Stated]:
        """A year or a space that a title names; two years in one say nothing."""
        if _NOT_THE_YEAR.search(text):
            return
        whole = cells.year(text)
        years = [whole] if whole else years_in(text)
        if len(set(years)) == 1 and 1900 <= years[0] < 2200 and not _SEVERAL_YEARS.search(text):
            yield Stated("year", str(years[0]), row, column, "heading", plainly=whole is not None)
        spaces = {space for piece in pieces(text) if (space := self._signs.space(piece))}
        if len(spaces) == 1:
            yield Stated("space_id", spaces.pop(), row, column, "heading", plainly=False)

    def _of_name(self, sheet: str) -> Iterator[Stated]:
        """What the name of a sheet says: 2024, 2024年度填报, SL00001, SL00001_2024."""
        years, rest = _years_of(other_years.without(sheet))
        if (space := self._signs.space(sheet)) is not None:
            yield Stated("space_id", space, -1, -1, "sheet", plainly=True)
            return
        if len(years) == 1 and not _NOT_THE_YEAR.search(sheet):
            yield Stated("year", years.pop(), -1, -1, "sheet", plainly=not rest)
        spaces = {space for piece in pieces(sheet) if (space := self._signs.space(piece))}
        if len(spaces) == 1:
            yield Stated("space_id", spaces.pop(), -1, -1, "sheet", plainly=True)


def _unbracketed(text: str) -> str:
    """A text without the bracket at its end that closes what was opened before it."""
    return text.rstrip(")）") if "(" not in text and "（" not in text else text


def pieces(text: str) -> list[str]:
    """The parts of a title or of a sheet's name that may be a space's ID or name, the whole of it first."""
    text = text[:_LONGEST]
    found = [text, *_PIECES.split(text), *_YEAR_PHRASE.split(text)]
    found += [part for piece in _YEAR_PHRASE.split(text) for part in _PIECES.split(piece)]
    return [piece for piece in dict.fromkeys(each.strip(" -_") for each in found) if len(piece) > 1]


def cover(view: View, signs: Signs) -> list[Stated]:
    """What a sheet without figures states for the others: 空间编号：SL00001 on a title page."""
    own = Headings(signs, None, (), None, None).inside(view, range(view.height))
    sheet = view.grid.sheet or ""
    return [replace(each, row=-1, column=-1, source="cover", sheet=sheet) for each in own if each.labelled]


def _years_of(sheet: str) -> tuple[set[str], str]:
    """The years in a sheet's name, and what else it says."""
    return set(_LIKE_A_YEAR.findall(sheet)), _LIKE_A_YEAR.sub("", sheet).strip("年度 _-")


def _mentions_a_year(view: View, rows: Iterable[int]) -> bool:
    return any(
        _LIKE_A_YEAR.search(view.own(row, column)) and not _NOT_THE_YEAR.search(view.own(row, column))
        for row in rows
        for column in view.filled(row)
    )
