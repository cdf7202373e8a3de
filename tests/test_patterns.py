"""A cell of 32,000 signs costs no more than its length: every regular expression of the code is held to it.

The texts are made of each pattern's own signs: what it takes before a repetition, then that repetition thousands of
times over, then something that does not fit, so that a pattern which can go back tries all the ways there are.
"""

import ast
import re
import time
from collections.abc import Iterator, Sequence
from itertools import product
from pathlib import Path

import pytest

PROJECT = Path(__file__).parent.parent
FILES = [PROJECT / "app.py", *(PROJECT / "tracking").rglob("*.py"), *(PROJECT / "pages").rglob("*.py")]
# Patterns for texts of our own, which nobody hands in.
OURS = {"tracking/database/schema.py"}
FUNCTIONS = {"compile", "match", "fullmatch", "search", "sub", "subn", "split", "findall", "finditer"}
# A pattern that goes back takes some hundred times as long over so many signs.
FEW, MORE, SOME, MANY = 1_000, 4_000, 8_000, 32_000
QUICK = 0.0002
# Signs four times as many: 4 for a linear pattern, 16 for a quadratic one.
RATIO = 10
# From few signs to four times as many: what would exceed that ratio later, which weighs less over so few, does here.
RATIO_OF_FEW = 5
# What is over sooner than this is measured too badly for a ratio; a pattern that goes back takes seconds.
AT_ONCE = 0.05
TAILS = ("\x00", " x", "")
CATEGORIES = {"CATEGORY_DIGIT": "1", "CATEGORY_SPACE": " ", "CATEGORY_WORD": "a"}


def patterns() -> Iterator[tuple[str, str | bytes, int, bool]]:
    """Every pattern that the code writes down: where, the pattern, its flags, whether a text is searched for it."""
    for file in sorted(file for file in FILES if str(file.relative_to(PROJECT)) not in OURS):
        text = file.read_text(encoding="utf-8")
        if "re." not in text or not re.search(r"^import re$", text, re.MULTILINE):
            # Every process that runs tests lists the patterns, and a tree takes its time.
            continue
        tree = ast.parse(text)
        constants = {
            node.targets[0].id: node.value
            for node in tree.body
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
        }
        names = {value: name for name, value in constants.items()}
        for call in ast.walk(tree):
            if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.args):
                continue
            if not (isinstance(call.func.value, ast.Name) and call.func.value.id == "re"):
                continue
            written = call.args[0]
            written = constants.get(written.id, written) if isinstance(written, ast.Name) else written
            if call.func.attr in FUNCTIONS and (pattern := _written(written)):
                flags = sum(getattr(re, name) for name in re.findall(r"re\.([A-Z]+)\b", ast.unparse(call)))
                used = set(re.findall(rf"{names.get(call, 're')}\.(\w+)\(", text)) - {"compile"}
                searched = not used <= {"match", "fullmatch"}
                yield f"{file.relative_to(PROJECT)}:{call.lineno}", pattern, flags, searched


def _written(node: ast.expr) -> str | bytes | None:
    match node:
        case ast.Constant(value=str() | bytes() as text):
            return text
        case ast.JoinedStr(values=parts):
            return "".join(part.value if isinstance(part, ast.Constant) else "x" for part in parts)
    return None


def _signs(tokens: Sequence[tuple[object, object]]) -> Iterator[str]:
    """Signs that a parsed pattern names, one for each class of them."""
    for kind, inside in tokens:
        match str(kind), inside:
            case (("LITERAL" | "NOT_LITERAL"), int()):
                yield chr(inside)
            case "RANGE", (first, _):
                yield chr(first)
            case "CATEGORY", category:
                yield CATEGORIES.get(str(category), "-")
            case _:
                yield from (sign for part in _parts(inside) for sign in _signs(part))


