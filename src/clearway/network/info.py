"""What a network holds, as figures: for ``clearway network info``, for programs and for people."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from clearway.network.classes import SIZES, VEHICLE_CLASSES
from clearway.network.open_ends import open_ends_of
from clearway.network.store import FORMAT_VERSION
from clearway.words import counted

if TYPE_CHECKING:
    from clearway.network.model import Network

_DOUBTS_SHOWN = 10
"""A page shows so many; the JSON has all that were listed."""
_M_PER_KM = 1000
"""Lengths are stored in metres and shown in kilometres."""


def network_info(network: Network) -> dict[str, Any]:
    """The figures of a network.

    Returns:
        ``ways``, ``arcs`` (with any permission), ``junctions``, ``addresses``, ``turn_restrictions`` (``kept``, ``refused``
        by reason), ``components`` and ``length_km`` by vehicle class, ``length_km`` by street class, ``ignored`` by reason
        and more. What the import did not understand is in ``not_understood``.
    """
    report = network.report
    turns = {"kept": len(set(network.turn_source.tolist()) - {0}), "refused": {}} | report.get("turn_restrictions", {})
    return {
        "name": network.name,
        "format": FORMAT_VERSION,
        "source": report.get("source"),
        "coverage": list(network.coverage),
        "driving_side": network.driving_side,
        "notices": list(network.notices),
        "ways": network.way_count,
        "arcs": int((network.arc_permit > 0).sum()),
        "junctions": network.junction_count,
        "edge_junctions": int(network.junction_edge.sum()),
        "open_ends": open_ends_of(network),
        "confirmed_dead_ends": report.get("confirmed_dead_ends", []),
        "addresses": network.address_count,
        "address_source": network.address_source,
        "turn_restrictions": turns,
        "components": {name: _components(network, bit) for bit, name in enumerate(VEHICLE_CLASSES)},
        "length_km": _lengths(network),
        "stops": _counts(network.stop_kind, network.stop_kinds),
        "places": _counts(network.place_kind, network.place_kinds),
        "areas": _counts(network.area_kind, network.area_kinds),
        "bus_trips": report.get("bus_trips"),
        "streets": report.get("streets", {}),
        "barriers": report.get("barriers", {}),
        "address_report": report.get("addresses", {}),
        "ignored": report.get("ignored", {}),
        "not_understood": report.get("not_understood", {}),
        "doubt_counts": report.get("doubt_counts", {}),
        "doubts": report.get("doubts", []),
        "moment": report.get("moment"),
        "u_turns_forbidden": report.get("u_turns_forbidden", 0),
        "limits": _limits(network),
    }


def _components(network: Network, bit: int) -> dict[str, int]:
    """Parts of what a class may drive through, and the largest part where every junction reaches every other."""
    usable = np.flatnonzero(network.arc_through >> bit & 1)
    tail, head = network.arc_tail[usable], network.arc_head[usable]
    touched, seat = np.unique(np.concatenate((tail, head)), return_inverse=True)
    if not len(touched):
        return {"weakly_connected": 0, "junctions": 0, "largest_strongly_connected": 0}
    shape = (len(touched), len(touched))
    graph = coo_array((np.ones(len(usable), np.int8), (seat[: len(usable)], seat[len(usable) :])), shape=shape).tocsr()
    weak, _ = connected_components(graph, connection="weak")
    _, label = connected_components(graph, connection="strong")
    return {
        "weakly_connected": int(weak),
        "junctions": len(touched),
        "largest_strongly_connected": int(np.bincount(label).max()),
    }


def _limits(network: Network) -> dict[str, int]:
    """Pieces of street, and obstacles, with a limit of each size."""
    where = np.where(network.limit_arc >= 0, network.limit_arc >> 1, -1 - network.limit_stop)
    distinct = set(zip(network.limit_size.tolist(), where.tolist(), strict=True))
    return dict(Counter(SIZES[size] for size, _ in sorted(distinct)))


def _lengths(network: Network) -> dict[str, dict[str, float]]:
    way_permit = network.arc_permit[0::2] | network.arc_permit[1::2]
    by_vehicle: dict[str, float] = {
        name: _km(network.way_length_m[way_permit >> bit & 1 > 0].sum()) for bit, name in enumerate(VEHICLE_CLASSES)
    }
    metres = np.bincount(network.way_class, weights=network.way_length_m, minlength=len(network.street_classes))
    by_street = {name: _km(metres[row]) for row, name in enumerate(network.street_classes) if metres[row] > 0}
    return {"vehicle": by_vehicle, "street": by_street}


def _km(metres: float) -> float:
    return round(float(metres) / _M_PER_KM, 3)


def _counts(kind: Any, kinds: tuple[str, ...]) -> dict[str, int]:  # noqa: ANN401 - an array of small integers
    return dict(Counter(kinds[row] for row in kind.tolist()).most_common())


def info_text(info: dict[str, Any]) -> str:
    """The figures as a page to read."""
    turns, addresses = info["turn_restrictions"], counted(info["addresses"], "address")
    if info["address_source"] == "frontage":
        addresses = f"{info['addresses']:,} (frontage points every 20 m stand in for addresses: the source has none)"
    lines = [
        f"{info['name']}  ({info['source'] or 'drawn by hand'}, file format {info['format']})",
        f"  {counted(info['ways'], 'way')}, {counted(info['arcs'], 'arc')}, {counted(info['junctions'], 'junction')}",
        f"  {counted(info['edge_junctions'], 'junction')} at the edge of the data, where streets may go on",
        *_open_ends(info["open_ends"]),
        f"  {addresses}",
        f"  turn restrictions: {turns['kept']:,} imported, {sum(turns['refused'].values()):,} refused",
        *_indented(turns["refused"]),
        *([f"  as at {info['moment']}"] if info["moment"] else []),
        f"  traffic keeps {info['driving_side']}; covers {', '.join(f'{value:.5f}' for value in info['coverage'])}",
    ]
    if bus := info["bus_trips"]:
        share = bus["matched_share"]
        found = "none of their paths is drawn" if share is None else f"{share:.0%} of their paths found on the streets"
        day, ways = bus["day"] or "all days", counted(bus["ways_with_buses"], "way")
        lines.append(f"  buses: {counted(bus['trips'], 'trip')} on {day}, over {ways}; {found}")
    lines += ["", f"  {'may be driven by':<14}{'km':>10}{'parts':>8}{'largest part, both ways':>26}"]
    for name, parts in info["components"].items():
        share = f"{parts['largest_strongly_connected']:,} of {counted(parts['junctions'], 'junction')}"
        lines.append(f"  {name:<16}{info['length_km']['vehicle'][name]:>10.1f}{parts['weakly_connected']:>8,}{share:>28}")
    for title, key in _TABLES:
        if info[key]:
            lines += ["", f"  {title}", *_indented(info[key])]
    if info["doubts"]:
        lines += ["", "  Places to look at, since the map may be wrong there (--json lists them all)"]
        lines += [f"    {doubt['text']}" for doubt in info["doubts"][:_DOUBTS_SHOWN]]
    return "\n".join([*lines, "", *(f"  {notice}" for notice in info["notices"])])


def _open_ends(ends: list[dict[str, Any]]) -> list[str]:
    """The ends by reason, and those that a person may know to be true dead ends."""
    doubtful = [end for end in ends if end["doubtful"]]
    lines = _indented(dict(Counter(end["why"] for end in ends).most_common()))
    lines += [
        f"      {end['lon']},{end['lat']}  {end['street'] or 'an unnamed street'} ({end['street_class']}): {end['why']}"
        for end in doubtful[:_DOUBTS_SHOWN]
    ]
    if doubtful:
        lines.append(
            "      Plans take these for open. A true dead end: import again with --dead-end LON,LAT (--json lists all)."
        )
    return lines


_TABLES = (
    ("Obstacles on the streets", "stops"),
    ("Streets and obstacles with a limit", "limits"),
    ("Places", "places"),
    ("Left out, by reason", "ignored"),
    ("Imported, but not fully understood", "not_understood"),
    ("Doubtful places of the map, by kind", "doubt_counts"),
)


def _indented(counts: dict[str, int]) -> list[str]:
    return [f"    {count:>8,}  {reason}" for reason, count in counts.items()]
