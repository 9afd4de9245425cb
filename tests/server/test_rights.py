"""Every route of the application asks who may pass, the routes of its desks among them."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from fastapi.routing import APIRoute

from clearway.errors import NotAllowed
from clearway.record.entry import RELEASES
from clearway.server.app import create_app
from clearway.server.rights import ACTIONS, LOCAL_USER, May, Person

if TYPE_CHECKING:
    from clearway.server.rights import Action

SOMEBODY = Person("somebody", frozenset({"see the record", "write entries"}), frozenset({"public"}))


def test_every_route_asks_who_may_pass() -> None:
    routes = [route for route in create_app().routes if isinstance(route, APIRoute)]
    assert len(routes) >= 20
    for route in routes:
        guards = [dependency.dependency for dependency in route.dependencies]
        assert any(isinstance(guard, May) for guard in guards), route.path


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
