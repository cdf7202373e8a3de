"""The codes on a scan: those that look like a fingerprint, of a picture's page."""

import io

import pytest
import segno

from tracking.review import scan_process

FINGERPRINT = "0123456789abcdef" * 4


def picture(text: str) -> bytes:
    out = io.BytesIO()
    segno.make(text, error="q").save(out, kind="png", scale=4, border=4)
    return out.getvalue()


@pytest.mark.parametrize(
    ("text", "codes"),
    [(FINGERPRINT.upper(), [FINGERPRINT]), (FINGERPRINT[:-1], []), ("https://city.example", []), ("g" * 64, [])],
)
def test_a_code_is_a_fingerprint_or_none(text: str, codes: list[str]) -> None:
    assert list(scan_process._codes("image/png", picture(text))) == codes
