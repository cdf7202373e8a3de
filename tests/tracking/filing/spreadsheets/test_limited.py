"""Work that a hostile file could make endless is done by few processes at once, and ends."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tracking.filing.spreadsheets import grids, limited, workbooks


def test_no_more_than_two_files_are_opened_at_once(monkeypatch):
    at_once, most = 0, 0
    entered = threading.Lock()

    def slowly(*_, **__):
        nonlocal at_once, most
        with entered:
            at_once += 1
            most = max(most, at_once)
        time.sleep(0.05)
        with entered:
            at_once -= 1
        return []

    monkeypatch.setattr(workbooks, "sheets", slowly)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: grids.read(b"PK\x03\x04", "filing.xlsx"), range(8)))

    assert most == limited.AT_ONCE


def test_a_process_that_ends_without_an_answer_is_a_limit_exceeded():
    with pytest.raises(limited.LimitExceeded):
        limited.run("no_such_module", given=b"")
