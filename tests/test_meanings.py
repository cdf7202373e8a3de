"""What a status means is said in SQL alone: Python draws and words the codes one by one, and lists no set of them."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tracking.results.tables import dictionary

ROOT = Path(__file__).parent.parent
MODULES = [path for folder in ("tracking", "pages") for path in sorted((ROOT / folder).rglob("*.py"))]
CODES = {
    code for column in ("status", "result", "exit_warning", "verdict", "state") for code in dictionary.codes(column)
}
# Words that Python says of other things as well.
AMBIGUOUS = {"none", "filed", "failed", "unknown", "exit"}
TYPES = {kind for columns in dictionary.TABLES.values() for kind in columns.values()}
# Here each code is drawn or worded by itself: its look, its sentence, its example.
DRAWN_OR_WORDED = {"looks.py", "methods.py"}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_module_lists_what_a_status_means(path: Path) -> None:
    if path.name in DRAWN_OR_WORDED or "charts" in path.parts:
        return
    assert len(_named(path.read_text(encoding="utf-8")) - AMBIGUOUS) < 2


@pytest.mark.parametrize(
    ("source", "codes"),
    [
        ('STATUSES = ("short", "unfiled")', {"short", "unfiled"}),
        ('RANKS = {"short": 1, "met": 2}', {"short", "met"}),
        ("QUERY = f\"SELECT 1 FROM {table} WHERE status IN ('met', 'upcoming')\"", {"met", "upcoming"}),
        ('rows[rows["status"].isin(["met", "short"])]', {"met", "short"}),
        ('COLUMNS = {**OTHERS, "short": "int64", "met": "int64"}', set()),
        ('frame[["short", "met"]]', set()),
    ],
)
def test_a_list_of_codes_is_found_and_names_of_columns_are_none(source: str, codes: set[str]) -> None:
    assert _named(source) == codes


def _named(source: str) -> set[str]:
    """The codes that texts of a module are, or that its queries quote."""
    return CODES & {code for text in _texts(ast.parse(source)) for code in (text, *re.findall(r"'(\w+)'", text))}


def _texts(node: ast.AST) -> Iterator[str]:
    """The texts of a module but for names of columns: keys of types, and what a frame is asked for."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.Dict(keys=keys, values=values):
            for key, value in zip(keys, values, strict=True):
                if key is not None and not (isinstance(value, ast.Constant) and value.value in TYPES):
                    yield from _texts(key)
                yield from _texts(value)
        case ast.Subscript(value=frame, slice=ast.List() | ast.Constant()):
            yield from _texts(frame)
        case _:
            yield from (text for child in ast.iter_child_nodes(node) for text in _texts(child))
