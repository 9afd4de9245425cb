"""Handover points of plans under "Access" of METHANE: whose plan, and what is computed where a network is known."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from clearway.picture.index import PictureIndex
from clearway.picture.view import Moments, picture_of
from clearway.planning.gazetteer import Gazetteer
from clearway.planning.plan.versions import versions_of
from clearway.publish.sitrep.handover import handover_items
from clearway.record.moments import calendar
from clearway.record.open import open_record
from drawn_towns import Town, place
from record_drafts import STREAM, draft, ticking

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from clearway.publish.sitrep.shape import Item
    from clearway.record.store import Store

SITE = place(50.0, 50.0)
LINE = "Casualty handover H1: South Street at East Street, by plan 'rally', adopted by Police."
NO_STATION = "Not checked: No ambulance station is known"
UNPLACED = "Some of what the record bars has no place on a street and is not counted."


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(open_record(str(tmp_path / "room.record"), clock=ticking)) as opened:
        yield opened


@pytest.fixture
def gazetteer() -> Gazetteer:
    """A block of 100 m without stations."""
    town = Town()
    corners = [(0.0, 0.0), (100.0, 0.0), (100.0, 100.0), (0.0, 100.0)]
    for name, start, end in zip(("South", "East", "North", "West"), corners, [*corners[1:], corners[0]], strict=True):
        town.street(start, end, name=f"{name} Street", speed_kmh=50.0)
    return Gazetteer(town.network())


def saved(store: Store, entry_id: str, name: str = "rally", version: int = 1, *points: str) -> None:
    handover = [{"id": one, "place": {"type": "junction", "streets": ["South Street", "East Street"]}} for one in points]
    store.append(
        STREAM, [draft(entry_id, kind="plan", body={"plan": name, "version": version, "title": "A", "handover": handover})]
    )


def adopted(store: Store, entry_id: str, name: str = "rally", version: int = 1) -> None:
    body = {"plan": name, "version": version, "sha256": "ab" * 32, "by": "Police"}
    store.append(STREAM, [draft(entry_id, kind="plan_adopted", body=body)])


def told(store: Store, **where: Any) -> list[Item]:  # noqa: ANN401 - site and gazetteer
    moment = ticking()
    facts = picture_of(store, PictureIndex(), STREAM, Moments(moment, moment), calendar=calendar()).states
    return list(handover_items(versions_of(store, STREAM), facts, where.get("site", SITE), where.get("gazetteer")))


def test_each_point_of_a_plan_in_force_has_a_line_that_rests_on_the_plan_and_on_its_adoption(store: Store) -> None:
    saved(store, "first", "rally", 1, "H0")
    saved(store, "second", "rally", 2, "H1", "H2")
    saved(store, "other", "march", 1, "M1")
    saved(store, "none", "vigil", 1)
    assert told(store) == []
    adopted(store, "yes", version=2)
    adopted(store, "yes-none", "vigil")
    items = told(store)
    assert [item.text for item in items] == [LINE, LINE.replace("H1", "H2")]
    assert {item.ids for item in items} == {("second", "yes")}


def test_nothing_is_computed_without_a_network_or_a_site(store: Store, gazetteer: Gazetteer) -> None:
    saved(store, "plan", "rally", 1, "H1")
    adopted(store, "yes")
    for where in ({"gazetteer": None}, {"site": None, "gazetteer": gazetteer}):
        assert [item.text for item in told(store, **where)] == [LINE]


def test_where_a_network_is_known_it_says_how_the_point_is_reached_or_why_nobody_knows(
    store: Store, gazetteer: Gazetteer
) -> None:
    saved(store, "plan", "rally", 1, "H1")
    adopted(store, "yes")
    (item,) = told(store, gazetteer=gazetteer)
    assert item.text.startswith(f"{LINE} {NO_STATION}")
    assert not item.text.endswith((UNPLACED, " "))
    store.append(STREAM, [draft("bar", kind="road_state", body={"state": "shut"}, place={"type": "named", "name": "Nowhere"})])
    (item,) = told(store, gazetteer=gazetteer)
    assert item.text.startswith(f"{LINE} {NO_STATION}")
    assert item.text.endswith(f" {UNPLACED}")


def test_a_site_off_the_network_leaves_each_point_unchecked_and_says_why(store: Store, gazetteer: Gazetteer) -> None:
    saved(store, "plan", "rally", 1, "H1", "H2")
    adopted(store, "yes")
    for item, point in zip(told(store, site=place(90_000.0, 0.0), gazetteer=gazetteer), ("H1", "H2"), strict=True):
        assert item.text.startswith(f"{LINE.replace('H1', point)} Not checked: ")
        assert "network" in item.text
