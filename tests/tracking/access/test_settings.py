"""A server that is set up by halves does not start, and a gateway is believed from its own address alone."""

import pytest
from sqlalchemy import Engine

from tracking.access import codes, settings

HEADERS = {"X-Remote-User": "wang"}


@pytest.fixture
def gateway(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(settings.PROXY_HEADER, "X-Remote-User")
    monkeypatch.setenv(settings.PROXY_ADDRESS, "10.0.0.5")


@pytest.mark.usefixtures("gateway")
@pytest.mark.parametrize(
    ("client", "headers", "named"),
    [
        (("10.0.0.5", 1), HEADERS, "wang"),
        (("10.0.0.50", 1), HEADERS, None),
        (None, HEADERS, None),
        (("10.0.0.5", 1), {"X-Remote-User": ""}, None),
        (("10.0.0.5", 1), {}, None),
    ],
)
def test_a_gateway_names_somebody_from_its_own_address(
    client: tuple[str, int] | None, headers: dict[str, str], named: str | None
) -> None:
    assert settings.proxied(client, headers) == named


def test_without_a_gateway_no_header_says_anything() -> None:
    assert settings.proxied(("10.0.0.5", 1), HEADERS) is None


def test_what_is_set_by_halves_is_refused(engine: Engine) -> None:
    for name, value, reason in (
        (settings.REQUIRED, "yes", "half_configured"),
        (codes.REQUIRED, "on", "half_configured"),
        (settings.PROXY_ADDRESS, "10.0.0.5", "half_proxy"),
        (settings.REQUIRED, "required", "no_account"),
    ):
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv(name, value)
            assert settings.refused(lambda: engine, "127.0.0.1") == f"sign_in.{reason}", name


def test_without_accounts_this_machine_alone_is_answered(engine: Engine) -> None:
    found = [settings.refused(lambda: engine, address) for address in ("127.0.0.1", "192.0.2.1", None)]
    assert found == [None, "sign_in.not_loopback", "sign_in.not_loopback"]
