"""An edition's folder comes as a ZIP or file by file; nothing else comes in by it."""

import io
import zipfile

import pytest

from tests.policies import NINGBO
from tracking.policy import folder, uploaded
from tracking.words.language import LANGUAGES
from tracking.words.problems import Refusal

FILES = folder.contents(NINGBO)


def packed(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("place", "name", "edition"),
    [("", "ningbo-trial.zip", "ningbo-trial"), ("ningbo-2027/", "x.zip", "ningbo-2027"), ("a/b/", "x.zip", "b")],
)
def test_a_zip_of_the_folder_is_the_edition(place: str, name: str, edition: str) -> None:
    beside = {"__MACOSX/._rules.csv": b"x", ".DS_Store": b"x", f"{place}notes.txt": b"x"}
    content = packed({f"{place}{each}": FILES[each] for each in FILES} | beside)
    assert uploaded.unpacked(content, name) == (edition, FILES)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"no zip", "policy-zip"),
        (packed(FILES)[:-40], "policy-zip"),
        (packed(FILES | {"bomb.csv": b"0" * 20_000_000}), "policy-too-large"),
        (packed({f"{at}.csv": b"" for at in range(500)}), "policy-too-large"),
        (packed({f"a/{each}": FILES[each] for each in FILES} | {"b/rules.csv": b""}), "policy-folders"),
        (packed({"rules.csv": b""}), "policy-file-missing"),
        (packed({}), "policy-folders"),
    ],
    ids=["text", "cut", "bomb", "many", "folders", "lacking", "empty"],
)
def test_what_is_no_edition_is_refused_with_a_sentence(content: bytes, code: str) -> None:
    with pytest.raises(Refusal) as refusal:
        uploaded.unpacked(content, "x.zip")
    assert {each.code for each in refusal.value.problems} == {code}
    assert all(each.message(lang) and each.hint(lang) for each in refusal.value.problems for lang in LANGUAGES)
