"""The nodes and links of a GMNS folder, in metres, minutes and passenger car units an hour."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from clearway.assignment.exchange.gmns_tables import read_gmns_table
from clearway.assignment.exchange.gmns_units import apart_m, fitting_unit, read_units
from clearway.assignment.exchange.gmns_uses import read_uses, words
from clearway.errors import BadFile
from clearway.tables import bundled_table, read_table
from clearway.tables import number as table_number

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from clearway.assignment.exchange.gmns_tables import Row
    from clearway.assignment.exchange.gmns_units import Units
    from clearway.assignment.exchange.gmns_uses import Uses
    from clearway.network.model import Floats

_CLASSES = bundled_table("clearway.assignment", "road_classes.csv")
_FALLBACK = "road"
_KINDS = {
    **dict.fromkeys(("freeway", "highway", "expressway", "hov", "hot"), "motorway"),
    **dict.fromkeys(("ramp", "on_ramp", "off_ramp"), "motorway_link"),
    **dict.fromkeys(("arterial", "major_arterial", "principal_arterial", "boulevard"), "primary"),
    **dict.fromkeys(("minor_arterial",), "secondary"),
    **dict.fromkeys(("collector", "major_collector", "minor_collector"), "tertiary"),
    **dict.fromkeys(("local", "frontage", "frontage_road"), "residential"),
}
_UNDIRECTED = ("0", "false", "f", "no", "n")
_POINT = re.compile(r"(-?[\d.]+(?:e[-+]?\d+)?)\s+(-?[\d.]+(?:e[-+]?\d+)?)", re.IGNORECASE)
_POWER = 4.0
"""The Bureau of Public Roads' own, where a link has none."""
_FACTOR = 0.15
"""The same."""


@dataclass(frozen=True, slots=True)
class Node:
    """One row of ``node.csv``: place, zone (empty: none), and whether it is a centre that nobody drives through."""

    place: tuple[float, float]
    zone: str
    centre: bool


@dataclass(frozen=True, slots=True)
class Link:
    """One direction of a row of ``link.csv``.

    Attributes:
        id: The row's ``link_id``.
        label: What to call it in a sentence.
        tail: ``node_id`` it leaves.
        head: ``node_id`` it enters.
        classes: Bit k: class k may drive it.
        capacity: Passenger car units an hour, all lanes.
        free_min: Minutes on an empty street.
        curve: B and power of its BPR function.
        length_m: Metres.
        toll: In the folder's currency.
        name: The street's name, empty where it has none.
    """

    id: str
    label: str
    tail: str
    head: str
    classes: int
    capacity: float
    free_min: float
    curve: tuple[float, float]
    length_m: float
    toll: float
    name: str


@dataclass(slots=True)
class Streets:
    """What ``node.csv`` and ``link.csv`` hold; links that none of the classes may drive are left out."""

    nodes: dict[str, Node]
    links: list[Link]
    uses: Uses
    notes: list[str] = field(default_factory=list)


def read_streets(folder: Path, classes: Sequence[str]) -> Streets:
    """The nodes and links of a folder.

    Args:
        folder: Where ``node.csv`` and ``link.csv`` lie, and ``config.csv``, ``use_definition.csv``, ``use_group.csv`` may.
        classes: The user classes that are asked for; none: the common car.

    Raises:
        BadFile: a file cannot be read; a link names an unknown node, is named twice, or has a number that no link can have.
        UnknownName: a class is no use of the folder.
    """
    nodes = _nodes(folder / "node.csv")
    rows = list(read_gmns_table(folder / "link.csv", ["link_id", "from_node_id", "to_node_id"]))
    uses = read_uses(folder, (use for row in rows for use in words(row.text("allowed_uses"))), classes)
    seen: dict[str, int] = {}
    for row in rows:
        if (before := seen.setdefault(row.name("link_id"), row.line)) != row.line:
            raise row.fault(f"the link {row.name('link_id')} is on line {before} too", "Give every link an id of its own.")
        if unknown := [end for end in ("from_node_id", "to_node_id") if row.name(end) not in nodes]:
            raise row.fault(f"there is no node {row.name(unknown[0])} in node.csv", "Add the node, or correct the id.")
    driven = [row for row in rows if uses.mask(row.text("allowed_uses"))]
    if not driven:
        raise BadFile(folder / "link.csv", f"has no link that {' or '.join(uses.names)} may drive", "Name other user classes.")
    streets = Streets(nodes, [], uses)
    lengths = _lengths(folder, driven, streets)
    speeds = _speeds(driven, read_units(folder))
    kinds = {row["class"]: row for row in read_table(_CLASSES)}
    assumed = 0
    for row, length_m, speed in zip(driven, lengths.tolist(), speeds, strict=True):
        capacity, curve, given = _capacity(row, kinds)
        assumed += not given
        streets.links += _directions(row, streets, capacity=(capacity, curve), length_m=length_m, speed_ms=speed)
    if assumed:
        some = f"{assumed} of {len(driven)} links have no capacity"
        streets.notes.append(f"{some}; facility_type and lanes give it by the table of street classes.")
    return streets


