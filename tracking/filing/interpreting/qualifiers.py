"""Words that make of a metric's name another figure: the plan, last year's, the sum so far, a rate."""

import re

from tracking.filing.interpreting import hinted, periods
from tracking.words.spelling import folded

_ZH = """
    计划 规划 预计 预期 预测 预算 预估 估计 估算 目标 任务 拟定 应达 应完成 需达
    上年 上一年 去年 前年 往年 历年 上期 前期 同期 基期 下年 明年 次年 来年 下一年
    累计 累积 平均 人均 均值 同比 环比 增长率 增长 增幅 增速 增减 增量 变化率 变化 比上年 较上年
    占比 比例 比重 比率 百分比 完成率 达成率 完成进度 完成比例 达标率 差额 差距 缺口 结余 余额 排名 得分 基准
    暂估 上半年 下半年 前两季度 前三季度 季度 月度 一季度 二季度 三季度 四季度 全市 全区 全国 行业
"""
_EN = """
    planned plan projected projection forecast budgeted budget targeted target goal expected estimated estimate
    lastyear's lastyear previousyear prioryear priorperiod preceding nextyear cumulative accumulated yeartodate todate
    ytd average mean growthrate growth increase decrease change yoy qoq percentage percent rate share ratio quarter
    q1 q2 q3 q4 h1 h2
"""
# They are what is filed, and add nothing.
_ACTUAL = """
    实际完成 本年实际 当年实际 实际 本年度 本年 当年 本期 完成 年末 期末 必填 选填 actual currentyear thisyear
"""
_FILLING = "数量 数值 数据 数字 情况 年度 其中 数 值 的 the of in for value values figure number"
_SIGNS = r"[\s:：,，、/\-–—_~()\[\]【】〔〕*·.]"


def _among(words: str) -> str:
    return "|".join(map(re.escape, sorted(words.split(), key=len, reverse=True)))


_WORD = re.compile(f"{_among(_ZH + _EN)}|[%‰]")
_YEAR = re.compile(r"((?:19|20)[0-9]{2})(?:年度|年)?")
_PART = re.compile(f"(?P<word>{_WORD.pattern})|(?P<year>{_YEAR.pattern})|{_among(_ACTUAL + _FILLING)}|{_SIGNS}")
# A sentence that says of all figures what they are: 注：以上均为计划数.
_ALL_ARE = re.compile(
    rf"(?<![不非勿要得])(?:[为是系]|按|填[的报列写]?)[^,。;:]{{0,6}}?(?P<word>{_WORD.pattern})(?:{_WORD.pattern}|完成[数值]|[数值]|口径|数据)*(?=$|[,。;)）])"
    r"|(?<!不)含有?(?:部分)?(?P<part>预[计测期估]|计划|估[计算]|拟定)"
)
# That it was done says nothing else of a figure.
_DONE = re.compile("完成(?:年度|全年)?(?:目标|计划|任务)")
# 数据为2023年: of that year.
_OF_A_YEAR = re.compile(r"[为是系按]((?:19|20)[0-9]{2})年?度?的?(?:数据?|数字|口径|情况|指标)?(?=$|[,。;)])")
# How a figure compares is a remark about it: 同比增长.
_ABOUT_IT = (
    "同比",
    "环比",
    "增",
    "比上年",
    "较上年",
    "变化",
    "排名",
    "得分",
    "差",
    "缺口",
    "increase",
    "decrease",
    "growth",
)
# A title that is of a part of the year, or of a plan, whatever else it says: 2023年上半年众创空间填报表. What is called
# 培育目标 or 培育计划 is the programme's own name.
_TITLE = re.compile(
    r"(?<![每按各])(?P<word>[上下]半年|半年报|季度|季报|月报|[0-9]{1,2}[-–—~至到](?!12月)[0-9]{1,2}月"
    r"|(?:(?<!培育)计划|预[计算测期]|累计)(?=[数值完成情况统计汇总填报]{0,6}表)"
    r"|(?:目标任务|任务分解|(?:年度|考核|工作|责任)目标|目标值|(?:工作|年度)计划)(?!.{0,20}(?:完成|达成|执行|进展|实现|实绩)))"
)
# 二、2024年计划 heads a part of a sheet.
_NUMBER = re.compile(
    r"(?:附?表)?[(\[【]?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})[)\]】]?[、.:)]|(?:附?表)?[(\[【][一二三四五六七八九十0-9]{1,3}[)\]】]"
)
# Nobody writes a longer name, or says it behind so many signs.
_LONGEST = 80


