"""What follows from a decision: proposed as drafts, written only where they are kept, each with the decision as its source."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from clearway.errors import BadInput
from clearway.planning.decide.draft import NoticeDraft, TaskDraft
from clearway.planning.decide.following import followed
from clearway.planning.decide.proposed import MOST, proposed, task
from clearway.planning.decide.signing import check, sign
from clearway.planning.options.follow_ups import follow_ups
from clearway.record.kinds.decisions import Notice
from clearway.record.kinds.follow_up import Task
from option_rooms import option
from picture.test_view import STREAM, at_hour, store
from planning.decide.test_signing import draft, filled, later, reading, room

if TYPE_CHECKING:
    from clearway.record.store import Store

__all__ = ["filled", "store"]  # fixtures

TASK: dict[str, Any] = {"kind": "task", "what": "Set up B1", "to": "Crew A", "due": "2099-01-01T00:00Z"}
TOLD: dict[str, Any] = {"kind": "notice", "text": "Park at the stadium.", "to": "owners"}


def test_what_is_kept_is_written_with_the_decision_as_its_source_and_nothing_else(filled: Store) -> None:
    signed = sign(room(filled), draft(follows=[TASK, TOLD, {"kind": "task", "what": "Look again"}]))
    assert signed.follows == ["d-follows-1", "d-follows-2", "d-follows-3"]
    assert signed.expectations == ["d-expects-1", "d-expects-2"]
    entries = [filled.entry(one) for one in signed.follows]
    bodies = [one.draft.body for one in entries]
    assert [(body.about is Task.about, getattr(body, "of", None), getattr(body, "to", None)) for body in bodies] == [
        (True, "d", "Crew A"),
        (False, "d", "owners"),
        (True, "d", "Controller, Police"),
    ]
    assert isinstance(bodies[1], Notice)
    assert {(one.draft.source.office, one.draft.source.organisation, one.draft.source.document) for one in entries} == {
        ("Controller", "Police", "decision d")
    }
    found = followed(reading(filled, later(filled)))
    assert [(one.what, one.decision, one.state) for one in found.tasks] == [
        ("Set up B1", "d", "open"),
        ("Look again", "d", "open"),
    ]
    assert [one.id for one in found.notices] == ["d-follows-2"]
    again = sign(room(filled), draft(follows=[TASK, TOLD, {"kind": "task", "what": "Look again"}]))
    assert again.follows == signed.follows


def test_nothing_follows_silently_and_a_bad_task_keeps_all_from_being_written(filled: Store) -> None:
    before = len(list(filled.entries(STREAM)))
    with pytest.raises(BadInput, match=r"The task 'Set up B1' is to be done before it is given\. Give a later 'due'"):
        sign(room(filled), draft(follows=[TASK | {"due": at_hour(7, 12).isoformat()}]))
    assert len(list(filled.entries(STREAM))) == before
    assert sign(room(filled), draft()).follows == []
    assert followed(reading(filled, later(filled))).tasks == []


def test_expectations_and_the_review_time_propose_tasks_with_their_times(filled: Store) -> None:
    found = check(room(filled), draft()).follows
    assert [(one.what, one.due) for one in found if isinstance(one, TaskDraft)] == [
        ("Say what came of it: fewer vehicles", "day 8 6pm"),
        ("Say what came of it: no truck comes back", "day 8 6pm"),
        ("Review the decision, and say what came of it: Offer parking", "day 8 7pm"),
    ]
    assert list(proposed(draft(expects=[], review=None))) == []


def test_each_thing_that_an_option_does_proposes_its_task_or_notice() -> None:
    watched = {"then": "stop", "counted": "vehicles", "where": "Hill Street", "at_least": 100}
    acts = ("wait", "talk", "offer", "notice", "barriers", "tow", "cut_off")
    found = list(follow_ups(option("all", *acts, criteria=[watched])))
    assert found == [
        task("Hold a talk with groups about streets, and write its minutes"),
        NoticeDraft(kind="notice", text="Offered: parking"),
        NoticeDraft(kind="notice", text="Go by Hill Street."),
        task("Set up the barriers of the plan plan.json"),
        task("Order the tows, and tell owners how they get their vehicles back"),
        task("Cut off water"),
        task("See that everybody still gets two taps stay"),
        task("Watch: Stop if vehicles at Hill Street: at least 100"),
    ]
    waits = option("w", does=[{"do": "wait", "until": "the weekend is over"}])
    assert list(follow_ups(waits)) == [task("Look again once the weekend is over")]


def test_a_task_is_cut_where_it_has_no_room() -> None:
    assert len(task("x" * (MOST + 1)).what) == MOST
    assert len(task("x" * MOST).what) == MOST
    assert task("x" * (MOST + 1)).what.endswith("…")
