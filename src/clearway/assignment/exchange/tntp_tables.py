"""The other TNTP files: trips, node coordinates, and the flows of a solution."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from clearway.assignment.exchange.tntp_text import CUT_SHORT, node_numbers, number, numbers_of, read_text, rows_of
from clearway.assignment.problem import TripTable
from clearway.errors import BadFile

if TYPE_CHECKING:
    from pathlib import Path

    from clearway.assignment.exchange.tntp_text import TntpText
    from clearway.network.model import Floats, Longs

_ENTRY = re.compile(
    r"\s*(?:origin\s+(?P<origin>\d{1,15})\b|(?P<zone>\d{1,15})\s*:\s*(?P<trips>[^\s:;]+)\s*;|(?P<other>\S.{0,30}))",
    re.IGNORECASE,
)
_NODE_COLUMNS = ("node", "x", "y")
_FLOW_COLUMNS = ("from", "to", "volume", "cost")
_SUM_ERROR_SHARE = 1e-9
"""Adding up a million doubles loses no more."""


def read_trips(path: Path, zones: int) -> tuple[TripTable, tuple[str, ...]]:
    """The trips of a file, and what is to be said of it.

    Args:
        path: The file.
        zones: How many zones the network has.

    Raises:
        BadFile: the file is cut short; its zones are others than the network's; a number of trips is negative or no number; a
            pair of zones is named twice; the trips are not as many as ``<TOTAL OD FLOW>``.
    """
    text = read_text(path)
    stated = text.count("NUMBER OF ZONES", default=zones)
    if stated != zones:
        raise BadFile(path, f"states {stated} zones, but the network has {zones}", "Give the trips that belong to the network.")
    start, end, trips, at = _entries(text, zones)
    pair = start * zones + end
    _check_pairs(text, pair, zones, at)
    table = np.bincount(pair, weights=trips, minlength=zones * zones).astype(np.float64)
    notes = _check_total(text, float(trips.sum()))
    names = tuple(str(zone) for zone in range(1, zones + 1))
    return TripTable(table.reshape(1, zones, zones), names), notes


def read_nodes(path: Path, nodes: int) -> Floats:
    """(nodes, 2) float64 coordinates x and y, in whatever system the file has.

    Raises:
        BadFile: the file is cut short, a node is unknown, named twice or lacks, or a coordinate is no number.
    """
    text = read_text(path, has_metadata=False)
    lines, rows = rows_of(text, least=len(_NODE_COLUMNS), what="node")
    values = numbers_of(text, lines, rows, _NODE_COLUMNS)
    node = node_numbers(text, lines, values[:, 0], most=nodes)
    if not np.isfinite(values).all():
        row = int(np.flatnonzero(~np.isfinite(values).all(axis=1))[0])
        raise text.fault(lines[row], "a coordinate is not a number", "Give numbers for x and y.")
    count = np.bincount(node, minlength=nodes)
    if (count > 1).any():
        raise BadFile(path, f"lists node {np.flatnonzero(count > 1)[0] + 1} twice", "Delete one of the rows.")
    if (count == 0).any():
        problem = f"lists {len(rows)} of {nodes} nodes; the first without a position is {np.flatnonzero(count == 0)[0] + 1}"
        raise BadFile(path, problem, "Get the complete file again, or add the rows.")
    xy = np.empty((nodes, 2))
    xy[node] = values[:, 1:]
    return xy


def read_flows(path: Path, tail: Longs, head: Longs, nodes: int) -> tuple[Floats, Floats]:
    """(L,) flow and (L,) cost of each link, as a solution file gives them.

    Rows of links that run between the same nodes are taken in the order of the network file.

    Args:
        path: The file.
        tail: (L,) int64, node each link leaves, from 0.
        head: (L,) int64, node each link enters.
        nodes: How many nodes.

    Raises:
        BadFile: the file is cut short, a link is unknown or lacks, or a number is none.
    """
    text = read_text(path, has_metadata=False)
    lines, rows = rows_of(text, least=len(_FLOW_COLUMNS), what="link")
    values = numbers_of(text, lines, rows, _FLOW_COLUMNS)
    ends_of_row = node_numbers(text, lines, values[:, :2], most=nodes)
    links: dict[tuple[int, int], list[int]] = defaultdict(list)
    for link in range(len(tail) - 1, -1, -1):
        links[int(tail[link]), int(head[link])].append(link)
    out = np.full((len(tail), 2), np.nan)
    for row, ends in enumerate(map(tuple, ends_of_row.tolist())):
        if not links[ends]:
            problem = f"the network has no further link from {ends[0] + 1} to {ends[1] + 1}"
            raise text.fault(lines[row], problem, "Give the flows that belong to the network.")
        if not (np.isfinite(values[row, 2:]).all() and values[row, 2] >= 0):
            raise text.fault(
                lines[row], f"the flow is {values[row, 2]:g} at cost {values[row, 3]:g}", "Give numbers; flow is 0 or more."
            )
        out[links[ends].pop()] = values[row, 2:]
    if len(rows) != len(tail):
        raise BadFile(path, f"lists {len(rows)} of {len(tail)} links", "Get the complete file again, or add the rows.")
    return out[:, 0].copy(), out[:, 1].copy()


def _entries(text: TntpText, zones: int) -> tuple[Longs, Longs, Floats, list[int]]:
    """Origin and destination, from 0, trips and place in the text of every entry."""
    start: list[int] = []
    end: list[int] = []
    trips: list[float] = []
    at: list[int] = []
    origin = 0
    for found in _ENTRY.finditer(text.body):
        kind = found.lastgroup
        if kind == "origin":
            origin = _zone(text, found, kind, zones)
        elif kind == "trips" and origin:
            start.append(origin)
            end.append(_zone(text, found, "zone", zones))
            trips.append(_amount(text, found, origin))
            at.append(found.start("zone"))
        else:
            _refuse(text, found)
    if not origin:
        raise BadFile(text.path, "has no 'Origin'", CUT_SHORT)
    return np.array(start, np.int64) - 1, np.array(end, np.int64) - 1, np.array(trips, np.float64), at


def _zone(text: TntpText, found: re.Match[str], group: str, zones: int) -> int:
    zone = int(found[group])
    if not 1 <= zone <= zones:
        problem = f"there is no zone {zone}; zones are numbered 1 to {zones}"
        raise text.fault(text.line_of(found.start(group)), problem, "Correct the number.")
    return zone


def _amount(text: TntpText, found: re.Match[str], origin: int) -> float:
    value = number(found["trips"])
    if value is None or not 0 <= value < np.inf:
        problem = f"there are {found['trips']} trips from zone {origin} to zone {found['zone']}"
        raise text.fault(text.line_of(found.start("trips")), problem, "Give a number, 0 or more.")
    return value


def _refuse(text: TntpText, found: re.Match[str]) -> None:
    line = text.line_of(found.start(found.lastgroup or 0))
    if found.lastgroup == "trips":
        raise text.fault(line, "trips stand above the first 'Origin'", "Put 'Origin number' above the trips of each zone.")
    rest = text.body[found.start("other") :]
    if len(rest) <= len(found["other"]) + 1 or not rest.strip().count("\n"):
        raise text.fault(
            line, f"'{found['other']}' is not an entry 'zone : trips ;'; the file may have been cut short", CUT_SHORT
        )
    raise text.fault(line, f"'{found['other']}' is not an entry", "Write 'Origin number' and then entries 'zone : trips ;'.")


def _check_pairs(text: TntpText, pair: Longs, zones: int, at: list[int]) -> None:
    order = np.argsort(pair, kind="stable")
    again = np.flatnonzero(pair[order[1:]] == pair[order[:-1]])
    if len(again):
        place = again[np.argmin(order[1:][again])]
        before, row = int(order[place]), int(order[place + 1])
        start, end = divmod(int(pair[row]), zones)
        problem = f"trips from zone {start + 1} to zone {end + 1} stand on line {text.line_of(at[before])} too"
        raise text.fault(text.line_of(at[row]), problem, "Delete one, or add the two up.")


def _check_total(text: TntpText, total: float) -> tuple[str, ...]:
    """Compare with the total of the metadata, to the last digit that it is printed with."""
    stated = text.amount("TOTAL OD FLOW")
    if stated is None:
        return (f"{text.path} has no <TOTAL OD FLOW>, so it cannot be checked for completeness.",)
    printed = text.metadata["TOTAL OD FLOW"].lower().partition("e")
    decimals = len(printed[0].partition(".")[2])
    last_digit = 10.0 ** (int(printed[2] or 0) - decimals)
    if abs(total - stated) > 0.51 * last_digit + _SUM_ERROR_SHARE * max(total, stated):
        problem = f"states {stated:.15g} trips in total, but its entries add up to {total:.15g}"
        raise BadFile(text.path, problem, "Get the complete file again, or correct <TOTAL OD FLOW>.")
    return ()