def run(name: str) -> tuple[str, int | None] | None:
    """What a piece of a name makes of the rest: the word that does, empty where none, and the year that it says. The
    figure of several years is none of the last: they are such a word.

    None where there is anything else in it. The name is as `spelling.folded` has it.
    """
    found = _parts(name)
    if found is None:
        return None
    word, years = found
    several = f"{min(years)}–{max(years)}" if len(set(years)) > 1 else ""
    return word or several, years[-1] if years else None


def _parts(name: str) -> tuple[str, list[int]] | None:
    """The first such word of a piece of a name, and the years in it; None where there is anything else."""
    word, years, at = "", list[int](), 0
    while at < len(name):
        part = _PART.match(name, at)
        if part is None:
            return None
        word = word or part["word"] or ""
        years += [int(part["year"][:4])] if part["year"] else []
        at = part.end()
    return word, years


def alone(text: str) -> str:
    """The word that a text is, with nothing else about it but a year or a number: 计划, 二、2024年目标值. Empty where
    it is none."""
    name = folded(text[:_LONGEST])
    if len(text) > _LONGEST:
        return ""
    numbered = _NUMBER.match(name)
    found = _parts(name) or (_parts(name[numbered.end() :]) if numbered else None)
    return found[0] if found else ""


def of_a_figure_in(text: str, year: int) -> str:
    """The word by which a remark beside a figure of a year, 0 where that is unknown, says that it is none of it: 上年,
    计划数, 含预计, another year's number. Empty where there is none, as in a word about how it grew."""
    name = folded(text)
    if _DONE.fullmatch(name):
        return ""
    if word := alone(name.removeprefix("其中").removeprefix("包").removeprefix("含")):
        return "" if word.startswith(_ABOUT_IT) else word
    if len(name) > _LONGEST:
        return ""
    # How much it is of another figure, 为上年的120%, is a remark about it.
    if (found := _ALL_ARE.search(name)) and found["word"] not in ("%", "‰"):
        return str(found["word"] or found["part"])
    named = _OF_A_YEAR.search(name)
    several, of_year = ("", int(named[1])) if named else (run(name) or ("", None))
    if several or (several := hinted.alone_of_several_years(name)):
        return several
    return str(of_year) if year and of_year not in (None, year) else periods.alone(text)


def of_all(text: str, *, heading: bool = False) -> tuple[str, int | None]:
    """The word by which a sentence says what all figures are, 注：以上均为计划数, and the year of which alone it says
    so, where it names one: 数据截至2024年6月. Empty where there is none."""
    found = _ALL_ARE.search(folded(text[: 10 * _LONGEST]))
    return (found["word"] or found["part"], None) if found else periods.part(text, heading=heading)


def of_heading(text: str) -> tuple[str, int | None]:
    """What a title or a sheet's name says in the same way: 2024年计划表, 2024年1月至9月."""
    word = alone(text.strip().rstrip("表单")) or of_title(text)
    return (word, None) if word else of_all(text, heading=True)


def of_title(text: str) -> str:
    """The word by which a title says that its figures are none of the whole year. Empty where there is none."""
    found = _TITLE.search(folded(text)) if len(text) <= _LONGEST else None
    return found["word"] if found else ""


def possible(name: str) -> bool:
    """Whether a name has any such word in it."""
    return len(name) <= _LONGEST and bool(_WORD.search(name) or _YEAR.search(name))
