"""Options by the server: what files hold, and options side by side on a drawn town, each figure with the entries behind it."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from clearway.record.open import open_record
from clearway.server.operations import ServedRecord
from clearway.server.sources import TrafficSources
from option_rooms import document
from patience import until
from serving import serving, square

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import httpx

    from clearway.server.networks import ServedNetwork

ROOM = "/api/operations/square"
JOBS = "/api/networks/drawn-town/options"


@pytest.fixture(scope="module")
def client(town: ServedNetwork, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A room whose record has a plan, a count of vehicles, and a street that is shut."""
    path: Path = tmp_path_factory.mktemp("options") / "room.record"
    with closing(open_record(str(path))) as store, serving(town, record=ServedRecord(store)) as opened:
        done = opened.post("/api/operations", json={"id": "square", "title": "A square", "zone": "Pacific/Auckland"})
        assert done.is_success, done.text
        write(opened, {"id": "here", "kind": "operation", "body": {"title": "A square", "zone": "Pacific/Auckland"},
                       "places": [{"type": "point", "at": [174.778, -41.282]}]})  # fmt: skip
        write(opened, {"id": "many", "kind": "count", "body": {"what": "vehicles", "amount": "150"}})
        begun = opened.post(
            f"{ROOM}/plans/from-cordon",
            json={"document": {"plan": "ring", "title": "A ring"}, "question": {"site": square(2, 2)}},
        )
        assert begun.is_success, begun.text
        saved = opened.post(f"{ROOM}/plans", json={"document": begun.json()["document"], "by": "planner, Council"})
        assert saved.status_code == 201, saved.text
        yield opened


def write(client: httpx.Client, entry: dict[str, Any]) -> None:
    answer = client.post(f"{ROOM}/entries", json={"happened": "now", "source": "planner, Council"} | entry)
    assert answer.status_code == 201, answer.text


def files(*documents: dict[str, Any] | str) -> list[dict[str, str]]:
    return [
        {"name": f"file-{at}.json", "text": one if isinstance(one, str) else json.dumps(one)}
        for at, one in enumerate(documents)
    ]


def seen(client: httpx.Client, given: list[dict[str, str]]) -> Any:  # noqa: ANN401 - any JSON
    answer = client.post(f"{ROOM}/options/check", json={"files": given})
    assert answer.is_success, answer.text
    return answer.json()


def compared(client: httpx.Client, given: list[dict[str, str]], **more: object) -> dict[str, Any]:
    """The job when it is over."""
    answer = client.post(f"{ROOM}/options/compare", json={"files": given} | more)
    assert answer.is_success, answer.text
    job: dict[str, Any] = answer.json()

    def over() -> bool:
        nonlocal job
        if job["state"] in {"waiting", "working"}:
            job = client.get(f"{JOBS}/{job['id']}").json()
        return job["state"] not in {"waiting", "working"}

    until(over)
    return job


WAIT = document("wait", criteria=[{"then": "stop", "counted": "vehicles", "at_least": 100}])
RING = document("ring") | {"does": [{"do": "barriers", "plan": "ring"}]}


def test_options_stand_side_by_side_and_each_figure_leads_to_what_it_rests_on(client: httpx.Client) -> None:
    found = compared(client, files(RING, WAIT))["answer"]
    assert [(row["id"], row["place"], row["rung"]) for row in found["options"]] == [
        ("wait", 1, "wait"),
        ("ring", 2, "barriers"),
    ]
    wait, ring = ({one["figure"]: one for one in row["figures"]} for row in found["options"])
    assert (wait["streets_shut"]["low"], ring["streets_shut"]["low"]) == (0, 2)
    (plan,) = ring["enclosed"]["rests_on"]
    assert {one["entry"]: one["plan"] for one in found["cited"]} == {"many": None, plan: "ring:1"}
    assert wait["enclosed"]["rests_on"] == []
    (criterion,) = found["options"][0]["criteria"]
    assert (criterion["state"], criterion["rests_on"], found["options"][0]["advice"]) == ("met", ["many"], "stop")


