"""Prints as their templates get them."""

import pytest

from tracking.exports import typesetting


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, object]]:
    """What the templates are given, in place of a PDF."""
    given: list[dict[str, object]] = []
    monkeypatch.setattr(typesetting, "pdf", lambda _, data, __: given.append(data) or b"")
    return given
