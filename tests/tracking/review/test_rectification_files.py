"""Evidence of a rectification: attached while it is open, by who files for the space, and for who sees the space."""

from pathlib import Path

import pandas as pd
import pytest
import sqlalchemy as sa
from click.testing import CliRunner
from sqlalchemy import Engine

from tests import databases
from tests.reviewed import by, file
from tests.tracking.review.test_rectifications import DEMAND, LAST, PLAN, REPORT, TODAY, of, running, told, write
from tracking import database
from tracking.access.acts import Forbidden
from tracking.commands import group
from tracking.maintenance import backup, verify
from tracking.results import receipts
from tracking.review import evidence, rectification_files, rectifications
from tracking.review.evidence_files import UnusableEvidence
from tracking.review.measures import Subject, UnusableMeasure
from tracking.review.rectifications import Written

PDF, PICTURE = b"%PDF-1.7\ncontract", b"\xff\xd8\xff photograph"


def attached(engine: Engine, name: str, space: str = "S1") -> pd.DataFrame:
    return rectification_files.attached(by(engine, name), TODAY, space=space, year=LAST)


def why(engine: Engine, name: str, content: bytes, space: str = "S1") -> str:
    """Why nothing is attached."""
    try:
        rectification_files.attach(by(engine, name), of(space), content, "a.pdf")
    except Forbidden:
        return "forbidden"
    except (UnusableEvidence, UnusableMeasure) as refused:
        return refused.why
    return ""


def test_it_is_attached_while_it_is_open_and_stands_once_it_is_reported(any_engine: Engine, tmp_path: Path) -> None:
    programme = running(any_engine)
    operator = by(programme, "operator")
    assert why(programme, "operator", PDF) == "state"
    write(programme, "reviewer", "rectify", DEMAND, of("S1"))
    wrong = rectification_files.attach(operator, of("S1"), PICTURE, "wrong.jpg")
    rectification_files.remove(operator, wrong)
    kept = rectification_files.attach(operator, of("S1"), PDF, "../合同.exe")
    assert why(programme, "operator", PDF) == "there"
    assert why(programme, "operator", "企业,电话\n甲,13800138000\n".encode()) == "personal"
    write(programme, "operator", "plan", PLAN, of("S1"))
    write(programme, "operator", "report", REPORT, of("S1"))
    with pytest.raises(UnusableMeasure) as reported:
        rectification_files.remove(operator, kept)
    assert reported.value.why == "state"
    rectification_files.attach(operator, of("S1"), PICTURE, "photograph.jpg")
    assert list(attached(programme, "reviewer")["name"]) == ["合同.pdf", "photograph.jpg"]
    assert told(by(programme, "analyst"), "S1")["files"] == 2
    subject = Subject("S1", LAST, of("S1").requirement, "shanghai-sanhua", "specialization")
    past = rectifications.past(by(programme, "reviewer"), TODAY, subject=subject)
    assert " ".join(past["act"]) == "rectify attach remove attach plan report attach"
    assert past["evidence"].iloc[3] == "合同.pdf"
    write(programme, "reviewer", "accept", Written(), of("S1"))
    assert why(programme, "operator", b"%PDF-1.7 another") == "state"
    # Another demand is another rectification.
    write(programme, "reviewer", "rectify", DEMAND, of("S1"))
    assert (attached(programme, "reviewer").empty, told(programme, "S1")["files"]) == (True, 0)
    with database.reading(programme) as connection:
        events = sa.text("SELECT subject FROM audit_event WHERE event = 'evidence' ORDER BY number")
        noted = [each.split()[0] for each in connection.execute(events).scalars()]
        digest = sa.text("SELECT sha256 FROM load WHERE load_id = :kept")
        sha256 = str(connection.execute(digest, {"kept": kept}).scalar_one())
    assert noted == ["attach", "remove", "attach", "attach"]
    backup.backup(programme, tmp_path / "backup")
    other = databases.empty()
    backup.restore(other, tmp_path / "backup")
    assert evidence.content(other, kept) == ("合同.pdf", PDF)
    assert [each for each in verify.verify(other) if each.broken] == []
    other.dispose()
    assert receipts.document(by(programme, "reviewer"), sha256) == PDF
    # What may not be seen is not there, by number, by hash or in a list; nor what was written in a review, by its hash,
    # to who sees what is approved alone.
    with pytest.raises(LookupError):
        evidence.content(by(programme, "southern"), kept)
    for name in ("southern", "analyst"):
        with pytest.raises(LookupError):
            receipts.document(by(programme, name), sha256)
    assert attached(programme, "southern").empty


def test_nobody_else_attaches_and_the_next_year_s_figure_ends_it(engine: Engine) -> None:
    programme = running(engine)
    write(programme, "manager", "rectify", DEMAND, of("T00"))
    refusals = {each: why(programme, each, PDF, "T00") for each in ("reviewer", "manager", "analyst", "southern")}
    assert refusals == {**dict.fromkeys(("reviewer", "manager", "analyst"), "forbidden"), "southern": "unknown"}
    with pytest.raises(UnusableMeasure) as nameless:
        rectification_files.attach(programme, of("T00"), PDF, "a.pdf")
    assert nameless.value.why == "account"
    number = rectification_files.attach(by(programme, "operator"), of("T00"), PDF, "a.pdf")
    for name in ("reviewer", "manager"):
        with pytest.raises(Forbidden):
            rectification_files.remove(by(programme, name), number)
    assert file(programme, f"space_id,year,funded_firms\nT00,{LAST + 1},5\n").loaded
    assert why(programme, "operator", PICTURE, "T00") == "state"
    with pytest.raises(UnusableMeasure):
        rectification_files.remove(by(programme, "operator"), number)
    assert list(attached(programme, "analyst", "T00")["load_id"]) == [number]


def test_the_command_line_attaches_lists_and_takes_off(tmp_path: Path) -> None:
    url = databases.shanghai_at(tmp_path / "files.duckdb")
    engine = running(database.connect(url))
    write(engine, "reviewer", "rectify", DEMAND, of("S1"))
    engine.dispose()
    path = tmp_path / "contract.pdf"
    path.write_bytes(PDF)
    where = ["--space", "S1", "--year", str(LAST)]

    def ran(*words: str) -> tuple[int, str]:
        environment = {"TRACKING_DATABASE": url, "TRACKING_AS": "operator", "TRACKING_LANG": "en"}
        done = CliRunner().invoke(group, ["review", *words], env=environment)
        return done.exit_code, done.output

    attach = ("rectification-attach", *where, "--requirement", str(of("S1").requirement), str(path))
    assert ran(*attach)[0] == 0
    assert ran(*attach) == (1, "That file is attached there already.\n")
    listed = ran("rectification-files", *where, "--format", "csv")[1].splitlines()[1].split(",")
    assert listed[5:7] == ["contract.pdf", "pdf"]
    assert ran("detach", listed[0])[0] == 0
    code, output = ran("detach", listed[0])
    assert (code, "no such" in output) == (1, True)
