"""What says that figures are of a part of a year, or a sum over several: 截至2024年6月底, 1月至9月, 2023-2025年累计."""

import re

from tracking.words.spelling import folded

_MONTH = r"(?:0?[1-9]|1[01])(?![0-9])"
_TO = "[-–—~至到]"
# When it is filed, or something took place, says nothing of the figures.
_OF_THE_FILING = re.compile(
    "(?:填报|填表|填写|报送|上报|申报|提交|受理|公示|征集|制表|打印|印发)(?:的?时间|日期|期限|期间|截[至止]|日)|(?:日|月)之?前|活动|会议|培训|举办|路演|举行"
)
# A month of it, where the text is named for that.
_OF_A_MONTH = (
    re.compile(rf"^(?P<year>(?:19|20)[0-9]{{2}})年{_MONTH}月(?![0-9]|{_TO})"),
    re.compile(rf"^{_MONTH}月(?:份|底|末)?(?:月?报表?|数据|统计表?|填报表?|表)?$"),
)
_PARTS = (
    # As of a day before the year's end.
    re.compile(
        rf"截[至止](?:日期|时间|到|至|日)?[:为是]?(?:(?P<year>(?:19|20)[0-9]{{2}})(?:年|[-./]))?{_MONTH}(?:月|[-./][0-9])"
    ),
    # From January, or another month, up to one before December.
    re.compile(
        rf"(?:(?P<year>(?:19|20)[0-9]{{2}})(?:年|[-./]))?0?[1-9](?:月|[-./])(?:[0-9]{{1,2}}日?)?{_TO}"
        rf"(?:(?:19|20)[0-9]{{2}}(?:年|[-./]))?{_MONTH}(?:月|[-./][0-9])"
    ),
    re.compile(rf"(?:(?P<year>(?:19|20)[0-9]{{2}})年)?(?<![0-9.])0?[1-9]{_TO}{_MONTH}月"),
    re.compile(rf"(?:(?P<year>(?:19|20)[0-9]{{2}})年)?[一二三四五六七八九]月?{_TO}(?:[二三四五六七八九]|十一?)月"),
    *_OF_A_MONTH,
    re.compile(r"(?:(?P<year>(?:19|20)[0-9]{2})年)?(?<![每按各])(?:[上下]半年|半年[度报])"),
    re.compile(
        "(?:first|second)half(?:of)?(?P<year>(?:19|20)[0-9]{2})?|jan(?:uary)?(?:-|–|to|through)"
        "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov)[a-z]*(?P<year_behind>(?:19|20)[0-9]{2})?"
    ),
)
_SUM = re.compile(
    rf"(?:(?:19|20)[0-9]{{2}}年?{_TO}(?:19|20)[0-9]{{2}}年?|[近前]?[两二三四五]年)[^,。;]{{0,6}}?(?:累计|合计)"
)
# Elsewhere than in a heading these may be said of anything, as of when an event took place.
_OF_FIGURES = re.compile("数据|数字|指标|统计|报告期|口径|本表|上述|以上|figures|data")
_LONGEST = 100
# What a remark that is of nothing else may still have about such words.
_FILLING = re.compile("数据|数字|情况|统计|[本当]年|[底末止的数为0-9.日号]")


def alone(text: str) -> str:
    """The words by which a remark says that the figure beside it is none of a whole year, and nothing else: 截至6月底,
    1-9月. Empty where there are none."""
    name = folded(text[:_LONGEST])
    found = next((match for pattern in _PARTS if (match := pattern.search(name))), None)
    return found[0] if found and not _FILLING.sub("", name[: found.start()] + name[found.end() :]) else ""


def month(text: str) -> bool:
    """Whether a name is for a month alone, as one of a file is for that of the filing: 2025年3月."""
    name = folded(text[:_LONGEST])
    return next((pattern for pattern in _PARTS if pattern.search(name)), None) in _OF_A_MONTH


def part(text: str, *, heading: bool) -> tuple[str, int | None]:
    """The words by which a title or a remark says that its figures are none of a whole year, and the year of which it
    says that, where it names one. Empty where there are none."""
    name = folded(text[:_LONGEST])
    if _OF_THE_FILING.search(name) or not (heading or _OF_FIGURES.search(name)):
        return "", None
    if found := _SUM.search(name):
        return found[0], None
    for pattern in _PARTS:
        if found := pattern.search(name):
            year = next((each for each in found.groups() if each), None)
            return found[0], int(year) if year else None
    return "", None
