"""Hard plans beside simple ones, on a server that is a process of its own: nobody waits for what another asked."""

from __future__ import annotations

import asyncio
import math
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from clearway.network.store import save_network
from clearway.server.desks.plan.models import OthersJob, PlanAnswer
from patience import LAST_RESORT_S, until
from program import running
from serving import square

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clearway.network.model import Network

PLAN, OTHERS = "/api/networks/wellington/plan", "/api/networks/wellington/others"
OPERATION = "/api/operations/room"
STAT = "/proc/{}/stat"
MANY = 12

pytestmark = pytest.mark.slow


class Served:
    """A running program, and tabs that look at it."""

    def __init__(self, address: str, pid: int) -> None:
        self.address, self._pid = address, pid

    def tab(self, name: str) -> httpx.Client:
        return httpx.Client(base_url=self.address, headers={"Clearway-Tab": name}, timeout=LAST_RESORT_S)

    def tabs(self, name: str) -> httpx.AsyncClient:
        return httpx.AsyncClient(base_url=self.address, headers={"Clearway-Tab": name}, timeout=LAST_RESORT_S)

    def cpu_s(self) -> float:
        """Processor time that the program has used."""
        fields = Path(STAT.format(self._pid)).read_text("utf-8").rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / 100


@pytest.fixture(scope="module")
def served(wellington: Network, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("served")
    save_network(wellington, folder / "city.clearway")
    with running("serve", "city.clearway", "--no-browser", "--data", "data", folder=folder) as (process, address, _):
        threading.Thread(target=lambda: process.stdout and process.stdout.read(), daemon=True).start()
        with httpx.Client(base_url=address) as client:
            assert client.post("/api/operations", json={"id": "room", "title": "A room"}).status_code == 201
        yield Served(address, process.pid)


def star(reach_m: float) -> dict[str, Any]:
    """A star of 8 points in the middle of Wellington."""
    ring = []
    for corner in range(16):
        reach, angle = (400 if corner % 2 else reach_m), math.pi * corner / 8
        ring.append([174.7772 + reach * math.cos(angle) / 83_652, -41.2785 + reach * math.sin(angle) / 111_320])
    return {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}


def hard(number: int) -> dict[str, Any]:
    """Seconds of work, each time another question."""
    return {"site": star(1000 + number), "radius_m": 20_000, "alternatives": 10}


def simple(**changes: Any) -> dict[str, Any]:  # noqa: ANN401 - any field
    """A site of ten metres on Hill Street."""
    west, south, east, north = 174.7777, -41.2771, 174.7778, -41.277
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"site": {"type": "Polygon", "coordinates": [ring]}} | changes


def followed(client: httpx.Client, address: str, question: dict[str, Any]) -> list[dict[str, Any]]:
    """All that a job says until its end."""
    said = [client.post(address, json=question).json()]
    while said[-1]["state"] in ("waiting", "working"):
        said.append(client.get(f"{address}/{said[0]['id']}").json())
    return said


def test_who_asks_for_one_plan_does_not_wait_for_who_asks_for_many(served: Served) -> None:
    async def asking() -> None:
        async with served.tabs("many") as many:
            tasks = [asyncio.create_task(many.post(PLAN, json=hard(number))) for number in range(MANY)]
            await asyncio.to_thread(one_of_each, served)
            assert not any(task.done() for task in tasks), "many are still at work"
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    asyncio.run(asking())
    idle(served)


def one_of_each(served: Served) -> None:
    """What a tab asks in a minute: plans, others, health, an entry, the stream."""
    with served.tab("one") as one:
        for number in range(3):
            answer = one.post(PLAN, json=simple(frontier=False, address_cost=0.01 + number / 1000))
            assert PlanAnswer.model_validate(answer.json()).cordon is not None
            assert followed(one, OTHERS, simple(address_cost=number / 1000))[-1]["state"] == "done"
            assert one.get("/api/health", timeout=5).status_code == 200
            entry = {"kind": "remark", "body": {"text": f"Word {number}"}, "happened": "2026-01-01"}
            assert one.post(f"{OPERATION}/entries", json=entry, timeout=5).status_code == 201
            with one.stream("GET", f"{OPERATION}/stream", timeout=5) as stream:
                assert any("event: entry" in line for line in stream.iter_lines())


