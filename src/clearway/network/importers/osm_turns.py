"""OpenStreetMap turn restrictions as sequences of arcs that may not follow one another.

``no_*`` forbids its own sequence. ``only_*`` forbids, wherever the prescribed sequence is left, every other way on, the U-turn
included: "only straight on" leaves nothing else. A restriction over via *ways* is the whole sequence through them.

Refused, each with its reason: restrictions that hold at some hours only, values that are not turns, members that lie outside
the data or are no streets, members that do not meet or that meet in more ways than one.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, TypeVar

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from clearway.network.classes import VehicleClass
    from clearway.network.importers.osm_source import Relation
    from clearway.network.model import Longs

_TURNS = frozenset(
    f"{rule}_{turn}" for rule in ("no", "only") for turn in ("left_turn", "right_turn", "straight_on", "u_turn")
) | {
    "no_entry",
    "no_exit",
}
_HOURS = ("day_on", "day_off", "hour_on", "hour_off", "time", "date_on", "date_off")
_MOST_VIA_WAYS = 12
"""Real restrictions pass over one to three ways; to join more than a dozen, tried in every order, would take too long."""
Sequence = TypeVar("Sequence", bound=tuple[int, ...])


class Refused(Exception):
    """A restriction that the import cannot keep; the message is the reason, as counted."""


@dataclass(frozen=True, slots=True)
class Arcs:
    """The arcs of a network in the making.

    Attributes:
        tail: (A,) junction each arc leaves.
        head: (A,) junction each arc enters.
        permit: (A,) classes that may drive along it.
        of_way: Arcs of each OpenStreetMap way that restrictions name.
        outside: Ids of ways that are streets in the data, but none in the network.
        junction: Junction of each node id that restrictions name.
    """

    tail: Longs
    head: Longs
    permit: Longs
    of_way: Mapping[int, list[int]]
    outside: frozenset[int]
    junction: Mapping[int, int]
    out_start: Longs
    out_arcs: Longs

    def leaving(self, junction: int) -> list[int]:
        """The arcs that leave a junction."""
        found: list[int] = self.out_arcs[self.out_start[junction] : self.out_start[junction + 1]].tolist()
        return found


def out_lists(tail: Longs, junctions: int) -> tuple[Longs, Longs]:
    """Arcs sorted by the junction they leave: first entry of each junction, and the arcs."""
    return np.concatenate(([0], np.cumsum(np.bincount(tail, minlength=junctions)))), np.argsort(tail, kind="stable")


def forbidden_sequences(
    relation: Relation, arcs: Arcs, rows: tuple[VehicleClass, ...]
) -> Iterator[tuple[tuple[int, ...], int]]:
    """The sequences of arcs that a restriction forbids, each with the mask of classes bound.

    Raises:
        Refused: the restriction cannot be used; the message says why.
    """
    value, classes = rule(relation.tags, rows)
    sequences = _sequences(relation, value, arcs, classes)
    for sequence in sequences:
        if value.startswith("no_"):
            yield sequence, classes
        else:
            yield from ((other, classes) for other in _all_but(sequence, arcs, classes))


def rule(tags: Mapping[str, str], rows: tuple[VehicleClass, ...]) -> tuple[str, int]:
    """The restriction's value and the classes it binds.

    Raises:
        Refused: it holds at certain times only, or is no turn restriction that we know.
    """
    if any(key in tags for key in _HOURS) or any(key.endswith("conditional") for key in tags):
        raise Refused("holds at certain times only")
    key, value = next(((key, value) for key, value in tags.items() if key.partition(":")[0] == "restriction"), ("", ""))
    if value not in _TURNS:
        raise Refused(f"value {value or 'absent'}")
    kind = key.partition(":")[2] or tags["type"].partition(":")[2]
    freed = {part.strip() for part in tags.get("except", "").split(";")}
    mask = 0
    for bit, row in enumerate(rows):
        if row.heeds_turns and (not kind or kind in row.access_keys) and not freed & set(row.access_keys):
            mask |= 1 << bit
    if not mask:
        raise Refused("binds no vehicle class")
    return value, mask


def _sequences(relation: Relation, value: str, arcs: Arcs, classes: int) -> list[tuple[int, ...]]:
    members = {role: [(kind, ref) for kind, ref, has in relation.members if has == role] for role in ("from", "via", "to")}
    starts, via, ends = members["from"], members["via"], members["to"]
    if not starts or not via or not ends:
        raise Refused("from, via or to is missing")
    many_starts, many_ends = len(starts) > 1 and value != "no_entry", len(ends) > 1 and value != "no_exit"
    if many_starts or many_ends or any(kind != "w" for kind, _ in (*starts, *ends)):
        raise Refused("more than one from or to")
    return [_one(start[1], via, end[1], arcs=arcs, classes=classes, value=value) for start, end in product(starts, ends)]


def _one(start: int, via: list[tuple[str, int]], end: int, *, arcs: Arcs, classes: int, value: str) -> tuple[int, ...]:
    for way in (start, end, *(ref for kind, ref in via if kind == "w")):
        if way not in arcs.of_way:
            raise Refused(
                "a member is not a street of the network" if way in arcs.outside else "a member lies outside the data"
            )
    kinds = {kind for kind, _ in via}
    into, out = (_usable(arcs.of_way[way], arcs, classes) for way in (start, end))
    if not into or not out:
        raise Refused("a member is closed to the vehicles it binds")
    if kinds == {"n"} and len(via) == 1:
        return _at_node(into, out, via[0][1], arcs=arcs, u_turn=value.endswith("u_turn"))
    if kinds == {"w"}:
        return _over_ways(into, out, [ref for _, ref in via], arcs, classes)
    raise Refused("via is neither one node nor ways")


def _usable(candidates: list[int], arcs: Arcs, classes: int) -> list[int]:
    return [arc for arc in candidates if arcs.permit[arc] & classes]


def _at_node(into: list[int], out: list[int], node: int, *, arcs: Arcs, u_turn: bool) -> tuple[int, int]:
    if node not in arcs.junction:
        raise Refused("from, via and to do not meet")
    junction = arcs.junction[node]
    pairs = [(i, o) for i in into if arcs.head[i] == junction for o in out if arcs.tail[o] == junction]
    pairs = [pair for pair in pairs if (pair[0] ^ 1 == pair[1]) == u_turn] or pairs
    return _the_only(pairs)


def _over_ways(into: list[int], out: list[int], via: list[int], arcs: Arcs, classes: int) -> tuple[int, ...]:
    if len(via) > _MOST_VIA_WAYS:
        raise Refused("too many via ways")
    between = {arc: row for row, way in enumerate(via) for arc in _usable(arcs.of_way[way], arcs, classes)}
    ends: dict[int, list[int]] = {}
    for arc in out:
        ends.setdefault(int(arcs.tail[arc]), []).append(arc)
    entries = [arc for arc in into if any(arc_out in between for arc_out in arcs.leaving(int(arcs.head[arc])))]
    found = [path for arc in entries for path in _walks((arc,), between, ends, arcs, len(via))]
    shortest = min((len(path) for path in found), default=0)
    return _the_only([path for path in found if len(path) == shortest])


def _walks(
    path: tuple[int, ...], between: Mapping[int, int], ends: Mapping[int, list[int]], arcs: Arcs, ways: int
) -> Iterator[tuple[int, ...]]:
    """Every walk from the path on that passes all via ways, none of their pieces twice, and leaves by a ``to`` arc."""
    at = int(arcs.head[path[-1]])
    if len({between[arc] for arc in path[1:]}) == ways:
        yield from ((*path, arc) for arc in ends.get(at, ()))
    for arc in arcs.leaving(at):
        if arc in between and not {arc, arc ^ 1} & set(path):
            yield from _walks((*path, arc), between, ends, arcs, ways)


def _the_only(found: list[Sequence]) -> Sequence:
    if not found:
        raise Refused("from, via and to do not meet")
    if len(found) > 1:
        raise Refused("from, via and to meet in more than one way")
    return found[0]


def _all_but(sequence: tuple[int, ...], arcs: Arcs, classes: int) -> Iterator[tuple[int, ...]]:
    for length in range(1, len(sequence)):
        for arc in arcs.leaving(int(arcs.head[sequence[length - 1]])):
            if arc != sequence[length] and arcs.permit[arc] & classes:
                yield (*sequence[:length], arc)
