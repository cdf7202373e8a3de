"""What a title, or the name of a sheet or of the file, lets one fear of the figures without saying it of them: that
they are a plan's (2025年预计数据), or sums over several years (2022-2024年度)."""

import re

from tracking.words.spelling import folded, one_width

# Nobody writes a longer title; of a longer name the beginning will do.
_LONGEST = 200
_DONE = "(?!.{0,20}(?:完成|达成|执行|进展|实现|实绩|跟踪))"
_NOUN = "(?:计划(?!单列)|目标|预算(?!单位|管理))"
# What is called 培育计划, 行动计划 or 培育目标 is the programme's own name: a plan's figures stand by a year, or alone.
_PLAN = re.compile(
    r"预[计期测估]|暂估|拟完成|拟达"
    rf"|(?:^|(?<=[年度0-9_\-–—~(\[【、.,:的])){_NOUN}{_DONE}"
    rf"|(?<![育动]){_NOUN}(?=数|值|稿|版|表){_DONE}"
)
_PLANNED = re.compile(
    r"\b(?:plan|planned|forecasts?|projected|projections?|expected|estimated?|estimates|budget(?:ed)?"
    r"|targets?(?! (?:tracking|attainment|completion|filing))|target values?)\b"
)
_YEAR = "(?:19|20)[0-9]{2}"
_SEVERAL = re.compile(
    rf"(?<![0-9])(?P<first>{_YEAR})年?度?[-–—~至到](?P<last>{_YEAR})(?![0-9./月])年?度?"
    r"|[近前过去]{1,2}[两二三四五2-5]年|[两二三四五2-5]年[来间]"
    r"|(?:last|past)(?:two|three|four|five|[2-5])years"
)
# What a remark may say beside it, that is of nothing else.
_BESIDE = re.compile("合计|累计|总计|总和|之和|数据|数字|情况|统计|[的共为是数]")
# The years that the programme runs, or in which a space was taken in, are said of no figure.
_OF_THE_PROGRAMME = re.compile("培育期|建设期|有效期|周期|入选|批次|认定|规划|行动|届")
# Elsewhere than in a heading these may be said of anything.
_OF_FIGURES = re.compile("数据|数字|指标|统计|以上|上述|本表|figures|data")


def of_figures(text: str) -> bool:
    """Whether a sentence is about the figures of its table."""
    return bool(_OF_FIGURES.search(folded(text[:_LONGEST])))


def plan(text: str) -> str:
    """The word by which a heading or a name may mean a plan's figures; empty where there is none."""
    found = _PLAN.search(folded(text[:_LONGEST]))
    if not found and text.isascii():
        found = _PLANNED.search(one_width(text[:_LONGEST]).casefold().replace("_", " ").replace("-", " "))
    return found[0] if found else ""


def several_years(text: str) -> str:
    """The words by which a heading or a name speaks of several years; empty where it does not, or says when the
    programme runs."""
    name = folded(text[:_LONGEST])
    found = _SEVERAL.search(name)
    if not found or _OF_THE_PROGRAMME.search(name) or found["first"] and found["first"] >= found["last"]:
        return ""
    return found[0]


def alone_of_several_years(name: str) -> str:
    """The words by which a remark, folded, says that the figure beside it is of several years, and nothing else."""
    found = _SEVERAL.search(name[:_LONGEST])
    return found[0] if found and not _BESIDE.sub("", name[: found.start()] + name[found.end() :]) else ""
