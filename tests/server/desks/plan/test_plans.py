"""The plans of an operation, held against what is reported, as the page is answered."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from clearway.planning.plan.document import plan_digest, plan_of
from clearway.planning.plan.versions import save_version
from clearway.record.entry import now
from clearway.record.moments import calendar
from clearway.record.source import Source
from clearway.server.operations import ServedRecord
from serving import live_record, serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx

    from clearway.record.store import Store
    from clearway.server.networks import ServedNetwork

PLANS = "/api/operations/square/plans"
CORNER = "First Street at Third Avenue"
DAYS = calendar("Pacific/Auckland", "2022-02-08")
PLAN = {"plan": "tmp", "title": "One corner", "barriers": [{"id": "B1", "place": CORNER}]}


@pytest.fixture
def store(tmp_path: Any) -> Iterator[Store]:  # noqa: ANN401 - a path
    """A record of the square, with a plan of one barrier."""
    with closing(live_record(tmp_path / "room.record")) as opened:
        save_version(opened, "square", plan_of(PLAN, DAYS, now()), Source(office="planner"), now(), DAYS.zone)
        yield opened


@pytest.fixture
def client(town: ServedNetwork, store: Store) -> Iterator[httpx.Client]:
    """A server whose record nobody else reads."""
    with serving(town, record=ServedRecord(store)) as opened:
        yield opened


def report(client: httpx.Client, state: str) -> None:
    moment = now().isoformat()
    entry = {
        "kind": "barrier_state",
        "body": {"state": state},
        "places": CORNER,
        "happened": moment,
        "source": "officer, Police",
    }
    answer = client.post("/api/operations/square/entries", json=entry)
    assert answer.status_code == 201, answer.text


def test_a_plan_turns_red_with_the_report_that_a_barrier_is_gone_and_green_with_the_one_that_it_is_reset(
    client: httpx.Client,
) -> None:
    (first,) = client.get(PLANS).json()
    assert (first["saved"]["plan"], first["saved"]["version"], first["saved"]["in_force"]) == ("tmp", 1, False)
    assert first["saved"]["sha256"] == plan_digest(plan_of(PLAN, DAYS, now()))
    assert (first["status"]["ok"], first["status"]["closed"], first["status"]["unconfirmed"]) == (True, None, 1)
    report(client, "moved")
    (red,) = client.get(PLANS).json()
    assert red["status"]["ok"] is False
    assert red["status"]["holes"] == [f"B1, {CORNER}: Reported moved at {CORNER} by officer, Police (F6)."]
    report(client, "reset")
    (green,) = client.get(PLANS).json()
    assert (green["status"]["ok"], green["status"]["barriers"][0]["stand"]) == (True, "reported")


def test_a_moment_before_the_report_is_as_it_was(client: httpx.Client) -> None:
    before = now().isoformat()
    report(client, "breached")
    (then,) = client.get(PLANS, params={"at": before}).json()
    assert then["status"]["ok"] is True


def test_an_operation_without_a_plan_has_none(client: httpx.Client) -> None:
    made = client.post("/api/operations", json={"id": "other", "title": "Other"})
    assert made.status_code == 201
    assert client.get("/api/operations/other/plans").json() == []
