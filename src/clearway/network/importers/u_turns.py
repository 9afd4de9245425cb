"""Where vehicles may turn round, as far as a turn restriction could be evaded by it.

A shortest way turns round nowhere but to get past a turn restriction: on, round, and back to the junction from the other side.
Where that is possible in the field is in ``u_turns.csv``, which a user can read: at dead ends, turning places and ordinary
junctions, not in the middle of a link and not on a one-way carriageway. From each junction of a restriction the streets are
followed up to the first place where turning round is possible; before it, it is forbidden. Farther away it makes no difference.

A restriction over via ways is not evaded by turning round twice on them either, whatever the places.

Bicycles and people on foot turn round where they like.
"""

from __future__ import annotations

import csv
from functools import cache
from importlib import resources
from io import StringIO
from typing import TYPE_CHECKING

import numpy as np

from clearway.network.classes import MOTOR_CLASSES, class_mask

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from clearway.network.importers.osm_turns import Arcs

_MOTOR = class_mask(MOTOR_CLASSES)
_MIDDLE_ARMS = 2
"""Two pieces of street and nothing else."""


@cache
def u_turn_places() -> dict[str, bool]:
    """Whether vehicles may turn round, by kind of place.

    >>> u_turn_places()["dead_end"], u_turn_places()["middle"]
    (True, False)
    """
    text = resources.files("clearway.network").joinpath("u_turns.csv").read_text("utf-8")
    return {row["place"]: row["allowed"] == "yes" for row in csv.DictReader(StringIO(text))}


def forbidden_u_turns(
    sequences: Iterable[tuple[int, tuple[int, ...], int]], arcs: Arcs, turning_places: frozenset[int]
) -> Iterator[tuple[int, tuple[int, ...], int]]:
    """The turns round to forbid so that nobody gets past a restriction: the restriction, the arcs, the classes.

    Args:
        sequences: Restriction, arcs and classes.
        arcs: The arcs of the network in the making.
        turning_places: Junctions with room to turn.
    """
    listed = [(number, sequence, classes & _MOTOR) for number, sequence, classes in sequences if classes & _MOTOR]
    corners = {int(arcs.head[arc]): number for number, sequence, _ in reversed(listed) for arc in sequence[:-1]}
    round_at = dict(_impossible(corners, arcs, turning_places))
    yield from ((number, turn, _MOTOR) for turn, number in round_at.items())
    for number, sequence, classes in listed:
        for there_and_back in _twice_on_via(sequence[1:-1]):
            turns = {there_and_back[at : at + 2] for at in (len(there_and_back) // 2 - 1, len(there_and_back) - 2)}
            if turns.isdisjoint(round_at):
                yield number, there_and_back, classes


def place_at(junction: int, arcs: Arcs, turning_places: frozenset[int]) -> str:
    """The kind of place that a junction is, in the words of the table."""
    leaving = [(arc, bool(arcs.permit[arc] & _MOTOR), bool(arcs.permit[arc ^ 1] & _MOTOR)) for arc in arcs.leaving(junction)]
    arms = [(out, into) for _, out, into in leaving if out or into]
    if junction in turning_places:
        return "turning_place"
    if len(arms) < _MIDDLE_ARMS:
        return "dead_end"
    if (True, False) in arms and (False, True) in arms:
        return "one_way"
    return "middle" if len(arms) == _MIDDLE_ARMS else "junction"


def _impossible(
    corners: Mapping[int, int], arcs: Arcs, turning_places: frozenset[int]
) -> Iterator[tuple[tuple[int, int], int]]:
    """Arcs with their reverse at whose end nobody turns round, out from the corners up to the first place where one can."""
    allowed = u_turn_places()
    waiting, seen = list(corners.items()), set(corners)
    while waiting:
        junction, number = waiting.pop()
        for arc in arcs.leaving(junction):
            end = int(arcs.head[arc])
            both_ways = arcs.permit[arc] & arcs.permit[arc ^ 1] & _MOTOR
            if not both_ways or allowed[place_at(end, arcs, turning_places)]:
                continue
            yield (arc, arc ^ 1), number
            if end not in seen:
                seen.add(end)
                waiting.append((end, number))


def _twice_on_via(via: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    """Each run of via arcs driven there, back, and into its first arc again."""
    for first, last in zip(*np.triu_indices(len(via)), strict=True):
        there = via[first : last + 1]
        yield (*there, *(arc ^ 1 for arc in reversed(there)), there[0])
