"""Access as a map shows it: the figures of the whole report, and lists of what lies near."""

from __future__ import annotations

import copy
import math
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

from clearway.network.classes import class_mask
from clearway.network.closures import Closure
from clearway.network.geometry import point_at
from clearway.planning.access.planner import nearby
from clearway.planning.access.planner.address_proof import timed_services
from clearway.planning.access.planner.nearby import access_near
from clearway.planning.access.planner.report import assess_services
from clearway.planning.access.planner.services import Service, Staffed
from clearway.planning.access.planner.stations import Station
from clearway.planning.access.planner.timing import AccessTimer
from clearway.planning.access.planner.vehicles import Vehicle, size_of
from clearway.planning.street_names import StreetNames
from drawn_towns import Town, place

if TYPE_CHECKING:
    from clearway.network.build import NetworkDraft
    from clearway.network.model import Network
    from clearway.planning.access.planner.contract import Access

EVERYBODY = 127
EMERGENCY = class_mask(["emergency"])
STATION_ROAD, BRIDGE, NORTH, EAST, SOUTH, WEST, END = range(7)
FIRE, AMBULANCE = Service("fire", ("fire_station",), share=0.9), Service("ambulance", ("ambulance_station",), within_s=20.0)


def near(
    network: Network,
    services: list[Staffed],
    *closures: Closure,
    ways: tuple[int, ...] = (0,),
    hospitals: tuple[Station, ...] = (),
) -> Access:
    """As the desk of plans asks."""
    timer = AccessTimer(network)
    ringed = [
        timer.ringed(one.stations, "emergency", closures, size=size_of(network, one.service.vehicle_class, one.service.vehicle))
        for one in services
    ]
    timed = timed_services(timer, services, closures)
    each = [(one.service, one.before, one.after, ring) for one, ring in zip(timed, ringed, strict=True)]
    return access_near(StreetNames(network), each, timer, near=ways, hospitals=hospitals)


EVERY_BLOCK = [0.0, 200.0, 500.0, 799.0, 801.0, 1200.0]


def row() -> Network:
    """Streets in a row, each with a house amid it; a lane round the third and one round the fifth."""
    town = Town()
    for number, (start, end) in enumerate(pairwise(EVERY_BLOCK)):
        way = town.street((start, 0.0), (end, 0.0), name=f"Street {number}", speed_kmh=36.0)
        town.draft.address(way, (end - start) / 2, label=f"House {number}")
    for start, end in ((500.0, 799.0), (801.0, 1200.0)):
        middle = ((start + end) / 2, 100.0)
        town.street((start, 0.0), middle, name="Lane", speed_kmh=36.0)
        town.street(middle, (end, 0.0), name="Lane", speed_kmh=36.0)
    return town.network()


def fire(*, turnout_s: float | None = None, engines: int | None = None, x: float = 0.0, service: Service = FIRE) -> Staffed:
    return Staffed(service, (Station("Fire", "fire_station", *place(x, 0.0), turnout_s, engines),))


def test_streets_are_listed_that_begin_or_end_within_six_hundred_metres_of_the_box_round_the_site() -> None:
    """From the end of Street 0 at 200 m it is 599 m to Street 3 and 601 m to Street 4; all cut off whom they lead to."""
    answer = near(row(), [fire()])
    assert [(one.street.split()[1], one.addresses) for one in answer.single_street] == [("0", 5), ("1", 4), ("3", 2)]
    assert {one.way_indexes[0] for one in answer.n_minus_1} == {2}
    assert [one.label for one in answer.worst] == ["House 3", "House 2", "House 1", "House 0"]
    (service,) = answer.services
    assert (service.single_street, service.n_minus_1, service.worst) == (answer.single_street, answer.n_minus_1, answer.worst)
    farther = near(row(), [fire()], ways=(4,))
    assert [one.street.split()[1] for one in farther.single_street] == ["1", "3"]
    assert [one.label for one in farther.worst] == ["House 4", "House 3", "House 2", "House 1"]
    # within the box itself nothing is far away
    both = near(row(), [fire()], ways=(0, 4))
    assert {one.street.split()[1] for one in both.single_street} == {"0", "1", "3"}
    assert {one.way_indexes[0] for one in both.n_minus_1} == {2, 4}


