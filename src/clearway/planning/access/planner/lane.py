"""What the occupied streets decide: who is reached if they are full of parked vehicles, and who with a lane kept free."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from clearway.network.classes import class_mask
from clearway.network.model import NEVER_MS
from clearway.planning.access.planner.contract import LaneAddress, LaneService, Occupied
from clearway.planning.access.planner.services import ANY_SERVICE
from clearway.planning.access.planner.sides import address_fields
from clearway.planning.occupied import full
from clearway.words import counted, listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from clearway.network.closures import Closure
    from clearway.network.model import Bools, Ints
    from clearway.planning.access.planner.address_proof import Timed
    from clearway.planning.access.planner.timing import AccessTimer, Timing
    from clearway.planning.street_names import StreetNames

_MOST_LISTED = 100
"""More than anybody reads; all are counted."""
_MOST_NAMED = 6
"""Streets in one sentence: more are a table."""


@dataclass(frozen=True)
class BothWays:
    """A service along full streets, and with a lane kept free along them."""

    service: str
    full: Timing
    lane: Timing


def both_ways(timer: AccessTimer, services: Iterable[Timed], streets: Sequence[Closure]) -> list[BothWays]:
    """Each service under both assumptions, all else as it is timed.

    Args:
        timer: Of the network.
        services: Each timed by this timer, with or without the occupied streets among its closures.
        streets: The occupied streets, see :func:`clearway.planning.occupied.occupied_streets`.
    """
    places = {_place(one) for one in streets}
    found = []
    for one in services if streets else ():
        others = tuple(closure for closure in one.after.closures if _place(closure) not in places)
        is_full = len(others) < len(one.after.closures)
        held = full(streets, class_mask([one.service.vehicle_class]))
        filled = one.after if is_full else timer.moved(one.after, (*others, *held))
        found.append(BothWays(one.service.name, filled, timer.moved(one.after, others) if is_full else one.after))
    return found


def occupied_of(names: StreetNames, each: Sequence[BothWays], streets: Sequence[Closure], *, shut: bool) -> Occupied:
    """What is assumed of the occupied streets, and who depends on it.

    Args:
        names: Of the network.
        each: The services, at least one.
        streets: The occupied streets, at least one.
        shut: Whether help is taken not to drive along them.
    """
    full_ms, lane_ms = (np.maximum.reduce([getattr(one, side).ms for one in each]) for side in ("full", "lane"))
    changed = np.flatnonzero(np.logical_or.reduce([one.full.ms != one.lane.ms for one in each]))
    order = changed[np.argsort(-(full_ms[changed].astype(np.int64) - lane_ms[changed]), kind="stable")]
    return Occupied(
        shut_to_help=shut,
        streets=_named(names, streets),
        way_indexes=tuple(dict.fromkeys(one.way for one in streets)),
        services=tuple(_service(one) for one in each),
        change_count=len(changed),
        changes=tuple(
            LaneAddress(
                **address_fields(names, address),
                seconds_full=_seconds(full_ms, address),
                seconds_with_lane=_seconds(lane_ms, address),
            )
            for address in order[:_MOST_LISTED].tolist()
        ),
        says=(_assumed(names, streets, shut=shut), _difference(names, each, shut=shut)),
    )


def says_at(names: StreetNames, each: Sequence[BothWays], streets: Sequence[Closure], address: int, *, shut: bool) -> list[str]:
    """The same for one address; nothing where no street is occupied, or the network has no such address."""
    if not streets or not 0 <= address < names.network.address_count:
        return []
    lines = [_assumed(names, streets, shut=shut)]
    changes = [one for one in each if one.full.ms[address] != one.lane.ms[address]]
    for one in changes:
        other = (one.lane if shut else one.full).ms[address]
        if_other = "With a lane kept free there" if shut else "If they are full of parked vehicles"
        who = called(one.service)
        lines.append(f"{if_other}, {who} would {'not get here' if other == NEVER_MS else f'be here in {_minutes(other)}'}.")
    return lines if changes else [*lines, "Here nothing depends on that."]


def called(service: str) -> str:
    """A service in a sentence."""
    return "help" if service == ANY_SERVICE.name else service


def _place(closure: Closure) -> tuple[int, float | None, str]:
    return closure.way, closure.at_m, closure.label


def _named(names: StreetNames, streets: Sequence[Closure]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names.street(one.way) for one in streets))


def _assumed(names: StreetNames, streets: Sequence[Closure], *, shut: bool) -> str:
    named = _named(names, streets)
    where = listed(list(named)) if len(named) <= _MOST_NAMED else f"{', '.join(named[:_MOST_NAMED])} and others"
    if shut:
        return f"Assumed: vehicles stand on the occupied streets ({where}), so help does not drive along them."
    return f"Assumed: a lane is free for help along the occupied streets ({where})."


def _difference(names: StreetNames, each: Sequence[BothWays], *, shut: bool) -> str:
    noun = names.network.address_noun
    by_count: dict[int, list[str]] = {}
    for one in each:
        by_count.setdefault(_reached(one.lane.ms) - _reached(one.full.ms), []).append(called(one.service))
    later = int(np.logical_or.reduce([_later(one) for one in each]).sum())
    sentence = "With a lane kept free along them" if shut else "If vehicles stand on them"
    verb = "would reach" if shut else "would no longer reach"
    reached = [
        f"{listed(who)} {verb} {counted(count, noun)}{' more' if shut else ''}" for count, who in by_count.items() if count
    ]
    waits = [f"{counted(later, noun)} would be reached {'sooner' if shut else 'later'}"] if later else []
    return f"{sentence}, {listed([*reached, *waits]) or f'help would reach every {noun} as it does'}."


def _service(one: BothWays) -> LaneService:
    return LaneService(
        service=one.service,
        reached_full=_reached(one.full.ms),
        reached_with_lane=_reached(one.lane.ms),
        slower_full=int(_later(one).sum()),
    )


def _later(one: BothWays) -> Bools:
    """(D,) whether an address is reached either way, later along full streets."""
    later: Bools = (one.full.ms < NEVER_MS) & (one.full.ms > one.lane.ms)
    return later


def _reached(ms: Ints) -> int:
    return int((ms < NEVER_MS).sum())


def _seconds(ms: Ints, address: int) -> float | None:
    return None if ms[address] == NEVER_MS else int(ms[address]) / 1000


def _minutes(ms: int) -> str:
    minutes, rest = divmod(-(-int(ms) // 1000), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
