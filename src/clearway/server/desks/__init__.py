"""The desks of the server, one line each: a folder beside this file that names its ``DESK``."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from clearway.server.frame import ServerDesk

_DESKS = (
    "map",
    "cities",
    "plan",
    "plans",
    "picture",
    "read",
    "log",
    "traffic",
    "buses",
    "detours",
    "papers",
    "vehicles",
    "talks",
    "decide",
)


def all_desks() -> list[ServerDesk]:
    """Every desk, loaded when a server is made, so that whoever needs the shapes of one does not wait for all."""
    return [import_module(f"{__name__}.{name}").DESK for name in _DESKS]
