"""The whole trip of a patient, by hand in the loop town and by an independent search in random towns."""

from __future__ import annotations

import copy
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import assume, given, reject, settings

from clearway.errors import BadFile, BadGeometry, BadInput
from clearway.network.classes import class_mask
from clearway.network.closures import Closure
from clearway.network.geometry import point_at
from clearway.network.model import NEVER_MS
from clearway.planning.access.check import check_access
from clearway.planning.access.planner.certificate import certificate_of
from clearway.planning.access.planner.report import AccessReport, assess_access, assess_services
from clearway.planning.access.planner.services import Service, load_services, staffed
from clearway.planning.access.planner.stations import Station, hospitals_among, read_hospitals
from clearway.planning.access.planner.timing import AccessTimer
from clearway.planning.access.planner.trip import Hospitals, drives_to, whole_ms
from random_towns import ByHand

if TYPE_CHECKING:
    from pathlib import Path

    from clearway.network.build import NetworkDraft
    from clearway.network.model import Network
    from random_towns import Town

STATION_ROAD, BRIDGE, NORTH, EAST, SOUTH, WEST, END = range(7)
EVERYBODY = 127
NOT_EMERGENCY = EVERYBODY & ~class_mask(["emergency"])
AMBULANCE = Service("ambulance", ("ambulance_station",))


@pytest.fixture
def stations(fire_station: tuple[Station, ...]) -> tuple[Station, ...]:
    """The ambulance stands at S."""
    return tuple(replace(one, kind="ambulance_station", name="Ambulance") for one in fire_station)


@pytest.fixture
def hospital(loop: Network) -> Station:
    """At D, the corner of East Street, South Street and End Lane."""
    return Station("Mercy", "hospital", float(loop.junction_lon[4]), float(loop.junction_lat[4]))


def reported(
    network: Network, stations: tuple[Station, ...], hospitals: tuple[Station, ...], *closures: Closure, turnout_s: float = 0.0
) -> AccessReport:
    service = replace(AMBULANCE, turnout_s=turnout_s)
    return assess_access(AccessTimer(network), stations, service=service, closures=closures, hospitals=hospitals)


def test_a_trip_is_the_way_to_the_patient_and_on_to_the_hospital(
    loop: Network, stations: tuple[Station, ...], hospital: Station
) -> None:
    trip = reported(loop, stations, (hospital,), turnout_s=0.0).answer().trip
    assert trip is not None
    # to the middle of each street 3, 9, 15, 21, 21, 15, 27 s; from there to D 21, 15, 9, 3, 3, 9, 3
    assert trip.seconds_before == pytest.approx((24, 24, 24, 24, 24, 24, 30), abs=0.05)
    assert trip.seconds_after == trip.seconds_before
    assert set(trip.hospital_after) == {"Mercy"}
    assert (trip.after.reached, trip.unreached) == (7, ())


def test_a_closure_behind_the_patient_sends_the_ambulance_to_another_hospital_or_to_none(
    loop: Network, stations: tuple[Station, ...], hospital: Station
) -> None:
    at_station = Station("Quay", "hospital", float(loop.junction_lon[0]), float(loop.junction_lat[0]))
    shut = Closure(BRIDGE, EVERYBODY, at_m=70.0, label="crane")
    said = reported(loop, stations, (hospital, at_station), shut).answer()
    assert said.trip is not None
    assert said.trip.hospital_after[STATION_ROAD] == "Quay"
    assert said.trip.seconds_after[STATION_ROAD] == pytest.approx(6, abs=0.05)
    assert said.trip.seconds_after[BRIDGE] == pytest.approx(18, abs=0.05)
    lost = {row.label: (row.patient_reached, row.hospital_reached) for row in said.trip.unreached}
    assert lost == {
        f"1 {name}": (False, True) for name in ("North Street", "East Street", "South Street", "West Street", "End Lane")
    }
    alone = reported(loop, stations, (hospital,), shut).answer().trip
    assert alone is not None
    assert {row.label: (row.patient_reached, row.hospital_reached) for row in alone.unreached}["1 Bridge"] == (True, False)


def test_one_way_out_counts_and_gates_cost_their_seconds_both_ways(
    loop: Network, stations: tuple[Station, ...], hospital: Station
) -> None:
    out = Closure(END, EVERYBODY, along=False, label="one way")  # into the lane only
    trip = reported(loop, stations, (hospital,), out).answer().trip
    assert trip is not None
    assert [row.label for row in trip.unreached] == ["1 End Lane"]
    gate = Closure(END, NOT_EMERGENCY, at_m=20.0, label="gate", delay_s=30.0)
    gated = reported(loop, stations, (hospital,), gate).answer().trip
    assert gated is not None
    assert gated.seconds_after[END] == pytest.approx(30 + 60, abs=0.05)


