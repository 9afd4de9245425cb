"""What the checker of access says: of each service, of what was accepted before, of what holds, and of flaws word for word."""

from __future__ import annotations

import copy
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

import pytest

from clearway.errors import BadInput
from clearway.network.classes import SIZES
from clearway.network.closures import Closure
from clearway.planning.access.check import check_access
from clearway.planning.access.check.accepted import Accepted
from clearway.planning.access.check.paths import Flaws
from clearway.planning.access.planner.certificate import certificate_of
from clearway.planning.access.planner.report import assess_access
from clearway.planning.access.planner.services import load_services
from clearway.planning.access.planner.stations import Station
from clearway.planning.access.planner.timing import AccessTimer
from drawn_towns import METRE_LAT, METRE_LON, Town, place

if TYPE_CHECKING:
    from clearway.network.model import Network
    from clearway.planning.access.check.claim import Side

    Certificate = dict[str, Any]

EVERYBODY = 127
STATION_ROAD, BRIDGE, NORTH, EAST, SOUTH, WEST, END = range(7)


def certified(network: Network, stations: tuple[Station, ...], *closures: Closure) -> Certificate:
    report = assess_access(AccessTimer(network), stations, closures=closures)
    document: Certificate = json.loads(json.dumps(certificate_of(report)))
    return document


# several services


def services_of(document: Certificate, *names: str) -> Certificate:
    return {"format": "clearway-access-2", "services": [{"service": name, **copy.deepcopy(document)} for name in names]}


def test_each_services_sentences_begin_with_its_name(loop: Network, fire_station: tuple[Station, ...]) -> None:
    document = services_of(certified(loop, fire_station), "fire", "ambulance")
    holds, fails = check_access(loop, document)
    assert {sentence.partition(": ")[0] for sentence in holds} == {"fire", "ambulance"}
    assert fails == []
    document["services"][1]["stations"] = []
    holds, fails = check_access(loop, document)
    assert {sentence.partition(": ")[0] for sentence in holds} == {"fire"}
    assert fails[0] == "ambulance: It names no station."


@pytest.mark.parametrize(
    ("services", "sentence"),
    [
        ([], "names no service"),
        (None, "names no service"),
        ({}, "names no service"),
        (["fire"], "names no service"),
        ([{"service": "fire"}, "fire"], "names no service"),
        ([{"service": "fire"}, {"service": "fire"}], "names a service twice"),
        ([{"service": "fire"}], r"damaged \(service 'fire'\)"),
        ([{"service": "fire", "format": "clearway-access-2", "services": []}], r"damaged \(service 'fire'\)"),
    ],
)
def test_services_without_their_certificates_are_refused(loop: Network, services: object, sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence):
        check_access(loop, {"format": "clearway-access-2", "services": services})


# what was accepted before, and what is said


@pytest.mark.parametrize("name", ["network", "class", "vehicle", "at", "hours", "stations", "before"])
def test_paths_are_remembered_with_all_that_they_rest_on(name: str) -> None:
    accepted, side = Accepted(), cast("Side", object())
    document = {name: name for name in ("network", "class", "vehicle", "at", "hours", "stations", "before", "after")}
    accepted.add(document, side)
    assert accepted.before(document) is side
    assert accepted.before(document | {"after": "other", "closures": []}) is side
    assert accepted.before(document | {name: "other"}) is None


def test_the_paths_of_eight_certificates_are_remembered() -> None:
    accepted = Accepted()
    for number in range(9):
        accepted.add({"at": number}, cast("Side", number))
    assert [accepted.before({"at": number}) for number in range(10)] == [None, *range(1, 9), None]


def test_of_each_kind_of_flaw_the_first_is_said_and_the_others_are_counted() -> None:
    flaws = Flaws()
    assert not flaws.any()
    for number in range(3):
        flaws.add("one", f"Number {number}")
    for kind, times in (("other", 1), ("third", 2)):
        for _ in range(times):
            flaws.add(kind, kind.title())
    assert flaws.any()
    assert flaws.sentences() == ["Number 0 (2 more like it).", "Other.", "Third (1 more like it)."]
    for number in range(9):
        flaws.add(str(number), str(number))
    assert len(flaws.sentences()) == 8
    assert flaws.sentences()[-1] == "4."


def test_what_holds_is_said_in_numbers(loop: Network, fire_station: tuple[Station, ...]) -> None:
    wall = Closure(BRIDGE, EVERYBODY, at_m=60.0, label="wall")
    holds, fails = check_access(loop, certified(loop, fire_station, wall, replace(wall, way=END)))
    assert fails == []
    assert holds[0] == (
        "2 addresses are reached by the class 'emergency' from 1 station under 2 closures, each by the path given; "
        "none can be reached sooner."
    )
    assert [holds[1], *holds[3:]] == [
        "5 addresses cannot be reached.",
        "5 of them are cut off by the closures named for each; those closures alone are enough.",
    ]
    near = replace(wall, way=STATION_ROAD)
    holds, _ = check_access(loop, certified(loop, (*fire_station, *fire_station), near))
    assert holds[0].startswith("1 address is reached by the class 'emergency' from 2 stations under 1 closure, each")
    assert holds[1] == "6 addresses cannot be reached."


