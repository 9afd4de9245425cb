"""Put OpenStreetMap barriers and turn restrictions on the pieces of a network in the making, and account for each.

Which classes a barrier on a node stops: the node's own access tags decide first, by the same hierarchy as on a street; else
the kind of barrier, by column ``passes`` of the vehicle class table. A general ``access=yes`` opens what an engine's crew could
open anyway (a gate), not what stands fast (a bollard). A locked gate lets through only those who carry a key, or whom a tag
names.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import numpy as np

from clearway.network.classes import MOTOR_CLASSES
from clearway.network.importers.osm_permits import GENERAL_KEY, deciding
from clearway.network.importers.osm_turns import Arcs, Refused, forbidden_sequences, out_lists

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clearway.network.build import NetworkDraft
    from clearway.network.classes import VehicleClass
    from clearway.network.importers.osm_source import OsmData
    from clearway.network.importers.osm_split import Pieces
    from clearway.network.model import Longs


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
        How many barriers the file has, and of those: imported, open to everybody, ignored by reason.
    """
    refs = np.fromiter(data.barriers, np.int64, len(data.barriers))
    on_street = np.isin(refs, pieces.ref)
    blocks = {ref: blocked_mask(data.barriers[ref], draft.vehicle_classes) for ref in refs[on_street].tolist()}
    standing = np.array([ref for ref, mask in blocks.items() if mask], np.int64)
    for piece, offset, ref in _where(standing, pieces):
        draft.stop(piece, offset, blocks=blocks[ref], kind=barrier_kind(data.barriers[ref]))
    ignored = Counter(f"barrier={data.barriers[ref]['barrier']} not on a street" for ref in refs[~on_street].tolist())
    return {"in_source": len(refs), "kept": len(standing), "open": len(blocks) - len(standing), "ignored": dict(ignored)}


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
        How many restrictions the file has, and of those: imported, refused by reason.
    """
    refused: Counter[str] = Counter()
    if not data.relations:
        return {"in_source": 0, "kept": 0, "refused": {}, "sequences": 0}
    arcs = _arcs(data, pieces, permit)
    sequences = 0
    for relation in data.relations:
        try:
            found = list(forbidden_sequences(relation, arcs, draft.vehicle_classes))
        except Refused as reason:
            refused[str(reason)] += 1
            continue
        sequences += len(found)
        for sequence, classes in found:
            draft.turn(sequence, classes=classes, source=relation.id)
    imported = len(data.relations) - refused.total()
    return {"in_source": len(data.relations), "kept": imported, "refused": dict(refused.most_common()), "sequences": sequences}


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
    )


def barrier_kind(tags: Mapping[str, str]) -> str:
    """The kind of barrier in the words of the vehicle class table.

    >>> barrier_kind({"barrier": "bollard", "bollard": "rising"}), barrier_kind({"barrier": "gate"})
    ('rising_bollard', 'gate')
    """
    kind = tags["barrier"]
    return _RENAMED.get(tags.get("bollard", ""), kind) if kind == "bollard" else kind


def blocked_mask(tags: Mapping[str, str], rows: tuple[VehicleClass, ...]) -> int:
    """The classes that a barrier on a node stops, as a mask."""
    kind = barrier_kind(tags)
    stands_fast = kind not in rows[0].passes
    locked = tags.get("locked") == "yes"
    return sum(1 << bit for bit, row in enumerate(rows) if not _passes(tags, row, kind, stands_fast=stands_fast, locked=locked))


def _passes(tags: Mapping[str, str], row: VehicleClass, kind: str, *, stands_fast: bool, locked: bool) -> bool:
    usual = kind in row.passes and (not locked or "emergency" in row.access_keys)
    found = deciding(tags, row)
    if found is None or found[1] == "default":
        return usual
    key, verdict = found
    if key == GENERAL_KEY and row.name in MOTOR_CLASSES and stands_fast:
        return usual and verdict == "yes"
    if key == GENERAL_KEY and locked:
        return usual
    return verdict == "yes"
