"""When a column is where: each rule at its bound, with halts, late, seen, and as an event that stands."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from clearway.errors import BadInput
from clearway.planning.plan.march.timing import Column, refuse_overtaking

NOON = datetime(2026, 11, 30, 12, 0, tzinfo=timezone(timedelta(hours=13)))


def at(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


MARCH = Column(NOON, 1000.0, 2.0, 1.0, 100.0, ((200.0, 60.0), (400.0, 30.0)))
"""The head walks 2 m/s, the tail 1 m/s and leaves after 50 s; it halts after 200 s for 60 s, and after 400 s for 30 s."""
EVENT = Column(NOON, 1000.0, 0.0, 0.0, 0.0, stands_s=600.0)


def test_head_and_tail_pass_a_metre_at_their_own_pace_and_a_share_between_them() -> None:
    assert (MARCH.head_time(300.0), MARCH.tail_time(300.0)) == (150.0, 350.0)
    assert [MARCH.share_time(300.0, share) for share in (0.0, 0.25, 1.0)] == [150.0, 200.0, 350.0]
    assert (EVENT.head_time(300.0), EVENT.tail_time(300.0), EVENT.share_time(300.0, 0.5)) == (0.0, 600.0, 300.0)


@pytest.mark.parametrize(
    ("moving_s", "comes", "goes"),
    [(0, 0, 0), (199, 199, 199), (200, 200, 260), (201, 261, 261), (400, 460, 490), (401, 491, 491)],
)
def test_a_halt_holds_up_what_leaves_at_its_moment_and_not_what_arrives(moving_s: float, comes: float, goes: float) -> None:
    assert (MARCH.comes(moving_s), MARCH.goes(moving_s)) == (at(comes), at(goes))


@pytest.mark.parametrize(
    ("seconds", "moving_s"),
    [(-5, 0), (0, 0), (1, 1), (200, 200), (230, 200), (260, 200), (261, 201), (460, 400), (475, 400), (490, 400), (500, 410)],
)
def test_the_moving_time_stands_still_during_a_halt(seconds: float, moving_s: float) -> None:
    assert MARCH.moving(at(seconds)) == moving_s


@pytest.mark.parametrize(
    ("seconds", "head_m", "tail_m"),
    [
        (-60, 0, 0),
        (0, 0, 0),
        (50, 100, 0),
        (51, 102, 1),
        (250, 400, 150),
        (589, 998, 449),
        (590, 1000, 450),
        (2000, 1000, 1000),
    ],
)
def test_where_head_and_tail_are(seconds: float, head_m: float, tail_m: float) -> None:
    assert (MARCH.head_m(at(seconds)), MARCH.tail_m(at(seconds))) == (head_m, tail_m)


def test_an_event_fills_its_route_from_its_start_to_its_end() -> None:
    assert [EVENT.head_m(at(seconds)) for seconds in (-1, 0, 599, 600)] == [1000.0] * 4
    assert [EVENT.tail_m(at(seconds)) for seconds in (-1, 0, 599, 600, 601)] == [0.0, 0.0, 0.0, 1000.0, 1000.0]
    assert EVENT.over == at(600)
    refuse_overtaking(EVENT, [(1, 0.0, "A"), (1, 500.0, "A")])  # it comes nowhere twice


def test_it_is_over_when_the_tail_has_arrived_after_all_halts() -> None:
    assert MARCH.over == at(50 + 1000 + 90)


@pytest.mark.parametrize(
    ("column", "starts", "halts"),
    [
        (MARCH.held(at(-1), 40.0), 40, MARCH.halts),
        (MARCH.held(at(0), 40.0), 40, MARCH.halts),
        (MARCH.held(at(1), 40.0), 0, ((1.0, 40.0), *MARCH.halts)),
        (MARCH.held(at(300), 40.0), 0, ((200.0, 60.0), (240.0, 40.0), (400.0, 30.0))),
        (MARCH.held(at(300), -40.0), -40, MARCH.halts),
        (MARCH.held(at(300), 0.0), 0, ((200.0, 60.0), (240.0, 0.0), (400.0, 30.0))),
        (MARCH.seen(300.0, at(180), tail=False), 0, ((150.0, 30.0), *MARCH.halts)),
        (MARCH.seen(300.0, at(140), tail=False), -10, MARCH.halts),
        (MARCH.seen(100.0, at(160), tail=True), 0, ((150.0, 10.0), *MARCH.halts)),
    ],
)
def test_late_or_seen_it_halts_there_and_early_it_started_earlier(
    column: Column, starts: float, halts: tuple[tuple[float, float], ...]
) -> None:
    assert (column.starts, column.halts) == (at(starts), halts)
    assert (column.route_m, column.pace, column.tail_pace, column.length_m, column.stands_s) == (1000.0, 2.0, 1.0, 100.0, 0.0)


def test_where_it_was_seen_it_is_then() -> None:
    for seconds, metres in ((180, 300.0), (140, 300.0), (700, 900.0)):
        assert MARCH.seen(metres, at(seconds), tail=False).head_m(at(seconds)) == pytest.approx(metres)


def walk(route_m: float = 400.0, length_m: float = 100.0, tail: float = 1.0) -> Column:
    return Column(NOON, route_m, 1.0, tail, length_m)


@pytest.mark.parametrize(
    ("column", "corners", "says"),
    [
        (walk(100.0, 100.0), [], ""),
        (walk(100.0, 100.01), [], "The column is 100 m long and its route 100 m: the head arrives before the tail has left."),
        (walk(tail=4 / 3), [], ""),  # the tail needs 300 s and leaves after 100
        (walk(tail=1.34), [], "The tail overtakes the head after 394 m."),
        (walk(), [(1, 50.0, "A"), (2, 100.0, "B"), (1, 150.0, "A")], ""),  # the tail has left A when the head is back
        (
            walk(),
            [(1, 50.0, "A"), (1, 149.0, "A")],
            "The head comes back to A after 99 m, while the column of 100 m still passes",
        ),
        (walk(), [(1, 0.0, "A"), (1, 200.0, "A"), (1, 290.0, "A")], "The head comes back to A after 90 m"),
        (walk(), [(1, 50.0, "A"), (2, 60.0, "B")], ""),
    ],
)
def test_a_column_that_cannot_be_is_refused_at_its_bound(
    column: Column, corners: list[tuple[int, float, str]], says: str
) -> None:
    if not says:
        refuse_overtaking(column, corners)
        return
    with pytest.raises(BadInput) as refused:
        refuse_overtaking(column, corners)
    assert says in str(refused.value)
