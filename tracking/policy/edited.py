"""An edition's files with a few of their cells changed, as somebody would change them in its folder."""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from tracking.policy.folder import EDITION_FILE

REQUIREMENTS, READINGS = "requirements.csv", "readings.csv"
# What can be changed of a requirement, and of the edition as a whole.
OF_REQUIREMENT = ("basis", "comparison", "threshold")
_KEY = ("track", "stage", "clause", "metric")


@dataclass(frozen=True)
class Edit:
    """What a column of a requirement is to say, or (without one) a key of the edition; as it is written there."""

    requirement: str
    column: str
    value: str


def edited(files: Mapping[str, bytes], edits: Iterable[Edit]) -> dict[str, bytes]:
    """The files with these edits; without any, the same bytes. Whether they fit is for the reading of them to tell.

    A basis that no longer sums counts no years, one that begins to counts the whole period; a pass mark that
    somebody set is no default; and another reading that is now the one in force is none any more.
    """
    made = dict(files)
    of_requirements = [edit for edit in edits if edit.requirement]
    if of_requirements:
        made[REQUIREMENTS] = _with_requirements(files[REQUIREMENTS], of_requirements)
    for edit in edits:
        if not edit.requirement:
            made[EDITION_FILE] = _with_key(made[EDITION_FILE], edit)
            made[READINGS] = _without(made[READINGS], {"requirement": "", edit.column: edit.value})
    for row in _rows(made[REQUIREMENTS]) if of_requirements else []:
        if any(edit.requirement == _code(row) for edit in of_requirements):
            made[READINGS] = _without(made[READINGS], {**row, "requirement": _code(row)})
    return made


def _with_requirements(content: bytes, edits: Sequence[Edit]) -> bytes:
    rows = _rows(content)
    for row in rows:
        for edit in edits:
            if edit.requirement == _code(row):
                row[edit.column] = edit.value
                if edit.column == "basis":
                    row["counted"] = (row["counted"] or "period") if edit.value == "cumulative" else ""
    return _written(rows)


def _with_key(content: bytes, edit: Edit) -> bytes:
    text = content.decode("utf-8-sig")
    value = f'"{edit.value}"' if edit.column == "due" else edit.value
    text = re.sub(rf"(?m)^{edit.column}[ \t]*=.*$", lambda _: f"{edit.column} = {value}", text)
    if edit.column == "pass_mark":
        text = re.sub(r"(?m)^pass_mark_is_default[ \t]*=.*$", "pass_mark_is_default = false", text)
    return text.encode()


def _without(content: bytes, in_force: Mapping[str, str]) -> bytes:
    """The other readings but for those of this requirement that say nothing else than what is in force."""
    rows = _rows(content)
    kept = [row for row in rows if row["requirement"] != in_force["requirement"] or _differs(row, in_force)]
    return content if len(kept) == len(rows) else _written(kept, list(rows[0]))


def _differs(reading: Mapping[str, str], in_force: Mapping[str, str]) -> bool:
    columns = ("metric", "basis", "comparison", "threshold", "counted", "pass_mark")
    pairs = [(reading[name], in_force.get(name, "")) for name in columns if reading[name]]
    return any(_figure(one) != _figure(other) for one, other in pairs)


def _figure(text: str) -> Decimal | str:
    try:
        return Decimal(text)
    except InvalidOperation:
        return text


def _code(row: Mapping[str, str]) -> str:
    return ".".join(row[name] for name in _KEY)


def _rows(content: bytes) -> list[dict[str, str]]:
    text = io.StringIO(content.decode("utf-8-sig"), newline="")
    return [{name: cell.strip() for name, cell in row.items()} for row in csv.DictReader(text)]


def _written(rows: Sequence[Mapping[str, str]], header: Sequence[str] = ()) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(header or rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()
