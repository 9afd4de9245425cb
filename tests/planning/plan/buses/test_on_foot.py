"""How far it is on foot from a stop, and whether the way has steps, along streets drawn by hand."""

from __future__ import annotations

from math import cos, radians

import pytest

from clearway.network.build import NetworkDraft
from clearway.network.closures import Closure
from clearway.network.transit.timetable import Stop
from clearway.planning.plan.buses.on_foot import Footways, Walks

NORTH_M = 111195.08
EAST_M = NORTH_M * cos(radians(41.28))


def at(east: float, north: float) -> tuple[float, float]:
    return 174.77 + east / EAST_M, -41.28 + north / NORTH_M


def hill() -> Footways:
    """From a street in the valley steps of 60 m lead up to a terrace; round by the road, at its end, it is 300 m."""
    draft = NetworkDraft("Hill")
    below, above, end, corner = (draft.junction(*at(*spot)) for spot in ((0, 0), (0, 60), (120, 0), (120, 60)))
    draft.way(below, above, street_class="steps")
    draft.way(below, end, name="Valley Road")
    draft.way(end, corner, name="Bend")
    draft.way(corner, above, name="Terrace")
    stops = {"valley": (20, 2), "bend": (122, 30), "terrace": (40, 62)}
    return Footways(draft.finish(), [Stop(name, name, *at(*spot), "", None) for name, spot in stops.items()])


def test_a_walk_up_steps_has_steps_and_one_along_the_street_or_round_by_the_road_has_none() -> None:
    footways = hill()
    spots = list(footways.spots.values())
    walks = Walks(footways, [], spots).from_stop("valley")
    assert [walk.metres for walk in walks] == pytest.approx([0, 130, 120], abs=1)
    assert [walk.steps for walk in walks] == [False, False, True]
    (round_by_road,) = Walks(footways, [Closure(0, 32)], spots[2:]).from_stop("valley")
    assert round_by_road.metres == pytest.approx(240, abs=1)
    assert not round_by_road.steps


def test_a_stop_and_a_spot_in_the_same_street_are_as_far_apart_as_they_lie_and_one_off_the_map_is_not_known() -> None:
    footways = hill()
    near, far = Walks(footways, [], [(1, 90.0, 100.0), (1, 90.0, 100.1)]).from_stop("valley")
    assert near.metres == pytest.approx(70, abs=0.5)
    assert (near.known, near.steps, far.known) == (True, False, False)
