"""A message into a group of WeCom or DingTalk, by the address that the group's robot has.

Only the host of the settings is asked, and wherever it would lead on to is not followed.
"""

import base64
import hashlib
import hmac
import http.client
import json
import ssl
import time
from urllib.parse import quote_plus, urlsplit

from tracking.reminders.channels import Channel, Robot
from tracking.reminders.digest import Message
from tracking.reminders.undelivered import Undelivered

SECONDS = 15
# What each takes as a text, in bytes.
MOST: dict[Channel, int] = {"wecom": 2_048, "dingtalk": 20_000}
_LONGEST_ANSWER = 65_536


def send(robot: Robot, message: Message) -> None:
    """Send a message into the group. Raises Undelivered."""
    content = {"msgtype": "text", "text": {"content": f"{message.subject}\n\n{message.body}"}}
    answer = _posted(signed(robot, round(time.time() * 1000)), json.dumps(content).encode())
    try:
        code = json.loads(answer)["errcode"]
    except (ValueError, KeyError, TypeError) as error:
        raise Undelivered("no answer of a robot") from error
    if code != 0:
        raise Undelivered(f"errcode {str(code)[:20]}")


def signed(robot: Robot, milliseconds: int) -> str:
    """A robot's address, with the moment and the signature over it where the robot has a secret."""
    if not robot.secret:
        return robot.url
    content = f"{milliseconds}\n{robot.secret}".encode()
    digest = hmac.new(robot.secret.encode(), content, hashlib.sha256).digest()
    joined = "&" if "?" in robot.url else "?"
    return f"{robot.url}{joined}timestamp={milliseconds}&sign={quote_plus(base64.b64encode(digest))}"


def _posted(url: str, content: bytes) -> bytes:
    split = urlsplit(url)
    connection = (
        http.client.HTTPSConnection(split.netloc, timeout=SECONDS, context=ssl.create_default_context())
        if split.scheme == "https"
        else http.client.HTTPConnection(split.netloc, timeout=SECONDS)
    )
    try:
        connection.request("POST", f"{split.path or '/'}?{split.query}", content, {"Content-Type": "application/json"})
        answer = connection.getresponse()
        body = answer.read(_LONGEST_ANSWER)
    except (OSError, http.client.HTTPException) as error:
        # The address itself is a secret.
        raise Undelivered(type(error).__name__, down=isinstance(error, OSError)) from error
    finally:
        connection.close()
    if answer.status != http.client.OK:
        raise Undelivered(f"HTTP {answer.status}")
    return body
