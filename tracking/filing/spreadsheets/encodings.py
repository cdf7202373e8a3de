"""Bytes of text to text, whatever wrote them: a ladder of encodings, no guessing."""

import unicodedata

_BYTE_ORDER_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
# What is no text: a table has tabs and line breaks, nothing else of the kind.
_CONTROLS = "".join(chr(code) for code in (*range(32), *range(127, 160)) if chr(code) not in "\t\n\r\f\v")
# Signs and the 5,401 characters of everyday use, as Big5 has them.
_EVERYDAY = (b"\xa1\x40", b"\xc6\x7e")
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
    text = _strictly(content, "gb18030")
    if any(map(_means_nothing, set(text))) or _is_big5(content, text):
        first = next(at for at, sign in enumerate(text) if not sign.isascii())
        raise NotTextError("file-other-encoding", text.count("\n", 0, first) + 1)
    return text


def _means_nothing(sign: str) -> bool:
    """Whether a sign is for private use, or none yet: GB18030 gives them for bytes that are none of its own.

    Hanzi are added to Unicode every year.
    """
    return unicodedata.category(sign) in ("Co", "Cn") and not "\U00020000" <= sign <= "\U0003ffff"


def _is_big5(content: bytes, text: str) -> bool:
    """Whether what GB18030 reads as rare signs are everyday ones in Big5, so that it is the text of that encoding."""
    try:
        traditional = content.decode("big5")
    except UnicodeDecodeError:
        return False
    rare = [not _within(sign, "gb2312") for sign in text if not sign.isascii()]
    everyday = [_EVERYDAY[0] <= sign.encode("big5") <= _EVERYDAY[1] for sign in traditional if not sign.isascii()]
    # Half of the signs are rare in such a text; one of GB18030 hardly has any, and would be nonsense in Big5.
    return sum(rare) * 5 >= len(rare) * 2 and sum(everyday) * 10 > len(everyday) * 9


def _within(sign: str, encoding: str) -> bool:
    try:
        sign.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


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
