"""Requests of small records, and how long they wait, by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from picture.test_view import at_hour, report, store
from talk_rooms import COUNCIL, UNION, ids, talks

if TYPE_CHECKING:
    from clearway.planning.talks.contract import RequestOf
    from clearway.record.store import Store

__all__ = ["store"]  # a fixture


def request(store: Store, number: int, day: int, hour: int = 23) -> RequestOf:
    return talks(store, day, hour).requests[number]


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
