"""The buses of Wellington on Thursday 20 February 2020, counted by hand from the feed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clearway.demo.wellington import wellington_timetable
from clearway.network.closures import Closure
from clearway.network.transit.bus_network import bus_network
from clearway.network.transit.timetable import read_timetable
from clearway.planning.plan.buses.rerouting import BusModel

if TYPE_CHECKING:
    from clearway.network.model import Network
    from clearway.planning.plan.buses.contract import BusChanges, MissedStop

pytestmark = pytest.mark.slow
ALL = 127
MOLESWORTH = (477900,)
INTERCHANGE = (179800, 222400)
LAMBTON_QUAY = "Lambton Quay North"


@pytest.fixture(scope="module")
def model(wellington: Network) -> BusModel:
    return BusModel(bus_network(wellington, read_timetable(wellington_timetable())))


def shut(model: BusModel, sources: tuple[int, ...], classes: int = ALL & ~32) -> BusChanges:
    """What happens when centrelines are shut to all but people on foot."""
    source = model.buses.network.way_source.tolist()
    return model.changes([Closure(way, classes, label="shut") for way, one in enumerate(source) if one in sources])


def stop(found: BusChanges, stop_id: str) -> MissedStop:
    return next(one for one in found.stops if one.stop_id == stop_id)


def test_molesworth_street_shut_from_lambton_quay_to_hill_street(model: BusModel) -> None:
    found = shut(model, MOLESWORTH)
    (missed,) = found.stops
    assert (missed.stop_id, missed.calls, missed.calls_that_day) == ("5111", 88, 88)
    assert {one.route for one in missed.routes} == {
        *("14", "22", "32x", "81", "84", "85x"),
        *("621", "678", "744", "745"),
    }
    assert (found.trips, found.trips_cut, found.routes_cut) == (1797, 88, 10)
    assert {row.variations[0].state for row in found.routes} == {"detour"}
    to_wilton = next(row for row in found.routes if row.route_id == "14")
    (one,) = to_wilton.variations
    assert (one.leaves, one.joins) == ("Lambton Quay at Bowen St", "Molesworth St at Hill St")
    assert [(leg.turn, leg.street) for leg in one.legs] == [
        ("from", "Lambton Quay"),
        ("left into", "Bowen St"),
        ("right into", "Tinakori Rd"),
        ("right into", "Hill St"),
        ("left into", "Molesworth St"),
    ]
    assert (to_wilton.trips, to_wilton.trips_cut) == (52, 52)


def test_riders_of_molesworth_street_go_to_a_stop_where_their_own_route_calls(model: BusModel) -> None:
    (missed,) = shut(model, MOLESWORTH).stops
    instead = {(one.route, one.direction): one.instead for one in missed.routes}
    to_wilton, to_the_zoo = instead["14", "0"], instead["22", "1"]
    assert to_wilton is not None
    assert to_the_zoo is not None
    assert to_wilton.stop_id == "5014"
    assert to_wilton.metres == pytest.approx(235, abs=15)
    assert to_the_zoo.stop_id == "5016"
    assert {to_wilton.step_free, missed.step_free} == {"not known"}


def test_the_interchange_shut_moves_four_bays_to_streets_near_by(model: BusModel) -> None:
    found = shut(model, INTERCHANGE)
    assert {one.stop_id: one.calls for one in found.stops} == {"5500": 347, "6000": 176, "6001": 106, "5016": 591}
    nearest = {one.stop_id: one.nearest_open for one in found.stops}
    assert all(one is not None and one.metres is not None and 50 < one.metres < 400 for one in nearest.values())
    assert {stop(found, one).nearest_open.name.partition(" - ")[0] for one in ("5500", "6000", "6001")} == {LAMBTON_QUAY}  # type: ignore[union-attr]
    (interchange,) = found.interchanges
    assert (interchange.name, interchange.not_placed) == ("Wellington Station", ())
    assert {bay.stop_id for bay in interchange.bays} == {"5500", "6000", "6001", "5016"}
    assert {bay.way for bay in interchange.bays}.isdisjoint(
        way for way, one in enumerate(model.buses.network.way_source.tolist()) if one in INTERCHANGE
    )
    assert all(bay.metres is not None and bay.metres <= 400 for bay in interchange.bays)
    assert {one.state for row in found.routes for one in row.variations} == {"detour"}
    assert sum(one.trips for row in found.routes for one in row.variations) == 1220


def test_a_ring_round_parliament_moves_the_bays_of_the_interchange_that_it_encloses(model: BusModel) -> None:
    """Four barriers as the cheapest cordon has them; the interchange's own street is open, and nobody gets there."""
    ring = (174900, 424101, 442400, 178000, 175200, 358100, 358200, 484600, 177101, 177200, 467700)
    source, network = model.buses.network.way_source.tolist(), model.buses.network
    at = [way for way, one in enumerate(source) if one in ring]
    found = model.changes([Closure(way, ALL & ~32, at_m=network.way_length_m[way] / 2, label="Ring") for way in at])
    interchange = next(one for one in found.interchanges if "5500" in one.stops)
    assert {"5500", "6000", "6001", "5016"} <= {bay.stop_id for bay in interchange.bays}
    assert interchange.not_placed == ()
    assert all(bay.metres is not None and bay.metres <= 400 for bay in interchange.bays)
    short = sum(one.trips for row in found.routes for one in row.variations if one.state != "detour")
    assert short < found.trips_cut / 50


def test_no_path_is_bent_round_the_one_way_piece_of_bunny_street_that_buses_drive(model: BusModel) -> None:
    (bunny, *_) = shut(model, ()).forbidden
    assert bunny.where == "Bunny St between Lambton Quay and Molesworth St"
    assert bunny.why == "against a one-way street"
    assert {"1", "3", "7", "22", "83"} <= set(bunny.routes)


def test_every_stop_of_every_trip_lies_on_its_path_in_order_and_near_its_place(model: BusModel) -> None:
    for line in model.buses.lines:
        at = [place.at_m for place in line.places]
        assert at == sorted(at)
        assert max(place.away_m for place in line.places) < 30
    figures = shut(model, ()).matching
    assert (figures.paths, figures.assumed) == (173, 0)
    assert figures.off_km / figures.km < 0.1
