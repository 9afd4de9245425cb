"""The types of request bodies. A page of another website can send the simple ones without asking: no route takes those."""

from __future__ import annotations

from email.message import Message
from typing import TYPE_CHECKING, Any

from fastapi import Request

from clearway.errors import WrongType

if TYPE_CHECKING:
    from starlette.datastructures import Headers

JSON = "application/json"
_SENT_UNASKED = {"", "text/plain", "multipart/form-data", "application/x-www-form-urlencoded"}
_UNICODE = {"utf-8", "utf8"}


def refuse_unasked(headers: Headers) -> None:
    """Refuse what a form, a beacon or a careless script of another website could have sent.

    Raises:
        WrongType: there is a body, and its type is a simple one or its characters are not UTF-8.
    """
    if headers.get("content-length", "0") == "0" and "transfer-encoding" not in headers:
        return
    if _type(headers) in _SENT_UNASKED or _parsed(headers).get_content_charset("utf-8") not in _UNICODE:
        raise WrongType(
            f"The body's type is missing or not taken. Send JSON in UTF-8 with Content-Type: {JSON}, and a file with "
            "Content-Type: application/octet-stream."
        )


def is_json(headers: Headers) -> bool:
    """Whether a body is sent as JSON."""
    return _type(headers) == JSON or (_type(headers).startswith("application/") and _type(headers).endswith("+json"))


class Takes:
    """A dependency of a route that reads its body itself: refuses a body of another type than those listed.

    Args:
        types: The types of a body that it takes.
    """

    def __init__(self, *types: str) -> None:
        self._types = types

    async def __call__(self, request: Request) -> None:
        """Let a request pass.

        Raises:
            WrongType: its body is of another type.
        """
        if _type(request.headers) not in self._types:
            raise WrongType(f"This type of body is not taken here. Send it with Content-Type: {' or '.join(self._types)}.")

    @property
    def described(self) -> dict[str, Any]:
        """The body in the description of the API."""
        schema = {"type": "string", "format": "binary"}
        return {"requestBody": {"content": {name: {"schema": schema} for name in self._types}, "required": True}}


def _parsed(headers: Headers) -> Message:
    message = Message()
    message["content-type"] = headers.get("content-type", "")
    return message


def _type(headers: Headers) -> str:
    """The type without its parameters, in small letters; empty where there is none."""
    return _parsed(headers).get_content_type() if headers.get("content-type") else ""