def test_a_forbidden_turn_into_the_hospitals_street_is_heeded_and_checked(
    loop_draft: NetworkDraft, stations: tuple[Station, ...]
) -> None:
    draft = copy.deepcopy(loop_draft)
    draft.turn([2 * NORTH, 2 * EAST])
    network = draft.finish()
    amid_east = Station("Mercy", "hospital", *point_at(network.geometry(EAST), 50.0))
    report = reported(network, stations, (amid_east,))
    assert report.trips is not None
    # 3 + 3 s round the corner are forbidden: back to the bridge 3, West and South Street 6 each, and up East Street 3
    assert report.trips.after.ms[NORTH] == pytest.approx(18_000, abs=60)
    assert report.trips.after.ms[EAST] == pytest.approx(0, abs=2)
    document = json.loads(json.dumps(certificate_of(report)))
    assert check_access(network, document)[1] == []
    document["trip"]["after"][NORTH] = 6_000
    assert "the nearest hospital is reached in 18" in check_access(network, document)[1][0]


@pytest.mark.parametrize(("shut", "whole"), [(False, 7), (True, 0)])
def test_a_trip_is_whole_where_help_comes_and_a_hospital_can_be_reached(
    loop: Network, stations: tuple[Station, ...], *, shut: bool, whole: int
) -> None:
    """The hospital is at the end of End Lane: whoever lives beyond what shuts the lane has it, but no help."""
    at_the_end = Station("Mercy", "hospital", float(loop.junction_lon[6]), float(loop.junction_lat[6]))
    closures = (Closure(END, EVERYBODY, at_m=20.0, label="lane"),) if shut else ()
    document = json.loads(json.dumps(certificate_of(reported(loop, stations, (at_the_end,), *closures))))
    holds, fails = check_access(loop, document)
    assert fails == []
    assert any(f"(1 are named), is possible from {whole} addresses; none can be made sooner." in said for said in holds)


def test_a_hospital_and_a_station_inside_the_ring_are_said_at_once(
    loop: Network, stations: tuple[Station, ...], hospital: Station
) -> None:
    ring = [Closure(way, EVERYBODY, at_m=50.0, label="ring") for way in (EAST, SOUTH)]
    notes = reported(loop, stations, (hospital,), *ring).answer().notes
    # from 1 End Lane, and the two houses that stand just at the barriers
    assert notes[0] == (
        "Mercy is shut in by the closures: it is reached from 3 of the 7 addresses from which it was reached before."
    )
    gates = [replace(one, shuts=NOT_EMERGENCY) for one in ring]
    (note,) = reported(loop, stations, (hospital,), *gates).answer().notes
    assert note == "Mercy lies inside the ring: a barrier must be opened for every vehicle that comes or goes."
    gate = Closure(STATION_ROAD, NOT_EMERGENCY, at_m=60.0, label="gate")
    (note,) = reported(loop, stations, (), gate).answer().notes
    assert note.startswith("Ambulance lies inside the ring:")
    assert reported(loop, stations, (hospital,)).answer().notes == ()


def test_a_hospital_is_watched_by_some_service_also_where_none_takes_patients(
    loop: Network, fire_station: tuple[Station, ...], hospital: Station
) -> None:
    ring = [Closure(way, EVERYBODY, at_m=50.0, label="ring") for way in (EAST, SOUTH)]
    services = staffed(load_services(), fire_station)
    (fire,) = assess_services(AccessTimer(loop), services, closures=ring, hospitals=(hospital,)).answer().services
    assert fire.trip is None
    assert any("Mercy is shut in" in note for note in fire.notes)


def test_a_hospital_off_the_streets_is_named_and_left_out(
    loop: Network, stations: tuple[Station, ...], hospital: Station
) -> None:
    far = Station("Hill", "hospital", 174.77, -41.27)
    said = reported(loop, stations, (far, hospital)).answer()
    assert said.trip is not None
    assert [one.name for one in said.trip.hospitals] == ["Mercy"]
    assert "Hill (1112 m). Put each hospital within 150 m of its street" in said.notes[0]
    assert reported(loop, stations, (far,)).answer().trip is None
    assert reported(loop, stations, ()).answer().trip is None


def test_the_certificate_holds_the_drives_and_a_forged_one_is_refused(
    loop: Network, stations: tuple[Station, ...], hospital: Station
) -> None:
    report = reported(loop, stations, (hospital,), Closure(END, EVERYBODY, at_m=20.0, label="lane"))
    document = json.loads(json.dumps(certificate_of(report)))
    holds, fails = check_access(loop, document)
    assert fails == []
    assert "The whole trip, station to patient to hospital (1 are named), is possible from 6 addresses" in " ".join(holds)
    for side, address, forged in (
        ("after", NORTH, 8_000),
        ("before", NORTH, 10_000),
        ("after", END, 3_000),
        ("after", WEST, None),
    ):
        changed = copy.deepcopy(document)
        changed["trip"][side][address] = forged
        assert "hospital" in " ".join(check_access(loop, changed)[1])
    moved = copy.deepcopy(document)
    moved["trip"]["hospitals"][0]["at_m"] = 10.0
    assert check_access(loop, moved)[1]
    empty = copy.deepcopy(document)
    empty["trip"]["hospitals"] = []
    assert "It names no hospital." in check_access(loop, empty)[1]
    short = copy.deepcopy(document)
    short["trip"]["after"].pop()
    with pytest.raises(BadInput, match="damaged"):
        check_access(loop, short)


