"""Put OpenStreetMap barriers and turn restrictions on the pieces of a network in the making, and account for each.

Which classes a barrier on a node stops: the node's own access tags decide first, by the same hierarchy as on a street; else the
kind of barrier, by column ``passes`` of the vehicle class table. A general ``access=yes`` opens what an engine's crew could
open anyway (a gate), not what stands fast (a bollard). A locked gate lets through only those who carry a key, or whom a tag
names. What stands fast and has a height or a width is a gap of that size: whoever fits drives through. A node with a limit and
no barrier holds back what is too large, and nobody else.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from clearway.network.classes import MOTOR_CLASSES, SIZES
from clearway.network.importers.osm_hours import combinations
from clearway.network.importers.osm_limits import Limit, limit_not_understood, limits, too_large
from clearway.network.importers.osm_permits import GENERAL_KEY, deciding, not_understood
from clearway.network.importers.osm_times import held, restriction_held
from clearway.network.importers.osm_turns import Arcs, Refused, contradictory, forbidden, out_lists, read_restriction
from clearway.network.importers.u_turns import forbidden_u_turns

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from clearway.network.build import NetworkDraft
    from clearway.network.classes import VehicleClass
    from clearway.network.importers.osm_source import OsmData, Relation
    from clearway.network.importers.osm_split import Pieces
    from clearway.network.importers.osm_turns import Sequence
    from clearway.network.model import Longs


SIZE_LIMIT = "size_limit"
"""The kind of a stop that is a limit alone: a low arch, a sign."""
_GAPS = frozenset({SIZES.index("height_m"), SIZES.index("width_m")})
_RESTRICTORS = frozenset({"height_restrictor", "width_restrictor"})
_ENGINE_KEY = "emergency"
_RENAMED = {
    "removable": "removable_bollard",
    "foldable": "removable_bollard",
    "rising": "rising_bollard",
    "retractable": "rising_bollard",
    "telescopic": "rising_bollard",
}


def add_stops(draft: NetworkDraft, data: OsmData, pieces: Pieces) -> dict[str, Any]:
    """Add a stop wherever a barrier that stops somebody stands on a street: on each arm where it stands at a junction.

    Returns:
        How many barriers the file has, and of those: imported, open to everybody, ignored by reason; and what of their tags was
        not understood.
    """
    rows = draft.vehicle_classes
    tags = data.barriers | {ref: {"barrier": SIZE_LIMIT, **own} for ref, own in data.limits.items()}
    refs = np.fromiter(tags, np.int64, len(tags))
    on_street = np.isin(refs, pieces.ref)
    found = {ref: stop_of(tags[ref], rows) for ref in refs[on_street].tolist()}
    timed = _timed_stops({ref: tags[ref] for ref in found}, rows)
    standing = np.array([ref for ref, stop in found.items() if stop.blocks or stop.limits or ref in timed], np.int64)
    timed_stops: list[list[Any]] = []
    for piece, offset, ref in _where(standing, pieces):
        at = draft.stop(piece, offset, blocks=found[ref].blocks, kind=barrier_kind(tags[ref]))
        if ref in timed:
            timed_stops.append([at, list(timed[ref][0]), timed[ref][1]])
        for limit in found[ref].limits:
            draft.limit(limit.size, limit.most, classes=limit.classes, stop=at)
    kept = sum(ref in data.barriers for ref in standing.tolist())
    off = [ref for ref in refs[~on_street].tolist() if ref in data.barriers]
    return {
        "in_source": len(data.barriers),
        "kept": kept,
        "open": len(data.barriers) - len(off) - kept,
        "ignored": dict(Counter(f"barrier={tags[ref]['barrier']} not on a street" for ref in off)),
        "timed": timed_stops,
        "not_understood": Counter(reason for ref in found for reason in stop_not_understood(tags[ref], rows)),
    }


def _timed_stops(
    tags: Mapping[int, Mapping[str, str]], rows: tuple[VehicleClass, ...]
) -> dict[int, tuple[tuple[str, ...], list[int]]]:
    """Whom each barrier with hours stops, for every combination of these."""
    found = {}
    for ref, own in tags.items():

        def blocks(test: Callable[[str], bool], own: Mapping[str, str] = own) -> int:
            return stop_of(held(own, test), rows).blocks

        if (row := combinations(own, blocks)) is not None:
            found[ref] = row
    return found


def _where(standing: Longs, pieces: Pieces) -> list[tuple[int, float, int]]:
    """Piece, metres from its tail, and node, for each piece that each node lies on."""
    rows: list[tuple[int, float, int]] = []
    point = np.flatnonzero(np.isin(pieces.ref, standing))
    # pieces are in order of their points, and a point between two pieces belongs to both
    for step in (0, 1):
        piece = np.searchsorted(pieces.first, point, side="right") - 1 - step
        on = (piece >= 0) & (pieces.first[piece] <= point) & (point <= pieces.last[piece])
        offset = pieces.along_m[point[on]] - pieces.along_m[pieces.first[piece[on]]]
        rows += zip(piece[on].tolist(), offset.tolist(), pieces.ref[point[on]].tolist(), strict=True)
    return sorted(rows)


def add_turns(draft: NetworkDraft, data: OsmData, pieces: Pieces, permit: Longs) -> dict[str, Any]:
    """Add the turn restrictions as forbidden sequences of arcs.

    Args:
        draft: The network in the making; its ways are the pieces, in order.
        data: The file.
        pieces: The pieces of its ways.
        permit: (2 K,) classes of each arc.

    Returns:
        How many restrictions the file has, and of those: imported, refused by reason; the sequences that they forbid, the turns
        round forbidden so that nobody evades them; and what of their tags was not understood.
    """
    refused: Counter[str] = Counter()
    left_aside: Counter[str] = Counter()
    readings: dict[int, list[Sequence]] = {}
    arcs = _arcs(data, pieces, permit)
    for relation in data.relations:
        try:
            readings[relation.id], left = read_restriction(relation, arcs, draft.vehicle_classes)
            left_aside.update(left)
        except Refused as reason:
            refused[str(reason)] += 1
    for number in contradictory(readings):
        del readings[number]
        refused["prescribes what another restriction forbids"] += 1
    sequences = dict.fromkeys(forbidden(readings, arcs))
    places = pieces.junction_of(np.fromiter(data.turning_places, np.int64))
    round_at = list(forbidden_u_turns(sequences, arcs, frozenset(places[places >= 0].tolist())))
    timed = _timed_turns(data, arcs, draft.vehicle_classes, frozenset(places[places >= 0].tolist()))
    for number, sequence, classes in (*sequences, *round_at):
        draft.turn(sequence, classes=classes, source=number)
    return {
        "in_source": len(data.relations),
        "kept": len(readings),
        "refused": dict(refused.most_common()),
        "sequences": len(sequences),
        "u_turns": len(round_at),
        "timed": timed,
        "not_understood": left_aside,
    }


def _timed_turns(data: OsmData, arcs: Arcs, rows: tuple[VehicleClass, ...], turning: frozenset[int]) -> list[list[Any]]:
    """What each restriction with hours forbids, for every combination of these; those that prescribe are left aside."""
    found = []
    for relation in data.relations:

        def forbids(test: Callable[[str], bool], relation: Relation = relation) -> list[Any] | None:
            tags = restriction_held(relation.tags, test)
            try:
                reading = read_restriction(replace(relation, tags=tags), arcs, rows)
            except Refused:
                return []
            if not all(sequence.forbids for sequence in reading.sequences):
                return None
            plain = dict.fromkeys(forbidden({relation.id: reading.sequences}, arcs))
            both = (*plain, *forbidden_u_turns(plain, arcs, turning))
            return [[list(sequence), classes] for _, sequence, classes in both]

        row = combinations(relation.tags, forbids)
        if row is not None and None not in row[1]:
            found.append([relation.id, list(row[0]), row[1]])
    return found


def _arcs(data: OsmData, pieces: Pieces, permit: Longs) -> Arcs:
    named = {kind: {ref for rel in data.relations for of, ref, _ in rel.members if of == kind} for kind in ("n", "w")}
    way_ids = np.array(data.way_ids, np.int64)[pieces.way]
    of_way: dict[int, list[int]] = {}
    for piece in np.flatnonzero(np.isin(way_ids, np.fromiter(named["w"], np.int64))).tolist():
        of_way.setdefault(int(way_ids[piece]), []).extend((2 * piece, 2 * piece + 1))
    nodes = np.fromiter(named["n"], np.int64)
    seats = zip(nodes.tolist(), pieces.junction_of(nodes).tolist(), strict=True)
    tail, head = (np.column_stack(ends).ravel() for ends in ((pieces.tail, pieces.head), (pieces.head, pieces.tail)))
    start, order = out_lists(tail, len(pieces.junction_ref))
    return Arcs(
        tail=tail,
        head=head,
        permit=permit,
        of_way=of_way,
        outside=frozenset(data.way_ids) & named["w"],
        junction={node: seat for node, seat in seats if seat >= 0},
        out_start=start,
        out_arcs=order,
        pieces=pieces,
    )


def barrier_kind(tags: Mapping[str, str]) -> str:
    """The kind of barrier in the words of the vehicle class table.

    >>> barrier_kind({"barrier": "bollard", "bollard": "rising"}), barrier_kind({"barrier": "gate"})
    ('rising_bollard', 'gate')
    """
    kind = tags["barrier"]
    return _RENAMED.get(tags.get("bollard", ""), kind) if kind == "bollard" else kind


class Stop(NamedTuple):
    """The classes that a barrier on a node stops, as a mask, and what limits the others."""

    blocks: int
    limits: list[Limit]


def stop_of(tags: Mapping[str, str], rows: tuple[VehicleClass, ...]) -> Stop:
    """What a barrier on a node does to each class."""
    kind = barrier_kind(tags)
    found = limits(tags, rows, "")
    stands_fast = kind not in rows[0].passes and kind != SIZE_LIMIT
    gap = kind == SIZE_LIMIT or (stands_fast and any(limit.size in _GAPS for limit in found))
    locked = tags.get("locked") == "yes"
    passing = 0
    for bit, row in enumerate(rows):
        usual = gap or (kind in row.passes and (not locked or _ENGINE_KEY in row.access_keys))
        passing |= _passes(tags, row, usual=usual, stands_fast=stands_fast, locked=locked) << bit
    opened = _opened_by_engines(tags, rows)
    concerned = [Limit(limit.size, limit.most, limit.classes & passing & ~opened) for limit in found]
    concerned = [limit for limit in concerned if limit.classes]
    return Stop(((1 << len(rows)) - 1) & ~passing | too_large(concerned, rows), concerned)


def stop_not_understood(tags: Mapping[str, str], rows: tuple[VehicleClass, ...]) -> list[str]:
    """What the import left aside at a barrier: conditions, unknown values and kinds, a height restrictor without its height."""
    kind = barrier_kind(tags)
    left = [f"{reason} on a barrier" for reason in (*not_understood(tags, rows), *limit_not_understood(tags))]
    if kind != SIZE_LIMIT and not any(kind in row.passes for row in rows):
        left.append(f"barrier={kind} in no list: stops everybody")
    if kind in _RESTRICTORS and not any(limit.size in _GAPS for limit in limits(tags, rows, "")):
        left.append(f"barrier={kind} without its size")
    return left


def _opened_by_engines(tags: Mapping[str, str], rows: tuple[VehicleClass, ...]) -> int:
    """Engines, where their own key says that they pass: somebody has a key."""
    found = [bit for bit, row in enumerate(rows) if deciding(tags, row) == (_ENGINE_KEY, "yes")]
    return sum(1 << bit for bit in found)


def _passes(tags: Mapping[str, str], row: VehicleClass, *, usual: bool, stands_fast: bool, locked: bool) -> bool:
    found = deciding(tags, row)
    if found is None or found[1] == "default":
        return usual
    key, verdict = found
    if key == GENERAL_KEY and row.name in MOTOR_CLASSES and stands_fast:
        return usual and verdict == "yes"
    if key == GENERAL_KEY and locked:
        return usual
    return verdict == "yes"
