"""What is left to do of a schedule, by hand: tows of every state, storage, lanes, trucks; and changes as they are written."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from clearway.errors import BadInput
from clearway.planning.vehicles.towing.board import Board, board_of, from_here, read_board
from clearway.planning.vehicles.towing.release import for_all
from clearway.planning.vehicles.towing.what_if import Change, change_of, changed
from drawn_towns import place as at
from planning.vehicles.test_towed import STARTS, asked, means, stretch

if TYPE_CHECKING:
    from pathlib import Path

    from clearway.planning.vehicles.towing.ground import TowQuestion

NAMES = ("middle", "far", "side")
HELD = (stretch("middle", 1, 2, car=3), stretch("far", 2, 0, car=1, truck=1), stretch("side", 3, 0, van=1))


def tow(number: int, place: int, vehicle: str, truck: str = "light 1", *, done_s: int = 0) -> SimpleNamespace:
    return SimpleNamespace(
        id=f"T{number}", stretch=place, vehicle=vehicle, truck=truck, to_storage="yard", hooked_s=done_s - 400, done_s=done_s
    )


TOWS = [
    tow(1, 0, "car", done_s=1000), tow(2, 0, "car", "light 2", done_s=2000), tow(3, 0, "car", done_s=3000),
    tow(4, 1, "car", "light 2", done_s=4000), tow(5, 1, "truck", "heavy 1", done_s=5000), tow(6, 2, "van", done_s=6000),
]  # fmt: skip
PLANNED: Any = SimpleNamespace(starts=STARTS, stretches=[SimpleNamespace(name=name) for name in NAMES], tows=TOWS)


def question(minutes: float | None = 0, *, capacity: int | None = None) -> TowQuestion:
    lon, lat = at(0.0, 0.0)
    given = means(storage=[{"id": "yard", "lon": lon, "lat": lat, "capacity": capacity}])
    found = asked(given, starts=None if minutes is None else STARTS + timedelta(minutes=minutes))
    wanted = replace(found.wanted, stretches=HELD, jobs=tuple(_jobs(found)))
    return replace(found, wanted=wanted)


def _jobs(found: TowQuestion) -> list[Any]:
    """A job for each tow of the schedule."""
    like = found.wanted.jobs[0]
    return [replace(like, stretch=one.stretch, vehicle=one.vehicle) for one in TOWS]


def left(**states: str) -> TowQuestion:
    told: Any = states
    return from_here(question(capacity=5), PLANNED, board_of(told, PLANNED))


@pytest.mark.parametrize(
    ("state", "jobs", "lane_moves", "room", "note"),
    [
        ("done", 5, 1, 4, ["1 tow done, 0 failed and to be tried again, 0 under way."]),
        ("under_way", 5, 2, 4, ["0 tows done, 0 failed and to be tried again, 1 under way."]),
        ("gone", 5, 1, 5, ["0 tows done, 0 failed and to be tried again, 0 under way.",
                           "1 vehicle driven away by their drivers: nobody tows them."]),
        ("withdrawn", 5, 2, 5, ["0 tows done, 0 failed and to be tried again, 0 under way.",
                                "1 tow withdrawn: these vehicles are not towed, and stand where they stood."]),
        ("failed", 6, 2, 5, ["0 tows done, 1 failed and to be tried again, 0 under way."]),
        ("to_come", 6, 2, 5, ["0 tows done, 0 failed and to be tried again, 0 under way."]),
    ],
)  # fmt: skip
def test_what_became_of_a_tow_says_whether_it_is_still_to_be_done_and_whether_it_stands_there(
    state: str, jobs: int, lane_moves: int, room: int, note: list[str]
) -> None:
    found = left(T1=state)
    assert len(found.wanted.jobs) == jobs
    assert [one.lane_moves for one in found.wanted.stretches] == [lane_moves, 0, 0]
    assert found.means.storage[0].capacity == room
    assert list(found.wanted.notes) == note


def test_more_vehicles_gone_than_a_lane_needs_or_than_fit_leave_none_and_no_less() -> None:
    found = left(T1="done", T2="done", T3="gone", T4="done", T5="done", T6="done")
    assert [one.lane_moves for one in found.wanted.stretches] == [0, 0, 0]
    assert found.means.storage[0].capacity == 0
    assert found.wanted.jobs == ()
    tight = from_here(question(capacity=1), PLANNED, Board({"T1": "done", "T2": "done"}))
    assert tight.means.storage[0].capacity == 0
    assert from_here(question(), PLANNED, Board({"T1": "done"})).means.storage[0].capacity is None


def test_of_tows_that_should_be_done_and_of_which_nothing_is_said_the_number_is_noted() -> None:
    for minutes, silent in ((33, 0), (34, 1), (70, 3)):
        notes = from_here(question(minutes), PLANNED, Board({"T1": "done"})).wanted.notes[1:]
        tows = f"{silent} tow{'s' if silent > 1 else ''}"
        many = f"Of {tows} that should be done by now the board says nothing: counted as not done."
        assert list(notes) == ([many] if silent else [])
    at_the_second = from_here(question(2000 / 60), PLANNED, Board({"T1": "done"})).wanted.notes
    assert at_the_second[1].startswith("Of 1 tow that should be done by now")
    assert len(from_here(question(None), PLANNED, Board({"T1": "done"})).wanted.notes) == 1


def test_a_truck_is_where_its_last_tow_ended_and_one_that_is_late_needs_the_rest_again() -> None:
    def busy(minutes: float, **states: str) -> dict[str, tuple[str, int]]:
        told: Any = states
        return dict(from_here(question(minutes), PLANNED, Board(told)).busy)

    assert busy(10, T1="done", T3="done") == {"light 1": ("yard", 0)}
    assert busy(10, T1="done", T3="under_way") == {"light 1": ("yard", 2400)}
    assert busy(49, T3="under_way") == {"light 1": ("yard", 60)}
    assert busy(50, T3="under_way") == {"light 1": ("yard", 400)}
    assert busy(90, T3="under_way", T2="failed") == {"light 1": ("yard", 400)}
    with pytest.raises(BadInput, match="Give both with --from"):
        from_here(question(None), PLANNED, Board({"T1": "under_way"}))
    assert from_here(question(None), PLANNED, Board({"T1": "done"})).busy == {"light 1": ("yard", 0)}


def test_a_schedule_of_other_vehicles_or_to_another_storage_place_is_refused() -> None:
    twice = SimpleNamespace(**(vars(PLANNED) | {"tows": [*TOWS, tow(7, 2, "van")]}))
    with pytest.raises(BadInput, match="tows a van that the tally does not have"):
        from_here(question(), twice, Board({"T6": "done", "T7": "gone"}))
    lost = SimpleNamespace(**(vars(PLANNED) | {"tows": [SimpleNamespace(**(vars(TOWS[0]) | {"to_storage": "quay"}))]}))
    with pytest.raises(BadInput, match="The schedule tows to quay, which is not among the storage places"):
        from_here(question(), lost, Board({"T1": "done"}))
    assert from_here(question(), lost, Board({"T1": "gone"})).wanted.jobs


def test_of_a_tow_named_twice_the_last_line_counts_and_words_may_have_spaces(tmp_path: Path) -> None:
    path = tmp_path / "board.csv"
    path.write_text("tow,state\n T1 ,failed\nT2, under way \nT1,done\n")
    assert read_board(path, PLANNED).states == {"T1": "done", "T2": "under_way"}
    path.write_text("tow,state\nT1\n")
    with pytest.raises(BadInput, match="'' of T1"):
        read_board(path, PLANNED)


@pytest.mark.parametrize(
    ("words", "change"),
    [
        ("trucks=5", {"light": 5}),
        ("heavy=0", {"heavy": 0}),
        ("trucks=200", {"light": 200}),
        ("lost=60", {"lost": (3600, 7200)}),
        ("lost=60@0", {"lost": (0, 3600)}),
        ("lost=30@120", {"lost": (7200, 9000)}),
        ("without=operator A", {"without": ("operator A",)}),
        ("without=A;without=B; heavy = 1", {"without": ("A", "B"), "heavy": 1}),
    ],
)
def test_a_change_is_read_as_it_is_written(words: str, change: dict[str, Any]) -> None:
    assert change_of(words) == Change(words, **change)


@pytest.mark.parametrize("words", ["trucks=201", "heavy=-1", "lost=1.5", "lost=60@x", "lost=100001", "", "trucks", "without= "])
def test_a_change_that_cannot_be_read_is_refused_with_examples(words: str) -> None:
    with pytest.raises(BadInput) as refused:
        change_of(words)
    assert str(refused.value) == (
        f"{words!r} cannot be read. Write 'trucks=5', 'heavy=2', 'lost=60' (minutes), 'lost=60@120' (from minute 120 on) or "
        "'without=operator A', several of them with ';' between."
    )


def test_other_numbers_of_trucks_work_as_the_first_operators_and_the_other_kind_stays_as_it_was() -> None:
    two = means(operators=[
        {"id": "A", "hours": "24/7", "light": {"trucks": 1, "willing": "yes"}, "heavy": {"trucks": 2, "willing": "yes"}},
        {"id": "B", "light": {"trucks": 4, "willing": "yes"}, "heavy": {"trucks": 8, "willing": "no"}},
    ])  # fmt: skip
    (light,) = changed(asked(two), Change("x", light=3)).means.operators
    assert (light.id, light.hours, light.light and light.light.trucks, light.heavy and light.heavy.trucks) == (
        "A",
        "24/7",
        3,
        2,
    )
    (heavy,) = changed(asked(two), Change("x", heavy=0)).means.operators
    assert (heavy.light and heavy.light.trucks, heavy.heavy and heavy.heavy.trucks) == (5, 0)
    assert changed(asked(two), Change("x", lost=(0, 60))).lost == (0, 60)
    assert len(changed(asked(two), Change("x", lost=(0, 60))).means.operators) == 2
    (new,) = changed(asked(means(operators=[])), Change("x", light=1)).means.operators
    assert (new.id, new.light and new.light.willing) == ("trucks", "yes")


class Answer(SimpleNamespace):
    """A schedule that is copied with other fields."""

    def model_copy(self, *, update: dict[str, Any]) -> Answer:
        return Answer(**(vars(self) | update))


def test_what_goes_out_names_no_operator_in_any_field() -> None:
    answer: Any = Answer(
        operators=("Smith", "Jones"),
        trucks=(Answer(id="light 1", operator="Smith"), Answer(id="light 2", operator=None)),
        assumed=("Of Smith: hours.", "Minutes to hook up: car 10."),
        notes=("Jones has withdrawn.", "Smith tows by day.", "Slow."),
        lacking=("Smith wants cover.",),
        what_if=("without=Smith",),
        summary=("2 towed.",),
    )
    found = for_all(answer)
    assert vars(found) == {
        "operators": (), "trucks": found.trucks, "assumed": ("Minutes to hook up: car 10.",), "notes": ("Slow.",),
        "lacking": (), "what_if": (), "summary": ("2 towed.",),
    }  # fmt: skip
    assert [(one.id, one.operator) for one in found.trucks] == [("light 1", None), ("light 2", None)]