def test_the_box_has_a_height_as_well() -> None:
    town = Town()
    town.draft.address(town.street((0.0, 0.0), (0.0, 100.0), name="Near"), 50.0)
    for number, y in enumerate((699.0, 701.0)):
        x = 50.0 * number
        town.street((0.0, 100.0), (x, y), name=f"Up {number}")
        town.draft.address(town.street((x, y), (x, y + 100.0), name=f"Far {number}"), 50.0)
    answer = near(town.network(), [fire()])
    assert {one.street.split(" at")[0].split(" between")[0] for one in answer.single_street} == {
        "Near",
        "Up 0",
        "Up 1",
        "Far 0",
    }


def test_where_nothing_is_near_nothing_is_listed_and_the_figures_are_those_of_the_network() -> None:
    answer = near(row(), [fire()], ways=())
    assert (answer.addresses, answer.before.reached, answer.after.reached) == (5, 5, 5)
    assert (answer.worst, answer.single_street, answer.n_minus_1) == ((), (), ())
    assert answer.two_approaches == 0


def test_who_is_no_longer_reached_is_listed_first_wherever_that_is() -> None:
    answer = near(row(), [fire()], Closure(4, EVERYBODY, label="block"))
    assert [(one.label, one.seconds_after is None, one.station, one.station_before) for one in answer.worst[:2]] == [
        ("House 4", True, None, "Fire"),
        ("House 3", False, "Fire", "Fire"),
    ]
    # an address that never was reached is none that is lost
    town = Town()
    town.draft.address(town.street((0.0, 0.0), (100.0, 0.0), name="Here"), 50.0, label="Here")
    town.draft.address(town.street((0.0, 300.0), (100.0, 300.0), name="Island"), 50.0, label="Island")
    assert [one.label for one in near(town.network(), [fire()], ways=(0, 1)).worst] == ["Here"]


def test_of_several_services_the_station_of_the_one_that_comes_last_is_named() -> None:
    """The fire station stands at the west end, the ambulance station at the east end: House 2 is nearer to the latter."""
    ambulance = Staffed(AMBULANCE, (Station("Ambulance", "ambulance_station", *place(1199.0, 0.0)),))
    found = near(row(), [fire(), ambulance], ways=(0, 4)).worst
    last = {one.label: (one.station_before, one.station) for one in found}
    assert last == {
        "House 0": ("Ambulance", "Ambulance"),
        "House 1": ("Ambulance", "Ambulance"),
        **{f"House {number}": ("Fire", "Fire") for number in (2, 3, 4)},
    }


@pytest.mark.parametrize(("turnout_s", "seconds"), [(4.0, 4.0), (4.001, 5.0), (4.999, 5.0)])
def test_seconds_of_an_address_are_whole_and_rounded_up(turnout_s: float, seconds: float) -> None:
    """The house stands where the station is."""
    town = Town()
    town.draft.address(town.street((0.0, 0.0), (100.0, 0.0), name="Street"), 0.0)
    (worst,) = near(town.network(), [fire(turnout_s=turnout_s)]).worst
    assert (worst.seconds_before, worst.seconds_after) == (seconds, seconds)


def test_of_a_network_too_large_to_block_every_street_only_those_near_are_blocked(monkeypatch: pytest.MonkeyPatch) -> None:
    network = row()
    whole = near(network, [fire()])
    monkeypatch.setattr(nearby, "MOST_SWEPT", network.way_count)
    assert near(network, [fire()]) == whole
    monkeypatch.setattr(nearby, "MOST_SWEPT", network.way_count - 1)
    part = near(network, [fire()])
    assert (part.two_approaches, part.services[0].two_approaches) == (None, None)
    assert part.model_copy(update={"two_approaches": 0, "services": ()}) == whole.model_copy(update={"services": ()})


