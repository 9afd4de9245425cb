"""Whether cycles are what they claim to be; shares no code with what finds them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence


def check_cycles(waits: Sequence[Collection[int]], cycles: Sequence[Sequence[int]], *, is_all: bool) -> list[str]:
    """What is wrong with a list of minimal cycles; empty where nothing is.

    Each must be a cycle that no arc shortens, and none may stand there twice. Where the list claims to be all of them, nothing
    may go round among the vertices that it does not name: a cycle there would hold a minimal one that is missing.

    Args:
        waits: For each vertex, those that it has an arc to.
        cycles: Vertices in order.
        is_all: Whether no further cycle is claimed to be there.
    """
    wrong = [problem for cycle in cycles for problem in _problems(waits, cycle)]
    if len({frozenset(cycle) for cycle in cycles}) < len(cycles):
        wrong.append("A cycle stands there twice.")
    if is_all:
        touched = {vertex for cycle in cycles for vertex in cycle}
        left = set(range(len(waits))) - touched
        while dead := {one for one in left if not (set(waits[one]) & left) - {one}}:
            left -= dead
        if left:
            wrong.append(f"A cycle through {min(left)} is not listed.")
    return wrong


def _problems(waits: Sequence[Collection[int]], cycle: Sequence[int]) -> list[str]:
    arcs = {(one, other) for one in cycle for other in waits[one] if other in cycle and other != one}
    round_once = set(zip(cycle, [*cycle[1:], *cycle[:1]], strict=True))
    if len(set(cycle)) < len(cycle) or len(cycle) < 2:  # noqa: PLR2004 - one alone waits for nobody
        return [f"{list(cycle)} does not go round."]
    if missing := round_once - arcs:
        return [f"{min(missing)} is not there."]
    return [f"{list(cycle)} is cut short by {min(chords)}."] if (chords := arcs - round_once) else []
