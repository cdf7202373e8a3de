"""So many times in any minute, each by itself, and again once the first of them is a minute ago."""

from types import SimpleNamespace

import pytest

from tracking.access import limits


def at(monkeypatch: pytest.MonkeyPatch, *moments: float) -> None:
    """What the clock says, each time that it is looked at."""
    monkeypatch.setattr(limits, "time", SimpleNamespace(monotonic=iter(moments).__next__))


def test_each_is_admitted_so_often_in_any_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    at(monkeypatch, 1000, 1030, 1059.9, 1060, 1060.1, 1090, 1090)
    limit = limits.Limit(2)
    # What is refused counts for nothing: the fourth stands beside the one at 1030, the sixth beside the fourth.
    assert [limit.admits("a") for _ in range(6)] == [True, True, False, True, False, True]
    assert limit.admits("b")


def test_of_many_those_who_went_quiet_are_forgotten_and_nobody_else(monkeypatch: pytest.MonkeyPatch) -> None:
    at(monkeypatch, 0, 50, 61, 62, 62, 62)
    monkeypatch.setattr(limits, "_MOST", 2)
    limit = limits.Limit(1)
    asked = ("quiet", "one", "two", "one", "two", "quiet")
    assert [limit.admits(each) for each in asked] == [True, True, True, False, False, True]
