"""The Vehicles desk by the server, on both databases: when not to, and steps that are taken, refused and sent again."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from clearway.planning.vehicles.towing.means import means_of
from clearway.record.open import open_record
from clearway.server.operations import ServedRecord
from clearway.server.sources import TrafficSources
from patience import until
from serving import serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import httpx

    from clearway.server.networks import ServedNetwork

STEP: dict[str, Any] = {"job": "Third Street", "step": "ask", "by": "liaison officer, Police"}


@pytest.fixture(params=["sqlite", "postgres"])
def client(request: pytest.FixtureRequest, town: ServedNetwork, tmp_path: Path) -> Iterator[httpx.Client]:
    """A server with a record in each database."""
    address = str(tmp_path / "room.record") if request.param == "sqlite" else request.getfixturevalue("postgres")
    with closing(open_record(address)) as store, serving(town, record=ServedRecord(store)) as opened:
        yield opened


@pytest.fixture
def operation(request: pytest.FixtureRequest, client: httpx.Client) -> str:
    """An operation of this test alone."""
    name = "".join(sign if sign.isalnum() else "-" for sign in request.node.name.lower())[-60:].strip("-")
    made = client.post("/api/operations", json={"id": name, "title": "Square", "zone": "Pacific/Auckland"})
    assert made.status_code == 201, made.text
    return f"/api/operations/{name}"


def take(client: httpx.Client, operation: str, **more: Any) -> httpx.Response:  # noqa: ANN401 - fields of a step
    return client.post(f"{operation}/vehicles/steps", json=STEP | more)


def ladder(client: httpx.Client, operation: str) -> Any:  # noqa: ANN401 - any JSON
    answer = client.get(f"{operation}/vehicles/ladder")
    assert answer.is_success, answer.text
    return answer.json()


def test_steps_stand_on_the_board_with_what_comes_next(client: httpx.Client, operation: str) -> None:
    assert ladder(client, operation)["jobs"] == []
    written = take(client, operation, where="Third Street between First Avenue and Second Avenue")
    assert written.status_code == 201, written.text
    assert written.json()["says"] == "Vehicles, Third Street: ask, by liaison officer, Police; no answer yet"
    assert take(client, operation, answer="refused").status_code == 201
    (job,) = ladder(client, operation)["jobs"]
    assert (job["stands_at"], job["answer"], job["next_step"], job["advice"]) == ("ask", "refused", "offer", "go")
    assert job["steps"][0]["entry"] == written.json()["entry"]
    assert job["where"] == "Third Street between First Avenue and Second Avenue"


def test_a_step_sent_again_is_written_once(client: httpx.Client, operation: str) -> None:
    first = take(client, operation, id="phone-7-1", happened="2026-01-05T10:00+13:00")
    again = take(client, operation, id="phone-7-1", happened="2026-01-05T10:00+13:00")
    assert (first.status_code, again.status_code, first.json()) == (201, 201, again.json())
    (job,) = ladder(client, operation)["jobs"]
    assert len(job["steps"]) == 1
    assert take(client, operation, id="phone-7-1", happened="2026-01-05T10:01+13:00").status_code == 409


@pytest.mark.parametrize(
    ("more", "status", "sentence"),
    [
        ({"step": "notice"}, 400, "Third Street has taken no step yet: ask, offer and help are skipped."),
        ({"step": "ticket"}, 400, "without a legal basis"),
        ({"job": "van ABC123"}, 400, "number plate"),
        ({"power_row": "made_up"}, 422, "Unknown row of the jurisdiction file: made_up. Known: "),
        ({"step": "dynamite"}, 422, "'step' should be 'ask'"),
        ({"happened": "then"}, 400, "'then' cannot be read as a time"),
        ({"moved": "x"}, 400, "moved"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence_and_nothing_is_written(
    client: httpx.Client, operation: str, more: dict[str, Any], status: int, sentence: str
) -> None:
    answer = take(client, operation, **more)
    assert answer.status_code == status, answer.text
    assert sentence in answer.json()["error"]["message"]
    assert ladder(client, operation)["jobs"] == []


def test_against_the_advice_a_reason_is_asked_for_and_kept_with_the_advice(client: httpx.Client, operation: str) -> None:
    told = take(client, operation, step="ticket", power="Roads Act, section 9", because="They asked for it").json()
    assert told["advice"] == "hold"
    assert "taken although the desk said hold" in told["says"]


def test_the_ladder_is_as_it_was_known(client: httpx.Client, operation: str) -> None:
    before = {"at": "2020-01-01T00:00Z", "known_at": "2020-01-01T00:00Z"}
    take(client, operation)
    answer = client.get(f"{operation}/vehicles/ladder", params=before).json()
    assert (answer["jobs"], answer["advice"]) == ([], "hold")


TOWN = "/api/networks/drawn-town"
THIRD = {"stretch": "Third Street", "car": 4, "across": 4, "lanes_left": 0, "lane_moves": 2}
MEANS = {
    "storage": [{"id": "yard", "lon": 174.771, "lat": -41.2835}],
    "operators": [{"id": "Smith Towing", "light": {"trucks": 2, "willing": "yes"}}],
}


@pytest.fixture
def filed(town: ServedNetwork, tmp_path: Path) -> Iterator[httpx.Client]:
    """A server with a tally of two streets, one of them assumed, and two trucks."""
    tally = tmp_path / "tally.csv"
    tally.write_text("stretch,car,across,lanes_left,lane_moves,assumed\nThird Street,4,4,0,2,yes\nFirst Street,3,0,,,\n")
    served = replace(town, sources=TrafficSources(tally=tally, towing=means_of(MEANS)))
    with closing(open_record(str(tmp_path / "room.record"))) as store, serving(served, record=ServedRecord(store)) as opened:
        made = opened.post("/api/operations", json={"id": "square", "title": "Square", "zone": "Pacific/Auckland"})
        assert made.status_code == 201, made.text
        yield opened


def ended(client: httpx.Client, kind: str, question: dict[str, Any]) -> dict[str, Any]:
    """A job at its end."""
    answer = client.post(f"{TOWN}/{kind}", json=question)
    assert answer.is_success, answer.text
    job: dict[str, Any] = answer.json()

    def over() -> bool:
        nonlocal job
        if job["state"] in ("waiting", "working"):
            job = client.get(f"{TOWN}/{kind}/{job['id']}").json()
        return job["state"] not in ("waiting", "working")

    until(over)
    return job


def count(client: httpx.Client, entry: str, **body: Any) -> httpx.Response:  # noqa: ANN401 - fields of a tally
    document = {
        "id": entry,
        "kind": "vehicle_tally",
        "body": body,
        "happened": "2026-01-05T10:00+13:00",
        "place": "Third Street",
    }
    return client.post("/api/operations/square/entries", json=document)


def test_a_stretch_that_is_counted_takes_the_place_of_the_one_that_was_assumed(filed: httpx.Client) -> None:
    address = "/api/operations/square/vehicles/stretches"
    first = filed.get(address).json()
    assert [(one["stretch"], one["assumed"], one["entry"]) for one in first["stretches"]] == [
        ("First Street", False, None), ("Third Street", True, None),
    ]  # fmt: skip
    assert first["says"] == (
        "7 vehicles on 2 stretches, 4 of them across the road; 1 of 2 assumed, not counted. "
        "Streets without a tally are not in it."
    )
    assert all(one["lines"] for one in first["stretches"])
    for _ in range(2):
        assert count(filed, "phone-1", car="9", across=1, lanes_left=1, method="walk_through").status_code == 201
    now = filed.get(address).json()
    third = now["stretches"][1]
    assert (now["vehicles"], now["across"], now["assumed"]) == (12, 1, 0)
    assert (third["car"], third["assumed"], third["entry"], third["age_s"] > 0) == (9, False, "phone-1", True)


def test_the_staircase_is_a_job_that_says_which_vehicles_go_first(filed: httpx.Client) -> None:
    job = ended(filed, "staircase", {"stretches": [THIRD | {"assumed": True}], "streets": ["Third Street"]})
    assert job["state"] == "done", job
    found = job["answer"]
    assert (found["vehicles"], found["across"]) == (4, 4)
    assert (found["steps"][-1]["wish"], found["steps"][-1]["vehicles"]) == ("street", 4)
    assert "Nobody counted on Third Street: 4 vehicles, by type and place, are assumed." in found["assumed"]


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ({"stretches": [THIRD | {"stretch": "Nowhere Road"}]}, "Nowhere Road: "),
        ({"stretches": [THIRD | {"across": 9}]}, "9 vehicles stand across Third Street, of 4 in all."),
        ({"stretches": [THIRD, THIRD | {"stretch": "third st"}]}, "Third Street and third st are one stretch."),
        ({"stretches": [THIRD], "routes": ["1"]}, "The server has no timetable"),
        ({"stretches": [THIRD | {"car": 90_000}]}, "90,000 vehicles do not fit on Third Street"),
    ],
)
def test_a_staircase_that_cannot_be_is_refused_in_a_sentence(
    filed: httpx.Client, question: dict[str, Any], sentence: str
) -> None:
    job = ended(filed, "staircase", question)
    assert job["state"] == "failed"
    assert sentence in job["error"]["message"]


def test_a_schedule_of_trucks_names_no_operator(filed: httpx.Client) -> None:
    known = filed.get(f"{TOWN}/towing").text
    job = ended(filed, "tow", {"stretches": [THIRD], "limit_seconds": 1})
    assert job["state"] == "done", job
    assert len(job["answer"]["tows"]) == 4
    assert (job["answer"]["order"], job["answer"]["steps"][0]["left"]) == (None, 0)
    assert "Smith" not in known + str(job)


def test_an_offer_says_who_could_go_where_and_that_nobody_knows_who_went(filed: httpx.Client) -> None:
    place = {"id": "field", "name": "Field", "lon": 174.771, "lat": -41.2835, "capacity": 3, "assumed": ["capacity"]}
    job = ended(filed, "offer", {"stretches": [THIRD], "places": [place]})
    assert job["state"] == "done", job
    found = job["answer"]
    assert (found["vehicles"], found["sent"], found["left"]) == (4, 3, 1)
    assert found["uptake"]["says"].startswith("How many took it up is unknown")
    assert "Nobody said where vehicles could park." in ended(filed, "offer", {"stretches": [THIRD]})["error"]["message"]


GATE = {"id": "G1", "place": {"type": "point", "at": [174.77, -41.2828]}, "opens": "staffed"}
PLAN = {"plan": "tmp", "title": "Ring", "barriers": [GATE], "passages": [{"who": "leaving", "may": "leave_not_return"}]}
PARK = {"id": "field", "name": "Field", "lon": 174.77, "lat": -41.2835, "capacity": 9, "come_back": True}


def test_an_offer_goes_out_by_the_gates_of_a_plan(filed: httpx.Client) -> None:
    question = {"stretches": [THIRD], "places": [PARK], "gate_rates": {"G1": 2}, "at": "2026-01-05T10:00+13:00"}
    job = ended(filed, "offer", question | {"document": {"kind": "plan"} | PLAN})
    assert job["state"] == "done", job
    found = job["answer"]
    assert [(one["gates"], one["comes_back"]) for one in found["sends"]] == [(["G1"], True)]
    assert [(one["at"], one["per_minute"], one["vehicles"]) for one in found["queues"]] == [("G1", 2.0, 4), ("Field", 6.0, 4)]
    assert "Gates are those of plan 'tmp', version 1." in found["notes"]
    broken = ended(filed, "offer", question | {"document": {"kind": "plan", "title": "Ring"}})
    assert broken["state"] == "failed"


def test_in_the_room_an_offer_goes_out_by_the_plan_that_was_adopted(filed: httpx.Client) -> None:
    room = "/api/operations/square"
    said = {"happened": "2026-01-05T09:00+13:00", "source": "commander, Police"}
    adopted = {"plan": "tmp", "version": 1, "sha256": "0" * 64, "by": "commander, Police"}
    question = {"stretches": [THIRD], "places": [PARK], "at": "2026-01-05T10:00+13:00"}

    def gates() -> list[str]:
        job = filed.post(f"{room}/vehicles/offer", json=question).json()

        def over() -> bool:
            nonlocal job
            job = filed.get(f"{TOWN}/offer/{job['id']}").json()
            return job["state"] not in ("waiting", "working")

        until(over)
        return [gate for one in job["answer"]["sends"] for gate in one["gates"]]

    assert filed.post(f"{room}/entries", json={"id": "p1", "kind": "plan", "body": PLAN} | said).status_code == 201
    assert gates() == []
    assert filed.post(f"{room}/entries", json={"id": "a1", "kind": "plan_adopted", "body": adopted} | said).status_code == 201
    assert gates() == ["G1"]


def test_without_storage_no_tow_is_scheduled(client: httpx.Client, operation: str) -> None:
    assert operation
    assert "There is no storage" in ended(client, "tow", {"stretches": [THIRD]})["error"]["message"]
    assert "There is no storage" in ended(client, "tow", {"stretches": [THIRD], "towing": {}})["error"]["message"]
