"""Which files below `/media` a page is led to by what is sent to it."""

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

_PLACE = "/media/"


def names(message: bytes) -> list[str]:
    """The names of the files that Streamlit itself leads a page to by a message.

    What somebody's words in it name is none: else whoever has another's address would be led there by writing it.
    """
    if _PLACE.encode() not in message:
        return []
    sent = ForwardMsg.FromString(message)
    addresses = (
        sent.delta.new_element.download_button.url,
        sent.backend_operation_response.deferred_file.url,
        sent.page_config_changed.favicon,
    )
    return [each.rpartition(_PLACE)[2] for each in addresses if _PLACE in each]
