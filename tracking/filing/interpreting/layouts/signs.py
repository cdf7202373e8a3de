"""What a text on a sheet can be by itself: a metric's name, a year, a space, a unit, a figure, or mere words."""

import re
from dataclasses import dataclass, replace
from typing import Literal

from tracking.filing.enrolled import Register
from tracking.filing.interpreting import cells, furniture, qualifiers
from tracking.filing.interpreting.headers import Words
from tracking.filing.spreadsheets.grids import FORMULA_WITHOUT_RESULT
from tracking.words import spelling

Kind = Literal[
    "blank", "key", "metric", "year", "actual", "plan", "space", "unit", "passed_over", "total", "figure", "words"
]
# Names that the columns of a form have besides those of the headers of tables, and of its furniture.
_METRIC_HEADS = frozenset({"项目", "填报项目", "指标内容", "指标及单位", "item", "items"})
_PASSED_OVER = frozenset(
    {"代码", "指标代码", "编码", "指标编码", "行次", "栏次", "类别", "分类", "指标类别", "code", "line"}
)
_ACTUAL = frozenset(
    {
        *(
            "数值",
            "数据",
            "实际",
            "实际数",
            "实际值",
            "完成数",
            "完成值",
            "完成情况",
            "实际完成",
            "填报值",
            "填报数",
            "填报数据",
        ),
        *("填报内容", "填写内容", "指标值", "本单位", "值", "内容", "value", "figure", "actual", "data"),
    }
)
# What says of a figure that it is no figure of the year.
_PLAN = re.compile(
    r"计划|目标|预计|预期|预算|预测|规划|累计|同比|环比|增长|增幅|增减|变化|比率|比例|%|plan|target|growth|forecast"
)
# A part of the year: 12月, 1-6月.
_MONTHS = re.compile(r"(?:(?:19|20)[0-9]{2}年?)?[0-9]{1,2}(?:[-~–—至到][0-9]{1,2})?月(?:份|末|底)?(?:数|值)?")
_OF_THE_YEAR = r"(?:末|底)?(?:的)?(?:实际|完成|填报)?(?:数值|数据|数|值|情况|actual)?"
_YEAR = re.compile(r"((?:19|20|21)[0-9]{2})(?:\.0+)?(?:年|年度)?" + _OF_THE_YEAR)
_RELATIVE = (
    (
        0,
        re.compile(
            r"(?:本年|本年度|当年|当年度|今年|本期|报告期|填报年度|数据年度|thisyear|currentyear)" + _OF_THE_YEAR
        ),
    ),
    (
        -1,
        re.compile(r"(?:上年|上年度|去年|上期|上一年|上一年度|上年同期|去年同期|lastyear|previousyear)" + _OF_THE_YEAR),
    ),
    (-2, re.compile(r"(?:前年|前年度)" + _OF_THE_YEAR)),
)
_IN_NUMERALS = re.compile(r"[〇○零一二三四五六七八九]{4}(?=年)")
_NUMERALS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_FIGURE = re.compile(r"[约近≥≤<>~+\-−]{0,2}[0-9][0-9,.]{0,30}+(?:e[+-]?[0-9]{1,4})?(?!年)\S{0,8}|#\S{1,8}")
# No name, year or unit is longer.
_LONGEST = 80


@dataclass(frozen=True, slots=True)
class Sign:
    """What a text can be. `code` is that of a key or a metric, or the ID of a space.

    year: the year that it says; ago: instead, how many years from that of the filing (0 for 本年, -1 for 上年).
    figure: whether it could as well be a figure.
    """

    kind: Kind
    code: str = ""
    year: int | None = None
    ago: int | None = None
    figure: bool = False


_BLANK, _WORDS = Sign("blank"), Sign("words")


