"""Deadlocks in words, and the smallest step that would open each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearway.planning.reading import ids_of
from clearway.planning.talks.check import check_cycles
from clearway.planning.talks.contract import ClaimOf, Deadlock, Opening, TermOf
from clearway.planning.talks.deadlocks import minimal_cycles, waits_of
from clearway.words import counted, listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearway.planning.talks.claims import Claim
    from clearway.planning.talks.contract import RequestOf
    from clearway.planning.talks.lines import Lines


def deadlocks_of(
    claims: Sequence[Claim], terms: Sequence[TermOf], requests: Sequence[RequestOf], lines: Lines
) -> tuple[list[Deadlock], bool]:
    """Every deadlock, the shortest first, and whether there are no more.

    A claim that the figures show as met waits for nothing more.

    Args:
        claims: Who does what only after what.
        terms: How the conditions stand.
        requests: Offers to mediate are among them.
        lines: To cite entries.

    Raises:
        RuntimeError: the checker refuses what was found: a fault of this program.
    """
    met = {term.line.id for term in terms if term.state == "met"}
    held = [claim for claim in claims if not all(entry.id in met for entry in claim.entries)]
    waits = waits_of(held)
    cycles = minimal_cycles(waits)
    if wrong := check_cycles(waits, cycles.found, is_all=cycles.is_all):
        raise RuntimeError(wrong[0])
    mediators = [one.line for one in requests if one.line.kind == "offer" and one.state == "unanswered"]
    found = [_deadlock([held[at] for at in cycle], held, lines) for cycle in cycles.found]
    return [one.model_copy(update={"offers": mediators}) for one in found], cycles.is_all


def _deadlock(cycle: Sequence[Claim], claims: Sequence[Claim], lines: Lines) -> Deadlock:
    told = [
        ClaimOf(
            party=claim.party,
            holds=claim.holds.text,
            until=claim.until.text,
            lines=lines.all(claim.entries),
        )
        for claim in cycle
    ]
    parties = list(dict.fromkeys(claim.party for claim in cycle))
    whose = f"{listed(parties)} wait for one another" if len(parties) > 1 else f"What {parties[0]} say waits for itself"
    says = "; ".join(f"{one.party}: “{one.holds}” only after “{one.until}”" for one in told)
    return Deadlock(
        says=f"{whose}: {says}.",
        parties=parties,
        claims=told,
        entries=list(dict.fromkeys(one for claim in cycle for one in ids_of(claim.entries))),
        openings=_openings(cycle, claims),
        offers=[],
    )


def _openings(cycle: Sequence[Claim], claims: Sequence[Claim]) -> list[Opening]:
    """For each claim, that its party goes first: it sets aside every term that keeps it from that act, not only this one."""
    steps = []
    for claim in cycle:
        also = [one for one in claims if one.party == claim.party and one.holds.is_same(claim.holds) and one is not claim]
        rest = f" and {counted(len(also), 'other term')} of theirs" if also else ""
        act = claim.holds.text
        says = f"{claim.party} would go first (“{act}”), and set aside “{claim.until.text}”{rest}."
        steps.append((1 + len(also), claim.party, says))
    least = min(size for size, _, _ in steps)
    return [
        Opening(party=party, says=says, sets_aside=size, is_smallest=size == least)
        for size, party, says in sorted(steps, key=lambda one: one[0])
    ]
