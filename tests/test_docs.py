"""The README names every command, and shows what is there."""

import re
from datetime import date
from pathlib import Path
from typing import get_args

import pytest

from tests.served import programme
from tracking import events
from tracking.commands.group import FAMILIES
from tracking.maintenance import copies
from tracking.operations import watch

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_the_readme_names_every_command(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert [command for names in FAMILIES.values() for command in names if f"`{command}`" not in text] == []


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_what_the_readme_links_to_is_there(name: str) -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", (ROOT / name).read_text(encoding="utf-8"))
    assert [link for link in links if not (ROOT / link).exists()] == []


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_the_analysts_example_finds_in_the_figures_what_the_list_says(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (example,) = re.findall(r"```python\n(.*?)```", (ROOT / name).read_text(encoding="utf-8"), flags=re.DOTALL)
    copies.write(programme(), tmp_path / "copy", date.today(), lang="zh")
    monkeypatch.chdir(tmp_path)
    told: dict[str, list[object]] = {}
    exec(example, told)
    assert len(told["too_few"]) > 0


def test_whatever_a_keeper_can_set_and_every_event_stand_in_the_operations_page() -> None:
    page = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "tracking" / "operations").glob("*.py"))
    code += (ROOT / "tracking" / "database" / "timing.py").read_text(encoding="utf-8")
    assert set(re.findall(r"TRACKING_[A-Z_]+", code)) - set(re.findall(r"TRACKING_[A-Z_]+", page)) == set()
    assert [event for event in get_args(events.Event) if f"`{event}`" not in page] == []
    metrics = (ROOT / "tracking" / "operations" / "metrics.py").read_text(encoding="utf-8")
    assert [name for name in re.findall(r'"(tracking_[a-z_]+)"', metrics) if name not in page] == []


def test_what_is_deployed_asks_for_what_is_answered() -> None:
    settings = [path for path in (ROOT / "deploy").rglob("*") if path.suffix in (".conf", ".yaml", ".service", "")]
    text = "".join(path.read_text(encoding="utf-8") for path in settings if path.is_file())
    known = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "tracking").rglob("*.py"))
    assert {name for name in re.findall(r"\bTRACKING_[A-Z_]+", text) if f'"{name}"' not in known} == {
        "TRACKING_DATABASE"
    } - set(re.findall(r'"(TRACKING_DATABASE)"', known))
    assert watch.READY in text


def named_tests() -> list[tuple[str, str]]:
    """Every test that the page on security names: its file below `tests/`, and words of its name, or none."""
    page = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
    found = []
    for path, said in re.findall(r"`([\w/]*test_\w+\.py)`([^`|;:.)]*)", page):
        hints = [each.strip() for each in said.split(",")]
        found += [(path, hint) for hint in hints if hint] or [(path, "")]
    return found


def test_the_tests_that_the_page_on_security_names_are_there() -> None:
    names: dict[str, str] = {}
    for path in (ROOT / "tests").rglob("test_*.py"):
        tests = re.findall(r"^def test_(\w+)", path.read_text(encoding="utf-8"), re.MULTILINE)
        names[path.relative_to(ROOT / "tests").as_posix()] = "\n".join(tests).replace("_", " ")
    wrong = [
        (path, hint)
        for path, hint in named_tests()
        if not any(name.endswith(f"/{path}") or name == path for name in names)
        or not any(hint in said for name, said in names.items() if name.endswith(path))
    ]
    assert len(named_tests()) > 40
    assert wrong == []
