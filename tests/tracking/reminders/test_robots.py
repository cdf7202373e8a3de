"""Messages as a group's robot gets them, over real connections."""

import base64
import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest

from tracking.reminders import robots
from tracking.reminders.channels import Robot
from tracking.reminders.digest import Message
from tracking.reminders.undelivered import Undelivered

MESSAGE = Message("众创空间：1 项", "· 甲（S1）2022 年填报已退回\n")


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
