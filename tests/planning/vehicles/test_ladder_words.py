"""What the ladder says, word for word: on a noon when nothing holds a step back, on an empty record, and when most does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ladder_rooms import clock, ladder_at, quiet_noon, say
from planning.vehicles.test_ladder import store

if TYPE_CHECKING:
    from clearway.planning.vehicles.ladder.contract import LadderAnswer
    from clearway.record.store import Store

__all__ = ["store"]  # a fixture

AT = clock("12:30")
BY = "(duty officer, Police, {} ago)"
LIMITS = {
    "people_near_by": "at most 50, by a figure of the last 12 h",
    "children": "seen or spoken of in the last 48 h",
    "night": "not 22:00 to 06:00",
    "last_incident": "none that was not minor in the last 24 h",
    "talks": "no contact in the last 48 h",
    "growth_after_announcement": "in the last 72 h",
    "decided_against": "",
    "set_condition": "at most 5",
}
ASSUMED = (
    "At most 50 people may be near by.",
    "A figure of people counts for 12 h.",
    "Children who were seen or spoken of count for 48 h.",
    "Night is from 22:00 until 06:00.",
    "An incident that was not minor counts for 24 h.",
    "Talks are in progress for 48 h after a contact.",
    "A crowd that grew after an announcement counts for 72 h.",
)


def reasons(found: LadderAnswer) -> list[tuple[str, str, str]]:
    assert {one.condition: one.limit for one in found.reasons}.items() <= LIMITS.items()
    assert {one.condition for one in found.reasons if not one.assumed} <= {"decided_against", "set_condition"}
    assert found.assumed == ASSUMED
    return [(one.condition, one.verdict, one.says) for one in found.reasons]


def needed(found: LadderAnswer) -> list[tuple[str, str, str]]:
    return [(one.need, one.state, one.says) for one in found.needed]


def there(what: str, minutes: int) -> str:
    return f"{what}, “Town square” {BY.format(f'{minutes} min')}."


def test_on_a_quiet_noon(store: Store) -> None:
    quiet_noon(store)
    found = ladder_at(store, AT)
    tow = "Commander decided: Tow what blocks the lane for fire engines"
    assert reasons(found) == [
        ("people_near_by", "go", there("No more than 50 people were counted near by: 20 to 30 people", 30)),
        ("children", "go", there("No child was counted: 0 children", 30)),
        ("night", "go", "It is 12:30, not night (22:00 to 06:00)."),
        ("last_incident", "go", "No incident that was not minor is on record for the last 24 h."),
        ("talks", "go", "No contact with a group is on record for the last 48 h."),
        ("growth_after_announcement", "go", "No announcement of towing is on record for the last 72 h."),
        ("decided_against", "go", there(f"The last decision about towing: {tow}", 25)),
    ]
    heavy = there("Towing secured; heavy operators; at least 3 trucks", 24)
    stored = "Storage offered: Yard of the council, 60 places; how many took it up is not known"
    assert needed(found) == [
        ("decision_to_tow", "there", there(f"Decided: {tow}", 25)),
        ("legal_basis", "there", there("Power of Police to move vehicles: in force; by Roads Act, section 9", 25)),
        ("trucks", "there", heavy),
        ("heavy_operators", "there", heavy),
        ("storage", "there", there(stored, 23)),
        ("escort", "there", there("Police: escort of tow trucks", 22)),
    ]
    assert found.says == "Go: no condition holds a step back. Whoever answers for the operation decides."
    assert [one.says for one in found.vehicles] == ["No tow is on record, and nobody has said that none was made"]


def test_on_an_empty_record(store: Store) -> None:
    say(store, "operation", clock("08:00"), {"title": "A square", "zone": "Europe/Vienna"})
    found = ladder_at(store, AT)
    silent = "But the record holds nothing yet."
    assert reasons(found) == [
        ("people_near_by", "unknown", "Nobody has counted people in the last 12 h."),
        ("children", "unknown", "Nobody has said in the last 48 h whether children are there."),
        ("last_incident", "unknown", f"No incident that was not minor is on record for the last 24 h. {silent}"),
        ("talks", "unknown", f"No contact with a group is on record for the last 48 h. {silent}"),
        ("night", "go", "It is 12:30, not night (22:00 to 06:00)."),
        ("growth_after_announcement", "go", "No announcement of towing is on record for the last 72 h."),
        ("decided_against", "go", "No decision against towing is on record."),
    ]
    assert needed(found) == [
        ("decision_to_tow", "lacking", "No office has decided to tow."),
        ("legal_basis", "lacking", "No power to move vehicles is named in the record."),
        ("trucks", "unknown", "Nobody has said whether anybody tows."),
        ("heavy_operators", "unknown", "Nobody has said whether any operator tows trucks and buses."),
        ("storage", "unknown", "Nobody has said where towed vehicles are stored."),
        ("escort", "unknown", "Nobody has said who escorts the trucks."),
    ]
    assert found.says == (
        "Hold: 4 conditions are not known. Before a tow can start: a decision, a legal basis, trucks, operators for heavy "
        "vehicles, storage and an escort are lacking or not known. Whoever answers for the operation decides."
    )


@pytest.mark.parametrize(
    ("against", "without", "words"),
    [
        (True, None, "a decision is"),
        (False, "heavy operators", "operators for heavy vehicles are"),
        (True, "heavy operators", "a decision and operators for heavy vehicles are"),
    ],
)
def test_what_a_tow_lacks_is_said_of_one_and_of_several(store: Store, against: bool, without: str | None, words: str) -> None:  # noqa: FBT001
    quiet_noon(store)
    if against:
        say(store, "decision", clock("12:20"), {"by": "commander", "what": "Do not tow"})
    if without:
        say(store, "tow_capability", clock("12:20"), {"state": "refused", "by": without})
    assert f"Before a tow can start: {words} lacking or not known. " in ladder_at(store, AT).says


def test_on_a_day_when_most_holds_a_step_back(store: Store) -> None:
    say(store, "count", clock("10:00"), {"what": "people", "amount": {"low": 60, "high": 90}})
    say(store, "statement", clock("10:30"), {"summary": "Two children sleep in a van."})
    say(store, "incident", clock("12:00"), {"nature": "stand_off", "summary": "lines met", "severity": "serious"})
    say(store, "contact", clock("12:10"), {"who": ["Police", "organisers"]})
    say(store, "announcement", clock("09:00"), {"by": "Police", "what": "Towing starts", "due": clock("12:00")})
    say(store, "flow", clock("11:40"), {"what": "people", "direction": "grew"})
    say(store, "decision", clock("12:00"), {"by": "commander", "what": "Do not tow"})
    tents = {"by": "commander", "before": "vehicles are towed", "what": "Few tents", "counted": "tents", "at_most": 5}
    say(store, "condition", clock("11:50"), tents)
    say(store, "tow_capability", clock("12:20"), {"state": "refused", "by": "heavy operators"})
    say(store, "power", clock("11:45"), {"power": "to remove vehicles", "by": "Police"})
    found = ladder_at(store, AT)
    assert reasons(found) == [
        ("last_incident", "stop", there("An incident may still go on: Stand off: lines met", 30)
         + " Nobody has said that it is over."),
        ("people_near_by", "hold", f"More than 50 people are near by: 60 to 90 people, “Town square” {BY.format('2 h')}."),
        ("children", "hold", "Children are spoken of: Two children sleep in a van, “Town square” " + BY.format("2 h") + "."),
        ("talks", "hold", there("Talks go on; the last contact: Police with organisers (meeting)", 20)),
        ("growth_after_announcement", "hold",
         there("The crowd grew after towing was announced (Wed 08 May 2024 09:00): People grew", 50)),
        ("decided_against", "hold", there("The last decision about towing: Commander decided: Do not tow", 30)),
        ("set_condition", "unknown",
         there("This condition is not decided by any figure: Commander: before vehicles are towed: Few tents", 40)
         + " Nobody has counted tents there."),
        ("night", "go", "It is 12:30, not night (22:00 to 06:00)."),
    ]  # fmt: skip
    refused, power = "Towing refused; heavy operators", "Power of Police to remove vehicles: in force"
    assert needed(found)[:4] == [
        ("decision_to_tow", "lacking", there("Decided against: Commander decided: Do not tow", 30)),
        ("legal_basis", "lacking", there(f"No instrument is named: {power}; by which instrument nobody has said", 45)),
        ("trucks", "lacking", there(f"None is secured: {refused}", 10)),
        ("heavy_operators", "lacking", there(f"No operator for heavy vehicles is secured: {refused}", 10)),
    ]
    assert found.says.startswith(
        "Stop: 6 conditions hold vehicles back and 1 is not known. Before a tow can start: a decision,"
    )
    (told,) = found.announcements
    assert (told.says, told.outcome, told.why) == (
        "Police announced: Towing starts, for Wed 08 May 2024 12:00",
        "not_known",
        "Its time passed at Wed 08 May 2024 12:00, and no tow is on record. Nobody has said whether it was done.",
    )


@pytest.mark.parametrize(
    ("fields", "outcome", "why"),
    [
        ({}, "announced", "No time was said."),
        ({"due": clock("12:31")}, "announced", "Its time has not come."),
        ({"due": clock("12:00"), "outcome": "dropped"}, "dropped", "So said: duty officer, Police."),
        ({"outcome": "not_done"}, "not_done", "So said: duty officer, Police."),
    ],
)
def test_what_came_of_an_announcement_is_waited_for_or_as_somebody_said(
    store: Store, fields: dict[str, str], outcome: str, why: str
) -> None:
    say(store, "announcement", clock("09:00"), {"by": "Police", "what": "Towing starts", **fields})
    (told,) = ladder_at(store, AT).announcements
    assert (told.outcome, told.why) == (outcome, why)


@pytest.mark.parametrize(
    ("tow", "at", "outcome", "why"),
    [
        ({"done": True}, "11:00", "done", "Vehicles were towed by then: {}."),
        ({"done": True}, "12:10", "not_done",
         "By Wed 08 May 2024 12:00 no tow is on record. Vehicles were towed later: {}."),
        ({"done": False}, "12:10", "not_done", "None was towed: {}."),
    ],
)  # fmt: skip
def test_what_came_of_an_announcement_names_the_tow_that_shows_it(
    store: Store, tow: dict[str, bool], at: str, outcome: str, why: str
) -> None:
    say(store, "announcement", clock("09:00"), {"by": "Police", "what": "Towing starts", "due": clock("12:00")})
    say(store, "tow_event", clock(at), tow)
    (told,) = ladder_at(store, AT).announcements
    before, after = why.split("{}")
    assert told.outcome == outcome
    assert told.why.startswith(before)
    assert told.why.endswith(after)
    assert "duty officer, Police" in told.why[len(before) :]


@pytest.mark.parametrize(("state", "words"), [(4, "is not met"), (6, "is met")])
def test_a_condition_that_a_figure_decides_says_which_way(store: Store, state: int, words: str) -> None:
    tents = {"by": "commander", "before": "vehicles are towed", "what": "Few tents", "counted": "tents", "at_most": 5}
    say(store, "condition", clock("09:00"), tents)
    say(store, "count", clock("10:00"), {"what": "tents", "amount": {"low": 10 - state, "high": 10 - state}})
    (found,) = [one for one in ladder_at(store, AT).reasons if one.condition == "set_condition"]
    assert found.says.startswith(f"This condition {words}: Commander: before vehicles are towed: Few tents")
    assert len(found.rests_on) == 2
