"""Plans by the server, on both databases: begun, checked, saved, adopted, withdrawn, compared; and what is refused."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from shapely import Point

from clearway.planning.plan.works import Work
from clearway.record.entry import now
from clearway.record.open import open_record
from clearway.server.city import city_from
from clearway.server.desks.plan.desk import details_of
from clearway.server.desks.plans.desk import ground_of
from clearway.server.networks import served_network
from clearway.server.operations import ServedRecord
from clearway.server.sources import TrafficSources
from patience import until
from serving import serving, square, stations

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import httpx

    from clearway.server.networks import ServedNetwork

CORNER = "First Street at Third Avenue"
EMPTY: dict[str, Any] = {"plan": "tmp", "title": "A square is taken"}
ONE: dict[str, Any] = EMPTY | {"barriers": [{"id": "B1", "place": CORNER}]}
BY = "planner, Council"
CHECKS = "/api/networks/drawn-town/checks"
STAGES = "/api/networks/drawn-town/stages"
GATE_CHOICE = "/api/networks/drawn-town/gate-choice"


@pytest.fixture(params=["sqlite", "postgres"])
def client(request: pytest.FixtureRequest, town: ServedNetwork, tmp_path: Path) -> Iterator[httpx.Client]:
    """A server with a record in each database."""
    address = str(tmp_path / "room.record") if request.param == "sqlite" else request.getfixturevalue("postgres")
    with closing(open_record(address)) as store, serving(town, record=ServedRecord(store)) as opened:
        yield opened


@pytest.fixture
def plans(request: pytest.FixtureRequest, client: httpx.Client) -> str:
    """Where the plans of an operation of this test alone are."""
    name = "".join(sign if sign.isalnum() else "-" for sign in request.node.name.lower())[-60:].strip("-")
    made = client.post("/api/operations", json={"id": name, "title": "Square", "zone": "Pacific/Auckland"})
    assert made.status_code == 201, made.text
    return f"/api/operations/{name}/plans"


def sent(client: httpx.Client, address: str, body: dict[str, Any]) -> Any:  # noqa: ANN401 - any JSON
    answer = client.post(address, json=body)
    assert answer.is_success, answer.text
    return answer.json()


def refused(client: httpx.Client, address: str, body: dict[str, Any]) -> tuple[int, str]:
    answer = client.post(address, json=body)
    return answer.status_code, answer.json()["error"]["message"]


def ended(client: httpx.Client, address: str, body: dict[str, Any]) -> dict[str, Any]:
    """A job at its end."""
    job: dict[str, Any] = sent(client, address, body)

    def over() -> bool:
        nonlocal job
        if job["state"] in {"waiting", "working"}:
            job = client.get(f"{address}/{job['id']}").json()
        return job["state"] not in {"waiting", "working"}

    until(over)
    return job


def checked(client: httpx.Client, body: dict[str, Any], address: str = CHECKS) -> dict[str, Any]:
    """The answer of the job that checks a plan, or of another."""
    job = ended(client, address, body)
    assert job["state"] == "done", job["error"]
    found: dict[str, Any] = job["answer"]
    return found


def test_a_plan_goes_from_a_cordon_to_its_adoption_and_withdrawal(client: httpx.Client, plans: str) -> None:
    begun = sent(client, f"{plans}/from-cordon", {"document": EMPTY, "question": {"site": square(2, 2)}})
    document = begun["document"]
    assert len(document["barriers"]) == 4
    assert sent(client, f"{plans}/status", {"document": document})["closed"] is True
    checks = checked(client, {"document": document})
    assert {one["name"]: one["ok"] for one in checks["checks"]}["seal"] is True
    assert checks["ok"] is False
    saved = sent(client, plans, {"document": document, "by": BY})
    assert (saved["saved"]["version"], saved["saved"]["by"], saved["saved"]["in_force"]) == (1, BY, False)
    assert saved["saved"]["sha256"] == checks["sha256"]
    version = f"{plans}/versions/{saved['saved']['entry']}"
    status, why = refused(client, f"{version}/adoption", {"by": "commander, Police"})
    assert status == 400
    assert why.startswith("Version 1 of plan 'tmp' is not adopted: ")
    assert client.get(version).json()["saved"]["in_force"] is False
    adopted = sent(client, f"{version}/adoption", {"by": "commander, Police", "override": "Help must get through tonight"})
    assert adopted["saved"]["adopted_by"] == "commander, Police"
    assert adopted["saved"]["override"] == "Help must get through tonight"
    gone = sent(client, f"{plans}/withdrawal", {"plan": "tmp", "by": "commander, Police", "why": "It is over"})
    assert [one["in_force"] for one in gone] == [False]
    assert client.get(version).json()["document"] == document


def test_who_was_slower_is_told_what_differs_and_loses_nothing(client: httpx.Client, plans: str) -> None:
    sent(client, plans, {"document": ONE, "by": BY})
    theirs, mine = (ONE | {"version": 2, "title": title} for title in ("Theirs", "Mine"))
    sent(client, plans, {"document": theirs, "by": "planner, Police"})
    status, why = refused(client, plans, {"document": mine, "by": BY})
    assert status == 409
    assert "Version 2 was saved" in why
    assert "planner, Police" in why
    assert "Title: Theirs -> Mine" in why
    assert [one["title"] for one in client.get(f"{plans}/versions").json()] == ["A square is taken", "Theirs"]
    third = sent(client, plans, {"document": mine | {"version": 3}, "by": BY})
    again = sent(client, plans, {"document": mine | {"version": 3}, "by": BY})
    assert third["saved"]["entry"] == again["saved"]["entry"]
    assert [one["version"] for one in client.get(f"{plans}/versions").json()] == [1, 2, 3]


def test_the_same_answers_without_saving(client: httpx.Client, plans: str) -> None:
    gate: dict[str, Any] = {"id": "B1", "place": CORNER, "opens": "staffed", "opening_seconds": 30}
    rules = [{"who": ["residents"], "may": "enter_and_leave"}]
    second = ONE | {"barriers": [gate], "passages": rules}
    found = sent(client, f"{plans}/gates", {"document": second, "who": "residents"})
    assert found["always"] is True
    assert found["periods"][0]["gates"][0]["opening_seconds"] == 30
    differs = sent(client, f"{plans}/diff", {"first": ONE, "second": second})
    assert "B1, opens: machine -> staffed." in differs["changed"]
    assert client.get(f"{plans}/versions").json() == []


def test_a_plan_begins_with_what_the_record_says(client: httpx.Client, plans: str) -> None:
    said = {
        "kind": "barrier_state",
        "body": {"state": "standing", "barrier": "fence"},
        "places": ["Third Street", CORNER],
        "happened": now().isoformat(),
        "source": "officer, Police",
    }
    sent(client, plans.replace("/plans", "/entries"), said)
    begun = sent(client, f"{plans}/from-record", {"document": EMPTY})
    assert begun["stated"]["named"] == 2
    assert [one["structure"] for one in begun["document"]["barriers"]] == ["fence"]
    assert len(begun["document"]["site"]) == 1  # the city's
    (street,) = [one for one in begun["stated"]["places"] if not one["placed"]]
    words = street["candidates"][0]["words"]
    chosen = sent(client, f"{plans}/from-record", {"document": EMPTY, "pieces": {street["where"]: words}})
    assert len(chosen["document"]["barriers"]) == 2


def test_works_and_stations_that_are_given_count(client: httpx.Client, plans: str) -> None:
    begun = sent(client, f"{plans}/from-cordon", {"document": EMPTY, "question": {"site": square(2, 2)}})
    at = client.get("/api/networks/drawn-town").json()["scenario"]["site"]["coordinates"][0][0]
    work = {"type": "Feature", "properties": {"name": "A fair"}, "geometry": {"type": "Point", "coordinates": at}}
    works = {"type": "FeatureCollection", "features": [work]}

    def found(**given: Any) -> dict[str, str]:  # noqa: ANN401 - any JSON
        checks = checked(client, {"document": begun["document"]} | given)["checks"]
        return {one["name"]: one["why"] for one in checks}

    assert "Not checked" in found()["other_works"]
    assert "A fair" in found(works=works)["other_works"]
    assert "None of" in found(works={"type": "FeatureCollection", "features": []})["other_works"]
    none = stations() | {"features": []}
    assert "No station is known" in found(stations=none)["emergency_certificate"]


@pytest.mark.parametrize(
    ("path", "body", "status", "says"),
    [
        ("", {"document": {"plan": "tmp"}, "by": BY}, 400, "title: it is missing"),
        ("", {"document": ONE | {"barriers": [{"id": "B1"}]}, "by": BY}, 400, "place"),
        ("", {"document": ONE | {"version": 7}, "by": BY}, 409, "the next one is 1"),
        ("/from-cordon", {"document": EMPTY, "question": {}}, 400, "There is no cordon yet."),
        ("/from-record", {"document": EMPTY, "pieces": {"No Street": "x"}}, 400, "The record names no barrier"),
        ("/withdrawal", {"plan": "tmp", "by": BY, "why": "x"}, 404, "The record has no plan 'tmp'."),
        ("/withdrawal", {"plan": "tmp", "by": BY, "why": " "}, 400, "an office and a reason"),
        ("/versions/nothing/adoption", {"by": BY}, 404, "no version of a plan"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(
    client: httpx.Client, plans: str, path: str, body: dict[str, Any], status: int, says: str
) -> None:
    found = refused(client, f"{plans}{path}", body)
    assert found[0] == status, found
    assert says in found[1]
    assert client.get(f"{plans}/versions").json() == []


def test_works_that_the_server_knows_count_where_nobody_gives_others(town: ServedNetwork) -> None:
    fair = Work("A fair", None, None, Point(174.77, -41.28))
    known = replace(town, sources=TrafficSources(works=[fair]))

    def works(given: dict[str, Any] | None) -> list[Work] | None:
        found = ground_of(known, ZoneInfo("UTC"), works=given, stations=None).works
        return None if found is None else list(found)

    assert works(None) == [fair]
    assert works({"type": "FeatureCollection", "features": []}) == []
    assert details_of(known).works == 1
    assert details_of(town).works is None


def test_gates_are_chosen_and_the_plan_has_them_then(client: httpx.Client, plans: str) -> None:
    begun = sent(client, f"{plans}/from-cordon", {"document": EMPTY, "question": {"site": square(2, 2)}})
    shut = [one | {"opens": "machine"} for one in begun["document"]["barriers"]]
    help_ = {"who": ["emergency services"], "may": "enter_and_leave"}
    asked = {"document": begun["document"] | {"barriers": shut, "passages": [help_]}, "stations": stations()}
    found = checked(client, asked | {"wishes": {"staff": 3, "never": [shut[0]["id"]]}}, GATE_CHOICE)
    choice, gates = found["choice"], [one["id"] for one in found["document"]["barriers"] if one["opens"] == "staffed"]
    assert [one["id"] for one in choice["gates"]] == gates
    assert shut[0]["id"] in choice["shut"]
    assert gates
    assert all(one["why"] for one in choice["gates"])
    assert (choice["proven"], choice["help_ok"]) == (True, True)
    assert choice["staff"] == choice["staff_bound"] == 3 * len(gates)
    nobody = ended(client, GATE_CHOICE, asked | {"stations": stations() | {"features": []}})
    assert "No station is known" in nobody["error"]["message"]
    assert (
        "No rule lets emergency services"
        in ended(client, GATE_CHOICE, {"document": begun["document"] | {"passages": []}})["error"]["message"]
    )


def test_a_stage_is_planned_with_means_that_are_sent_and_not_without(client: httpx.Client, plans: str) -> None:
    assert client.get("/api/networks/drawn-town/means").json()["means"] is None
    document = sent(client, f"{plans}/from-cordon", {"document": EMPTY, "question": {"site": square(2, 2)}})["document"]
    nobody = ended(client, STAGES, {"document": document})
    assert nobody["error"]["message"] == "Nobody said which crews and depots there are. Load a file of means."
    depot = {"id": "D1", "place": "First Street at First Avenue", "kit": [{"structure": "barrier", "number": 99}]}
    means = {"depots": [depot], "crews": [{"id": "crew 1", "depot": "D1"}], "trucks": [{"id": "truck 1", "depot": "D1"}]}
    found = checked(client, {"document": document, "means": means, "changes": False}, STAGES)
    assert (found["possible"], found["checked"], found["refused"]) == (True, True, [])
    assert sorted(found["open"][-1]["shut"]) == sorted(one["id"] for one in document["barriers"])
    assert "--template" in ended(client, STAGES, {"document": document, "means": {"crews": 3}})["error"]["message"]


def test_works_that_are_no_geojson_are_refused(client: httpx.Client) -> None:
    job = client.post(CHECKS, json={"document": ONE, "works": {"type": "Nothing"}})
    assert "The works and events" in (job.json().get("error") or {})["message"]


HANDOVER, MARCH = (f"/api/networks/drawn-town/{name}" for name in ("handover", "march"))


def test_a_march_rolls_for_the_page_and_what_cannot_be_is_refused(client: httpx.Client) -> None:
    march = {"id": "M1", "along": "First Street", "starts": "2022-02-20 12:00", "column_m": 20}
    asked = {"document": EMPTY | {"marches": [march]}, "march": "M1", "zone": "Pacific/Auckland"}
    found = ended(client, MARCH, asked | {"proof": False})["answer"]["march"]
    assert (found["kind"], found["worst"], found["late_seconds"]) == ("march", None, 0)
    late = ended(client, MARCH, asked | {"delay_minutes": 7, "stations": stations()})["answer"]
    assert late["march"]["late_seconds"] == 420
    assert late["march"]["worst"]["accepted"] is True
    assert len(late["document"]["barriers"]) == len(late["march"]["sides"])
    other = ended(client, MARCH, asked | {"march": "M2"})
    assert "The plan has no march 'M2'" in other["error"]["message"]


def test_handover_points_need_a_site_and_say_so(client: httpx.Client) -> None:
    job = ended(client, HANDOVER, {"document": ONE, "stations": stations()})
    assert "The plan has no site" in job["error"]["message"]


def test_the_list_of_plans_turns_red_for_a_handover_point_whose_approach_is_shut(town: ServedNetwork, tmp_path: Path) -> None:
    """By hand: the corner of the last street and avenue has two approaches; with one shut, one vehicle closes the other."""

    def corner(x: int, y: int) -> list[float]:
        found: list[float] = square(x, y, 0)["coordinates"][0][0]
        return found

    depot = {"type": "Feature", "properties": {"name": "Depot", "kind": "ambulance_station"}}
    depot |= {"geometry": {"type": "Point", "coordinates": corner(0, 1)}}
    crews = {"type": "FeatureCollection", "features": [depot]}
    lon, lat = (np.full(1, one) for one in corner(3, 1))
    network = replace(
        town.network, place_lon=lon, place_lat=lat
    )  # its hospital: at its own corner one blocked street is enough
    served = served_network(network, city_from(network, name="A square is taken", stations=crews))
    plan = EMPTY | {"handover": [{"id": "H1", "place": "Sixth Street at Sixth Avenue"}]}
    source = {"office": "officer", "organisation": "Police"}
    with closing(open_record(str(tmp_path / "room.record"))) as store, serving(served, record=ServedRecord(store)) as client:
        here = {"type": "point", "at": corner(2, 2)}
        sent(client, "/api/operations", {"id": "square", "title": "Square", "zone": "Pacific/Auckland"})
        room = "/api/operations/square"
        sent(
            client,
            f"{room}/entries",
            {
                "kind": "operation",
                "body": {"title": "Square"},
                "places": [here],
                "source": source,
                "happened": now().isoformat(),
            },
        )
        sent(client, f"{room}/plans", {"document": plan, "by": BY})

        def reported(state: str) -> tuple[bool, bool, str]:
            street = {"type": "street", "street": "Sixth Avenue", "between": ["Fifth Street", "Sixth Street"]}
            told = {"kind": "road_state", "body": {"state": state}, "places": [street], "source": source}
            sent(client, f"{room}/entries", told | {"happened": now().isoformat()})
            (one,) = client.get(f"{room}/plans").json()
            (point,) = one["status"]["handover"]
            return one["status"]["ok"], point["ok"], point["says"]

        assert reported("open")[:2] == (True, True)
        *red, says = reported("shut")
        assert red == [False, False]
        assert "One vehicle across Sixth Street between Fifth Avenue and Sixth Avenue and none can come." in says
        assert says.endswith("Shut on an approach: Road shut, Sixth Avenue between Fifth Street and Sixth Street.")
        assert reported("open")[:2] == (True, True)


def test_a_march_moves_with_what_the_record_says_of_its_head_and_tail(client: httpx.Client, plans: str) -> None:
    """Its head passes the first corner later than planned; what is seen of another march moves nothing."""
    march = {"id": "M1", "along": "First Street", "starts": "2022-02-20 12:00", "column_m": 20}
    asked = {"document": EMPTY | {"marches": [march]}, "march": "M1", "zone": "Pacific/Auckland", "proof": False}
    planned = ended(client, MARCH, asked)["answer"]["march"]
    entries = plans.removesuffix("/plans") + "/entries"
    first = planned["stretches"][0]
    at = {"type": "point", "at": first["line"][-1]}
    for name, minute in (("M1", 10), ("M2", 50)):
        told = {"kind": "march_sighting", "body": {"march": name, "part": "head"}, "happened": f"2022-02-20T12:{minute}+13:00"}
        sent(client, entries, told | {"place": at, "source": {"office": "marshal", "medium": "radio"}})
    seen = [one for one in client.get(f"{plans}/marches").json() if one["march"] == "M1"]
    assert [(one["at"], one["tail"]) for one in seen] == [("2022-02-19T23:10:00.000000Z", False)]
    given = [{"place": one["place"], "at": one["at"], "tail": one["tail"]} for one in seen]
    moved = ended(client, MARCH, asked | {"seen": given})["answer"]["march"]
    due = 600 - first["to_m"] / (3 / 3.6)
    assert moved["late_seconds"] == pytest.approx(due, abs=2)
