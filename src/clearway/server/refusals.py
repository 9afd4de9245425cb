"""Every error of the server in one shape: ``{"error": {"kind": ..., "message": ...}}``."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from clearway.errors import ClearwayError, Unavailable, WrongType
from clearway.server.bodies import JSON, is_json
from clearway.server.contract import ErrorAnswer
from clearway.server.methods import allowed_methods
from clearway.shapes import sentence_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fastapi import FastAPI, Request

_FAULT = "The program failed; this is a bug, and its log has the details. Nothing was saved. Try again, or report the fault."
_SHAPE = {"application/json": {"schema": {"$ref": "#/components/schemas/ErrorAnswer"}}}
ERRORS: dict[int | str, dict[str, Any]] = {
    # by its name but once: of a model each route would make a validator of its own, for each status
    status: {"description": why} | ({"model": ErrorAnswer} if status == HTTPStatus.BAD_REQUEST else {"content": _SHAPE})
    for status, why in {
        400: "The request is not valid JSON, or what it holds cannot be read; the message says why and shows an example.",
        401: "The server asks for its token.",
        403: "The caller may not do this, or a page of another website sent the request.",
        404: "There is no such network, operation, entry, way or tile.",
        405: "The address does not take this method; Allow lists those that it takes.",
        409: "Another entry was written first, or the id is already in use.",
        413: "The request is too large.",
        415: "The request's body has a type that the route does not take.",
        421: "The request was sent to another host name.",
        422: "The request was understood but has no answer; the message explains why and what to do.",
        429: "This address asks for more than its share; Retry-After says when to ask again.",
        500: "The program failed.",
        503: "The database does not answer, or the server is busy; Retry-After says when to ask again.",
    }.items()
}
"""How a request can fail, for the description of the API."""

_PLAIN = {
    HTTPStatus.BAD_REQUEST: ("BadInput", "The request cannot be read. Send one JSON object in UTF-8."),
    HTTPStatus.NOT_FOUND: ("NotFound", "There is nothing at this address. GET /api/networks lists what there is."),
    HTTPStatus.METHOD_NOT_ALLOWED: ("MethodNotAllowed", "This address does not take that method. See docs/reference/api.md."),
}


RETRY_S = 5
"""After how long who was refused for want of room may ask again: long enough that the crowd does not come back at once."""

_RETRIED = {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE}


def refusal(status: int, kind: str, message: str, *, retry_s: int | None = None) -> JSONResponse:
    """One error as a response."""
    headers = {"cache-control": "no-store"}
    if status in _RETRIED:
        headers["retry-after"] = str(retry_s or RETRY_S)
    if status == HTTPStatus.UNAUTHORIZED:
        headers["www-authenticate"] = "Bearer"
    sayable = message.encode(errors="replace").decode()  # it may quote half a character, which no answer can carry
    return JSONResponse({"error": {"kind": kind, "message": sayable}}, status_code=status, headers=headers)


def refusal_of(error: ClearwayError) -> JSONResponse:
    """An error of our own as a response."""
    return refusal(error.status, error.kind, str(error), retry_s=error.retry_s if isinstance(error, Unavailable) else None)


def install_refusals(app: FastAPI) -> None:
    """Answer every error of an application in the one shape."""

    @app.exception_handler(ClearwayError)
    def _expected(request: Request, error: ClearwayError) -> JSONResponse:  # noqa: ARG001 - Starlette's signature
        return refusal_of(error)

    @app.exception_handler(RequestValidationError)
    def _invalid(request: Request, error: RequestValidationError) -> JSONResponse:
        if not is_json(request.headers) and any(_is_unread(found) for found in error.errors()):
            return refusal_of(WrongType(f"This type of body is not taken here. Send it with Content-Type: {JSON}."))
        no_json = any(found["type"] == "json_invalid" for found in error.errors())
        status = HTTPStatus.BAD_REQUEST if no_json else HTTPStatus.UNPROCESSABLE_ENTITY
        return refusal(status, "BadInput", sentence_of([found | {"loc": found["loc"][1:]} for found in error.errors()]))

    @app.exception_handler(HTTPException)
    def _plain(request: Request, error: HTTPException) -> Response:
        headers = {name.lower(): value for name, value in (error.headers or {}).items()}
        if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            headers["allow"] = ", ".join(allowed_methods(app.openapi(), request.url.path))
            if request.method == "OPTIONS":
                return Response(status_code=HTTPStatus.NO_CONTENT, headers=headers)
        kind, message = _PLAIN.get(HTTPStatus(error.status_code), ("BadInput", f"{error.detail}."))
        answer = refusal(error.status_code, kind, message)
        answer.headers.update(headers)
        return answer

    @app.exception_handler(Exception)
    def _fault(request: Request, error: Exception) -> JSONResponse:  # noqa: ARG001 - Starlette logs the error itself
        return refusal(HTTPStatus.INTERNAL_SERVER_ERROR, "Fault", _FAULT)


def _is_unread(found: Mapping[str, Any]) -> bool:
    """Whether this says that a body, which was sent, was not taken for JSON."""
    return bool(found["loc"] == ("body",) and found["type"] != "missing")
