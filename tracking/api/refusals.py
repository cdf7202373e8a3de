"""What is wrong with an address, told as problem details (RFC 9457).

Refused    the exception that carries one, with the status to answer with
brief      what was asked, as far as a sentence repeats it
answer     a refusal as what is sent
"""

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import JSONResponse

from tracking.words.language import LANGUAGES, Lang, text

MEDIA_TYPE = "application/problem+json"
_LONGEST_REPEATED = 80
# By code, the status it is answered with. The codes' sentences are in the translations.
STATUSES = {
    "unknown-parameter": 400,
    "repeated-parameter": 400,
    "missing-parameter": 400,
    "bad-value": 400,
    "too-many-values": 400,
    "unknown-value": 404,
    "unknown-version": 404,
    "unknown-closing": 404,
    "whole-only": 403,
    "contradiction": 409,
    "no-such-address": 404,
    "no-evidence": 404,
    "not-kept": 404,
    "read-only": 405,
    "foreign-host": 421,
    "no-such-range": 416,
    "too-many-rows": 422,
    "database-unavailable": 503,
    "no-font": 501,
    "no-room": 507,
}


def brief(written: str) -> str:
    """The text, or the beginning of a long one."""
    return written if len(written) <= _LONGEST_REPEATED else f"{written[:_LONGEST_REPEATED]}…"


class Refused(Exception):
    """An address that cannot be answered. `parameter` is the one at fault, None where it is none of them.

    `details` fill the placeholders of the sentence `api.<code>.detail`; one that differs by language is a dict.
    """

    def __init__(self, code: str, parameter: str | None = None, **details: object) -> None:
        super().__init__(f"{code}: {parameter} {details}")
        self.code = code
        self.parameter = parameter
        self.details: Mapping[str, object] = details

    @property
    def status(self) -> int:
        """The HTTP status to answer with."""
        return STATUSES[self.code]

    def as_dict(self, lang: Lang) -> dict[str, object]:
        """The problem details: type, title, status, detail, and parameter where one is at fault."""
        details = {name: value[lang] if isinstance(value, dict) else value for name, value in self.details.items()}
        problem: dict[str, object] = {
            "type": f"urn:tracking:problem:{self.code}",
            "title": text(f"api.{self.code}.title", lang),
            "status": self.status,
            "detail": text(f"api.{self.code}.detail", lang, parameter=self.parameter, **details),
        }
        return problem if self.parameter is None else {**problem, "parameter": self.parameter}


def answer(request: Request, refused: Refused, headers: Mapping[str, str] | None = None) -> JSONResponse:
    """The refusal as what is sent, in the language that is asked for."""
    lang = request.query_params.get("lang")
    problem = refused.as_dict(lang if lang in LANGUAGES else LANGUAGES[0])
    return JSONResponse(problem, refused.status, headers, media_type=MEDIA_TYPE)
