"""Turn restrictions as states: what a vehicle has just driven, as far as it matters for what it may drive next.

A forbidden sequence of arcs concerns only vehicles that have driven its beginning. Each beginning (a proper prefix of a
sequence) is a **state**; a vehicle is in the state of the longest beginning that ends with the arc it has just driven, or in
no state, as nearly always. The states and their moves are the automaton of Aho and Corasick, "Efficient string matching:
an aid to bibliographic search", Communications of the ACM 18 (1975), with arcs for letters, so that restrictions that
overlap, contain one another or share a beginning are combined rightly.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from clearway.network.model import Ints, Network

NO_STATE = 0
"""Nothing driven before matters."""
FORBIDDEN = -1
"""The state after a move that no vehicle may make."""


@dataclass(frozen=True, slots=True)
class TurnStates:
    """The states of one vehicle class, numbered from 1; state 0 is "no beginning of anything driven".

    Attributes:
        arc: (states,) the arc that a vehicle in each state has just driven; entry 0 is -1.
        first: (A,) state after driving an arc from no state.
        move_state: (M,) a state, for each arc that leaves its junction.
        move_arc: (M,) that arc.
        move_next: (M,) the state after driving it, ``NO_STATE``, or ``FORBIDDEN``.
    """

    arc: Ints
    first: Ints
    move_state: Ints
    move_arc: Ints
    move_next: Ints


@dataclass(slots=True)
class _Prefix:
    arc: int
    final: bool = False
    longest: int = 0  # the longest proper suffix that is itself a beginning
    then: dict[int, int] = field(default_factory=dict)


def turn_states(network: Network, class_bit: int) -> TurnStates:
    """The states that the turn restrictions of a network make for one vehicle class.

    Sequences whose arcs do not follow one another, and sequences of a single arc, can never be driven or forbid no turn:
    they are passed over.

    Args:
        network: Any network.
        class_bit: The class's bit of ``turn_classes``.
    """
    prefixes = _prefixes(_sequences(network, class_bit))
    linked = _link(prefixes)
    number = {prefix: index + 1 for index, prefix in enumerate(linked)}
    first = np.zeros(network.arc_count, np.int32)
    for arc, prefix in prefixes[0].then.items():
        first[arc] = number[prefix]
    leaving = _Leaving(network)
    moves = [
        (number[prefix], arc, FORBIDDEN if prefixes[after].final else number.get(after, NO_STATE))
        for prefix in linked
        for arc in leaving.arcs(int(network.arc_head[prefixes[prefix].arc]))
        for after in [_step(prefixes, prefix, arc)]
    ]
    columns = np.array(moves, dtype=np.int32).reshape(-1, 3).T
    return TurnStates(np.array([-1, *(prefixes[prefix].arc for prefix in linked)], np.int32), first, *columns)


def _sequences(network: Network, class_bit: int) -> list[tuple[int, ...]]:
    bound = np.flatnonzero(network.turn_classes & class_bit)
    found = [tuple(network.turn_arcs[network.turn_start[turn] : network.turn_start[turn + 1]].tolist()) for turn in bound]
    tail, head = network.arc_tail, network.arc_head
    return [
        arcs
        for arcs in dict.fromkeys(found)
        if len(arcs) > 1 and all(head[arc] == tail[after] for arc, after in pairwise(arcs))
    ]


def _prefixes(sequences: list[tuple[int, ...]]) -> list[_Prefix]:
    prefixes = [_Prefix(-1)]
    for sequence in sequences:
        at = 0
        for arc in sequence:
            if arc not in prefixes[at].then:
                prefixes[at].then[arc] = len(prefixes)
                prefixes.append(_Prefix(arc))
            at = prefixes[at].then[arc]
        prefixes[at].final = True
    return prefixes


def _link(prefixes: list[_Prefix]) -> list[int]:
    """Set each prefix's longest suffix, shortest prefixes first; the prefixes that a vehicle can be in, in that order."""
    linked: list[int] = []
    waiting = deque(prefixes[0].then.values())
    while waiting:
        at = waiting.popleft()
        prefix = prefixes[at]
        prefix.final |= prefixes[prefix.longest].final
        if prefix.final:
            continue
        linked.append(at)
        for arc, after in prefix.then.items():
            prefixes[after].longest = _step(prefixes, prefix.longest, arc)
            waiting.append(after)
    return linked


def _step(prefixes: list[_Prefix], at: int, arc: int) -> int:
    while at and arc not in prefixes[at].then:
        at = prefixes[at].longest
    return prefixes[at].then.get(arc, 0)


class _Leaving:
    """The arcs that leave each junction."""

    def __init__(self, network: Network) -> None:
        self._order = np.argsort(network.arc_tail, kind="stable").astype(np.int32)
        self._start = np.searchsorted(network.arc_tail[self._order], np.arange(network.junction_count + 1))

    def arcs(self, junction: int) -> list[int]:
        leaving: list[int] = self._order[self._start[junction] : self._start[junction + 1]].tolist()
        return leaving
