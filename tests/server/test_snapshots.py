"""Answers of the API as files: Python holds that they are still the same, the page's validators read the very same files.

After a change of the contract write them anew: CLEARWAY_SNAPSHOTS=write pytest tests/server/test_snapshots.py
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    import httpx

SNAPSHOTS = Path(__file__).parents[1] / "snapshots"
TOWN = "/api/networks/drawn-town"
SQUARE = "/api/operations/square"
GAP = [
    {"lon": 174.78, "lat": -41.282, "label": "East"},
    {"lon": 174.776, "lat": -41.282},
    {"words": "Third Avenue, north side of Third Street"},
    {"words": "Third Street at Fifth Avenue, east side", "label": "Stray"},
]
"""Barriers on three of the four arms of the town's site, and one elsewhere."""
OF_WORK, OF_TIME = {"/id", "/doing", "/answers"}, {"elapsed_ms", "age_s"}
"""What is another each time: of long work its id and how it went; how long something took or lies back."""
MOMENT = {"at": "2022-02-17T15:00:00+13:00"}


def answers(client: httpx.Client) -> dict[str, Any]:
    network = client.get(TOWN).json()
    question = network["scenario"]["question"] | {"alternatives": 2}
    return {
        "networks": client.get("/api/networks").json(),
        "network": network,
        "way": client.get(f"{TOWN}/ways/3").json(),
        "nearest": client.get(f"{TOWN}/nearest", params={"lon": 174.7721, "lat": -41.2819}).json(),
        "search": client.get(f"{TOWN}/search", params={"q": "third"}).json(),
        "plan": client.post(f"{TOWN}/plan", json=question).json(),
        "plan-nothing-closed": client.post(f"{TOWN}/plan", json=question | {"site": None, "stretches": []}).json(),
        "seal": client.post(f"{TOWN}/seal", json={"site": question["site"], "barriers": GAP}).json(),
        "impact": worked_out(client, "impact", {"plan": network["scenario"]["question"], "hour": 8, "draws": 3}),
        "variants": worked_out(client, "variants", {"plan": network["scenario"]["question"], "hour": 8, "count": 4}),
        "detours": worked_out(client, "detours", {"plan": {"closures": [{"way": 12, "label": "Works"}]}}),
        "operations": client.get("/api/operations").json(),
        "operation": client.get(SQUARE).json(),
        "picture": client.get(f"{SQUARE}/picture", params=MOMENT).json(),
        "map": client.get(f"{SQUARE}/map", params=MOMENT).json(),
        "entry": client.get(f"{SQUARE}/entries/i").json(),
        "entries": client.get(f"{SQUARE}/entries").json(),
        "kinds": client.get("/api/kinds").json(),
        "error": client.get(f"{TOWN}/ways/999999").json(),
    }


def worked_out(client: httpx.Client, kind: str, question: dict[str, Any]) -> dict[str, Any]:
    """Long work when it is over, with its answer."""
    job: dict[str, Any] = client.post(f"{TOWN}/{kind}", json=question).json()
    while job["state"] in ("waiting", "working"):
        job = client.get(f"{TOWN}/{kind}/{job['id']}").json()
    return job


@pytest.fixture(scope="module")
def now(client: httpx.Client) -> dict[str, Any]:
    found = answers(client)
    if os.environ.get("CLEARWAY_SNAPSHOTS") == "write":
        SNAPSHOTS.mkdir(exist_ok=True)
        for name, answer in found.items():
            (SNAPSHOTS / f"{name}.json").write_text(json.dumps(answer, indent=1) + "\n", "utf-8")
    return found


def test_every_answer_has_its_snapshot_and_every_snapshot_its_answer(now: dict[str, Any]) -> None:
    assert {path.stem for path in SNAPSHOTS.glob("*.json")} == set(now)


@pytest.mark.parametrize("name", sorted(path.stem for path in SNAPSHOTS.glob("*.json")))
def test_answers_are_those_that_the_page_s_tests_read(now: dict[str, Any], name: str) -> None:
    kept = json.loads((SNAPSHOTS / f"{name}.json").read_text("utf-8"))
    assert leaves(now[name]) == leaves(kept)


def leaves(value: object, path: str = "") -> dict[str, object]:
    """What an answer says, by where it stands, figures to nine places; of what is another each time its type alone."""
    if isinstance(value, dict | list) and value:
        items = value.items() if isinstance(value, dict) else enumerate(value)
        return {where: leaf for key, item in items for where, leaf in leaves(item, f"{path}/{key}").items()}
    if path in OF_WORK or path.rpartition("/")[2] in OF_TIME:
        return {path: type(value).__name__}
    return {path: f"{value:.9g}" if isinstance(value, float) else value}
