"""The addresses as OpenAPI 3.1, from the declarations that they are read by."""

from collections.abc import Sequence

from tracking.api import attachments, briefings, refusals
from tracking.api.answers import MEDIA_TYPES, parameters_of
from tracking.api.parameters import LANG, Parameter
from tracking.api.tables import TABLES, Endpoint
from tracking.exports.provenance import Edition
from tracking.results import shortfalls
from tracking.results.tables import dictionary
from tracking.words.language import Lang, text

# What a number, a text and so on is in JSON, by the type of the frame's column.
_SCHEMAS: dict[str, dict[str, object]] = {
    "str": {"type": ["string", "null"]},
    "int64": {"type": "integer"},
    "Int64": {"type": ["integer", "null"]},
    "float64": {"type": ["number", "null"]},
    "bool": {"type": "boolean"},
    "datetime64[s]": {"type": ["string", "null"], "format": "date"},
    "datetime64[us]": {"type": ["string", "null"]},
}
_HEADERS = {
    "ETag": "string",
    "Data-Version": "integer",
    "As-Of": "string",
    "Edition": "string",
    "Readings": "string",
    "Rules": "string",
    "Release": "string",
}
# The problems that any address of a table can be answered with.
_REFUSALS = (400, 404, 405, 409, 421, 503, 507)


