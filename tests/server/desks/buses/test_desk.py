"""What the server answers about buses: the drawn town's Third Street with a bus that runs along it."""

from __future__ import annotations

import threading
import zipfile
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from clearway.errors import BadFile
from clearway.server.app import create_app
from clearway.server.city import city_from
from clearway.server.desks.buses.desk import BusDesk
from clearway.server.desks.buses.models import BusJob, BusQuestion
from clearway.server.networks import served_network
from clearway.server.sources import sources_of_files
from serving import SOUTH, STEP, WEST, drawn_town, running

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import httpx

    from clearway.server.networks import ServedNetwork

TOWN = "/api/networks/drawn-town"


@pytest.fixture
def feed(tmp_path: Path) -> Path:
    """Route 3 east along Third Street at 8:00 and 9:00 on workdays, at 10:00 on Saturdays; a stop in every block."""
    path = tmp_path / "feed.zip"
    lat = SOUTH + 2 * STEP
    stops = "".join(f"{block},Stop {block},{lat:.6f},{WEST + (block + 0.5) * STEP:.6f}\n" for block in range(5))
    points = "".join(f"s,{lat:.6f},{WEST + x * STEP:.6f},{x}\n" for x in range(6))
    times = "".join(
        f"{trip},{hour:02}:{2 * block:02}:00,{hour:02}:{2 * block:02}:00,{block},{block}\n"
        for trip, hour in (("early", 8), ("late", 9), ("saturday", 10))
        for block in range(5)
    )
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("agency.txt", "agency_id,agency_name,agency_timezone\nx,X,Pacific/Auckland\n")
        file.writestr("routes.txt", "route_id,route_short_name,route_type\nr3,3,3\n")
        trips = "".join(f"r3,{day},{trip},East,0,s\n" for trip, day in (("early", "w"), ("late", "w"), ("saturday", "s")))
        file.writestr("trips.txt", "route_id,service_id,trip_id,trip_headsign,direction_id,shape_id\n" + trips)
        file.writestr("stops.txt", "stop_id,stop_name,stop_lat,stop_lon\n" + stops)
        file.writestr("stop_times.txt", "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n" + times)
        file.writestr("shapes.txt", "shape_id,shape_pt_lat,shape_pt_lon,shape_pt_sequence\n" + points)
        file.writestr(
            "calendar.txt",
            "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\n"
            "w,1,1,1,1,1,0,0,20260101,20261231\ns,0,0,0,0,0,1,0,20260101,20261231\n",
        )
    return path


def town(timetable: Path | None) -> ServedNetwork:
    network = drawn_town()
    sources = sources_of_files(bus_lines=None, areas=None, demand=None, timetable=timetable)
    return served_network(network, city_from(network, name="Drawn Town"), sources)


@contextmanager
def opened(timetable: Path | None) -> Iterator[httpx.Client]:
    with running(create_app([town(timetable)])) as client:
        yield client


def asked(client: httpx.Client, question: dict[str, Any]) -> dict[str, Any]:
    job: dict[str, Any] = client.post(f"{TOWN}/bus-detours", json=question).json()
    while job.get("state") in {"waiting", "working"}:
        job = client.get(f"{TOWN}/bus-detours/{job['id']}", params={"seen": job["answers"]}).json()
    return job


def test_a_street_shut_by_hand_sends_its_buses_round(feed: Path) -> None:
    with opened(feed) as client:
        assert client.get(TOWN).json()["timetable"] is True
        job = BusJob.model_validate(asked(client, {"plan": {"closures": [{"way": 12, "label": "Works"}]}}))
    assert (job.state, job.error) == ("done", None)
    assert job.answer is not None
    found = job.answer.changes
    assert (found.trips, found.trips_cut, found.calls_missed) == (2, 2, 2)
    (row,) = found.routes
    (one,) = row.variations
    assert (row.route, one.state, one.stops_missed, one.closures) == ("3", "detour", ("2",), ("Works",))
    assert {leg.street for leg in one.legs} >= {"Third Avenue", "Fourth Avenue"}
    (stop,) = found.stops
    assert stop.nearest_open is not None
    assert stop.nearest_open.stop_id in {"1", "3"}
    assert one.lines


