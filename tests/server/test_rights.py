"""Every route of the API asks who may pass."""

from __future__ import annotations

import pytest
from fastapi import Request
from fastapi.routing import APIRoute

from clearway.errors import NotAllowed
from clearway.server import rights
from clearway.server.app import router
from clearway.server.desks.picture import routes as operation_routes
from clearway.server.desks.read import routes as reading_routes
from clearway.server.desks.traffic import routes as traffic_routes


def test_every_route_passes_the_one_decision() -> None:
    others = (operation_routes, reading_routes, traffic_routes)
    every = [*router.routes, *(route for module in others for route in module.router.routes)]
    routes = [route for route in every if isinstance(route, APIRoute)]
    assert len(routes) >= 20
    for route in routes:
        guards = [dependency.dependency for dependency in route.dependencies]
        assert any(getattr(guard, "__qualname__", "").startswith("may.") for guard in guards), route.path


def test_the_local_user_may_see_and_plan_and_nothing_unknown() -> None:
    assert rights.allows(rights.LOCAL_USER, "plan")
    assert not rights.allows(rights.LOCAL_USER, "rule the world")  # type: ignore[arg-type]


def test_what_a_person_may_see_depends_on_its_release() -> None:
    assert all(rights.allows(rights.LOCAL_USER, "see the record", release) for release in rights.RELEASES)
    assert not rights.allows(rights.LOCAL_USER, "see the record", "nobody")  # type: ignore[arg-type]
    assert not rights.allows(rights.Person("a stranger"), "see the record", "public")


def test_somebody_else_is_refused_with_a_sentence() -> None:
    request = Request({"type": "http", "headers": []})
    with pytest.raises(NotAllowed, match="may not rule the world"):
        rights.may("rule the world")(request)  # type: ignore[arg-type]
