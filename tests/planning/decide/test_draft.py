"""What an office writes becomes the entries that the record holds, field by field, and what is too much is refused."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from clearway.planning.decide.draft import Completion, DecisionDraft
from clearway.planning.decide.frozen import Frozen
from picture.test_view import at_hour

WHEN = at_hour(5, 12)
FROZEN = Frozen(at_hour(5, 9), at_hour(5, 10), 17)
QUICK: dict[str, Any] = {"by": "Duty officer, Police", "what": "Wait"}
EVERYTHING: dict[str, Any] = QUICK | {
    "id": "d",
    "standing": "proposed",
    "place": "The quay",
    "question": "Wait or tow?",
    "options": ["Wait", "Tow"],
    "why": "calm",
    "authority": "own",
    "rejected": [{"option": "Tow", "why": "people are near"}],
    "present": ["Mayor"],
    "dissent": ["Mayor: too slow"],
    "expects": [
        {"what": "calm", "by_when": "day 6", "probability": 0.5},
        {"what": "cars leave", "by_when": "day 7 6pm", "figure": "vehicles", "at_most": 5, "at_least": 0},
    ],
    "review": "day 6 noon",
    "closes": "day 5 6pm",
    "legal_basis": "Act s 1",
    "least_restrictive": "nothing is done",
    "rests_on": ["a", "b"],
    "supersedes": ["o"],
    "seen": ["a"],
    "follows": [
        {"kind": "task", "what": "Look again", "due": "day 6"},
        {"kind": "task", "what": "Count", "to": "Scout"},
        {"kind": "notice", "text": "We wait", "to": "Dock union"},
        {"kind": "notice", "text": "All wait"},
    ],
    "at": "day 5 9am",
    "known_at": "day 5 10am",
    "happened": "day 5 noon",
    "release": "public",
}
HEAD = {"happened": "2022-02-11T23:00:00+00:00", "source": "Duty officer, Police"}


def entry(draft: dict[str, Any], unseen: tuple[str, ...] = ()) -> dict[str, Any]:
    return DecisionDraft(**draft).decision("e1", WHEN, FROZEN, "abc", unseen)


def test_an_entry_of_a_decision_holds_what_was_filled_in_and_the_picture_that_it_was_signed_on() -> None:
    apart = ("id", "place", "rejected", "expects", "seen", "follows", "at", "known_at", "happened", "release")
    kept = [field for field in EVERYTHING if field not in apart]
    picture = {
        "picture_at": "2022-02-11T20:00:00+00:00",
        "picture_known_at": "2022-02-11T21:00:00+00:00",
        "picture_seq": 17,
        "picture_digest": "abc",
    }
    said = {"kind": "decision", "rejected": ["Tow: people are near"], "acknowledged": ["a"], "not_acknowledged": ["b", "c"]}
    body = {field: EVERYTHING[field] for field in kept} | said | picture
    assert entry(EVERYTHING, ("b", "c")) == HEAD | {"id": "e1", "release": "public", "place": "The quay", "body": body}


def test_a_quick_decision_is_decided_for_the_room_and_has_neither_place_nor_reasons() -> None:
    made = entry(QUICK)
    assert (made["body"]["standing"], made["release"]) == ("decided", "room")
    assert "place" not in made
    assert not {"why", "question", "legal_basis", "review"} & set(made["body"])


def test_each_expectation_is_an_entry_of_its_own_of_the_decision_and_its_office() -> None:
    draft = DecisionDraft(**EVERYTHING)
    first, second = (draft.expectation(number, "e1", WHEN) for number in range(2))
    of = {"kind": "expectation", "of": "e1", "by": "Duty officer, Police"}
    assert first == HEAD | {"id": "e1-expects-1", "release": "public", "body": EVERYTHING["expects"][0] | of}
    assert second == HEAD | {"id": "e1-expects-2", "release": "public", "body": EVERYTHING["expects"][1] | of}


def test_tasks_and_notices_follow_in_order_with_the_decision_as_their_source() -> None:
    draft = DecisionDraft(**EVERYTHING)
    made = [draft.follow_up(number, "e1", WHEN) for number in range(4)]
    source = {"office": "Duty officer", "organisation": "Police", "document": "decision e1"}
    assert [one["id"] for one in made] == [f"e1-follows-{number}" for number in (1, 2, 3, 4)]
    assert all(one["source"] == source and one["release"] == "public" for one in made)
    of = {"by": "Duty officer, Police", "of": "e1"}
    assert [one["body"] for one in made] == [
        of | {"kind": "task", "what": "Look again", "due": "day 6", "to": "Duty officer, Police"},  # nobody named: who decides
        of | {"kind": "task", "what": "Count", "to": "Scout"},
        of | {"kind": "notice", "text": "We wait", "to": "Dock union"},
        of | {"kind": "notice", "text": "All wait"},
    ]


def test_a_completion_fills_in_what_is_said_and_leaves_the_rest_alone() -> None:
    assert Completion().fields() == {}
    said: dict[str, Any] = {
        "options": ["Wait", "Tow"],
        "rejected": [{"option": "Tow", "why": "people are near"}],
        "expects": [{"what": "calm", "by_when": "day 6"}],
        "seen": ["a"],
        "outcome": "all calm",
    }
    assert Completion(**said).fields() == {
        "options": ["Wait", "Tow"],
        "rejected": ["Tow: people are near"],
        "acknowledged": ["a"],
        "outcome": "all calm",
    }


_REJECTED = {"option": "Tow", "why": "no"}
_EXPECTED = {"what": "calm", "by_when": "day 6"}
_LISTS = {
    "options": "Wait", "rejected": _REJECTED, "present": "Mayor", "dissent": "none", "expects": _EXPECTED, "rests_on": "a",
}  # fmt: skip


@pytest.mark.parametrize(
    ("form", "field", "one", "most"),
    [
        *((DecisionDraft, field, one, 50) for field, one in _LISTS.items()),
        *((Completion, field, one, 50) for field, one in _LISTS.items()),
        (DecisionDraft, "supersedes", "a", 50),
        (DecisionDraft, "follows", {"kind": "notice", "text": "We wait"}, 50),
        (DecisionDraft, "seen", "a", 1000),
        (Completion, "seen", "a", 1000),
    ],
)
def test_a_list_holds_as_much_as_anybody_reads_and_no_more(
    form: type[DecisionDraft | Completion], field: str, one: object, most: int
) -> None:
    base = QUICK if form is DecisionDraft else {}
    assert len(getattr(form(**base | {field: [one] * most}), field)) == most
    with pytest.raises(ValidationError, match=f"at most {most} items"):
        form(**base | {field: [one] * (most + 1)})


@pytest.mark.parametrize(
    ("field", "good", "bad"),
    [("probability", (0, 1), (-0.01, 1.01)), ("at_most", (0, 9e6), (-1,)), ("at_least", (0, 9e6), (-1,))],
)
def test_what_is_expected_is_a_share_or_a_number_of_nothing_or_more(
    field: str, good: tuple[float, ...], bad: tuple[float, ...]
) -> None:
    for value in good:
        DecisionDraft(**QUICK | {"expects": [_EXPECTED | {field: value}]})
    for value in bad:
        with pytest.raises(ValidationError, match=field):
            DecisionDraft(**QUICK | {"expects": [_EXPECTED | {field: value}]})
