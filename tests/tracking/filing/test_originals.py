"""A person's own file is handed out under a name that misleads no machine and no eye."""

import io
import zipfile

import pytest

from tracking.filing import originals

CSV = b"space_id,year\n"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def _archive(*parts: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for part in parts:
            archive.writestr(part, "")
    return out.getvalue()


@pytest.mark.parametrize(
    ("source", "content", "name"),
    [
        ("2024 年度.csv", CSV, "2024 年度.csv"),
        ("2024.TXT", CSV, "2024.txt"),
        ("filing-2024.hta", CSV, "filing-2024.csv"),
        ("x.html", b"<table><tr><td>1</table>", "x.txt"),
        ("x.xls", b"<table><tr><td>1</table>", "x.txt"),
        ("x.svg", OLE, "x.xls"),
        ("x.bat", _archive("xl/workbook.xml"), "x.xlsx"),
        ("x.xlsx", _archive("xl/workbook.xml", "xl/vbaProject.bin"), "x.xlsm"),
        ("x.xlsx", _archive("content.xml"), "x.ods"),
        ("CON.pdf", CSV, "_CON.csv"),
        ("nul.tar.csv", CSV, "_nul.tar.csv"),
        ("com1", CSV, "_com1.csv"),
        ("../../etc/passwd", CSV, "passwd.csv"),
        ("a\\b\\c.csv", CSV, "c.csv"),
        ("fdp.\u202evsc.exe", CSV, "fdp.vsc.csv"),
        ("a\x1b[2J\nb?.csv", CSV, "a[2Jb.csv"),
        ("...", CSV, "file.csv"),
        ("年" * 300 + ".csv", CSV, "年" * 100 + ".csv"),
    ],
)
def test_the_name_is_safe_and_its_ending_says_what_is_in_the_file(source: str, content: bytes, name: str) -> None:
    assert originals.safe_name(source, content) == name
