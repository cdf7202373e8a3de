"""Clean filings drawn at random: what some spaces say of some years, by the words of Shanghai's policy."""

import random
from dataclasses import dataclass
from decimal import Decimal

from tests.files.sheets import Figures
from tracking.filing.enrolled import Register

SPACES = Register(
    names={
        "SH0001": "海棠创客空间",
        "SH0002": "银杏众创",
        "SH0003": "远洋国际创业港",
        "00012": "零号湾创客坊",
        "12E3": "科学空间",
        "310115000000000123": "长号空间",
    },
    years=dict.fromkeys(
        ("SH0001", "SH0002", "SH0003", "00012", "12E3", "310115000000000123"), frozenset(range(2021, 2025))
    ),
    enrolments=dict.fromkeys(("SH0001", "SH0002", "SH0003", "00012", "12E3", "310115000000000123"), [(2022, 2024)]),
)
YEARS = (2021, 2022, 2023, 2024)


@dataclass(frozen=True)
class Metric:
    """A metric by its words in the policy."""

    code: str
    zh: str
    en: str
    unit: str
    unit_en: str


MONEY = Metric("capital_raised", "获得资本金额", "Capital raised", "万元", "10,000 CNY")
COUNTS = (
    Metric("mentors", "创业导师", "Start-up mentors", "人", "people"),
    Metric("funded_firms", "获投企业", "Firms that obtained investment", "家", "firms"),
    Metric("tenants", "在孵企业", "Firms in incubation", "家", "firms"),
    Metric("mentor_services", "导师服务企业", "Services by mentors to firms", "次", "times"),
    Metric("problems_solved", "解决创新创业难题", "Difficulties of start-ups solved", "项", "items"),
    Metric("media_reports", "第三方知名媒体报道", "Reports in well-known third-party media", "次", "reports"),
    Metric("event_participants", "年度活动参与人数", "Participation in events in the year", "人次", "person-times"),
    Metric("partner_institutions", "专业合作机构", "Professional partner institutions", "家", "institutions"),
)
PLATFORM = Metric(
    "resource_service_platform", "资源共享及服务平台", "Platform for shared resources and services", "是/否", "yes/no"
)
BY_CODE = {metric.code: metric for metric in (MONEY, *COUNTS, PLATFORM)}


@dataclass(frozen=True)
class Filing:
    """What is filed: of these spaces, for these years, on these metrics; a key without a figure was left blank."""

    spaces: tuple[str, ...]
    years: tuple[int, ...]
    metrics: tuple[Metric, ...]
    figures: Figures


def filing(chance: random.Random, most_spaces: int = 4, most_years: int = 3) -> Filing:
    """A filing with money in most, a yes or no in some; no two of its numbers are alike."""
    spaces = tuple(chance.sample(list(SPACES.names), chance.randint(1, most_spaces)))
    first = chance.randrange(len(YEARS))
    years = YEARS[first : first + chance.randint(1, most_years)]
    metrics = chance.sample(COUNTS, chance.randint(2, 4))
    if chance.random() < 0.75:
        metrics.insert(chance.randrange(len(metrics) + 1), MONEY)
    if chance.random() < 0.2:
        metrics.insert(chance.randrange(len(metrics) + 1), PLATFORM)
    keys = [(space, year, metric.code) for space in spaces for year in years for metric in metrics]
    numbers = chance.sample(range(11, 9990), len(keys))
    figures = {
        key: _figure(key[2], number, chance)
        for key, number in zip(keys, numbers, strict=True)
        # Blank here and there, but never a whole filing.
        if chance.random() < 0.9 or key[2] == metrics[0].code
    }
    return Filing(spaces, years, tuple(metrics), figures)


def _figure(metric: str, number: int, chance: random.Random) -> Decimal:
    if metric == PLATFORM.code:
        return Decimal(number % 2)
    if metric == MONEY.code and chance.random() < 0.3:
        return Decimal(number) + Decimal(chance.randrange(1, 100)) / 100
    # Small ones too, as counts are.
    return Decimal(number if number > 1_000 or chance.random() < 0.5 else number % 90 + 10)
