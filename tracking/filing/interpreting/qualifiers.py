"""Words that make of a metric's name another figure: the plan, last year's, the sum so far, a rate."""

import re

from tracking.words.spelling import folded

_ZH = """
    计划 规划 预计 预期 预测 预算 预估 估计 估算 目标 任务 拟定 应达 应完成 需达
    上年 上一年 去年 前年 往年 历年 上期 前期 同期 基期 下年 明年 次年 来年 下一年
    累计 累积 平均 人均 均值 同比 环比 增长率 增长 增幅 增速 增减 增量 变化率 变化 比上年 较上年
    占比 比例 比重 比率 百分比 完成率 达成率 完成进度 完成比例 达标率 差额 差距 缺口 结余 余额 排名 得分 基准
    上半年 下半年 季度 月度 一季度 二季度 三季度 四季度 全市 全区 全国 行业
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
_ALL_ARE = re.compile(rf"(?:[为是系]|按)[^,。;:]{{0,6}}?(?P<word>{_WORD.pattern})(?:[数值]|口径|数据)?(?=$|[,。;)）])")
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
    r"|(?:(?<!培育)计划|预[计算测期]|累计)(?=[数值完成情况统计汇总填报]{0,6}表))"
)
# Nobody writes a longer name, or says it behind so many signs.
_LONGEST = 80


def run(name: str) -> tuple[str, int | None] | None:
    """What a piece of a name makes of the rest: the word that does, empty where none, and the year that it says.

    None where there is anything else in it. The name is as `spelling.folded` has it.
    """
    word, year, at = "", None, 0
    while at < len(name):
        part = _PART.match(name, at)
        if part is None:
            return None
        word = word or part["word"] or ""
        year = year if part["year"] is None else int(part["year"][:4])
        at = part.end()
    return word, year


def alone(text: str) -> str:
    """The word that a text is, with nothing else about it but a year: 计划, 2024年目标值. Empty where it is none."""
    name = folded(text[:_LONGEST])
    found = run(name) if len(text) <= _LONGEST else None
    return found[0] if found else ""


def of_a_figure(text: str) -> str:
    """The word by which a remark beside a figure says that it is none of the year: 计划数, 上年. Empty where there is
    none, as in a word about how it grew."""
    word = alone(text)
    return "" if word.startswith(_ABOUT_IT) else word


def of_all(text: str) -> str:
    """The word by which a sentence says what all figures are: 注：以上均为计划数. Empty where there is none."""
    found = _ALL_ARE.search(folded(text[: 10 * _LONGEST]))
    return found["word"] if found else ""


def of_title(text: str) -> str:
    """The word by which a title says that its figures are none of the whole year. Empty where there is none."""
    found = _TITLE.search(folded(text)) if len(text) <= _LONGEST else None
    return found["word"] if found else ""


def possible(name: str) -> bool:
    """Whether a name has any such word in it."""
    return len(name) <= _LONGEST and bool(_WORD.search(name) or _YEAR.search(name))