def test_the_day_that_is_asked_for_is_that_of_the_answer(feed: Path) -> None:
    with opened(feed) as client:
        found = asked(client, {"plan": {"closures": [{"way": 12}]}, "day": "2026-02-21"})["answer"]["changes"]
    assert (found["day"], found["trips"], found["trips_cut"]) == ("2026-02-21", 1, 1)


def test_buses_go_round_a_plan_at_its_hours_on_a_day_on_which_it_shuts_something(feed: Path) -> None:
    """Of the two buses of a workday the plan cuts the first; on the Saturday, its only day, the only one."""
    barrier = {"id": "B1", "place": "Third Street between Third Avenue and Fourth Avenue"}

    def plan(day: str) -> dict[str, Any]:
        hours = {"starts": f"{day}T07:30+13:00", "ends": f"{day}T08:30+13:00"}
        return {"kind": "plan", "plan": "tmp", "title": "Works", "barriers": [barrier | hours]}

    with opened(feed) as client:
        friday = asked(client, {"document": plan("2026-02-20"), "zone": "Pacific/Auckland"})["answer"]["changes"]
        at_ten = {"document": {**plan("2026-02-21"), "barriers": [barrier | {"starts": "2026-02-21T09:30+13:00"}]}}
        saturday = asked(client, at_ten | {"day": "2026-02-21"})["answer"]["changes"]
    assert (friday["day"], friday["trips"], friday["trips_cut"]) == ("2026-02-20", 2, 1)
    assert (saturday["trips"], saturday["trips_cut"]) == (1, 1)
    (row,) = friday["routes"]
    assert [one["closures"] for one in row["variations"]] == [["B1"]]


def test_a_plan_that_shuts_nothing_to_buses_says_so(feed: Path) -> None:
    with opened(feed) as client:
        found = asked(client, {"plan": {"closures": [{"way": 12, "shuts": ["general"]}]}})["answer"]["changes"]
    assert found["trips_cut"] == 0
    assert "Nothing is shut to buses." in found["warnings"]


def test_without_a_timetable_the_server_says_how_to_give_one() -> None:
    with opened(None) as client:
        assert client.get(TOWN).json()["timetable"] is False
        job = asked(client, {"plan": {}})
    assert (job["state"], job["answer"]) == ("failed", None)
    assert job["error"]["message"] == "The server knows no timetable of buses. Start it again with --gtfs FEED.zip."


def test_a_timetable_that_cannot_be_read_is_refused_in_a_sentence(tmp_path: Path) -> None:
    broken = tmp_path / "broken.zip"
    broken.write_text("no zip")
    with opened(broken) as client:
        job = asked(client, {"plan": {}})
    assert job["state"] == "failed"
    assert "broken.zip" in job["error"]["message"]


def test_a_timetable_is_read_once_and_an_answer_made_once(feed: Path) -> None:
    desk, heard = BusDesk(town(feed)), list[str]()
    question = BusQuestion.model_validate({"plan": {"closures": [{"way": 12}]}})
    first = desk.changes(question, lambda doing, _share: heard.append(doing))
    assert "Reading the timetable" in heard
    assert desk.changes(question, lambda doing, _share: heard.append(f"again {doing}")) is first
    feed.unlink()
    other = BusQuestion.model_validate({"plan": {"closures": [{"way": 11}]}})
    assert desk.changes(other, lambda _doing, _share: None).changes.trips_cut == 2
    saturday = other.model_copy(update={"day": date(2026, 2, 21)})
    with pytest.raises(BadFile):
        desk.changes(saturday, lambda _doing, _share: None)


def test_two_who_ask_at_once_wait_for_one_reading(feed: Path) -> None:
    desk, read = BusDesk(town(feed)), list[str]()

    def ask(way: int) -> None:
        question = BusQuestion.model_validate({"plan": {"closures": [{"way": way}]}})
        desk.changes(question, lambda doing, _share: read.append(doing))

    both = [threading.Thread(target=ask, args=(way,)) for way in (11, 12)]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    assert read.count("Reading the timetable") == 1
