"""A browser's tab without a browser: signs in by the form, speaks over Streamlit's own socket, uploads files.

`Broken` is whatever a server that was killed is noticed by.
"""

import http.client
import time
import urllib.parse
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.exceptions import WebSocketException
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from tracking.access import cookies
from tracking.maintenance import dashboard

Broken = (OSError, WebSocketException, http.client.HTTPException)
_PATIENCE = 300
_XSRF = "_streamlit_xsrf"


@dataclass
class Screen:
    """What stands on the page: buttons that can be pressed and the place for a file, by label or ID; its query; what
    the browser is to ask for by itself; what it says in boxes; what stands there as an exception."""

    query: str = ""
    buttons: dict[str, str] = field(default_factory=dict)
    uploader: str = ""
    fragments: list[str] = field(default_factory=list)
    alerts: list[str] = field(default_factory=list)
    exceptions: list[str] = field(default_factory=list)

    def parameter(self, name: str) -> str | None:
        """A parameter of the page's address."""
        return dict(urllib.parse.parse_qsl(self.query)).get(name)


class Tab:
    """One person's tab at one server."""

    def __init__(self, port: int, name: str, password: str) -> None:
        self._host = f"{dashboard.ADDRESS}:{port}"
        self._cookies: dict[str, str] = {}
        form = urllib.parse.urlencode({"name": name, "password": password}).encode()
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        status = self._ask("POST", "/sign-in?lang=en", form, kind)
        if cookies.name(self._host) not in self._cookies:
            raise ConnectionError(f"sign-in: {status}")
        self._ask("GET", "/_stcore/health")
        origin, protocols = Origin(f"http://{self._host}"), ("streamlit", self._cookies[_XSRF])
        self._socket: ClientConnection = connect(
            f"ws://{self._host}/_stcore/stream",
            origin=origin,
            subprotocols=[Subprotocol(each) for each in protocols],
            additional_headers={"Cookie": self._jar()},
            max_size=None,
            open_timeout=_PATIENCE,
            ping_interval=None,
        )
        self._session = self._page = ""
        self.screen = Screen()

    def close(self) -> None:
        """As a browser that is closed."""
        self._socket.close()

    def open(self, page: str, query: str = "lang=en") -> float:
        """Go to a page; how long it took until it stood there, in seconds."""
        self.screen = Screen(query)
        return self._run([], page_name=page)

    def upload(self, name: str, content: bytes) -> WidgetState:
        """Put a file into the page's place for one; its state, for `act`."""
        asked = BackMsg()
        asked.file_urls_request.request_id = uuid.uuid4().hex
        asked.file_urls_request.file_names.append(name)
        asked.file_urls_request.session_id = self._session
        self._socket.send(asked.SerializeToString())
        urls = None
        while urls is None:
            message = self._receive()
            if message.WhichOneof("type") == "file_urls_response":
                urls = message.file_urls_response.file_urls[0]
        mark = uuid.uuid4().hex
        head = f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'.encode()
        kind = {"Content-Type": f"multipart/form-data; boundary={mark}", "X-Xsrftoken": self._cookies[_XSRF]}
        body = head + content + f"\r\n--{mark}--\r\n".encode()
        status = self._ask("PUT", urls.upload_url, body, kind)
        if status >= 400:
            raise ConnectionError(f"upload: {status}")
        state = WidgetState(id=self.screen.uploader)
        info = state.file_uploader_state_value.uploaded_file_info.add()
        info.name, info.size, info.file_id = name, len(content), urls.file_id
        info.file_urls.CopyFrom(urls)
        return state

    def act(self, states: Sequence[WidgetState], button: str = "", fragment: str = "") -> float:
        """Let the page run with what is typed and chosen, a button pressed or a fragment alone; how long it took."""
        pressed = [WidgetState(id=self.screen.buttons[button], trigger_value=True)] if button else []
        return self._run(
            [*states, *pressed], page_script_hash=self._page, fragment_id=fragment, is_auto_rerun=bool(fragment)
        )

    def _run(self, states: Sequence[WidgetState], **client: Any) -> float:  # noqa: ANN401 - fields of a message
        message = BackMsg()
        for name, value in {"query_string": self.screen.query, **client}.items():
            setattr(message.rerun_script, name, value)
        message.rerun_script.widget_states.widgets.extend(states)
        message.rerun_script.context_info.url = f"http://{self._host}/{client.get('page_name', '')}"
        begun = time.perf_counter()
        self._socket.send(message.SerializeToString())
        while not self._take(self._receive()):
            pass
        return time.perf_counter() - begun

    def _take(self, message: ForwardMsg) -> bool:
        """Put a message on the screen; whether the page stands."""
        match message.WhichOneof("type"):
            case "new_session":
                self._session = message.new_session.initialize.session_id or self._session
                if not message.metadata.run.fragment_ids:
                    self.screen = Screen(self.screen.query)
            case "navigation":
                self._page = message.navigation.page_script_hash
            case "page_info_changed":
                self.screen.query = message.page_info_changed.query_string
            case "auto_rerun":
                self.screen.fragments.append(message.auto_rerun.fragment_id)
            case "script_finished":
                early = ForwardMsg.ScriptFinishedStatus.FINISHED_EARLY_FOR_RERUN
                return bool(message.script_finished != early)
            case "delta":
                self._element(message.delta.new_element)
        return False

    def _element(self, element: Any) -> None:  # noqa: ANN401 - a message of one of many kinds
        match element.WhichOneof("type"):
            case "button":
                if not element.button.disabled:
                    self.screen.buttons[element.button.label] = element.button.id
            case "file_uploader":
                self.screen.uploader = self.screen.uploader or element.file_uploader.id
            case "alert":
                self.screen.alerts.append(element.alert.body)
            case "exception":
                self.screen.exceptions.append(element.exception.message)

    def _receive(self) -> ForwardMsg:
        message = ForwardMsg()
        message.ParseFromString(self._socket.recv(timeout=_PATIENCE, decode=False))
        return message

    def _ask(self, method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None) -> int:
        """Ask by HTTP as the page of this server would; the status."""
        connection = http.client.HTTPConnection(self._host, timeout=_PATIENCE)
        origin = {"Origin": f"http://{self._host}", "Cookie": self._jar()}
        try:
            connection.request(method, path, body, {**origin, **(headers or {})})
            answer = connection.getresponse()
            answer.read()
            for line in answer.headers.get_all("Set-Cookie") or []:
                name, _, value = line.partition(";")[0].partition("=")
                self._cookies[name] = value
            return answer.status
        finally:
            connection.close()

    def _jar(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self._cookies.items())
