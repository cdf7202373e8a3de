"""Every sentence a person sees, in Chinese and in English."""

import csv
from functools import cache
from pathlib import Path
from typing import Literal, get_args

Lang = Literal["zh", "en"]
LANGUAGES: tuple[Lang, ...] = get_args(Lang)
FOLDER = Path(__file__).parent / "translations"


@cache
def translations() -> dict[str, dict[Lang, str]]:
    """Texts by key, then language, from every CSV in `translations/` (columns key, zh, en).

    Raises ValueError if two rows share a key.
    """
    texts: dict[str, dict[Lang, str]] = {}
    for path in sorted(FOLDER.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                if row["key"] in texts:
                    raise ValueError(f"{path.name}: the key {row['key']} is there twice")
                texts[row["key"]] = {lang: row[lang] for lang in LANGUAGES}
    return texts


def text(key: str, lang: Lang, **values: object) -> str:
    """The sentence of a key with its {placeholders} filled in. Raises KeyError for an unknown key."""
    return translations()[key][lang].format(**values)
