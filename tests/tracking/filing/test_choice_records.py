"""What people decided is told cell by cell beside the file as it came."""

from sqlalchemy import Engine

from tests.tracking.filing.choosing import AS_OF
from tracking.filing import choice_records, loading
from tracking.filing.choices import Choices, Typed
from tracking.results import receipts


def test_the_upload_stays_the_original_and_corrections_are_told_cell_by_cell(enrolled: Engine) -> None:
    text = "空间编号,年度,获投企业,投资额\nS1,2023,约6,1200\n".encode()
    choices = Choices(
        columns={"投资额": "capital_raised"},
        cells={(None, 2, "C"): "6"},
        figures={("S1", 2023, "capital_raised"): Typed("1300", note="更正")},
    )
    report = loading.load(enrolled, text, "f.csv", by="t", choices=choices)
    assert receipts.document(enrolled, report.sha256) == text
    rows = choice_records.of_filing(enrolled, AS_OF, space="S1", year=2023, lang="zh")
    assert rows[["revision", "kind", "place", "before", "after"]].fillna("").to_numpy().tolist() == [
        [1, "column", "投资额", "", "capital_raised"],
        [1, "cell", "C2", "约6", "6"],
        [1, "value", "", "1200", "1300"],
        [1, "note", "", "", "更正"],
    ]
