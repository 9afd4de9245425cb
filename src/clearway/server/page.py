"""The built user interface: files beside this module, or a page that says why they are absent."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from fastapi.responses import HTMLResponse
from starlette.exceptions import HTTPException
from starlette.staticfiles import StaticFiles

if TYPE_CHECKING:
    from os import PathLike, stat_result

    from starlette.responses import Response
    from starlette.types import Scope

STATIC = Path(__file__).parent / "static"
_HASHED = re.compile(r"[-.][0-9A-Za-z_]{8,}\.(js|mjs|css|woff2|svg|png|map)$")
_FOR_GOOD = "public, max-age=31536000, immutable"
_ABSENT = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Clearway: the page is not built</title></head>
<body style="font: 16px/1.5 system-ui, sans-serif; max-width: 40rem; margin: 4rem auto; padding: 0 1rem">
<h1>The page is not built</h1>
<p>The server runs and its API answers at <a href="/api/networks">/api/networks</a>, but the user interface was left out when
Clearway was installed.</p>
<p>Build it: <code>cd web &amp;&amp; npm ci --ignore-scripts &amp;&amp; npm run build</code>, or install Clearway again without
<code>CLEARWAY_SKIP_UI</code>: <code>make demo</code>. Then load this page again.</p>
</body></html>
"""


class Page(StaticFiles):
    """The files of the user interface, with caching that fits their names."""

    def __init__(self, folder: Path = STATIC) -> None:
        super().__init__(directory=folder, html=True, check_dir=False)
        self._folder = folder

    async def check_config(self) -> None:
        """Nothing to check: the folder may be built while the server runs."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """One file, or the page that says why there is none."""
        if path.startswith("api/"):
            raise HTTPException(404)
        if path in (".", "index.html") and scope["method"] in ("GET", "HEAD") and not (self._folder / "index.html").is_file():
            return HTMLResponse(_ABSENT, status_code=503, headers={"cache-control": "no-store"})
        return await super().get_response(path, scope)

    def file_response(
        self, full_path: str | PathLike[str], stat_result: stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        """A file with its caching: hashed names never change, the others are asked for again."""
        response = super().file_response(full_path, stat_result, scope, status_code)
        response.headers.setdefault("cache-control", _FOR_GOOD if _HASHED.search(str(full_path)) else "no-cache")
        return response
