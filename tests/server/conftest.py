"""The town's server, started once."""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from serving import serving, town_record, town_room

from clearway.server.desks.picture.desk import OperationDesks
from clearway.server.networks import gazetteer_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx

    from clearway.server.networks import Room


@pytest.fixture(scope="session")
def room() -> Room:
    return town_room()


@pytest.fixture(scope="session")
def client(room: Room, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    store = town_record(tmp_path_factory.mktemp("record") / "room.record")
    with closing(store), serving(room, operations=OperationDesks(store, {room.id: gazetteer_of(room)})) as opened:
        yield opened
