"""Which known name one that nobody knows may be a slip of; none where it says another thing: 未获投企业, 评价年度."""

import difflib
import re
from collections.abc import Collection, Mapping

from tracking.filing.interpreting import other_years

# A name that has one of these more than another is no slip of it, but its opposite, a part of it, or about it.
_TURNS = re.compile(
    "[非未不无没拟减退失间负毕外内增职潜储欠停]|名称|名单|姓名|金额|收入|投入|费用|津贴|意向|占|率|均|以上|以下|年初|期初|[两二三四五]年"
    "|not|non|without|never|indirect|unfunded|amount|list|nameof|names|parttime|part-time|fulltime|full-time|lost|left"
)


def nearest(name: str, known: Mapping[str, str]) -> str | None:
    """The known name most like another one, both folded; None where there is none, or it would be another thing."""
    close = difflib.get_close_matches(name, known, 1, 0.6)
    if not close or _says_another_thing(name, close[0]) or known[close[0]] == "year" and other_years.label(name):
        return None
    return close[0] if len(_containing(name, known)) < 2 else None


def _says_another_thing(name: str, other: str) -> bool:
    """Whether a word that turns the meaning stands in one name and not in the other."""
    return set(_TURNS.findall(name)) != set(_TURNS.findall(other))


def _containing(name: str, known: Mapping[str, str]) -> Collection[str]:
    """The codes of the names of which a name is a part: 导师 is one of three."""
    return {code for each, code in known.items() if name in each and not code.endswith(("_evidence", "_note"))}
