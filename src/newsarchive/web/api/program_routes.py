"""The addresses that programs ask."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from hashlib import blake2b
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from newsarchive.export.clean_text import encodable
from newsarchive.web.api.endpoints import ENDPOINTS, Endpoint
from newsarchive.web.api.openapi import PATH, description
from newsarchive.web.api.parameters import read_all, whole_number
from newsarchive.web.served import served


def routes() -> list[Route]:
    """All of them."""
    described = Route(PATH, lambda request: _as_json(request, description()))
    return [described, *(Route(each.path, _answering(each)) for each in ENDPOINTS)]


def _answering(endpoint: Endpoint) -> Callable[[Request], Response]:
    return partial(_answer, endpoint)


def _answer(endpoint: Endpoint, request: Request) -> Response:
    values: dict[str, Any] = dict(read_all(endpoint.parameters, request.query_params))
    if endpoint.has_id:
        values["id"] = whole_number("id", request.path_params["id"], least=1)
    return _as_json(request, endpoint.answer(served(request).archive, values))


def _as_json(request: Request, document: dict[str, Any]) -> Response:
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    content = encodable(text).encode("utf-8")
    etag = f'"{blake2b(content, digest_size=12).hexdigest()}"'
    if etag in request.headers.get("if-none-match", "").replace("W/", "").split(", "):
        return Response(status_code=304, headers={"ETag": etag})
    return Response(content, media_type="application/json", headers={"ETag": etag})
