"""The description of the interface in OpenAPI 3.1, from the table of operations."""

from __future__ import annotations

from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

from msqgraph.server.api.operations import Operation
from msqgraph.server.api.parameters import Parameter
from msqgraph.server.api.schema import Schema, Schemas
from msqgraph.server.content import comparison, country, listing, world

ROOT = "/api/v1"
PROBLEM = "application/problem+json"
_NAMES: dict[type, str] = {
    country.Country: "Country",
    world.Country: "CountryOfTheWorld",
    comparison.Cell: "ComparedCell",
    listing.Cell: "ListedCell",
    listing.Row: "Listed",
}
_DESCRIPTION = """\
What governments stated in the United Nations Member States Questionnaire, and what was understood of it, as JSON. \
Every thing has its stable identifier (`iri`) and the address of its page (`web_page`). What is not known is the \
string `unknown`, never false. What there is none of is null. Only GET and HEAD; no key; any origin."""
_PROBLEM: Schema = {
    "description": "What is wrong, and what to do (RFC 9457).",
    "type": "object",
    "required": ["title", "status", "detail"],
    "properties": {
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "request": {"type": "string", "description": "How the request is called in the server's log."},
    },
}
_REFUSALS = {
    400: "A parameter is not as described",
    404: "There is no such thing",
    406: "JSON is not accepted",
    503: "Too much to do, or not ready: try again",
}


def openapi(operations: Iterable[Operation], title: str, version: str, licence: str, root_path: str = "") -> Schema:
    """The description as a document.

    :param root_path: where the site is below its host.
    """
    schemas = Schemas(_NAMES)
    paths = {one.path: {"get": _operation(one, schemas)} for one in operations}
    tags = list(dict.fromkeys(one["get"]["tags"][0] for one in paths.values()))
    return {
        "openapi": "3.1.0",
        "info": {
            "title": title,
            "version": version,
            "description": _DESCRIPTION,
            "license": {"name": "Licence of the data", "url": licence},
        },
        "servers": [{"url": f"{root_path}{ROOT}"}],
        "tags": [{"name": tag} for tag in tags],
        "paths": paths,
        "components": {
            "schemas": {**dict(sorted(schemas.components.items())), "Problem": _PROBLEM},
            "responses": {
                str(status): _refusal(status, description) for status, description in sorted(_REFUSALS.items())
            },
        },
    }


def _operation(operation: Operation, schemas: Schemas) -> Schema:
    result = schemas.of(operation.result)
    told: Schema = {
        "operationId": operation.name,
        "tags": [operation.tag],
        "summary": operation.summary,
        "parameters": [_parameter(one) for one in operation.every_parameter],
        "responses": {
            "200": {
                "description": operation.summary,
                "headers": _headers(operation),
                "content": {"application/json": {"schema": _list(result) if operation.is_list else result}},
            },
            **{str(status): {"$ref": f"#/components/responses/{status}"} for status in sorted(_REFUSALS)},
        },
    }
    if operation.description:
        told["description"] = operation.description
    return told


def _parameter(parameter: Parameter) -> dict[str, Any]:
    told: dict[str, Any] = {
        "name": parameter.name,
        "in": "path" if parameter.is_in_path else "query",
        "required": parameter.is_in_path or parameter.is_required,
        "description": parameter.description,
        "schema": parameter.schema,
    }
    if parameter.most_values > 1:
        told |= {"style": "form", "explode": True}
    if parameter.example is not None:
        told["example"] = [parameter.example] if parameter.most_values > 1 else parameter.example
    return told


def _headers(operation: Operation) -> Schema:
    told = {"ETag": {"description": "For conditional requests.", "schema": {"type": "string"}}}
    if operation.is_list or operation.is_paged_by_answer:
        told["Link"] = {"description": "The next and the previous part (RFC 8288).", "schema": {"type": "string"}}
    return told


def _list(item: Schema) -> Schema:
    """The schema of a part of a list."""
    properties: Schema = {
        "total": {"type": "integer", "description": "All things that the filters let through."},
        "offset": {"type": "integer"},
        "limit": {"type": "integer"},
        "next": {"type": ["string", "null"], "description": "The address of the next part, if there is one."},
        "items": {"type": "array", "items": item},
    }
    return {
        "type": "object",
        "required": list(properties),
        "properties": properties,
        "additionalProperties": False,
    }


def _refusal(status: int, description: str) -> Schema:
    return {
        "description": f"{HTTPStatus(status).phrase}: {description}",
        "content": {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
