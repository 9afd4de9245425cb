from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import assume, given, reject, settings
from hypothesis import strategies as st

from clearway.errors import BadGeometry, BadInput
from clearway.network.build import NetworkDraft
from clearway.network.classes import SIZES
from clearway.network.closures import Closure
from clearway.network.geometry import point_at
from clearway.planning.access.check import check_access
from clearway.planning.access.check.accepted import Accepted
from clearway.planning.access.planner.certificate import certificate_of, write_certificate
from clearway.planning.access.planner.report import assess_access, assess_services
from clearway.planning.access.planner.services import load_services, staffed
from clearway.planning.access.planner.stations import Station
from clearway.planning.access.planner.timing import AccessTimer
from drawn_towns import METRE_LAT, METRE_LON
from rounds import examples

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from clearway.network.model import Network
    from random_towns import Town

    Forgery = Callable[[dict[str, Any]], None]

STATION_ROAD, BRIDGE, NORTH, EAST, SOUTH, WEST, END = range(7)
EVERYBODY = 127


def certified(network: Network, stations: tuple[Station, ...], *closures: Closure) -> dict[str, Any]:
    report = assess_access(AccessTimer(network), stations, closures=closures)
    document: dict[str, Any] = json.loads(json.dumps(certificate_of(report)))
    return document


def test_a_good_certificate_is_accepted_and_says_what_holds(loop: Network, fire_station: tuple[Station, ...]) -> None:
    holds, fails = check_access(loop, certified(loop, fire_station, Closure(END, EVERYBODY, at_m=20.0, label="lane")))
    assert fails == []
    assert holds[0].startswith("6 addresses are reached by the class 'emergency' from 1 station under 1 closure")
    assert holds[1] == "1 address cannot be reached."
    assert holds[-1] == "1 of them are cut off by the closures named for each; those closures alone are enough."


def test_where_all_are_reached_it_says_so_and_by_which_vehicle(loop: Network, fire_station: tuple[Station, ...]) -> None:
    document = certified(loop, fire_station) | {"vehicle": dict.fromkeys(SIZES) | {"width_m": 0.8, "axle_t": 0.1}}
    holds, fails = check_access(loop, document)
    assert (holds[1], fails) == ("Every address is reached.", [])
    assert holds[2].startswith("Streets were judged by a vehicle of width 0.8 m, axle 0.1 t; a street without a limit")
    assert "7 addresses are reached" in holds[0]


def test_of_several_stations_on_a_street_each_end_is_left_by_the_nearest(loop: Network) -> None:
    offsets = (10.0, 90.0, 50.0)
    points = [point_at(loop.geometry(BRIDGE), at_m) for at_m in offsets]
    stations = tuple(Station(f"at {at_m:g} m", "fire_station", *point) for at_m, point in zip(offsets, points, strict=True))
    assert check_access(loop, certified(loop, stations))[1] == []


@pytest.mark.parametrize("at_m", [10.0, 190.0, 210.0, 390.0])
def test_a_station_on_a_street_with_a_bend_starts_where_it_says(at_m: float) -> None:
    draft = NetworkDraft("bend")
    corners = [(174.77, -41.28), (174.77 + 200 * METRE_LON, -41.28), (174.77 + 200 * METRE_LON, -41.28 + 200 * METRE_LAT)]
    way = draft.way(draft.junction(*corners[0]), draft.junction(*corners[-1]), points=corners)
    draft.address(way, 100.0)
    network = draft.finish()
    document = certified(network, (Station("Fire", "fire_station", *point_at(network.geometry(way), at_m)),))
    holds, fails = check_access(network, document)
    assert (holds[0][:68], fails) == ("1 address is reached by the class 'emergency' from 1 station under 0", [])
    document["stations"][0]["at_m"] = 400.0 - at_m
    assert any("m from where the certificate starts its vehicles" in said for said in check_access(network, document)[1]) == (
        abs(400 - 2 * at_m) > 150
    )


def test_a_number_out_of_its_range_is_named_with_the_range(loop: Network, fire_station: tuple[Station, ...]) -> None:
    document = certified(loop, fire_station)
    document["stations"][0]["way"] = loop.way_count
    with pytest.raises(BadInput, match=rf"{loop.way_count} is not a whole number from 0 to {loop.way_count - 1}"):
        check_access(loop, document)
    document = certified(loop, fire_station)
    document["after"]["steps"]["arc"][0] = loop.arc_count
    with pytest.raises(BadInput, match=f"a number that does not lie between 0 and {loop.arc_count - 1}"):
        check_access(loop, document)


def test_shared_beginnings_are_stored_once(loop: Network, fire_station: tuple[Station, ...]) -> None:
    steps = certified(loop, fire_station)["after"]["steps"]
    assert len(steps["arc"]) == 5  # to A, B, C, E and D, each once, whatever lies beyond
    assert steps["from"][0] == -1


