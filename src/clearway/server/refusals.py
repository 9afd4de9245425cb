"""Every error of the server in one shape: ``{"error": {"kind": ..., "message": ...}}``."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from clearway.errors import ClearwayError
from clearway.server.contract import ErrorAnswer
from clearway.shapes import sentence_of

if TYPE_CHECKING:
    from fastapi import FastAPI, Request

_FAULT = "The program failed; this is a bug, and its log has the details. Nothing was saved. Try again, or report the fault."
ERRORS: dict[int | str, dict[str, Any]] = {
    status: {"model": ErrorAnswer, "description": why}
    for status, why in {
        400: "The request is not valid JSON.",
        403: "The caller may not do this.",
        404: "There is no such network, operation, entry, way or tile.",
        409: "Another entry was written first, or the id is already in use.",
        413: "The request is too large.",
        421: "The request was sent to another host name.",
        422: "The request was understood but has no answer; the message explains why and what to do.",
        500: "The program failed.",
        503: "The database does not answer.",
    }.items()
}
"""How a request can fail, for the description of the API."""

_PLAIN = {
    HTTPStatus.BAD_REQUEST: ("BadInput", "The request cannot be read. Send one JSON object in UTF-8."),
    HTTPStatus.NOT_FOUND: ("NotFound", "There is nothing at this address. GET /api/networks lists what there is."),
    HTTPStatus.METHOD_NOT_ALLOWED: ("MethodNotAllowed", "This address does not take that method. See docs/reference/api.md."),
}


def refusal(status: int, kind: str, message: str) -> JSONResponse:
    """One error as a response."""
    return JSONResponse({"error": {"kind": kind, "message": message}}, status_code=status)


def install_refusals(app: FastAPI) -> None:
    """Answer every error of an application in the one shape."""

    @app.exception_handler(ClearwayError)
    def _expected(request: Request, error: ClearwayError) -> JSONResponse:  # noqa: ARG001 - Starlette's signature
        return refusal(error.status, error.kind, str(error))

    @app.exception_handler(RequestValidationError)
    def _invalid(request: Request, error: RequestValidationError) -> JSONResponse:  # noqa: ARG001 - Starlette's signature
        no_json = any(found["type"] == "json_invalid" for found in error.errors())
        status = HTTPStatus.BAD_REQUEST if no_json else HTTPStatus.UNPROCESSABLE_ENTITY
        return refusal(status, "BadInput", sentence_of([found | {"loc": found["loc"][1:]} for found in error.errors()]))

    @app.exception_handler(HTTPException)
    def _plain(request: Request, error: HTTPException) -> JSONResponse:  # noqa: ARG001 - Starlette's signature
        kind, message = _PLAIN.get(HTTPStatus(error.status_code), ("BadInput", f"{error.detail}."))
        answer = refusal(error.status_code, kind, message)
        answer.headers.update(error.headers or {})
        return answer

    @app.exception_handler(Exception)
    def _fault(request: Request, error: Exception) -> JSONResponse:  # noqa: ARG001 - Starlette logs the error itself
        return refusal(HTTPStatus.INTERNAL_SERVER_ERROR, "Fault", _FAULT)
