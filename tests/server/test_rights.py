"""Every route of the application asks who may pass, the routes of its desks among them."""

from __future__ import annotations

import asyncio
import re
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from fastapi import APIRouter, FastAPI, Request

from clearway.errors import NotAllowed
from clearway.record.entry import RELEASES
from clearway.server.app import create_app
from clearway.server.desks import all_desks
from clearway.server.operations import ServedRecord
from clearway.server.rights import ACTIONS, LOCAL_USER, May, Person, person_of, turn_of
from serving import running, town_record

if TYPE_CHECKING:
    from pathlib import Path

    from clearway.record.entry import Release
    from clearway.server.networks import ServedNetwork
    from clearway.server.rights import Action

NOBODY = Person("nobody", frozenset(), frozenset())
SOMEBODY = Person("somebody", frozenset({"see the record", "write entries"}), frozenset({"public"}))


def routes_in(router: APIRouter) -> int:
    """How many routes a router has, with those of the routers that it includes."""
    return sum(routes_in(one.original_router) if hasattr(one, "original_router") else 1 for one in router.routes)


@pytest.mark.slow
def test_every_route_refuses_who_may_do_nothing(town: ServedNetwork, tmp_path: Path) -> None:
    store = town_record(tmp_path / "room.record")
    app = create_app([town], ServedRecord(store), sign_in=lambda _request: NOBODY)
    routes = [(method, path) for path, methods in app.openapi()["paths"].items() for method in methods]
    assert len(routes) == 2 + sum(routes_in(desk.router) for desk in all_desks()), "no route is left out of the description"
    address = {"network": town.id, "operation": "square", "form": "txt"}
    with closing(store), running(app) as client:
        for method, path in routes:
            answer = client.request(method, re.sub(r"{(\w+)}", lambda part: address.get(part[1], "1"), path))
            assert (answer.status_code, answer.json()["error"]["kind"]) == (403, "NotAllowed"), (method, path)
            assert answer.json()["error"]["message"].startswith("nobody may not ")


def passes(person: Person, may: May) -> bool:
    try:
        asyncio.run(may(person))
    except NotAllowed:
        return False
    return True


def test_the_local_user_may_do_and_see_everything() -> None:
    assert all(passes(LOCAL_USER, May(action, release)) for action in ACTIONS for release in (None, *RELEASES))


@pytest.mark.parametrize("action", sorted(ACTIONS))
def test_somebody_else_may_do_what_they_may_and_nothing_else(action: Action) -> None:
    assert passes(SOMEBODY, May(action)) == (action in SOMEBODY.actions)
    with pytest.raises(NotAllowed, match=f"somebody may not {action}"):
        asyncio.run(May(action, release="room")(SOMEBODY))


def turn(person: Person, port: int, tab: str | None = None) -> str:
    request = Request({"type": "http", "client": ("127.0.0.1", port), "headers": []})
    return asyncio.run(turn_of(request, person, tab))


def test_time_is_shared_by_persons_and_by_the_tabs_and_connections_of_the_local_user() -> None:
    assert turn(SOMEBODY, 1, "a") == turn(SOMEBODY, 2, "b")
    assert turn(LOCAL_USER, 1, "a") == turn(LOCAL_USER, 2, "a")
    assert turn(LOCAL_USER, 1) == turn(LOCAL_USER, 1)
    different = [turn(SOMEBODY, 1), turn(NOBODY, 1), turn(LOCAL_USER, 1, "somebody"), turn(LOCAL_USER, 1), turn(LOCAL_USER, 2)]
    assert len(set(different)) == len(different)


def test_what_may_be_done_is_these_six_things_and_the_local_user_is_called_so_in_a_refusal() -> None:
    assert {"see the map", "plan", "see the record", "write entries", "open operations", "find a vehicle"} == ACTIONS
    assert LOCAL_USER.name == "local user"
    assert (LOCAL_USER.actions, set(LOCAL_USER.releases)) == (ACTIONS, {"room", "partners", "public"})


@pytest.mark.parametrize(
    ("action", "release", "may"),
    [
        ("write entries", None, True),
        ("write entries", "public", True),
        ("write entries", "room", False),
        ("plan", "public", False),
        ("plan", "room", False),
        ("plan", None, False),
    ],
)
def test_both_the_deed_and_its_release_level_must_be_theirs(action: Action, release: Release | None, may: bool) -> None:  # noqa: FBT001
    assert passes(SOMEBODY, May(action, release)) is may


def test_a_turn_is_named_by_who_takes_it() -> None:
    assert turn(SOMEBODY, 1, "a") == "person somebody"
    assert turn(LOCAL_USER, 1, "a") == "tab a"
    assert turn(LOCAL_USER, 7) == turn(LOCAL_USER, 7, "") == "connection 127.0.0.1 7"
    without_address = Request({"type": "http", "headers": []})
    assert asyncio.run(turn_of(without_address, LOCAL_USER, None)) == "connection  0"


def test_who_asks_is_whom_the_sign_in_says_by_default_the_local_user() -> None:
    def asked(app: FastAPI) -> Person:
        return asyncio.run(person_of(Request({"type": "http", "headers": [], "app": app})))

    assert asked(create_app([])) is LOCAL_USER
    assert asked(create_app([], sign_in=lambda _request: SOMEBODY)) is SOMEBODY
