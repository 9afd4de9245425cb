"""Vehicles of a service's own size: by hand in the loop town, by an independent search in random towns."""

from __future__ import annotations

import copy
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import assume, given, settings

from clearway.errors import BadFile, BadInput, UnknownName
from clearway.network.classes import SIZES, class_mask, load_vehicle_classes
from clearway.network.closures import Closure
from clearway.network.geometry import point_at
from clearway.network.model import NEVER_MS
from clearway.planning.access.check import check_access
from clearway.planning.access.planner.certificate import certificate_of
from clearway.planning.access.planner.report import assess_access
from clearway.planning.access.planner.services import Service, Staffed, load_services, unknown_columns, with_vehicles
from clearway.planning.access.planner.stations import Station
from clearway.planning.access.planner.timing import AccessTimer
from clearway.planning.access.planner.vehicles import Vehicle, size_of, vehicle_of
from random_towns import TURNOUT_MS
from rounds import examples

if TYPE_CHECKING:
    from pathlib import Path

    from clearway.network.build import NetworkDraft
    from clearway.network.model import Network
    from random_towns import ByHand, Town

STATION_ROAD, BRIDGE, NORTH, EAST, SOUTH, WEST, END = range(7)
EMERGENCY = class_mask(["emergency"])
EVERYBODY = 127
HEIGHT, WIDTH, WEIGHT = 0, 1, 2


def limited(draft: NetworkDraft, way: int, size: int, most: float, *, arcs: tuple[int, ...] = (0, 1)) -> None:
    """A limit along a way that the class's own vehicle, 3.4 m high, 2.55 m wide, 16 t, still passes."""
    for against in arcs:
        draft.limit(size, most, classes=EMERGENCY, arc=2 * way + against)


@pytest.fixture
def low(loop_draft: NetworkDraft) -> Network:
    """North Street 3.5 m high, West Street 20 t, End Lane 2.6 m wide at a bollard 30 m in."""
    draft = copy.deepcopy(loop_draft)
    limited(draft, NORTH, HEIGHT, 3.5)
    limited(draft, WEST, WEIGHT, 20.0)
    draft.limit(WIDTH, 2.6, classes=EMERGENCY, stop=draft.stop(END, 30.0, blocks=0))
    return draft.finish()


def answered(network: Network, stations: tuple[Station, ...], vehicle: Vehicle, *closures: Closure) -> dict[str, Any]:
    service = Service("fire", ("fire_station",), vehicle=vehicle)
    said: dict[str, Any] = assess_access(AccessTimer(network), stations, service=service, closures=closures).answer().as_json()
    return said


def unreached(said: dict[str, Any], side: str = "after") -> dict[str, list[str]]:
    return {row["label"]: row["too_large_for"] for row in said[side]["unreached"]}


def test_what_the_vehicle_does_not_fit_through_is_closed_for_it(low: Network, fire_station: tuple[Station, ...]) -> None:
    usual = answered(low, fire_station, Vehicle())
    assert (usual["before"]["reached"], usual["too_tight"], usual["notes"]) == (7, [], [])
    assert usual["vehicle"] == {
        "height_m": 3.4,
        "width_m": 2.55,
        "weight_t": 16,
        "length_m": 9.5,
        "axle_t": 10,
        "turning_m": None,
    }
    high = answered(low, fire_station, Vehicle(height_m=3.6))
    # North Street itself is out of reach; East Street is come to from the south: 18 + 6 + 6 + 3 s instead of 21
    north = "North Street between Bridge and East Street (height 3.5 m)"
    assert unreached(high) == unreached(high, "before") == {"1 North Street": [north]}
    assert {row["label"]: row["seconds_before"] for row in high["worst"]}["1 East Street"] == pytest.approx(27, abs=0.03)
    assert high["notes"] == [
        f"The vehicle of fire (3.6 m high) does not pass {north}. A smaller one would reach 1 address more."
    ]
    assert [(row["limit"], row["most"], row["vehicle"], row["way_indexes"]) for row in high["too_tight"]] == [
        ("height_m", 3.5, 3.6, [NORTH])
    ]
    assert (high["too_tight_count"], high["too_large_count"]) == (1, 1)


