"""The after-action report of a small record: what it holds, what it leaves to people, and that the page says it."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from pypdf import PdfReader

from clearway.cli import root
from clearway.errors import BadInput
from clearway.picture.view import Moments
from clearway.planning.decide.after_action import after_action
from clearway.planning.decide.frozen import picture_digest
from clearway.planning.reading import Reading
from clearway.publish.after_action.content import sections_of
from clearway.publish.after_action.pdf import as_pdf
from clearway.publish.plan.shape import Maps, Table
from clearway.record.kinds import KINDS
from picture.test_view import CALENDAR, STREAM, at_hour, report, store
from talk_rooms import QUAY, UNION, count

if TYPE_CHECKING:
    from pathlib import Path

    from clearway.planning.decide.after_action import AfterAction
    from clearway.record.store import Store

__all__ = ["store"]  # a fixture

CANARY = {"office": "mayor", "name": "Avery Canary"}
TWO: dict[str, Any] = {"places": [{"type": "named", "name": "The quay"}, {"type": "named", "name": "The square"}]}


def read(store: Store, day: int, hour: int = 23) -> Reading:
    at = at_hour(day, hour)
    return Reading(store, STREAM, Moments(at, at), CALENDAR)


@pytest.fixture
def room(store: Store) -> Store:
    """Cars are counted, a decision is made on one voice, what it expects is missed, and people ask in vain."""
    count(store, "n1", 100, 110, day=5)
    report(store, "d", "decision", {"by": "Police", "what": "Offer parking for vehicles"}, day=5, hour=13, **QUAY)
    by_when = at_hour(7, 12).isoformat()
    expected = {"of": "d", "by": "Police", "what": "the quay empties", "figure": "vehicles", "at_most": 20, "by_when": by_when}
    report(store, "e", "expectation", expected | {"probability": 0.9}, day=5, hour=14)
    count(store, "n2", 120, 130, day=7, hour=11)
    report(store, "m", "meeting_request", {"asked_by": "Dock union", "asked_of": "Harbour council"}, day=6, source=UNION)
    report(store, "b", "barrier_state", {"barrier": "fence", "state": "standing"}, day=6, **TWO)
    report(store, "r", "risk", {"risk": "Crush at the gate", "review": at_hour(6, 1).isoformat()}, day=5)
    report(store, "later", "incident", {"nature": "fire", "summary": "a bin"}, day=9)
    return store


def made(store: Store, day: int = 7) -> AfterAction:
    return after_action(read(store, day))


def test_it_puts_itself_together_from_the_record(room: Store) -> None:
    found = made(room)
    assert [one.line.id for one in found.decisions] == ["d"]
    assert [(one.of.id, one.came) for one in found.held] == [("e", "missed")]
    assert [(one.of, one.brier) for one in found.calibration] == [("Police", 0.81), ("expectation", 0.81)]
    assert [(one.line.id, one.state) for one in found.requests] == [("m", "unanswered")]
    assert [(one.line.id, one.is_due) for one in found.risks] == [("r", True)]
    assert [len(one.statements) for one in found.figures] == [2]
    assert found.short == [
        "1 decision in the record; without a reason: 1.",
        "Of 1 thing expected, announced, promised or forecast: 1 missed.",
        "1 request without an answer; 0 deadlocks in the talks.",
        "1 risk in the register; 1 review overdue.",
    ]


def test_the_timeline_has_each_entry_once_and_nothing_that_was_known_later(room: Store) -> None:
    assert [one.line.id for one in made(room).timeline] == ["d", "b"]
    assert [one.line.id for one in made(room, 9).timeline] == ["d", "b", "later"]


def test_what_the_record_does_not_say_is_listed(room: Store) -> None:
    report(room, "c", "contact", {"who": ["Harbour council"], "with_authority": True}, day=6)
    report(room, "x", "decision", {"by": "Police", "what": "Wait"}, day=6)
    unsaid = made(room).unsaid
    assert "What decision x was expected to bring." in unsaid
    assert "What decision d was expected to bring." not in unsaid  # it has an expectation of its own
    assert "Minutes of the contact c, with an outside authority." in unsaid
    assert any(line.startswith("Of the risk Crush at the gate: how likely it is") for line in unsaid)
    report(room, "w", "minutes", {"of": "c", "by": "Talks officer"}, day=7)
    assert "Minutes of the contact c, with an outside authority." not in made(room).unsaid


def test_its_digest_is_that_of_the_picture_and_changes_with_it(room: Store) -> None:
    first, reading = made(room), read(room, 7)
    held = [entry for said in reading.in_force(list(KINDS.values())).values() for entry in said]
    assert first.digest == picture_digest(held, reading.when.at, reading.when.known_at, "had")
    assert made(room).digest == first.digest
    report(room, "more", "remark", {"text": "one more"}, day=7)
    assert made(room).digest != first.digest


def test_no_name_of_a_source_stands_in_it(room: Store) -> None:
    report(room, "s", "incident", {"nature": "noise", "summary": "Avery Canary heard drums"}, 7, source=CANARY)
    assert "Canary" not in made(room).model_dump_json()


def test_every_table_has_rows_as_wide_as_its_columns_and_figures_are_drawn(room: Store) -> None:
    blocks = [block for section in sections_of(made(room)) for block in section.blocks]
    tables = [block for block in blocks if isinstance(block, Table)]
    assert tables
    assert all(len(row) == len(one.columns) == len(one.widths) for one in tables for row in one.rows)
    (drawn,) = (block for block in blocks if isinstance(block, Maps))
    assert ["<svg" in one.svg for one in drawn.maps if one] == [True]


def test_the_pages_say_it_and_leave_open_what_people_are_to_learn(room: Store) -> None:
    pages = PdfReader(io.BytesIO(as_pdf(made(room)))).pages
    said = " ".join(" ".join(page.extract_text().split()) for page in pages)
    for words in ("Offer parking for vehicles", "the quay empties", "missed", "Crush at the gate", made(room).digest[:20]):
        assert words in said
    assert said.count("What is changed, by which office, by when [not stated]") == 1
    assert "Decisions that contradict each other" in said
    assert "The record says nothing of it." in said


def test_the_command_writes_it_and_asks_for_a_form(room: Store, tmp_path: Path) -> None:
    zone = ("--zone", "Pacific/Auckland", "--first-day", "2022-02-08", "--at", "2022-02-14T23:00+13:00")
    words = ["decide", "after-action", "--record", str(tmp_path / "room.record"), "--operation", STREAM, *zone]

    def run(*more: str) -> str:
        result = CliRunner().invoke(root, [*words, *more], standalone_mode=False)
        if result.exception:
            raise result.exception
        return result.stdout

    with pytest.raises(BadInput, match="Give --pdf FILE, --json or both"):
        run()
    assert run("--pdf", str(tmp_path / "after.pdf")) == f"Wrote {tmp_path / 'after.pdf'}.\n"
    assert (tmp_path / "after.pdf").read_bytes().startswith(b"%PDF")
    assert json.loads(run("--json"))["digest"] == made(room).digest
