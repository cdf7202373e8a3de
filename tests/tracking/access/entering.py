"""A server behind the gate, and how somebody enters it."""

import sqlalchemy as sa
from sqlalchemy import Engine
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.testclient import TestClient
from starlette.websockets import WebSocket

from tracking import database
from tracking.access import accounts, people
from tracking.access.gate import ACCOUNT_HEADER

HERE = {"Sec-Fetch-Site": "same-origin"}
OWN = {"Host": "localhost"}
PASSWORD = "four lively herons dance"
# One of each kind of address that the server answers.
ADDRESSES = (
    "/",
    "/space",
    "/people",
    "/static/js/main.js",
    "/media/0123.pdf",
    "/metrics",
    "/_stcore/health",
    "/_stcore/host-config",
    "/_stcore/metrics",
    "/_stcore/upload_file/a/b",
    "/api/v1/shortfalls.csv",
    # What somebody knows the whole address of (kobocat 551).
    "/api/v1/evidence/1",
    "/api/v1/openapi.json",
    "/api/v1/prepared/x/y.csv",
    "/account",
    "/password",
    "/sign-in/../account",
    "/sign-in/style.css/../../account",
)


def whoever(request: Request) -> JSONResponse:
    return JSONResponse(
        {"name": people.current.get().name, "accounts": request.headers.getlist(ACCOUNT_HEADER)},
    )


async def socket(websocket: WebSocket) -> None:
    await websocket.accept()
    await websocket.send_text(websocket.headers[ACCOUNT_HEADER])
    await websocket.close()


def change(engine: Engine, before: str, after: str) -> None:
    def work(connection: sa.Connection) -> None:
        accounts.change_password(connection, accounts.number_of(connection, "wang"), before, after)

    database.write_beside(engine, work)


def enter(client: TestClient, name: str, password: str, following: str = "") -> int:
    answer = client.post(f"/sign-in?next={following}", data={"name": name, "password": password}, headers=HERE)
    return answer.status_code
