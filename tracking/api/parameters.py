"""What an address may ask for. Each parameter is declared once: it is read and described by the same words."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from tracking.api.refusals import Refused, brief
from tracking.results.tables import dictionary, filters
from tracking.results.tables.filters import Filter
from tracking.words.language import LANGUAGES, Lang, text

# Nobody chooses more by hand; who needs more takes all and chooses at home.
MOST_VALUES = 100
LONGEST_TEXT = 200
# JSON comes in pages, so that one answer fits in memory on both sides.
PAGE = 10_000
MOST_PAGE = 100_000

Value = str | int | date
# What kind of parameter a filter's type is.
_KINDS: dict[type, Literal["text", "number", "flag"]] = {str: "text", int: "number", bool: "flag"}
# A text without control characters, as every code, name and district is.
_TEXT = r"^[^\x00-\x1f\x7f]+$"


@dataclass(frozen=True)
class Parameter:
    """One parameter: its name in the address, the keyword that it fills, and what it may say.

    A repeatable one fills a list, and an empty list where it is not there; another fills `default`.
    """

    name: str
    fills: str
    kind: Literal["text", "choice", "number", "day", "flag"] = "text"
    choices: Sequence[str] = ()
    least: int = 0
    most: int = 0
    repeatable: bool = False
    required: bool = False
    default: Value | None = None

    def read(self, written: str) -> Value:
        """The value that a text in the address stands for. Raises Refused."""
        match self.kind:
            case "choice" if written in self.choices:
                return written
            case "flag" if written in self.choices:
                return written == self.choices[0]
            case "number" if re.fullmatch("[0-9]{1,10}", written) and self.least <= int(written) <= self.most:
                return int(written)
            case "day" if re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", written):
                try:
                    return date.fromisoformat(written)
                except ValueError:
                    pass
            case "text" if re.fullmatch(_TEXT, written) and len(written) <= LONGEST_TEXT:
                return written
        raise Refused("bad-value", self.name, value=brief(written), expected=self._expected)

    def description(self, lang: Lang) -> str:
        """What it asks for, in one sentence."""
        return text(f"api.parameter.{self.name}", lang)

    def schema(self) -> dict[str, object]:
        """Its JSON schema."""
        one: dict[str, object]
        match self.kind:
            case "choice":
                one = {"type": "string", "enum": list(self.choices)}
            case "flag":
                return {"type": "string", "enum": list(self.choices), "default": self.choices[-1]}
            case "number":
                one = {"type": "integer", "minimum": self.least, "maximum": self.most}
            case "day":
                one = {"type": "string", "format": "date"}
            case "text":
                one = {"type": "string", "pattern": _TEXT, "maxLength": LONGEST_TEXT}
        if self.repeatable:
            return {"type": "array", "items": one, "maxItems": MOST_VALUES}
        return one if self.default is None else {**one, "default": self.default}

    @property
    def _expected(self) -> dict[Lang, str]:
        details = {"choices": ", ".join(self.choices), "least": self.least, "most": self.most, "longest": LONGEST_TEXT}
        several = {lang: text("api.expects.several", lang, name=self.name) for lang in LANGUAGES}
        one = {lang: text(f"api.expects.{self.kind}", lang, **details) for lang in LANGUAGES}
        return {lang: one[lang] + several[lang] if self.repeatable else one[lang] for lang in LANGUAGES}


def of_filters(table: str) -> tuple[Parameter, ...]:
    """The parameters of a table that choose rows: one for every filter that it knows."""
    return tuple(_of_filter(each, table) for each in filters.of_table(table))


def _of_filter(declared: Filter, table: str) -> Parameter:
    codes: Sequence[str] = dictionary.codes(declared.column_in(table)) if declared.coded else ()
    if declared.kind is bool:
        codes = ("yes", "no")
    return Parameter(
        declared.name_in(table),
        declared.keyword,
        "choice" if declared.coded else _KINDS[declared.kind],
        choices=codes,
        least=declared.least,
        most=declared.most,
        repeatable=declared.several,
        default=declared.default,
    )


LANG = Parameter("lang", "lang", "choice", choices=LANGUAGES, default=LANGUAGES[0])
AS_OF = Parameter("as_of", "as_of", "day")
DATA_VERSION = Parameter("data_version", "data_version", "number", most=2**31 - 1)
CLOSING = Parameter("closing", "closing", "number", least=1, most=2**31 - 1)
FROM = Parameter("from", "earlier", "number", most=2**31 - 1, required=True)
TO = Parameter("to", "later", "number", most=2**31 - 1)
PAGING = (
    Parameter("limit", "limit", "number", least=1, most=MOST_PAGE, default=PAGE),
    Parameter("offset", "offset", "number", least=0, most=10**9, default=0),
    Parameter("paged", "paged", "choice", choices=("yes", "no"), default="yes"),
)


def read(query: Iterable[tuple[str, str]], parameters: Sequence[Parameter]) -> dict[str, object]:
    """What an address asks for, by the keywords that its parameters fill. Raises Refused for the first at fault."""
    known = {parameter.name: parameter for parameter in parameters}
    written: dict[str, list[str]] = {}
    for name, value in query:
        if name not in known:
            raise Refused("unknown-parameter", brief(name), known=", ".join(known))
        written.setdefault(name, []).append(value)
    return {parameter.fills: _value(parameter, written.get(parameter.name, [])) for parameter in parameters}


def _value(parameter: Parameter, written: Sequence[str]) -> object:
    if parameter.repeatable:
        if len(written) > MOST_VALUES:
            raise Refused("too-many-values", parameter.name, count=len(written), most=MOST_VALUES)
        return [parameter.read(value) for value in written]
    if len(written) > 1:
        raise Refused("repeated-parameter", parameter.name)
    if written:
        return parameter.read(written[0])
    if parameter.required:
        raise Refused("missing-parameter", parameter.name)
    return parameter.default
