"""A real server in a thread, and a town drawn by hand for it."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from typing import TYPE_CHECKING, Any

import httpx
import uvicorn

from clearway.network.build import NetworkDraft
from clearway.server.app import create_app
from clearway.server.page import STATIC
from clearway.server.room import Room, open_room
from clearway.server.scenario import scenario_from

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from clearway.network.model import Network

WEST, SOUTH, STEP = 174.770, -41.290, 0.004
SIDE = 6


def drawn_town() -> Network:
    """Six avenues north to south and six streets west to east, two-way but for First Street, which runs east only."""
    draft = NetworkDraft("Drawn Town", notices=("(c) whoever drew it",))
    at = {(x, y): draft.junction(WEST + x * STEP, SOUTH + y * STEP) for x in range(SIDE) for y in range(SIDE)}
    ordinals = ("First", "Second", "Third", "Fourth", "Fifth", "Sixth")
    everyone = draft.usual_permit("residential")
    for y in range(SIDE):
        for x in range(SIDE - 1):
            permit = (everyone, draft.usual_permit("path") & 32) if y == 0 else None
            draft.way(at[x, y], at[x + 1, y], name=f"{ordinals[y]} Street", permit=permit)
    for x in range(SIDE):
        for y in range(SIDE - 1):
            draft.way(at[x, y], at[x, y + 1], name=f"{ordinals[x]} Avenue", street_class="tertiary")
    draft.place("hospital", WEST, SOUTH, name="Māori Hill Hospital")
    draft.area("park", square(2, 2, 0.3)["coordinates"][0], name="The Green")
    return draft.finish()


def square(x: float, y: float, reach: float = 0.3) -> dict[str, Any]:
    """A square round a junction of the town, ``reach`` in block lengths."""
    west, east = WEST + (x - reach) * STEP, WEST + (x + reach) * STEP
    south, north = SOUTH + (y - reach) * STEP, SOUTH + (y + reach) * STEP
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def stations() -> dict[str, Any]:
    """One fire station at the town's south-west corner."""
    point = {"type": "Point", "coordinates": [WEST + STEP / 4, SOUTH]}
    properties = {"name": "Corner Fire Station", "kind": "fire_station"}
    return {"type": "FeatureCollection", "features": [{"type": "Feature", "properties": properties, "geometry": point}]}


def town_room() -> Room:
    """The town with a site round its junction (2, 2)."""
    network = drawn_town()
    site = {"type": "Feature", "properties": {}, "geometry": square(2, 2)}
    return open_room(network, scenario_from(network, name="A square is taken", site=site, stations=stations()))


@contextlib.contextmanager
def serving(
    *rooms: Room, hosts: frozenset[str] | None = frozenset({"127.0.0.1"}), page: Path = STATIC
) -> Iterator[httpx.Client]:
    """A client of a running server."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = uvicorn.Server(
            uvicorn.Config(create_app(rooms, hosts=hosts, page=page), log_level="critical", access_log=False)
        )
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            while not server.started:
                time.sleep(0.01)
            with httpx.Client(base_url=f"http://127.0.0.1:{listener.getsockname()[1]}", timeout=60) as client:
                yield client
        finally:
            server.should_exit = True
            thread.join()
