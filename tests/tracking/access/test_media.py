"""A file goes to whom its page was told."""

from sqlalchemy import Engine
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket

from tests.tracking.access.entering import PASSWORD, enter
from tracking import database
from tracking.access import looking_after, trail
from tracking.access.gate import Gate
from tracking.database import CITY


def test_a_file_goes_to_whom_its_page_was_told_alone(any_engine: Engine) -> None:
    """The address of a download is made of its bytes: who knows it, or was sent it, is no reader of it by that."""

    async def page(websocket: WebSocket) -> None:
        await websocket.accept()
        await websocket.send_bytes(b"0123abcd.csv")
        await websocket.close()

    def media(_: Request) -> JSONResponse:
        return JSONResponse("content")

    routes = [WebSocketRoute("/_stcore/stream", page), Route("/media/{name}", media)]
    gate = Gate(Starlette(routes=routes), lambda: any_engine, led_to=lambda message: [message.decode()])
    for name in ("wang", "li"):
        looking_after.add(any_engine, name, password=PASSWORD)
    with (
        TestClient(gate, "http://localhost", client=("127.0.0.1", 1), follow_redirects=False) as mine,
        TestClient(gate, "http://localhost", client=("127.0.0.1", 1), follow_redirects=False) as theirs,
    ):
        assert enter(mine, "wang", PASSWORD) == enter(theirs, "li", PASSWORD) == 303
        headers = {"Cookie": f"tracking-session={mine.cookies['tracking-session']}", "Host": "localhost"}
        with mine.websocket_connect("/_stcore/stream", headers=headers) as opened:
            opened.receive_bytes()
        assert mine.get("/media/0123abcd.csv").json() == "content"
        for path in ("/media/0123abcd.csv", "/media/ffff.csv"):
            assert (theirs.get(path).status_code, theirs.get(path).text) == (404, ""), path
        with database.reading(any_engine) as connection:
            line = trail.lines(connection, 1, events=["download"])[0]
        assert (line["account"], line["subject"]) == (1, "0123abcd.csv")
        # Nor is it the same person's with other grants, whose page of before is open still.
        looking_after.give(any_engine, "wang", "analyst", CITY)
        assert enter(mine, "wang", PASSWORD) == 303
        assert mine.get("/media/0123abcd.csv").status_code == 404