def idle(served: Served) -> None:
    """Wait until the program computes no more."""

    def stands() -> bool:
        before = served.cpu_s()
        threading.Event().wait(0.5)
        return served.cpu_s() - before < 0.1

    until(stands)


def test_cancelled_work_uses_no_processor_any_more(served: Served) -> None:
    idle(served)
    with served.tab("cancels") as client:
        job = client.post(OTHERS, json=hard(500)).json()
        assert job["state"] == "working"
        before = served.cpu_s()
        until(lambda: served.cpu_s() > before + 0.3)
        client.delete(f"{OTHERS}/{job['id']}")
        until(lambda: client.get(f"{OTHERS}/{job['id']}").json()["state"] == "cancelled")
        idle(served)


def test_a_plan_whose_asker_has_gone_uses_no_processor_any_more(served: Served) -> None:
    idle(served)
    with served.tab("goes") as client, pytest.raises(httpx.ReadTimeout):
        client.post(PLAN, json=hard(600), timeout=1.5)
    idle(served)


def test_the_share_of_a_job_only_grows_and_ends_at_one(served: Served) -> None:
    with served.tab("looks") as client:
        said = followed(client, OTHERS, {"site": star(700), "radius_m": 3000, "allow_motorway": True, "alternatives": 1})
    shares = [job["share"] for job in said]
    assert len(set(shares)) > 2
    assert shares == sorted(shares)
    assert (said[-1]["state"], shares[-1]) == ("done", 1.0)
    found = OthersJob.model_validate(said[-1]).answer
    assert found is not None
    assert found.frontier


def test_a_job_answers_what_all_in_one_answer_holds(client: httpx.Client, town_question: dict[str, Any]) -> None:
    address = "/api/networks/drawn-town"
    for changes in ({}, {"alternatives": 2}, {"address_cost": 0.3}, {"at_most": 4}, {"site": square(3, 3, 1.2)}):
        asked = town_question | changes
        whole = PlanAnswer.model_validate(client.post(f"{address}/plan", json=asked).json())
        alone = client.post(f"{address}/plan", json=asked | {"frontier": False, "alternatives": 0}).json()
        others = followed(client, f"{address}/others", asked)[-1]["answer"]
        assert whole.cordon is not None
        cordon = whole.cordon.model_dump(mode="json", by_alias=True)
        assert alone["cordon"] | {"frontier": others["frontier"], "alternatives": others["alternatives"]} == cordon | {
            "warnings": alone["cordon"]["warnings"]
        }
        assert [*alone["cordon"]["warnings"], *others["notes"]] == cordon["warnings"]


def test_without_a_site_there_are_no_others(client: httpx.Client) -> None:
    job = followed(client, "/api/networks/drawn-town/others", {"site": None})[-1]
    assert (job["state"], job["answer"]) == ("done", {"frontier": [], "alternatives": [], "notes": []})


@pytest.mark.parametrize(
    ("change", "sentence"), [({"at_most": 1}, "1 place cannot seal the site"), ({"stretches": [99_999]}, "Unknown way")]
)
def test_what_has_no_answer_is_said_by_the_job(
    client: httpx.Client, town_question: dict[str, Any], change: dict[str, Any], sentence: str
) -> None:
    job = followed(client, "/api/networks/drawn-town/others", town_question | change)[-1]
    assert job["state"] == "failed"
    assert sentence in job["error"]["message"]


@pytest.fixture
def town_question(client: httpx.Client) -> dict[str, Any]:
    question: dict[str, Any] = client.get("/api/networks/drawn-town").json()["scenario"]["question"]
    return question
