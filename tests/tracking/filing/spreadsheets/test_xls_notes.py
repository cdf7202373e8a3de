"""What stands on a sheet of an .xls and in none of its cells."""

from pathlib import Path

from tracking.filing.spreadsheets import xls_marks
from tracking.filing.spreadsheets.sheets import OF_THE_PAGE, Note

ODD_FILES = Path(__file__).parents[3] / "odd_files"


def test_heads_boxes_and_comments_are_told_a_comment_once() -> None:
    (marks,) = xls_marks.of((ODD_FILES / "heads_and_boxes.xls").read_bytes()).values()

    assert sorted(note.text for note in marks.notes) == sorted(["单位：千元", "填报说明", "本表为计划数", "见合同"])
    assert {note.text for note in marks.notes if note.row == OF_THE_PAGE} >= {"单位：千元", "填报说明"}
    assert Note("见合同", 1, 2) in marks.notes
