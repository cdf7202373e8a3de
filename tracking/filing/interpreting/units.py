"""Units as people write them: which metrics each can measure, and which units a piece of text names."""

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cached_property
from itertools import groupby

from tracking.filing.spreadsheets.tables import Mention
from tracking.policy.vocabulary import Metric, Vocabulary
from tracking.words import spelling

# Another way to write the same sign: of accountants, of traditional texts, of typesetters.
_SPELLINGS = str.maketrans("仟佰拾萬億圆圓單∶’‘′`", "千百十万亿元元单:''''")
# What may stand before a unit of money or of a count: 千元, 万人次.
_TIMES_ZH = {"十": 1, "百": 2, "千": 3, "万": 4, "十万": 5, "百万": 6, "千万": 7, "亿": 8, "十亿": 9, "百亿": 10}
_TIMES_EN = {"thousand": 3, "1,000": 3, "1000": 3, "10,000": 4, "10000": 4, "million": 6, "1,000,000": 6, "1000000": 6}
_TIMES_EN |= {"k": 3, "'000": 3, "w": 4, "thousands": 3, "millions": 6, "mn": 6}
# So people also write sums of money: 1200万, and （万） behind the name of one.
_TIMES_ALONE = (
    *("千", "万", "百万", "千万", "亿", "十亿", "百亿", "k", "w"),
    *("thousand", "thousands", "million", "millions", "mn", "'000"),
)
# One currency by its other names, as `comparable` has them.
_YUAN = ("元", "cny", "rmb", "yuan", "人民币元", "rmbyuan")
# Money that no metric may be measured in is money all the same, and no name of a firm.
_FOREIGN = (
    "[十百千万亿]{0,3}(?:美元|美金|港元|港币|欧元|英镑|日元|日圆|澳元|加元|新元)"
    "|(?:thousand|million|1,000|10,000)?(?:usd|us\\$|eur|hkd|gbp|jpy|dollars?|euros?)"
)
_OPEN, _CLOSE = "([【〔{", ")]】〕}"
_BRACKETS = re.compile(r"[(\[【〔{]([^()\[\]【】〔〕{}]*)[)\]】〕}]")
_CURRENCY = re.compile(r"^[(\[【〔]*(人民币|rmb)?[(\[【〔:]*[¥￥]?|(人民币|rmb)$")
_PER_YEAR = re.compile(r"(?:/|每|per|a)(?:年度|年|year)")
# How a unit is announced, before it and behind it.
_ANNOUNCED = re.compile(
    r"(?:计量|金额|货币|数据|统计|计价)?单位(?:均?[为是系]|[:=,、])*|units?(?:is|are|of[a-z]*)?[:=,]?"
)
_OF_A_CURRENCY = re.compile(
    rf"(?:币种|币别|币制|货币|currency)(?:名称|种类|类型)?[为是系:=]{{0,2}}(?P<told>{_FOREIGN})"
)
_MEANT = (
    r"(?:金额|资金|资本|数值|数据|数字|款项)(?:单位)?(?:均|都)?[为是系以按用:]{0,2}(?:人民币)?(?P<told>UNIT)(?=$|[计为填列表,。;；，、)\]）])"
    r"|(?:以|按|用|均[为是系])(?:人民币)?(?!年)(?P<counted>UNIT)"
    r"(?=$|作?为?(?:计量|金额|货币|统计|计价)?单位|[计填列表反]|[,。;)])"
    r"|(?:amounts?|figures?|values?)(?:are|is)?(?:in|:)(?P<told_in>UNIT)"
)
# Where this finds nothing, that does not either.
_MAY_MEAN = re.compile(_MEANT.replace("UNIT", ".+?"), re.DOTALL)
_OTHER_MONEY = re.compile(_FOREIGN)
# Behind a figure a unit is the figure's own, and says nothing of others.
_NO_FIGURE = "(?<![0-9.,一二三四五六七八九十百千万亿数几两余多近约超过上半])"
# A sum's mere multiples: 以千计, (in thousands), ¥'000.
_SCALED = re.compile(
    r"(?:(?<!数)[以按](?=[百千万亿]{1,2}(?:计|作?为(?:计量|金额|货币|统计|计价)?单位))"
    r"|in(?=thousands|millions)|¥(?=thousands?|millions?|'000))"
    r"(百万|千万|十亿|百亿|[千万亿]|thousands?|millions?|'000)"
)
# What is announced as a unit and looks like one of money, though no metric is known to be in it: 角, K美刀, 10^3元.
_LIKE_MONEY = re.compile(
    r"[(\[]?(?:人民币|rmb)?[0-9一壹,.^'*×x十百千万亿kmbw]*(?:人民币|rmb|cny|usd|元|块|角|分|厘|钱|円|美刀|刀|(?:hk|us|nt)?[¥$€£])*整?"
)
# Nobody announces a unit behind so many signs.
_LONGEST = 2_000
_SEPARATORS = "、,/;和及与或"


