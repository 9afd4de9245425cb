"""Methods: HEAD is GET without the body; what an address takes is known from the description of the API."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_READ = ("GET", "HEAD", "OPTIONS")


def allowed_methods(described: Mapping[str, Any], path: str) -> list[str]:
    """The methods that an address takes; those of a file where the API does not describe it.

    Args:
        described: The API as OpenAPI.
        path: An address.

    >>> api = {"paths": {"/api/notes/{note}": {"get": {}}, "/api/notes/{note}.txt": {"delete": {}}}}
    >>> allowed_methods(api, "/api/notes/1"), allowed_methods(api, "/api/notes/1.txt")
    (['GET', 'HEAD', 'OPTIONS'], ['DELETE', 'GET', 'HEAD', 'OPTIONS'])
    """
    known = [methods for template, methods in described["paths"].items() if _fits(template, path)]
    named = {method.upper() for methods in known for method in methods}
    return sorted(named | ({"OPTIONS"} if named and "GET" not in named else set(_READ)))


def _fits(template: str, path: str) -> bool:
    parts = re.split(r"{\w+}", template)
    return re.fullmatch("[^/]+".join(map(re.escape, parts)), path) is not None


class Head:
    """ASGI layer that answers HEAD as the routes answer GET, and holds the body back."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self._app(scope, receive, send)
            return
        begun = False

        async def send_head(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                await send(message)
            elif not begun:
                begun = True
                await send({"type": "http.response.body"})

        await self._app({**scope, "method": "GET"}, receive, send_head)