def edited(side: str, part: str, column: str, row: int, value: int | None) -> Forgery:
    def forge(document: dict[str, Any]) -> None:
        document[side][part][column][row] = value

    return forge


def unreached_named(document: dict[str, Any]) -> None:
    for column in document["after"]["addresses"].values():
        column[NORTH] = None
    document["after"]["unreached"][str(NORTH)] = [0]


def left_out(document: dict[str, Any]) -> None:
    for column in document["after"]["addresses"].values():
        column[NORTH] = None


def listed_with_its_path(document: dict[str, Any]) -> None:
    document["after"]["unreached"][str(NORTH)] = []


def witness_taken_away(document: dict[str, Any]) -> None:
    document["after"]["unreached"][str(END)] = []


def witness_too_small(document: dict[str, Any]) -> None:
    document["closures"].append({"way": EAST, "at_m": 99.0, "along": True, "against": True, "label": "elsewhere"})
    document["after"]["unreached"][str(END)] = [1]


def closure_hidden(document: dict[str, Any]) -> None:
    document["closures"] = []
    document["after"]["unreached"][str(END)] = []


def station_moved(document: dict[str, Any]) -> None:
    document["stations"][0]["way"] = EAST


def other_network(document: dict[str, Any]) -> None:
    document["network"]["digest"] = "0" * 64


@pytest.mark.parametrize(
    ("forge", "sentence"),
    [
        (edited("after", "steps", "ms", 2, 17_000), "does not add up"),
        (edited("after", "steps", "ms", 0, 1), "does not add up"),
        (edited("after", "steps", "arc", 2, 2 * SOUTH), "does not begin where the step before it ends"),
        (edited("after", "steps", "from", 2, 4), "does not come before it"),
        (edited("after", "steps", "from", 2, 99), "does not come before it"),
        (edited("after", "steps", "from", 0, -2), "does not come before it"),
        (edited("after", "addresses", "ms", NORTH, 14_000), "does not add up"),
        (edited("after", "addresses", "arc", NORTH, 2 * WEST + 1), "cannot be driven to"),
        (edited("after", "addresses", "from", NORTH, 0), "does not begin where"),
        (edited("after", "addresses", "arc", STATION_ROAD, 2 * STATION_ROAD + 1), "cannot be driven to"),
        (edited("after", "addresses", "from", NORTH, -1), "cannot be driven to"),
        (unreached_named, "is listed as unreached but can be reached"),
        (left_out, "address 2 has no path but is not listed as unreached"),
        (listed_with_its_path, "address 2 has a path but is listed as unreached"),
        (witness_taken_away, "no closure is named for it"),
        (witness_too_small, "although the closures named for it are in force"),
        (closure_hidden, "is listed as unreached but can be reached"),
        (station_moved, "m from where the certificate starts its vehicles"),
        (other_network, "another network"),
    ],
)
def test_a_forged_certificate_is_refused(
    loop: Network, fire_station: tuple[Station, ...], forge: Forgery, sentence: str
) -> None:
    document = certified(loop, fire_station, Closure(END, EVERYBODY, at_m=20.0, label="lane"))
    forge(document)
    holds, fails = check_access(loop, document)
    assert holds == []
    assert sentence in " ".join(fails)


@pytest.mark.parametrize(
    ("forge", "sentence"),
    [
        (lambda _: None, None),
        (edited("before", "steps", "ms", 2, 17_000), "does not add up"),
        (edited("before", "addresses", "ms", NORTH, 14_000), "does not add up"),
        (edited("after", "addresses", "ms", NORTH, 14_000), "does not add up"),
        (station_moved, "m from where the certificate starts its vehicles"),
        (other_network, "another network"),
    ],
)
def test_what_was_accepted_before_is_taken_as_accepted_only_where_it_is_the_same(
    loop: Network, fire_station: tuple[Station, ...], forge: Forgery, sentence: str | None
) -> None:
    """The certificate that was accepted is forged itself: what is remembered of it must be a copy."""
    accepted = Accepted()
    document = certified(loop, fire_station, Closure(END, EVERYBODY, at_m=20.0, label="lane"))
    assert accepted.before(document) is None
    assert check_access(loop, document, accepted)[1] == []
    assert accepted.before(document) is not None
    forge(document)
    holds, fails = check_access(loop, document, accepted)
    assert (holds == []) is (sentence is not None)
    assert (sentence or "") in " ".join(fails)
    other = certified(loop, fire_station, Closure(EAST, EVERYBODY, at_m=20.0, label="other"))
    assert check_access(loop, other, accepted) == check_access(loop, other)


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        (lambda draft: draft.place("school", 174.77, -41.28), None),
        (lambda draft: draft.stop(NORTH, 90.0, blocks=EVERYBODY), "obstacle"),
        (lambda draft: draft.turn([2 * BRIDGE, 2 * NORTH]), "turn"),
    ],
)
def test_a_path_is_held_against_the_rules_of_the_streets(
    loop_draft: NetworkDraft, fire_station: tuple[Station, ...], rule: Callable[[NetworkDraft], object], sentence: str | None
) -> None:
    free = certified(copy.deepcopy(loop_draft).finish(), fire_station)
    draft = copy.deepcopy(loop_draft)
    rule(draft)
    network = draft.finish()
    free["network"] = certified(network, fire_station)["network"]
    assert check_access(network, certified(network, fire_station))[1] == []
    fails = check_access(network, free)[1]
    assert fails == [] if sentence is None else sentence in " ".join(fails)