def test_a_size_that_no_street_is_held_against_is_said_to_be_so(loop: Network, fire_station: tuple[Station, ...]) -> None:
    assert answered(loop, fire_station, Vehicle(height_m=3.6))["notes"] == [
        "No street of this network has a limit of size: each is taken to let the vehicle of fire pass."
    ]
    assert answered(loop, fire_station, Vehicle())["notes"] == []


def test_a_limit_for_others_alone_is_none_that_the_vehicle_is_held_against(
    loop_draft: NetworkDraft, fire_station: tuple[Station, ...]
) -> None:
    draft = copy.deepcopy(loop_draft)
    draft.limit(HEIGHT, 3.0, classes=class_mask(["bus"]), arc=2 * NORTH)
    said = answered(draft.finish(), fire_station, Vehicle(height_m=3.6))
    assert said["notes"] == ["No street of this network has a limit of size: each is taken to let the vehicle of fire pass."]
    assert said["too_tight"] == []


def test_a_vehicle_as_large_as_the_limit_fits(low: Network, fire_station: tuple[Station, ...]) -> None:
    said = answered(low, fire_station, Vehicle(height_m=3.5, width_m=2.6, weight_t=20.0))
    assert (said["before"]["reached"], said["too_tight"], said["notes"]) == (7, [], [])


def test_every_measure_counts_and_all_of_them_together(low: Network, fire_station: tuple[Station, ...]) -> None:
    heavy = answered(low, fire_station, Vehicle(weight_t=20.1))
    assert unreached(heavy) == {"1 West Street": ["West Street between South Street and North Street (weight 20 t)"]}
    wide = answered(low, fire_station, Vehicle(width_m=2.7))
    assert unreached(wide) == {"1 End Lane": ["End Lane at South Street (width 2.6 m)"]}
    assert wide["on_foot_count"] == 1  # 20 m behind the bollard
    both = answered(low, fire_station, Vehicle(height_m=3.6, weight_t=21))
    assert set(unreached(both)) == {"1 North Street", "1 West Street", "1 East Street", "1 South Street", "1 End Lane"}
    assert "3.6 m high, 21 t" in both["notes"][0]


def test_before_is_by_the_same_vehicle_and_closures_have_their_own_reason(
    low: Network, fire_station: tuple[Station, ...]
) -> None:
    shut = Closure(WEST, EVERYBODY, label="crane")
    said = answered(low, fire_station, Vehicle(height_m=3.6), shut)
    rows = {row["label"]: row for row in said["after"]["unreached"]}
    assert said["before"]["reached"] == 6
    # under the crane a lower engine would still come by North Street
    assert rows["1 South Street"]["cut_off_by"] == ["crane"]
    assert rows["1 South Street"]["too_large_for"] == ["North Street between Bridge and East Street (height 3.5 m)"]
    assert (rows["1 West Street"]["cut_off_by"], rows["1 West Street"]["too_large_for"]) == (["crane"], [])
    assert (rows["1 North Street"]["cut_off_by"], len(rows["1 North Street"]["too_large_for"])) == ([], 1)
    assert said["too_large_count"] == 4


def test_streets_blocked_in_turn_are_by_the_same_vehicle(low: Network, fire_station: tuple[Station, ...]) -> None:
    assert west_alone(answered(low, fire_station, Vehicle())) == 0
    assert west_alone(answered(low, fire_station, Vehicle(height_m=3.6))) == 4  # west, south, east and the lane


def west_alone(said: dict[str, Any]) -> int:
    """Addresses that West Street alone cuts off."""
    found: dict[int, int] = {row["way_indexes"][0]: row["addresses"] for row in said["single_street"]}
    return found.get(WEST, 0)


def test_a_limit_in_one_direction_holds_in_that_one(loop_draft: NetworkDraft, fire_station: tuple[Station, ...]) -> None:
    draft = copy.deepcopy(loop_draft)
    limited(draft, END, HEIGHT, 3.5, arcs=(1,))  # out of the lane
    assert answered(draft.finish(), fire_station, Vehicle(height_m=3.6))["before"]["reached"] == 7
    draft = copy.deepcopy(loop_draft)
    limited(draft, END, HEIGHT, 3.5, arcs=(0,))  # into it
    assert set(unreached(answered(draft.finish(), fire_station, Vehicle(height_m=3.6)))) == {"1 End Lane"}


