"""Only the body that said something corrects it; another's correction is a dispute; what was corrected stays in sight."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

import pytest

from clearway.errors import BadInput
from clearway.picture.facts import organisation
from clearway.picture.index import PictureIndex
from clearway.picture.view import Moments, picture_of
from clearway.record.moments import moment_of
from clearway.record.parse import draft_of
from picture.test_view import CALENDAR, POLICE, STREAM, at_hour, report, seen, store

if TYPE_CHECKING:
    from clearway.record.store import Store

__all__ = ["store"]  # a fixture

INSPECTOR = {"office": "Inspector at the quay", "organisation": "police ", "reliability": "C", "credibility": 3}
COUNCIL = {"office": "Duty officer", "organisation": "City Council", "reliability": "A", "credibility": 1}


def tents(number: float, **more: object) -> dict[str, Any]:
    return {"what": "tents", "amount": {"low": number, "high": number} | more}


def figure(store: Store, day: int, hour: int = 23, known: tuple[int, int] | None = None) -> dict[str, Any]:
    (found,) = seen(store, day, hour, known)["counts"]
    return dict(found)


def statements(store: Store, day: int = 9) -> list[str]:
    return sorted(fact["id"] for fact in figure(store, day)["statements"])


def test_another_office_of_the_same_body_corrects_it(store: Store) -> None:
    report(store, "a", "count", tents(180), day=9)
    report(store, "b", "count", tents(80), day=9, hour=14, source=INSPECTOR, corrects=["a"])
    assert statements(store) == ["b"]
    assert figure(store, 9)["corrected"] == ["Inspector at the quay, police first said 180, corrected 14:00 to 80"]


def test_another_body_corrects_nothing_and_disputes(store: Store) -> None:
    report(store, "a", "count", tents(180), day=9)
    report(store, "b", "count", tents(80), day=9, hour=14, source=COUNCIL, corrects=["a"])
    assert statements(store) == ["a", "b"]
    found = seen(store, 9)
    (count,) = found["counts"]
    assert count["corrected"] == []
    assert {fact["id"]: (fact["corrects"], fact["disputed_by"]) for fact in count["statements"]} == {
        "a": ([], ["b"]),
        "b": ([], []),
    }
    assert any(one["kind"] in ("disputed", "refuted") and one["facts"][0]["id"] == "a" for one in found["contested"])


def test_what_another_body_would_correct_in_a_state_stays_in_force(store: Store) -> None:
    where: dict[str, Any] = {"place": {"type": "street", "street": "Hill Street"}}
    report(store, "a", "road_state", {"state": "shut"}, day=9, **where)
    report(store, "b", "road_state", {"state": "open"}, day=9, hour=10, source=COUNCIL, corrects=["a"], **where)
    assert [fact["id"] for fact in seen(store, 9)["states"]] == ["a"]
    report(store, "c", "road_state", {"state": "open"}, day=9, hour=11, corrects=["a"], **where)
    assert [fact["id"] for fact in seen(store, 9)["states"]] == ["c"]


def test_the_room_may_withdraw_what_it_entered_for_anybody(store: Store) -> None:
    report(store, "a", "count", tents(180), day=9)
    report(store, "b", "remark", {"text": "entered twice"}, day=9, source={}, withdraws=["a"])
    assert seen(store, 9)["counts"] == []


def test_a_chain_of_corrections_is_told_from_its_beginning(store: Store) -> None:
    report(store, "a", "count", tents(180), day=8, hour=20)
    report(store, "b", "count", tents(90, about=True), day=8, hour=21, corrects=["a"])
    report(store, "c", "count", tents(80), day=9, hour=14, corrects=["b"])
    told = "Assistant Commissioner, Police first said 180, corrected Tue 15 Feb 21:00 to about 90, corrected 14:00 to 80"
    assert figure(store, 9)["corrected"] == [told]
    assert statements(store) == ["c"]
    assert figure(store, 9, 13)["corrected"] == [
        "Assistant Commissioner, Police first said 180, corrected Tue 15 Feb 21:00 to about 90"
    ]
    assert figure(store, 8, 20)["corrected"] == []


def test_of_a_long_chain_the_latest_corrections_are_told(store: Store) -> None:
    report(store, "n0", "count", tents(100), day=9, hour=1)
    for number in range(1, 9):
        report(store, f"n{number}", "count", tents(100 + number), day=9, hour=1 + number, corrects=[f"n{number - 1}"])
    (told,) = figure(store, 9)["corrected"]
    assert "earlier said 104, corrected 06:00 to 105" in told
    assert told.endswith("corrected 09:00 to 108")


def test_of_two_that_were_corrected_together_one_may_have_been_corrected_before(store: Store) -> None:
    ties = {"w": [], "x": ["w"], "y": [], "d1": ["x", "y"], "d2": ["d1"], "d3": ["d2"], "d4": ["d3"]}
    for number, (name, corrects) in enumerate(ties.items(), start=1):
        report(store, name, "count", tents(100 + number), day=9, hour=number, corrects=corrects)
    assert figure(store, 9)["corrected"] == [
        (
            "Assistant Commissioner, Police earlier said 102 and 103, corrected 04:00 to 104, corrected 05:00 to 105, "
            "corrected 06:00 to 106, corrected 07:00 to 107"
        )
    ]


def test_a_correction_that_is_withdrawn_brings_back_what_it_corrected(store: Store) -> None:
    report(store, "first", "count", tents(80), day=9, hour=8, source=POLICE)
    report(store, "slip", "count", tents(8), day=9, hour=10, source=POLICE, corrects=["first"])
    report(store, "sorry", "remark", {"text": "typed one nought too few"}, day=9, hour=12, withdraws=["slip"])
    told = {hour: [fact["id"] for fact in figure(store, 9, hour)["statements"]] for hour in (9, 11, 13)}
    assert told == {9: ["first"], 11: ["slip"], 13: ["first"]}
    assert figure(store, 9, 13)["corrected"] == []
    assert [fact["id"] for fact in figure(store, 9, 23, known=(9, 11))["statements"]] == ["slip"]  # as it was known then


def test_a_withdrawal_that_is_withdrawn_withdraws_nothing(store: Store) -> None:
    report(store, "first", "count", tents(80), day=9, hour=8)
    for hour, (name, withdrawn) in enumerate((("gone", "first"), ("back", "gone"), ("again", "back")), start=10):
        report(store, name, "remark", {"text": name}, day=9, hour=hour, withdraws=[withdrawn])
    assert [len(seen(store, 9, hour)["counts"]) for hour in (9, 10, 11, 12)] == [1, 0, 1, 0]


def test_what_is_corrected_twice_stays_corrected_while_one_of_both_stands(store: Store) -> None:
    report(store, "first", "count", tents(80), day=9, hour=8, source=POLICE)
    for hour, name in ((9, "one"), (10, "two")):
        report(store, name, "count", tents(40 + hour), day=9, hour=hour, source=POLICE, corrects=["first"])
    report(store, "w1", "remark", {"text": "no"}, day=9, hour=12, withdraws=["one"])
    assert statements(store) == ["two"]
    report(store, "w2", "remark", {"text": "nor that"}, day=9, hour=14, withdraws=["two"])
    assert statements(store) == ["first"]


def test_correcting_a_correction_brings_nothing_back(store: Store) -> None:
    report(store, "a", "count", tents(80), day=9, hour=8, source=POLICE)
    report(store, "b", "count", tents(90), day=9, hour=9, source=POLICE, corrects=["a"])
    report(store, "c", "count", tents(95), day=9, hour=10, source=POLICE, corrects=["b"])
    assert statements(store) == ["c"]
    report(store, "w", "remark", {"text": "it was 90"}, day=9, hour=12, withdraws=["c"])
    assert statements(store) == ["b"]


def test_two_corrections_of_one_entry_both_stand_and_one_may_correct_two(store: Store) -> None:
    report(store, "a", "count", tents(180), day=9, hour=10)
    report(store, "b", "count", tents(80), day=9, hour=11, corrects=["a"])
    report(store, "c", "count", tents(85), day=9, hour=12, source=INSPECTOR, corrects=["a"])
    assert statements(store) == ["b", "c"]
    assert len(figure(store, 9)["corrected"]) == 2
    report(store, "d", "count", tents(82), day=9, hour=13, corrects=["b", "c"])
    assert statements(store) == ["d"]
    (told,) = figure(store, 9)["corrected"]
    assert told == ("Assistant Commissioner, Police first said 180, corrected 12:00 to 80 and 85, corrected 13:00 to 82")


def test_drafts_that_would_correct_each_other_in_a_circle_are_refused(store: Store) -> None:
    moment = at_hour(9, 12).isoformat()

    def tied(entry_id: str, **ties: list[str]) -> dict[str, Any]:
        return {"id": entry_id, "kind": "count", "body": tents(5), "happened": moment, "known": moment} | ties

    for one, other in (("corrects", "corrects"), ("corrects", "withdraws"), ("withdraws", "withdraws")):
        drafts = [
            draft_of(said, CALENDAR, now=moment_of(moment), entered="imported")
            for said in (tied("x", **{one: ["y"]}), tied("y", **{other: ["x"]}))
        ]
        with pytest.raises(BadInput, match="'x' corrects or withdraws 'y', which comes after it"):
            store.append(STREAM, drafts)
    assert list(store.entries(STREAM)) == []


@pytest.mark.parametrize("seed", range(6))
def test_no_entry_is_ever_out_of_force_by_a_correction_of_another_body(store: Store, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - the same numbers each time
    bodies = [POLICE, INSPECTOR, COUNCIL, {}, {"office": "Police"}]
    for number in range(40):
        ties = {"corrects": [f"n{chance.randrange(number)}"]} if number and chance.random() < 0.6 else {}
        source = chance.choice(bodies)
        report(store, f"n{number}", "count", tents(number), day=9, hour=chance.randrange(1, 20), source=source, **ties)
    entries = {entry.id: entry for entry in store.entries(STREAM)}
    at = at_hour(10, 0)
    known = [entry for entry in entries.values() if entry.draft.known <= at]
    void = {
        named
        for entry in known
        for named in entry.draft.corrects
        if organisation(entry.draft.source) == organisation(entries[named].draft.source)
    }
    shuffled = list(entries.values())
    chance.shuffle(shuffled)
    index = PictureIndex()
    for entry in shuffled:  # the order in which they are taken up is of no account
        index.add([entry])
    found = index.in_force(at, at, most=lambda _: 100)
    shown = {entry.id for entry in store.numbered([seq for seqs in found.values() for seq in seqs])}
    assert shown == entries.keys() - void
    assert picture_of(store, index, STREAM, Moments(at, at), bands=False).counts
