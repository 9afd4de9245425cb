"""The checker of access on streets drawn by hand: what it reads off them, each bound and one beside, and what it says."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from clearway.errors import BadInput
from clearway.network.build import NetworkDraft
from clearway.network.classes import SIZES, class_mask
from clearway.network.closures import Closure
from clearway.planning.access.check import check_access
from clearway.planning.access.check.claim import ClosureClaim, GateClaim, StationClaim
from clearway.planning.access.check.network_reading import NEVER, NetworkReading, Streets
from clearway.planning.access.planner.certificate import certificate_of
from clearway.planning.access.planner.report import assess_access
from clearway.planning.access.planner.timing import AccessTimer
from drawn_towns import METRE_LAT, Town

if TYPE_CHECKING:
    from collections.abc import Callable

    from clearway.network.model import Network
    from clearway.planning.access.planner.stations import Station

    Certificate = dict[str, Any]

HELP = class_mask(["emergency"])
EVERYBODY, FOOT = 127, class_mask(["foot"])
STATION_ROAD, BRIDGE, NORTH, EAST, SOUTH, WEST, END = range(7)


def certified(network: Network, stations: tuple[Station, ...], *closures: Closure) -> Certificate:
    report = assess_access(AccessTimer(network), stations, closures=closures)
    document: Certificate = json.loads(json.dumps(certificate_of(report)))
    return document


def cross(**kind: Any) -> Town:  # noqa: ANN401 - as the draft takes them
    """A street of 100 m to the east (way 0), and three that go on from its end: east, north, and back round (1, 2, 3)."""
    town = Town()
    for start, end in (((0, 0), (100, 0)), ((100, 0), (200, 0)), ((100, 0), (100, 100)), ((100, 0), (100, -100))):
        town.street(start, end, **({"speed_kmh": 36.0} | kind))
    return town


def streets_of(town: Town, size: tuple[float | None, ...] | None = None) -> Streets:
    return Streets(town.network(), "general", size)


def at_rest(way: int, at_m: float, turnout_ms: int = 0) -> StationClaim:
    return StationClaim("Station", 0.0, 0.0, way, at_m, turnout_ms)


# driving: 36 km/h is 100 ms a metre


def test_a_stretch_takes_its_metres_at_the_speed_of_its_direction_rounded_to_a_millisecond() -> None:
    town = cross(speed_kmh=(36.0, 18.0))
    streets = streets_of(town)
    took = streets.stretch_ms(np.array([0, 0, 0, 1, 0]), np.array([1.0, 0.004, 0.006, 1.0, 0.0]))
    assert took.tolist() == [100, 0, 1, 200, 0]
    whole = NetworkReading(streets, ()).whole_ms
    assert [round(ms, -1) for ms in whole[:2].tolist()] == [10_000, 20_000]


def test_where_nobody_drives_a_stretch_takes_no_time_and_a_whole_street_at_least_a_millisecond() -> None:
    streets = streets_of(cross())
    streets.speed[0] = 0.0
    assert streets.stretch_ms(np.array([0]), np.array([50.0])).tolist() == [0]
    assert NetworkReading(streets, ()).whole_ms[0] == 1


@pytest.mark.parametrize(
    ("arc", "at_m", "to", "onward"),
    [
        (0, 49.0, 4900, NEVER), (0, 50.0, 5000, 5000), (0, 51.0, NEVER, 4900),
        (1, 49.0, NEVER, 4900), (1, 50.0, 5000, 5000), (1, 51.0, 4900, NEVER),
    ],
)  # fmt: skip
def test_what_stands_at_the_very_spot_is_in_nobodys_way_and_what_stands_before_it_is(
    arc: int, at_m: float, to: int, onward: int
) -> None:
    town = cross()
    town.draft.stop(0, 50.0, blocks=EVERYBODY)
    reading = NetworkReading(streets_of(town), ())
    found = [int(ms(np.array([arc]), np.array([at_m]))[0]) for ms in (reading.to_ms, reading.from_ms)]
    assert found == pytest.approx([to, onward], abs=2)
    assert not reading.passable[arc]


def test_of_two_obstacles_each_direction_meets_its_own_first() -> None:
    town = cross()
    town.draft.stop(0, 30.0, blocks=EVERYBODY)
    town.draft.stop(0, 70.0, blocks=EVERYBODY)
    reading = NetworkReading(streets_of(town), ())
    spots = np.array([29.0, 31.0, 69.0, 71.0])
    for arc, reached in ((0, [True, False, False, False]), (1, [False, False, False, True])):
        assert (reading.to_ms(np.full(4, arc), spots) < NEVER).tolist() == reached
        assert (reading.from_ms(np.full(4, arc), spots) < NEVER).tolist() == reached[::-1]
    assert [reading.clear(0, 31.0, 69.0), reading.clear(0, 69.0, 31.0), reading.clear(0, 30.0, 70.0)] == [True, True, True]
    assert [reading.clear(0, 29.9, 31.0), reading.clear(0, 69.0, 70.1), reading.clear(2, 0.0, 100.0)] == [False, False, True]


@pytest.mark.parametrize(
    ("closure", "passable"),
    [
        (ClosureClaim(0, None, along=True, against=False), (False, True)),
        (ClosureClaim(0, None, along=False, against=True), (True, False)),
        (ClosureClaim(0, 50.0, along=True, against=False), (False, True)),
        (ClosureClaim(0, 50.0, along=False, against=True), (True, False)),
        (ClosureClaim(0, 50.0, along=True, against=True), (False, False)),
        (ClosureClaim(1, None, along=True, against=True), (True, True)),
    ],
)
def test_a_closure_holds_in_its_own_directions(closure: ClosureClaim, passable: tuple[bool, bool]) -> None:
    reading = NetworkReading(streets_of(cross()), [closure])
    assert tuple(reading.passable[:2].tolist()) == passable
    # a whole way that is shut cannot be driven from a spot on it either; at a point it can, up to the point
    assert (reading.to_ms(np.array([0]), np.array([10.0]))[0] < NEVER) == (passable[0] or closure.at_m is not None)


def test_a_gate_costs_its_wait_to_those_who_pass_it_and_nothing_at_its_very_spot() -> None:
    gate = GateClaim(0, 50.0, along=True, against=False, ms=7000)
    reading = NetworkReading(streets_of(cross()), (), [gate, GateClaim(2, 50.0, along=True, against=True, ms=1)])
    free = NetworkReading(streets_of(cross()), ())
    assert (reading.whole_ms - free.whole_ms)[:6].tolist() == [7000, 0, 0, 0, 1, 1]
    spots = np.array([49.0, 50.0, 51.0])
    for arc, waits_to, waits_on in ((0, [0, 0, 7000], [7000, 0, 0]), (1, [0, 0, 0], [0, 0, 0]), (5, [1, 0, 0], [0, 0, 1])):
        arcs = np.full(3, arc)
        assert (reading.to_ms(arcs, spots) - free.to_ms(arcs, spots)).tolist() == waits_to
        assert (reading.from_ms(arcs, spots) - free.from_ms(arcs, spots)).tolist() == waits_on
    passes = ((49.0, 51.0), (51.0, 49.0), (50.0, 99.0), (1.0, 50.0))
    assert [reading.waits_ms(0, *stretch) for stretch in passes] == [7000, 7000, 0, 0]
    assert [reading.waits_ms(1, *stretch) for stretch in passes] == [0, 0, 0, 0]


# turns


@pytest.mark.parametrize(
    ("arcs", "classes", "forbidden"),
    [
        ([0, 2], EVERYBODY, True),
        ([0, 2], FOOT, False),
        ([0, 4], EVERYBODY, False),
        ([2], EVERYBODY, False),
        ([0, 6, 7, 2], EVERYBODY, False),
        ([4, 2], EVERYBODY, False),
    ],
)
def test_a_turn_is_forbidden_to_its_classes_where_its_arcs_follow_one_another(
    arcs: list[int], classes: int, *, forbidden: bool
) -> None:
    town = cross()
    town.draft.turn(arcs, classes=classes)
    streets = streets_of(town)
    assert streets.turn_allowed([0, 2]) is not forbidden
    assert streets.turn_allowed([4, 2])
    assert streets.turn_allowed([2])


def times(town: Town, *stations: StationClaim, **closures: Any) -> list[int]:  # noqa: ANN401 - of the reading
    """Whole seconds to each address, -1 where it cannot be reached."""
    found = NetworkReading(Streets(town.network(), "general"), closures.get("shut", ()), closures.get("gates", ()))
    return [-1 if ms >= NEVER else round(ms / 1000) for ms in found.address_ms(stations).tolist()]


def test_a_forbidden_turn_sends_the_drive_round_however_many_streets_it_is_long() -> None:
    town = cross()
    town.street((100, 100), (200, 0), speed_kmh=36.0)
    for way, at_m in ((1, 10.0), (2, 10.0)):
        town.draft.address(way, at_m)
    assert times(town, at_rest(0, 50.0)) == [6, 6]
    town.draft.turn([0, 2], classes=EVERYBODY)
    assert times(town, at_rest(0, 50.0)) == [5 + 10 + 10 + 1, 6], "up the street to the north and back, then round"
    town.draft.turn([0, 4, 5, 2], classes=EVERYBODY)
    town.draft.turn([0, 6, 7, 2], classes=EVERYBODY)
    assert times(town, at_rest(0, 50.0)) == [5 + 10 + 14 + 9, 6], "north, across, and back from the east"
    # who does not come from the west may turn
    assert times(town, at_rest(3, 50.0)) == [6, 6]


def test_the_longest_forbidden_turn_that_still_matters_is_remembered() -> None:
    town = cross()
    town.street((200, 0), (300, 0), speed_kmh=36.0)
    town.street((200, 0), (200, 100), speed_kmh=36.0)
    for way in (4, 5):
        town.draft.address(way, 50.0)
    town.draft.turn([0, 2, 8], classes=EVERYBODY)
    streets = streets_of(town)
    assert streets.memory == 2
    assert [streets.turn_allowed(driven) for driven in ([0, 2, 8], [2, 8], [4, 2, 8], [1, 0, 2, 8])] == [
        False,
        True,
        True,
        False,
    ]
    assert times(town, at_rest(0, 50.0)) == [5 + 10 + 20 + 5, 20], "to the north and back, then on"
    assert times(town, at_rest(2, 50.0)) == [20, 20]


# stations, addresses, hospitals


def test_an_address_is_reached_from_the_nearest_station_by_the_shorter_end_or_straight() -> None:
    town = cross()
    for at_m in (0.0, 20.0, 50.0, 80.0, 100.0):
        town.draft.address(0, at_m)
    assert times(town, at_rest(0, 50.0)) == [5, 3, 0, 3, 5]
    assert times(town, at_rest(0, 50.0, 1000)) == [6, 4, 1, 4, 6]
    assert times(town, at_rest(0, 50.0, 9000), at_rest(1, 0.0)) == [10, 8, 5, 2, 0]
    blocks = [ClosureClaim(0, 30.0, along=True, against=True)]
    assert times(town, at_rest(0, 50.0), shut=blocks) == [-1, -1, 0, 3, 5]
    assert times(town, at_rest(0, 20.0), shut=blocks) == [2, 0, -1, -1, -1]
    gates = [GateClaim(0, 60.0, along=True, against=True, ms=4000)]
    assert times(town, at_rest(0, 50.0), gates=gates) == [5, 3, 0, 7, 9]
    assert times(town, at_rest(0, 50.0), gates=[gates[0]._replace(at_m=50.0)]) == [5, 3, 0, 3, 5]
    one_way = [ClosureClaim(0, None, along=False, against=True)]
    assert times(town, at_rest(0, 50.0), shut=one_way) == [-1, -1, 0, 3, 5]


def test_a_seed_is_the_drive_to_either_end_of_the_stations_own_street() -> None:
    town = cross()
    town.draft.stop(1, 40.0, blocks=EVERYBODY)
    reading = NetworkReading(streets_of(town), (), [GateClaim(0, 60.0, along=True, against=True, ms=4000)])
    assert [reading.seed(at_rest(0, 30.0, 500), arc) for arc in (0, 1, 2)] == pytest.approx([11_500, 3_500, None], abs=2)
    assert [reading.seed(at_rest(0, 60.0), arc) for arc in (0, 1)] == pytest.approx([4_000, 6_000], abs=2)
    assert [reading.seed(at_rest(1, 40.0), arc) for arc in (2, 3)] == pytest.approx([6_000, 4_000], abs=2)
    assert [reading.seed(at_rest(1, 39.0), arc) for arc in (2, 3)] == [None, pytest.approx(3_900, abs=2)]
    assert [reading.seed(at_rest(1, 41.0), arc) for arc in (2, 3)] == [pytest.approx(5_900, abs=2), None]


def hospital_times(town: Town, *hospitals: StationClaim, **closures: Any) -> list[int]:  # noqa: ANN401 - of the reading
    found = NetworkReading(Streets(town.network(), "general"), closures.get("shut", ()), closures.get("gates", ()))
    return [-1 if ms >= NEVER else round(ms / 1000) for ms in found.hospital_ms(hospitals).tolist()]


def test_the_drive_to_hospital_is_the_shortest_to_any_and_straight_on_its_own_street() -> None:
    town = cross()
    for way, at_m in ((0, 0.0), (0, 20.0), (0, 50.0), (0, 80.0), (2, 100.0)):
        town.draft.address(way, at_m)
    assert hospital_times(town, at_rest(0, 50.0)) == [5, 3, 0, 3, 15]
    assert hospital_times(town, at_rest(0, 50.0), at_rest(2, 90.0)) == [5, 3, 0, 3, 1]
    assert hospital_times(town) == [-1] * 5
    gate = [GateClaim(0, 60.0, along=False, against=True, ms=4000)]
    assert hospital_times(town, at_rest(0, 50.0), gates=gate) == [5, 3, 0, 7, 19]
    shut = [ClosureClaim(0, 30.0, along=True, against=True)]
    assert hospital_times(town, at_rest(0, 50.0), shut=shut) == [-1, -1, 0, 3, 15]
    one_way = [ClosureClaim(0, None, along=False, against=True)]
    assert hospital_times(town, at_rest(0, 50.0), shut=one_way) == [5, 3, 0, -1, -1]
    assert hospital_times(town, at_rest(1, 50.0), shut=one_way) == [15, 13, 10, 7, 15]


# who fits


def test_a_vehicle_of_its_own_size_passes_what_it_fits_through_and_nothing_else() -> None:
    width, height = SIZES.index("width_m"), SIZES.index("height_m")
    town = cross()
    stop = town.draft.stop(1, 50.0, blocks=class_mask(["general"]))
    town.draft.limit(width, 2.0, classes=EVERYBODY, arc=0)
    town.draft.limit(height, 3.0, classes=EVERYBODY, arc=0)
    town.draft.limit(width, 1.0, classes=FOOT, arc=4)
    town.draft.limit(width, 2.2, classes=EVERYBODY, stop=stop)

    def passes(**figures: float) -> tuple[bool, bool, bool]:
        size = tuple(figures.get(name) for name in SIZES)
        reading = NetworkReading(streets_of(town, size), ())
        return bool(reading.passable[0]), bool(reading.passable[2]), bool(reading.passable[4])

    assert passes() == (True, True, True)
    assert passes(width_m=2.0, height_m=3.0) == (True, True, True)
    assert passes(width_m=2.01) == (False, True, True)
    assert passes(width_m=2.21) == (False, False, True)
    assert passes(height_m=3.01, width_m=1.0) == (False, True, True)
    assert NetworkReading(streets_of(town), ()).passable[[0, 2]].tolist() == [True, False]


# what a certificate may hold


@pytest.mark.parametrize(
    ("where", "value", "sentence"),
    [
        (("stations", 0, "way"), 7, "7 is not a whole number from 0 to 6"),
        (("stations", 0, "way"), -1, "-1 is not a whole number"),
        (("stations", 0, "way"), True, "True is not a whole number"),
        (("stations", 0, "way"), 0.0, "0.0 is not a whole number"),
        (("stations", 0, "turnout_ms"), 1 << 31, "is not a whole number from 0 to 2147483647"),
        (("stations", 0, "at_m"), math.nan, "nan is not a number"),
        (("stations", 0, "at_m"), math.inf, "inf is not a number"),
        (("stations", 0, "at_m"), "0", "'0' is not a number"),
        (("stations", 0, "lon"), True, "True is not a number"),
        (("closures", 0, "along"), 1, "1 is neither true nor false"),
        (("closures", 0, "against"), None, "None is neither true nor false"),
        (("closures", 0, "way"), 7, "7 is not a whole number"),
        (("after", "steps", "arc", 0), 14, "does not lie between 0 and 13"),
        (("after", "steps", "arc", 0), -1, "does not lie between 0 and 13"),
        (("after", "steps", "ms", 0), 1 << 31, "does not lie between 0 and 2147483647"),
        (("after", "steps", "ms", 0), -1, "does not lie between"),
        (("after", "steps", "ms", 0), 1 << 64, "a number that is too large"),
        (("after", "steps", "ms", 0), 6000.0, "a float instead of a whole number"),
        (("after", "steps", "ms", 0), True, "a bool instead of a whole number"),
        (("after", "addresses", "ms", 0), None, "a row of which a part is missing"),
        (("after", "unreached"), {"7": []}, "7 is not a whole number from 0 to 6"),
        (("after", "unreached"), {"6": [1]}, "1 is not a whole number from 0 to 0"),
        (("vehicle",), {"width_m": 2.0}, "is not the size of a vehicle"),
        (("vehicle",), [], "is not the size of a vehicle"),
        (("vehicle",), dict.fromkeys(SIZES) | {"width_m": 0}, "is not the size of a vehicle"),
        (("vehicle",), dict.fromkeys(SIZES) | {"width_m": "2"}, "'2' is not a number"),
        (("class",), "tank", "unknown class 'tank'"),
        (("gates",), [{"way": 0, "at_m": 1.0, "along": True, "against": True, "ms": 1 << 31}], "is not a whole number"),
        (("gates",), [{"way": 7, "at_m": 1.0, "along": True, "against": True, "ms": 1}], "7 is not a whole number"),
        (("gates",), [{"way": 0, "at_m": None, "along": True, "against": True, "ms": 1}], "None is not a number"),
        (("trip",), {"hospitals": [], "before": [1] * 7, "after": [1] * 6}, "7 and 6 drives to hospital instead of 7"),
        (("trip",), {"hospitals": [], "before": [1] * 6, "after": [1] * 6}, "6 and 6 drives to hospital instead of 7"),
        (("trip",), {"hospitals": [], "before": [1 << 31] * 7, "after": [1] * 7}, "is not a whole number"),
    ],
)
def test_a_certificate_with_a_number_out_of_its_kind_or_range_is_damaged(
    loop: Network, fire_station: tuple[Station, ...], where: tuple[Any, ...], value: object, sentence: str
) -> None:
    document = certified(loop, fire_station, Closure(END, EVERYBODY, at_m=20.0, label="lane"))
    inner: Any = document
    for name in where[:-1]:
        inner = inner[name]
    inner[where[-1]] = value
    with pytest.raises(BadInput) as refused:
        check_access(loop, document)
    assert str(refused.value).startswith("The access certificate is damaged (")
    assert sentence in str(refused.value)


def columns_cut(document: Certificate) -> None:
    document["after"]["steps"]["ms"].pop()


def addresses_cut(document: Certificate) -> None:
    for column in document["after"]["addresses"].values():
        column.pop()


def step_missing(document: Certificate) -> None:
    for column in document["after"]["steps"].values():
        column[0] = None


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (columns_cut, "columns of different lengths"),
        (addresses_cut, "6 addresses instead of 7"),
        (step_missing, "a step is missing"),
    ],
)
def test_a_certificate_with_rows_missing_is_damaged(
    loop: Network, fire_station: tuple[Station, ...], spoil: Callable[[Certificate], None], sentence: str
) -> None:
    document = certified(loop, fire_station)
    spoil(document)
    with pytest.raises(BadInput, match=sentence):
        check_access(loop, document)


# stations


@pytest.mark.parametrize(("metres", "near"), [(150.9, True), (151.1, False)])
def test_vehicles_start_within_a_hundred_and_fifty_metres_of_their_station(
    loop: Network, fire_station: tuple[Station, ...], metres: float, *, near: bool
) -> None:
    document = certified(loop, fire_station)
    document["stations"][0]["lat"] += metres * METRE_LAT
    said = check_access(loop, document)[1]
    assert said == ([] if near else ["Fire lies 151 m from where the certificate starts its vehicles."])


@pytest.mark.parametrize(("at_m", "there"), [(-0.001, False), (100.1, False)])
def test_a_station_stands_on_its_street(loop: Network, fire_station: tuple[Station, ...], at_m: float, *, there: bool) -> None:
    document = certified(loop, fire_station)
    document["stations"][0]["at_m"] = at_m
    assert ("Fire stands beyond the end of way 0." in check_access(loop, document)[1]) is not there


def test_a_station_may_stand_on_a_street_that_is_open_one_way(fire_station: tuple[Station, ...]) -> None:
    for permit in ((HELP, FOOT), (FOOT, HELP)):
        draft = NetworkDraft("One way")
        ends = [draft.junction(174.77, -41.28), draft.junction(174.771, -41.28)]
        draft.address(draft.way(*ends, permit=permit), 0.0)
        network = draft.finish()
        assert check_access(network, certified(network, fire_station))[1] == []
