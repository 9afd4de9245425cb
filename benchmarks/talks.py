"""Deadlocks among 50 groups, beside NetworkX: every cycle without a chord in what each does only after what.

Three draws of 50 groups with two claims each, every claim held back by two others on average, so that nearly all hang together.
Both find the same cycles, or the run stops. The second row is the whole way from claims to the cycles that are listed.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import networkx as nx

from benchmarks.measure import Figure, seconds
from clearway.planning.talks.claims import Claim
from clearway.planning.talks.deadlocks import MOST_CYCLES, minimal_cycles, waits_of
from clearway.planning.talks.subjects import Act

if TYPE_CHECKING:
    from collections.abc import Iterator

_GROUPS, _CLAIMS, _ACTS = 50, 100, 50
_MOST = 100_000


def figures() -> Iterator[Figure]:
    """Three draws; of each ours, the peer, and the way from the claims."""
    for seed in (1, 2, 3):
        claims = _claims(seed)
        waits = waits_of(claims)
        found = minimal_cycles(waits, _MOST)
        graph = nx.DiGraph([(one, other) for one, others in enumerate(waits) for other in others])
        theirs = {frozenset(cycle) for cycle in nx.chordless_cycles(graph)}
        if {frozenset(cycle) for cycle in found.found} != theirs:
            raise RuntimeError("the two disagree")
        note = f"{len(theirs)} deadlocks among {_GROUPS} groups; aim: 0.1 s, of {MOST_CYCLES} at most"
        peer_s = seconds(lambda graph=graph: list(nx.chordless_cycles(graph)), repeats=3)  # type: ignore[misc]
        ours_s = seconds(lambda waits=waits: minimal_cycles(waits, _MOST), repeats=5)  # type: ignore[misc]
        yield Figure(f"all deadlocks, draw {seed}", ours_s, {f"NetworkX {nx.__version__}": peer_s}, note=note)
        whole_s = seconds(lambda claims=claims: minimal_cycles(waits_of(claims)), repeats=3)  # type: ignore[misc]
        yield Figure(f"from claims to the deadlocks that are listed, draw {seed}", whole_s)


def _claims(seed: int) -> list[Claim]:
    chance = random.Random(seed)  # noqa: S311 - the same each time
    acts = [Act(f"act {number}", f"act_{number}", frozenset([f"act{number}"])) for number in range(_ACTS)]
    return [
        Claim(f"group {number % _GROUPS}", chance.choice(acts), chance.choice(acts), "", f"group {number % _GROUPS}", ())
        for number in range(_CLAIMS)
    ]