def test_hospitals_are_read_from_their_file_among_the_stations_or_from_the_network(
    loop: Network, loop_draft: NetworkDraft, tmp_path: Path
) -> None:
    def collection(*kinds: str | None) -> dict[str, Any]:
        point = {"type": "Point", "coordinates": [174.77, -41.28]}
        return {
            "type": "FeatureCollection",
            "features": [
                {"type": "Feature", "properties": {"kind": kind} if kind else {}, "geometry": point} for kind in kinds
            ],
        }

    path = tmp_path / "hospitals.geojson"
    path.write_text(json.dumps(collection("hospital", None, "school")))
    found = read_hospitals(path, loop)
    assert ([one.kind for one in found.stations], found.ignored) == (["hospital", "hospital"], {"school": 1})
    path.write_text(json.dumps(collection("school")))
    with pytest.raises(BadFile, match="has no hospital"):
        read_hospitals(path, loop)
    draft = copy.deepcopy(loop_draft)
    draft.place("hospital", 174.77, -41.28, name="Own")
    network = draft.finish()
    assert [one.name for one in hospitals_among(collection("fire_station"), network)] == ["Own"]
    assert [one.name for one in hospitals_among(None, network)] == ["Own"]
    assert len(hospitals_among(collection("fire_station", "hospital"), network)) == 1
    assert hospitals_among(collection("fire_station"), loop) == ()


class FromAddress(ByHand):
    """The plain search, forward from one address, to a spot."""

    def to(self, way: int, at_m: float) -> int:
        """Milliseconds to the spot."""
        length = float(self.network.way_length_m[way])
        found = []
        for start_way, from_m in self.town.stations:
            arc = 2 * way + (at_m < from_m)
            if start_way == way and (from_m == at_m or self.clear(arc, from_m, at_m)):
                found.append(self.stretch(arc, abs(at_m - from_m)) + self.waits(arc, from_m, at_m))
        for arc, end_m in ((2 * way, -1.0), (2 * way + 1, 1e9)):
            if self.clear(arc, end_m, at_m):
                metres = at_m if arc == 2 * way else length - at_m
                found += [
                    ms + self.stretch(arc, metres) + self.waits(arc, end_m, at_m)
                    for (junction, driven), ms in self.ms.items()
                    if junction == self.network.arc_tail[arc] and self.may_follow((*driven, arc))
                ]
        return min(found, default=NEVER_MS)


@settings(max_examples=60)
@given(data=st.data())
@pytest.mark.slow
def test_drives_to_hospitals_are_those_of_the_plain_search(data: st.DataObject, towns: st.SearchStrategy[Town]) -> None:
    town = data.draw(towns)
    network = town.network
    assume(town.stations and (network.arc_permit & 1).any())
    timer = AccessTimer(network)
    ways = st.integers(0, network.way_count - 1)
    spots = data.draw(st.lists(st.tuples(ways, st.sampled_from([0.0, 0.3, 0.5, 1.0])), min_size=1, max_size=2))
    stations = tuple(Station("S", "station", *point_at(network.geometry(way), at_m)) for way, at_m in town.stations)
    try:
        timing = timer.after(stations, "emergency", town.closures)
    except BadGeometry:  # the nearest street that an engine may drive is too far
        reject()
    at = [(way, share * float(network.way_length_m[way])) for way, share in spots]
    hospitals = Hospitals(
        tuple(Station("H", "hospital", 0, 0) for _ in at),
        np.array([w for w, _ in at], np.int32),
        np.array([m for _, m in at]),
        (),
    )
    drives = drives_to(timing, hospitals)
    for address in range(network.address_count):
        start = (int(network.address_way[address]), float(network.address_offset_m[address]))
        hand = FromAddress(replace(town, stations=[start]))
        expected = [hand.to(way, at_m) for way, at_m in at]
        assert drives.table[:, address].tolist() == expected
        total = int(timing.ms[address]) + min(expected)
        reached = timing.ms[address] < NEVER_MS and min(expected) < NEVER_MS
        assert int(whole_ms(timing, drives)[address]) == (total if reached else NEVER_MS)
    report = assess_access(
        timer,
        stations,
        service=AMBULANCE,
        closures=town.closures,
        hospitals=[Station("H", "hospital", *point_at(network.geometry(way), at_m)) for way, at_m in at],
    )
    assert check_access(network, json.loads(json.dumps(certificate_of(report))))[1] == []
