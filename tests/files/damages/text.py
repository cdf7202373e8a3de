"""What happens to delimited text: a delimiter or a quotation mark more or less, thousands without quotation marks."""

import random
from decimal import Decimal

from tests.files.sheets import Cell, File, Sheet
from tests.files.verdicts import Expected


def _record(file: File, chance: random.Random) -> tuple[Sheet, int] | None:
    """A row that has figures, as wide as the file writes it, to be damaged."""
    if not file.is_text:
        return None
    sheet = file.sheets[0]
    rows = sorted({row for row, _ in sheet.places("figure")})
    if not rows:
        return None
    number = chance.choice(rows)
    if file.padded:
        sheet.rows[number] += [Cell() for _ in range(sheet.width() - len(sheet.rows[number]))]
    return sheet, number


def delimiter_more(file: File, chance: random.Random) -> Expected | None:
    """A cell more in one row, so that what is right of it may be moved."""
    found = _record(file, chance)
    if not found:
        return None
    sheet, number = found
    row = sheet.rows[number]
    row.insert(chance.randrange(len(row) + 1), Cell(raw=True))
    return Expected([file.figures], rows={number + 1})


def delimiter_more_in_header(file: File, chance: random.Random) -> Expected | None:
    """A cell more in the header."""
    if not file.is_text:
        return None
    sheet = file.sheets[0]
    row = sheet.rows[sheet.header]
    row.insert(chance.randrange(len(row) + 1), Cell(raw=True))
    return Expected([file.figures])


def delimiter_less(file: File, chance: random.Random) -> Expected | None:
    """Two cells of one row become one, what is right of them moves."""
    found = _record(file, chance)
    if not found:
        return None
    sheet, number = found
    row = sheet.rows[number]
    at = chance.randrange(len(row) - 1)
    gone = row.pop(at + 1)
    row[at] = Cell(row[at].text + gone.text, row[at].role, row[at].key, row[at].metric)
    # As it is written, so that the row is not made as wide as the others again.
    last = row[-1]
    if any(sign in last.text for sign in file.delimiter + '"\n'):
        last.text = '"' + last.text.replace('"', '""') + '"'
    last.raw = True
    return Expected([file.figures], rows={number + 1})


def quotation_mark_more(file: File, chance: random.Random) -> Expected | None:
    """A quotation mark without its partner, at the beginning of a cell or within it."""
    found = _record(file, chance)
    if not found:
        return None
    sheet, number = found
    cell = chance.choice([each for each in sheet.rows[number] if file.delimiter not in each.text])
    at = chance.choice((0, len(cell.text), chance.randrange(len(cell.text) + 1)))
    cell.text, cell.raw = f'{cell.text[:at]}"{cell.text[at:]}', True
    return Expected([file.figures])


def quotation_marks_swallow(file: File, chance: random.Random) -> Expected | None:
    """A quotation mark at the beginning of a cell, and another at the end of a cell some rows below."""
    if not file.is_text:
        return None
    sheet = file.sheets[0]
    rows = sorted({row for row, _ in sheet.places("figure")})
    if len(rows) < 2:
        return None
    first, last = sorted(chance.sample(rows, 2))
    opening = chance.choice([cell for cell in sheet.rows[first] if file.delimiter not in cell.text])
    closing = chance.choice([cell for cell in sheet.rows[last] if file.delimiter not in cell.text])
    opening.text, opening.raw = '"' + opening.text, True
    closing.text, closing.raw = closing.text + '"', True
    return Expected([file.figures], rows={first + 1})


def cell_split(file: File, chance: random.Random) -> Expected | None:
    """A figure cut in two by a delimiter."""
    found = _record(file, chance)
    if not found:
        return None
    sheet, number = found
    row = sheet.rows[number]
    long = [at for at, cell in enumerate(row) if cell.role == "figure" and len(cell.text) > 1]
    if not long:
        return None
    at = chance.choice(long)
    text = row[at].text
    cut = chance.randrange(1, len(text))
    row[at : at + 1] = [Cell(text[:cut], raw=True), Cell(text[cut:], raw=True)]
    return Expected([], rows={number + 1})


def thousands_unquoted(file: File, chance: random.Random) -> Expected | None:
    """A comma inside a figure, in a file that commas delimit."""
    found = _record(file, chance)
    if not found or file.delimiter != ",":
        return None
    sheet, number = found
    large = [cell for cell in sheet.rows[number] if cell.key and file.figures.get(cell.key, Decimal(0)) >= 1_000]
    if not large:
        return None
    for cell in large if chance.random() < 0.5 else large[:1]:
        assert cell.key
        cell.text, cell.raw = f"{file.figures[cell.key]:,f}", True
    return Expected([], rows={number + 1})


def thousands_unquoted_everywhere(file: File, chance: random.Random) -> Expected | None:
    """A comma inside every figure of a metric, so that all rows are wider than the header alike."""
    if not file.is_text or file.delimiter != "," or file.layout != "wide":
        return None
    sheet = file.sheets[0]
    metric = chance.choice(sorted({key[2] for key in file.figures}))
    cells = [sheet.at(place) for place in sheet.places("figure") if sheet.at(place).metric == metric]
    if any(file.figures[cell.key] < 1_000 for cell in cells if cell.key):
        return None
    for cell in cells:
        assert cell.key
        cell.text, cell.raw = f"{file.figures[cell.key]:,f}", True
    if chance.random() < 0.5:
        # And nothing in the last column, which takes what is moved there.
        last = [row[-1] for row in sheet.rows[sheet.first :] if row and row[-1].role == "figure"]
        if any(cell.metric == metric for cell in last):
            return None
        for cell in last:
            cell.text = ""
    return Expected([])


def row_cut_short(file: File, chance: random.Random) -> Expected | None:
    """Blank end cells that one row has not, as some programs write rows."""
    found = _record(file, chance)
    if not found or file.layout not in ("wide", "long"):
        return None
    sheet, number = found
    row = sheet.rows[number]
    while row and not row[-1].text:
        row.pop()
    row[-1].raw = not any(sign in row[-1].text for sign in file.delimiter + '"\n')
    return Expected([file.figures], must_read=True)


def blank_end_cells(file: File, chance: random.Random) -> Expected | None:
    """Blank cells behind every row, as spreadsheets write them."""
    if not file.is_text:
        return None
    sheet = file.sheets[0]
    width = sheet.width() + chance.randint(1, 3)
    for row in sheet.rows:
        row += [Cell() for _ in range(width - len(row))]
    return Expected([file.figures], must_read=True)


def another_delimiter(file: File, chance: random.Random) -> Expected | None:
    """A delimiter that no program for tables writes."""
    if not file.is_text:
        return None
    sign = chance.choice("|，、")
    for sheet in file.sheets:
        for row in sheet.rows:
            texts = [cell.text for cell in row]
            row[:] = [Cell(sign.join(texts), raw=True)]
    return Expected([file.figures])


TEXT = (
    *(delimiter_more, delimiter_more_in_header, delimiter_less, quotation_mark_more, quotation_marks_swallow),
    *(cell_split, thousands_unquoted, thousands_unquoted_everywhere, row_cut_short, blank_end_cells),
    another_delimiter,
)
