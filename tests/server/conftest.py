"""The town's server, started once."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from serving import serving, town_room

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx

    from clearway.server.room import Room


@pytest.fixture(scope="session")
def room() -> Room:
    return town_room()


@pytest.fixture(scope="session")
def client(room: Room) -> Iterator[httpx.Client]:
    with serving(room) as opened:
        yield opened
