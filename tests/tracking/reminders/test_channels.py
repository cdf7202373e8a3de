"""Channels are what a file names that nobody else reads."""

from pathlib import Path

import pytest

from tracking.reminders.channels import FILE, PASSWORD, Channels, UnusableChannels, configured

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