def comparable(text: str) -> str:
    """A text as units are compared: as a header is, and in one spelling of numerals and signs."""
    return spelling.folded(text).translate(_SPELLINGS)


class Units:
    """Every unit that a metric of the vocabulary may be written in, by every spelling."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._factors: dict[str, dict[str, Decimal]] = {}
        for metric in vocabulary.metrics:
            known = self._factors.setdefault(metric.unit, {})
            zh, en = metric.unit_zh, metric.unit_en
            known |= {comparable(name): Decimal(1) for name in (zh, en, zh + en, en + zh, f"{zh}/{en}", f"{en}/{zh}")}
        for each in vocabulary.conversions:
            self._factors.setdefault(each.unit, {}).setdefault(comparable(each.written), each.factor)
        self._money = {unit for unit, known in self._factors.items() if any(map(_of_money, known))}
        for unit, known in self._factors.items():
            for name, factor in list(_multiples(known, money=unit in self._money)):
                known.setdefault(name, factor)
        every = {name for known in self._factors.values() for name in known if name}
        self._money_names = {name for unit in self._money for name in self._factors[unit]}
        self._alone: frozenset[str] = frozenset(_TIMES_ALONE if self._money else ())
        self._every = sorted(every, key=len, reverse=True)
        self._by_length = [(length, set(names)) for length, names in groupby(self._every, len)]
        self._words = sorted((name for name in self._money_names if len(name) > 1), key=len, reverse=True)
        for known in (self._factors[unit] for unit in self._money):
            one = next((factor for name, factor in known.items() if name in _YUAN), None)
            times = _TIMES_ZH | _TIMES_EN
            known |= {name: one.scaleb(times[name]) for name in _TIMES_ALONE if one is not None}

    # Of so many words, each takes longer to compile than to read a file in which there is none of them.
    @cached_property
    def _money_word(self) -> re.Pattern[str]:
        return re.compile(f"{_NO_FIGURE}(?:{'|'.join([*map(re.escape, self._words), _FOREIGN])})")

    @cached_property
    def _meant(self) -> re.Pattern[str]:
        return re.compile(_MEANT.replace("UNIT", "|".join([*map(re.escape, self._every), _FOREIGN])))

    def factor(self, unit: str, metric: Metric) -> Decimal | None:
        """What a figure in a unit is multiplied by to be in the metric's own: 1 for that; None where it is no unit
        of the metric. Spelled as people do: 万元, 单位：万元, 万元人民币, 家/年."""
        return factor(unit, self.known(metric))

    def known(self, metric: Metric) -> Mapping[str, Decimal]:
        """The factor of every unit of a metric by each spelling, as `bare` has it."""
        return self._factors.get(metric.unit, {})

    def measures(self, unit: str, metrics: Iterable[Metric]) -> list[Metric]:
        """Those of the metrics whose figures may be in a unit."""
        return [metric for metric in metrics if self.factor(unit, metric) is not None]

    def money(self, metric: Metric) -> bool:
        """Whether a metric is a sum of money."""
        return metric.unit in self._money

    def is_unit(self, text: str) -> bool:
        """Whether a text is a unit, or several, and nothing else."""
        return bool(self._list(bare(comparable(text)), whole=True))

    def announces(self, text: str) -> bool:
        """Whether a text is the mere announcement of a unit: 单位：."""
        return bool(_ANNOUNCED.fullmatch(comparable(text[:_LONGEST])))

    def announced(self, text: str) -> bool:
        """Whether a text is the announcement of units and nothing else: 单位：千元."""
        return bool(_ANNOUNCED.match(comparable(text[:_LONGEST]).strip(_OPEN))) and self.is_unit(text)

    def declared(self, text: str) -> list[str]:
        """The units that a text says the figures are in: 单位：千元, 资金情况（千元）, 金额以元计. Empty where none.

        One that is announced and looks like money is one, though no metric can be in it: 单位：角.
        """
        name = comparable(text[:_LONGEST])
        found: list[str] = []
        for announced in _ANNOUNCED.finditer(name):
            rest = name[announced.end() :]
            found += self._list(_CURRENCY.sub("", rest)) or self._like_money(rest)
        for content in _BRACKETS.findall(name):
            found += self._list(bare(content), whole=True)
        if _MAY_MEAN.search(name):
            found += [unit for each in self._meant.finditer(name) for unit in each.groups() if unit]
        found += [each["told"] for each in _OF_A_CURRENCY.finditer(name)]
        if not found and (bare(name) in self._money_names or self.is_unit(name) and self.mentioned(name)):
            found += self._list(bare(name))
        return list(dict.fromkeys(found))

    def mentioned(self, text: str) -> list[str]:
        """The units of money whose words stand in a text, but for those of a figure: 1200 万元, 数万元."""
        name = comparable(text[:_LONGEST])
        scaled = _SCALED.findall(name) if self._money else []
        if not any(word in name for word in self._words) and not _OTHER_MONEY.search(name):
            return list(dict.fromkeys(scaled))
        return list(dict.fromkeys([*self._money_word.findall(name), *scaled]))

    def tells(self, text: str) -> bool:
        """Whether a text says in which unit figures are, or has the word of one of money in it."""
        return bool(self.declared(text) or self.mentioned(text))

    @staticmethod
    def _like_money(name: str) -> list[str]:
        """What looks like a unit of money right behind the announcement of one."""
        word = re.split(r"[、,/;。)\]】〕]", name[:20], maxsplit=1)[0].strip("([【〔:")
        return [word] if word and _LIKE_MONEY.fullmatch(word) else []

    def _list(self, name: str, *, whole: bool = False) -> list[str]:
        """The units with which a text begins, one behind the other. Empty where they must be all of it and are not."""
        if name.strip(_CLOSE) in self._alone:
            return [name.strip(_CLOSE)]
        found, at = [], 0
        while one := self._first(name, at):
            found.append(one)
            at += len(one)
            at = per_year.end() if (per_year := _PER_YEAR.match(name, at)) else at
            if name[at : at + 1] not in tuple(_SEPARATORS):
                break
            at += 1
        return [] if whole and at < len(name) else found

    def _first(self, name: str, at: int) -> str:
        """The longest unit that begins there; empty where none does."""
        for length, names in self._by_length:
            if name[at : at + length] in names:
                return name[at : at + length]
        other = _OTHER_MONEY.match(name, at)
        return other[0] if other else ""


def beside(units: Units, text: str, row: int | None, column: int = 0, *, here: bool = False) -> Iterator[Mention]:
    """What a text outside the figures says of units; `here` where it is said of its own row alone."""
    declared = units.declared(text)
    for unit in declared:
        yield Mention(unit, text, row, column, clear=not here, here=here)
    for unit in [] if declared else units.mentioned(text):
        yield Mention(unit, text, row, column, clear=False)


def factor(unit: str, known: Mapping[str, Decimal]) -> Decimal | None:
    """The factor of a unit among those that are known, however it is spelled; None where it is not."""
    name = comparable(unit)
    return known[name] if name in known else known.get(bare(name))


def bare(name: str) -> str:
    """A unit, as `comparable` has it, without what people write around it: 单位：, 人民币, /年."""
    name = name.strip(_OPEN + _CLOSE)
    announced = _ANNOUNCED.match(name)
    name = name[announced.end() :] if announced else name
    name = _PER_YEAR.sub("", name.strip(_OPEN + _CLOSE + ":"))
    return name if name in _YUAN else _CURRENCY.sub("", name) or name


def _of_money(name: str) -> bool:
    return name.endswith(_YUAN)


def _multiples(known: dict[str, Decimal], *, money: bool) -> Iterator[tuple[str, Decimal]]:
    """Units ten, a hundred and more times those that are known, and the currency by its other names."""
    if money:
        one = next((factor for name, factor in known.items() if name in _YUAN), None)
        for yuan in _YUAN if one is not None else ():
            assert one is not None
            yield yuan, one
            for word, tens in (*_TIMES_ZH.items(), *_TIMES_EN.items()):
                yield word + yuan, one.scaleb(tens)
                if word.isascii():
                    yield yuan + word, one.scaleb(tens)
        return
    for name, factor in list(known.items()):
        if factor == 1 and name and not name.isascii() and not name.startswith("年"):
            for word, tens in _TIMES_ZH.items():
                yield word + name, factor.scaleb(tens)
