"""OpenStreetMap turn restrictions as sequences of arcs that may not follow one another.

``no_*`` forbids its own sequence. ``only_*`` forbids, wherever the prescribed sequence is left, every other way on, the U-turn
included: "only straight on" leaves nothing else. A restriction over via *ways* is the whole sequence through them.

Several rules hold together: several values of one restriction, its rule for all vehicles and its rule for some, and two
``only_*`` from one approach, which leave both ways open. A class that may not drive what is prescribed is not bound by it. What
is prescribed by one and forbidden by another is contradictory: then the prescription is refused, for it would leave no way at
all.

Where a member runs on through the junction, so that it could be approached from both sides, the turn that the restriction names
(left, right, straight on, round) decides, if it fits one approach alone.

Refused, each with its reason: restrictions that hold at some hours only, values that are not turns, members that lie outside
the data or are no streets, members that do not meet or that meet in more ways than one.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from math import atan2, cos, degrees, radians
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from clearway.network.importers.osm_times import SUFFIX

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from clearway.network.classes import VehicleClass
    from clearway.network.importers.osm_source import Relation
    from clearway.network.importers.osm_split import Pieces
    from clearway.network.model import Longs

_TURNS = frozenset(
    f"{rule}_{turn}" for rule in ("no", "only") for turn in ("left_turn", "right_turn", "straight_on", "u_turn")
) | {
    "no_entry",
    "no_exit",
}
_HOURS = ("day_on", "day_off", "hour_on", "hour_off", "time", "date_on", "date_off")
_HEADINGS_DEG = {"left_turn": (15.0, 165.0), "right_turn": (-165.0, -15.0), "straight_on": (-60.0, 60.0)}
"""How far to the left each turn may bend: wide, since streets meet at all angles; two that fit leave the question open."""
_ROUND_FROM_DEG = 120.0
"""A turn round ends within sixty degrees of where it came from."""
_NOTHING = frozenset({"none", "no"})
_MOST_VIA_WAYS = 12
"""Real restrictions pass over one to three ways; to join more than a dozen, tried in every order, would take too long."""


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
        pieces: The pieces, two arcs each.
    """

    tail: Longs
    head: Longs
    permit: Longs
    of_way: Mapping[int, list[int]]
    outside: frozenset[int]
    junction: Mapping[int, int]
    out_start: Longs
    out_arcs: Longs
    pieces: Pieces

    def leaving(self, junction: int) -> list[int]:
        """The arcs that leave a junction."""
        found: list[int] = self.out_arcs[self.out_start[junction] : self.out_start[junction + 1]].tolist()
        return found

    def heading_deg(self, arc: int, *, at_end: bool) -> float:
        """Where an arc points at its start or at its end: degrees from east, turning left."""
        pieces, piece = self.pieces, arc >> 1
        first, last = int(pieces.first[piece]), int(pieces.last[piece])
        one, two = (first, first + 1) if at_end == bool(arc & 1) else (last - 1, last)
        if arc & 1:
            one, two = two, one
        east = (pieces.lon[two] - pieces.lon[one]) * cos(radians(pieces.lat[one]))
        return degrees(atan2(pieces.lat[two] - pieces.lat[one], east))


def out_lists(tail: Longs, junctions: int) -> tuple[Longs, Longs]:
    """Arcs sorted by the junction they leave: first entry of each junction, and the arcs."""
    return np.concatenate(([0], np.cumsum(np.bincount(tail, minlength=junctions)))), np.argsort(tail, kind="stable")


class Rule(NamedTuple):
    """One value of a restriction, with the classes it binds."""

    value: str
    classes: int

    @property
    def forbids(self) -> bool:
        """Whether it forbids its sequence, and does not prescribe it."""
        return self.value.startswith("no_")


class Sequence(NamedTuple):
    """A sequence of arcs that a rule forbids or prescribes."""

    arcs: tuple[int, ...]
    classes: int
    forbids: bool


class Reading(NamedTuple):
    """What a restriction says, and what of it is left aside."""

    sequences: list[Sequence]
    left_aside: list[str]


def read_restriction(relation: Relation, arcs: Arcs, rows: tuple[VehicleClass, ...]) -> Reading:
    """The sequences of a restriction.

    Raises:
        Refused: the restriction cannot be used; the message says why.
    """
    rules, left_aside = rules_of(relation.tags, rows)
    found = {
        Sequence(sequence, classes, rule.forbids): None
        for rule in rules
        for sequence in _sequences(relation, [each.value for each in rules], rule, arcs)
        if (classes := _bound(sequence, rule, arcs))
    }
    if not found:
        raise Refused("a member is closed to the vehicles it binds")
    return Reading(list(found), left_aside)


