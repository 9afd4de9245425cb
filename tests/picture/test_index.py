from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearway.picture.index import PictureIndex
from clearway.picture.subjects import Subject, subject_of
from clearway.record.entry import SAME_MOMENT, Draft, Entered, Entry, Knowledge
from clearway.record.moments import calendar
from clearway.record.parse import draft_of

DAY1 = datetime(2022, 2, 8, tzinfo=UTC)
CALENDAR = calendar()


def hour(number: float) -> datetime:
    return DAY1 + timedelta(hours=number)


def entry(seq: int, entry_id: str, happened: float, known: float, **fields: object) -> Entry:
    said = {"id": entry_id, "happened": hour(happened).isoformat(), "known": hour(known).isoformat()} | fields
    count = {"kind": "count", "body": {"what": "vehicles", "amount": {"low": seq}}}
    draft = draft_of(count | said, CALENDAR, now=DAY1)
    return Entry(seq=seq, stream="s", version=seq, written=DAY1, draft=draft, hash="0" * 64)


def came(one: Entry, entered: Entered | None, written: float) -> Entry:
    """An entry as it came into the record."""
    draft = one.draft.model_copy(update={"entered": entered})
    return one.model_copy(update={"written": hour(written), "draft": draft})


def index_of(*entries: Entry) -> PictureIndex:
    index = PictureIndex()
    index.add(entries)
    return index


def in_force(index: PictureIndex, at: float, known_at: float, latest: int = 1) -> list[int]:
    return [seq for seqs in index.in_force(hour(at), hour(known_at), most=lambda _: latest).values() for seq in seqs]


def test_the_latest_that_was_known_is_in_force() -> None:
    index = index_of(entry(1, "a", happened=1, known=2), entry(2, "b", happened=5, known=6))
    assert in_force(index, at=1.5, known_at=1.5) == []  # it had happened, and nobody knew
    assert in_force(index, at=1.5, known_at=3) == [1]
    assert in_force(index, at=9, known_at=5.5) == [1]  # the second had happened and was not known
    assert in_force(index, at=9, known_at=9) == [2]
    assert in_force(index, at=9, known_at=9, latest=5) == [2, 1]
    assert in_force(index, at=3, known_at=9) == [1]  # asked later about an earlier moment


def test_a_correction_replaces_from_when_it_was_known_and_not_before() -> None:
    index = index_of(entry(1, "a", happened=1, known=2), entry(2, "b", happened=1, known=8, corrects=["a"]))
    assert in_force(index, at=9, known_at=7, latest=5) == [1]
    assert in_force(index, at=9, known_at=8, latest=5) == [2]


def test_what_is_withdrawn_leaves_nothing_or_what_was_there_before() -> None:
    remark = {"kind": "remark", "body": {"text": "a slip"}}
    index = index_of(
        entry(1, "a", happened=1, known=2),
        entry(2, "b", happened=3, known=4),
        entry(3, "c", happened=5, known=6, withdraws=["b"], **remark),
    )
    count = subject_of(entry(1, "a", 1, 2).draft)
    assert index.in_force(hour(9), hour(5))[count] == [2]
    assert index.in_force(hour(9), hour(6))[count] == [1]


def test_places_names_and_groups_tell_figures_apart_and_spelling_does_not() -> None:
    def about(**fields: object) -> Subject:
        return subject_of(entry(1, "a", 1, 2, **fields).draft)

    def place(name: str) -> dict[str, str]:
        return {"type": "named", "name": name}

    assert about(place=place("Parliament")) == about(place=place(" parliament "))
    assert about(place=place("Parliament")) != about(place=place("Stadium"))
    assert about() != about(body={"what": "tents", "amount": {"low": 1}})
    assert about() != about(body={"what": "vehicles", "group": "trucks", "amount": {"low": 1}})
    streets = [{"type": "junction", "streets": order} for order in (["Bowen St", "The Terrace"], ["The Terrace", "bowen st"])]
    assert about(place=streets[0]) == about(place=streets[1])


def test_of_kinds_that_are_listed_each_entry_stands_for_itself() -> None:
    incident = {"kind": "incident", "body": {"nature": "noise", "summary": "horns"}}
    index = index_of(*(entry(seq, f"i{seq}", happened=seq, known=seq, **incident) for seq in range(1, 8)))
    assert in_force(index, at=5, known_at=99, latest=9) == [5, 4, 3, 2, 1]
    assert in_force(index, at=5, known_at=99, latest=2) == [5, 4]


TIMES = st.integers(0, 6)


