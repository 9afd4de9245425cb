"""What follows from decisions: tasks by their time, objectives read or not, and only those who have not read are named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearway.picture.view import Moments
from clearway.planning.decide.following import followed
from clearway.planning.reading import Reading
from picture.test_view import CALENDAR, STREAM, at_hour, report, store

if TYPE_CHECKING:
    from clearway.planning.decide.contract import Followed
    from clearway.record.store import Store

__all__ = ["store"]  # a fixture

OBJECTIVE = {"what": "Keep one lane open", "by": "Controller", "of": "d", "posts": ["Gate 1", "Gate 2", "Radio room"]}


def follow(store: Store, day: int, hour: int = 23) -> Followed:
    at = at_hour(day, hour)
    return followed(Reading(store, STREAM, Moments(at, at), CALENDAR))


def test_a_change_of_objective_is_unread_again_and_only_those_who_have_not_read_it_are_named(store: Store) -> None:
    report(store, "d", "decision", {"by": "Controller", "what": "Keep one lane open"}, day=5)
    assert follow(store, 5).objective is None
    report(store, "o1", "objective", OBJECTIVE, day=5)
    report(store, "r1", "receipt", {"of": "o1", "by": "gate  1"}, day=5, hour=13)
    found = follow(store, 5)
    assert found.objective
    assert [(one.post, one.read) for one in found.objective.posts] == [
        ("Gate 1", at_hour(5, 13)),
        ("Gate 2", None),
        ("Radio room", None),
    ]
    assert found.waiting == ["Gate 2", "Radio room"]
    report(store, "o2", "objective", OBJECTIVE | {"what": "Clear the street", "posts": ["Gate 1"]}, day=6)
    found = follow(store, 6)
    assert found.objective
    assert (found.objective.what, found.waiting) == ("Clear the street", ["Gate 1"])
    assert [one.line.id for one in found.earlier] == ["o1"]
    report(store, "r2", "receipt", {"of": "o2", "by": "Gate 1"}, day=6, hour=13)
    assert follow(store, 6).waiting == []
    assert follow(store, 6, 12).waiting == ["Gate 1"]


def test_a_task_is_overdue_past_its_time_until_somebody_says_what_came(store: Store) -> None:
    report(store, "d", "decision", {"by": "Controller", "what": "Tell residents"}, day=5)
    task = {"what": "Print the notices", "to": "Print room", "by": "Controller", "of": "d", "due": at_hour(5, 18).isoformat()}
    report(store, "t", "task", task, day=5)
    report(store, "n", "notice", {"by": "Controller", "text": "Go by Hill Street.", "of": "d"}, day=5)
    report(store, "m", "notice", {"by": "Council", "text": "Market day."}, day=5)
    assert [(one.state, one.decision) for one in follow(store, 5, 18).tasks] == [("open", "d")]
    assert [one.state for one in follow(store, 5, 19).tasks] == ["overdue"]
    assert [one.id for one in follow(store, 5).notices] == ["n"]
    report(store, "t2", "task", task | {"outcome": "done"}, day=5, hour=20)
    assert [one.state for one in follow(store, 5).tasks] == ["done"]


def test_what_follows_from_a_decision_stays_with_it_once_it_is_completed(store: Store) -> None:
    report(store, "d", "decision", {"by": "Controller", "what": "Tell residents"}, day=5)
    report(store, "t", "task", {"what": "Print", "to": "Print room", "by": "Controller", "of": "d"}, day=5)
    report(store, "d2", "decision", {"by": "Controller", "what": "Tell residents", "why": "So."}, day=6, corrects=["d"])
    assert [one.decision for one in follow(store, 6).tasks] == ["d2"]
    report(store, "o", "objective", OBJECTIVE, day=6)
    objective = follow(store, 6).objective
    assert objective
    assert (objective.decision, objective.what) == ("d2", "Keep one lane open")
    report(store, "p", "objective", OBJECTIVE | {"of": "unknown"}, day=7)
    objective = follow(store, 7).objective
    assert objective
    assert objective.decision == "unknown"


def test_a_post_that_is_named_twice_is_asked_once(store: Store) -> None:
    report(store, "o", "objective", OBJECTIVE | {"posts": ["Gate 1", "Gate 1", "Gate 2"]}, day=5)
    assert follow(store, 5).waiting == ["Gate 1", "Gate 2"]