def forbidden(readings: Mapping[int, list[Sequence]], arcs: Arcs) -> Iterator[tuple[int, tuple[int, ...], int]]:
    """Every sequence that the restrictions of a file forbid together: the restriction's id, the arcs, the classes bound.

    Args:
        readings: Sequences by restriction.
        arcs: The arcs of the network in the making.
    """
    open_to: dict[tuple[int, ...], int] = {}
    for sequence in (each for read in readings.values() for each in read if not each.forbids):
        for length in range(2, len(sequence.arcs) + 1):
            part = sequence.arcs[:length]
            open_to[part] = open_to.get(part, 0) | sequence.classes
    for number, read in readings.items():
        for sequence in read:
            if sequence.forbids:
                yield number, sequence.arcs, sequence.classes
                continue
            for other in _all_but(sequence.arcs, arcs, sequence.classes):
                if classes := sequence.classes & ~open_to.get(other, 0):
                    yield number, other, classes


def contradictory(readings: Mapping[int, list[Sequence]]) -> set[int]:
    """The restrictions that prescribe what another forbids to the same class."""
    shut: dict[tuple[int, ...], int] = {}
    for sequence in (each for read in readings.values() for each in read if each.forbids):
        shut[sequence.arcs] = shut.get(sequence.arcs, 0) | sequence.classes
    return {
        number
        for number, read in readings.items()
        if any(not each.forbids and shut.get(each.arcs, 0) & each.classes for each in read)
    }


def rules_of(tags: Mapping[str, str], rows: tuple[VehicleClass, ...]) -> tuple[list[Rule], list[str]]:
    """The rules of a restriction, and the tags of it that hold at certain times only.

    >>> from clearway.network.classes import class_mask, load_vehicle_classes
    >>> rules, left = rules_of({"type": "restriction", "restriction:hgv": "no_left_turn;no_u_turn"}, load_vehicle_classes())
    >>> [rule.value for rule in rules], rules[0].classes == class_mask(["service"]), left
    (['no_left_turn', 'no_u_turn'], True, [])

    Raises:
        Refused: all of it holds at certain times only, is no turn restriction that we know, or binds nobody.
    """
    timed = [key for key in tags if key.endswith(SUFFIX)]
    plain = {key: value for key, value in tags.items() if key.partition(":")[0] == "restriction" and key not in timed}
    if any(key in tags for key in _HOURS) or (timed and not plain):
        raise Refused("holds at certain times only")
    values = [(key, part.strip()) for key, value in plain.items() for part in value.split(";")]
    if values and all(value in _NOTHING for _, value in values):
        raise Refused("does not hold at this moment")
    values = [(key, value) for key, value in values if value not in _NOTHING]
    unknown = [value for _, value in values if value not in _TURNS]
    if unknown or not values:
        raise Refused(f"value {unknown[0] if unknown else 'absent'}")
    rules = [Rule(value, _classes(key, tags, rows)) for key, value in values]
    rules = [rule for rule in rules if rule.classes]
    if not rules:
        raise Refused("binds no vehicle class")
    return rules, [f"conditional tag {key}" for key in timed]


def _classes(key: str, tags: Mapping[str, str], rows: tuple[VehicleClass, ...]) -> int:
    kind = key.partition(":")[2] or tags["type"].partition(":")[2]
    freed = {part.strip() for part in tags.get("except", "").split(";")}
    return sum(
        1 << bit
        for bit, row in enumerate(rows)
        if row.heeds_turns and (not kind or kind in row.access_keys) and not freed & set(row.access_keys)
    )


def _bound(sequence: tuple[int, ...], rule: Rule, arcs: Arcs) -> int:
    """The classes that a rule binds on a sequence: for what is prescribed, those that may drive it."""
    classes = rule.classes
    if not rule.forbids:
        for arc in sequence:
            classes &= int(arcs.permit[arc])
    return classes


