"""Where messages may go, as a file of settings says: by mail, and into groups of WeCom and DingTalk.

A file that is half filled in, can be read by others or sends what is secret in the open is refused as a whole.
"""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from tracking.access import cookies

# The file's path; the mail server's user and password, where they are not in the file.
FILE, USER, PASSWORD = "TRACKING_CHANNELS", "TRACKING_MAIL_USER", "TRACKING_MAIL_PASSWORD"
Channel = Literal["mail", "wecom", "dingtalk"]
# How a connection to the mail server is kept from being read: from its first byte, once it stands, or not at all.
SECURITY = ("ssl", "starttls", "none")
_OTHERS = 0o077
_MAIL = {"host", "port", "security", "sender"}
_MAIL_MORE = {"user", "password"}
_ROBOTS: Mapping[Channel, set[str]] = {"wecom": {"account", "url"}, "dingtalk": {"account", "url", "secret"}}


class UnusableChannels(Exception):
    """The file cannot be read, lacks something or is not safe; `reason` says which."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Mail:
    """A server that takes mail, and from whom it comes."""

    host: str
    port: int
    security: str
    sender: str
    user: str = ""
    password: str = field(default="", repr=False)


@dataclass(frozen=True)
class Robot:
    """A group's own address, whose group is told what concerns one account; a secret signs, where there is one."""

    channel: Channel
    account: str
    url: str = field(repr=False)
    secret: str = field(default="", repr=False)


@dataclass(frozen=True)
class Channels:
    """All of them, and the address by which browsers know this server."""

    address: str
    mail: Mail | None
    robots: tuple[Robot, ...]


def configured() -> Channels | None:
    """What the environment's file says; None where there is none. Raises UnusableChannels."""
    path = os.environ.get(FILE)
    if not path:
        return None
    try:
        if Path(path).stat().st_mode & _OTHERS:
            raise UnusableChannels("mode")
        read = tomllib.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UnusableChannels("file") from error
    address = str(read.pop("address", ""))
    if urlsplit(address).scheme not in ("http", "https") or not urlsplit(address).hostname:
        raise UnusableChannels("address")
    mail = read.pop("mail", None)
    robots = [_robot(channel, each) for channel in _ROBOTS for each in _listed(read.pop(channel, []))]
    # Also what is misspelt is refused.
    if read:
        raise UnusableChannels("part")
    if len({(each.channel, each.account) for each in robots}) < len(robots):
        raise UnusableChannels("twice")
    return Channels(address.rstrip("/"), None if mail is None else _mail(mail), tuple(robots))


def _mail(table: object) -> Mail:
    if not isinstance(table, dict) or not _MAIL <= set(table) <= _MAIL | _MAIL_MORE:
        raise UnusableChannels("mail")
    user = os.environ.get(USER) or str(table.get("user", ""))
    password = os.environ.get(PASSWORD) or str(table.get("password", ""))
    host, port, security, sender = (table[name] for name in ("host", "port", "security", "sender"))
    if security not in SECURITY or not isinstance(port, int) or not str(host) or "@" not in str(sender):
        raise UnusableChannels("mail")
    if bool(user) != bool(password) or (user and security == "none" and not cookies.is_loopback(str(host))):
        raise UnusableChannels("password")
    return Mail(str(host), port, security, str(sender), user, password)


def _robot(channel: Channel, table: object) -> Robot:
    if not isinstance(table, dict) or set(table) != _ROBOTS[channel] or not all(map(str, table.values())):
        raise UnusableChannels("robot")
    split = urlsplit(str(table["url"]))
    if split.scheme != "https" and not (split.scheme == "http" and cookies.is_loopback(split.hostname or "")):
        raise UnusableChannels("robot")
    return Robot(channel, str(table["account"]), str(table["url"]), str(table.get("secret", "")))


def _listed(table: object) -> list[object]:
    if not isinstance(table, list):
        raise UnusableChannels("robot")
    return table
