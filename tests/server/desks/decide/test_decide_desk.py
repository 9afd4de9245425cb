"""The Decide desk by the server, on both databases: log, review, basis and triggers, and nothing confidential."""

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
from talk_rooms import count

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import httpx
    from starlette.requests import Request

    from clearway.record.store import Store

DECISIONS = "/api/operations/operation/decisions"
TOW = {"by": "Police", "what": "Tow the cars", "why": "canary-reason", "expects": ["fewer vehicles"]}


def fill(store: Store) -> None:
    opened = {"title": "The quay", "zone": "Pacific/Auckland", "first_day": "2022-02-08"}
    report(store, "o", "operation", opened, day=1, release="public")
    count(store, "many", 150, 160, day=4)
    report(store, "tow", "decision", TOW | {"rests_on": ["many"], "review": at_hour(8, 12).isoformat()}, day=5)
    report(store, "idea", "decision", {"by": "Council", "what": "Shut the bridge", "standing": "proposed"}, day=5)
    count(store, "few", 10, 20, day=6)
    report(store, "fire", "risk", {"risk": "Fire", "why": "canary-why", "review": at_hour(6, 12).isoformat()}, day=5)
    red = {"scheme": "Lights", "level": "red", "eases_when": "canary-when"}
    report(store, "red", "restriction_level", red, day=5)


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


def get(client: httpx.Client, path: str, day: int = 7, **query: str | int) -> Any:  # noqa: ANN401 - any JSON
    params: dict[str, str | int] = {"at": at_hour(day, 12).isoformat(), **query}
    answer = client.get(f"{DECISIONS}{path}", params=params)
    return answer.json() if answer.is_success else answer


def test_the_desk_answers_the_log_the_review_a_basis_and_a_trigger(filled: Store) -> None:
    with running(create_app([], record=ServedRecord(filled), sign_in=everybody)) as client:
        log = get(client, "")["decisions"]
        assert [(one["line"]["id"], one["status"], one["state"]) for one in log] == [
            ("tow", "decided", "decided"),
            ("idea", "proposed", "proposed"),
        ]
        assert get(client, "", day=9)["decisions"][0]["state"] == "outcome_due"
        (held,) = get(client, "/review")["held"]
        assert (held["came"], held["expected"]) == ("kept", "fewer vehicles")
        found = get(client, "/tow/basis")
        assert [one["line"]["id"] for one in found["beliefs"]] == ["many"]
        assert get(client, "/trigger", figure="vehicles", at_most=20)["by"][0]["id"] == "few"
        room, at = "/api/operations/operation", {"at": at_hour(7, 12).isoformat()}
        assert [(one["risk"], one["is_due"]) for one in client.get(f"{room}/risks", params=at).json()["risks"]] == [
            ("Fire", True)
        ]
        (scheme,) = client.get(f"{room}/restrictions", params=at).json()["schemes"]
        assert (scheme["level"], scheme["gathering"]["state"]) == ("red", "not_published")
        assert get(client, "/many/basis").status_code == 404
        refused = get(client, "/trigger", figure="vehicles")
        assert (refused.status_code, refused.json()["error"]["message"]) == (
            400,
            "A trigger needs a threshold. Give at most how many, at least how many, or both.",
        )
        assert "Exchange them" in get(client, "/trigger", figure="vehicles", at_most=1, at_least=2).text


def test_a_confidential_decision_is_in_no_answer_for_those_who_may_not_see_it(filled: Store) -> None:
    with running(create_app([], record=ServedRecord(filled), sign_in=public_only)) as client:
        answers = [client.get(f"{DECISIONS}{path}") for path in ("", "/review", "/../risks", "/../restrictions", "/tow/basis")]
        assert [one.status_code for one in answers] == [200, 200, 200, 200, 404]
        assert not any("canary" in one.text or "Tow the cars" in one.text for one in answers)


# -- signing ---------------------------------------------------------------------------------------------------------

DRAFT = {
    "id": "wait",
    "by": "Controller, Police",
    "what": "Wait",
    "options": ["Wait", "Tow the cars"],
    "rejected": [{"option": "Tow the cars", "why": "nobody tows"}],
    "expects": [{"what": "fewer vehicles", "figure": "vehicles", "at_most": 9, "by_when": "2099-01-01T00:00Z"}],
    "rests_on": ["few"],
    "at": at_hour(7, 12).isoformat(),
    "release": "public",
}


def post(client: httpx.Client, path: str, document: dict[str, Any]) -> httpx.Response:
    return client.post(f"{DECISIONS}{path}", json=document)


def test_contrary_word_is_listed_then_it_is_signed_completed_opened_and_printed(filled: Store) -> None:
    with running(create_app([], record=ServedRecord(filled), sign_in=everybody)) as client:
        before = filled.version("operation")
        found = post(client, "/check", DRAFT).json()
        assert found["unseen"] == ["few"]
        refused = post(client, "", DRAFT)
        assert (refused.status_code, filled.version("operation")) == (400, before)
        assert "must have been seen: few" in refused.json()["error"]["message"]
        signed = post(client, "?quick=true", DRAFT)
        assert (signed.status_code, signed.json()["expectations"]) == (201, ["wait-expects-1"])
        assert "the reasons" in signed.json()["empty"]
        assert any("contradicts" in one for one in signed.json()["notices"])
        assert post(client, "?quick=true", DRAFT).json()["decision"] == "wait"
        assert filled.version("operation") == before + 2
        done = post(client, "/wait/completion", {"why": "It is calm.", "seen": ["few"]}).json()
        assert (done["decision"], "whether contrary word was read" in done["empty"]) == ("wait-v2", False)
        assert "that stays" in post(client, "/wait-v2/completion", {"why": "Other."}).json()["error"]["message"]
        opened = client.get(f"{DECISIONS}/wait-v2/picture").json()
        assert (opened["is_same"], opened["problems"]) == (True, [])
        printed = client.get(f"{DECISIONS}/log.pdf")
        assert (printed.headers["content-type"], printed.content[:5]) == ("application/pdf", b"%PDF-")
        assert post(client, "", DRAFT | {"id": "x", "expects": [{"what": "calm"}]}).status_code == 422


def test_who_may_not_see_all_signs_on_what_they_see_and_is_told_that_the_digest_is_of_the_whole(filled: Store) -> None:
    with running(create_app([], record=ServedRecord(filled), sign_in=everybody)) as client:
        assert post(client, "?quick=true", DRAFT).status_code == 201
    with running(create_app([], record=ServedRecord(filled), sign_in=public_only)) as client:
        opened = client.get(f"{DECISIONS}/wait/picture")
        assert opened.json()["is_same"] is None
        assert "few" not in opened.text.replace("fewer", "")
        secret = post(client, "?quick=true", DRAFT | {"id": "s", "release": "room", "rests_on": [], "expects": []})
        assert secret.status_code == 403
