"""An assignment told in sentences and tables, from the document that programs read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clearway.cli.text.table import aligned

if TYPE_CHECKING:
    from collections.abc import Sequence

_SHOWN = 10
_AIMS = {
    "user": "Nobody gains by another way (user equilibrium)",
    "system": "All together spend the least time (system optimum)",
}


def told(document: dict[str, Any]) -> list[str]:
    """The answer in words."""
    return [
        *_statement(document),
        *_size(document),
        *_exactness(document),
        *_totals(document),
        *_lost(document),
        *_table("Most delay, by link:", document["worst_links"], "link", document),
        *_table("Most delay, by street:", document["worst_streets"], "name", document),
        *_table("Delay by suburb:", document["suburbs"][:_SHOWN], "name", document),
        *(line for selected in document["select_link"] for line in _selected(selected)),
        *(_compared(document) if document["compared"] else []),
        *(f"Note: {note}" for note in document["notes"]),
        *(f"Written: {path}" for path in document["written"]),
    ]


def _statement(document: dict[str, Any]) -> list[str]:
    return [document["statement"], ""] if document["statement"] else []


def _size(document: dict[str, Any]) -> list[str]:
    trips = document["trips"]
    classes = f" of {len(document['classes'])} classes" if len(document["classes"]) > 1 else ""
    shut = f", {document['links_shut']:,} of them shut to some or all" if document["links_shut"] else ""
    within = f" (and {trips['within_zones']:,.1f} within zones)" if trips["within_zones"] else ""
    streets = f"{document['network']}: {document['links']:,} links{shut}, {document['zones']:,} zones"
    return [f"{streets}, {trips['on_the_streets']:,.1f} trips an hour{classes}{within}, in passenger car units."]


def _exactness(document: dict[str, Any]) -> list[str]:
    sweeps, seconds = document["sweeps"], document["seconds"]
    excess = f"average excess cost {document['average_excess_cost']:.2e}{_unit(document)}"
    done = f"relative gap {document['relative_gap']:.2e}, {excess}, after {sweeps} sweeps in {seconds:.2f} s."
    if document["reached"]:
        return [f"{_AIMS[document['aim']]}: {done}"]
    why = "Stopped by Ctrl-C" if document["stopped"] else "The gap was not reached"
    return [f"{why}: {done} Asked was {document['gap_asked']:.2g}. Go on with --save FILE, then --start FILE."]


def _totals(document: dict[str, Any]) -> list[str]:
    mean = f", {document['mean_time']:,.4g}{_unit(document)} a trip" if document["mean_time"] is not None else ""
    return [
        f"Objective {document['objective']:.15g}.",
        f"Total time {_vehicle_time(document, 'total_time')}{mean}; of this delay {_vehicle_time(document, 'total_delay')}.",
    ]


def _lost(document: dict[str, Any]) -> list[str]:
    rows = document["lost"]
    if not rows:
        return ["Every trip has a way."]
    lines = [f"{document['trips']['lost']:,.1f} trips an hour between {len(rows):,} pairs of zones have no way:"]
    most = sorted(rows, key=lambda row: -row["trips"])
    several = len(document["classes"]) > 1
    lines += [
        f"  {row['from']} to {row['to']}: {row['trips']:,.1f}" + (f" ({row['class']})" if several else "")
        for row in most[:_SHOWN]
    ]
    return lines + ([f"  and {len(rows) - _SHOWN:,} more pairs"] if len(rows) > _SHOWN else [])


def _table(title: str, rows: Sequence[dict[str, Any]], name: str, document: dict[str, Any]) -> list[str]:
    if not rows:
        return []
    known = rows[0]["delay_vehicle_hours"] is not None
    head = ["", "delay, vehicle h" if known else "delay", "flow / capacity"]
    cells = [
        [row[name], f"{row['delay_vehicle_hours'] if known else row['delay']:,.1f}", f"{row['saturation']:.2f}"] for row in rows
    ]
    if name == "link":
        head += ["flow, pcu/h", f"time{_unit(document, ', ')}", f"empty{_unit(document, ', ')}"]
        more = ([f"{row['flow']:,.1f}", f"{row['time']:,.4g}", f"{row['free_time']:,.4g}"] for row in rows)
        cells = [cell + rest for cell, rest in zip(cells, more, strict=True)]
    return [title, *aligned(head, cells)]


def _selected(selected: dict[str, Any]) -> list[str]:
    lines = [f"{selected['called']}: {selected['trips']:,.1f} trips an hour drive over it, if vehicles part in proportion."]
    rows = [(f"{row['from']} to {row['to']}", f"{row['trips']:,.1f}") for row in selected["pairs"][:_SHOWN]]
    return [*lines, *aligned(("most of them", "trips"), rows)] if rows else lines


def _compared(document: dict[str, Any]) -> list[str]:
    change = document["compared"]
    time, delay = (_vehicle_time(change | {"units": document["units"]}, key, sign="+") for key in ("total_time", "total_delay"))
    lines = [f"Compared with the saved solution: total time {time}, delay {delay}, lost trips {change['lost_trips']:+,.1f}."]
    rows = [(row["link"], f"{row['flow']:+,.1f}", f"{row['time']:+,.4g}") for row in change["links"]]
    return [*lines, *aligned(("flow changes most", "pcu/h", f"time{_unit(document, ', ')}"), rows)] if rows else lines


def _vehicle_time(document: dict[str, Any], key: str, sign: str = "") -> str:
    if document[f"{key}_vehicle_hours"] is not None:
        return f"{document[f'{key}_vehicle_hours']:{sign},.1f} vehicle hours"
    return f"{document[key]:{sign},.4f}"


def _unit(document: dict[str, Any], before: str = " ") -> str:
    """The unit of time where the network names it."""
    unit = document["units"]["time"]
    return f"{before}{unit}" if len(unit) <= len("min") else ""
