"""What can't be answered, in words and with a hint, as the command line says it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from newsarchive.errors import (
    ArchiveLocked,
    ArticleNotFound,
    CaptureNotFound,
    ExportError,
    IndexUnavailable,
    InvalidArgument,
    NewsArchiveError,
    QueryError,
    SavedSearchNotFound,
)
from newsarchive.web.guards.sizes import TooLarge
from newsarchive.web.rendering import page, texts_for

_STATUS: Mapping[type[NewsArchiveError], int] = {
    ArticleNotFound: 404,
    CaptureNotFound: 404,
    SavedSearchNotFound: 404,
    QueryError: 400,
    ExportError: 400,
    InvalidArgument: 400,
    ArchiveLocked: 409,
    IndexUnavailable: 503,
}


def status_of(error: NewsArchiveError) -> int:
    """The status of an answer that tells of an error."""
    return next((status for kind, status in _STATUS.items() if isinstance(error, kind)), 500)


def error_dict(error: NewsArchiveError) -> dict[str, Any]:
    """The JSON form of an error."""
    return {
        "error": {
            "message": error.message,
            "hint": error.hint,
            "position": error.position if isinstance(error, QueryError) else None,
        }
    }


def refuse(request: Request, status: int, message: str, hint: str | None = None) -> Response:
    """A page, or JSON for programs, that says what is wrong."""
    if request.url.path.startswith("/api/"):
        return JSONResponse(
            {"error": {"message": message, "hint": hint, "position": None}}, status_code=status
        )
    return page(request, "error.html", status=status, message=message, hint=hint)


def _known_error(request: Request, error: Exception) -> Response:
    if not isinstance(error, NewsArchiveError):
        raise error
    if request.url.path.startswith("/api/"):
        return JSONResponse(error_dict(error), status_code=status_of(error))
    return refuse(request, status_of(error), error.message, error.hint)


def _http_error(request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise error
    texts = texts_for(request)
    message = texts.get(f"status_{error.status_code}", error.detail)
    response = refuse(request, error.status_code, message)
    response.headers.update(error.headers or {})
    return response


def _too_large(request: Request, _: Exception) -> Response:
    return refuse(request, 413, texts_for(request)("status_413"))


def _unexpected(request: Request, _: Exception) -> Response:
    return refuse(request, 500, texts_for(request)("status_500"))


HANDLERS: Mapping[Any, Callable[[Request, Exception], Response]] = {
    NewsArchiveError: _known_error,
    HTTPException: _http_error,
    TooLarge: _too_large,
    Exception: _unexpected,
}
