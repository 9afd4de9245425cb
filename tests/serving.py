"""A real server in a thread, and a town drawn by hand for it."""

from __future__ import annotations

import contextlib
import socket
import threading
from typing import TYPE_CHECKING, Any

import httpx

from clearway.network.build import NetworkDraft
from clearway.record.moments import calendar, moment_of
from clearway.record.open import open_record
from clearway.record.parse import draft_of
from clearway.server.app import create_app
from clearway.server.city import city_from
from clearway.server.connections import server_of
from clearway.server.networks import ServedNetwork, served_network
from clearway.server.page import STATIC
from clearway.server.serve import LOCAL, bound_socket
from patience import LAST_RESORT_S, until

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from fastapi import FastAPI

    from clearway.network.model import Network
    from clearway.record.store import Store
    from clearway.server.operations import ServedRecord

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


def served_town() -> ServedNetwork:
    """The town with a site round its junction (2, 2)."""
    network = drawn_town()
    site = {"type": "Feature", "properties": {}, "geometry": square(2, 2)}
    return served_network(network, city_from(network, name="A square is taken", site=site, stations=stations()))


def town_record(path: Path) -> Store:
    """A record of the square that has one of everything a picture shows."""
    store = open_record(str(path), clock=lambda: moment_of("2022-02-18T00:00Z"))
    known = calendar("Pacific/Auckland", "2022-02-08")
    opened = {"title": "A square is taken", "zone": "Pacific/Auckland", "first_day": "2022-02-08"}
    police = {"office": "Commissioner", "organisation": "Police", "name": "A. Name", "reliability": "B", "credibility": 2}
    police |= {"medium": "stand_up", "document": "log 7", "published": "2022-02-17T12:00+13:00"}
    groups = {"organisation": "Groups", "reliability": "D", "credibility": 4}
    entries: list[tuple[str, str, dict[str, Any], dict[str, Any]]] = [
        ("o", "operation", opened, police),
        ("v1", "count", {"what": "vehicles", "amount": {"low": 450, "high": 450, "about": True}}, police),
        ("v2", "count", {"what": "vehicles", "amount": {"low": 800}}, groups),
        ("f", "flow", {"what": "vehicles", "direction": "left", "amount": {"low": 12, "high": 12}}, police),
        ("r", "road_state", {"state": "shut"}, police),
        ("i", "incident", {"nature": "noise", "summary": "horns"}, groups),
        ("p", "promise", {"by": "Police", "what": "tow", "due": "2022-02-16T12:00+13:00"}, police),
        ("m", "meeting_request", {"asked_by": "Groups", "asked_of": "Government"}, groups),
        ("c", "condition", {"by": "Speaker", "before": "talks", "what": "none", "counted": "vehicles", "at_most": 0}, police),
    ]
    for entry_id, kind, body, source in entries:
        place = [{"type": "street", "street": "Third Street"}] if kind in ("road_state", "incident") else []
        said = {"id": entry_id, "kind": kind, "body": body, "happened": "day 10 morning", "known": "2022-02-17T12:00+13:00"}
        store.append(
            "square",
            [
                draft_of(
                    said | {"source": source, "places": place}, known, now=moment_of("2022-02-18T00:00Z"), entered="imported"
                )
            ],
        )
    disputing = {"id": "d", "kind": "remark", "body": {"text": "No horns"}, "happened": "day 10", "disputes": ["i"]}
    store.append(
        "square",
        [
            draft_of(
                disputing | {"known": "2022-02-17T13:00+13:00"}, known, now=moment_of("2022-02-18T00:00Z"), entered="imported"
            )
        ],
    )
    return store


def live_record(path: Path) -> Store:
    """The same record, opened again and written to by the clock of today."""
    town_record(path).close()
    return open_record(str(path))


GIVEN = {
    "network": "drawn-town", "operation": "square", "entry": "v1", "report": "none", "job": "none", "way": "3",
    "upload": "none", "zoom": "14", "column": "16145", "row": "10259", "form": "txt",
    "key": "none", "paper": "tows.csv", "order": "1", "tow": "T001", "decision": "none",
}  # fmt: skip
"""What each part of an address stands for in the town and the record of these tests."""


@contextlib.contextmanager
def serving(
    *networks: ServedNetwork,
    record: ServedRecord | None = None,
    hosts: frozenset[str] = frozenset({"127.0.0.1"}),
    page: Path = STATIC,
    cities: Path | None = None,
) -> Iterator[httpx.Client]:
    """A client of a running server."""
    with running(create_app(networks, record, hosts=hosts, page=page, cities=cities)) as client:
        yield client


@contextlib.contextmanager
def running(app: FastAPI, *, held_bytes: int | None = None) -> Iterator[httpx.Client]:
    """A client of an application that runs as a server does.

    Args:
        app: The application.
        held_bytes: How much the system holds of what a client does not take; None: as it likes.
    """
    with bound_socket(LOCAL, 0) as listener:
        if held_bytes is not None:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, held_bytes)  # its connections have the same
        server = server_of(app)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            until(lambda: server.started or not thread.is_alive())
            base = f"http://127.0.0.1:{listener.getsockname()[1]}"
            with httpx.Client(base_url=base, timeout=LAST_RESORT_S, verify=False) as client:  # noqa: S501 - nothing to verify
                yield client
        finally:
            server.should_exit = True
            thread.join()