def _sequences(relation: Relation, values: list[str], rule: Rule, arcs: Arcs) -> list[tuple[int, ...]]:
    members = {role: [(kind, ref) for kind, ref, has in relation.members if has == role] for role in ("from", "via", "to")}
    starts, via, ends = members["from"], members["via"], members["to"]
    if not starts or not via or not ends:
        raise Refused("from, via or to is missing")
    several = len(values) > 1
    many_starts = len(starts) > 1 and not several and rule.value != "no_entry"
    many_ends = len(ends) > 1 and not several and rule.value != "no_exit"
    if many_starts or many_ends or any(kind != "w" for kind, _ in (*starts, *ends)):
        raise Refused("more than one from or to")
    return [_one(start[1], via, end[1], arcs=arcs, rule=rule) for start, end in product(starts, ends)]


def _one(start: int, via: list[tuple[str, int]], end: int, *, arcs: Arcs, rule: Rule) -> tuple[int, ...]:
    for way in (start, end, *(ref for kind, ref in via if kind == "w")):
        if way not in arcs.of_way:
            raise Refused(
                "a member is not a street of the network" if way in arcs.outside else "a member lies outside the data"
            )
    kinds = {kind for kind, _ in via}
    into, out = (_usable(arcs.of_way[way], arcs, rule.classes) for way in (start, end))
    if not into or not out:
        raise Refused("a member is closed to the vehicles it binds")
    if kinds == {"n"} and len(via) == 1:
        return _at_node(into, out, via[0][1], arcs=arcs, value=rule.value)
    if kinds == {"w"}:
        return _over_ways(into, out, [ref for _, ref in via], arcs, rule)
    raise Refused("via is neither one node nor ways")


def _usable(candidates: list[int], arcs: Arcs, classes: int) -> list[int]:
    return [arc for arc in candidates if arcs.permit[arc] & classes]


def _at_node(into: list[int], out: list[int], node: int, *, arcs: Arcs, value: str) -> tuple[int, ...]:
    if node not in arcs.junction:
        raise Refused("from, via and to do not meet")
    junction = arcs.junction[node]
    pairs = [(i, o) for i in into if arcs.head[i] == junction for o in out if arcs.tail[o] == junction]
    pairs = [pair for pair in pairs if (pair[0] ^ 1 == pair[1]) == value.endswith("u_turn")] or pairs
    return _the_only(pairs, value, arcs)


def _over_ways(into: list[int], out: list[int], via: list[int], arcs: Arcs, rule: Rule) -> tuple[int, ...]:
    if len(via) > _MOST_VIA_WAYS:
        raise Refused("too many via ways")
    between = {arc: row for row, way in enumerate(via) for arc in _usable(arcs.of_way[way], arcs, rule.classes)}
    ends: dict[int, list[int]] = {}
    for arc in out:
        ends.setdefault(int(arcs.tail[arc]), []).append(arc)
    entries = [arc for arc in into if any(arc_out in between for arc_out in arcs.leaving(int(arcs.head[arc])))]
    found = [path for arc in entries for path in _walks((arc,), between, ends, arcs, len(via))]
    shortest = min((len(path) for path in found), default=0)
    return _the_only([path for path in found if len(path) == shortest], rule.value, arcs)


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


def _the_only(found: Iterable[tuple[int, ...]], value: str, arcs: Arcs) -> tuple[int, ...]:
    paths = list(found)
    if len(paths) > 1:
        paths = [path for path in paths if _bends(path, value, arcs)] or paths
    if not paths:
        raise Refused("from, via and to do not meet")
    if len(paths) > 1:
        raise Refused("from, via and to meet in more than one way")
    return paths[0]


def _bends(path: tuple[int, ...], value: str, arcs: Arcs) -> bool:
    """Whether a path turns as the value says, by the directions of its first arc at its end and of its last at its start."""
    left_deg = (arcs.heading_deg(path[-1], at_end=False) - arcs.heading_deg(path[0], at_end=True) + 180) % 360 - 180
    turn = value.partition("_")[2]
    if turn == "u_turn":
        return abs(left_deg) >= _ROUND_FROM_DEG
    least, greatest = _HEADINGS_DEG.get(turn, (-180.0, 180.0))
    return least <= left_deg <= greatest


def _all_but(sequence: tuple[int, ...], arcs: Arcs, classes: int) -> Iterator[tuple[int, ...]]:
    for length in range(1, len(sequence)):
        for arc in arcs.leaving(int(arcs.head[sequence[length - 1]])):
            if arc != sequence[length] and arcs.permit[arc] & classes:
                yield (*sequence[:length], arc)
