"""What every request passes before the routes: host, size; and the headers that every answer carries."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from clearway.server.refusals import refusal

if TYPE_CHECKING:
    from collections.abc import Collection

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

MAX_BODY_BYTES = 6 * 2**20

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
_ENCODED = [(name.encode(), value.encode()) for name, value in HEADERS.items()]


class Guard:
    """ASGI layer round the whole application."""

    def __init__(self, app: ASGIApp, *, hosts: Collection[str] | None) -> None:
        """Let requests to these host names through, to any where None: no foreign name may lead to a local server."""
        self._app = app
        self._hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = {name: value.decode("latin-1") for name, value in scope["headers"]}

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                present = {name for name, _ in message["headers"]}
                message["headers"] = [*message["headers"], *(pair for pair in _ENCODED if pair[0] not in present)]
            await send(message)

        if self._hosts is not None and _host_name(headers.get(b"host", "")) not in self._hosts:
            message = "This server answers on its own name only. Open the address that it printed when it started."
            answer = refusal(HTTPStatus.MISDIRECTED_REQUEST, "BadInput", message)
            await answer(scope, receive, send_with_headers)
            return
        if scope["method"] in ("GET", "HEAD"):
            await self._app(scope, receive, send_with_headers)
            return
        messages = await _body(receive)
        if messages is None:
            message = f"The request is larger than {MAX_BODY_BYTES // 2**20} MB. Send less at once."
            await refusal(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "TooLarge", message)(scope, receive, send_with_headers)
            return

        async def replay() -> Message:
            return messages.pop(0) if messages else await receive()

        await self._app(scope, replay, send_with_headers)


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
    """The name in a Host header, its port aside.

    >>> _host_name("127.0.0.1:8000"), _host_name("[::1]:8000"), _host_name("localhost")
    ('127.0.0.1', '[::1]', 'localhost')
    """
    return header[: header.index("]") + 1] if header.startswith("[") and "]" in header else header.partition(":")[0]
