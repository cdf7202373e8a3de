"""Bytes of text to text, whatever wrote them: a ladder of encodings, no guessing."""

_BYTE_ORDER_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
# What is no text: a table has tabs and line breaks, nothing else of the kind.
_CONTROLS = "".join(chr(code) for code in (*range(32), *range(127, 160)) if chr(code) not in "\t\n\r\f\v")
# The end of a file, as DOS marked it.
_END = "\x1a"


class NotTextError(ValueError):
    """These bytes are no text that is known here. `code` is the problem's, `row` the line where it shows."""

    def __init__(self, code: str, row: int) -> None:
        super().__init__(code, row)
        self.code = code
        self.row = row


def decode(content: bytes) -> str:
    """UTF-8 with a byte-order mark or without, UTF-16 with one, GB18030. Raises NotTextError for anything else."""
    text = _decoded(content).rstrip(_END)
    places = [at for at in map(text.find, _CONTROLS) if at >= 0]
    if places:
        raise NotTextError("file-binary", _row(text[: min(places)]))
    return text


def _decoded(content: bytes) -> str:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return _strictly(content, encoding)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        if _mostly_utf_8(content):
            raise NotTextError("file-encoding", _row(content[: error.start])) from error
    return _strictly(content, "gb18030")


def _strictly(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        before = content[: error.start].decode(encoding, errors="ignore")
        raise NotTextError("file-encoding", _row(before)) from error


def _mostly_utf_8(content: bytes) -> bool:
    """Whether a text is UTF-8 that was damaged, cut off for example: GB18030 would read nonsense into it."""
    broken = content.decode("utf-8", errors="replace")
    wrong = broken.count("\ufffd")
    return sum(not sign.isascii() for sign in broken) - wrong > wrong


def _row(before: str | bytes) -> int:
    return len(before.splitlines()) or 1
