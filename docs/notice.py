"""Write NOTICE: what Clearway ships or needs, and under which licences. A test fails when it is stale.

Names come from the locked lists; licences of Python packages from what is installed, of the page's packages from npm's list.
"""

from __future__ import annotations

import json
import re
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

ROOT = Path(__file__).parents[1]
NOTICE = ROOT / "NOTICE"
_LOCKED = re.compile(r"^([A-Za-z0-9._-]+)==", re.MULTILINE)
_LONGEST = 60
"""Of a licence's name; what is longer is the licence itself."""

_HEAD = """Clearway
Licensed under the Apache License, Version 2.0; see LICENSE.

Written by `python docs/notice.py` from the locked lists. What a package holds of others is listed with its own licence files,
which its installation brings along. psycopg is under the LGPL 3.0: it is used unchanged, as a library of its own, and can be
replaced by another version of itself.
"""

_DRAWN = (
    "icons of the page and signs of the map: Clearway's own, Apache-2.0",
    "fonts: none are shipped; the page uses those of the system, a report as PDF those in typst",
)


def notice() -> str:
    """The whole file."""
    return "\n".join(
        [
            _HEAD,
            _section("Python packages that Clearway needs, or that build it", _python_packages()),
            _section("Packages that are part of the page", _page_packages()),
            _section("Icons and fonts", _DRAWN),
            _section("Data sets of the demonstration (src/clearway/demo)", _data_sets()),
        ]
    )


def _section(title: str, lines: Iterable[str]) -> str:
    return "\n".join([title, "-" * len(title), *lines, ""])


def locked_packages() -> list[str]:
    """The names of the Python packages of an installation, on any system."""
    return sorted(set(_LOCKED.findall((ROOT / "requirements" / "runtime.txt").read_text("utf-8"))))


def _python_packages() -> Iterator[str]:
    before = dict(line.split(": ", 1) for line in _written() if ": " in line)
    for name in locked_packages():
        try:
            yield f"{name}: {_licence(metadata.metadata(name).json)}"
        except metadata.PackageNotFoundError:  # needed on another system or by another Python; known from there
            yield f"{name}: {before.get(name, 'see its own licence files')}"


def _written() -> list[str]:
    return NOTICE.read_text("utf-8").splitlines() if NOTICE.exists() else []


def _licence(about: Mapping[str, Any]) -> str:
    """The licence that a package names: as an expression, in a word, or by its classifier."""
    word = (about.get("license_expression") or about.get("license") or "").strip()
    if word and len(word) <= _LONGEST:
        return word
    named = [line.rpartition("::")[2].strip() for line in about.get("classifier", ()) if line.startswith("License")]
    return ", ".join(named) or "see its own licence files"


def _page_packages() -> Iterator[str]:
    packages = json.loads((ROOT / "web" / "package-lock.json").read_text("utf-8"))["packages"]
    for path, about in sorted(packages.items()):
        if path and not about.get("dev") and not about.get("optional"):
            yield f"{path.removeprefix('node_modules/')}: {about['license']}"


def _data_sets() -> Iterator[str]:
    before = ["", "", "", ""]
    rows = (ROOT / "src" / "clearway" / "demo" / "README.md").read_text("utf-8").splitlines()
    for row in rows:
        if row.startswith("| `"):
            cells = [cell.strip().replace("`", "") for cell in row.strip("| ").split(" | ")]
            before = [above if cell == "same" else cell for cell, above in zip(cells, before, strict=True)]
            yield "{0}: from {2}. {3}".format(*before)


if __name__ == "__main__":
    NOTICE.write_text(notice(), "utf-8")
