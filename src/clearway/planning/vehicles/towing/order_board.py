"""The board of tows that an office ordered: what became of each, by the record; the same on every screen.

An operator that refuses after the order has withdrawn: its trucks start no tow from then on, and what they were at goes back.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from clearway.errors import NotFound
from clearway.planning.vehicles.record_means import named_alike, whole
from clearway.record.kinds.towing import TowOperator
from clearway.record.kinds.tows import TowOrder, TowProgress
from clearway.words import counted, listed, time_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from clearway.record.entry import Entry
    from clearway.record.kinds.tows import OrderedTruck, TowState


_FEW = 3
"""Trucks that are named one by one: more names are not read in a hurry."""


class Said(NamedTuple):
    """The latest word on a tow.

    Attributes:
        state: What became of it.
        entry: Id of the entry.
        at: When it was so.
        note: What else was said.
    """

    state: TowState
    entry: str
    at: datetime
    note: str | None


class Withdrawal(NamedTuple):
    """That trucks of an operator come no more.

    Attributes:
        operator: Whose they are.
        trucks: Their ids in the order.
        at: From when on.
        entry: Id of the operator's answer.
        back: The tows that they were at, which go back.
        open: Their other tows that are not done.
    """

    operator: str
    trucks: tuple[str, ...]
    at: datetime
    entry: str
    back: tuple[str, ...]
    open: tuple[str, ...]


@dataclass(frozen=True)
class OrderBoard:
    """An order that is worked off, as known at a moment.

    Attributes:
        entry: Id of the order's entry.
        order: The order, whole.
        said: The latest word on each tow of which there is one, by its id.
        withdrawals: Operators that withdrew since.
    """

    entry: str
    order: TowOrder
    said: Mapping[str, Said]
    withdrawals: tuple[Withdrawal, ...]

    @property
    def states(self) -> dict[str, TowState]:
        """What became of each tow; what a truck that comes no more was at is to come again."""
        back = {tow for one in self.withdrawals for tow in one.back}
        return {tow: "to_come" if tow in back else said.state for tow, said in self.said.items()}

    @property
    def is_over(self) -> bool:
        """Whether nothing is left to do."""
        over = sum(state in ("done", "gone", "withdrawn") for state in self.states.values())
        return over == len(self.order.tows) and not self.order.left

    def told(self, zone: ZoneInfo) -> Iterator[str]:
        """Who withdrew, and what goes back; the names are for the room alone."""
        for one in self.withdrawals:
            back = f" Under way, and to be done again: {listed(one.back)}." if one.back else ""
            rest = f" Of its other tows {len(one.open)} are not done: other trucks must do them." if one.open else ""
            when, trucks = time_words(one.at, zone), _truck_words(one.trucks)
            yield f"{one.operator} has withdrawn at {when}. Trucks that come no more: {trucks}.{back}{rest}"


def boards_of(entries: Iterable[Entry], answers: Iterable[Entry]) -> list[OrderBoard]:
    """The orders of a record with what became of their tows, the newest first.

    Args:
        entries: Orders and words on their tows, in force.
        answers: Of tow operators, in force.
    """
    given = sorted(entries, key=lambda one: (one.draft.happened.end, one.seq))
    newest = _newest(answers)
    said: dict[int, dict[str, Said]] = {}
    for entry in given:
        body = entry.draft.body
        if isinstance(body, TowProgress) and body.tow is not None:
            word = Said(body.state, entry.id, entry.draft.happened.end, body.note)
            said.setdefault(body.order, {})[body.tow] = word
    orders = [(entry, body) for entry in given if isinstance(body := entry.draft.body, TowOrder)]
    return [
        OrderBoard(entry.id, body, own, tuple(_withdrawals(entry, body, own, newest)))
        for entry, body in reversed(orders)
        for own in (said.get(body.order, {}),)
    ]


def board_called(boards: Sequence[OrderBoard], number: int) -> OrderBoard:
    """The board of an order.

    Raises:
        NotFound: there is no such order.
    """
    found = next((one for one in boards if one.order.order == number), None)
    if found is None:
        known = listed([f"{one.order.order}" for one in reversed(boards)]) or "none yet"
        raise NotFound(f"The record has no tow order {number}. It has: {known}.")
    return found


def order_words(board: OrderBoard) -> str:
    """How far an order is: ``3 of 20 done, 1 under way, 2 failed and to be tried again``."""
    number = Counter(board.states.values())
    total = len(board.order.tows)
    left = total - sum(number[state] for state in ("done", "under_way", "failed", "gone", "withdrawn"))
    parts = (
        f"{number['done']} of {counted(total, 'tow')} done",
        number["under_way"] and f"{number['under_way']} under way",
        number["failed"] and f"{number['failed']} failed and to be tried again",
        number["gone"] and f"{number['gone']} driven away by their drivers",
        number["withdrawn"] and f"{number['withdrawn']} withdrawn",
        left and f"{left} to come",
    )
    return ", ".join(part for part in parts if part)


def _truck_words(trucks: Sequence[str]) -> str:
    """Few trucks by their names, many by their number of each kind."""
    if len(trucks) <= _FEW:
        return listed(trucks)
    number = Counter(one.partition(" ")[0] for one in trucks)
    return listed([f"{count} {kind}" for kind, count in number.items()])


def _newest(answers: Iterable[Entry]) -> dict[str, Entry]:
    """The newest answer of each operator, by its name as names are compared."""
    found: dict[str, Entry] = {}
    for entry in sorted(answers, key=lambda one: (one.draft.happened.end, one.draft.known, one.seq)):
        if isinstance(body := entry.draft.body, TowOperator):
            found[named_alike(body.operator)] = entry
    return found


def _withdrawals(entry: Entry, order: TowOrder, said: Mapping[str, Said], newest: Mapping[str, Entry]) -> Iterator[Withdrawal]:
    for operator in dict.fromkeys(one.operator for one in order.trucks):
        answer = newest.get(named_alike(operator))
        if answer is None or (answer.draft.known, answer.seq) <= (entry.draft.known, entry.seq):
            continue
        body = answer.draft.body
        assert isinstance(body, TowOperator)  # noqa: S101 - only answers are looked at
        own = [one for one in order.trucks if one.operator == operator]
        gone = [one.id for kind in ("light", "heavy") for one in _no_more(body, kind, [one for one in own if one.kind == kind])]
        if not gone:
            continue
        open_ = [one.id for one in order.tows if one.truck in gone and _is_open(said.get(one.id))]
        since = answer.draft.happened.end
        back = [one for one in open_ if one in said and said[one].state == "under_way" and said[one].at <= since]
        yield Withdrawal(
            operator, tuple(gone), since, answer.id, tuple(back),
            tuple(one for one in open_ if one not in back),
        )  # fmt: skip


def _no_more(body: TowOperator, kind: str, trucks: Sequence[OrderedTruck]) -> Sequence[OrderedTruck]:
    """The trucks of a kind that an operator sends no more: all where it refuses, else those beyond the number it gives."""
    willing = body.light_willing if kind == "light" else body.heavy_willing
    number = body.light_trucks if kind == "light" else body.heavy_trucks
    if willing == "no":
        return trucks
    sent = whole(number) if willing == "yes" else None
    return trucks[sent:] if sent is not None else ()


def _is_open(said: Said | None) -> bool:
    return said is None or said.state in ("to_come", "under_way", "failed")
