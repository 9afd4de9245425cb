"""The board: which tows are done, have failed or are under way; the rest is scheduled again from what is so.

A tow that the schedule has behind it, and of which the board says nothing, counts as not done.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from clearway.errors import BadFile, BadInput, UnknownName
from clearway.record.kinds.tows import TOW_STATES, TowState
from clearway.tables import read_table
from clearway.words import counted, listed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from clearway.planning.vehicles.towing.ground import TowQuestion


class PlannedTow(Protocol):
    """A tow of a schedule, or of an order in the record."""

    @property
    def id(self) -> str: ...  # noqa: D102
    @property
    def stretch(self) -> int: ...  # noqa: D102
    @property
    def vehicle(self) -> str: ...  # noqa: D102
    @property
    def truck(self) -> str: ...  # noqa: D102
    @property
    def to_storage(self) -> str: ...  # noqa: D102
    @property
    def hooked_s(self) -> int: ...  # noqa: D102
    @property
    def done_s(self) -> int: ...  # noqa: D102


class PlannedStretch(Protocol):
    """A stretch of a schedule, or of an order in the record."""

    @property
    def name(self) -> str: ...  # noqa: D102


class Planned(Protocol):
    """What is worked off: a schedule, or an order in the record."""

    @property
    def starts(self) -> datetime | None: ...  # noqa: D102
    @property
    def stretches(self) -> Sequence[PlannedStretch]: ...  # noqa: D102
    @property
    def tows(self) -> Sequence[PlannedTow]: ...  # noqa: D102


@dataclass(frozen=True)
class Board:
    """The latest word on each tow of a schedule, by its id."""

    states: Mapping[str, TowState]

    def of(self, answer: Planned, *states: TowState) -> list[PlannedTow]:
        """The tows of a schedule in some states, in its order."""
        return [one for one in answer.tows if self.states.get(one.id) in states]


def board_of(states: Mapping[str, TowState], answer: Planned) -> Board:
    """The board of a schedule.

    Raises:
        UnknownName: it names a tow that the schedule does not have.
    """
    known = {one.id for one in answer.tows}
    if unknown := sorted(set(states) - known):
        raise UnknownName("tow on the board", unknown, sorted(known))
    return Board(states)


def read_board(path: Path, answer: Planned) -> Board:
    """A CSV file with the columns ``tow`` and ``state``, one of ``TOW_STATES``; of a tow named twice the last line counts.

    Raises:
        BadFile: it cannot be read, or names a state that there is not.
        UnknownName: it names a tow that the schedule does not have.
    """
    states: dict[str, TowState] = {}
    for row in read_table(path, ("tow", "state")):
        tow, word = (row["tow"] or "").strip(), (row["state"] or "").strip().replace(" ", "_")
        state = next((one for one in TOW_STATES if one == word), None)
        if state is None:
            raise BadFile(path, f"says {word!r} of {tow}", f"Write one of {', '.join(TOW_STATES)}.")
        states[tow] = state
    return board_of(states, answer)


def from_here(question: TowQuestion, answer: Planned, board: Board) -> TowQuestion:
    """What is left to do from now on: the question's start is now.

    Args:
        question: As it was asked for the schedule, with the time it is now as its start.
        answer: The schedule that is being worked off.
        board: What became of its tows.

    Raises:
        BadInput: the schedule is of other stretches or storage places, or has no start while trucks are under way.
    """
    wanted = question.wanted
    if [one.name for one in answer.stretches] != [one.name for one in wanted.stretches]:
        raise BadInput("The schedule was made of another tally. Give the tally that it was made of.")
    stored = board.of(answer, "done", "under_way")
    if lost := sorted({one.to_storage for one in stored} - {one.id for one in question.means.storage}):
        raise BadInput(
            f"The schedule tows to {listed(lost)}, which is not among the storage places. Give the means that it was made with."
        )
    jobs = list(wanted.jobs)
    for tow in board.of(answer, "done", "under_way", "gone", "withdrawn"):
        place = next((at for at, job in enumerate(jobs) if (job.stretch, job.vehicle) == (tow.stretch, tow.vehicle)), None)
        if place is None:
            raise BadInput(
                f"The schedule tows a {tow.vehicle} that the tally does not have. Give the tally that it was made of."
            )
        del jobs[place]
    away = Counter(one.stretch for one in board.of(answer, "done", "gone"))
    stretches = tuple(
        replace(one, lane_moves=max(one.lane_moves - away[place], 0)) for place, one in enumerate(wanted.stretches)
    )
    taken = Counter(one.to_storage for one in stored)
    storage = tuple(
        one if one.capacity is None else one.model_copy(update={"capacity": max(one.capacity - taken[one.id], 0)})
        for one in question.means.storage
    )
    failed, running = len(board.of(answer, "failed")), len(board.of(answer, "under_way"))
    silent = _silent(answer, board, question.starts)
    notes = [f"{counted(len(stored) - running, 'tow')} done, {failed} failed and to be tried again, {running} under way."]
    if gone := len(board.of(answer, "gone")):
        notes.append(f"{counted(gone, 'vehicle')} driven away by their drivers: nobody tows them.")
    if withdrawn := len(board.of(answer, "withdrawn")):
        notes.append(f"{counted(withdrawn, 'tow')} withdrawn: these vehicles are not towed, and stand where they stood.")
    if silent:
        notes.append(f"Of {counted(silent, 'tow')} that should be done by now the board says nothing: counted as not done.")
    return replace(
        question,
        wanted=replace(wanted, stretches=stretches, jobs=tuple(jobs), notes=(*wanted.notes, *notes)),
        means=question.means.model_copy(update={"storage": storage}),
        busy=_busy(answer, board, question.starts),
    )


def _silent(answer: Planned, board: Board, now: datetime | None) -> int:
    if answer.starts is None or now is None:
        return 0
    past_s = (now - answer.starts).total_seconds()
    return sum(one.done_s <= past_s and one.id not in board.states for one in answer.tows)


def _busy(answer: Planned, board: Board, now: datetime | None) -> dict[str, tuple[str, int]]:
    """Where each truck is once it has done what it is at, and seconds from now until then.

    A truck that is late with a tow is taken to need all the rest of it from now on that the schedule gave it after hooking up.
    """
    found: dict[str, tuple[str, int]] = {}
    if board.of(answer, "under_way") and (now is None or answer.starts is None):
        raise BadInput(
            "Trucks are under way, and nobody said when the schedule starts and what time it is. Give both with --from."
        )
    past_s = round((now - answer.starts).total_seconds()) if now and answer.starts else 0
    for tow in _latest(board.of(answer, "done")):
        found[tow.truck] = tow.to_storage, 0
    for tow in board.of(answer, "under_way"):
        left_s = tow.done_s - past_s
        found[tow.truck] = tow.to_storage, left_s if left_s > 0 else tow.done_s - tow.hooked_s
    return found


def _latest(tows: Sequence[PlannedTow]) -> list[PlannedTow]:
    return sorted(tows, key=lambda one: one.done_s)