def test_flaws_of_one_kind_are_one_sentence_whether_of_steps_or_of_addresses(
    loop_draft: NetworkDraft, fire_station: tuple[Station, ...]
) -> None:
    free = certified(copy.deepcopy(loop_draft).finish(), fire_station)
    draft = copy.deepcopy(loop_draft)
    draft.turn([2 * BRIDGE, 2 * NORTH])
    network = draft.finish()
    said = check_access(network, free | {"network": certified(network, fire_station)["network"]})[1]
    assert said == [
        f"In the paths before, step 3 along way {NORTH} makes a turn that is forbidden (3 more like it).",
    ]


def test_a_path_against_a_one_way_or_through_a_closure_is_refused(
    loop: Network, loop_draft: NetworkDraft, fire_station: tuple[Station, ...]
) -> None:
    free = certified(loop, fire_station)
    draft = copy.deepcopy(loop_draft)
    draft._ways[BRIDGE].permit = (0, EVERYBODY)  # noqa: SLF001 - the town with one street turned round
    one_way = draft.finish()
    fails = check_access(one_way, free | {"network": certified(one_way, fire_station)["network"]})[1]
    assert "against a one-way" in " ".join(fails)
    shut = [{"way": BRIDGE, "at_m": 50.0, "along": True, "against": False, "label": "block"}]
    assert "runs through a closure" in " ".join(check_access(loop, free | {"closures": shut})[1])


@pytest.mark.parametrize(
    "change",
    [
        {"class": "tank"},
        {"stations": None},
        {"stations": [{"name": "x"}]},
        {"closures": [{"way": 99, "at_m": None, "along": True, "against": True}]},
        {"closures": [{"way": 0, "at_m": "near", "along": True, "against": True}]},
        {"after": {}},
        {"after": {"steps": {"from": [0], "arc": [], "ms": []}, "addresses": {}, "unreached": {}}},
        {"network": "Loop town"},
    ],
)
def test_a_damaged_certificate_gets_one_sentence(
    loop: Network, fire_station: tuple[Station, ...], change: dict[str, Any]
) -> None:
    with pytest.raises(BadInput, match=r"damaged .*Make one with 'clearway access"):
        check_access(loop, certified(loop, fire_station) | change)


@pytest.mark.parametrize("document", [None, [], {}, {"format": "clearway-cordon-1"}])
def test_what_is_no_certificate_is_said_to_be_none(loop: Network, document: object) -> None:
    with pytest.raises(BadInput, match="not an access certificate"):
        check_access(loop, document)


def test_a_certificate_is_written_whole(loop: Network, fire_station: tuple[Station, ...], tmp_path: Path) -> None:
    services = staffed(
        load_services(),
        (*fire_station, Station("Ambulance", "ambulance_station", float(loop.junction_lon[6]), float(loop.junction_lat[6]))),
    )
    write_certificate(tmp_path / "loop.json", assess_services(AccessTimer(loop), services).reports)
    holds, fails = check_access(loop, json.loads((tmp_path / "loop.json").read_text()))
    assert fails == []
    assert [sentence.split(" addresses")[0] for sentence in holds if "are reached" in sentence] == ["fire: 7", "ambulance: 7"]
    assert [path.name for path in tmp_path.iterdir()] == ["loop.json"]


@pytest.mark.slow
@settings(max_examples=examples(50))
@given(data=st.data())
def test_no_number_of_a_certificate_can_be_changed_unnoticed(data: st.DataObject, towns: st.SearchStrategy[Town]) -> None:
    town = data.draw(towns)
    assume(town.stations and (town.network.arc_permit & 1).any())
    points = [point_at(town.network.geometry(way), at_m) for way, at_m in town.stations]
    try:
        document = certified(town.network, tuple(Station(str(n), "station", *p) for n, p in enumerate(points)), *town.closures)
    except BadGeometry:
        reject()
    for name in ("before", "after"):
        for part in (document[name][column] for column in ("steps", "addresses")):
            rows = [row for row, ms in enumerate(part["ms"]) if ms is not None]
            for row in data.draw(st.sets(st.sampled_from(rows), max_size=3)) if rows else ():
                true_ms = part["ms"][row]
                part["ms"][row] = true_ms + data.draw(st.sampled_from([-1, 1, 1000]))
                try:
                    assert check_access(town.network, document)[1]
                except BadInput:
                    assert part["ms"][row] < 0
                part["ms"][row] = true_ms
    assert check_access(town.network, document)[1] == []
