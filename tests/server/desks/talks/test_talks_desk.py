"""The Talks desk by the server, on both databases: the talks, sheets for meetings, and nothing confidential."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from clearway.record.entry import RELEASES
from clearway.record.open import open_record
from clearway.server.app import create_app
from clearway.server.operations import ServedRecord
from clearway.server.rights import ACTIONS, Person
from picture.test_view import at_hour, report
from serving import running

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import httpx
    from starlette.requests import Request

    from clearway.record.store import Store
    from clearway.server.networks import ServedNetwork

TALKS = "/api/operations/operation/talks"
UNION = {"office": "secretary", "organisation": "Dock union", "reliability": "C", "credibility": 3}


def fill(store: Store) -> None:
    opened = {"title": "The quay", "zone": "Pacific/Auckland", "first_day": "2022-02-08"}
    report(store, "o", "operation", opened, day=1, release="public")
    term = {"by": "Mayor", "before": "the mayor meets the canary-union", "what": "All cars are moved"}
    report(store, "term", "condition", term, day=5)
    demand = {"by": "Dock union", "of": "Mayor", "what": "Meet us", "before": "the cars go"}
    report(store, "demand", "demand", demand, day=5, source=UNION, release="public")
    report(store, "met", "contact", {"who": ["Talks officer", "Mayor"], "by": "Talks officer"}, day=5, release="public")


def public_only(_: Request) -> Person:
    return Person("public", ACTIONS, frozenset(["public"]))


def everybody(_: Request) -> Person:
    return Person("room", ACTIONS, RELEASES)


@pytest.fixture(params=["sqlite", "postgres"])
def filled(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    address = str(tmp_path / "room.record") if request.param == "sqlite" else request.getfixturevalue("postgres")
    with closing(open_record(address)) as store:
        fill(store)
        yield store


def get(client: httpx.Client, path: str, day: int = 6, **query: str) -> Any:  # noqa: ANN401 - any JSON
    answer = client.get(f"{TALKS}{path}", params={"at": at_hour(day, 12).isoformat()} | query)
    return answer.json() if answer.is_success else answer


def test_the_talks_and_the_sheets_for_a_meeting(filled: Store, town: ServedNetwork) -> None:
    with running(create_app([town], ServedRecord(filled), sign_in=everybody)) as client:
        found = get(client, "")
        assert [one["entries"] for one in found["deadlocks"]] == [["term", "demand"]]
        assert [(one["office"], one["entry"]) for one in found["alarms"]] == [("Talks officer", "met")]
        sheet = get(client, "/preparation", party="the dock-union")
        assert [(one["what"], one["lines"][0]["id"]) for one in sheet["must_not_promise"]] == [
            ("Meet us", "demand"),
            ("the mayor meets the canary-union", "term"),
        ]
        form = get(client, "/minutes", contact="met")
        assert (form["due"], form["entry"]["body"]["of"]) == ("2022-02-12T11:00:00.000000Z", "met")
        body = form["entry"]["body"] | {"agreed": ["to meet again"], "said": "Both spoke."}
        written = client.post("/api/operations/operation/entries", json=form["entry"] | {"body": body})
        assert written.status_code == 201, written.text
        assert client.get(TALKS).json()["alarms"] == []
        missing = get(client, "/preparation", party="Nobody at all")
        assert (missing.status_code, "The record names" in missing.text) == (404, True)
        assert get(client, "/minutes", contact="demand").status_code == 404


def test_a_confidential_term_is_in_no_answer_to_who_may_not_see_it(filled: Store, town: ServedNetwork) -> None:
    with running(create_app([town], ServedRecord(filled), sign_in=public_only)) as client:
        assert get(client, "")["deadlocks"] == []
        asked = ["", "/preparation?party=Mayor", "/preparation?party=Dock union", "/minutes?contact=met"]
        asked = [f"{TALKS}{path}" for path in asked]
        asked += [
            f"/api/operations/operation/{path}" for path in ("picture", "log", "log.csv", "entries?q=canary", "sitrep?form=txt")
        ]
        for path in asked:
            answer = client.get(path)
            assert "canary-union" not in answer.text, path
            assert "All cars are moved" not in answer.text, path