def test_a_smaller_vehicle_passes_where_its_class_does_not(loop_draft: NetworkDraft, fire_station: tuple[Station, ...]) -> None:
    draft = copy.deepcopy(loop_draft)
    limited(draft, END, HEIGHT, 3.0)
    draft._ways[END].permit = (EVERYBODY & ~EMERGENCY,) * 2  # noqa: SLF001 - as an import leaves it
    network = draft.finish()
    assert set(unreached(answered(network, fire_station, Vehicle()))) == {"1 End Lane"}
    assert answered(network, fire_station, Vehicle(height_m=2.9))["before"]["reached"] == 7


def test_what_is_not_said_is_as_the_networks_own_table_has_it(low: Network, loop: Network) -> None:
    made = replace(low, report={"vehicle_sizes": {"emergency": [1, 2, 3, 4, 5]}})
    assert size_of(made, "emergency", Vehicle(weight_t=9)) == (1, 2, 9, 4, 5)
    tall = replace(low, report={"vehicle_sizes": {"emergency": [9, 2, 3, 4, 5]}})
    assert size_of(tall, "emergency", Vehicle()) == (9, 2, 3, 4, 5), "as large as its own table has it, though it does not fit"
    assert size_of(loop, "emergency", Vehicle()) == load_vehicle_classes()[0].size
    # another table than ours made this one: nothing is known, so nothing is said of its vehicles
    other = replace(low, arc_permit=np.where(low.arc_permit > 0, low.arc_permit & ~np.uint8(EMERGENCY), 0).astype(np.uint8))
    assert size_of(other, "emergency", Vehicle()) is None
    assert size_of(other, "emergency", Vehicle(height_m=2)) == (2, 2.55, 16, 9.5, 10)


@pytest.mark.parametrize("value", [0, -1, 350, "tall", float("nan"), float("inf"), True])
def test_a_size_that_cannot_be_gets_one_sentence(value: object) -> None:
    with pytest.raises(BadInput, match=r"fire has the height_m .* Give metres or tonnes"):
        vehicle_of({"height_m": value}, "fire")


def test_the_table_of_services_holds_vehicles_and_names_what_it_does_not_know(tmp_path: Path) -> None:
    path = tmp_path / "services.csv"
    path.write_text(
        "service,station_kinds,class,within_s,share,turnout_s,height_m,hight_m\nfire,fire_station,emergency,480,,,3.5,3\n"
    )
    assert load_services(path)[0].vehicle == Vehicle(height_m=3.5)
    assert unknown_columns(path) == ["hight_m"]
    assert unknown_columns(None) == []
    path.write_text("service,station_kinds,class,within_s,share,turnout_s,width_m\nfire,fire_station,emergency,480,,,255\n")
    with pytest.raises(BadFile, match="line 2 has a vehicle that cannot be: It has the width_m '255'"):
        load_services(path)


@pytest.mark.parametrize("turned", [False, True])
def test_what_is_said_of_one_service_goes_before_what_is_said_of_all_in_whatever_order(*, turned: bool) -> None:
    known = [Service("fire", ("fire_station",), vehicle=Vehicle(length_m=9.0)), Service("ambulance", ("ambulance_station",))]
    said = [("fire", Vehicle(height_m=3.0)), ("", Vehicle(height_m=4.0, weight_t=10.0))]
    fire, ambulance = with_vehicles([Staffed(one, ()) for one in known], said[::-1] if turned else said, known)
    assert fire.service.vehicle == Vehicle(height_m=3.0, weight_t=10.0, length_m=9.0)
    assert ambulance.service.vehicle == Vehicle(height_m=4.0, weight_t=10.0)
    with pytest.raises(UnknownName, match="police"):
        with_vehicles([], [("police", Vehicle())], known)


