"""What a copy says of itself: a Frictionless data package, the sums of its files, and a README."""

import hashlib
import json
import re
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet
from sqlalchemy import Connection

from tracking.exports import formats, provenance
from tracking.exports.provenance import Provenance
from tracking.results.tables import code_lists, dictionary
from tracking.results.tables.columns import CODES, COLUMNS
from tracking.words.language import LANGUAGES, Lang, text

CODES_FILE, PACKAGE, README, SUMS = "codes.csv", "datapackage.json", "README.md", "SHA256SUMS"
FILES = (CODES_FILE, PACKAGE, README, SUMS)
# A licence that is an SPDX identifier or the like stands as a name, one with an address as a path.
_NAME = re.compile(r"[A-Za-z0-9.+-]{1,40}")
# By the type of a frame's column, the type of a field.
_TYPES = {
    "str": "string",
    "int64": "integer",
    "Int64": "integer",
    "float64": "number",
    "bool": "boolean",
    "datetime64[s]": "date",
    "datetime64[us]": "datetime",
}
_PIECE = 1 << 20


def describe(connection: Connection, folder: Path, lang: Lang) -> None:
    """Write FILES beside the tables that stand in a folder. Raises OSError."""
    (folder / CODES_FILE).write_bytes(formats.to_csv(code_lists.code_lists(connection)))
    rests_on = provenance.of(connection, "attainment", {"lang": lang})
    package = json.dumps(_package(folder, rests_on), ensure_ascii=False, indent=1)
    (folder / PACKAGE).write_text(package, encoding="utf-8")
    (folder / README).write_text(_readme(rests_on), encoding="utf-8")
    described = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != SUMS)
    lines = [f"{_sha256(path)}  {path.relative_to(folder).as_posix()}\n" for path in described]
    (folder / SUMS).write_text("".join(lines), encoding="utf-8")


def _package(folder: Path, rests_on: Provenance) -> dict[str, object]:
    lang = rests_on.lang
    publishers = [
        {"title": each.publisher, "role": "publisher", **({"email": each.contact} if "@" in each.contact else {})}
        for each in rests_on.editions
        if each.publisher
    ]
    licences = [_licence(each.licence) for each in rests_on.editions if each.licence]
    return {
        "name": "incubator-target-tracking",
        "profile": "data-package",
        "title": text("product", lang),
        "version": str(rests_on.data_version),
        "sources": [{"title": f"{each.name}: {each.source}"} for each in rests_on.editions],
        **({"contributors": publishers} if publishers else {}),
        **({"licenses": licences} if licences else {}),
        "provenance": rests_on.as_dict(),
        "resources": [
            *(
                _resource(folder, path, table, lang)
                for table in COLUMNS
                for path in sorted((folder / table).glob("*.parquet"))
            ),
            _codes(folder, lang),
        ],
    }


def _licence(written: str) -> dict[str, str]:
    if written.startswith("https://"):
        return {"path": written}
    return {"name": written} if _NAME.fullmatch(written) else {"name": "other", "title": written}


def _resource(folder: Path, path: Path, table: str, lang: Lang) -> dict[str, object]:
    present = pa.parquet.read_schema(path).names
    return {
        "name": f"{table}-{path.stem}".replace("_", "-"),
        "path": path.relative_to(folder).as_posix(),
        "profile": "tabular-data-resource",
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        # Not as `hash`, which tools that read Parquet by its parts cannot count.
        "sha256": _sha256(path),
        "title": text(f"table.{table}", lang),
        "description": dictionary.table_meaning(table, lang),
        "schema": {"fields": [_field(name, COLUMNS[table][name], table, lang) for name in present]},
    }


def _field(name: str, kind: str, table: str, lang: Lang) -> dict[str, object]:
    codes = dictionary.codes(name)
    unit = dictionary.unit(name, lang) if kind != "str" else ""
    found: dict[str, object] = {
        "name": name,
        "type": _TYPES[kind],
        "title": dictionary.label(name, lang, table),
        "description": dictionary.meaning(name, lang, table),
    }
    constraints: dict[str, object] = {"required": True} if kind in ("int64", "bool") else {}
    if codes:
        constraints["enum"] = codes
        found["codes"] = {
            code: {each: text(f"{dictionary.CODED[name]}.{code}", each) for each in LANGUAGES} for code in codes
        }
    return {**found, **({"unit": unit} if unit else {}), **({"constraints": constraints} if constraints else {})}


def _codes(folder: Path, lang: Lang) -> dict[str, object]:
    path = folder / CODES_FILE
    return {
        "name": "codes",
        "path": CODES_FILE,
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8-sig",
        "bytes": path.stat().st_size,
        "hash": f"sha256:{_sha256(path)}",
        "title": text("table.codes", lang),
        "description": dictionary.table_meaning("codes", lang),
        "schema": {"fields": [_field(name, kind, "codes", lang) for name, kind in CODES.items()]},
    }


def _readme(rests_on: Provenance) -> str:
    lang = rests_on.lang
    day = rests_on.as_of.isoformat() if rests_on.as_of else ""
    named = {"rules": rests_on.rules, "release": rests_on.release}
    lines = [text("copy.readme", lang, version=rests_on.data_version, day=day, **named)]
    for each in rests_on.editions:
        lines.append(f"- {each.name} ({each.code}): {each.source}")
        lines += [f"  - {reading.name}: {reading.in_force}" for reading in each.readings]
        published = {name: getattr(each, name) for name in ("publisher", "licence", "contact")}
        lines += [f"  - {text(f'column.{name}', lang)}: {value}" for name, value in published.items() if value]
    return "\n".join(lines) + "\n"


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while content := file.read(_PIECE):
            digest.update(content)
    return digest.hexdigest()
