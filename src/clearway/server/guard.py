"""What every request passes before the routes: name, origin, token, type, size; and the headers that every answer carries."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import TYPE_CHECKING

from starlette.requests import HTTPConnection

from clearway.errors import ClearwayError, NotAllowed
from clearway.server.bodies import refuse_unasked
from clearway.server.origin import SAFE, is_foreign
from clearway.server.refusals import refusal, refusal_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from starlette.responses import Response
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from clearway.server.token import Token

MAX_BODY_BYTES = 6 * 2**20

API = "/api/"
SESSION = "/api/session"
"""Where the token is handed in."""

LOCAL_NAMES = frozenset({"127.0.0.1", "localhost", "[::1]"})
"""The names of this machine for itself, which no foreign name server can give to another."""

# MapLibre draws its icons by way of blobs, and places its markers by style attributes
CONTENT_POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; worker-src 'self'; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": CONTENT_POLICY,
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), payment=(), usb=()",
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}
_HOST = re.compile(r"(\[[^\[\]]+\]|[^:\[\]]+)(?::[0-9]*)?")
_ENCODED = [(name.encode(), value.encode()) for name, value in HEADERS.items()]
_ENCODED_API = [*_ENCODED, (b"cache-control", b"no-store")]  # what a route does not say otherwise of, nobody stores


class Guard:
    """ASGI layer round the whole application.

    Args:
        app: The application.
        hosts: Host names that it answers to: no foreign name may lead to a local server.
        token: What requests to the API must carry; None: nothing.
    """

    def __init__(self, app: ASGIApp, *, hosts: Collection[str], token: Token | None = None) -> None:
        self._app = app
        self._hosts = hosts
        self._token = token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        always = _ENCODED_API if scope["path"].startswith(API) else _ENCODED

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                present = {name for name, _ in message["headers"]}
                message["headers"] = [*message["headers"], *(pair for pair in always if pair[0] not in present)]
            await send(message)

        if refused := self._refused(HTTPConnection(scope)):
            await refused(scope, receive, send_with_headers)
            return
        if scope["method"] in SAFE:
            await self._app(scope, receive, send_with_headers)
            return
        messages = await _body(receive)
        if messages is None:
            message = f"The request is larger than {MAX_BODY_BYTES // 2**20} MB. Send less at once."
            await refusal(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "TooLarge", message)(scope, receive, send_with_headers)
            return
        if messages[-1]["type"] == "http.disconnect":
            return

        async def replay() -> Message:
            return messages.pop(0) if messages else await receive()

        await self._app(scope, replay, send_with_headers)

    def _refused(self, request: HTTPConnection) -> Response | None:
        """The refusal of a request that may not reach the routes."""
        headers, path = request.headers, request.scope["path"]
        if _host_name(headers.get("host", "")) not in self._hosts:
            message = "This server answers to its own names only. Open the address that it printed when it started."
            return refusal(HTTPStatus.MISDIRECTED_REQUEST, "BadInput", message)
        method = request.scope["method"]
        try:
            if (method not in SAFE or path.startswith(API)) and is_foreign(method, headers):
                raise NotAllowed("A page of another website sent this request. Use Clearway's own page, or a program.")
            if self._token and path.startswith(API) and path != SESSION:
                self._token.admit(request)
            if method not in SAFE:
                refuse_unasked(headers)
        except ClearwayError as error:
            return refusal_of(error)
        return None


async def _body(receive: Receive) -> list[Message] | None:
    """The messages of a whole body, or None when it grows too large: what is beyond is never kept."""
    messages, size = [], 0
    while True:
        message = await receive()
        messages.append(message)
        size += len(message.get("body", b""))
        if size > MAX_BODY_BYTES:
            return None
        if not message.get("more_body", False):
            return messages


def _host_name(header: str) -> str:
    """The name in a Host header, its port aside; empty where it cannot be read as a name and a port.

    >>> _host_name("127.0.0.1:8000"), _host_name("[::1]:8000"), _host_name("LocalHost"), _host_name("[::1].example.org")
    ('127.0.0.1', '[::1]', 'localhost', '')
    """
    read = _HOST.fullmatch(header.lower())
    return read[1] if read else ""