@st.composite
def records(draw: st.DrawFn) -> list[Entry]:
    found: list[Entry] = []
    for seq in range(1, draw(st.integers(1, 14)) + 1):
        earlier = [one.id for one in found]
        tie = draw(st.sampled_from(["corrects", "withdraws", None, None]))
        ties = {tie: [draw(st.sampled_from(earlier))]} if tie and earlier else {}
        what = draw(st.sampled_from(["vehicles", "people"]))
        known = draw(TIMES)
        body = {"what": what, "amount": {"low": seq}}
        one = entry(seq, f"e{draw(st.integers(0, 99))}-{seq}", draw(TIMES), known, body=body, **ties)
        found.append(came(one, draw(st.sampled_from([*get_args(Entered), None])), draw(TIMES)))
    return found


def by_hand(entries: list[Entry], at: datetime, known_at: datetime, knowledge: Knowledge = "had") -> dict[Subject, list[int]]:
    """Entry by entry, as the words of the design say it."""

    def was_known(one: Entry) -> bool:
        if knowledge == "had" and one.draft.entered == "live":
            return one.written <= known_at
        return one.draft.known <= known_at

    known = [one for one in entries if was_known(one)]

    def withdrawn(name: str) -> bool:
        return any(name in one.draft.withdraws and not withdrawn(one.id) for one in known)

    gone = {name for one in known if not withdrawn(one.id) for name in (*one.draft.withdraws, *one.draft.corrects)}
    found: dict[Subject, list[Entry]] = {}
    for one in known:
        if one.draft.happened.start <= at and one.id not in gone:
            found.setdefault(subject_of(one.draft), []).append(one)

    def when(one: Entry) -> tuple[datetime, datetime, datetime, str]:
        draft: Draft = one.draft
        return draft.happened.start, draft.happened.end, draft.known, one.id

    return {about: [one.seq for one in sorted(told, key=when, reverse=True)] for about, told in found.items()}


@pytest.mark.slow
@given(data=st.data())
def test_any_moment_is_answered_as_entry_by_entry_and_whatever_the_order_of_adding(data: st.DataObject) -> None:
    entries = data.draw(records())
    at, known_at = hour(data.draw(TIMES)), hour(data.draw(TIMES))
    shuffled = data.draw(st.permutations(entries))
    cut = data.draw(st.integers(0, len(entries)))
    whole, parts = PictureIndex(), PictureIndex()
    whole.add(entries)
    parts.add(shuffled[:cut])
    for one in shuffled[cut:]:
        parts.add([one])
    for index in (whole, parts):
        for knowledge in get_args(Knowledge):
            expected = by_hand(entries, at, known_at, knowledge)
            assert dict(index.in_force(at, known_at, knowledge=knowledge, most=lambda _: 99)) == expected


