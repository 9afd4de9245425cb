"""What of a decision's record is empty, which words bear on it, and what speaks against signing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from clearway.planning.decide.basis import basis_of, gaps_of
from clearway.planning.decide.frozen import Frozen, frozen_of, picture_digest
from clearway.planning.decide.versions import versions_of
from clearway.record.kinds import BODY
from picture.test_view import PAPER, at_hour, report, store
from planning.decide.test_decide import read
from talk_rooms import COUNCIL, QUAY, UNION, count, ids

if TYPE_CHECKING:
    from clearway.planning.decide.contract import Basis
    from clearway.record.store import Store

__all__ = ["store"]  # a fixture

GAPS = [
    "the question", "the options", "the reasons", "who was present", "what was rejected", "who disagreed", "what is expected",
    "when it is reviewed", "the legal basis", "why nothing less restrictive would do", "order, advice or own decision",
    "the picture it rests on",
]  # fmt: skip


def decision(**fields: Any) -> Any:  # noqa: ANN401 - a body
    return BODY.validate_python({"kind": "decision", "by": "Police", "what": "Hold"} | fields)


def expectation(of: str) -> Any:  # noqa: ANN401 - a body
    said = {"kind": "expectation", "of": of, "by": "Police", "what": "calm", "by_when": "2022-02-18T12:00+13:00"}
    return BODY.validate_python(said)


@pytest.mark.parametrize(
    ("fields", "others", "gaps"),
    [
        ({}, [], GAPS),
        ({"why": "calm"}, [], [one for one in GAPS if one != "the reasons"]),
        ({}, ["d"], [one for one in GAPS if one != "what is expected"]),
        ({}, ["c"], [one for one in GAPS if one != "what is expected"]),
        ({}, ["x"], GAPS),
        ({"not_acknowledged": ["a"]}, [], [*GAPS, "whether contrary word was read"]),
        ({"not_acknowledged": ["a", "b"], "acknowledged": ["a"]}, [], [*GAPS, "whether contrary word was read"]),
        ({"not_acknowledged": ["a"], "acknowledged": ["a", "b"]}, [], GAPS),
        ({"acknowledged": ["a"]}, [], GAPS),
    ],
)
def test_what_is_empty_is_said_in_words_and_an_expectation_may_have_an_entry_of_its_own(
    fields: dict[str, Any], others: list[str], gaps: list[str]
) -> None:
    assert gaps_of(("c", "d"), decision(**fields), [decision(), *map(expectation, others)]) == gaps


def basis(store: Store, day: int = 5, hour: int = 23) -> Basis:
    return basis_of(read(store, day, hour), "d")


def test_an_entry_bears_on_a_decision_by_its_subject_or_by_two_words_in_common(store: Store) -> None:
    for entry_id, text in (
        ("cars", "Many cars came"),
        ("two", "The choir sang a hymn"),
        ("one", "A choir is here"),
        ("none", "It rains"),
    ):
        report(store, entry_id, "statement", {"summary": text}, day=5)
    report(store, "d", "decision", {"by": "Police", "what": "Move cars", "rejected": ["A hymn of the choir"]}, day=5, hour=13)
    found = basis(store)
    assert sorted(one.line.id for one in found.beliefs) == ["cars", "two"]
    assert sorted(found.others) == ["none", "one"]
    assert found.warnings == ["It rests on one source or none. Look for another, and for a contrary word."]


def test_two_speakers_are_more_than_one_view(store: Store) -> None:
    report(store, "a", "statement", {"summary": "Many cars came"}, day=5)
    report(store, "b", "statement", {"summary": "The cars stand"}, day=5, source=UNION)
    report(store, "d", "decision", {"by": "Police", "what": "Move cars"}, day=5, hour=13)
    assert basis(store).warnings == []


def test_nothing_to_rest_on_is_no_source(store: Store) -> None:
    report(store, "d", "decision", {"by": "Police", "what": "Move cars"}, day=5, hour=13)
    found = basis(store)
    assert (found.beliefs, found.others) == ([], [])
    assert found.warnings == ["It rests on one source or none. Look for another, and for a contrary word."]
    assert (found.status, found.at, found.is_same_picture) == ("decided", at_hour(5, 13), None)


def test_beliefs_that_are_named_come_first_then_contradicted_then_single_sourced_ones(store: Store) -> None:
    count(store, "late", 100, 110, day=5, hour=11)
    count(store, "early", 300, 310, day=5, hour=10, source=UNION)
    report(store, "word", "statement", {"summary": "cars stand there"}, day=5, hour=9, source=PAPER)
    report(store, "named", "statement", {"summary": "a calm night"}, day=5, hour=12, source=PAPER)
    body = {"by": "Police", "what": "Move cars", "rests_on": ["named"]}
    report(store, "d", "decision", body, day=5, hour=13, **QUAY)
    found = basis(store)
    assert [one.line.id for one in found.beliefs] == ["named", "early", "late", "word"]
    assert [ids(one.contradicted_by) for one in found.beliefs] == [[], ["late"], ["early"], []]
    assert found.warnings[0] == "2 beliefs contradicted by others: early and late."


def test_a_belief_that_is_confirmed_or_disputed_says_by_what(store: Store) -> None:
    count(store, "a", 100, 110, day=5, hour=10)
    report(store, "yes", "remark", {"text": "I saw the cars"}, day=5, hour=11, confirms=["a"], source=PAPER)
    report(store, "no", "remark", {"text": "There were no cars"}, day=5, hour=11, disputes=["a"], source=UNION)
    report(store, "d", "decision", {"by": "Police", "what": "Move cars", "rests_on": ["a"]}, day=5, hour=13)
    first = basis(store).beliefs[0]
    assert (first.line.id, ids(first.confirmed_by), ids(first.contradicted_by)) == ("a", ["yes"], ["no"])
    assert (first.is_named, first.is_single_sourced) == (True, False)


def test_of_three_figures_two_may_agree_and_contradict_only_the_third(store: Store) -> None:
    count(store, "a", 100, 110, day=5, hour=10)
    count(store, "b", 105, 120, day=5, hour=10, source=UNION)
    count(store, "c", 300, 310, day=5, hour=10, source=COUNCIL)
    report(store, "d", "decision", {"by": "Police", "what": "Move cars"}, day=5, hour=13, **QUAY)
    found = {one.line.id: ids(one.contradicted_by) for one in basis(store).beliefs}
    assert found == {"a": ["c"], "b": ["c"], "c": ["a", "b"]}


def test_of_three_words_on_a_gate_those_that_agree_contradict_only_the_latest(store: Store) -> None:
    for number, (state, source) in enumerate((("open", UNION), ("open", COUNCIL), ("shut", PAPER))):
        report(store, f"g{number}", "road_state", {"state": state}, day=5, hour=10 + number, source=source, **QUAY)
    report(store, "d", "decision", {"by": "Police", "what": "Hold", "rests_on": ["g0", "g1", "g2"]}, day=5, hour=13, **QUAY)
    found = {one.line.id: ids(one.contradicted_by) for one in basis(store).beliefs}
    assert found == {"g0": ["g2"], "g1": ["g2"], "g2": ["g0", "g1"]}


def test_another_decision_that_does_the_contrary_is_warned_of(store: Store) -> None:
    report(store, "e", "decision", {"by": "Mayor", "what": "Do not move the cars"}, day=5, hour=12)
    report(store, "d", "decision", {"by": "Police", "what": "Move the cars"}, day=5, hour=13)
    found = basis(store)
    assert [(one.first.id, one.second.id) for one in found.contradictions] == [("e", "d")]
    assert found.warnings[-1].startswith("It contradicts another decision: one does what the other says is not done: ")
    report(store, "x", "decision", {"by": "Mayor", "what": "Sing"}, day=5, hour=14)
    report(store, "y", "decision", {"by": "Mayor", "what": "Do not sing"}, day=5, hour=15)
    assert len(basis(store).contradictions) == 1, "those of others are theirs"


def test_a_figure_or_a_state_that_is_named_is_single_sourced_until_somebody_confirms_it_and_a_mere_word_never(
    store: Store,
) -> None:
    report(store, "figure", "count", {"what": "tents", "amount": {"low": 5}}, day=5, hour=9)
    report(store, "flow", "flow", {"what": "tents", "direction": "left"}, day=5, hour=9)
    report(store, "state", "road_state", {"state": "shut"}, day=5, hour=9, **QUAY)
    report(store, "seen", "count", {"what": "horses", "amount": {"low": 5}}, day=5, hour=9)
    report(store, "again", "remark", {"text": "I saw them"}, day=5, hour=10, confirms=["seen"], source=COUNCIL)
    report(store, "word", "statement", {"summary": "All is calm"}, day=5, hour=9)
    named = ["figure", "flow", "state", "seen", "word"]
    report(store, "d", "decision", {"by": "Police", "what": "Sing", "rests_on": named}, day=5, hour=13)
    assert {one.line.id: one.is_single_sourced for one in basis(store).beliefs} == {
        "figure": True,
        "flow": True,
        "state": True,
        "seen": False,
        "word": False,
    }


def test_what_the_picture_calls_single_sourced_is_so_though_the_decision_does_not_name_it(store: Store) -> None:
    count(store, "a", 100, 110, day=5, hour=9, source=PAPER)
    report(store, "d", "decision", {"by": "Police", "what": "Move cars"}, day=5, hour=13)
    assert [(one.line.id, one.is_named, one.is_single_sourced) for one in basis(store).beliefs] == [("a", False, True)]


def test_what_was_corrected_is_no_belief_any_more_unless_it_is_named(store: Store) -> None:
    count(store, "a", 100, 110, day=5, hour=9)
    count(store, "b", 120, 130, day=5, hour=9, corrects=["a"])
    report(store, "d", "decision", {"by": "Police", "what": "Move cars"}, day=5, hour=13)
    assert [one.line.id for one in basis(store).beliefs] == ["b"]
    report(store, "e", "decision", {"by": "Police", "what": "Move cars", "rests_on": ["a"]}, day=5, hour=13)
    assert [one.line.id for one in basis_of(read(store, 5), "e").beliefs] == ["a", "b"]


def test_what_follows_from_a_decision_is_no_hindsight_of_it(store: Store) -> None:
    report(store, "d", "decision", {"by": "Police", "what": "Move cars"}, day=5, hour=13)
    told = {"by": "Police", "what": "cars are moved", "by_when": at_hour(6, 12).isoformat()}
    report(store, "own", "expectation", told | {"of": "d"}, day=5, hour=14)
    report(store, "others", "expectation", told | {"of": "x"}, day=5, hour=14)
    report(store, "cars", "statement", {"summary": "The cars are gone"}, day=5, hour=15)
    assert ids(basis(store).hindsight) == ["others", "cars"]


PICTURE = {"picture_at": "2022-02-12T09:00+13:00", "picture_known_at": "2022-02-12T10:00+13:00", "picture_seq": 7}


@pytest.mark.parametrize("missing", [*PICTURE, None])
def test_a_picture_is_frozen_only_where_both_moments_and_the_last_entry_are_said(missing: str | None) -> None:
    found = frozen_of(decision(**{name: value for name, value in PICTURE.items() if name != missing}))
    assert found == (None if missing else Frozen(at_hour(5, 9), at_hour(5, 10), 7))


@pytest.mark.parametrize(
    "other", [(("a", "x"), 5, 9, 5, 10, "had"), (("a", "b"), 5, 8, 5, 10, "had"), (("a", "b"), 5, 9, 5, 11, "had"),
              (("a", "b"), 5, 9, 5, 10, "said")],
)  # fmt: skip
def test_a_digest_changes_with_every_entry_and_moment_and_not_with_the_order_of_entries(store: Store, other: Any) -> None:  # noqa: ANN401
    for name in "abx":
        report(store, name, "remark", {"text": name}, day=4)

    def digest(names: Any, day: int, hour: int, known_day: int, known: int, knowledge: Any) -> str:  # noqa: ANN401
        entries = [store.entry(name) for name in names]
        return picture_digest(entries, at_hour(day, hour), at_hour(known_day, known), knowledge)

    first = digest("ab", 5, 9, 5, 10, "had")
    assert first == digest("ba", 5, 9, 5, 10, "had")
    assert first != digest(*other)


def test_versions_of_a_decision_are_the_decisions_that_it_corrects_as_far_as_they_are_known(store: Store) -> None:
    report(store, "a", "decision", {"by": "Police", "what": "Wait"}, day=5, hour=10)
    report(store, "slip", "remark", {"text": "Police decided to wait"}, day=5, hour=10)
    report(store, "b", "decision", {"by": "Police", "what": "Wait", "why": "calm"}, day=5, hour=11, corrects=["a", "slip"])
    report(store, "c", "decision", {"by": "Police", "what": "Wait on", "why": "calm"}, day=5, hour=12, corrects=["b"])
    known = {name: store.entry(name) for name in ("a", "b", "c", "slip")}
    assert versions_of(known["c"], known) == ("a", "b", "c")
    assert versions_of(known["c"], {name: known[name] for name in "bc"}) == ("b", "c"), "who may not see the first"
    assert versions_of(known["a"], known) == ("a",)
