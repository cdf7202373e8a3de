"""Messages as a mail server and a group's robot get them, over real connections."""

import base64
import hashlib
import hmac
import json
import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from ssl import PROTOCOL_TLS_SERVER, SSLContext
from urllib.parse import parse_qs, urlsplit

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope, Session

from tracking.reminders import digest, mail, robots
from tracking.reminders.channels import FILE, PASSWORD, Channels, Mail, Robot, UnusableChannels, configured
from tracking.reminders.digest import Message
from tracking.reminders.undelivered import Undelivered
from tracking.review import inbox
from tracking.review.inbox import Event

# The server of these tests takes passwords in the open where a test says so, and has its users in one field.
pytestmark = [
    pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS"),
    pytest.mark.filterwarnings("ignore:Session.login_data is deprecated"),
]
MESSAGE = Message("众创空间：1 项", "· 甲（S1）2022 年填报已退回\n")


class Kept:
    """What a mail server took."""

    def __init__(self) -> None:
        self.envelopes: list[Envelope] = []

    async def handle_DATA(self, _: object, __: Session, envelope: Envelope) -> str:  # noqa: N802 - as aiosmtpd calls it
        if "full@city.example" in envelope.rcpt_tos:
            return "552 full@city.example has no room"
        self.envelopes.append(envelope)
        return "250 OK"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One of localhost, that itself vouches for."""
    folder = tmp_path_factory.mktemp("certificate")
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
    files = ["-keyout", str(folder / "key.pem"), "-out", str(folder / "cert.pem")]
    subprocess.run([*made, *files, "-addext", "subjectAltName=DNS:localhost"], check=True, capture_output=True)
    return folder


@contextmanager
def postbox(certificate: Path, security: str, *, trusted: bool = True) -> Iterator[tuple[Kept, Mail]]:
    """A mail server that wants a password, and how it is written to."""
    context = SSLContext(PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate / "cert.pem", certificate / "key.pem")
    kept = Kept()

    def right(_: object, __: object, ___: object, mechanism: str, data: object) -> AuthResult:  # noqa: ARG001
        return AuthResult(success=(data.login, data.password) == (b"tracking", b"secret"), handled=False)

    how = {"ssl_context": context} if security == "ssl" else {"tls_context": context} if security == "starttls" else {}
    secured = {"auth_require_tls": False} if security != "starttls" else {"require_starttls": True}
    with socket.socket() as free:
        free.bind(("localhost", 0))
        port = free.getsockname()[1]
    controller = Controller(kept, "localhost", port, authenticator=right, auth_required=True, **how, **secured)
    with pytest.MonkeyPatch.context() as patched:
        if trusted:
            patched.setenv("SSL_CERT_FILE", str(certificate / "cert.pem"))
        controller.start()
        try:
            yield kept, Mail("localhost", port, security, "tracking@city.example", "tracking", "secret")
        finally:
            controller.stop()


@pytest.mark.parametrize("security", ["ssl", "starttls", "none"])
def test_a_mail_arrives_as_it_was_written(certificate: Path, security: str) -> None:
    with postbox(certificate, security) as (kept, server):
        mail.send(server, "li@city.example", MESSAGE, "abc")
    (envelope,) = kept.envelopes
    assert envelope.rcpt_tos == ["li@city.example"]
    read = message_from_bytes(envelope.content, policy=policy.default)
    assert (read["Subject"], read.get_content().replace("\r\n", "\n")) == MESSAGE
    assert (read["To"], read["Message-ID"], read["Auto-Submitted"]) == (
        "li@city.example",
        "<abc@city.example>",
        "auto-generated",
    )


def test_what_a_mail_server_refuses_is_told_without_names_or_secrets(certificate: Path) -> None:
    with postbox(certificate, "none") as (_, server):
        with pytest.raises(Undelivered, match=r"^SMTPDataError 552$"):
            mail.send(server, "full@city.example", MESSAGE, "abc")
        wrong = Mail(server.host, server.port, "none", server.sender, "tracking", "wrong")
        with pytest.raises(Undelivered, match=r"^SMTPAuthenticationError 535$"):
            mail.send(wrong, "li@city.example", MESSAGE, "abc")
        assert "wrong" not in repr(wrong)
    with pytest.raises(Undelivered) as down:
        mail.send(server, "li@city.example", MESSAGE, "abc")
    assert down.value.down


@pytest.mark.parametrize("security", ["ssl", "starttls"])
def test_no_password_goes_to_a_server_that_nobody_vouches_for(certificate: Path, security: str) -> None:
    with postbox(certificate, security, trusted=False) as (kept, server), pytest.raises(Undelivered):
        mail.send(server, "li@city.example", MESSAGE, "abc")
    assert kept.envelopes == []


def test_no_name_of_a_space_makes_a_line_of_its_own() -> None:
    evil = Event("e", "returned", "S1", "甲\r\nBcc: all@city.example\n\n\x1b[2J", 2022, inbox.now(), waits=True)
    for lang in ("zh", "en"):
        message = digest.write([evil] * 3, lang, "https://city.example", inbox.now(), 10_000)
        assert "\n" not in message.subject
        assert not any(line.startswith("Bcc") for line in message.body.splitlines())
        assert "\x1b" not in message.body


def test_what_does_not_fit_into_a_message_is_counted() -> None:
    events = [Event(str(at), "returned", f"S{at}", "甲" * 40, 2022, inbox.now(), waits=True) for at in range(300)]
    message = digest.write(events, "zh", "https://city.example", inbox.now(), robots.MOST["wecom"])
    assert len(f"{message.subject}\n\n{message.body}".encode()) <= robots.MOST["wecom"]
    listed = message.body.count("· ")
    assert f"另有 {300 - listed} 项" in message.body
    assert listed > 3


class Robots(BaseHTTPRequestHandler):
    """Answers as the robots of groups do."""

    posted: list[tuple[str, dict[str, object]]] = []
    answer = (200, b'{"errcode": 0, "errmsg": "ok"}')

    def do_POST(self) -> None:  # noqa: N802 - as http.server calls it
        content = self.rfile.read(int(self.headers["Content-Length"]))
        self.posted.append((self.path, json.loads(content)))
        self.send_response(self.answer[0])
        self.send_header("Location", "http://127.0.0.1:9/elsewhere")
        self.end_headers()
        self.wfile.write(self.answer[1])

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def group() -> Iterator[str]:
    Robots.posted.clear()
    with HTTPServer(("127.0.0.1", 0), Robots) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_a_group_is_told_in_the_form_that_its_robot_takes(group: str) -> None:
    robots.send(Robot("wecom", "li", f"{group}/cgi-bin/webhook/send?key=k"), MESSAGE)
    robots.send(Robot("dingtalk", "li", f"{group}/robot/send?access_token=t", "SEC"), MESSAGE)
    text = {"msgtype": "text", "text": {"content": f"{MESSAGE.subject}\n\n{MESSAGE.body}"}}
    (plain, first), (signed, second) = Robots.posted
    assert first == second == text
    assert plain == "/cgi-bin/webhook/send?key=k"
    # As DingTalk's manual says it: HMAC-SHA256 over the moment, a line break and the secret, by the secret.
    query = {name: each[0] for name, each in parse_qs(urlsplit(signed).query).items()}
    expected = hmac.digest(b"SEC", f"{query['timestamp']}\nSEC".encode(), hashlib.sha256)
    assert base64.b64decode(query["sign"]) == expected
    assert query["access_token"] == "t"


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ((200, b'{"errcode": 310000, "errmsg": "sign not match key=k"}'), "errcode 310000"),
        ((200, b"<html>"), "no answer of a robot"),
        ((302, b""), "HTTP 302"),
        ((500, b""), "HTTP 500"),
    ],
)
def test_a_robot_that_does_not_take_it_is_told_without_its_address(
    group: str, monkeypatch: pytest.MonkeyPatch, answer: tuple[int, bytes], told: str
) -> None:
    monkeypatch.setattr(Robots, "answer", answer)
    robot = Robot("wecom", "li", f"{group}/send?key=k")
    with pytest.raises(Undelivered) as undelivered:
        robots.send(robot, MESSAGE)
    assert undelivered.value.error == told
    assert "key" not in repr(robot)
    assert len(Robots.posted) == 1


GOOD = """address = "https://city.example"
[mail]
host = "smtp.city.example"
port = 465
security = "ssl"
sender = "tracking@city.example"
user = "tracking"
[[wecom]]
account = "li"
url = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=k"
"""


def read(path: Path, content: str, mode: int = 0o600) -> Channels | None:
    path.write_text(content, encoding="utf-8")
    path.chmod(mode)
    return configured()


def test_channels_are_off_until_a_file_that_nobody_else_reads_names_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(FILE, raising=False)
    assert configured() is None
    file = tmp_path / "channels.toml"
    monkeypatch.setenv(FILE, str(file))
    monkeypatch.setenv(PASSWORD, "secret")
    found = read(file, GOOD)
    assert found is not None
    assert found.mail is not None
    assert (found.mail.password, [each.account for each in found.robots]) == ("secret", ["li"])
    refused = {
        "mode": (GOOD, 0o640),
        "file": ("address =", 0o600),
        "address": (GOOD.replace("https://city.example", "city"), 0o600),
        "part": (GOOD + "[telegram]\n", 0o600),
        "mail": (GOOD.replace("ssl", "tls"), 0o600),
        "password": (GOOD.replace('"ssl"', '"none"'), 0o600),
        "robot": (GOOD.replace("https://qyapi", "http://qyapi"), 0o600),
        "twice": (GOOD + GOOD[GOOD.index("[[wecom]]") :], 0o600),
    }
    for reason, (content, mode) in refused.items():
        with pytest.raises(UnusableChannels) as unusable:
            read(file, content, mode)
        assert unusable.value.reason == reason
