"""Which vehicles to move first: a staircase of wishes, each with the fewest vehicles that must go for it.

The wishes in their order: help comes within its standard to every address that it can reach so; every address that can have two
approaches has them; each bus route that was named runs; each street that was named is free. Each takes the fewest vehicles that
it can, those before it having taken theirs: exact, by implicit hitting sets (E. Moreno-Centeno, R. Karp, "The implicit hitting
set approach", Operations Research 61, 2013). A small program proposes what to free; what that leaves unserved proves needs that
every choice must meet, and they are added, until nothing is left unserved. The least that meets the needs found so far is a
bound on the least of all.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from clearway.errors import BadInput
from clearway.network.model import NEVER_MS
from clearway.network.store import network_digest
from clearway.planning.cordon.planner.program import TimeUp
from clearway.planning.cordon.planner.steps import Steps
from clearway.planning.street_names import StreetNames
from clearway.planning.vehicles.clearing.demands import ALL, LANE, Freed, HelpInTime, HelpStreets, TwoApproaches
from clearway.planning.vehicles.clearing.program import StairProgram
from clearway.planning.vehicles.clearing.wishes import Wishes
from clearway.planning.vehicles.contract import Cleared, HelpClaim, ShutClaim, StartClaim, Step, StretchMoved
from clearway.planning.vehicles.tally import some_assumed
from clearway.words import counted, listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from clearway.network.closures import Closure
    from clearway.network.model import Bools
    from clearway.planning.access.planner.services import Staffed
    from clearway.planning.access.planner.timing import AccessTimer
    from clearway.planning.vehicles.clearing.demands import Learnt, Wish
    from clearway.planning.vehicles.clearing.program import Levels, Literal
    from clearway.planning.vehicles.contract import Need, WishKind
    from clearway.planning.vehicles.tally import Stretch

LIMIT_S = 60.0
"""As long as somebody waits who sees that it goes on."""
_NEVER_NAMED = 3
"""Addresses that a note names: enough to see which part of town is meant."""


@dataclass
class _Stair:
    """A step while it is looked for."""

    kind: WishKind
    of: str
    parts: Sequence[Wish]
    ways: tuple[int, ...] = ()
    served: int = 0
    never: int = 0
    needs: dict[frozenset[Literal], Need | None] = field(default_factory=dict)
    levels: Levels = ()
    spent: int = 0
    bound: int = 0
    proven: bool = False


def cleared(
    timer: AccessTimer,
    services: Sequence[Staffed],
    stretches: Sequence[Stretch],
    wishes: Wishes | None = None,
    steps: Steps | None = None,
    *,
    closures: Sequence[Closure] = (),
    moment: datetime | None = None,
) -> Cleared:
    """The staircase of a tally.

    Args:
        timer: Times addresses.
        services: Who helps, with their stations; none: no wish about help.
        stretches: The tally.
        wishes: Bus routes and streets.
        steps: Whose limit ends it early: later steps are then left out, and one that was begun says that it is not proved.
        closures: What else is shut.
        moment: When; None counts every closure.

    Raises:
        BadInput: there is no stretch, or nothing to wish for.
        BadGeometry, UnknownName: as :meth:`AccessTimer.before`.
    """
    wishes, steps = wishes or Wishes(), steps or Steps(limit_s=LIMIT_S)
    if not stretches:
        raise BadInput("The tally has no stretch. Give one on each line.")
    steps.at("Timing help with every stretch free", 0.05)
    helped = [HelpStreets(timer, one, stretches, closures, moment) for one in services]
    stairs = [*_help(helped), *_freed(stretches, wishes)]
    if not stairs:
        raise BadInput("Nobody said what moving vehicles is to win. Give stations, bus routes or streets.")
    done = _climb(stairs, stretches, steps)
    names = StreetNames(timer.network)
    told = tuple(_told(stairs, place, stretches, helped, names) for place in range(done))
    notes = tuple(_notes(stairs, done, helped, names))
    total, across = sum(one.total for one in stretches), sum(one.across for one in stretches)
    return Cleared(
        stretches=len(stretches),
        vehicles=total,
        across=across,
        network=network_digest(timer.network),
        help=tuple(_claim(one) for one in helped),
        steps=told,
        assumed=tuple(sentence for one in stretches for sentence in one.assumed),
        notes=notes,
        summary=tuple(_summary(told, total, across, some_assumed(stretches))),
    )


def _help(helped: Sequence[HelpStreets]) -> Iterator[_Stair]:
    if not helped:
        return
    in_time = [HelpInTime(one) for one in helped]
    never: Bools = np.logical_or.reduce([one.never for one in in_time])
    yield _Stair("help_in_time", "", in_time, served=int((~never).sum()), never=int(never.sum()))
    twice = [one for streets in helped if (one := TwoApproaches(streets)).asked.any()]
    if twice:
        asked: Bools = np.logical_and.reduce([one.asked for one in twice])
        yield _Stair("two_approaches", "", twice, served=int(asked.sum()), never=int((~asked).sum()))


def _freed(stretches: Sequence[Stretch], wishes: Wishes) -> Iterator[_Stair]:
    named: tuple[tuple[WishKind, Mapping[str, frozenset[int]]], ...] = (
        ("bus_route", wishes.routes),
        ("street", wishes.streets),
    )
    for kind, of in named:
        for name, ways in of.items():
            on_way = tuple(place for place, one in enumerate(stretches) if one.across and ways.intersection(one.ways))
            yield _Stair(kind, name, [Freed(on_way)], tuple(sorted(ways)))


def _climb(stairs: Sequence[_Stair], stretches: Sequence[Stretch], steps: Steps) -> int:
    """Look for each step in turn; how many there is an answer for."""
    program = StairProgram([(one.moves(LANE), one.moves(ALL)) for one in stretches])
    for place, stair in enumerate(stairs):
        steps.at(f"Looking for the fewest vehicles: step {place + 1} of {len(stairs)}", 0.1 + 0.8 * place / len(stairs))
        try:
            _step(stairs[: place + 1], program, stretches, steps)
        except TimeUp:
            return place + _as_good_as_any(stairs[: place + 1], stretches)
        stair.proven = True
    return len(stairs)


def _step(stairs: Sequence[_Stair], program: StairProgram, stretches: Sequence[Stretch], steps: Steps) -> None:
    """Find the last step at the least cost; the steps before it may choose anew among what costs them the same."""
    last = stairs[-1]
    while True:
        steps.check()
        if steps.late:
            raise TimeUp
        found = program.solved([list(one.needs) for one in stairs], [one.spent for one in stairs[:-1]], steps.left_s)
        if found is None:
            raise TimeUp  # cannot be: with every stretch free, all needs are met
        chosen, last.bound = found
        learnt = [_learnt(stair, levels, stretches, steps) for stair, levels in zip(stairs, chosen, strict=True)]
        if not any(learnt):
            for stair, levels in zip(stairs, chosen, strict=True):
                stair.levels = levels
            last.spent = last.bound
            return


def _learnt(stair: _Stair, levels: Levels, stretches: Sequence[Stretch], steps: Steps) -> bool:
    """Whether a choice lacks anything; its needs are learnt, and those of greater choices that meet these as cheaply as can be.

    Needs of any choice hold for all: each round of these saves a program.
    """
    found = [one for part in stair.parts for one in part.unmet(levels)]
    lacks = bool(found)
    while found and not steps.late:
        stair.needs.update((one.literals, one.told) for one in found)
        levels = _met(levels, found, stretches)
        found = [one for part in stair.parts for one in part.unmet(levels)]
    stair.needs.update((one.literals, one.told) for one in found)
    return lacks


def _met(levels: Levels, needs: Sequence[Learnt], stretches: Sequence[Stretch]) -> Levels:
    """A choice with the cheapest stretch of each need freed."""
    freed = list(levels)
    for need in needs:
        if not any(freed[place] >= level for place, level in need.literals):
            cost = {
                (stretches[place].moves(level) - stretches[place].moves(freed[place]), place): level
                for place, level in need.literals
            }
            _, place = min(cost)
            freed[place] = cost[min(cost)]
    return tuple(freed)


def _as_good_as_any(stairs: Sequence[_Stair], stretches: Sequence[Stretch]) -> int:
    """When the time ended in a step: the step with every stretch free, which serves all, and is not proved to be least."""
    last = stairs[-1]
    last.levels = tuple(ALL if one.across else 0 for one in stretches)
    last.spent = sum(one.across for one in stretches)
    return 1


def _told(
    stairs: Sequence[_Stair], place: int, stretches: Sequence[Stretch], helped: Sequence[HelpStreets], names: StreetNames
) -> Step:
    stair = stairs[place]
    before = stairs[place - 1].levels if place else (0,) * len(stretches)
    spent_before = stairs[place - 1].spent if place else 0
    return Step(
        wish=stair.kind,
        of=stair.of,
        ways=stair.ways,
        more=stair.spent - spent_before,
        vehicles=stair.spent,
        at_least=max(stair.bound, spent_before),
        proven=stair.proven,
        served=stair.served,
        never=stair.never,
        moved=tuple(
            _moved(one, stair.levels, before, stretches, helped, names) for one in _newly(stair.levels, before, stretches)
        ),
        levels=stair.levels,
        needs=tuple(need for need in stair.needs.values() if need is not None),
    )


def _claim(streets: HelpStreets) -> HelpClaim:
    """A service, as anybody can time it again."""
    timing = streets.timing(frozenset())
    spots = timing.tree.origins
    return HelpClaim(
        service=streets.name,
        vehicle_class=streets.vehicle_class,
        size=None if streets.size is None else tuple(figure or None for figure in streets.size),
        within_ms=streets.within_ms,
        starts=tuple(
            StartClaim(name=one.name, lon=one.lon, lat=one.lat, way=way, at_m=at_m, turnout_ms=ms)
            for one, way, at_m, ms in zip(
                timing.stations, spots.way.tolist(), spots.offset_m.tolist(), spots.start_ms.tolist(), strict=True
            )
        ),
        shut=(
            *(ShutClaim(way=one.way, at_m=one.at_m, along=one.along, against=one.against) for one in timing.closures),
            *(
                ShutClaim(way=one.way, at_m=one.at_m, along=one.along, against=one.against, ms=one.delay_ms)
                for one in timing.gates
            ),
        ),
    )


def _newly(levels: Levels, before: Levels, stretches: Sequence[Stretch]) -> list[int]:
    """The stretches from which a step moves vehicles, those with most vehicles last."""
    more = {
        place: stretches[place].moves(now) - stretches[place].moves(then)
        for place, (now, then) in enumerate(zip(levels, before, strict=True))
    }
    return sorted((place for place, count in more.items() if count), key=lambda place: (more[place], place))


def _moved(
    place: int, levels: Levels, before: Levels, stretches: Sequence[Stretch], helped: Sequence[HelpStreets], names: StreetNames
) -> StretchMoved:
    """What freeing one stretch wins, all that the step frees being free but this."""
    one = stretches[place]
    saved_ms, first, lost, later = 0.0, None, 0, 0
    most_ms = 0.0
    if levels[place] >= LANE > before[place] and one.is_shut_to_help and helped:
        now = np.maximum.reduce([streets.timing(streets.closed(levels)).ms for streets in helped]).astype(np.int64)
        without = np.maximum.reduce([streets.timing(streets.closed(levels) | {place}).ms for streets in helped]).astype(
            np.int64
        )
        gone = (now < NEVER_MS) & (without >= NEVER_MS)
        added = np.where(gone | (now >= NEVER_MS), 0, without - now)
        lost, later = int(gone.sum()), int((gone | (added > 0)).sum())
        saved_ms, most_ms = float(added.sum()), float(added.max(initial=0))
        worst = int(gone.argmax()) if gone.any() else int(added.argmax()) if later else None
        first = None if worst is None else names.address(worst)
    return StretchMoved(
        stretch=one.name,
        move=one.moves(levels[place]) - one.moves(before[place]),
        frees="carriageway" if levels[place] == ALL else "lane",
        later=later,
        lost=lost,
        seconds=saved_ms / 1000,
        most_seconds=most_ms / 1000,
        first=first,
        assumed=one.is_assumed,
    )


def _notes(stairs: Sequence[_Stair], done: int, helped: Sequence[HelpStreets], names: StreetNames) -> Iterator[str]:
    for streets in helped:
        never = HelpInTime(streets).never
        if never.any():
            first = [names.address(int(one)) for one in never.nonzero()[0][:_NEVER_NAMED]]
            many = f"{counted(int(never.sum()), 'address', 'addresses')}, among them {listed(first)}"
            minutes = f"{streets.within_ms / 60_000:g} min"
            yield (
                f"{streets.name}: not within {minutes} even with every stretch free: {many}. "
                "There it is only asked that whoever it reaches then is still reached."
            )
    yield from (
        f"No vehicle stands in the way of {'route ' if stair.kind == 'bus_route' else ''}{stair.of}."
        for stair in stairs
        if isinstance(stair.parts[0], Freed) and not stair.parts[0].stretches
    )
    twice = {part.name for stair in stairs for part in stair.parts if isinstance(part, TwoApproaches)}
    if alone := [streets.name for streets in helped if streets.name not in twice]:
        yield f"{listed(alone)}: no address has two approaches that share no street, even with every stretch free."
    if done < len(stairs):
        yield "The time ended. Later steps were not looked for: give more time with --limit."


def _summary(steps: Sequence[Step], total: int, across: int, assumed: str) -> Iterator[str]:
    yield f"{counted(total, 'vehicle')} on the stretches, {across} of them in the carriageway{assumed}."
    for place, step in enumerate(steps):
        ask = f"Move {counted(step.more, 'vehicle')}" if not place else f"Move {step.more} more, {step.vehicles} in all"
        sure = "" if step.proven else f" Not proved: {step.at_least} may do."
        yield f"{ask if step.more else 'Nothing more to move'}: {_wins(step)}.{sure}"


def _wins(step: Step) -> str:
    match step.wish:
        case "help_in_time":
            far = f"; {step.never:,} are too far for that even with every stretch free" if step.never else ""
            return f"help comes within its standard to {counted(step.served, 'address', 'addresses')}{far}"
        case "two_approaches":
            one = f"; {step.never:,} have only one even with every stretch free" if step.never else ""
            return f"{counted(step.served, 'address has', 'addresses have')} two approaches that share no street{one}"
        case "bus_route":
            return f"no vehicle stands in the way of route {step.of}"
        case "street":
            return f"{step.of} is free as far as it was counted"
