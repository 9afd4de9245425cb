"""``clearway decide risks`` and ``decide levels`` in words and as JSON, and of a record without them."""

from __future__ import annotations

import json
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from clearway.cli import root
from clearway.record.open import open_record
from picture.test_view import STREAM, report

if TYPE_CHECKING:
    from pathlib import Path

FIRE = {"risk": "Fire in the camp", "likelihood": "possible", "likelihood_to": "likely", "consequence": "major"}
SQUARE = {
    "event": "Harbour square, 2011",
    "happened_then": "Tents burnt.",
    "lessons": ["Keep a lane free."],
    "reference": "Harbour council, report of 2012, page 4",
    "risks": ["fire in camps", "flood"],
}


@pytest.fixture
def record(tmp_path: Path) -> str:
    path = tmp_path / "room.record"
    with closing(open_record(str(path))) as store:
        report(store, "c", "count", {"what": "people", "amount": {"low": 5}}, 5)
    return str(path)


def run(record: str, *more: str, command: str = "risks") -> str:
    zone = ("--zone", "Pacific/Auckland", "--first-day", "2022-02-08")
    words = ["decide", command, "--record", record, "--operation", STREAM, *zone, "--at", "day 8", *more]
    result = CliRunner().invoke(root, words, standalone_mode=False)
    if result.exception:
        raise result.exception
    return result.stdout


def test_a_risk_is_shown_with_what_is_overdue_and_what_nobody_said_and_an_event_with_its_source(record: str) -> None:
    with closing(open_record(record)) as store:
        report(store, "r", "risk", FIRE | {"owner": "Fire service", "review": "2022-02-14T12:00+13:00"}, 5)
        report(store, "i", "incident", {"nature": "fire", "summary": "a bin"}, 7)
        report(store, "e", "comparable_event", SQUARE, 7)
    said = run(record)
    assert "Fire in the camp (open): likelihood possible to likely, consequence major. Owner: Fire service." in said
    assert "  Review is overdue: it was due Mon 14 Feb 2022 12:00, 35 h ago." in said
    assert "  Nobody has said whom it would hit and what is done about it." in said
    assert "  Reported since, read it: Fire: a bin" in said
    assert "  Bears on it: comparable event e" in said
    assert "  Learnt: Keep a lane free." in said
    assert "  Source: Harbour council, report of 2012, page 4" in said
    assert "  It names risks that the register does not have: flood." in said
    found = json.loads(run(record, "--json"))
    assert [one["line"]["id"] for one in found["risks"]] == ["r"]
    assert found["risks"][0]["is_due"] is True


def test_a_record_without_a_risk_says_how_to_enter_one(record: str) -> None:
    assert "No risk is in the record. Enter each as an entry of the kind 'risk'." in run(record)


def test_levels_are_shown_with_limits_what_another_would_change_and_what_is_asked(record: str) -> None:
    assert "No level of restrictions is in the record." in run(record, command="levels")
    red = {"scheme": "Lights", "level": "red", "gathering_at_most": 4, "gathering_pass": "a pass", "staff_rules": ["tested"]}
    with closing(open_record(record)) as store:
        report(store, "p", "scheme_level", red, 5)
        report(store, "q", "scheme_level", red | {"level": "green", "gathering_pass": None, "staff_rules": []}, 5)
        report(store, "l", "restriction_level", {"scheme": "Lights", "level": "red", "eases_when": "in March"}, 5)
        report(store, "a", "easing_request", {"asked_by": "cafes", "scheme": "Lights", "what": "tables outside"}, 6)
    said = run(record, command="levels")
    assert "Lights: red, since Sat 12 Feb 2022 12:00." in said
    assert "  This gathering, at most 4 people; with a pass no limit: within with pass." in said
    assert "  At green [q], at most 4 people: above." in said
    assert "    Would go for staff: tested." in said
    assert "  Eases when: in March" in said
    assert "  Unanswered for 2 days, owed by: not said: Cafes asked to ease Lights: tables outside; no answer yet" in said
    assert json.loads(run(record, "--json", command="levels"))["schemes"][0]["level"] == "red"
