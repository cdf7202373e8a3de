"""What happens to a cell: a figure that is none, a year that is another, a figure in another guise."""

import random

from tests.files.clean import BY_CODE, MONEY, PLATFORM
from tests.files.layouts import without
from tests.files.sheets import File, Place, Sheet
from tests.files.verdicts import Expected
from tracking.filing.spreadsheets.grids import letter

# No figure of a count, by the name of what is wrong.
NO_COUNT = {
    "percent": ("70%", "７０％"),
    "about": ("约20", "≥10", "10+", "20多家", "20余"),
    "range": ("20-30", "20～30", "20至30"),
    "date": ("2023-03-01", "2023年3月1日", "3月1日", "1月20"),
    "negative": ("-5", "－5", "(5)", "（5）"),
    "not_whole": ("12.5", "1.5万"),
    "words": ("很多", "NaN", "inf", "12和13", "12/13", "12 13", "1，2", "12、13", "十二", "见附件"),
    "too_large": ("1e15", "999999999999999999"),
    "formula": ("=SUM(A1:A9)",),
    "error_value": ("#REF!", "#DIV/0!"),
    "footnote": ("12①", "12²", "12[1]", "12*"),
}
# Other guises of a figure, by how each is written.
GUISES = ("full_width", "with_unit", "scientific", "point_zero", "blanks_around")


def _count(file: File, chance: random.Random) -> tuple[Sheet, Place] | None:
    counts = [
        (sheet, place)
        for sheet, place in file.each("figure")
        if sheet.at(place).metric not in (MONEY.code, PLATFORM.code)
    ]
    return chance.choice(counts) if counts else None


def no_figure(file: File, chance: random.Random) -> Expected | None:
    """A figure's cell that says no figure."""
    found = _count(file, chance)
    if not found:
        return None
    sheet, place = found
    sheet.at(place).text = chance.choice(NO_COUNT[chance.choice(list(NO_COUNT))])
    return Expected([], rows={place[0] + 1}, letters={letter(place[1])})


def none(file: File, chance: random.Random) -> Expected | None:
    """无 for a count: unreported, and told."""
    found = _count(file, chance)
    if not found:
        return None
    sheet, place = found
    sheet.at(place).text = "无"
    return Expected([without(file.figures, [sheet.at(place).key])], must_read=True, warned=True)


def guise(file: File, chance: random.Random) -> Expected | None:
    """A figure written in another way that says the same."""
    found = _count(file, chance)
    if not found:
        return None
    sheet, place = found
    cell = sheet.at(place)
    assert cell.key
    value = file.figures[cell.key]
    cell.text = {
        "full_width": f"{value:f}".translate({ord(str(digit)): chr(0xFF10 + digit) for digit in range(10)}),
        "with_unit": f"{value:f}{BY_CODE[cell.metric].unit}",
        "scientific": f"{value:.3E}",
        "point_zero": f"{value:f}.0",
        "blanks_around": f" {value:f} ",
    }[chance.choice(GUISES)]
    return Expected([file.figures], must_read=True)


def break_beside(file: File, chance: random.Random) -> Expected | None:
    """A line break before or behind a figure."""
    found = _count(file, chance)
    if not found or file.container == "html":
        return None
    sheet, place = found
    cell = sheet.at(place)
    cell.text = chance.choice((f"\n{cell.text}", f"{cell.text}\n"))
    return Expected([file.figures])


def break_within(file: File, chance: random.Random) -> Expected | None:
    """Two figures in one cell, a line each."""
    found = _count(file, chance)
    if not found or file.container == "html":
        return None
    sheet, place = found
    sheet.at(place).text += f"\n{chance.randrange(10, 99)}"
    return Expected([], rows={place[0] + 1}, letters={letter(place[1])})


def year_wrong(file: File, chance: random.Random) -> Expected | None:
    """A year that no enrolment covers, that is still to come, or that is none."""
    places = [(sheet, place) for sheet, place in file.each("year")]
    if not places:
        return None
    sheet, place = chance.choice(places)
    sheet.at(place).text = chance.choice(("2019", "2031", "24", "二〇二三", "2023-24", "2023.5", "20233"))
    return Expected([], rows={place[0] + 1})


def years_swapped(file: File, chance: random.Random) -> Expected | None:
    """The years of two rows of one space in each other's place: the figures are of the years that the file now says."""
    if file.layout != "wide":
        return None
    sheet = file.sheets[0]
    years = sheet.places("year")
    spaces = {row: sheet.at((row, column)).text for row, column in sheet.places("space")}
    pairs = [
        (one, other) for one in years for other in years if one[0] < other[0] and spaces[one[0]] == spaces[other[0]]
    ]
    if not pairs:
        return None
    one, other = (sheet.at(place) for place in chance.choice(pairs))
    space = spaces[next(place[0] for place in years if sheet.at(place) is one)]
    assert one.key
    assert other.key
    swapped = {one.key[1]: other.key[1], other.key[1]: one.key[1]}
    one.text, other.text = other.text, one.text
    said = {
        (at, swapped.get(year, year) if at == space else year, metric): value
        for (at, year, metric), value in file.figures.items()
    }
    return Expected([said])


CELLS = (no_figure, none, guise, break_beside, break_within, year_wrong, years_swapped)
