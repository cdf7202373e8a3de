"""Who publishes the data is a setting of the edition: nothing by default, and shown wherever the data go."""

import json
from pathlib import Path

import pyarrow.parquet
import pytest
from sqlalchemy import Engine
from starlette.applications import Starlette
from starlette.testclient import TestClient

from tests.policies import SHANGHAI
from tracking import api, database
from tracking.exports import covers, formats, provenance
from tracking.maintenance import verify
from tracking.policy import loading as policies

SAID = """
publisher_zh = "某市科委"
publisher_en = "A city's commission"
licence = "CC-BY-4.0"
contact = "data@example.org"
"""


@pytest.mark.parametrize("said", [SAID, ""])
def test_who_publishes_is_said_where_the_edition_says_it(engine: Engine, tmp_path: Path, said: str) -> None:
    folder = tmp_path / "shanghai-sanhua"
    folder.mkdir()
    for path in SHANGHAI.iterdir():
        (folder / path.name).write_bytes(path.read_bytes() + (said.encode() if path.suffix == ".toml" else b""))
    assert policies.load(engine, folder, by="tests")
    with database.reading(engine) as connection:
        rests_on = provenance.of(connection, "verdicts", {"lang": "en"})
        cover = covers.cover(connection, rests_on, {"lang": "en"}, [], 0)
        out = tmp_path / "verdicts.parquet"
        with out.open("wb") as file:
            formats.export(connection, "verdicts", {"lang": "en"}, "parquet", file)
    expected = ["A city's commission", "CC-BY-4.0", "data@example.org"] if said else []
    shown = [value for name, value in cover.facts if name in ("Publisher", "Licence", "Contact")]
    metadata = json.loads(pyarrow.parquet.read_schema(out).metadata[formats.METADATA])
    (edition,) = metadata["editions"]
    with TestClient(Starlette(routes=api.routes(lambda: engine))) as client:
        info = client.get(f"{api.PREFIX}/openapi.json?lang=en").json()["info"]
    assert shown == expected
    assert [edition[name] for name in ("publisher", "licence", "contact") if edition[name]] == expected
    assert (info.get("license"), "contact" in info) == (({"name": "CC-BY-4.0"}, True) if said else (None, False))
    assert (metadata["rules"], metadata["table"]) == (database.rules(), "verdicts")
    assert [finding for finding in verify.verify(engine) if finding.broken] == []
