"""The balance of a place: bounds at each moment, the smallest sets of statements that contradict each other, the residual.

A set is found by leaving out what is not needed for the contradiction, the others by a tree that leaves out each member of it
in turn (R. Reiter, "A theory of diagnosis from first principles", Artificial Intelligence 32, 1987).
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from clearway.errors import BadInput, Infeasible
from clearway.planning.vehicles.balance.check import check_balance
from clearway.planning.vehicles.balance.check.claim import StatementClaim
from clearway.planning.vehicles.balance.contract import Balance, BalanceStatement, Contradiction, StockAt
from clearway.planning.vehicles.balance.program import MOST, StockProgram
from clearway.planning.vehicles.balance.proving import Proving
from clearway.words import counted

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from datetime import datetime

    from clearway.planning.vehicles.balance.said import Said, Statement

MOST_SETS = 12
"""More sets of contradicting statements are not listed, for nobody reads them, unless the rest cannot hold with them."""
MOST_STATEMENTS = 200
"""More are another question for a room: it had some tens in a fortnight."""
_CLOSED = (
    "Nobody is taken to have come or left but those of whom somebody spoke; where nobody said how many, it may be any number."
)


def balanced(said: Said, start: datetime, end: datetime) -> Balance:
    """What can be true of the vehicles of a place over a time.

    Args:
        said: What is said of it.
        start: Of the time; statements whose spans end before it do not count.
        end: Of the time; statements whose spans begin after it do not count.

    Raises:
        BadInput: the time ends before it starts, or nothing was said of vehicles in it, or too much.
        Infeasible: the answer did not pass its check; it is not handed out.
        Unavailable: the solver gives up.
    """
    if end <= start:
        raise BadInput("The time ends before it starts. Give --from before --to.")
    statements = [one for one in said.statements if one.end >= start and (one.start < end or one.end == end)]
    if not any(one.role == "stand" for one in statements):
        raise BadInput(
            "Nobody said in that time how many vehicles there were. Give a longer time, or another place with --place."
        )
    if len(statements) > MOST_STATEMENTS:
        raise BadInput(f"{len(statements)} statements are too many to balance. Give a shorter time, {MOST_STATEMENTS} at most.")
    program = StockProgram(statements, (start, end))
    sets, is_all = _contradicting(program, [one.entry for one in statements])
    without = tuple(dict.fromkeys(entry for one in sets for entry in one))
    active = {one.entry for one in statements} - set(without)
    proving = Proving(statements, program.times)
    moments = tuple(
        _stock(program, proving, active, number) for number, moment in enumerate(program.times) if start <= moment <= end
    )
    residual = program.residual({one.entry for one in statements}) if sets else 0
    everything = frozenset(one.entry for one in statements)
    repeated = tuple(one.entry for one in statements if one.is_repeat)
    told = {one.entry: one.says for one in statements}
    answer = Balance(
        where=said.where,
        start=start,
        end=end,
        statements=tuple(map(_shown, statements)),
        moments=moments,
        contradictions=tuple(
            Contradiction(entries=one, says=_cannot([told[entry] for entry in one]), proof=proving.contradiction(one))
            for one in sets
        ),
        is_all=is_all,
        without=without,
        residual=residual,
        residual_proof=None if residual == 0 else proving.residual(everything, residual),
        histories=tuple(program.histories),
        repeated=repeated,
        assumed=(_CLOSED, *said.assumed),
        left_out=said.left_out,
        summary=tuple(_summary(moments[-1], sets, residual, len(repeated))),
    )
    _, fails = check_balance(answer.model_dump(mode="json"), said.where, figures(said))
    if fails:
        raise Infeasible(f"The answer did not pass its check and is not handed out: {fails[0]} Report this.")
    return answer


def figures(said: Said) -> list[StatementClaim]:
    """What is said of a place, as the checker takes it."""
    return [
        StatementClaim(
            one.entry, one.role, one.group, one.start, one.end,
            *(int(bound) if math.isfinite(bound) else None for bound in (one.low, one.high)),
        )
        for one in said.statements
    ]  # fmt: skip


def _stock(program: StockProgram, proving: Proving, active: Collection[str], number: int) -> StockAt:
    """What can be true at a moment, by its number."""
    low, high = program.least(active, number), _high(program.most(active, number))
    return StockAt(
        at=program.times[number],
        low=low,
        high=high,
        low_proof=proving.stock(active, number, low, None) if low else None,
        high_proof=None if high is None else proving.stock(active, number, None, high),
    )


def _contradicting(program: StockProgram, entries: Sequence[str]) -> tuple[list[tuple[str, ...]], bool]:
    """The smallest sets of statements that cannot all hold, and whether these are all of them."""
    found: list[tuple[str, ...]] = []
    waiting, seen = [frozenset[str]()], set[frozenset[str]]()
    while waiting:
        left_out = waiting.pop(0)
        if left_out in seen:
            continue
        seen.add(left_out)
        kept = [entry for entry in entries if entry not in left_out]
        known = next((one for one in found if not left_out & set(one)), None)
        if known is None and not program.holds(kept):
            if len(found) == MOST_SETS:
                return [*found, *_apart(program, [one for one in entries if not any(one in known for known in found)])], False
            known = _smallest(program, kept)
            found.append(known)
        if known is not None:
            waiting += [left_out | {entry} for entry in known]
    return found, True


def _apart(program: StockProgram, entries: Sequence[str]) -> list[tuple[str, ...]]:
    """Sets that share no statement, as many as it takes for those in none of them to hold together."""
    kept, found = list(entries), list[tuple[str, ...]]()
    while not program.holds(kept):
        found.append(_smallest(program, kept))
        kept = [entry for entry in kept if entry not in found[-1]]
    return found


def _smallest(program: StockProgram, entries: Sequence[str]) -> tuple[str, ...]:
    """Of statements that cannot all hold, some that cannot, and can without any one of them."""
    kept = list(entries)
    for entry in entries:
        others = [one for one in kept if one != entry]
        if not program.holds(others):
            kept = others
    return tuple(kept)


def _high(most: int) -> int | None:
    """The most, or None where only the bound of the program holds it down."""
    return None if most > MOST / 2 else most


def _shown(one: Statement) -> BalanceStatement:
    low, high = (None if math.isinf(bound) else int(bound) for bound in (one.low, one.high))
    return BalanceStatement(
        entry=one.entry, role=one.role, group=one.group, start=one.start, end=one.end, low=low, high=high, says=one.says
    )


def _cannot(says: Sequence[str]) -> str:
    if len(says) == 1:
        return f"This cannot hold: {says[0]}."
    return f"These cannot all hold: {'; '.join(says)}."


def _summary(last: StockAt, sets: Sequence[Sequence[str]], residual: int | None, repeated: int) -> Iterator[str]:
    rests = ", leaving out every statement that contradicts others" if sets else ""
    yield f"Vehicles that there can be at the end: {last.words}{rests}."
    if sets:
        yield f"{counted(len(sets), 'set')} of statements cannot all hold."
        yield (
            "They could not all hold even if vehicles came and left of which nobody spoke."
            if residual is None
            else f"They could all hold only if {counted(residual, 'more vehicle')} or more came or left of which nobody spoke."
        )
    else:
        yield "All statements can hold together."
    if repeated:
        yield f"{counted(repeated, 'figure')} said again by the same speaker: repeated, or counted anew, nobody said."
