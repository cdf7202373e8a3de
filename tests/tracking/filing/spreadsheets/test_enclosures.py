"""A page with its parts in one file."""

import base64

from tracking.filing.spreadsheets import grids

TABLE = "<table><tr><th>空间编号<th>年度</tr><tr><td>S01</td><td>2024</td></tr></table>"
ROWS = [["空间编号", "年度"], ["S01", "2024"]]


def _archive(*pages: str) -> bytes:
    parts = "".join(
        '--b\r\nContent-Type: text/html; charset="utf-8"\r\nContent-Transfer-Encoding: base64\r\n\r\n'
        f"{base64.b64encode(page.encode()).decode()}\r\n"
        for page in pages
    )
    return f'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n{parts}--b--\r\n'.encode()


def test_a_page_with_its_parts_in_one_file_is_read_sheet_by_sheet() -> None:
    names = "<html><xml><x:Name>填报</x:Name><x:Name>说明</x:Name></xml></html>"

    found = grids.read(_archive(names, TABLE, "<table><tr><td>x</table>"), "filing.xls")

    assert [(grid.sheet, grid.rows) for grid in found] == [("填报", ROWS), ("说明", [["x"]])]
