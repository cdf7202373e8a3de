"""A trial of changed rules tells what loading the changed folder leads to, and stores nothing."""

import io
import zipfile
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from tests import databases
from tests.conftest import SHANGHAI
from tracking.policy import loading as policies
from tracking.policy.edited import Edit, edited
from tracking.policy.folder import contents
from tracking.results import sandbox
from tracking.results.tables import attainment
from tracking.words.problems import Refusal

TODAY = date(2026, 6, 1)
EDITION = SHANGHAI.name
TRIALS = {
    "threshold": (
        Edit("specialization.target.5.funded_firms", "threshold", "7"),
        Edit("specialization.target.5.funded_firms", "comparison", ">"),
    ),
    # The reading that counts every year is the one in force then.
    "basis": (Edit("specialization.target.2.representative_cases", "basis", "annual"),),
    "edition": (Edit("", "pass_mark", "0.8"), Edit("", "due", "06-30")),
}
KEYS = ["space_id", "track", "year"]


@pytest.mark.parametrize("edits", TRIALS.values(), ids=TRIALS)
def test_the_folder_that_is_saved_leads_to_what_was_tried(edits: tuple[Edit, ...], tmp_path: Path) -> None:
    engine, loaded = databases.programme(), databases.programme()
    tried = sandbox.difference(engine, TODAY, edition=EDITION, edits=edits)
    saved = sandbox.folder(engine, TODAY, edition=EDITION, edits=edits)
    assert saved == sandbox.folder(engine, TODAY, edition=EDITION, edits=edits)
    with zipfile.ZipFile(io.BytesIO(saved)) as archive:
        archive.extractall(tmp_path)
    policies.load(loaded, tmp_path / EDITION, by="tests")

    before, after = (attainment.evaluations(each, TODAY).set_index(KEYS).sort_index() for each in (engine, loaded))
    changed = before[(before[["result", "exit_warning"]] != after[["result", "exit_warning"]]).any(axis=1)]
    assert len(tried.results)
    assert {*tried.results.set_index(KEYS).index} == {*changed.index}
    was, would = before["result"] == "pass", after["result"] == "pass"
    assert (tried.better, tried.worse) == (int((~was & would).sum()), int((was & ~would).sum()))
    now, otherwise = (attainment.meant(each, TODAY, table="evaluations") for each in (engine, loaded))
    exits = [int(((each["exit_warning"] == "exit") & ~each["period_over"]).sum()) for each in (now, otherwise)]
    assert tried.exits_fewer == exits[0] - exits[1]

    owed = [*KEYS, "requirement"]
    before, after = (
        attainment.attainment(each, TODAY).set_index(owed)["status"].sort_index() for each in (engine, loaded)
    )
    pd.testing.assert_index_equal(before.index, after.index)
    assert {*tried.statuses.set_index(owed).index} == {*before.index[before != after]}


def test_nothing_changed_changes_nothing() -> None:
    engine = databases.programme()
    tried = sandbox.difference(engine, TODAY, edition=EDITION, edits=())
    assert tried.results.empty
    assert tried.statuses.empty
    files = contents(SHANGHAI)
    assert edited(files, ()) == files


def test_what_a_folder_could_not_say_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        sandbox.difference(databases.programme(), TODAY, edition=EDITION, edits=(Edit("", "due", "13-40"),))
    assert [each.code for each in refused.value.problems] == ["policy-due"]


def test_the_filters_leave_their_own_changes() -> None:
    tried = sandbox.difference(databases.programme(), TODAY, edition=EDITION, edits=TRIALS["edition"])
    district = tried.results["district"].iloc[0]
    kept = tried.within({"districts": [district], "years": [2024]}).results
    assert len(kept) == ((tried.results["district"] == district) & (tried.results["year"] == 2024)).sum()
    assert {*kept["district"]} <= {district}