@pytest.mark.parametrize("seed", [1, 2])
def test_what_is_added_one_by_one_behind_many_stands_where_it_belongs(seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311 - no secret
    entries = [
        entry(
            seq,
            f"e{rng.randrange(100)}-{seq}",
            rng.randrange(6),
            rng.randrange(6),
            body={"what": rng.choice(["vehicles", "people"]), "amount": {"low": seq}},
        )
        for seq in range(1, 41)
    ]
    rng.shuffle(entries)
    index = index_of(*entries[:30])
    for one in entries[30:]:
        index.add([one])
        for at, known_at in ((5, 5), (2, 3)):
            expected = by_hand([*entries[: entries.index(one) + 1]], hour(at), hour(known_at), "could")
            assert dict(index.in_force(hour(at), hour(known_at), knowledge="could", most=lambda _: 99)) == expected


@pytest.mark.slow
@given(data=st.data())
def test_what_is_entered_live_leaves_every_moment_before_as_the_room_had_it(data: st.DataObject) -> None:
    before = data.draw(records())
    earlier = st.sampled_from([one.id for one in before])
    late = [
        entry(seq, f"late{seq}", data.draw(TIMES), data.draw(TIMES), withdraws=[data.draw(earlier)])
        for seq in range(len(before) + 1, len(before) + 4)
    ]
    index = PictureIndex()
    index.add(before)
    moments = [(hour(at), hour(known)) for at in range(8) for known in range(7)]
    taken = [(dict(index.in_force(*when, most=lambda _: 99)), index.known_by(when[1])) for when in moments]
    index.add([came(one, "live", written=7) for one in late])
    assert [(dict(index.in_force(*when, most=lambda _: 99)), index.known_by(when[1])) for when in moments] == taken


def test_what_is_learnt_late_counts_from_when_it_was_written_and_is_asked_for_by_name() -> None:
    index = index_of(
        entry(1, "a", happened=1, known=2),
        came(entry(2, "b", happened=3, known=4), "live", written=8),
        came(entry(3, "c", happened=5, known=6), "imported", written=9),
    )
    assert [in_force(index, at=9, known_at=known, latest=9) for known in (5, 7, 8)] == [[1], [3, 1], [3, 2, 1]]
    could = index.in_force(hour(9), hour(5), knowledge="could", most=lambda _: 9)
    assert list(could.values()) == [[2, 1]]
    assert [index.known_by(hour(7), knowledge=knowledge) for knowledge in get_args(Knowledge)] == [2, 3]
    assert index.known_by_hour("had") == {hour(2): 1, hour(8): 1, hour(6): 1}
    assert index.known_by_hour("could") == {hour(2): 1, hour(4): 1, hour(6): 1}


def test_what_makes_an_entry_void_is_named_but_for_what_was_withdrawn_itself() -> None:
    index = index_of(
        entry(1, "a", 1, 2),
        entry(2, "slip", 1, 3, withdraws=["a"]),
        entry(3, "right", 1, 4, withdraws=["a"]),
        entry(4, "sorry", 1, 5, withdraws=["slip"]),
    )
    assert {name: index.void_by(name) for name in ("a", "slip", "right")} == {
        "a": [("right", True)],
        "slip": [("sorry", True)],
        "right": [],
    }


def test_a_short_lag_is_not_late() -> None:
    def shown(lag: timedelta, entered: Entered | None) -> str | None:
        return came(entry(1, "a", happened=0, known=1), entered, written=1 + lag / timedelta(hours=1)).came

    second = timedelta(seconds=1)
    assert [shown(lag, "live") for lag in (-second, SAME_MOMENT, SAME_MOMENT + second)] == ["live", "live", "late"]
    assert (shown(timedelta(days=9), "imported"), shown(timedelta(days=9), None)) == ("imported", None)


def test_what_is_there_already_is_passed_over() -> None:
    index = index_of(entry(1, "a", 1, 2))
    index.add([entry(1, "a", 1, 2)])
    assert (index.count, index.seq) == (1, 1)
    assert in_force(index, 9, 9, latest=9) == [1]


def test_an_empty_record_gives_an_empty_picture() -> None:
    assert dict(PictureIndex().in_force(DAY1, DAY1)) == {}


@pytest.mark.slow
@pytest.mark.parametrize("count", [1023, 1024, 1025, 3000])
def test_it_grows_as_needed(count: int) -> None:
    template = entry(1, "a", 1, 2)
    drafts = [template.draft.model_copy(update={"id": f"n{number}"}) for number in range(1, count + 1)]
    entries = [template.model_copy(update={"seq": seq, "draft": draft}) for seq, draft in enumerate(drafts, start=1)]
    index = index_of(*entries)
    assert (index.count, index.seq) == (count, count)
    assert len(in_force(index, 9, 9, latest=5000)) == count


@pytest.mark.slow
@given(data=st.data())
def test_hidden_entries_are_not_shown_and_what_they_replace_is_void_all_the_same(data: st.DataObject) -> None:
    entries = data.draw(records())
    at, known_at = hour(data.draw(TIMES)), hour(data.draw(TIMES))
    hidden = data.draw(st.lists(st.sampled_from(entries), unique_by=lambda one: one.id))
    index = PictureIndex()
    for one in data.draw(st.permutations(entries)):
        (index.add_hidden if one in hidden else index.add)([one])
    shown = {one.seq for one in entries if one not in hidden}
    whole = by_hand(entries, at, known_at)
    expected = {about: seen for about, seqs in whole.items() if (seen := [seq for seq in seqs if seq in shown])}
    assert dict(index.in_force(at, known_at, most=lambda _: 99)) == expected
    assert (index.last, index.seq) == (max(shown, default=0), len(entries))
    assert index.known_by(hour(10_000)) == len(shown)


def test_the_moments_beside_one_are_those_at_which_entries_joined_the_picture() -> None:
    index = index_of(
        entry(1, "a", happened=1, known=2, entered="imported"),
        entry(2, "b", happened=5, known=4, entered="imported"),  # announced: it joins when it happens
        entry(3, "c", happened=8, known=30, entered="imported"),
    )
    assert index.beside(hour(0)) == (None, hour(2))
    assert index.beside(hour(2)) == (None, hour(5))
    assert index.beside(hour(4)) == (hour(2), hour(5))
    assert index.beside(hour(5), until=hour(29)) == (hour(2), None)
    assert index.beside(hour(5), until=hour(30)) == (hour(2), hour(30))
    assert index.beside(hour(31)) == (hour(30), None)
    assert PictureIndex().beside(hour(1)) == (None, None)
