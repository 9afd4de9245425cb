"""Terms of small records, worked out by hand."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from picture.test_view import at_hour, report, store
from talk_rooms import QUAY, UNION, count, ids, talks

if TYPE_CHECKING:
    from clearway.planning.talks.contract import TermOf
    from clearway.record.store import Store

__all__ = ["store"]  # a fixture

TERM = {"by": "Mayor", "before": "the mayor meets them", "what": "At most 20 cars", "counted": "vehicles", "at_most": 20}
HILL: dict[str, Any] = {"places": [{"type": "named", "name": "The hill"}]}


def the_term(store: Store, day: int, hour: int = 23) -> TermOf:
    (found,) = talks(store, day, hour).terms
    return found


def test_a_term_is_met_since_the_first_figure_that_meets_it_was_known_and_by_whose(store: Store) -> None:
    report(store, "t", "condition", TERM, day=5, **QUAY)
    assert the_term(store, 5).state == "nobody_counts"
    count(store, "a", 30, 40, day=6)
    count(store, "b", 5, 15, day=7, known=at_hour(7, 15).isoformat())
    count(store, "c", 6, 8, day=8)
    assert (the_term(store, 6).state, the_term(store, 6).since) == ("not_met", at_hour(6, 12))
    assert the_term(store, 7, 14).state == "not_met"  # counted, and nobody knows it yet
    found = the_term(store, 8)
    assert (found.state, found.since, ids(found.figures)) == ("met", at_hour(7, 15), ["c"])


def test_a_term_stands_anew_from_when_the_figure_of_another_is_too_old(store: Store) -> None:
    report(store, "t", "condition", TERM | {"max_age_h": 24}, day=5, hour=9, **QUAY)
    count(store, "a", 30, 40, day=5, source=UNION)
    count(store, "b", 5, 10, day=6)
    assert the_term(store, 6, 12).state == "contested"
    found = the_term(store, 6, 13)
    assert (found.state, ids(found.figures)) == ("met", ["b"])
    assert found.since == at_hour(6, 12) + timedelta(microseconds=1)


def test_a_range_on_both_sides_leaves_a_term_open_and_speakers_who_differ_contest_it(store: Store) -> None:
    report(store, "t", "condition", TERM, day=5, **QUAY)
    count(store, "a", 15, 25, day=6)
    assert the_term(store, 6, 13).state == "cannot_say"
    count(store, "b", 0, 10, day=6, hour=14, source=UNION)
    assert the_term(store, 6, 15).state == "cannot_say"
    count(store, "c", 21, 30, day=6, hour=16)
    found = the_term(store, 6)
    assert (found.state, set(ids(found.figures))) == ("contested", {"b", "c"})


def test_a_figure_too_old_decides_nothing_and_a_term_without_a_figure_is_for_somebody_to_judge(store: Store) -> None:
    report(store, "t", "condition", TERM | {"max_age_h": 24}, day=5, **QUAY)
    count(store, "a", 0, 0, day=6)
    assert (the_term(store, 6).state, the_term(store, 7, 13).state) == ("met", "too_old")
    report(store, "j", "condition", {"by": "Mayor", "before": "a meeting", "what": "Nobody is threatened"}, day=6)
    assert [one.state for one in talks(store, 6).terms if one.line.id == "j"] == ["no_figure"]


def test_a_term_without_a_place_waits_for_the_only_place_that_was_counted(store: Store) -> None:
    report(store, "t", "condition", TERM, day=5)
    count(store, "a", 5, 5, day=6)
    assert (the_term(store, 6).state, the_term(store, 6).why) == (
        "met", "Vehicles, at most 20: yes, by Assistant Commissioner, Police, 11 h ago.",
    )  # fmt: skip
    count(store, "b", 5, 5, day=6, **HILL)
    found = the_term(store, 6)
    assert (found.state, found.since, found.figures) == ("cannot_say", None, [])
    assert found.why == "Vehicles were counted at 2 places. Correct the condition: name the place that it means."


def test_a_term_as_known_earlier_stands_since_what_was_known_then(store: Store) -> None:
    report(store, "t", "condition", TERM, day=5, **QUAY)
    count(store, "a", 30, 40, day=6)
    count(store, "b", 5, 5, day=7, known=at_hour(9, 9).isoformat())
    (found,) = talks(store, 8, known=(10, 9)).terms
    assert (found.state, found.since) == ("met", None), "as of then nobody knew it"
    (found,) = talks(store, 10, known=(10, 9)).terms
    assert (found.state, found.since) == ("met", at_hour(9, 9))
    (found,) = talks(store, 10, known=(8, 9)).terms
    assert (found.state, found.since) == ("not_met", at_hour(6, 12))


@pytest.mark.parametrize(
    ("ranges", "state", "why"),
    [
        ([(5, 20)], "met", "yes, by Post 0, 11 h ago"),
        ([(21, 30)], "not_met", "no, by Post 0, 11 h ago"),
        ([(15, 25)], "cannot_say", "the range lies on both sides, by Post 0, 11 h ago"),
        ([(5, 20), (21, 30)], "contested", "speakers differ, by Post 1 and Post 0, 10 h ago"),
    ],
)
def test_how_a_term_stands_is_said_in_words_with_whose_figures(
    store: Store, ranges: list[tuple[float, float]], state: str, why: str
) -> None:
    report(store, "t", "condition", TERM, day=5, **QUAY)
    for number, (low, high) in enumerate(ranges):
        count(store, f"n{number}", low, high, day=6, hour=12 + number, source={"office": f"Post {number}"})
    found = the_term(store, 6)
    assert (found.state, found.why) == (state, f"Vehicles, at most 20: {why}.")


def test_why_a_term_is_open_is_said_in_words(store: Store) -> None:
    report(store, "t", "condition", TERM | {"max_age_h": 24}, day=5, **QUAY)
    assert the_term(store, 5).why == "Nobody has counted vehicles there."
    report(store, "j", "condition", {"by": "Mayor", "before": "a song", "what": "Calm"}, day=4)
    judged = next(one for one in talks(store, 5).terms if one.line.id == "j")
    assert (judged.why, judged.since) == ("It names no figure to be held to: somebody has to judge it.", None)


def test_what_moved_of_the_figure_of_a_term_at_its_place_stands_beside_it(store: Store) -> None:
    left = {"what": "vehicles", "direction": "left"}
    report(store, "f", "flow", left, day=6, **QUAY)
    report(store, "elsewhere", "flow", left, day=6, **HILL)
    report(store, "nowhere", "flow", left, day=6)
    report(store, "tents", "flow", left | {"what": "tents"}, day=6, **QUAY)
    report(store, "t", "condition", TERM, day=5, **QUAY)
    assert ids(the_term(store, 7).moves) == ["f"]
    report(store, "u", "condition", TERM | {"before": "a song"}, day=5)
    assert [sorted(ids(one.moves)) for one in talks(store, 7).terms if one.line.id == "u"] == [["elsewhere", "f", "nowhere"]]
