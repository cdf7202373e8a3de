"""What the pages around a session are made of: plain HTML without a script, forms, what a request says of itself."""

import html
from collections.abc import Mapping
from pathlib import Path
from string import Template
from types import MappingProxyType
from typing import NamedTuple
from urllib.parse import quote, urlsplit

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from tracking.access import passwords
from tracking.access.people import Person
from tracking.words.language import LANGUAGES, Lang, text

_FOLDER = Path(__file__).parent
_PAGE = Template((_FOLDER / "page.html").read_text(encoding="utf-8"))
_STYLE = (_FOLDER / "page.css").read_text(encoding="utf-8")
_NAMES: dict[Lang, str] = {"zh": "中文", "en": "English"}
# Nothing of these pages runs, is framed or goes anywhere else.
POLICY = "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"


class Field(NamedTuple):
    """A field of a form: its name, what kind of input it is, what a browser may fill in."""

    name: str
    kind: str
    fill: str
    required: bool = True

    @property
    def label(self) -> str:
        """The key of the word above it; one that need not be filled in says so."""
        return f"sign_in.{self.name}" if self.required else f"sign_in.{self.name}_if_any"


def described(person: Person, lang: Lang) -> list[str]:
    """What a person was granted, in words."""
    return [
        " ".join(each for each in (text(f"role.{role}", lang), text(f"scope.{scope.kind}", lang), scope.code) if each)
        for role, scope, _ in person.grants
    ]


def style(_: Request) -> Response:
    """The style sheet of these pages."""
    return Response(_STYLE, media_type="text/css", headers={"Cache-Control": "max-age=3600"})


def form(
    request: Request,
    action: str,
    fields: tuple[Field, ...],
    button: str,
    hidden: str = "",
    typed: Mapping[str, str] = MappingProxyType({}),
) -> str:
    """A form with fields and a button, sent to an address; `typed` is what stands in a field already."""
    lang = lang_of(request)
    inputs = "".join(
        f"<label><span>{html.escape(text(each.label, lang))}</span>"
        f'<input name={each.name} type={each.kind} autocomplete="{each.fill}" maxlength={passwords.LONGEST}'
        f'{" required" if each.required else ""} value="{html.escape(typed.get(each.name, ""))}">'
        "</label>"
        for each in fields
    )
    send = html.escape(text(button, lang))
    return f'<form method=post action="{html.escape(action)}">{hidden}{inputs}<button>{send}</button></form>'


def host_of(request: Request) -> str:
    """By which name the server was asked."""
    return request.headers.get("Host", "")


def lang_of(request: Request) -> Lang:
    """The language that was chosen, else the browser's."""
    chosen = request.query_params.get("lang")
    if chosen in LANGUAGES:
        return chosen
    return "en" if request.headers.get("Accept-Language", "").lower().startswith("en") else LANGUAGES[0]


def own_path(target: str, base: str) -> str:
    """A path of this server to go on to, with its query; nothing where it could lead anywhere else."""
    split = urlsplit(target)
    unusable = split.scheme or split.netloc or not target.startswith(f"{base}/") or "\\" in target or target[1:2] == "/"
    return "" if unusable or any(ord(each) < 0x20 for each in target) else target


def from_here(request: Request) -> bool:
    """Whether a form was sent by a page of this server: no page of another site signs anybody in or out."""
    fetched = request.headers.get("Sec-Fetch-Site")
    if fetched is not None:
        return fetched == "same-origin"
    return urlsplit(request.headers.get("Origin", "")).netloc == host_of(request) != ""


def button(action: str, key: str, lang: Lang, hidden: str = "") -> str:
    """A button that sends a form to an address."""
    words = html.escape(text(key, lang))
    sent = f'action="{html.escape(action)}?lang={lang}"'
    return f"<form method=post {sent}>{hidden}<button class=quiet>{words}</button></form>"


def page(
    request: Request, title: str, body: str, base: str, policy: str, notice: str = "", status: int = 200
) -> Response:
    """A page with a title and a body; `base` stands before every path, `policy` is its Content-Security-Policy."""
    lang = lang_of(request)
    other = next(each for each in LANGUAGES if each != lang)
    following = own_path(request.query_params.get("next", ""), base)
    content = _PAGE.substitute(
        lang=lang,
        title=html.escape(text(title if "." in title else f"{title}.title", lang)),
        product=html.escape(text("product", lang)),
        base=base,
        other=other,
        other_name=_NAMES[other],
        kept=f"&amp;next={quote(following)}" if following else "",
        notice=f"<p class=bad role=alert>{html.escape(text(notice, lang))}</p>" if notice else "",
        body=body,
    )
    headers = {"Content-Security-Policy": policy, "Cache-Control": "no-store"}
    return HTMLResponse(content, status, headers)