class Signs:
    """The signs of texts, each distinct one looked at once."""

    def __init__(self, words: Words, register: Register) -> None:
        self.words = words
        self._register = register
        self._ids = {space_id.casefold(): space_id for space_id in register.names}
        self._names: dict[str, str | None] | None = None
        self._seen: dict[str, Sign] = {}

    def of(self, text: str) -> Sign:
        """What a text can be."""
        sign = self._seen.get(text)
        if sign is None:
            sign = self._seen[text] = self._of(text)
        return sign

    def glued(self, text: str) -> bool:
        """Whether a text is a metric's name with a figure right behind it, as where a delimiter was lost."""
        name = spelling.tidy(text)[:_LONGEST].rstrip("0123456789.,")
        return name != spelling.tidy(text)[:_LONGEST] and self.of(name).kind == "metric"

    def space_of_id(self, text: str) -> str | None:
        """The ID of the register that a text is, whatever its case."""
        return self._ids.get(spelling.tidy(text).casefold())

    def space(self, text: str) -> str | None:
        """The ID of the space that a text names by its ID, or by a name that one space alone has."""
        written = spelling.tidy(text)
        if (space_id := self.space_of_id(text)) is not None:
            return space_id
        if not written:
            return None
        if self._names is None:
            self._names = {}
            for space_id, name in self._register.names.items():
                self._names[spelling.folded(name)] = None if spelling.folded(name) in self._names else space_id
        return self._names.get(spelling.folded(written))

    def _of(self, text: str) -> Sign:
        written = spelling.tidy(text)
        if not written:
            return _BLANK
        if len(written) > _LONGEST:
            return _WORDS
        if text == FORMULA_WITHOUT_RESULT or written.startswith("="):
            return Sign("figure", figure=True)
        name = spelling.folded(written).strip("*:")
        could_be = _could_be_figure(written)
        # ①获投企业 is 1获投企业 once its width is made plain.
        return self._named(text, name) or self._timed(name) or self._other(written, name, could_be)

    def _named(self, written: str, name: str) -> Sign | None:
        if name in _METRIC_HEADS:
            return Sign("key", "metric")
        found = self.words.names.read(written)
        if found is None:
            return None
        if found.code in self.words.metrics:
            return Sign("metric", found.code)
        if found.code != "value":
            return Sign("key", found.code)
        return None if found.qualifier or found.year or found.bracket else Sign("actual", "value")

    def _timed(self, name: str) -> Sign | None:
        """A year, or this and last year; several parts, 本年（2024年）, must each be one."""
        parts = [part for part in re.split(r"[()\[\]【】〔〕]", name) if part]
        # 2024年（万元）: the unit is another's to read.
        parts = [part for number, part in enumerate(parts) if not number or not self.words.units.declared(f"({part})")]
        signs = [_year(part) for part in parts]
        if not parts or not all(signs):
            return None
        sign = Sign("actual")
        for each in signs:
            assert each is not None
            if each.kind == "plan":
                return each
            if each.kind == "year":
                year = each.year if each.year is not None else sign.year
                ago = each.ago if each.ago is not None else sign.ago
                sign = Sign("year", year=year, ago=ago)
        return replace(sign, figure=name.isdigit())

    def _other(self, written: str, name: str, could_be: bool) -> Sign:
        if (space_id := self.space(written)) is not None:
            return Sign("space", space_id, figure=could_be)
        if furniture.total(name):
            return Sign("total")
        if self.words.units.is_unit(name):
            return Sign("unit")
        if name in _PASSED_OVER or furniture.column(written):
            return Sign("passed_over")
        if could_be:
            return Sign("figure", figure=True)
        found = qualifiers.run(name)
        # 其中 is a part of what the column before has.
        if found is None or "其中" in name:
            return _WORDS
        return Sign("plan") if found[0] else _year(str(found[1] or "数值")) or _WORDS


def years_in(text: str) -> list[int]:
    """The years that a title names as such: 2024年度…, 二〇二四年…, but no day and no span of years."""
    written = _IN_NUMERALS.sub(lambda each: each[0].translate(_NUMERALS), spelling.tidy(text)[:500])
    return [int(each) for each in _IN_TITLE.findall(written)]


_IN_TITLE = re.compile(
    r"(?<![0-9\-—–~至到/.])((?:19|20|21)[0-9]{2})\s?年(?:度)?(?!\s?[0-9]{1,2}\s?月)(?!\s?[\-—–~至到]\s?[0-9])"
)


def _year(part: str) -> Sign | None:
    if _PLAN.search(part) or _MONTHS.fullmatch(part):
        return Sign("plan")
    if found := _YEAR.fullmatch(_IN_NUMERALS.sub(lambda each: each[0].translate(_NUMERALS), part)):
        return Sign("year", year=int(found[1]))
    for ago, pattern in _RELATIVE:
        if pattern.fullmatch(part):
            return Sign("year", ago=ago)
    return Sign("actual") if part in _ACTUAL else None


def _could_be_figure(written: str) -> bool:
    folded = written.casefold()
    return folded in cells.BLANK or folded in cells.YES or folded in cells.NO or _FIGURE.fullmatch(folded) is not None
