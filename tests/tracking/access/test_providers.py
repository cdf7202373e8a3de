"""A file of providers that is half filled in, or whose secret can be guessed, is refused as a whole."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.tracking.access.test_open_id import said
from tracking.access import providers, settings
from tracking.access.providers import UnusableProviders


@pytest.mark.parametrize(
    ("spoilt", "reason"),
    [
        (("address", "http://city.example"), "address"),
        (("secret", "changeme"), "secret"),
        (("secret", "a" * 64), "secret"),
        (('client_secret = "x"', ""), "provider"),
        (("/.well-known", "http://evil.example"), "provider"),
        (("[city]", "[city"), "file"),
    ],
)
def test_a_server_does_not_start_with_half_a_provider(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, engine: Engine, spoilt: tuple[str, str], reason: str
) -> None:
    old, new = spoilt
    content = said("https://id.example", **({old: new} if old in ("address", "secret") else {}))
    content = content if old in ("address", "secret") else content.replace(old, new, 1)
    content = content.replace("https://id.examplehttp", "http") if reason == "provider" else content
    (tmp_path / "p.toml").write_text(content, encoding="utf-8")
    monkeypatch.setenv(providers.FILE, str(tmp_path / "p.toml"))
    with pytest.raises(UnusableProviders) as refused:
        providers.configured()
    assert refused.value.reason == ("address" if "evil" in content else reason)
    assert settings.refused(lambda: engine, "127.0.0.1") == f"sign_in.providers_{refused.value.reason}"


def test_without_a_file_there_is_no_provider(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(providers.FILE, raising=False)
    assert providers.configured() is None