def test_the_certificate_names_the_vehicle_and_no_larger_one_passes_for_it(
    low: Network, fire_station: tuple[Station, ...]
) -> None:
    def certified(vehicle: Vehicle) -> dict[str, Any]:
        report = assess_access(AccessTimer(low), fire_station, service=Service("fire", ("fire_station",), vehicle=vehicle))
        document: dict[str, Any] = json.loads(json.dumps(certificate_of(report)))
        return document

    usual, high = certified(Vehicle()), certified(Vehicle(height_m=3.6))
    for document in (usual, high):
        holds, fails = check_access(low, document)
        assert fails == []
    assert "Streets were judged by a vehicle of height 3.6 m, width 2.55 m" in holds[2]
    assert "against a one-way, or on a street shut to it" in check_access(low, usual | {"vehicle": high["vehicle"]})[1][0]
    assert "can be reached" in " ".join(check_access(low, high | {"vehicle": usual["vehicle"]})[1])
    for damaged in ({"height_m": 3}, {**high["vehicle"], "height_m": -1}, {**high["vehicle"], "height_m": "3"}, "large"):
        with pytest.raises(BadInput, match="damaged"):
            check_access(low, high | {"vehicle": damaged})
    older = {name: value for name, value in usual.items() if name != "vehicle"}
    assert check_access(low, older)[1] == []  # of before there were vehicles


@pytest.mark.slow
@settings(max_examples=examples(60))
@given(data=st.data())
def test_random_towns_with_limits_are_as_an_independent_search_finds_them(
    data: st.DataObject, towns: st.SearchStrategy[Town], by_hand: type[ByHand]
) -> None:
    town = data.draw(towns)
    network = town.network
    assume(town.stations and network.way_count)
    stops = len(network.stop_way)
    arcs = st.tuples(st.integers(0, network.arc_count - 1), st.just(-1))
    places = arcs if not stops else arcs | st.tuples(st.just(-1), st.integers(0, stops - 1))
    rows = data.draw(st.lists(st.tuples(places, st.sampled_from([0, 1, 2]), st.sampled_from([3.0, 10.0])), max_size=5))
    limited = replace(
        network,
        limit_arc=np.array([place[0] for place, _, _ in rows], np.int32),
        limit_stop=np.array([place[1] for place, _, _ in rows], np.int32),
        limit_size=np.array([size for _, size, _ in rows], np.uint8),
        limit_most=np.array([most for _, _, most in rows], np.float64),
        limit_classes=np.full(len(rows), EMERGENCY, np.uint8),
        strings_seen={},
    )
    vehicle = Vehicle(**{name: data.draw(st.sampled_from([2.0, 3.0, 5.0, 20.0])) for name in SIZES[:3]})
    size = [vehicle.height_m, vehicle.width_m, vehicle.weight_t]
    # the same, by plain loops: whoever has a limit may pass if no limit is too small
    permit, blocks = network.arc_permit.tolist(), network.stop_blocks.tolist()
    for (arc, stop), _, _ in rows:
        too_small = any(other == (arc, stop) and (size[kind] or 0) > most for other, kind, most in rows)
        held, place = (permit, arc) if arc >= 0 else (blocks, stop)
        held[place] = held[place] & ~EMERGENCY | (EMERGENCY if too_small == (arc < 0) else 0)
    plain = replace(network, arc_permit=np.array(permit, np.uint8), stop_blocks=np.array(blocks, np.uint8), strings_seen={})
    spots = [(way, at_m) for way, at_m in town.stations if permit[2 * way] & EMERGENCY or permit[2 * way + 1] & EMERGENCY]
    assume(spots)
    stations = tuple(
        Station(f"S{index}", "fire_station", *point_at(network.geometry(way), at_m), turnout_s=turnout_ms / 1000)
        for index, ((way, at_m), turnout_ms) in enumerate(zip(spots, TURNOUT_MS, strict=False))
    )
    timer, service = AccessTimer(limited), Service("fire", ("fire_station",), vehicle=vehicle)
    report = assess_access(timer, stations, service=service, closures=town.closures)
    starts = report.before.tree.origins
    stood = list(zip(starts.way.tolist(), starts.offset_m.tolist(), strict=True))
    for timing, closures in ((report.before, []), (report.after, town.closures)):
        assert timing.ms.tolist() == by_hand(replace(town, network=plain, stations=stood, closures=closures)).address_ms()
    assert check_access(limited, json.loads(json.dumps(certificate_of(report))))[1] == []
    for side, why in ((report.before, report.too_large_before), (report.after, report.too_large_after)):
        smaller = timer.anything_fits(side)
        assert set(why) == set(np.flatnonzero((side.ms == NEVER_MS) & (smaller.ms < NEVER_MS)).tolist())
        for address, indexes in why.items():
            assert indexes
            shut = [report.fit.tight[index].closure("emergency") for index in indexes]
            assert timer.anything_fits(side, shut).ms[address] == NEVER_MS
