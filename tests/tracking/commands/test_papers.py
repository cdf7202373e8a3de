"""The paper by command: printed, its scan and its fingerprint compared, with the exit codes of the contract."""

from pathlib import Path

from click.testing import CliRunner, Result

from tests import databases, reviewed
from tests.reviewed import DAY
from tests.tracking.review.test_papers import AT, approve, blank, scanned, texts
from tracking import database
from tracking.__main__ import group
from tracking.review import papers


def test_a_paper_is_printed_and_what_is_not_the_same_is_refused_and_not_kept(tmp_path: Path) -> None:
    url = databases.shanghai_at(tmp_path / "papers.duckdb")
    engine = database.connect(url)
    reviewed.filed(engine)
    approve(engine)
    fingerprint = papers.approved(engine, DAY, **AT).fingerprint
    engine.dispose()
    paper, summary, scan, other = (tmp_path / name for name in ("paper.pdf", "summary.pdf", "scan.png", "other.png"))
    place = ("--space", "S1", "--year", "2022")

    def run(*words: object, name: str = "operator") -> Result:
        told = ["--database", url, "--lang", "en", "review", *map(str, words), "--as", name]
        return CliRunner().invoke(group, told)

    assert run("paper", *place, "--out", paper).exit_code == 0
    scan.write_bytes(scanned(paper.read_bytes(), "PNG"))
    other.write_bytes(blank("PNG"))
    same = run("scan", *place, scan)
    assert (same.exit_code, "The same: this paper" in same.stdout) == (0, True)
    assert run("fingerprint", *place, fingerprint[:16].upper()).exit_code == 0
    assert run("summary", "--district", "北区", "--year", "2022", "--out", summary, name="reviewer").exit_code == 0
    assert "Spaces that owe a filing: 7; not filed: 5" in texts(summary.read_bytes())
    for refused in (
        run("scan", *place, other),
        run("scan", *place, url.removeprefix("duckdb:///")),
        run("fingerprint", *place, "0" * 64),
        run("paper", "--space", "S2", "--year", "2022"),
        run("paper", *place, name="southern"),
    ):
        assert (refused.exit_code, refused.stdout, bool(refused.stderr)) == (1, "", True)
    assert run("summary", "--district", "南区", "--year", "2022", name="reviewer").exit_code == 2
    engine = database.connect(url)
    assert list(papers.scans(engine, DAY, **AT)["paper"]) == ["same"]
    engine.dispose()
