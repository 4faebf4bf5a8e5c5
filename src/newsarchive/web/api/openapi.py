"""What a program may ask, as OpenAPI 3.1 describes it; made from the same table that answers."""

from __future__ import annotations

from typing import Any

from newsarchive import __version__
from newsarchive.web.api.endpoints import ENDPOINTS, Endpoint
from newsarchive.web.api.parameters import LARGEST, Kind, Parameter

PATH = "/api/openapi.json"
_ERRORS = {
    "400": "The question can't be answered as it stands: a fault in the query, or in a parameter.",
    "401": "A password is needed, and this browser or program has not said it.",
    "404": "There is no such article.",
    "414": "The address is too long.",
    "421": "The server is not known by the name in `Host`.",
    "500": "Something of the archive is damaged.",
    "503": "The search index can't be used; the hint names what repairs it.",
}
# Told in a line of text, before anything is looked at.
_PLAIN = ("414", "421")


def description() -> dict[str, Any]:
    """The document."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "newsarchive",
            "version": __version__,
            "description": "The answers of an archive of news, in the JSON forms of the command line.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "paths": {each.path: {"get": _operation(each)} for each in ENDPOINTS},
        "components": {"schemas": {"Error": _error_schema()}},
    }


def _operation(endpoint: Endpoint) -> dict[str, Any]:
    name = endpoint.path.removeprefix("/api/").replace("/{id}", "").replace("/", "_")
    parameters = [_parameter(each) for each in endpoint.parameters]
    if endpoint.has_id:
        parameters.insert(0, _id())
    return {
        "operationId": name,
        "summary": endpoint.words,
        "parameters": parameters,
        "responses": {"200": _answer(endpoint), **_errors(endpoint)},
    }


def _id() -> dict[str, Any]:
    return {
        "name": "id",
        "in": "path",
        "required": True,
        "description": "the number of an article",
        "schema": {"type": "integer", "minimum": 1, "maximum": LARGEST},
    }


def _parameter(parameter: Parameter) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": parameter.kind.value}
    if parameter.choices:
        schema["enum"] = list(parameter.choices)
    if parameter.kind is Kind.NUMBER:
        schema |= {"minimum": parameter.least, "maximum": parameter.most}
    if parameter.is_list:
        schema = {"type": "array", "items": schema}
    return {
        "name": parameter.name,
        "in": "query",
        "required": parameter.is_required,
        "description": parameter.words,
        "schema": schema,
    }


def _answer(endpoint: Endpoint) -> dict[str, Any]:
    schema = {
        "type": "object",
        "required": list(endpoint.fields),
        # Fields may be added within a version of the format, never renamed.
        "additionalProperties": True,
    }
    return {"description": "The answer.", "content": {"application/json": {"schema": schema}}}


def _errors(endpoint: Endpoint) -> dict[str, Any]:
    return {
        status: {"description": words, "content": _content(status)}
        for status, words in _ERRORS.items()
        if status != "404" or endpoint.has_id
    }


def _content(status: str) -> dict[str, Any]:
    if status in _PLAIN:
        return {"text/plain": {"schema": {"type": "string"}}}
    return {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}


def _error_schema() -> dict[str, Any]:
    return {
        "type": "object",
        "required": ["error"],
        "properties": {
            "error": {
                "type": "object",
                "required": ["message", "hint"],
                "properties": {
                    "message": {"type": "string"},
                    "hint": {"type": ["string", "null"]},
                    "position": {
                        "type": ["integer", "null"],
                        "description": "where in the query, from 0, in characters",
                    },
                },
            }
        },
    }
