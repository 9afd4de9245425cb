"""Whether an answer of ``clearway vehicles balance`` holds, by code that shares nothing with what made it.

It promises that

* it rests on what the record says, figure by figure;
* each number that there can be at a moment, at least and at most, is reached in a history in which all that counts holds, and
  bounds that are added up show that no other can be;
* each set of statements cannot all hold, and without any one of them the others can: a history shows it;
* where it calls its sets all of them, whoever leaves out one statement of each can let all others hold;
* as many vehicles as it says must have come or left of which nobody spoke, and as many suffice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearway.planning.vehicles.balance.check.claim import read_claim
from clearway.planning.vehicles.balance.check.ground import Ground, least_covers

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from clearway.planning.vehicles.balance.check.claim import Claim, HistoryClaim, StatementClaim

_UNBOUNDED = 50_000
"""Vehicles that a history has to have where nothing is said to bound them."""
_SHOWN = 20
"""Sentences that a reader still reads."""


def check_balance(document: object, where: str, figures: Sequence[StatementClaim]) -> tuple[list[str], list[str]]:
    """Sentences about what holds, and about what does not; it is good when the second list is empty.

    Args:
        document: The answer's JSON.
        where: Of which place the record was asked, in words.
        figures: What it says of it, at any time.

    Raises:
        BadInput: it is no such answer, or damaged.
    """
    claim = read_claim(document)
    if problem := _not_said(claim, where, figures):
        return [], [problem]
    ground = Ground(claim)
    broken = [problem for one in claim.histories if (problem := ground.wrong_with(one))]
    fails = broken or [*_wrong_sets(claim, ground), *_wrong_moments(claim, ground), *_wrong_residual(claim, ground)]
    if fails:
        return [], [f"{one[:1].upper()}{one[1:]}." for one in fails[:_SHOWN]]
    return [f"{_counted(len(claim.moments), 'moment')} and {_counted(len(claim.sets), 'set')} of statements are proved."], []


def _not_said(claim: Claim, where: str, figures: Sequence[StatementClaim]) -> str | None:
    """Where the answer rests on other figures than the record's."""
    if claim.where != where:
        return f"It is of {claim.where or 'the whole operation'}, and the record was asked of {where or 'all of it'}."
    true = [one for one in figures if one.end >= claim.start and (one.start < claim.end or one.end == claim.end)]
    for one in claim.statements:
        if one not in true:
            return f"The record does not say what the answer takes {one.entry} to say."
    if missing := [one for one in true if one not in claim.statements]:
        return f"The record says more: {missing[0].entry} is left out."
    return None


def _wrong_sets(claim: Claim, ground: Ground) -> Iterator[str]:
    sets = [entries for entries, _ in claim.sets]
    known = {one.entry for one in claim.statements}
    good = [one for one in claim.histories if not _unsaid(one)]
    for entries, proof in claim.sets:
        listed = ", ".join(sorted(entries))
        if not entries <= known or not ground.proves(proof, entries, None, 0, unsaid=False):
            yield f"nothing proves that {listed} cannot all hold"
        for entry in sorted(entries):
            if not any(not one.without & (entries - {entry}) for one in good):
                yield f"no history shows that {listed} can hold without {entry}"
    if claim.without != frozenset().union(*sets):
        yield "the moments leave out other statements than those that contradict each other"
    covers = least_covers(sets) if claim.is_all else ()
    if any(not any(one.without <= cover for one in good) for cover in covers):
        yield "there may be more sets that cannot all hold than it lists"


def _wrong_moments(claim: Claim, ground: Ground) -> Iterator[str]:
    active = {one.entry for one in claim.statements} - claim.without
    levels = [ground.levels(one) for one in claim.histories if one.without <= claim.without and not _unsaid(one)]
    if [one.at for one in claim.moments] != [at for at in ground.times if claim.start <= at <= claim.end]:
        yield "its moments are not those at which a statement or the time begins or ends"
        return
    for one in claim.moments:
        number = ground.times.index(one.at)
        reached = {level[number] for level in levels}
        if one.low not in reached:
            yield f"no history has {_counted(one.low, 'vehicle')} at {one.at}"
        if one.high is None and max(reached, default=0) < _UNBOUNDED:
            yield f"no history shows that nothing bounds the vehicles at {one.at}"
        if one.high is not None and one.high not in reached:
            yield f"no history has {_counted(one.high, 'vehicle')} at {one.at}"
        if one.low and not ground.proves(one.low_proof, active, ground.stock(number, -1), 1 - one.low, unsaid=False):
            yield f"nothing proves that no fewer than {one.low} can be there at {one.at}"
        if one.high is not None and not ground.proves(one.high_proof, active, ground.stock(number), one.high + 1, unsaid=False):
            yield f"nothing proves that no more than {one.high} can be there at {one.at}"


def _wrong_residual(claim: Claim, ground: Ground) -> Iterator[str]:
    every = {one.entry for one in claim.statements}
    if claim.residual is None:
        if not ground.proves(claim.residual_proof, every, None, 0, unsaid=True):
            yield "nothing proves that the statements cannot all hold whoever came and left"
        return
    if not any(not one.without and _unsaid(one) == claim.residual for one in claim.histories):
        yield f"no history does with {_counted(claim.residual, 'vehicle')} of which nobody spoke"
    denied = ground.fewer_unsaid()
    if claim.residual and not ground.proves(claim.residual_proof, every, denied, 1 - claim.residual, unsaid=True):
        yield f"nothing proves that {_counted(claim.residual, 'vehicle')} came or left of which nobody spoke"


def _unsaid(history: HistoryClaim) -> int:
    """Vehicles of a history that came or left without anybody saying so."""
    return sum(move.came + move.left for move in history.moves if move.group is None)


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
