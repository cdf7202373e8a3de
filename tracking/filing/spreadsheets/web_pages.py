"""Tables of a web page that was saved as a spreadsheet: one page is one sheet, texts and tables one under the other.

So does a spreadsheet program open it. A page whose tables stand inside each other is refused: nobody could say which
row is which.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html.parser import HTMLParser

from tracking.filing.spreadsheets import number_formats
from tracking.filing.spreadsheets.sheets import OF_THE_FILE, GridDraft, Limits, Note, Run, UnreadableError

# Elements without an end of their own.
_VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"})
_UNSEEN = frozenset({"style", "script", "head", "title", "template", "noscript", "xml"})
_STRUCK = frozenset({"s", "strike", "del"})
_BLOCKS = frozenset({"p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "caption"})
# Nobody's page goes deeper.
_DEEPEST = 200
_RULE = re.compile(r"\.([\w-]{1,100})\s*\{([^{}]*)\}")
_SPACES = re.compile(r"[ \t\r\n\f]+")


@dataclass(frozen=True, slots=True)
class _Look:
    struck: bool = False
    raised: bool = False
    lowered: bool = False
    hidden: bool = False

    def __or__(self, other: "_Look") -> "_Look":
        return _Look(
            self.struck or other.struck,
            self.raised or other.raised,
            self.lowered or other.lowered,
            self.hidden or other.hidden,
        )


def sheet(text: str, name: str | None, limits: Limits, styles: str = "") -> dict[str, object]:
    """What the grid of a page is made of; `styles` are those of a file beside it. Raises UnreadableError."""
    classes = {each[1].casefold(): _look_of(each[2]) for each in _RULE.finditer(styles + text)}
    page = _Page(GridDraft(name, limits), classes)
    page.feed(text)
    page.close()
    page.end()
    if not page.cells:
        raise UnreadableError("file-not-a-spreadsheet")
    return page.draft.fields()


def _look_of(style: str) -> _Look:
    declarations = style.casefold().replace(" ", "")
    hidden = "display:none" in declarations or "mso-hide:all" in declarations
    raised, lowered = (f"vertical-align:{script}" in declarations for script in ("super", "sub"))
    return _Look("line-through" in declarations, raised, lowered, hidden)


class _Page(HTMLParser):
    """Goes through a page and writes what it says to the draft."""

    def __init__(self, draft: GridDraft, classes: dict[str, _Look]) -> None:
        super().__init__(convert_charrefs=True)
        self.draft = draft
        self.classes = classes
        self.cells = 0
        self._row, self._column, self._columns = -1, 0, 0
        self._tables = 0
        self._caption = False
        self._open: list[tuple[str, _Look]] = []
        self._runs: list[Run] = []
        self._cell: dict[str, str | None] | None = None
        # Of cells that reach down: the column, and the last row.
        self._down: dict[int, int] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element begins; those that end one another end."""
        given = dict(attrs)
        if tag == "br":
            self._say("\n")
        elif tag == "col":
            self._hide_columns(given)
        if tag in _VOID:
            return
        if tag in ("td", "th"):
            self.end()
            self._close_to(("td", "th"), within="tr")
        elif tag == "tr":
            self.end()
            self._close_to(("tr",), within="table")
            self._row, self._column = max(self._row, self.draft.height - 1) + 1, 0
        elif tag == "table":
            if self._tables:
                raise UnreadableError("web-page-nested")
            self.end()
            self._tables += 1
            self._columns, self._down = 0, {}
        elif tag in _BLOCKS:
            self._caption = self._caption or tag == "caption"
            self._break()
        if len(self._open) == _DEEPEST:
            raise UnreadableError("file-broken")
        self._open.append((tag, self._look() | self._own(tag, given)))
        if tag in ("td", "th"):
            self._cell = given
        elif tag == "tr" and self._look().hidden:
            self.draft.marks.hidden_rows.add(self._row)

    def handle_endtag(self, tag: str) -> None:
        """An element ends, and with it those within it that were left open."""
        if tag in ("td", "th", "tr", "table"):
            self.end()
        if tag == "table":
            self._tables = max(self._tables - 1, 0)
            self._row = self.draft.height - 1
        elif tag in _BLOCKS:
            self._break()
        if any(each == tag for each, _ in self._open):
            while self._open.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        """Text, if anybody sees it."""
        if not any(tag in _UNSEEN for tag, _ in self._open):
            self._say(_SPACES.sub(" ", data))
        elif self._open[-1][0] == "title" and data.strip():
            self.draft.marks.notes.append(Note(data.strip(), OF_THE_FILE, OF_THE_FILE))

    def end(self) -> None:
        """Write the cell that is open, or the text between tables or over one, which has a row of its own."""
        runs, self._runs = self._runs, []
        if self._cell is not None:
            given, self._cell = self._cell, None
            self._write(given, runs)
        elif any(run.text.strip() for run in runs) and (self._caption or not self._tables):
            self._caption = False
            for line in "".join(run.text for run in runs if not run.struck).split("\n"):
                if line.strip():
                    self.draft.put(self.draft.height, 0, line.strip())
            self._row = self.draft.height - 1

    def _write(self, given: dict[str, str | None], runs: Sequence[Run]) -> None:
        self._row = max(self._row, 0)
        while self._down.get(self._column, -1) >= self._row:
            self._column += 1
        across, down = (_count(given.get(name)) for name in ("colspan", "rowspan"))
        row, column = self._row, self._column
        self.cells += 1
        self.draft.reach(row)
        self.draft.put(row, column, self._text(row, column, given, runs))
        self.draft.merge(row, column, row + down - 1, column + across - 1)
        if down > 1:
            self._down |= dict.fromkeys(range(column, column + across), row + down - 1)
        self._column += across

    def _text(self, row: int, column: int, given: dict[str, str | None], runs: Sequence[Run]) -> str:
        text = self.draft.marks.left(row, column, runs).strip()
        try:
            # Excel, and LibreOffice by another name, write the number itself beside what is shown of it.
            number = float(given.get("x:num") or given.get("sdval") or "")
        except ValueError:
            return text
        return number_formats.seen(number, text) if text else text

    def _say(self, text: str) -> None:
        look = self._look()
        if not look.hidden or self._cell is not None and self._row in self.draft.marks.hidden_rows:
            self._runs.append(Run(text, look.struck, look.raised, look.lowered))

    def _break(self) -> None:
        if self._runs:
            self._runs.append(Run("\n"))

    def _look(self) -> _Look:
        return self._open[-1][1] if self._open else _Look()

    def _own(self, tag: str, given: dict[str, str | None]) -> _Look:
        look = _look_of(given.get("style") or "") | _Look(tag in _STRUCK, tag == "sup", tag == "sub", "hidden" in given)
        for name in (given.get("class") or "").split()[:20]:
            look |= self.classes.get(name.casefold(), _Look())
        return look

    def _close_to(self, tags: tuple[str, ...], within: str) -> None:
        """Close what was left open inside the element `within` from the first of these tags on."""
        for at in range(len(self._open) - 1, -1, -1):
            if self._open[at][0] == within:
                return
            if self._open[at][0] in tags:
                del self._open[at:]
                return

    def _hide_columns(self, given: dict[str, str | None]) -> None:
        count = _count(given.get("span"))
        if self._own("col", given).hidden or given.get("width") == "0":
            self.draft.marks.hidden_columns.update(range(self._columns, self._columns + count))
        self._columns += count


def _count(written: str | None) -> int:
    """How many rows or columns; a browser goes no further than a thousand columns either."""
    return min(max(int(written), 1), 1_000) if written and written.isascii() and written.isdigit() else 1
