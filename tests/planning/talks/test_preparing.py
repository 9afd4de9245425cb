"""What to know before a meeting and what nobody there can promise; deadlocks in words, and which step opens them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clearway.errors import NotFound
from clearway.planning.talks.preparing import minute_form, preparation_of
from picture.test_view import at_hour, report, store
from talk_rooms import count, ids, talks, term

if TYPE_CHECKING:
    from clearway.planning.talks.contract import Preparation
    from clearway.record.store import Store

__all__ = ["store"]  # a fixture


def sheet(store: Store, party: str, day: int = 9) -> Preparation:
    return preparation_of(talks(store, day), party)


def refused(store: Store, party: str) -> list[tuple[str, str, list[str]]]:
    """What cannot be promised to a party: what, why, by which entries."""
    return [(one.what, one.why, ids(one.lines)) for one in sheet(store, party).must_not_promise]


def test_what_another_is_asked_for_only_they_can_promise(store: Store) -> None:
    report(store, "a", "demand", {"by": "Dock union", "of": "Harbour council", "what": "Open the gate"}, day=5)
    report(store, "b", "demand", {"by": "Dock union", "what": "Hear us"}, day=5)
    report(store, "c", "demand", {"by": "Dock union", "of": "Dock union", "what": "Stand together"}, day=5)
    report(store, "d", "demand", {"by": "Harbour council", "of": "Dock union", "what": "Leave the quay"}, day=5)
    assert refused(store, "Dock union") == [
        ("Open the gate", "It is asked of Harbour council: only they can promise it.", ["a"])
    ]
    assert [one.what for one in sheet(store, "Dock union").demands] == [one.what for one in talks(store, 9).demands], (
        "what they want, and what is wanted of them"
    )
    assert {one.line.id for one in sheet(store, "Harbour council").demands} == {"a", "d"}


def test_what_was_refused_or_not_answered_is_not_promised_and_what_was_granted_may_be(store: Store) -> None:
    for name, answer in (("granted", "accepted"), ("refused", "refused"), ("waits", None)):
        asked = {"asked_by": f"{name} group", "asked_of": "Harbour council"}
        report(store, name, "meeting_request", asked, day=5)
        if answer:
            report(store, f"{name}-answer", "meeting_request", asked | {"answer": answer}, day=6)
    assert refused(store, "granted group") == []
    ((_, why, lines),) = refused(store, "refused group")
    assert (why, lines) == ("It was refused, by entry refused-answer.", ["refused-answer"])
    ((_, why, lines),) = refused(store, "waits group")
    assert (why, lines) == ("No answer has come; it is owed by: Harbour council.", ["waits"])
    assert [one.state for one in sheet(store, "refused group").requests] == ["refused"]
    assert len(sheet(store, "Harbour council").requests) == 3, "whoever asked them"


def test_an_act_that_waits_for_a_term_of_another_is_not_promised_until_it_is_met(store: Store) -> None:
    term(store, "t", "Mayor", "the mayor meets them", "At most 20 cars", counted="vehicles", at_most=20)
    why = "It waits for a term of Mayor that is not known to be met: At most 20 cars. Only they can set it aside."
    report(store, "p", "party", {"name": "Dock union"}, day=5)
    assert refused(store, "Dock union") == [("the mayor meets them", why, ["t"])]
    assert refused(store, "Mayor") == []
    count(store, "few", 5, 10, day=6)
    assert refused(store, "Dock union") == []
    assert [ids([one.line]) for one in sheet(store, "Mayor").terms] == [["t"]]
    assert sheet(store, "Dock union").terms == []


def test_what_others_promised_and_did_not_do_is_not_promised_anew(store: Store) -> None:
    due = at_hour(6, 12).isoformat()
    report(store, "late", "promise", {"by": "Police", "to": "Dock union", "what": "No towing", "due": due}, day=5)
    report(store, "kept", "promise", {"by": "Police", "to": "Elders", "what": "Water", "due": due, "outcome": "kept"}, day=5)
    report(store, "broken", "promise", {"by": "Mayor", "to": "Elders", "what": "Tea", "due": due, "outcome": "not_kept"}, day=5)
    report(store, "own", "promise", {"by": "Dock union", "to": "Police", "what": "Cars leave", "due": due}, day=5)
    why = "It was promised before and not done, or nobody has said so. Enter what came of it before you promise more."
    found = refused(store, "Dock union")
    assert sorted(found) == [("No towing", why, ["late"]), ("Tea", why, ["broken"])]
    assert {one.line.id for one in sheet(store, "Dock union").commitments} == {"late", "own"}
    assert preparation_of(talks(store, 6, 12), "Dock union").must_not_promise[0].what == "Tea", "until its time it is open"


def test_a_promise_that_is_contested_is_not_promised_anew(store: Store) -> None:
    due = {"due": at_hour(6, 12).isoformat(), "counted": "vehicles", "at_most": 20}
    report(store, "p", "promise", {"by": "Police", "to": "Elders", "what": "No cars", "outcome": "kept"} | due, day=7)
    count(store, "many", 90, 99, day=6, hour=11)
    assert [one.state for one in talks(store, 7).commitments] == ["contested"]
    report(store, "e", "party", {"name": "Elders"}, day=5)
    assert [one.what for one in sheet(store, "Elders").must_not_promise] == ["No cars"]


def test_a_sheet_holds_the_last_five_contacts_with_that_party(store: Store) -> None:
    for number in range(7):
        report(store, f"c{number}", "contact", {"who": ["Police", "Dock union"]}, day=5, hour=10 + number)
    report(store, "x", "contact", {"who": ["Police", "Elders"]}, day=5, hour=20)
    assert [one.line.id for one in sheet(store, "dock  UNION").contacts] == ["c6", "c5", "c4", "c3", "c2"]


@pytest.mark.parametrize(
    ("names", "known"),
    [
        ([], "The record names nobody yet."),
        (["A one"], "The record names A one."),
        ([f"G{number} x" for number in range(12)], "G1 x and G0 x."),
        ([f"G{number} x" for number in range(13)], "G2 x and G1 x and 1 more."),
    ],
)
def test_a_party_that_nobody_names_is_not_found_and_those_that_are_named_are_listed(
    store: Store, names: list[str], known: str
) -> None:
    for number, name in enumerate(names):
        report(store, f"p{number}", "party", {"name": name}, day=5)
    with pytest.raises(NotFound) as found:
        sheet(store, "Quartz miners")
    assert str(found.value).startswith("No entry names a party of that name. The record names ")
    assert str(found.value).endswith(known)


def test_minutes_to_be_filled_in_name_who_met_and_remind_of_what_no_group_there_can_be_promised(store: Store) -> None:
    report(store, "g", "party", {"name": "Dock union"}, day=5)
    report(store, "o", "party", {"name": "Harbour council", "sort": "authority"}, day=5)
    for name, by in (("a", "Dock union"), ("b", "Harbour council"), ("c", "Elders")):
        report(store, name, "demand", {"by": by, "of": "Mayor", "what": f"Wish of {by}"}, day=5)
    said = {"who": ["Dock union", "Harbour council"], "by": "talks officer"}
    report(store, "m", "contact", said, day=6)
    form = minute_form(talks(store, 6), "m")
    assert [one.what for one in form.must_not_promise] == ["Wish of Dock union"]
    assert (form.contact.line.id, form.due) == ("m", at_hour(7, 0))
    assert form.entry["kind"] == "minutes"
    assert form.entry["happened"] == "now"
    assert form.entry["body"] == {
        "of": "m", "by": "talks officer", "present": ["Dock union", "Harbour council"], "said": "", "agreed": [],
        "not_promised": [], "actions": [],
    }  # fmt: skip
    assert form.headings == [
        "When and where, and who called the meeting",
        "Who was there, by office or group; no names of persons",
        "What each side said",
        "What was agreed, who does it, by when",
        "What was asked for and not promised, and why",
        "When to speak again, and which office sees to it",
    ]
    report(store, "n", "contact", {"who": ["Dock union", "Elders"]}, day=6)
    assert minute_form(talks(store, 6), "n").entry["body"]["by"] == ""
    with pytest.raises(NotFound, match="No contact of that id was known then"):
        minute_form(talks(store, 6), "a")


def test_a_deadlock_says_who_waits_for_what_and_whose_step_sets_least_aside(store: Store) -> None:
    term(store, "a", "Dock union", "the cars go", "the mayor meets them")
    term(store, "b", "Mayor", "the mayor meets them", "the cars go")
    term(store, "c", "Mayor", "the mayor meets them", "the choir sings")
    (found,) = talks(store, 9).deadlocks
    assert found.says == (
        "Dock union and Mayor wait for one another: Dock union: “the cars go” only after “the mayor meets them”; "
        "Mayor: “the mayor meets them” only after “the cars go”."
    )
    assert (found.parties, found.entries) == (["Dock union", "Mayor"], ["a", "b"])
    assert [(one.party, one.sets_aside, one.is_smallest) for one in found.openings] == [
        ("Dock union", 1, True), ("Mayor", 2, False),
    ]  # fmt: skip
    assert [one.says for one in found.openings] == [
        "Dock union would go first (“the cars go”), and set aside “the mayor meets them”.",
        "Mayor would go first (“the mayor meets them”), and set aside “the cars go” and 1 other term of theirs.",
    ]
    assert [ids([one.offers[0]] if one.offers else []) for one in talks(store, 9).deadlocks] == [[]]
    report(store, "o", "offer", {"what": "mediation", "summary": "To mediate", "by": "Elders", "owed_by": "Mayor"}, day=6)
    report(store, "m", "meeting_request", {"asked_by": "Elders", "asked_of": "Mayor"}, day=6)
    assert [ids(one.offers) for one in talks(store, 9).deadlocks] == [["o"]]
    report(store, "r", "offer", {"what": "mediation", "summary": "To mediate", "by": "Elders", "answer": "refused"}, day=7)
    assert [ids(one.offers) for one in talks(store, 9).deadlocks] == [[]], "it is answered"


def test_a_deadlock_opens_once_the_figures_meet_one_of_its_terms(store: Store) -> None:
    term(store, "a", "Dock union", "the cars go", "the mayor meets them")
    term(store, "b", "Mayor", "the mayor meets them", "the cars go", counted="vehicles", at_most=20)
    assert len(talks(store, 5).deadlocks) == 1
    count(store, "some", 10, 30, day=6)
    assert len(talks(store, 6).deadlocks) == 1
    count(store, "few", 10, 20, day=7)
    assert talks(store, 7).deadlocks == []
