"""What an after-action report counts, draws and lists as unsaid, from records written by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clearway.planning.decide.after_action import after_action
from picture.test_view import at_hour, report, store
from planning.decide.test_decide import read
from talk_rooms import QUAY, count

if TYPE_CHECKING:
    from clearway.planning.decide.after_action import AfterAction
    from clearway.record.store import Store

__all__ = ["store"]  # a fixture


def made(store: Store, day: int = 9) -> AfterAction:
    return after_action(read(store, day))


def held_words(store: Store) -> str:
    return made(store).short[1]


def test_figures_are_drawn_once_they_were_counted_twice_and_people_and_vehicles_always(store: Store) -> None:
    for what, times in (("people", 1), ("vehicles", 1), ("tents", 1), ("horses", 2)):
        for number in range(times):
            report(store, f"{what}{number}", "count", {"what": what, "amount": {"low": 5, "high": 5}}, day=5, hour=9 + number)
    assert sorted((one.what, len(one.statements)) for one in made(store).figures) == [
        ("horses", 2),
        ("people", 1),
        ("vehicles", 1),
    ]


def test_the_timeline_holds_what_happened_with_meetings_and_minutes_and_not_what_was_said_or_expected(store: Store) -> None:
    by_when = at_hour(6, 12).isoformat()
    for entry_id, kind, body in (
        ("gate", "road_state", {"state": "shut", "reason": "cars"}),
        ("met", "contact", {"who": ["Dock union"]}),
        ("wrote", "minutes", {"of": "met", "by": "Talks officer"}),
        ("said", "statement", {"summary": "Something"}),
        ("hope", "expectation", {"of": "d", "by": "Police", "what": "calm", "by_when": by_when}),
        ("may", "risk", {"risk": "Crush at the gate"}),
        ("chose", "decision", {"by": "Police", "what": "Wait"}),
    ):
        report(store, entry_id, kind, body, day=5, **QUAY)
    assert sorted(one.line.id for one in made(store).timeline) == ["chose", "gate", "met", "wrote"]


def test_how_much_of_what_was_expected_came_is_counted_in_words(store: Store) -> None:
    assert held_words(store) == "Of 0 things expected, announced, promised or forecast: none is due."
    for number, outcome in enumerate(("kept", "kept", "not_kept", "open")):
        due = {"due": at_hour(30, 1).isoformat()} if outcome == "open" else {}
        said = {"by": "Police", "what": f"Toilets, row {number}", "outcome": outcome} | due
        report(store, f"p{number}", "promise", said, day=5)
    for number, outcome in enumerate(("done", "not_done")):
        step = {"by": "Police", "what": f"Field {number} opens", "due": at_hour(6, 1).isoformat(), "outcome": outcome}
        report(store, f"a{number}", "announcement", step, day=7)
    assert held_words(store) == (
        "Of 6 things expected, announced, promised or forecast: 2 kept, 1 done, 1 missed and 1 not done."
    )


def test_decisions_that_contradict_each_other_are_counted_only_where_there_are_any(store: Store) -> None:
    report(store, "a", "decision", {"by": "Police", "what": "Open the bridge"}, day=5)
    assert len(made(store).short) == 4
    report(store, "b", "decision", {"by": "Mayor", "what": "Shut the bridge"}, day=6)
    assert made(store).short[4:] == ["1 pair of decisions contradict each other."]


def expected_unsaid(store: Store) -> list[str]:
    return [one for one in made(store).unsaid if one.startswith("What decision")]


def test_what_a_decision_was_expected_to_bring_is_unsaid_only_where_neither_it_nor_an_entry_says_so(store: Store) -> None:
    count(store, "n", 100, 110, day=5)
    report(store, "words", "decision", {"by": "Police", "what": "Tow", "expects": ["fewer vehicles"]}, day=5)
    report(store, "own", "decision", {"by": "Police", "what": "Wait"}, day=5)
    report(store, "none", "decision", {"by": "Police", "what": "Talk on"}, day=5)
    told = {"of": "own", "by": "Police", "what": "calm", "by_when": at_hour(6, 12).isoformat()}
    report(store, "e", "expectation", told, day=5)
    assert expected_unsaid(store) == ["What decision none was expected to bring."]
    filled = {"by": "Police", "what": "Wait", "why": "calm"}
    report(store, "later", "decision", filled, day=7, corrects=["own"])
    assert expected_unsaid(store) == ["What decision none was expected to bring."], "it stays of the decision, completed later"


def test_what_of_a_decision_is_not_filled_in_is_listed_by_its_entry(store: Store) -> None:
    report(store, "d", "decision", {"by": "Police", "what": "Wait", "why": "calm"}, day=5)
    (gaps,) = (one for one in made(store).unsaid if one.startswith("Not filled in of decision d: "))
    assert gaps.startswith("Not filled in of decision d: the question, the options, who was present, ")


@pytest.mark.parametrize(
    ("with_authority", "listed"), [(True, ["Minutes of the contact c, with an outside authority."]), (False, [])]
)
def test_minutes_are_missed_only_of_a_contact_with_an_outside_authority(
    store: Store,
    with_authority: bool,  # noqa: FBT001 - a case
    listed: list[str],
) -> None:
    report(store, "c", "contact", {"who": ["Choir"], "with_authority": with_authority}, day=5)
    assert [one for one in made(store).unsaid if one.startswith("Minutes")] == listed


def test_who_is_to_answer_is_unsaid_only_of_what_waits_and_is_owed_by_nobody_who_was_named(store: Store) -> None:
    owed = {"asked_by": "Dock union", "asked_of": "Harbour council"}
    report(store, "owed", "meeting_request", owed, day=5)
    report(store, "mediate", "offer", {"what": "mediation", "summary": "A judge would mediate"}, day=5)
    heard = {"what": "dialogue", "summary": "Talks at noon", "answer": "accepted"}
    report(store, "heard", "offer", heard, day=5)
    assert [one for one in made(store).unsaid if one.startswith("Who is")] == ["Who is to answer mediate."]
