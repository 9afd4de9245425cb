"""All detours of a set of closures, in one answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clearway.planning.cordon.planner.steps import untold
from clearway.planning.plan.detours.contract import Detours
from clearway.planning.plan.detours.heavy import for_heavy, heavy_words, records_limits
from clearway.planning.plan.detours.movements import cut_movements
from clearway.planning.plan.detours.other_ways import Passages
from clearway.planning.plan.detours.places import PlaceFinder
from clearway.planning.plan.detours.question import LARGEST
from clearway.planning.plan.detours.streets import ThroughStreets
from clearway.planning.plan.detours.telling import Telling
from clearway.planning.street_names import StreetNames
from clearway.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clearway.network.closures import Closure
    from clearway.network.model import Network
    from clearway.planning.access.planner.stations import Station
    from clearway.planning.cordon.planner.steps import Tell
    from clearway.planning.plan.detours.contract import VehicleDetours
    from clearway.planning.plan.detours.loads import Traffic
    from clearway.planning.plan.detours.movements import CutMovement
    from clearway.planning.plan.detours.question import HeavyVehicle

_STREETS_SHARE, _GENERAL_SHARE, _HEAVY_SHARE, _WAYS_SHARE = 0.1, 0.4, 0.7, 0.9
"""Of the whole work, until each step begins: as measured on Wellington."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What is asked of closures.

    Attributes:
        closures: What is shut, and to whom; all counts that is shut at any time.
        heavy: How large a heavy vehicle is.
        places: Where people must still get to.
        traffic: An hour's traffic; None where no trips are given.
    """

    closures: tuple[Closure, ...]
    heavy: HeavyVehicle = LARGEST
    places: tuple[Station, ...] = ()
    traffic: Traffic | None = None


def detours(network: Network, asked: Asked, tell: Tell = untold) -> Detours:
    """The detour of every movement that closures cut, and where drivers must be warned.

    Args:
        network: The network.
        asked: What is asked of it.
        tell: Called with what is being done and the share that is done, 0 to 1; what it raises ends the work.
    """
    tell("Finding what is cut", 0.0)
    names = StreetNames(network)
    streets = ThroughStreets(network, asked.closures)
    tell("Finding detours", _STREETS_SHARE)
    cut = _in_order(cut_movements(streets), asked.traffic)
    general = Telling(streets, names, asked.traffic).vehicle("general traffic", cut)
    tell("Finding detours for heavy vehicles", _GENERAL_SHARE)
    heavy = _heavy(network, names, asked) if records_limits(network) else None
    tell("Finding ways past on foot and by bicycle", _HEAVY_SHARE)
    passages = Passages(network, asked.closures)
    other_ways = tuple(passages.past(number, one.arcs) for number, one in enumerate(cut, 1))
    tell("Looking at schools, stations and hospitals near by", _WAYS_SHARE)
    return Detours(
        general=general,
        heavy=heavy,
        other_ways=other_ways,
        places=PlaceFinder(streets, names, asked.closures).near(asked.places),
        traffic=asked.traffic.statement if asked.traffic else None,
        summary=tuple(_summary(general)),
        warnings=tuple(_warnings(streets, general, asked)),
    )


def _heavy(network: Network, names: StreetNames, asked: Asked) -> VehicleDetours:
    size = asked.heavy.size
    streets = ThroughStreets(for_heavy(network, size), asked.closures)
    return Telling(streets, names, asked.traffic).vehicle(heavy_words(size), _in_order(cut_movements(streets), asked.traffic))


def _in_order(cut: list[CutMovement], traffic: Traffic | None) -> list[CutMovement]:
    """Those of most traffic first, where that is known; else as they come."""
    if traffic is None:
        return cut
    return sorted(cut, key=lambda one: -float(traffic.before.flow_per_hour[one.arcs[0]]))


def _summary(general: VehicleDetours) -> Iterator[str]:
    movements = general.movements
    if not movements:
        yield "No through movement is cut."
    else:
        yield f"{counted(len(movements), 'movement')} cut."
    around = [one.detours[0] for one in movements]
    added = [one.metres_added for one in around if one.metres_added is not None]
    if added:
        yield f"The longest detour is {max(added):,.0f} m longer than the way that is cut."
    if len(added) < len(movements):
        yield f"{counted(len(movements) - len(added), 'movement')} without a detour on this map."
    known = [one.overloaded for one in around if one.overloaded is not None]
    if known:
        full = sum(bool(one) for one in known)
        yield f"{counted(full, 'detour')} beyond capacity." if full else "No detour is beyond its capacity in that hour."
    if general.warn:
        trapping = sum(one.traps for one in general.warn)
        behind = f"; at {trapping} of them a driver who goes on must turn round" if trapping else ""
        yield f"Warn at {counted(len(general.warn), 'place')}{behind}."


def _warnings(streets: ThroughStreets, general: VehicleDetours, asked: Asked) -> Iterator[str]:
    if not streets.closures:
        yield "Nothing is shut to general traffic."
    if general.cut_off:
        yield (
            f"{counted(len(general.cut_off), 'piece')} of street that {'is' if len(general.cut_off) == 1 else 'are'} not shut"
            " cannot be driven to any more: emergency access ('clearway access') says who is reached there."
        )
    if asked.traffic is None and general.movements:
        yield "How full the detours are is not known: no trips were given."
    if asked.traffic is not None:
        yield "Loads are those of drivers who each choose the quickest way; nobody is held to the signs."
    if general.movements and not records_limits(streets.network):
        yield "Whether heavy vehicles fit along the detours is not known: the network records no limit of size."
