"""The README names every command, and shows what is there."""

import re
from datetime import date
from pathlib import Path

import pytest

from tests.served import programme
from tracking.commands.group import FAMILIES
from tracking.maintenance import copies

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