def test_files_are_read_before_anything_is_computed_and_say_what_is_missing(client: httpx.Client) -> None:
    tow = document("tow") | {"does": [{"do": "tow", "schedule": "made.json"}]}
    crews = document("crews") | {"does": [{"do": "barriers", "plan": "ring", "means": "../file-3.json"}]}
    found = seen(client, files(tow, WAIT, crews, {"depots": []}))
    assert [one["id"] for one in found["options"]] == ["wait", "crews", "tow"]
    needs = {one["id"]: [(need["what"], need["found"]) for need in one["needs"]] for one in found["options"]}
    assert needs == {"wait": [], "crews": [("plan", "record"), ("crews", "brought")], "tow": [("schedule", "missing")]}
    assert (found["beside"], found["faults"]) == (["file-3.json"], [])
    job = compared(client, files(tow, WAIT))
    assert job["error"]["message"] == (
        "An option names made.json for its schedule of trucks. Choose that file together with the option."
    )


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('{"does": [', "Is not JSON, or is cut short. The button 'An example' gives one that can be changed."),
        ("[1]", "This file lists nothing to do, and no option uses it. Leave it out."),
        ('{"id": "x", "does": []}', "Is not an option that can be used. "),
        (
            json.dumps(document("Wait And Talk")),
            "Has the id 'Wait And Talk'. Write it in lower-case letters, digits and hyphens, 32 at most, such as ",
        ),
        ('{"id": "x", "does": "wait"}', "Is not an option that can be used. 'title' is missing; 'does' should be a list; "),
        (
            json.dumps(document("thirst") | {"does": [{"do": "cut_off", "what": "water"}]}),
            "Cuts off water and leaves nobody a humanitarian floor. Say under 'floor' what everybody still gets.",
        ),
    ],
)
def test_a_bad_file_is_one_clear_sentence_and_the_others_are_read(client: httpx.Client, text: str, says: str) -> None:
    found = seen(client, files(text, WAIT))
    (fault,) = found["faults"]
    assert fault["file"] == "file-0.json"
    assert fault["says"].startswith(says)
    assert [one["id"] for one in found["options"]] == ["wait"]


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ([WAIT], "There is nothing to choose from. Choose the files of two options or more; waiting is one."),
        ([WAIT, WAIT], "Two options have the id wait. Give each an id of its own."),
        (
            [WAIT, document("ring") | {"does": [{"do": "barriers", "plan": "wall"}]}],
            (
                "An option sets up the barriers of wall. The record has no plan 'wall'. It has ring. Or choose its file "
                "together with the option."
            ),
        ),
    ],
)
def test_what_cannot_be_compared_ends_with_one_sentence(client: httpx.Client, given: list[dict[str, Any]], says: str) -> None:
    assert compared(client, files(*given))["error"]["message"] == says


def test_a_plan_that_was_saved_later_is_not_there_at_an_earlier_moment(client: httpx.Client) -> None:
    answer = client.post(f"{ROOM}/options/check?at=2020-01-01T00:00Z", json={"files": files(RING)})
    assert answer.json()["options"][0]["needs"][0]["found"] == "missing"


def test_vehicles_of_the_servers_file_stand_where_the_record_has_no_tally(town: ServedNetwork, tmp_path: Path) -> None:
    file = tmp_path / "tally.csv"
    file.write_text("stretch,car,across,lanes_left,lane_moves\nThird Street between Second Avenue and Third Avenue,4,4,0,2\n")
    served = replace(town, sources=TrafficSources(tally=file))
    with closing(open_record(str(tmp_path / "room.record"))) as store, serving(served, record=ServedRecord(store)) as opened:
        opened.post("/api/operations", json={"id": "square", "title": "A square", "zone": "Pacific/Auckland"})
        found = compared(opened, files(WAIT, document("talk", "talk")))["answer"]
    figures = {one["figure"]: one["low"] for one in found["options"][0]["figures"]}
    assert figures["streets_shut"] == 1
    assert "Of 1 stretch the vehicles are those of this server's file: the record has no tally of them." in found["notes"]


def test_thresholds_of_options_fire_only_once_their_figure_is_known(client: httpx.Client) -> None:
    counted = client.get(f"{ROOM}/entries/many").json()["fact"]["known"]

    def asked(at: str) -> dict[str, Any]:
        answer = client.post(f"{ROOM}/decisions/triggers", params={"at": at}, json={"files": files(WAIT)})
        assert answer.is_success, answer.text
        (one,) = answer.json()["triggers"]
        found: dict[str, Any] = one
        return found

    now = asked("2099-01-01T00:00Z")
    assert (now["state"], now["fired"][:19], now["by"][0]["id"], now["now"]) == ("fired", counted[:19], "many", "too_old")
    before = asked("2020-01-01T00:00Z")
    assert (before["state"], before["fired"], before["now"]) == ("nobody_counts", None, "nobody_counts")
