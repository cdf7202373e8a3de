"""A file that is to back something is known by its content alone, and what could harm is not taken."""

import pytest

from tracking.review import evidence_files
from tracking.review.evidence_files import UnusableEvidence

PDF = b"%PDF-1.7\nlease"


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "empty"),
        (b"MZ\x90\x00 a program", "unreadable"),
        (b"<svg onload='alert(1)'/>", "kind"),
        (b"PK\x03\x04 no archive", "kind"),
        (b"GIF89a", "unreadable"),
        ("企业,电话\n甲,13800138000\n".encode(), "personal"),
        (PDF + b" " * evidence_files.SIZE_LIMIT, "large"),
    ],
    ids=["empty", "program", "markup", "no archive", "other picture", "personal", "large"],
)
def test_what_it_is_decides_its_content_and_nothing_else_is_taken(content: bytes, why: str) -> None:
    with pytest.raises(UnusableEvidence) as refused:
        evidence_files.read(content, "evidence.pdf")
    assert refused.value.why == why
    assert refused.value.cell == ("B2" if why == "personal" else "")


@pytest.mark.parametrize(
    ("content", "name", "kept", "listed"),
    [
        (PDF, "../lease.exe", "lease.pdf", None),
        (b"\x89PNG\r\n\x1a\n", "stamp", "stamp.png", None),
        ("企业\n甲公司\n乙公司\n".encode(), "名单.pdf", "名单.csv", 2),
    ],
)
def test_its_name_fits_what_it_is_and_a_list_is_counted(
    content: bytes, name: str, kept: str, listed: int | None
) -> None:
    file = evidence_files.read(content, name)
    assert (file.name, file.counted and file.counted.listed) == (kept, listed)
    assert (file.columns()["size"], file.columns()["kind"]) == (len(content), kept.partition(".")[2])
