"""The leaflet for people who live or work there: how they get in and out, from when to when, whom they call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearway.planning.plan.passages import passing
from clearway.publish.plan.figures import leaflet_map
from clearway.publish.plan.shape import Facts, Lines, Maps, Section
from clearway.record.classes import HELP, ON_FOOT
from clearway.words import in_runs, listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearway.publish.plan.known import Known
    from clearway.record.kinds.plans import PlannedBarrier

_FOR_THE_PUBLIC = ("public", "resident", "information", "neighbour")
"""Words in a contact's task by which people who live there are meant to call it."""
_PLACES = 6
"""Gates whose places a sentence still holds; of more, the map shows where they are."""
_STOPS = 6
"""Stops that a leaflet names: the rest is on the notice at each stop."""


def leaflet_sections(known: Known) -> tuple[Section, ...]:
    """One page of plain words."""
    plan = known.plan
    return (
        Section(
            heading="When",
            blocks=(
                Facts(
                    rows=(
                        ("Streets are closed from", known.time(plan.starts) if plan.starts else None),
                        ("They open again", known.time(plan.ends) if plan.ends else None),
                    )
                ),
            ),
        ),
        Section(heading="By car", blocks=(Lines(lines=_by_car(known)),)),
        Section(heading="On foot", blocks=(Lines(lines=_on_foot(known)),)),
        Section(heading="By bus", blocks=(Lines(lines=_by_bus(known)),)),
        Section(heading="If you need help", blocks=(Lines(lines=_help(known)),)),
        Section(heading="Whom to call", blocks=(Facts(rows=_calls(known)),)),
        *((Section(heading="Where", blocks=(Maps(across=1, maps=(leaflet_map(known),)),)),) if known.gazetteer else ()),
    )


def _by_car(known: Known) -> tuple[str | None, ...]:
    gates = [one for one in known.plan.barriers if one.is_gate]
    told: dict[str, list[str]] = {}
    for who, called in (("residents", "live"), ("workers", "work"), ("deliveries", "deliver")):
        passes = [(one, passing(known.plan, one, who, None)) for one in gates]
        enters = [one for one, may in passes if may.enter]
        rules = [rule for one, may in passes if may.enter for rule in may.rules]
        shown = listed(list(dict.fromkeys(rule.proof for rule in rules if rule.proof)))
        hours = listed(list(dict.fromkeys(filter(None, (known.lasting(rule.starts, rule.ends, whole="") for rule in rules)))))
        if enters:
            when, show = f", {hours}" if hours else "", f" Show {shown}." if shown else ""
            told.setdefault(f"drive in and out at {_gates(known, enters)}{when}.{show}", []).append(called)
        elif any(may.rules for _, may in passes):
            leaves = [one for one, may in passes if may.leave]
            out = f" You may drive out at {_gates(known, leaves)}." if leaves else ""
            told.setdefault(f"you cannot drive in while the streets are closed.{out}", []).append(called)
    if not told:
        return (None,)
    return (
        *(f"If you {' or '.join(called)} here, {way}" for way, called in told.items()),
        "Everybody else: follow the signs DETOUR.",
    )


def _gates(known: Known, gates: Sequence[PlannedBarrier]) -> str:
    """Gates with their places; of many what the map calls them."""
    if len(gates) > _PLACES:
        return f"gates {listed(in_runs([known.sign(one.id) for one in gates]))} on the map"
    return listed([f"gate {known.called(one.id)} ({known.where(one.place)})" for one in gates])


def _on_foot(known: Known) -> tuple[str | None, ...]:
    gates = [one for one in known.plan.barriers if one.is_gate]
    walk = [known.sign(one.id) for one in gates if (may := passing(known.plan, one, ON_FOOT, None)).enter and may.leave]
    if not walk:
        return (None,)
    ways = [", ".join(known.where(place) for place in one.along) for one in known.plan.routes if one.purpose == "walking"]
    named = listed(in_runs(walk))
    at = f"every gate: {named}" if len(walk) == len(gates) else named
    told = f"You can walk in and out at {at}."
    return (told, *((f"Walk along {listed(ways)}.",) if ways else ()))


def _by_bus(known: Known) -> tuple[str | None, ...]:
    if known.buses is None:
        return (None,)
    if not known.buses.stops:
        return ("All buses stop where they always do.",)
    stops = known.buses.stops
    told = [f"{stop.name}: {' '.join(stop.tell[1:])}" if stop.tell[1:] else stop.tell[0] for stop in stops[:_STOPS]]
    more = len(stops) - len(told)
    routes = list(dict.fromkeys(one.route for one in known.buses.routes))
    return (
        f"Routes {', '.join(routes)} drive round the closed streets.",
        *told,
        *((f"{more} more stops are not served; the notice at each says where to go.",) if more > 0 else ()),
    )


def _help(known: Known) -> tuple[str | None, ...]:
    gates = [one for one in known.plan.barriers if one.is_gate]
    passes = bool(gates) and all(passing(known.plan, one, HELP, None).enter for one in gates)
    first = "Call the emergency number as always (111 in New Zealand). Say which gate is nearest to you."
    return (first, "Fire engines, ambulances and police pass every gate.") if passes else (first,)


def _calls(known: Known) -> tuple[tuple[str, str | None], ...]:
    calls = [one for one in known.plan.contacts if any(word in one.task.casefold() for word in _FOR_THE_PUBLIC)]
    return tuple((f"{one.office}: {one.task}", one.reach) for one in calls) or (("For questions", None),)
