"""Parties, terms, promises, requests, contacts and common ground of small records, worked out by hand."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from clearway.record.kinds import BODY
from clearway.record.moments import moment_of
from picture.test_view import PAPER, at_hour, report, store
from rounds import rounds
from talk_rooms import COUNCIL, QUAY, UNION, count, ids, talks

if TYPE_CHECKING:
    from clearway.planning.talks.contract import Commitment, CommonGroundRow, RequestOf, TermOf
    from clearway.record.store import Store

__all__ = ["store"]  # a fixture

TERM = {"by": "Mayor", "before": "the mayor meets them", "what": "At most 20 cars", "counted": "vehicles", "at_most": 20}
PROMISE = {"by": "Dock union", "to": "Police", "what": "Cars leave the quay", "counted": "vehicles", "at_most": 20}
HILL: dict[str, Any] = {"places": [{"type": "named", "name": "The hill"}]}


def the_term(store: Store, day: int, hour: int = 23) -> TermOf:
    (found,) = talks(store, day, hour).terms
    return found


def the_promise(store: Store, day: int, hour: int = 23) -> Commitment:
    (found,) = talks(store, day, hour).commitments
    return found


def request(store: Store, number: int, day: int, hour: int = 23) -> RequestOf:
    return talks(store, day, hour).requests[number]


# -- terms -----------------------------------------------------------------------------------------------------------


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


# -- promises --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after", "state"),
    [
        ((5, 20), None, "kept"),
        ((20, 21), None, "cannot_say"),
        ((21, 40), None, "broken"),
        ((21, 40), (25, 30), "broken"),
        ((21, 40), (0, 10), "cannot_say"),
        ((5, 20), (50, 60), "kept"),
        (None, (25, 30), "broken"),
        (None, (0, 10), "cannot_say"),
        (None, None, "cannot_say"),
    ],
)
def test_a_promise_is_kept_only_if_all_of_the_range_meets_it_and_broken_only_if_none_does(
    store: Store, before: tuple[float, float] | None, after: tuple[float, float] | None, state: str
) -> None:
    report(store, "p", "promise", PROMISE | {"due": at_hour(6, 14).isoformat()}, day=5, **QUAY)
    if before:
        count(store, "a", *before, day=6, hour=13)
    if after:
        count(store, "b", *after, day=6, hour=16)
    assert the_promise(store, 6, 14).state == "open"
    assert the_promise(store, 6, 20).state == state


def test_random_histories_of_figures_give_what_the_rule_says(store: Store) -> None:
    report(store, "p", "promise", PROMISE | {"due": at_hour(6, 14).isoformat()}, day=5, **QUAY)
    for number, chance in enumerate(rounds(6)):
        low = chance.randint(0, 40)
        high = low + chance.choice([0, 5, 30])
        count(store, f"n{number}", low, high, day=6, hour=2 + number)
        wanted = "kept" if high <= 20 else "broken" if low > 20 else "cannot_say"
        assert the_promise(store, 6, 20).state == wanted


def test_a_figure_at_the_very_time_of_a_promise_is_of_before_and_counts_once(store: Store) -> None:
    report(store, "p", "promise", PROMISE | {"due": at_hour(6, 12).isoformat()}, day=5, **QUAY)
    count(store, "a", 50, 60, day=6, hour=12)
    found = the_promise(store, 6, 13)
    assert (found.state, ids(found.evidence)) == ("broken", ["a"])


def test_a_deadline_that_passes_asks_for_an_outcome_and_a_word_against_the_figures_is_contested(store: Store) -> None:
    due = {"due": at_hour(6, 14).isoformat()}
    report(store, "p", "promise", {"by": "Police", "what": "Toilets are brought"} | due, day=5)
    assert (the_promise(store, 6, 14).state, the_promise(store, 6, 15).state) == ("open", "outcome_due")
    (alarm,) = talks(store, 6, 15).alarms
    assert (alarm.office, alarm.since) == ("Police", at_hour(6, 14))
    report(store, "q", "promise", {"by": "Police", "what": "Toilets are brought", "outcome": "kept"} | due, day=6, hour=16)
    assert the_promise(store, 6, 17).state == "kept"
    assert talks(store, 6, 17).alarms == []


def test_an_outcome_that_the_figures_contradict_is_contested(store: Store) -> None:
    due = {"due": at_hour(6, 14).isoformat()}
    count(store, "a", 30, 40, day=6, hour=13)
    report(store, "p", "promise", PROMISE | due | {"outcome": "kept"}, day=6, hour=15, **QUAY)
    assert the_promise(store, 6, 16).state == "contested"


def test_a_promise_without_a_place_is_held_against_the_only_place_that_was_counted(store: Store) -> None:
    report(store, "p", "promise", PROMISE | {"due": at_hour(6, 14).isoformat()}, day=5)
    report(store, "part", "count", {"what": "vehicles", "amount": {"low": 99}, "group": "of the police"}, day=6, **HILL)
    report(store, "tents", "count", {"what": "tents", "amount": {"low": 99}}, day=6, **HILL)
    count(store, "a", 5, 5, day=6, hour=13)
    assert (the_promise(store, 6).state, ids(the_promise(store, 6).evidence)) == ("kept", ["a"])
    count(store, "b", 50, 50, day=6, hour=13, **HILL)
    found = the_promise(store, 6)
    assert (found.state, found.evidence) == ("cannot_say", [])
    assert found.why == (
        "Vehicles, at most 20 by Sun 13 Feb 2022 14:00: they were counted at 2 places. Correct the promise: name its place."
    )


@pytest.mark.parametrize(
    ("figures", "state", "why"),
    [
        ([(5, 5, 13)], "kept", "yes, by the last figures before"),
        ([(30, 30, 15)], "broken", "no, by the figures next to it"),
        ([(20, 21, 13)], "cannot_say", "the figures next to it leave it open"),
        ([], "cannot_say", "nobody counted within a day of it. Enter what came of it"),
    ],
)
def test_why_a_promise_stands_so_is_said_in_words(
    store: Store, figures: list[tuple[float, float, int]], state: str, why: str
) -> None:
    report(store, "p", "promise", PROMISE | {"due": at_hour(6, 14).isoformat()}, day=5, **QUAY)
    for number, (low, high, hour) in enumerate(figures):
        count(store, f"n{number}", low, high, day=6, hour=hour)
    found = the_promise(store, 6)
    assert (found.state, found.why) == (state, f"Vehicles, at most 20 by Sun 13 Feb 2022 14:00: {why}.")
    assert (found.by, found.to, found.due) == ("Dock union", "Police", at_hour(6, 14))


def test_a_promise_of_a_place_is_not_shown_by_another(store: Store) -> None:
    report(store, "p", "promise", PROMISE | {"due": at_hour(6, 14).isoformat()}, day=5, **QUAY)
    count(store, "a", 5, 5, day=6, hour=13, **HILL)
    assert (the_promise(store, 6).state, the_promise(store, 6).evidence) == ("cannot_say", [])
    count(store, "b", 50, 50, day=6, hour=13)
    assert (the_promise(store, 6).state, ids(the_promise(store, 6).evidence)) == ("broken", ["b"])


@pytest.mark.parametrize(("hours", "counts"), [(-24, True), (-25, False), (24, True), (25, False)])
def test_figures_a_day_from_the_time_of_a_promise_show_whether_it_was_kept_and_later_ones_do_not(
    store: Store, hours: int, *, counts: bool
) -> None:
    report(store, "p", "promise", PROMISE | {"due": at_hour(6, 14).isoformat()}, day=4, **QUAY)
    count(store, "n", 50, 50, day=6, hour=14 + hours)
    assert the_promise(store, 8).state == ("broken" if counts else "cannot_say")


@pytest.mark.parametrize(
    ("outcome", "state", "why"),
    [
        ("open", "open", "No time was said by which it is due."),
        ("kept", "kept", "The latest word: kept."),
        ("not_kept", "broken", "The latest word: not kept."),
        ("overtaken", "overtaken", "Something else took its place."),
    ],
)
def test_a_promise_without_a_time_stands_as_its_latest_word_says(store: Store, outcome: str, state: str, why: str) -> None:
    report(store, "p", "promise", {"by": "Police", "what": "Tea", "outcome": outcome}, day=5)
    report(store, "e", "evidence", {"by": "Port", "shows": "no tea"}, day=6, disputes=["p"])
    report(store, "x", "evidence", {"by": "Port", "shows": "tea"}, day=6)
    found = the_promise(store, 7)
    assert (found.state, found.why, found.to, ids(found.evidence)) == (state, why, None, ["e"])


def test_promises_stand_by_when_they_are_due_and_those_without_a_time_last(store: Store) -> None:
    for name, due in (("c", 9), ("a", None), ("b", 7)):
        told = {"due": at_hour(due, 1).isoformat()} if due else {}
        report(store, name, "promise", {"by": "Police", "what": name} | told, day=5)
    assert [one.what for one in talks(store, 6).commitments] == ["b", "c", "a"]
    assert talks(store, 6).commitments[0].why == "Due by Mon 14 Feb 2022 01:00."
    assert talks(store, 8).commitments[0].why == "Its time has passed. Enter what came of it."


def test_the_bounds_of_a_promise_are_in_order() -> None:
    with pytest.raises(ValueError, match="'at_most' is below its 'at_least'"):
        BODY.validate_python({"kind": "promise", "by": "P", "what": "w", "counted": "cars", "at_most": 5, "at_least": 6})


# -- requests --------------------------------------------------------------------------------------------------------


def test_a_request_waits_until_it_is_answered_and_waits_anew_when_it_is_made_again(store: Store) -> None:
    ask = {"asked_by": "Dock union", "asked_of": "Harbour council"}
    report(store, "a", "meeting_request", ask, day=5, source=UNION)
    found = request(store, 0, 6, 12)
    assert (found.state, found.age_s, found.owed_by, found.answer) == ("unanswered", 86_400, "Harbour council", None)
    report(
        store, "b", "meeting_request", {"asked_by": "the dock  union", "asked_of": "Harbor council", "answer": "refused"}, day=7
    )
    found = request(store, 0, 7)
    assert found.answer is not None
    assert (found.state, found.answer.id, found.line.id) == ("refused", "b", "a")
    report(store, "c", "meeting_request", ask, day=8, source=UNION)
    found = request(store, 0, 8, 13)
    assert (found.state, found.line.id, found.age_s) == ("unanswered", "c", 3600)


def test_what_others_answered_and_what_was_said_since_stands_beside_a_request(store: Store) -> None:
    report(store, "a", "meeting_request", {"asked_by": "Dock union", "asked_of": "Harbour council"}, day=5, source=UNION)
    report(store, "b", "meeting_request", {"asked_by": "Dock union", "asked_of": "Mayor", "answer": "accepted"}, day=6)
    report(store, "s", "statement", {"summary": "There is nothing to talk about."}, day=6, hour=13, source=COUNCIL)
    report(store, "x", "statement", {"summary": "The water is clean."}, day=6, hour=14, source=COUNCIL)
    report(store, "c", "condition", {"by": "Clerk", "before": "we meet them", "what": "The noise ends"}, day=6, hour=15)
    assert ids(request(store, 0, 7).elsewhere) == ["b", "s", "c"]


def test_an_offer_to_mediate_waits_and_nobody_is_named_who_was_not_said_to_owe_the_answer(store: Store) -> None:
    both = {"what": "mediation", "summary": "A judge would mediate", "to": "unions and the council"}
    report(store, "o", "offer", both, day=5, source=UNION)
    report(store, "p", "offer", {"what": "parking", "summary": "A field", "by": "Police", "to": "drivers"}, day=5)
    (found,) = talks(store, 6).requests
    assert (found.state, found.owed_by) == ("unanswered", None)
    report(store, "q", "offer", both | {"answer": "accepted", "owed_by": "Harbour council"}, day=6, source=COUNCIL)
    (found,) = talks(store, 6).requests
    assert (found.state, found.owed_by) == ("accepted", "Harbour council")


def test_an_offer_of_one_to_one_is_owed_by_that_one(store: Store) -> None:
    offer = {"what": "dialogue", "summary": "Talks at noon", "by": "Mayor", "to": "Dock union"}
    report(store, "o", "offer", offer, day=5)
    assert request(store, 0, 5).owed_by == "Dock union"


def test_a_request_that_was_answered_twice_has_its_latest_answer_and_its_first_age(store: Store) -> None:
    ask = {"asked_by": "Dock union", "asked_of": "Harbour council"}
    for day, answer in ((5, None), (6, "refused"), (7, "accepted")):
        report(store, f"r{day}", "meeting_request", ask | ({"answer": answer} if answer else {}), day=day)
    found = request(store, 0, 7, 12)
    assert (found.state, found.line.id, found.age_s) == ("accepted", "r5", 2 * 86_400)


def test_requests_to_ease_are_told_apart_by_who_asks_which_scheme_and_for_what(store: Store) -> None:
    ask = {"asked_by": "Choirs", "scheme": "Alert levels", "what": "singing indoors"}
    for name, other in (
        ("a", {}), ("same", {"scheme": "alert Levels", "what": "Singing, indoors"}), ("b", {"asked_by": "Bands"}),
        ("c", {"scheme": "Curfews"}), ("d", {"what": "dancing"}),
    ):  # fmt: skip
        report(store, name, "easing_request", ask | other, day=5, hour=12 + (name == "same"))
    assert sorted(one.line.id for one in talks(store, 6).requests) == ["a", "b", "c", "d"]


def test_resources_are_told_apart_by_what_is_asked_and_of_whom(store: Store) -> None:
    ask = {"what": "tow trucks", "asked_of": "Army"}
    for name, other in (("a", {}), ("same", {"what": "trucks to tow"}), ("b", {"what": "tents"}), ("c", {"asked_of": "Navy"})):
        report(store, name, "resource_request", ask | other, day=5, hour=12 + (name == "same"))
    assert sorted(one.line.id for one in talks(store, 6).requests) == ["a", "b", "c"]


def test_an_offer_of_nobody_who_was_named_is_like_no_other(store: Store) -> None:
    talk = {"what": "mediation", "summary": "A judge would mediate"}
    report(store, "a", "offer", talk | {"by": "Elders"}, day=5)
    report(store, "b", "offer", talk | {"answer": "accepted"}, day=6)
    report(store, "c", "offer", talk | {"by": "elders", "what": "dialogue", "answer": "refused"}, day=6, hour=13)
    found = {one.line.id: (one.by, ids(one.elsewhere)) for one in talks(store, 7).requests}
    assert found == {"a": ("Elders", ["c"]), "b": (None, []), "c": ("Elders", [])}


def test_only_what_bears_on_a_request_stands_beside_it(store: Store) -> None:
    report(store, "early", "condition", {"by": "Clerk", "before": "we meet them", "what": "The noise ends"}, day=4)
    report(store, "m", "meeting_request", {"asked_by": "Dock union", "asked_of": "Harbour council"}, day=5, source=UNION)
    report(store, "t", "resource_request", {"what": "tow trucks", "asked_of": "Army", "asked_by": "Police"}, day=5)
    report(store, "u", "resource_request", {"what": "cranes", "asked_of": "Navy", "asked_by": "Dock union"}, day=5)
    report(
        store,
        "no",
        "resource_request",
        {"what": "tow trucks", "asked_of": "Navy", "asked_by": "Police", "answer": "refused"},
        6,
    )
    report(store, "term", "condition", {"by": "Army", "before": "tow trucks are sent", "what": "A law allows it"}, day=6)
    report(store, "others", "statement", {"summary": "There is nothing to talk about."}, day=6, source=UNION)
    report(store, "theirs", "statement", {"summary": "Of trucks to tow we have none."}, 6, 13, source={"organisation": "Army"})
    found = {one.line.id: ids(one.elsewhere) for one in talks(store, 7).requests}
    assert found == {"m": [], "t": ["no", "theirs"], "u": [], "no": []}


def test_a_request_that_was_needed_by_now_is_late_and_whose(store: Store) -> None:
    need = {"what": "tow trucks", "asked_of": "Army", "asked_by": "Police", "needed_by": at_hour(6, 8).isoformat()}
    report(store, "r", "resource_request", need, day=5)
    assert not request(store, 0, 6, 8).is_overdue
    assert request(store, 0, 6, 9).is_overdue
    assert [(one.office, one.entry) for one in talks(store, 6, 9).alarms] == [("Army", "r")]


# -- parties ---------------------------------------------------------------------------------------------------------


def test_a_name_that_is_spelled_two_ways_is_one_party(store: Store) -> None:
    for number, name in enumerate(
        ["Free Quay Coalition", "the free quay coalition", "Free Quay Coaliton", "FreeQuay Coalition"]
    ):
        report(store, f"d{number}", "demand", {"by": name, "what": "Open the quay"}, day=5, hour=12 + number, source=UNION)
    report(store, "e", "demand", {"by": "Free Bay Coalition", "what": "Open the bay"}, day=5, hour=20, source=UNION)
    found = {party.name: party for party in talks(store, 5).parties}
    assert set(found) == {"Free Quay Coalition", "Free Bay Coalition"}
    assert found["Free Quay Coalition"].spellings == ["the free quay coalition", "Free Quay Coaliton", "FreeQuay Coalition"]
    assert ids(found["Free Quay Coalition"].demands) == ["d0", "d1", "d2", "d3"]


def test_a_party_is_called_as_it_was_entered_and_says_whose_claim_its_numbers_are(store: Store) -> None:
    report(store, "d", "demand", {"by": "FQC", "what": "Open the quay"}, day=5, source=UNION)
    body = {
        "name": "Free Quay",
        "also": ["FQC"],
        "spokesperson": "secretary",
        "speaks_for": {"low": 300},
        "claimed_by": "Radio",
    }
    report(store, "p", "party", body, day=5, hour=13)
    (party,) = talks(store, 5).parties
    assert (party.name, party.is_assumed, ids(party.demands)) == ("Free Quay", False, ["d"])
    assert (party.spokesperson, party.speaks_for, party.claimed_by) == ("secretary", "at least 300", "Radio")


def test_a_group_that_splits_off_is_a_party_of_its_own_and_what_was_promised_before_stays_with_the_other(store: Store) -> None:
    report(store, "p", "promise", {"by": "Dock union", "what": "Cars leave"}, day=5, source=UNION)
    report(store, "r", "relation", {"of": "Free Quay", "to": "Dock Union", "relation": "split_from"}, day=6)
    report(store, "d", "demand", {"by": "Free Quay", "what": "Talks"}, day=6, hour=13, source=PAPER)
    found = {party.name: party for party in talks(store, 6).parties}
    split_from = found["Free Quay"].split_from
    assert split_from is not None
    assert found[split_from].split_off == ["Free Quay"]
    assert the_promise(store, 6).by == split_from
    assert ids(found[split_from].demands) == []


def test_the_latest_stance_counts_once_and_those_before_stay_readable(store: Store) -> None:
    for hour, stance in ((12, "for"), (13, "against"), (14, "neutral")):
        said = {"summary": f"On the plan: {stance}", "topic": "roads", "stance": stance}
        report(store, f"s{hour}", "statement", said, day=5, hour=hour, source=UNION)
    report(store, "d", "demand", {"by": "Dock union", "what": "Open the roads"}, day=5, source=UNION)
    (party,) = talks(store, 5).parties
    ((topic, stance, latest, before),) = ((one.topic, one.stance, one.latest.id, ids(one.before)) for one in party.stances)
    assert (topic, stance, latest, before) == ("roads", "neutral", "s14", ["s13", "s12"])


def test_how_groups_stand_to_one_another_is_listed_with_both_and_no_third(store: Store) -> None:
    for name in ("Campers", "Dock union", "Elders"):
        report(store, name[0], "party", {"name": name}, day=5)
    report(store, "x", "relation", {"of": "Campers", "to": "Dock union", "relation": "allied_with"}, day=5)
    report(store, "y", "relation", {"of": "Elders", "to": "Dock union", "relation": "apart_from"}, day=5, hour=13)
    found = {one.name: ids(one.relations) for one in talks(store, 5).parties}
    assert found == {"Campers": ["x"], "Dock union": ["x", "y"], "Elders": ["y"]}


def test_what_is_cited_says_whose_it_is_how_good_and_how_old(store: Store) -> None:
    report(store, "d", "demand", {"by": "Dock union", "what": "Open the roads"}, day=5, hour=12, source=UNION)
    for hour, age_s in ((12, 0.0), (13, 3600.0), (23, 39_600.0)):
        ((line,),) = (one.demands for one in talks(store, 5, hour).parties)
        assert (line.says, line.speaker, line.grade) == ("Dock union demand: Open the roads", "secretary, Dock union", "C3")
        assert (line.happened, line.age_s) == (at_hour(5, 12), age_s)


def test_a_topic_and_a_stance_together_are_a_stance(store: Store) -> None:
    for number, more in enumerate(({"topic": "roads"}, {"stance": "for"}, {})):
        report(store, f"s{number}", "statement", {"summary": "Something"} | more, day=5, source=UNION)
    (party,) = talks(store, 5).parties
    assert party.stances == []


# -- common ground ---------------------------------------------------------------------------------------------------


def row(store: Store, subject: str) -> CommonGroundRow:
    return next(one for one in talks(store, 9).common_ground if one.subject == subject)


def pairs(found: list[Any]) -> set[tuple[str, str]]:
    return {(one.first, one.second) for one in found}


def test_two_agree_only_where_both_ask_for_the_same_and_a_refusal_is_in_the_way(store: Store) -> None:
    report(store, "a", "demand", {"by": "Mayor", "what": "Move the cars"}, day=5)
    report(store, "b", "condition", {"by": "Port", "before": "a meeting", "what": "No car is parked there"}, day=5)
    report(store, "c", "demand", {"by": "Dock union", "what": "The cars stay"}, day=5, source=UNION)
    report(store, "d", "statement", {"summary": "Cars!", "topic": "vehicles", "stance": "for"}, day=5, source=PAPER)
    found = row(store, "vehicles")
    assert pairs(found.agree) == {("Mayor", "Port")}
    assert pairs(found.block) == {("Mayor", "Dock union"), ("Port", "Dock union")}
    assert {cell.party: cell.position for cell in found.cells}["a reporter"] == "for"


def test_the_latest_demand_of_a_party_counts_in_the_table(store: Store) -> None:
    report(store, "a", "demand", {"by": "Mayor", "what": "Move the cars"}, day=5)
    report(store, "b", "demand", {"by": "Dock union", "what": "The cars stay"}, day=5, source=UNION)
    report(store, "c", "demand", {"by": "Dock union", "what": "Move the cars to the field"}, day=6, source=UNION)
    found = row(store, "vehicles")
    assert (pairs(found.agree), found.block) == ({("Dock union", "Mayor")}, [])
    assert {cell.party: ids(cell.lines) for cell in found.cells}["Dock union"] == ["c", "b"]


def test_a_term_of_a_deadlock_is_in_the_way_of_who_waits_for_it(store: Store) -> None:
    report(store, "a", "condition", {"by": "Mayor", "before": "the mayor meets them", "what": "Cars are moved"}, day=5)
    report(store, "b", "demand", {"by": "Dock union", "what": "Meet us", "before": "cars are moved"}, day=5, source=UNION)
    assert pairs(row(store, "talks").block) == {("Dock union", "Mayor")}
    assert pairs(row(store, "vehicles").block) == {("Mayor", "Dock union")}


def test_one_stance_alone_is_no_row_and_two_are(store: Store) -> None:
    report(store, "a", "statement", {"summary": "Good.", "topic": "roads", "stance": "for"}, day=5, source=UNION)
    assert talks(store, 9).common_ground == []
    report(store, "b", "statement", {"summary": "Cars are bad.", "topic": "roads", "stance": "against"}, day=5, source=COUNCIL)
    found = row(store, "roads")
    assert [(cell.party, cell.position) for cell in found.cells] == [("Dock union", "for"), ("Harbour council", "against")]
    assert (found.title, found.agree, found.block) == ("Roads", [], [])
    report(store, "c", "offer", {"what": "bird_song", "summary": "A choir of birds", "by": "Elders"}, day=5)
    assert (row(store, "bird_song").title, [one.subject for one in talks(store, 9).common_ground]) == (
        "Bird song", ["roads", "bird_song"],
    )  # fmt: skip


def test_a_refusal_alone_is_a_row(store: Store) -> None:
    report(store, "a", "demand", {"by": "Dock union", "what": "The cars stay"}, day=5, source=UNION)
    assert [(cell.party, cell.position) for cell in row(store, "vehicles").cells] == [("Dock union", "refuses")]
    report(store, "b", "statement", {"summary": "Cars!", "topic": "vehicles", "stance": "for"}, day=6, source=UNION)
    assert [cell.position for cell in row(store, "vehicles").cells] == ["refuses"]


def test_a_stance_without_a_topic_is_about_what_its_words_name_and_a_papers_own_is_no_partys(store: Store) -> None:
    report(store, "a", "statement", {"summary": "The cars are fine.", "stance": "for"}, day=5, source=UNION)
    report(store, "b", "statement", {"summary": "The cars are awful.", "stance": "against"}, day=5, source=PAPER)
    report(store, "c", "statement", {"summary": "The cars are loud.", "stance": "neutral"}, day=5, source=COUNCIL)
    report(store, "d", "statement", {"summary": "The cars are there."}, day=5, source={"office": "Warden"})
    own = PAPER | {"publisher": "a newspaper", "office": "an editor"}
    report(store, "e", "statement", {"summary": "The cars are a joy.", "stance": "for"}, day=6, source=own)
    found = {cell.party: cell.position for cell in row(store, "vehicles").cells}
    assert found == {"Dock union": "for", "a reporter": "against", "Harbour council": "neutral"}


def test_what_a_party_would_have_done_counts_before_its_later_stance(store: Store) -> None:
    report(store, "a", "demand", {"by": "Dock union", "what": "Move the cars"}, day=5, source=UNION)
    report(store, "b", "statement", {"summary": "Cars!", "topic": "vehicles", "stance": "against"}, day=6, source=UNION)
    (cell,) = row(store, "vehicles").cells
    assert (cell.party, cell.position, ids(cell.lines)) == ("Dock union", "wants", ["b", "a"])


@pytest.mark.parametrize(
    ("answer", "agreed", "blocked"), [("accepted", True, False), ("refused", False, True), (None, False, False)]
)
def test_an_answer_to_a_request_or_an_offer_is_the_position_of_who_owed_it(
    store: Store, answer: str | None, *, agreed: bool, blocked: bool
) -> None:
    more = {"answer": answer} if answer else {}
    report(store, "m", "meeting_request", {"asked_by": "Elders", "asked_of": "Mayor"} | more, day=5)
    report(
        store,
        "o",
        "offer",
        {"what": "water", "summary": "Water", "by": "Port", "to": "Campers", "answer": "none_yet"} | more,
        5,
    )
    for subject, both in (("talks", ("Elders", "Mayor")), ("supplies", ("Campers", "Port"))):
        found = row(store, subject)
        assert pairs(found.agree) == ({both} if agreed else set())
        assert {tuple(sorted(one)) for one in pairs(found.block)} == ({both} if blocked else set())
    assert [one.why for one in row(store, "talks").block] == ["Mayor refuses"] * blocked


# -- contacts --------------------------------------------------------------------------------------------------------

MIDNIGHT = moment_of("2022-02-13T00:00+13:00")  # the end of day 5


def test_a_contact_with_an_outside_authority_without_minutes_by_midnight_is_an_alarm_by_office(store: Store) -> None:
    report(store, "c", "contact", {"who": ["Talks officer", "Mayor of the port"], "by": "Talks officer"}, day=5)
    report(store, "g", "contact", {"who": ["Police", "dock workers' groups"]}, day=5)
    assert talks(store, 5, 23).alarms == []
    (alarm,) = talks(store, 6, 0).alarms
    assert (alarm.office, alarm.entry, alarm.since) == ("Talks officer", "c", MIDNIGHT)
    report(store, "m", "minutes", {"of": "c", "by": "Talks officer", "agreed": ["to meet again"]}, day=6, hour=1)
    assert talks(store, 6, 2).alarms == []
    assert talks(store, 6, 2).contacts[1].minutes is not None


@pytest.mark.parametrize(
    ("body", "is_outside"),
    [
        ({"who": ["Police Commissioner", "Prime Minister"]}, True),
        ({"who": ["Duty officer", "Ministry of Health"]}, True),
        ({"who": ["Police", "leaders of the protest"]}, False),
        ({"who": ["Police", "leaders of the protest"], "with_authority": True}, True),
        ({"who": ["Police Commissioner", "Prime Minister"], "with_authority": False}, False),
        ({"who": ["Police", "Iwi council"], "by": "police"}, True),
        ({"who": ["Police", "Dock union"], "by": "police"}, False),
        ({"who": ["Police", "Harbour desk"], "by": "police"}, False),
        ({"who": ["Mayor", "Dock union"], "by": "Talks officer"}, True),
        ({"who": ["Mayor", "Police", "Dock union"]}, True),  # two: one of them is not ours
        ({"who": ["Mayor"]}, True),
        ({"who": ["Dock union", "Elders"]}, False),
    ],
)
def test_who_is_an_outside_authority(store: Store, body: dict[str, Any], is_outside: bool) -> None:  # noqa: FBT001 - a case
    report(store, "c", "contact", body, day=5)
    (contact,) = talks(store, 5).contacts
    assert contact.with_authority is is_outside
    assert contact.is_assumed is ("with_authority" not in body)
    assert bool(talks(store, 6).alarms) is is_outside


def test_a_party_that_was_entered_as_an_authority_is_one(store: Store) -> None:
    report(store, "c", "contact", {"who": ["Talks officer", "Elders"]}, day=5)
    assert talks(store, 6).alarms == []
    report(store, "p", "party", {"name": "Elders", "sort": "authority"}, day=5)
    assert [one.office for one in talks(store, 6).alarms] == ["Talks officer"]


def test_when_to_speak_again_is_late_until_the_same_two_have_spoken(store: Store) -> None:
    due = {"next_due": at_hour(6, 9).isoformat(), "next_by": "Talks officer"}
    report(store, "c", "contact", {"who": ["Police", "Dock union"]} | due, day=5)
    report(store, "x", "contact", {"who": ["Police", "Campers"]}, day=6, hour=8)
    assert talks(store, 6, 9).alarms == []
    assert [(one.office, one.entry) for one in talks(store, 6, 10).alarms] == [("Talks officer", "c")]
    report(store, "d", "contact", {"who": ["Dock union", "police"]}, day=6, hour=11)
    assert talks(store, 6, 12).alarms == []


# -- names -----------------------------------------------------------------------------------------------------------


def test_no_answer_holds_the_name_of_a_person(store: Store) -> None:
    named = {"office": "a camper", "organisation": "Campers", "name": "Quinn Canary"}
    report(
        store,
        "s",
        "statement",
        {"summary": "Quinn  Canary of the camp said: no car moves until you talk."},
        day=5,
        source=named,
    )
    report(store, "d", "demand", {"by": "Campers", "what": "Hear quinn canary", "before": "cars move"}, day=5, source=named)
    report(store, "k", "contact", {"who": ["Quinn Canary", "Police"], "outcome": "Ms. Canary agreed"}, day=5, source=named)
    text = talks(store, 5).model_dump_json()
    assert "canary" not in text.casefold()
    assert "a person agreed" in text


# -- side by side ----------------------------------------------------------------------------------------------------


def test_what_a_group_says_of_a_figure_stands_beside_what_others_counted_that_day_and_place(store: Store) -> None:
    report(store, "s", "statement", {"summary": "Many vehicles were moved."}, day=5, hour=18, source=UNION, **QUAY)
    report(store, "l", "flow", {"what": "vehicles", "direction": "left", "amount": {"low": 12, "high": 12}}, day=5, **QUAY)
    report(store, "o", "flow", {"what": "vehicles", "direction": "left"}, day=4, **QUAY)
    report(store, "u", "flow", {"what": "vehicles", "direction": "left"}, day=5, source=UNION, **QUAY)
    (found,) = talks(store, 6).beside
    assert (found.claim.id, ids(found.others), found.refuted_by) == ("s", ["l"], [])
    report(store, "e", "evidence", {"by": "Port", "shows": "none left"}, day=6, disputes=["s"])
    assert talks(store, 6).beside[0].refuted_by == ["e"]


@pytest.mark.parametrize("what", ["vehicles", "tents", "people", "officers", "trucks", "cars"])
def test_each_figure_that_a_statement_names_as_moving_has_the_counts_of_others_beside_it(store: Store, what: str) -> None:
    report(store, "s", "statement", {"summary": f"All {what} have left."}, day=5, hour=18, source=UNION, **QUAY)
    report(store, "c", "count", {"what": what, "amount": {"low": 12, "high": 12}}, day=5, **QUAY)
    report(store, "x", "count", {"what": "children", "amount": {"low": 1, "high": 1}}, day=5, **QUAY)
    (found,) = talks(store, 6).beside
    assert ids(found.others) == ["c"]


@pytest.mark.parametrize(
    ("said", "beside"),
    [
        ({"summary": "All cars stand there."}, False),  # nothing moves
        ({"summary": "All boats have left."}, False),  # nothing that is counted
        ({"summary": "Cars have left."}, True),
        ({"summary": "Scars have left."}, False),
    ],
)
def test_a_statement_that_names_no_figure_or_no_movement_stands_alone(
    store: Store, said: dict[str, str], *, beside: bool
) -> None:
    report(store, "s", "statement", said, day=5, hour=18, source=UNION, **QUAY)
    report(store, "c", "count", {"what": "cars", "amount": {"low": 12, "high": 12}}, day=5, **QUAY)
    report(store, "o", "statement", said, day=5, hour=18, source=COUNCIL, **QUAY)
    assert [one.claim.id for one in talks(store, 6).beside] == ["s"] * beside, "an authority is no group"


def test_figures_of_another_place_or_day_stand_beside_nothing_and_those_of_no_place_do(store: Store) -> None:
    report(store, "s", "statement", {"summary": "Cars have left."}, day=5, hour=18, source=UNION, **QUAY)
    cars = {"what": "cars", "amount": {"low": 12, "high": 12}}
    report(store, "nowhere", "count", cars, day=5)
    report(store, "there", "count", cars, day=5, places=[{"type": "named", "name": "The hill"}])
    report(store, "before", "count", cars, day=4, hour=23, **QUAY)
    report(store, "after", "count", cars, day=6, hour=0, **QUAY)
    report(store, "dawn", "count", cars, day=5, hour=0, **QUAY)
    report(store, "night", "count", cars, day=5, hour=23, **QUAY)
    (found,) = talks(store, 7).beside
    assert sorted(ids(found.others)) == ["dawn", "night", "nowhere"]


@pytest.mark.parametrize(
    ("counted", "near"),
    [((3, 4), False), ((4, 5), True), ((5, 5), True), ((6, 6), True), ((4, 8), True), ((7, 8), True), ((8, 9), False)],
)
def test_a_figure_stands_beside_a_statement_if_any_of_its_days_is_one_of_those_of_the_statement(
    store: Store, counted: tuple[int, int], *, near: bool
) -> None:
    def of(first: int, last: int) -> dict[str, Any]:
        return QUAY | {"happened": {"start": at_hour(first, 9).isoformat(), "end": at_hour(last, 15).isoformat()}}

    report(store, "s", "statement", {"summary": "Cars have left."}, day=10, source=UNION, **of(5, 7))
    report(store, "c", "flow", {"what": "cars", "direction": "left"}, day=10, **of(*counted))
    assert [ids(one.others) for one in talks(store, 11).beside] == [["c"]] * near


def test_what_ends_at_midnight_is_of_the_day_before(store: Store) -> None:
    span = {"happened": {"start": at_hour(5, 22).isoformat(), "end": at_hour(6, 0).isoformat()}}
    left = {"what": "cars", "direction": "left"}
    report(store, "late", "flow", left, day=6, hour=0, **QUAY, **span)
    report(store, "s", "statement", {"summary": "Cars have left."}, day=6, hour=18, source=UNION, **QUAY)
    assert talks(store, 7).beside == []
    report(store, "before", "statement", {"summary": "Cars have left."}, day=5, hour=18, source=UNION, **QUAY)
    assert [(one.claim.id, ids(one.others)) for one in talks(store, 7).beside] == [("before", ["late"])]


def test_a_letter_of_several_groups_is_a_document_and_a_count_of_groups_without_a_name_is_none(store: Store) -> None:
    for entry_id, body in (
        ("letter", {"what": "groups", "amount": {"low": 7, "high": 7}, "group": "that signed the letter"}),
        ("bare", {"what": "groups", "amount": {"low": 7, "high": 7}}),
        ("cars", {"what": "cars", "amount": {"low": 7, "high": 7}, "group": "that left"}),
    ):
        report(store, entry_id, "count", body, day=5)
    (found,) = talks(store, 6).documents
    assert (found.says, found.groups, ids(found.lines)) == ("7 groups that signed the letter", "7", ["letter"])


# -- who is named, what is late --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "body", "names"),
    [
        ("contact", {"who": ["Elders", "Police"]}, {"Elders", "Police"}),
        ("meeting_request", {"asked_by": "Elders", "asked_of": "Mayor"}, {"Elders", "Mayor"}),
        ("resource_request", {"what": "tents", "asked_of": "Army", "asked_by": "Police"}, {"Army", "Police"}),
        ("resource_request", {"what": "tents", "asked_of": "Army"}, {"Army"}),
        ("easing_request", {"asked_by": "Choirs", "scheme": "Levels", "what": "singing", "asked_of": "Health"},
         {"Choirs", "Health"}),
        ("demand", {"by": "Elders", "what": "peace", "of": "Mayor"}, {"Elders", "Mayor"}),
        ("condition", {"by": "Elders", "before": "we leave", "what": "peace", "of": "Mayor"}, {"Elders", "Mayor"}),
        ("promise", {"by": "Police", "to": "Elders", "what": "tea"}, {"Police", "Elders"}),
        ("advice", {"by": "Iwi", "to": "Police", "what": "wait"}, {"Iwi", "Police"}),
        ("offer", {"what": "parking", "summary": "A field", "by": "Stadium"}, {"Stadium"}),
        ("relation", {"of": "Choirs", "to": "Bands", "relation": "allied_with"}, {"Choirs", "Bands"}),
    ],
)  # fmt: skip
def test_whoever_an_entry_names_is_a_party(store: Store, kind: str, body: dict[str, Any], names: set[str]) -> None:
    report(store, "e", kind, body, day=5)
    assert {one.name for one in talks(store, 5).parties} - {"Police"} == names - {"Police"}
    if "Police" in names:
        assert "Police" in {one.name for one in talks(store, 5).parties}


def test_a_party_is_spoken_with_again_at_the_earliest_time_that_is_not_past(store: Store) -> None:
    for number, (day, hour) in enumerate(((6, 9), (8, 9), (7, 9))):
        due = {"next_due": at_hour(day, hour).isoformat()}
        report(store, f"c{number}", "contact", {"who": ["Elders", f"Office {number}"]} | due, day=5, hour=12 + number)
    found = {one.name: one for one in talks(store, 6, 12).parties}
    elders = found["Elders"]
    assert elders.last_contact is not None
    assert (elders.next_due, elders.last_contact.id) == (at_hour(7, 9), "c2")
    assert (found["Office 0"].next_due, found["Office 1"].next_due) == (None, at_hour(8, 9))


@pytest.mark.parametrize(
    ("who", "office"),
    [({"next_by": "Talks officer", "by": "Police"}, "Talks officer"), ({"by": "Police"}, "Police"), ({}, "office not said")],
)
def test_what_was_to_be_done_by_now_is_an_alarm_by_its_office_in_words(store: Store, who: dict[str, str], office: str) -> None:
    report(store, "c", "contact", {"who": ["Elders", "Choirs"], "next_due": at_hour(6, 9).isoformat()} | who, day=5)
    (alarm,) = (one for one in talks(store, 6, 10).alarms if one.what == "contact")
    assert (alarm.office, alarm.entry, alarm.since) == (office, "c", at_hour(6, 9))
    assert alarm.says.startswith("Nobody has spoken again by the time that was set: Elders with Choirs (meeting)")


@pytest.mark.parametrize(("outcome", "state"), [("open", "open"), ("kept", "kept"), ("not_kept", "broken")])
def test_a_promise_of_a_figure_without_a_time_is_held_against_no_figure(store: Store, outcome: str, state: str) -> None:
    report(store, "p", "promise", PROMISE | {"outcome": outcome}, day=5, **QUAY)
    count(store, "a", 5, 5, day=6)
    count(store, "b", 50, 50, day=6, source=UNION)
    assert (the_promise(store, 7).state, the_promise(store, 7).evidence) == (state, [])