def description(prefix: str, lang: Lang, editions: Sequence[Edition] = ()) -> dict[str, object]:
    """The OpenAPI description, its words in a language; who publishes the data, as the editions in force say."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": text("api.title", lang),
            "version": "1",
            "description": text("api.description", lang),
            **_published(editions),
        },
        "servers": [{"url": prefix}],
        "paths": {
            **{
                f"/{table.name}.{form}": {"get": _operation(table, form, lang)}
                for table in TABLES
                for form in MEDIA_TYPES
            },
            "/briefing.pdf": {"get": _of_the_briefing(lang)},
            "/closings/{number}.zip": {"get": _of_closing(lang)},
            "/evidence/{number}": {"get": _of_evidence(lang)},
            "/openapi.json": {"get": _of_itself(lang)},
        },
        "components": {
            "schemas": {"Problem": _problem(lang), **{table.name: _row(table, lang) for table in TABLES}},
        },
    }


def _published(editions: Sequence[Edition]) -> dict[str, object]:
    """Contact and licence of the first edition that names them."""
    contact = {
        name: value
        for name, field in (("name", "publisher"), ("x-contact", "contact"))
        if (value := next((value_of for each in editions if (value_of := getattr(each, field))), ""))
    }
    licence = next((each.licence for each in editions if each.licence), "")
    found: dict[str, object] = {"contact": contact} if contact else {}
    return found | ({"license": {"name": licence}} if licence else {})


def _operation(table: Endpoint, form: str, lang: Lang) -> dict[str, object]:
    refused = (*_REFUSALS, 416) if form != "xlsx" else (*_REFUSALS, 416, 422)
    items: list[dict[str, object]] = [{"$ref": f"#/components/schemas/{table.name}"}]
    if any(each.name == "group_by" for each in table.parameters):
        items += [_group(by, lang) for by in shortfalls.BY]
    rows: dict[str, object] = {"type": "array", "items": items[0] if len(items) == 1 else {"anyOf": items}}
    content = {"schema": {"oneOf": [_page(table, rows, lang), rows]}} if form == "json" else {}
    return {
        "operationId": f"{table.name}_{form}",
        "tags": [table.name],
        "summary": dictionary.table_meaning(table.name, lang),
        "parameters": [_parameter(each, lang) for each in parameters_of(table, form)],
        "responses": {
            "200": {
                "description": dictionary.table_meaning(table.name, lang),
                "headers": _headers(lang),
                "content": {MEDIA_TYPES[form]: content},
            },
            "206": {"description": text("api.part", lang), "content": {MEDIA_TYPES[form]: {}}},
            "304": {"description": text("api.unchanged", lang), "headers": _headers(lang)},
            **_refused(refused, lang),
        },
    }


def _of_the_briefing(lang: Lang) -> dict[str, object]:
    return {
        "operationId": "briefing",
        "summary": text("api.briefing", lang),
        "parameters": [_parameter(each, lang) for each in briefings.PARAMETERS],
        "responses": {
            "200": {"description": text("api.briefing", lang), "content": {briefings.MEDIA_TYPE: {}}},
            **_refused((400, 404, 405, 421, 501, 503), lang),
        },
    }


def _of_closing(lang: Lang) -> dict[str, object]:
    number = {"name": "number", "in": "path", "required": True, "schema": {"type": "integer", "minimum": 1}}
    return {
        "operationId": "closing_archive",
        "tags": ["closings"],
        "summary": text("api.closing_archive", lang),
        "parameters": [{**number, "description": text("api.parameter.closing", lang)}],
        "responses": {
            "200": {"description": text("api.closing_archive", lang), "content": {"application/zip": {}}},
            "206": {"description": text("api.part", lang), "content": {"application/zip": {}}},
            "304": {"description": text("api.unchanged", lang)},
            **_refused((403, 404, 405, 416, 421, 503), lang),
        },
    }


def _of_evidence(lang: Lang) -> dict[str, object]:
    number = {"name": "number", "in": "path", "required": True, "schema": {"type": "integer", "minimum": 1}}
    return {
        "operationId": "evidence",
        "summary": text("api.evidence", lang),
        "parameters": [{**number, "description": text("api.parameter.evidence", lang)}],
        "responses": {
            "200": {"description": text("api.evidence", lang), "content": {attachments.MEDIA_TYPE: {}}},
            **_refused((404, 405, 421, 503), lang),
        },
    }


def _of_itself(lang: Lang) -> dict[str, object]:
    return {
        "operationId": "openapi",
        "summary": text("api.title", lang),
        "parameters": [_parameter(LANG, lang)],
        "responses": {
            "200": {"description": text("api.title", lang), "content": {"application/json": {}}},
            **_refused((400, 405, 421), lang),
        },
    }


def _parameter(parameter: Parameter, lang: Lang) -> dict[str, object]:
    described: dict[str, object] = {
        "name": parameter.name,
        "in": "query",
        "description": parameter.description(lang),
        "required": parameter.required,
        "schema": parameter.schema(),
    }
    return {**described, "style": "form", "explode": True} if parameter.repeatable else described


def _headers(lang: Lang) -> dict[str, object]:
    return {
        name: {"description": text(f"api.header.{name}", lang), "schema": {"type": kind}}
        for name, kind in _HEADERS.items()
    }


def _refused(statuses: tuple[int, ...], lang: Lang) -> dict[str, object]:
    content = {refusals.MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {str(status): {"description": text(f"api.status.{status}", lang), "content": content} for status in statuses}


def _page(table: Endpoint, rows: dict[str, object], lang: Lang) -> dict[str, object]:
    fields: dict[str, dict[str, object]] = {
        "table": {"type": "string", "const": table.name},
        "as_of": {"type": "string", "format": "date"},
        "data_version": {"type": "integer"},
        "rules": {"type": "string"},
        "release": {"type": "string"},
        "editions": {"type": "array", "items": {"type": "object"}},
        "total": {"type": "integer"},
        "offset": {"type": "integer"},
        "next": {"type": ["string", "null"]},
        "rows": rows,
    }
    described = {name: {**schema, "description": text(f"api.page.{name}", lang)} for name, schema in fields.items()}
    return {"type": "object", "required": list(fields), "properties": described, "additionalProperties": False}


def _row(table: Endpoint, lang: Lang) -> dict[str, object]:
    return {
        "type": "object",
        "description": dictionary.table_meaning(table.name, lang),
        # Who chooses columns gets no others.
        "required": [] if any(each.name == "column" for each in table.parameters) else list(table.columns),
        "properties": {column: _cell(column, kind, lang) for column, kind in table.columns.items()},
        "additionalProperties": {"type": ["number", "null"]} if table.open else False,
    }


def _group(by: str, lang: Lang) -> dict[str, object]:
    columns = shortfalls.group_columns(by)
    return {
        "type": "object",
        "description": text("api.group", lang),
        "required": list(columns),
        "properties": {column: _SCHEMAS[kind] for column, kind in columns.items()},
        "additionalProperties": False,
    }


def _cell(column: str, kind: str, lang: Lang) -> dict[str, object]:
    codes = dictionary.codes(column)
    schema = {
        **_SCHEMAS[kind],
        "title": dictionary.label(column, lang),
        "description": dictionary.meaning(column, lang),
    }
    return {**schema, "enum": [*codes, None]} if codes else schema


def _problem(lang: Lang) -> dict[str, object]:
    fields = {"type": "string", "title": "string", "status": "integer", "detail": "string", "parameter": "string"}
    return {
        "type": "object",
        "description": text("api.problem", lang),
        "required": ["type", "title", "status", "detail"],
        "properties": {name: {"type": kind} for name, kind in fields.items()},
    }
