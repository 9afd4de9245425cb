"""Hours lost of an option are those of the traffic desk, worked out by hand; without trips nothing is said of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clearway.planning.gazetteer import Gazetteer
from clearway.planning.options.figures import figures_of
from clearway.planning.options.ground import OptionGround, Prepared, Traffic
from clearway.planning.traffic.impact.impact_model import ImpactModel
from option_rooms import option
from planning.traffic.impact.test_impact_model import GAP, MAIN, NORTH_SHUT, vehicle_hours_by_hand

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearway.network.closures import Closure
    from clearway.planning.options.contract import OptionFigure
    from clearway.planning.traffic.impact.impact_model import TripSource


def figures(source: TripSource, standing: Sequence[Closure], *, assigns: bool = True) -> dict[str, OptionFigure]:
    trips = Traffic(ImpactModel(source, gap=GAP), 8) if assigns else None
    ground = OptionGround(Gazetteer(source.streets.network), standing=standing, trips=trips)
    return {one.figure: one for one in figures_of(Prepared(option("wait")), ground)}


def test_hours_lost_are_what_paper_and_pencil_say_and_none_where_nothing_is_shut(bridge_trips: TripSource) -> None:
    before, after = (
        sum(vehicle_hours_by_hand(bridge_trips.streets, trips, side, bridge=bridge) for side, trips in enumerate((800, 300)))
        for bridge in (True, False)
    )
    shut, opened = figures(bridge_trips, NORTH_SHUT), figures(bridge_trips, ())
    assert shut["hours_lost"].low == shut["hours_lost"].high == pytest.approx(after - before, rel=1e-7)
    assert (shut["hours_lost"].basis, shut["hours_lost"].unit) == ("computed", "vehicle hours an hour")
    assert "8:00" in shut["hours_lost"].source
    assert opened["hours_lost"].low == pytest.approx(0, abs=1e-9)
    assert opened["trips_cut_off"].low == 0


def test_trips_that_lose_their_route_are_counted_apart(bridge_trips: TripSource) -> None:
    main = (NORTH_SHUT[0].__class__(MAIN, NORTH_SHUT[0].shuts, label="Main"),)
    found = figures(bridge_trips, main)
    assert found["trips_cut_off"].low == pytest.approx(1100)


def test_where_trips_come_from_is_among_what_is_assumed(bridge_trips: TripSource) -> None:
    found = figures(bridge_trips, NORTH_SHUT)
    assert bridge_trips.trips(8).statement in found["hours_lost"].assumed


def test_without_trips_hours_are_unknown_and_the_remedy_is_named(bridge_trips: TripSource) -> None:
    found = figures(bridge_trips, NORTH_SHUT, assigns=False)
    for name in ("hours_lost", "trips_cut_off"):
        assert (found[name].low, found[name].basis, found[name].source) == (
            None,
            "unknown",
            "No trips were assigned: ask for traffic too (--traffic).",
        )
