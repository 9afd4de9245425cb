"""Import an OpenStreetMap extract into a network.

Every way with ``highway=*``, every barrier on a node and every turn restriction is accounted for: imported, or counted
under the reason why not. The report of the network holds the sums (``clearway network info``).

Squares and other areas that people cross (``area=yes``) are followed along their outline, on foot and by bicycle only, unless a
tag names another vehicle: where on a square one may drive, the outline does not say.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from clearway.errors import BadFile
from clearway.network.build import NetworkDraft
from clearway.network.classes import MOTOR_CLASSES, class_mask, drivable_classes, load_street_classes, load_vehicle_classes
from clearway.network.importers import osm_permits, osm_values
from clearway.network.importers.data_edge import open_ends, with_doubtful_ends
from clearway.network.importers.doubts import doubts_of, with_doubts
from clearway.network.importers.driving_side import driving_side_of
from clearway.network.importers.osm_addresses import add_addresses
from clearway.network.importers.osm_hours import combinations
from clearway.network.importers.osm_limits import limit_not_understood, limits, too_large
from clearway.network.importers.osm_obstacles import add_stops, add_turns
from clearway.network.importers.osm_source import MISSING, read_osm
from clearway.network.importers.osm_split import split_ways
from clearway.network.importers.osm_times import at_moment, held, restriction_at
from clearway.network.model import ACROSS_M
from clearway.network.timed import TIMED

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime
    from pathlib import Path

    from clearway.network.classes import StreetClass, VehicleClass
    from clearway.network.importers.osm_limits import Limit
    from clearway.network.importers.osm_source import OsmData
    from clearway.network.importers.osm_split import Pieces
    from clearway.network.model import Longs, Network

NOTICE = "(c) OpenStreetMap contributors"
EDGE_WITHIN_M = 60.0
"""An extract is cut at its box, so that a street ends within a segment or so of the border."""
_MOTOR = class_mask(MOTOR_CLASSES)
_NAMES = frozenset({"name", "ref"})


def import_osm(
    path: Path,
    *,
    name: str | None = None,
    vehicle_classes: tuple[VehicleClass, ...] | None = None,
    street_classes: tuple[StreetClass, ...] | None = None,
    driving_side: str | None = None,
    moment: datetime | None = None,
    tell: Callable[[str], None] = lambda _: None,
) -> Network:
    """Read an OpenStreetMap file into a network.

    Args:
        path: ``.osm.pbf``, ``.osm``, ``.osm.gz``, ``.osm.bz2``, ``.o5m``, ``.opl``, or Overpass JSON.
        name: The network's name, by default the file's own.
        vehicle_classes: The table of vehicle classes, by default ours.
        street_classes: The table of street classes, by default ours.
        driving_side: ``left`` or ``right``, by default inferred from tags, roundabouts or the place.
        moment: A time of day there for which to read what holds at some hours only; without it that is counted.
        tell: Called now and then with a few words on how far the import is.

    Raises:
        BadFile: the file cannot be used; the message says why and what to do.
    """
    rows = vehicle_classes or load_vehicle_classes()
    streets = street_classes or load_street_classes()
    data = read_osm(path, {key for row in rows for key in row.access_keys}, tell)
    hold_at(data, moment)
    tell(f"splitting {len(data.way_ids):,} streets at their junctions")
    reasons = [_why_ignored(tags, {row.name for row in streets}) for tags in data.way_tags]
    wanted = np.array([reason is None for reason in reasons])
    pieces = split_ways(np.frombuffer(data.way_start, np.int64), data.nodes(), wanted, MISSING)
    if not len(pieces.way):
        raise BadFile(path, "has no street of a class in the table of street classes", "Give an extract that contains streets.")
    draft = NetworkDraft(
        name or path.name.split(".")[0],
        vehicle_classes=rows,
        street_classes=streets,
        driving_side=driving_side or driving_side_of(data),
        notices=(NOTICE,),
        coverage=data.box,
    )
    ledger = _Ledger(data, reasons, pieces)
    permit, signed = _add_ways(draft, data, pieces, ledger)
    ledger.stops(add_stops(draft, data, pieces))
    tell(f"reading {len(data.relations):,} turn restrictions")
    ledger.turns(add_turns(draft, data, pieces, permit))
    tell(f"tying {len(data.house_numbers) + len(data.areas):,} addresses and buildings to their streets")
    ledger.addresses(add_addresses(draft, data, pieces, signed))
    for square in data.squares:
        draft.area("square", square.ring, name=square.name)
    numbers = [(draft.place(place.kind, place.lon, place.lat, name=place.name), place.across_m) for place in data.places]
    draft.report = ledger.report() | ({"moment": moment.isoformat()} if moment else {})
    draft.report[ACROSS_M] = [[number, across_m] for number, across_m in numbers if across_m is not None]
    draft.report["vehicle_sizes"] = {row.name: list(row.size) for row in rows}
    timed = {"ways": _timed_ways(draft, data, pieces), "stops": ledger.timed_stops, "turns": ledger.timed_turns}
    if any(timed.values()):
        draft.report[TIMED] = timed
    tell("building the network")
    made = with_doubtful_ends(draft.finish(), ledger.open_ends)
    doubts = doubts_of(made, drivable_classes(streets), data.barrier_lines, data.barrier_places)
    return with_doubts(made, doubts)


def hold_at(data: OsmData, moment: datetime | None) -> None:
    """Put what the tags say at a moment in the place of what they say at some hours only."""
    if moment is None:
        return
    data.way_tags = [at_moment(tags, moment) for tags in data.way_tags]
    data.barriers = {ref: at_moment(tags, moment) for ref, tags in data.barriers.items()}
    data.limits = {ref: at_moment(tags, moment) for ref, tags in data.limits.items()}
    for relation in data.relations:
        relation.tags = restriction_at(relation.tags, moment)


def _why_ignored(tags: Mapping[str, str], known: set[str]) -> str | None:
    if tags.get("route") == "ferry":
        return "ferry"
    return None if tags["highway"] in known else f"highway={tags['highway']}"


def _add_ways(draft: NetworkDraft, data: OsmData, pieces: Pieces, ledger: _Ledger) -> tuple[Longs, Longs]:
    """Junctions and ways, in the order of the pieces; returns (2 K,) the classes of each arc, and the same of any size."""
    facts = _street_facts(draft, data, pieces, ledger)
    permit = np.array([facts[way].permit for way in pieces.way.tolist()], np.int64).reshape(-1, 2)
    ledger.open_ends = _open_ends(draft, data, pieces, permit)
    for junction, place in enumerate(zip(pieces.junction_lon.tolist(), pieces.junction_lat.tolist(), strict=True)):
        draft.junction(*place, edge=junction in ledger.open_ends)
    points = np.column_stack((pieces.lon, pieces.lat))
    rows = zip(*(column.tolist() for column in (pieces.way, pieces.first, pieces.last, pieces.tail, pieces.head)), strict=True)
    for way, first, last, tail, head in rows:
        tags = data.way_tags[way]
        fact = facts[way]
        piece = draft.way(
            tail,
            head,
            points=points[first : last + 1],
            source=data.way_ids[way],
            name=osm_values.street_name(tags),
            street_class=tags["highway"],
            permit=fact.permit,
            speed_kmh=fact.speed_kmh,
            level=fact.level,
            lanes=fact.lanes,
            width_m=fact.width_m,
        )
        for side, found in enumerate(fact.limits):
            for limit in found:
                if concerned := limit.classes & fact.signed[side]:
                    draft.limit(limit.size, limit.most, classes=concerned, arc=2 * piece + side)
    signed = np.array([facts[way].signed for way in pieces.way.tolist()], np.int64)
    return permit.ravel(), signed.ravel()


class _StreetFacts(NamedTuple):
    """What the tags of a street say, its name aside: who may drive it, and who may by the signs, whatever the size."""

    permit: tuple[int, int]
    signed: tuple[int, int]
    limits: tuple[list[Limit], list[Limit]]
    speed_kmh: tuple[float, float]
    level: int
    lanes: int
    width_m: float
    left_aside: list[str]


def _street_facts(draft: NetworkDraft, data: OsmData, pieces: Pieces, ledger: _Ledger) -> dict[int, _StreetFacts]:
    """What the tags of each way that has pieces say; equal tags are read once."""
    usual = {row.name: row.speed_kmh for row in draft.street_classes}
    seen: dict[tuple[tuple[str, str], ...], _StreetFacts] = {}
    found = {}
    for way in np.unique(pieces.way).tolist():
        tags = data.way_tags[way]
        key = tuple((tag, value) for tag, value in tags.items() if tag not in _NAMES)
        if key not in seen:
            seen[key] = _facts(tags, draft.vehicle_classes, usual[tags["highway"]])
        found[way] = seen[key]
        ledger.left_aside.update(seen[key].left_aside)
    return found


def _facts(tags: Mapping[str, str], rows: tuple[VehicleClass, ...], usual_kmh: float) -> _StreetFacts:
    left = osm_permits.not_understood(tags, rows) + osm_permits.oneway_not_understood(tags)
    along, against = osm_permits.permit_masks(tags, rows)
    ahead, back = limits(tags, rows, "forward"), limits(tags, rows, "backward")
    return _StreetFacts(
        permit=(along & ~too_large(ahead, rows), against & ~too_large(back, rows)),
        signed=(along, against),
        limits=(ahead, back),
        speed_kmh=osm_values.speeds_kmh(tags, usual_kmh),
        level=osm_values.level(tags),
        lanes=osm_values.lane_count(tags),
        width_m=osm_values.width_m(tags),
        left_aside=left + osm_values.speed_not_understood(tags) + limit_not_understood(tags),
    )


def _timed_ways(draft: NetworkDraft, data: OsmData, pieces: Pieces) -> list[list[Any]]:
    """Permissions of each piece of a way whose tags hold at some hours only, for every combination of these."""
    usual = {row.name: row.speed_kmh for row in draft.street_classes}

    def timed(way: int) -> tuple[tuple[str, ...], list[list[int]]] | None:
        tags = data.way_tags[way]

        def permit(test: Callable[[str], bool]) -> list[int]:
            return list(_facts(held(tags, test), draft.vehicle_classes, usual[tags["highway"]]).permit)

        return combinations(tags, permit)

    found = {way: row for way in np.unique(pieces.way).tolist() if (row := timed(way)) is not None}
    return [[piece, list(found[way][0]), found[way][1]] for piece, way in enumerate(pieces.way.tolist()) if way in found]


def _open_ends(draft: NetworkDraft, data: OsmData, pieces: Pieces, permit: Longs) -> dict[int, str]:
    drivable = drivable_classes(draft.street_classes)
    classes = [data.way_tags[way]["highway"] for way in pieces.way.tolist()]
    fits = np.array([name in drivable for name in classes])
    return open_ends(
        pieces.junction_lon,
        pieces.junction_lat,
        ends=(pieces.tail, pieces.head),
        counts=fits | ((permit[:, 0] | permit[:, 1]) & _MOTOR > 0),
        classes=classes,
        cut=pieces.junction_cut,
        within_m=EDGE_WITHIN_M,
        box=data.box,
    )


class _Ledger:
    """What became of everything in the file."""

    def __init__(self, data: OsmData, reasons: list[str | None], pieces: Pieces) -> None:
        self._data = data
        self._ignored = Counter(reason for reason in reasons if reason is not None)
        if lost := int(pieces.lost.sum()):
            self._ignored["street with fewer than two known nodes in a row"] = lost
        self._streets = Counter(self._ignored)
        imported = np.unique(pieces.way)
        self._imported = len(imported)
        self._cut = int(pieces.cut[imported].sum())
        self._outlines = sum(data.way_tags[way].get("area") == "yes" for way in imported.tolist())
        self._parts: dict[str, Any] = {}
        self._u_turns = 0
        self.left_aside: Counter[str] = Counter()
        self.timed_stops: list[Any] = []
        self.timed_turns: list[Any] = []
        self.open_ends: dict[int, str] = {}

    def stops(self, part: dict[str, Any]) -> None:
        self.timed_stops = part.pop("timed")
        self.left_aside.update(part.pop("not_understood"))
        self._parts["barriers"] = part
        self._ignored.update(part["ignored"])

    def turns(self, part: dict[str, Any]) -> None:
        self.timed_turns = part.pop("timed")
        self.left_aside.update(part.pop("not_understood"))
        self._u_turns = part.pop("u_turns")
        self._parts["turn_restrictions"] = part

    def addresses(self, part: dict[str, Any]) -> None:
        self._parts["addresses"] = part
        self._ignored.update(part["ignored"])

    def report(self) -> dict[str, Any]:
        self._ignored.update(self._data.other)
        streets = {"in_source": len(self._data.way_ids), "kept": self._imported, "ignored": _by_count(self._streets)}
        return {
            "source": "OpenStreetMap",
            "streets": streets | {"cut_at_edge": self._cut, "squares_by_outline": self._outlines},
            **self._parts,
            "u_turns_forbidden": self._u_turns,
            "ignored": _by_count(self._ignored),
            "not_understood": _by_count(self.left_aside),
        }


def _by_count(counts: Counter[str]) -> dict[str, int]:
    return dict(counts.most_common())
