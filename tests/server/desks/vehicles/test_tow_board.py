"""Tows are ordered, ticked off and printed by the server: the forecast moves with the board, no paper names an operator."""

from __future__ import annotations

import csv
import io
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from pypdf import PdfReader

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

TOWN = "/api/networks/drawn-town"
STARTS = datetime.fromisoformat("2022-02-16T08:00:00+13:00")
YARD = {"id": "yard", "lon": 174.771, "lat": -41.2835, "capacity": 20, "release": "Ask at the gate"}
MEANS = {"storage": [YARD], "operators": [{"id": "Smith Towing", "light": {"trucks": 2, "willing": "yes"}}]}
QUESTION: dict[str, Any] = {
    "stretches": [{"stretch": "Third Street", "car": 6, "across": 6, "lanes_left": 0, "lane_moves": 2}],
    "starts": STARTS.isoformat(),
    "row": "officer_on_road",
    "by": "police",
    "limit_seconds": 1,
}


@pytest.fixture(scope="module")
def client(town: ServedNetwork, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A server with one storage place and two trucks."""
    served = replace(town, sources=TrafficSources(towing=means_of(MEANS)))
    path: Path = tmp_path_factory.mktemp("room") / "room.record"
    with closing(open_record(str(path))) as store, serving(served, record=ServedRecord(store)) as opened:
        yield opened


def job_of(client: httpx.Client, question: dict[str, Any]) -> dict[str, Any]:
    answer = client.post(f"{TOWN}/tow", json=question)
    assert answer.is_success, answer.text
    job: dict[str, Any] = answer.json()

    def over() -> bool:
        nonlocal job
        if job["state"] in ("waiting", "working"):
            job = client.get(f"{TOWN}/tow/{job['id']}").json()
        return job["state"] not in ("waiting", "working")

    until(over)
    return job


def schedule_of(client: httpx.Client, question: dict[str, Any]) -> dict[str, Any]:
    job = job_of(client, question)
    assert job["state"] == "done", job
    answer: dict[str, Any] = job["answer"]
    return answer


@pytest.fixture(scope="module")
def schedule(client: httpx.Client) -> dict[str, Any]:
    return schedule_of(client, QUESTION)


def at(seconds: float) -> str:
    return (STARTS + timedelta(seconds=seconds)).isoformat()


def test_the_forecast_moves_with_the_board(client: httpx.Client, schedule: dict[str, Any]) -> None:
    done, failed, running = schedule["tows"][0], schedule["tows"][1], schedule["tows"][2]
    states = {done["id"]: "done", failed["id"]: "failed", running["id"]: "under_way"}
    hour_late = at(done["done_s"] + 3600)
    left = schedule_of(client, QUESTION | {"starts": hour_late, "board": {"schedule": schedule, "states": states}})
    assert len(left["tows"]) == 4
    assert datetime.fromisoformat(left["starts"]) == datetime.fromisoformat(hour_late)
    assert left["storage"][0]["capacity"] == 18
    assert "1 tow done, 1 failed and to be tried again, 1 under way." in left["notes"]
    all_done = STARTS + timedelta(seconds=schedule["steps"][-1]["done_s"])
    assert datetime.fromisoformat(hour_late) + timedelta(seconds=left["steps"][-1]["done_s"]) > all_done


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"by": None}, "Nobody said who"),
        ({"by": "council"}, "is a power of: police; not of: council"),
        ({"row": "council_event", "by": "council"}, "gives no power to move vehicles"),
        ({"row": "made_up"}, "Unknown row of the jurisdiction file: made_up"),
        ({"board": {"states": {"T999": "done"}}}, "Unknown tow on the board: T999"),
        ({"board": {"states": {"T001": "done"}}, "stretches": [{"stretch": "First Street", "car": 1}]}, "another tally"),
        (
            {"board": {"states": {"T001": "done"}}, "towing": MEANS | {"storage": [YARD | {"id": "field"}]}},
            "tows to yard, which is not among the storage places",
        ),
        ({"board": {"states": {"T001": "under_way"}}, "starts": None}, "Trucks are under way"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(
    client: httpx.Client, schedule: dict[str, Any], change: dict[str, Any], sentence: str
) -> None:
    if "board" in change:
        change |= {"board": change["board"] | {"schedule": schedule}}
    job = job_of(client, QUESTION | change)
    assert job["state"] == "failed"
    assert sentence in job["error"]["message"]


def test_a_state_that_there_is_not_or_a_start_without_a_zone_is_refused(client: httpx.Client, schedule: dict[str, Any]) -> None:
    boards = (
        {"schedule": schedule, "states": {"T001": "lost"}},
        {"schedule": schedule | {"starts": "2022-02-16T08:00:00"}, "states": {"T001": "done"}},
    )
    for board, word in zip(boards, ("states.T001", "schedule.starts"), strict=True):
        answer = client.post(f"{TOWN}/tow", json=QUESTION | {"board": board})
        assert answer.status_code == 422, answer.text
        assert word in answer.json()["error"]["message"]


def paper(client: httpx.Client, name: str, schedule: dict[str, Any], **more: Any) -> httpx.Response:  # noqa: ANN401 - a field
    return client.post(f"{TOWN}/tow/papers/{name}", json={"schedule": schedule} | more)


def text_of(answer: httpx.Response) -> str:
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/pdf"
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)


def test_the_tow_sheet_names_each_tow_the_power_and_no_operator(client: httpx.Client, schedule: dict[str, Any]) -> None:
    sheet = text_of(paper(client, "tow-sheet.pdf", schedule))
    assert all(one["id"] in sheet for one in schedule["tows"])
    assert "Land Transport Act 1998, section 113" in sheet
    assert "Ask at the gate" in sheet
    assert "Wed 16 Feb 08:00" in sheet
    named = schedule | {"trucks": [one | {"operator": "Smith Towing"} for one in schedule["trucks"]]}
    named |= {"operators": ["Smith Towing"], "assumed": ["Smith Towing comes"]}
    answer = paper(client, "tows.csv", named)
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert [row["tow"] for row in rows] == [one["id"] for one in schedule["tows"]]
    assert rows[0]["power"] == "Land Transport Act 1998, section 113"
    assert answer.headers["content-disposition"] == 'attachment; filename="tows.csv"'
    assert "Smith" not in answer.text + text_of(paper(client, "tow-sheet.pdf", named))


def test_the_notices_say_whom_to_call(client: httpx.Client, schedule: dict[str, Any]) -> None:
    said = text_of(paper(client, "notices.pdf", schedule, call="04 000 0000"))
    assert "Third Street" in said
    assert "04 000 0000" in said


def test_without_an_order_there_is_no_sheet_and_no_notice(client: httpx.Client, schedule: dict[str, Any]) -> None:
    question = schedule | {"order": None}
    for name in ("tow-sheet.pdf", "notices.pdf"):
        answer = paper(client, name, question)
        assert answer.status_code == 400, answer.text
        assert answer.json()["error"]["kind"] == "BadInput"
    assert paper(client, "tows.csv", question).status_code == 200


def test_no_paper_is_made_of_a_schedule_that_does_not_hold(client: httpx.Client, schedule: dict[str, Any]) -> None:
    first, *others = schedule["tows"]
    sooner = schedule | {"tows": [first | {"done_s": first["done_s"] - 600}, *others]}
    forged = schedule | {"order": schedule["order"] | {"instrument": "A law that nobody passed"}}
    another = schedule | {"order": schedule["order"] | {"basis": "parking_warden"}}
    for document, sentence in (
        (sooner, "The schedule does not hold here"),
        (schedule | {"network": "0" * 64}, "made on another network"),
        (forged, "not as the jurisdiction file has that power"),
        (another, "parking_warden is a power of: parking warden; not of: police"),
    ):
        answer = paper(client, "tows.csv", document)
        assert answer.status_code == 400, answer.text
        assert sentence in answer.json()["error"]["message"]


def test_hours_are_by_the_clock_of_the_city(client: httpx.Client) -> None:
    """A yard that opens at 10:00 takes nothing that is towed from 08:00 in the next two hours."""
    means = MEANS | {"storage": [YARD | {"hours": "10:00-18:00"}]}
    for starts in (STARTS.isoformat(), "2022-02-15T19:00:00Z"):
        found = schedule_of(client, QUESTION | {"towing": means, "starts": starts})
        assert found["starts"] == "2022-02-16T08:00:00+13:00"
        assert found["storage"][0]["windows"][0] == [7200, 36000]


def test_the_powers_to_tow_are_listed_with_whose_they_are(client: httpx.Client) -> None:
    known = client.get(f"{TOWN}/towing").json()
    assert [(one["row"], one["by"]) for one in known["powers"]] == [
        ("officer_on_road", "police"), ("parking_warden", "parking warden"), ("emergency_declared", "civil defence controller"),
    ]  # fmt: skip
    assert known["towing"]["operators"][0]["id"] == "operator 1"