def _nodes(path: Path) -> dict[str, Node]:
    nodes: dict[str, Node] = {}
    for row in read_gmns_table(path, ["node_id", "x_coord", "y_coord"]):
        name = row.name("node_id")
        x, y = (row.amount(column, least=-np.inf) for column in ("x_coord", "y_coord"))
        if name in nodes:
            raise row.fault(f"the node {name} is listed above already", "Give every node an id of its own.")
        if x is None or y is None:
            raise row.fault("a coordinate is missing", "Give x_coord and y_coord.")
        nodes[name] = Node((x, y), row.text("zone_id"), "centroid" in row.text("node_type").lower())
    return nodes


def _lengths(folder: Path, rows: Sequence[Row], streets: Streets) -> Floats:
    """(n,) metres of each row, from the cell or from the drawing."""
    units = read_units(folder)
    amounts = [row.amount("length") for row in rows]
    given = np.array([np.nan if amount is None else amount for amount in amounts])
    drawn = _drawn_m(rows, streets.nodes, units)
    metres, sentence = fitting_unit(given, drawn, units)
    if sentence:
        streets.notes.append(sentence)
    missing = np.isnan(given)
    if missing.any():
        streets.notes.append(f"{missing.sum()} of {len(rows)} links have no length; it is measured on the map.")
    return np.where(missing, drawn, given * metres)


def _drawn_m(rows: Sequence[Row], nodes: dict[str, Node], units: Units) -> Floats:
    """(n,) metres along each row's line, or between its nodes where it has no line."""
    starts, ends, owner = [], [], []
    for number, row in enumerate(rows):
        line = [(float(x), float(y)) for x, y in _POINT.findall(row.text("geometry")) if _is_number(x) and _is_number(y)]
        if len(line) < 2:  # noqa: PLR2004 - a line has two ends
            line = [nodes[row.name(end)].place for end in ("from_node_id", "to_node_id")]
        starts += line[:-1]
        ends += line[1:]
        owner += [number] * (len(line) - 1)
    pieces = apart_m(np.array(starts).reshape(-1, 2), np.array(ends).reshape(-1, 2), units)
    return np.bincount(owner, weights=pieces, minlength=len(rows)).astype(np.float64)


def _is_number(text: str) -> bool:
    return text.count(".") <= 1 and text.strip("-.") != ""


def _speeds(rows: Sequence[Row], units: Units) -> list[float]:
    """Metres a second of each row."""
    found = []
    for row in rows:
        speed = row.amount("free_speed")
        if not speed:
            problem = "missing" if speed is None else "0"
            raise row.fault(f"free_speed is {problem}", "Give every link that may be driven a speed above 0.")
        found.append(speed * units.speed_ms)
    return found


def _capacity(row: Row, kinds: dict[str, dict[str, str]]) -> tuple[float, tuple[float, float], bool]:
    """Passenger car units an hour of all lanes, B and power, and whether the file tells the capacity."""
    lanes, per_lane = row.amount("lanes"), row.amount("capacity")
    for column, value in (("lanes", lanes), ("capacity", per_lane)):
        if value == 0:
            raise row.fault(
                f"{column} is 0 on a link that may be driven", "Remove the use from allowed_uses, or leave the cell empty."
            )
    factor, power = (_first(row, names) for names in (("vdf_alpha", "vdf_alpha1"), ("vdf_beta", "vdf_beta1")))
    lanes = 1.0 if lanes is None else lanes
    curve = (_FACTOR if factor is None else factor, _POWER if power is None else power)
    if per_lane is not None:
        return per_lane * lanes, curve, True
    word = row.text("facility_type").lower().replace(" ", "_")
    kind = kinds.get(word) or kinds[_KINDS.get(word, _FALLBACK)]
    usual, *bends = (table_number(kind, column, _CLASSES) for column in ("capacity_pcu_h", "bpr_factor", "bpr_power"))
    return usual * lanes, (bends[0], bends[1]), False


def _first(row: Row, columns: Sequence[str]) -> float | None:
    return next((value for column in columns if (value := row.amount(column)) is not None), None)


def _directions(
    row: Row, streets: Streets, *, capacity: tuple[float, tuple[float, float]], length_m: float, speed_ms: float
) -> list[Link]:
    """The link of a row, and its way back where it is undirected."""
    ends = row.name("from_node_id"), row.name("to_node_id")
    name, toll = row.text("name"), row.amount("toll", least=-np.inf) or 0.0
    both = (ends, ends[::-1]) if row.text("directed").lower() in _UNDIRECTED else (ends,)
    return [
        Link(
            id=row.name("link_id"),
            label=f"link {row.name('link_id')} from {tail} to {head}" + (f" ({name})" if name else ""),
            tail=tail,
            head=head,
            classes=streets.uses.mask(row.text("allowed_uses")),
            capacity=capacity[0],
            free_min=length_m / speed_ms / 60,
            curve=capacity[1],
            length_m=length_m,
            toll=toll,
            name=name,
        )
        for tail, head in both
    ]
