"""That the server is about to restart, told to every page that is open, also where nobody clicks.

Streamlit draws nothing for a page that does not run; so the message goes to its browser by itself.
"""

from contextlib import suppress

from streamlit import runtime
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.RootContainer_pb2 import RootContainer
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.session_manager import SessionClientDisconnectedError

from pages.shared import words
from tracking.words.language import Lang, text

# What has more than three lines there is cut off.
KEY = "notice.restarting"
ICON = ":material/restart_alt:"
# By Streamlit's session, the language of a page that is open.
_open: dict[str, Lang] = {}


def note() -> None:
    """Know the page that runs, and its language."""
    context = get_script_run_ctx()
    if context is None or not runtime.exists():
        return
    if context.session_id not in _open:
        for gone in [each for each in list(_open) if runtime.get_instance().get_client(each) is None]:
            _open.pop(gone, None)
    _open[context.session_id] = words.lang()


def tell() -> None:
    """Say it on every open page, in its language, for as long as it stands; in the server's loop."""
    for session, lang in list(_open.items()):
        client = runtime.get_instance().get_client(session)
        if client is not None:
            with suppress(SessionClientDisconnectedError):
                client.write_forward_msg(_message(lang))


def _message(lang: Lang) -> ForwardMsg:
    message = ForwardMsg()
    # Where Streamlit puts what no run has to hold a place for.
    message.metadata.delta_path.extend([RootContainer.EVENT, 0])
    message.delta.new_element.toast.body = text(KEY, lang)
    message.delta.new_element.toast.icon = ICON
    # Until it is put away.
    message.delta.new_element.toast.duration = 0
    return message