def test_a_vehicle_of_no_known_size_is_not_spoken_of(loop: Network, fire_station: tuple[Station, ...]) -> None:
    document = certified(loop, fire_station)
    for vehicle in (None, dict.fromkeys(SIZES)):
        holds, fails = check_access(loop, document | {"vehicle": vehicle})
        assert (len(holds), fails) == (2, []), vehicle


def test_what_was_taken_as_accepted_takes_no_second_place_among_the_eight(
    loop: Network, fire_station: tuple[Station, ...]
) -> None:
    accepted, first = Accepted(), certified(loop, fire_station)
    other = certified(loop, (Station("End", "fire_station", float(loop.junction_lon[6]), float(loop.junction_lat[6])),))
    for document in (first, *[other] * 8):
        assert check_access(loop, document, accepted)[1] == []
    assert accepted.before(first) is not None


def test_a_flaw_names_the_side_the_step_and_the_street(loop: Network, fire_station: tuple[Station, ...]) -> None:
    document = certified(loop, fire_station)
    shut = [{"way": BRIDGE, "at_m": 50.0, "along": True, "against": False, "label": "block"}]
    said = check_access(loop, document | {"closures": shut})[1]
    assert said[0] == "In the paths after, step 1 along way 1 runs through a closure."
    for side, name in (("before", "before"), ("after", "after")):
        late = copy.deepcopy(document)
        for part in ("steps", "addresses"):
            late[side][part]["ms"] = [ms + 1000 for ms in late[side][part]["ms"]]
        late["stations"][0]["turnout_ms"] = 0
        assert all(sentence.startswith(f"In the paths {name}, ") for sentence in check_access(loop, late)[1])


@pytest.mark.parametrize("side", ["before", "after"])
def test_a_step_that_takes_too_long_is_refused_though_all_that_follow_it_add_up(
    loop: Network, fire_station: tuple[Station, ...], side: str
) -> None:
    document = certified(loop, fire_station)
    steps, addresses = document[side]["steps"], document[side]["addresses"]
    due, later = steps["ms"][1], {1}
    steps["ms"][1] += 1000
    for rows in (steps, addresses):
        for row, before in enumerate(rows["from"]):
            if before in later:
                rows["ms"][row] += 1000
                later |= {row} if rows is steps else set()
    said = f"In the paths {side}, step 1 along way {BRIDGE} does not add up: {due} ms, not {due + 1000}."
    assert check_access(loop, document)[1] == [said]


@pytest.mark.parametrize("side", ["before", "after"])
def test_a_drive_to_hospital_that_is_not_so_is_named_with_what_is(loop: Network, side: str) -> None:
    ambulance = next(one for one in load_services() if one.name == "ambulance")
    station = Station("Depot", "ambulance_station", *place_of(loop, 0))
    hospital = Station("Hospital", "hospital", *place_of(loop, 6))
    report = assess_access(AccessTimer(loop), (station,), service=ambulance, hospitals=(hospital,))
    document: Certificate = json.loads(json.dumps(certificate_of(report)))
    assert check_access(loop, document)[1] == []
    due = document["trip"][side][END]
    for said, told in ((None, "none"), (due + 1, f"{due + 1} ms")):
        forged = copy.deepcopy(document)
        forged["trip"][side][END] = said
        assert check_access(loop, forged)[1] == [
            f"In the trips {side}, the nearest hospital is reached in {due} ms from address 6, not {told}."
        ]
    wall = Closure(END, EVERYBODY, at_m=60.0)
    report = assess_access(AccessTimer(loop), (station,), service=ambulance, hospitals=(hospital,), closures=(wall,))
    document = json.loads(json.dumps(certificate_of(report)))
    assert (document["trip"]["after"][END], check_access(loop, document)[1]) == (None, [])
    document["trip"]["after"][END] = 7
    said = "In the trips after, no hospital can be reached from address 6, not 7 ms."
    assert check_access(loop, document)[1] == [said]


def place_of(network: Network, junction: int) -> tuple[float, float]:
    return float(network.junction_lon[junction]), float(network.junction_lat[junction])


@pytest.mark.parametrize(("along", "x", "y"), [(500.0, 500, 0), (1000.0, 1000, 0), (1500.0, 1000, 500), (1900.0, 1000, 900)])
def test_where_a_station_stands_on_a_street_with_a_corner_is_measured_along_both_its_legs(
    along: float, x: float, y: float
) -> None:
    town = Town()
    bend = [place(0, 0), place(1000, 0), place(1000, 1000)]
    way = town.draft.way(town.corner(0, 0), town.corner(1000, 1000), points=bend)
    town.draft.address(way, 1990.0)
    network = town.network()
    document = certified(network, (Station("Depot", "fire_station", *place(x, y)),))
    assert document["stations"][0]["at_m"] == pytest.approx(along, abs=3)
    for axis, metre in (("lon", METRE_LON), ("lat", METRE_LAT)):
        for metres, near in ((147, True), (-147, True), (155, False), (-155, False)):
            moved = copy.deepcopy(document)
            moved["stations"][0][axis] += metres * metre
            assert (check_access(network, moved)[1] == []) is near, (axis, metres)
