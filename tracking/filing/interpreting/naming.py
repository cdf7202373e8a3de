"""What the header of a column, or a metric's name in a row, stands for: a code, a unit, and what makes it another."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from tracking.filing.interpreting import qualifiers
from tracking.filing.interpreting.units import Units, bare
from tracking.policy.vocabulary import Metric
from tracking.words.spelling import folded

# A form's own word beside a metric's: 获投企业 is 获投企业数 to one office and 获投企业数量 to the next.
_ENDINGS = ("数", "数量", "总数", "情况")
# What is left of a shorter name says nothing: 项目 of 项目总数.
_SHORTEST = 4
_BRACKETED = re.compile(r"(.+)[(\[【〔]([^()\[\]【】〔〕]*)[)\]】〕]")
_BETWEEN = ":/,-_·、"
# A number or a mark before a name: 1. 获投企业, （一）获投企业, ①获投企业, ★获投企业. Not digits alone, which a lost
# delimiter would leave there of the figure before: 6获投企业.
_NUMBERED = re.compile(
    r"\s*(?:[(（\[【](?:[0-9]{1,2}|[一二三四五六七八九十]{1,3}|[A-Za-z])[)）\]】]"
    r"|(?:[0-9]{1,2}(?:\.[0-9]{1,2}){0,3}|[一二三四五六七八九十]{1,3}|[A-Za-z])[.．、)）:：]"
    r"|[①-⑳⑴-⒇⒈-⒛㈠-㈩★☆※▲△●◆■])(?=.)"
)
_LONGEST = 80


@dataclass(frozen=True, slots=True)
class Name:
    """What a text names.

    code: of a column, or of a metric. unit: the one it says behind the name. qualifier, year: what makes another figure
    of it, and the year that it says. bracket: what stands in brackets behind the name and is none of these.
    """

    code: str
    unit: str = ""
    qualifier: str = ""
    year: int | None = None
    bracket: str = ""


def aliases(metrics: Iterable[Metric], taken: Collection[str]) -> dict[str, str]:
    """The codes of metrics by names that forms make of theirs; none that is `taken`, or would be two metrics'."""
    codes: dict[str, set[str]] = {}
    for metric in metrics:
        for name in _forms(metric):
            codes.setdefault(folded(name), set()).add(metric.code)
    return {name: code for name, (code, *others) in codes.items() if not others and name not in taken}


def _forms(metric: Metric) -> Iterable[str]:
    zh, en = metric.name_zh, metric.name_en
    stems = [zh, *(zh.removesuffix(ending) for ending in _ENDINGS if zh.endswith(ending))]
    for stem in stems:
        if len(stem) < _SHORTEST:
            continue
        yield stem
        endings = _ENDINGS if metric.kind != "yes_no" else ("情况",)
        yield from (stem + ending for ending in endings)
        if metric.kind == "whole":
            # 创业导师人数, 知识产权培训次数.
            yield f"{stem}{metric.unit_zh}数"
    if metric.kind == "whole":
        yield f"number of {en}"
        yield f"{en} number"


class Names:
    """The names that are known, and how to take apart those that say more."""

    def __init__(
        self, known: Mapping[str, str], metrics: Mapping[str, Metric], units: Units, chosen: Mapping[str, str]
    ) -> None:
        """`chosen` gives the units that a person chose for names that say none."""
        self.known = known
        self._chosen = chosen
        self._metrics = metrics
        self._units = units
        self._read: dict[str, Name | None] = {}

    def read(self, text: str) -> Name | None:
        """What a header or the name of a metric stands for; None where no part of it is known."""
        # A form marks what must be filled in with an asterisk, and may end a name with a colon.
        name = folded(text).strip("*:")
        if name in self.known:
            return Name(self.known[name], self._chosen.get(name, ""))
        if len(name) > _LONGEST:
            return None
        if name not in self._read:
            self._read[name] = self._with_brackets(name) or self._with_unit(name) or self._qualified(name)
        return self._read[name] or self._numbered(text)

    def _numbered(self, text: str) -> Name | None:
        """The metric whose name a number or a mark stands before."""
        number = _NUMBERED.match(text)
        found = self.read(text[number.end() :]) if number else None
        return found if found is not None and found.code in self._metrics else None

    def is_metric(self, code: str) -> bool:
        """Whether a code is a metric's."""
        return code in self._metrics

    def _with_brackets(self, name: str) -> Name | None:
        found = _BRACKETED.fullmatch(name)
        if found is None:
            return None
        inner = self.read(found[1])
        return inner and self._more(inner, found[2])

    def _more(self, name: Name, text: str) -> Name:
        """The name, with what a text in brackets behind it adds."""
        share = name.code in self._metrics and self._metrics[name.code].kind == "share"
        if not text or share:
            return name
        if self._units.is_unit(text) or self._own(name.code, text):
            # 获投企业（家）（万元）: one of the two is none of its.
            other = text if name.unit and bare(text) != name.unit else ""
            return Name(name.code, name.unit or bare(text), name.qualifier, name.year, name.bracket or other)
        found = qualifiers.run(text)
        # A part of the figure: 获投企业（其中）.
        if found is not None and text.strip(":") != "其中":
            word, year = found
            return Name(name.code, name.unit, name.qualifier or word, name.year or year, name.bracket)
        return Name(name.code, name.unit, name.qualifier, name.year, name.bracket or text)

    def _own(self, code: str, unit: str) -> bool:
        return code in self._metrics and self._units.factor(unit, self._metrics[code]) is not None

    def _with_unit(self, name: str) -> Name | None:
        """A unit behind the name without brackets: 获得资本金额：万元, 获得资本金额万元."""
        for at in range(len(name) - 1, 0, -1):
            before, unit = name[:at], name[at:]
            code = self.known.get(before.rstrip(_BETWEEN), "")
            if code not in self._metrics or not self._units.is_unit(unit.strip(_BETWEEN)):
                continue
            if before[-1] in _BETWEEN or unit[0] in _BETWEEN or self._units.money(self._metrics[code]):
                return Name(code, bare(unit.strip(_BETWEEN)))
        return None

    def _qualified(self, name: str) -> Name | None:
        """A metric's name with words before or behind it: 上年获投企业, 获投企业计划数, 其中：专业化导师."""
        best: tuple[int, Name] | None = None
        for start in range(len(name)):
            before = qualifiers.run(name[:start])
            if before is None:
                continue
            for end in range(len(name), start + (best[0] if best else 0), -1):
                code = self.known.get(name[start:end])
                if code is None or code not in self._metrics and code != "value":
                    continue
                behind = qualifiers.run(name[end:])
                if behind is not None:
                    best = end - start, Name(code, "", before[0] or behind[0], before[1] or behind[1])
                    break
        return best[1] if best else None