def _parts(inside: object) -> Iterator[Sequence[tuple[object, object]]]:
    """The sequences of tokens inside one."""
    if isinstance(inside, re._parser.SubPattern):
        yield list(inside)
    elif isinstance(inside, list) and inside and isinstance(inside[0], tuple):
        yield inside
    elif isinstance(inside, (tuple, list)):
        for each in inside:
            yield from _parts(each)


def _before(tokens: Sequence[tuple[object, object]], so_far: str = "") -> Iterator[str]:
    """What leads to each repetition, and ends within one."""
    for kind, inside in tokens:
        if "REPEAT" in str(kind):
            least, _, repeated = inside
            yield so_far
            yield from _before(list(repeated), so_far)
            so_far += _least(list(repeated)) * least
        else:
            for part in _parts(inside):
                yield from _before(part, so_far)
            so_far += _least([(kind, inside)])
    yield so_far


def _least(tokens: Sequence[tuple[object, object]]) -> str:
    """The shortest text that the tokens take, more or less."""
    text = ""
    for kind, inside in tokens:
        match str(kind):
            case "BRANCH":
                text += _least(list(inside[1][0]))
            case "SUBPATTERN":
                text += _least(list(inside[3]))
            case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
                text += _least(list(inside[2])) * inside[0]
            case "ASSERT" | "ASSERT_NOT" | "AT":
                pass
            case "IN" if str(inside[0][0]) == "NEGATE":
                text += "x"
            case _:
                text += next(_signs([(kind, inside)]), "x")
    return text


def _hostile(pattern: str | bytes, flags: int) -> Iterator[tuple[str, str, str]]:
    tokens = list(re._parser.parse(pattern, flags))
    signs = sorted({*_signs(tokens), "1", "a", " "})
    pumps = {*signs, *(_least([token]) or "a" for token in tokens), *map("".join, product(signs[:12], repeat=2))}
    leads = {"", *_before(tokens)}
    pumps |= leads - {""}
    for lead in leads:
        for pump, tail in product(sorted(pumps), TAILS):
            yield lead, pump, tail


def _seconds(compiled: re.Pattern, searched: bool, attack: tuple[str, str, str], length: int) -> float:
    lead, pump, tail = attack
    text = lead + pump * (length // len(pump)) + tail
    subject = text.encode("utf-8", "replace") if isinstance(compiled.pattern, bytes) else text
    # Of this thread alone: whoever else works on the machine makes no pattern slow.
    started = time.thread_time()
    if searched:
        compiled.search(subject)
    else:
        compiled.fullmatch(subject)
    return time.thread_time() - started


@pytest.mark.parametrize(
    ("pattern", "flags", "searched"), [pytest.param(*each, id=where) for where, *each in patterns()]
)
def test_a_pattern_takes_time_as_its_text_is_long(pattern: str | bytes, flags: int, searched: bool) -> None:
    compiled = re.compile(pattern, flags)
    slow = []
    for attack in _hostile(pattern, flags):
        # What is over at once is over, whatever its ratio: once is enough to see that.
        if _seconds(compiled, searched, attack, FEW) < QUICK:
            continue
        few = min(_seconds(compiled, searched, attack, FEW) for _ in range(3))
        if _seconds(compiled, searched, attack, MORE) <= RATIO_OF_FEW * few:
            continue
        if _seconds(compiled, searched, attack, MANY) <= AT_ONCE:
            continue
        some, many = (min(_seconds(compiled, searched, attack, length) for _ in range(3)) for length in (SOME, MANY))
        if many > max(RATIO * some, AT_ONCE):
            slow.append((*attack, some, many))
            break
    assert slow == []


@pytest.mark.parametrize(
    ("pattern", "searched"),
    [(r"\d[\d,.]*-\d[\d,.]*\S*", False), (r"\s*[\r\n]\s*", True), (r"<row\b([^>]*)>", True)],
)
def test_a_pattern_that_goes_back_is_found(pattern: str, searched: bool) -> None:
    compiled = re.compile(pattern)
    assert any(_seconds(compiled, searched, attack, FEW) > QUICK for attack in _hostile(pattern, 0))
