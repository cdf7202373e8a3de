"""A mail on its way: what arrives, and what is told where it does not."""

import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from pathlib import Path
from ssl import PROTOCOL_TLS_SERVER, SSLContext

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope, Session

from tracking.reminders import mail
from tracking.reminders.channels import Mail
from tracking.reminders.digest import Message
from tracking.reminders.undelivered import Undelivered

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