def test_of_many_streets_near_the_nearest_are_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    network = row()
    monkeypatch.setattr(nearby, "MOST_WAYS", 2)
    assert [one.street.split()[1] for one in near(network, [fire()]).single_street] == ["0", "1"]
    # from Street 4 nothing is nearer than itself and the short Street 3 before it
    assert [one.street.split()[1] for one in near(network, [fire()], ways=(4,)).single_street] == ["3"]


def plain(whole: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: whole[name] for name in names}


def test_figures_are_those_of_the_full_report(loop_draft: NetworkDraft, fire_station: tuple[Station, ...]) -> None:
    """Low streets, hydrants, a hospital, two services, a barrier that opens, a shut street: in a town that is all near."""
    draft = copy.deepcopy(loop_draft)
    draft.limit(0, 3.5, classes=EMERGENCY, arc=2 * WEST)
    draft.limit(0, 3.5, classes=EMERGENCY, arc=2 * WEST + 1)
    plain_network = draft.finish()
    drawn = copy.deepcopy(draft)
    for way, at_m in ((STATION_ROAD, 50.0), (END, 90.0)):
        drawn.place("fire_hydrant", *point_at(plain_network.geometry(way), at_m))
    network = drawn.finish()
    hospital = Station("General", "hospital", float(network.junction_lon[4]), float(network.junction_lat[4]))
    ambulances = (Station("Bay", "ambulance_station", float(network.junction_lon[2]), float(network.junction_lat[2]), 3.0, 2),)
    services = [
        Staffed(replace(FIRE, vehicle=Vehicle(height_m=3.6)), tuple(replace(one, engines=1) for one in fire_station)),
        Staffed(AMBULANCE, ambulances),
    ]
    closures = [
        Closure(END, EVERYBODY, at_m=60.0, label="lane"),
        Closure(BRIDGE, EVERYBODY & ~EMERGENCY, at_m=50.0, delay_s=9.0, label="gate"),
    ]
    answer = near(network, services, *closures, hospitals=(hospital,)).as_json()
    full = assess_services(AccessTimer(network), services, closures=closures, hospitals=(hospital,)).answer(10).as_json()
    figures = ("reached", "unreached_count", "p50", "p90", "max")
    for side in ("before", "after"):
        assert answer[side] == plain(full[side], *figures)
    assert answer["within"] == full["within"]
    lists = ("two_approaches", "single_street", "n_minus_1")
    assert plain(answer, *lists) == plain(full, *lists)
    for one, other in zip(answer["services"], full["services"], strict=True):
        same = {"service", "stations", "turnout_seconds", "vehicle", "too_tight", "too_tight_count", "too_large_count",
                "within", "standard", "engines", "on_foot_count", "dead_ends", "notes", *lists}  # fmt: skip
        assert plain(one, *same) == plain(other, *same)
        for side in ("before", "after"):
            assert one[side] == plain(other[side], *figures)
        assert (one["trip"] is None) == (other["trip"] is None)
        assert (one["water"] is None) == (other["water"] is None)
    fire_side, ambulance = answer["services"]
    assert fire_side["water"] == plain(full["services"][0]["water"], *fire_side["water"])
    assert (fire_side["trip"], ambulance["water"]) == (None, None)
    trip = full["services"][1]["trip"]
    assert ambulance["trip"]["hospitals"] == trip["hospitals"]
    assert ambulance["trip"]["after"] == plain(trip["after"], *figures)
    told = {one["label"]: one for one in answer["worst"]}
    for one in full["worst"]:
        assert told[one["label"]]["seconds_after"] == math.ceil(one["seconds_after"] - 1e-9)
    assert any("lies inside the ring" in note for note in fire_side["notes"])
