"""The checker of a stage's schedule: it shares no code with what makes one.

It reads places, kit and pace itself, drives every leg on its own reading of the streets, lets traffic flow minute by minute,
and refuses what it cannot follow:

* a place that is not done once, or with too little time for its pieces;
* a unit that is at two places, that nobody gave, or that jumps: each drive begins where the last one ended;
* a drive that is quicker than the streets allow past the places that are shut by then;
* a place without the crew, truck or forklift that it needs, there when work begins;
* a truck that puts down more than it carries, or a depot that gives more than is owned and borrowed there;
* a crew, truck or forklift at a place from which no way leads out any more;
* an open place that leads vehicles in from which they could not drive out again;
* a barrier of the old ring that goes before the new one stands;
* minutes, moments, what is open, or kit that do not follow from the schedule;
* a bound above the time, one that is not what is claimed to prove, or one that its own reckoning does not reach.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from clearway.planning.plan.stages.check.bound import Pool, Truck, least_by_kind, least_by_loads, least_together
from clearway.planning.plan.stages.check.claim import Leg
from clearway.planning.plan.stages.check.streets import CheckedStreets

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from clearway.network.model import Network
    from clearway.planning.plan.stages.check.claim import Asked, Claim, Place, Task, Unit

_MOST_BOUNDED = 9
"""Places whose bound the checker reckons again: 3 to the power of 9 splits in plain Python take a tenth of a second."""
_MOST_LOADED, _MOST_CELLS = 15, 4_000_000
"""Places, and minutes in a table, up to which it reckons the trucks load by load: a second."""


class Flaw(NamedTuple):
    """What is wrong, in a word and in a sentence."""

    kind: str
    says: str

    def __str__(self) -> str:
        """The sentence."""
        return self.says


@dataclass(frozen=True)
class Verdict:
    """What the checker found.

    Attributes:
        flaws: Everything that is wrong; none where it accepts.
        bound_confirmed: Minutes below which its own reckoning proves that nothing is possible; 0: it reckoned none.
    """

    flaws: tuple[Flaw, ...]
    bound_confirmed: int = 0


def check_claim(claim: Claim, asked: Asked, network: Network) -> Verdict:
    """Follow a schedule minute by minute.

    Args:
        claim: What is claimed.
        asked: What was asked.
        network: The streets.
    """
    checker = _Checker(claim, asked, network)
    return Verdict(tuple(checker.flaws()), checker.bound_confirmed)


class _Checker:
    def __init__(self, claim: Claim, asked: Asked, network: Network) -> None:
        self._answer, self._asked, self._network = claim, asked, network
        self.bound_confirmed = 0
        self._places = {place.id: place for place in asked.places}
        self._tasks: dict[str, Task] = {}
        self._units = {unit.id: unit for unit in asked.units}
        self._load_minutes = asked.load_minutes

    def flaws(self) -> Iterator[Flaw]:
        """Everything that is wrong."""
        found = list(self._kit())
        if not self._answer.possible:
            if self._answer.tasks or self._answer.minutes is not None:
                found.append(Flaw("possible", "It is said not to be possible, and has a schedule all the same."))
            yield from found
            return
        found += self._done_once()
        if found:
            yield from found
            return
        self._streets = CheckedStreets(
            self._network,
            {name: place.cuts for name, place in self._places.items()},
            self._asked.depots,
            {one.id: (one.lon, one.lat) for one in self._answer.tasks},
            self._asked.kept_out,
        )
        yield from (Flaw("side", f"The crew of {name} does not work beside its barrier.") for name in self._streets.beside)
        yield from self._times()
        yield from self._tours()
        yield from self._loads()
        yield from self._traffic()
        yield from self._bound()

    def _kind(self, name: str) -> str:
        return self._units[name].kind if name in self._units else ""

    def _done_once(self) -> Iterator[Flaw]:
        due = {name for name, place in self._places.items() if place.before != place.after}
        for task in self._answer.tasks:
            place = self._places.get(task.id)
            if task.id not in due or place is None:
                yield Flaw("place", f"{task.id} is not to be done in this stage.")
            elif task.id in self._tasks:
                yield Flaw("place", f"{task.id} is done twice.")
            elif (task.does == "remove") != place.before:
                yield Flaw("place", f"{task.id} is to be {'removed' if place.before else 'set'}.")
            else:
                self._tasks[task.id] = task
                due.discard(task.id)
        due -= {task.id for task in self._answer.tasks}
        yield from (Flaw("place", f"{name} is not done.") for name in sorted(due))

    def _kit(self) -> Iterator[Flaw]:
        needed: dict[str, int] = defaultdict(int)
        for place in self._places.values():
            if place.after and not place.before:
                needed[place.structure] += place.pieces
        for structure, number in needed.items():
            there = sum(pieces for (_, of), pieces in self._asked.kit.items() if of == structure)
            due = number, there, max(number - there, 0)
            if number and self._answer.needs.get(structure) != due:
                yield Flaw("kit", f"Of {structure} {due[0]} pieces are needed, {due[1]} are there and {due[2]} are missing.")
            if due[2] and self._answer.possible:
                yield Flaw("kit", f"{due[2]} pieces of {structure} are missing, and are counted as if they were there.")

    def _times(self) -> Iterator[Flaw]:
        answer = self._answer
        ends = max((task.ends for task in answer.tasks), default=0)
        if answer.minutes != ends:
            yield Flaw("minutes", f"The last place is done after {ends} min, not {answer.minutes}.")
        for at, minute in [(answer.done, ends), *((one.starts_at, one.starts) for one in answer.tasks),
                           *((one.ends_at, one.ends) for one in answer.tasks), *((one.at, one.minute) for one in answer.open),
                           *((one.leaves_at, one.leaves) for one in answer.legs)]:  # fmt: skip
            due = None if answer.begins is None else answer.begins + timedelta(minutes=minute)
            if at != due:
                yield Flaw("minutes", f"Minute {minute} is {due}, not {at}.")
                return
        starts = [task.starts for task in answer.tasks]
        if starts != sorted(starts) or [task.number for task in answer.tasks] != list(range(1, len(starts) + 1)):
            yield Flaw("order", "The places are not numbered in the order in which they are begun.")
        if starts and min(starts) < 0:
            yield Flaw("minutes", "A place is begun before the start.")
        set_by = max((task.ends for task in answer.tasks if task.does == "set"), default=0)
        for task in answer.tasks:
            if task.does == "remove" and task.starts < set_by:
                yield Flaw("ring", f"{task.id} goes at minute {task.starts}, and the new ring stands only at {set_by}.")

    def _tours(self) -> Iterator[Flaw]:
        """Every unit, from its depot to its last place."""
        calls: dict[str, list[Leg | Task]] = defaultdict(list)
        for task in self._answer.tasks:
            place = self._places[task.id]
            for kind, name in (("crew", task.crew), ("truck", task.truck), ("forklift", task.forklift)):
                if name is not None:
                    if self._kind(name) != kind:
                        yield Flaw("unit", f"{task.id} is done by {name}, and nobody gave such a {kind}.")
                        return
                    calls[name].append(task)
                elif place.needs[kind]:
                    yield Flaw("unit", f"{task.id} needs a {kind}.")
                    return
        for leg in self._answer.legs:
            if self._kind(leg.unit) != leg.kind:
                yield Flaw("unit", f"Nobody gave a {leg.kind} called {leg.unit}.")
                return
            calls[leg.unit].append(leg)
        for name, own in calls.items():
            yield from self._tour(self._units[name], list(_in_turn(own, self._units[name].depot)))

    def _tour(self, unit: Unit, calls: Sequence[Leg | Task]) -> Iterator[Flaw]:
        at, free = unit.depot, 0
        stays: list[tuple[str, int, float]] = []
        since = 0
        for one in calls:
            if not isinstance(one, Leg):
                if one.starts < free:
                    yield Flaw("overlap", f"{unit.id} is to begin {one.id} at minute {one.starts}, and is free only at {free}.")
                if at != one.id:
                    yield Flaw("jump", f"{unit.id} is at {at} and not at {one.id}.")
                at, free = one.id, one.ends
                continue
            if one.start != at:
                yield Flaw("jump", f"{unit.id} leaves {one.start}, and is at {at}.")
            if one.leaves < free:
                yield Flaw("overlap", f"{unit.id} leaves {one.start} at minute {one.leaves}, and is busy until {free}.")
            stays.append((at, since, one.leaves))
            quickest = self._quickest(unit, one)
            if one.arrives - one.leaves < quickest:
                way = "no way leads there" if quickest == math.inf else f"that takes {quickest:.0f} min"
                yield Flaw("drive", f"{unit.id} drives from {one.start} to {one.end} in {one.arrives - one.leaves} min: {way}.")
            if one.loads and one.end != unit.depot:
                yield Flaw("load", f"{unit.id} is loaded at {one.end}, which is not its depot.")
            at, since = one.end, one.arrives
            free = one.arrives + (self._load_minutes if one.loads else 0)
        stays.append((at, since, math.inf))
        yield from self._shut_in(unit, stays)

    def _quickest(self, unit: Unit, leg: Leg) -> float:
        """Minutes of a drive past what is shut when it ends."""
        shut, gates = set[str](), dict[str, float]()
        for name, place in self._places.items():
            task = self._tasks.get(name)
            begun, ends = (task.starts, task.ends) if task else (math.inf, math.inf)
            if place.before and ends <= leg.leaves:
                continue
            if place.before and place.is_gate and leg.arrives <= begun:
                gates[name] = place.opening_seconds
            elif place.before or begun < leg.arrives:
                shut.add(name)
        return self._streets.minutes(leg.start, leg.end, (unit.vehicle_class, unit.speed_kmh), frozenset(shut), gates)

    def _shut_in(self, unit: Unit, stays: Sequence[tuple[str, int, float]]) -> Iterator[Flaw]:
        """Whether a way leads out from where a unit is whenever a place is begun."""
        name = next(one.vehicle_class for one in self._asked.units if one.kind == "crew")
        for at, since, until in stays:
            for task in self._answer.tasks:
                if task.does == "set" and since <= task.starts < until:
                    shut = self._begun_by(task.starts, gates=True)
                    if not self._streets.gets_out(at, name, shut):
                        yield Flaw(
                            "shut in", f"{unit.id} is shut in at {at} from minute {task.starts}, when {task.id} is begun."
                        )
                        return

    def _begun_by(self, minute: int, *, gates: bool = False) -> frozenset[str]:
        """Places through which no traffic runs any more when those of a minute are begun."""
        shut = set[str]()
        for name, place in self._places.items():
            begun = name in self._tasks and self._tasks[name].starts <= minute
            standing = place.before and not begun
            if (begun and not place.before) or (standing and not (gates and place.is_gate)):
                shut.add(name)
        return frozenset(shut)

    def _loads(self) -> Iterator[Flaw]:
        given: dict[tuple[str, str], int] = defaultdict(int)
        for unit in self._asked.units:
            if unit.kind == "truck":
                yield from self._truck(unit, unit.carries, given)
        for (depot, structure), number in given.items():
            there = self._asked.kit.get((depot, structure), 0)
            if number > there:
                yield Flaw("kit", f"Depot {depot} gives {number} pieces of {structure}, and has {there}.")
        for task in self._answer.tasks:
            place = self._places[task.id]
            if task.truck is None and task.ends - task.starts < place.minutes:
                yield Flaw("work", f"{task.id} takes {place.minutes} min at least, not {task.ends - task.starts}.")
            if task.pieces != place.pieces:
                yield Flaw("work", f"{task.id} needs {place.pieces} pieces, not {task.pieces}.")

    def _truck(self, truck: Unit, carries: int, given: dict[tuple[str, str], int]) -> Iterator[Flaw]:
        tasks = sorted((task for task in self._answer.tasks if task.truck == truck.id), key=lambda one: one.starts)
        legs = [leg for leg in self._answer.legs if leg.unit == truck.id and leg.loads]
        room, sets, before = 0, True, -1
        if tasks and tasks[0].does == "remove":
            room, sets = carries, False
        for task in tasks:
            if any(before <= leg.arrives <= task.starts for leg in legs):
                room = carries
            if sets and task.does == "remove":
                room, sets = carries, False
            room += (task.loads - 1) * carries - task.pieces
            if room < 0 or task.loads < 1:
                yield Flaw("load", f"{truck.id} does not carry the {task.pieces} pieces of {task.id} in {task.loads} loads.")
                return
            place = self._places[task.id]
            shut = self._begun_by(task.starts) if task.does == "set" else frozenset(set(self._places) - self._gone(task.starts))
            kind = truck.vehicle_class, truck.speed_kmh
            there = self._streets.minutes(task.id, truck.depot, kind, shut, {}) if task.loads > 1 else 0
            back = self._streets.minutes(truck.depot, task.id, kind, shut, {}) if task.loads > 1 else 0
            due = place.minutes + (task.loads - 1) * (there + back + self._load_minutes)
            if self._asked.stage == "set_up" and task.ends - task.starts < due:
                yield Flaw("work", f"{task.id} takes {due:.0f} min at least, not {task.ends - task.starts}.")
            elif task.ends - task.starts < place.minutes:
                yield Flaw("work", f"{task.id} takes {place.minutes} min at least, not {task.ends - task.starts}.")
            if task.does == "set":
                given[truck.depot, task.structure] += task.pieces
            before = task.starts

    def _gone(self, minute: int) -> set[str]:
        return {name for name, task in self._tasks.items() if self._places[name].before and task.ends <= minute}

    def _traffic(self) -> Iterator[Flaw]:
        """What flows in, minute by minute, and what is said to be open."""
        for stand in ("before", "after"):
            self._streets.forgive(frozenset(name for name, place in self._places.items() if getattr(place, stand)))
        minutes = sorted({0, *(task.starts for task in self._answer.tasks), *(task.ends for task in self._answer.tasks)})
        if [row.minute for row in self._answer.open] != minutes:
            yield Flaw("open", "What is open is not said for each minute at which it changes.")
            return
        for row in self._answer.open:
            due: dict[str, list[str]] = {"open": [], "working": [], "shut": []}
            for name, place in self._places.items():
                task = self._tasks.get(name)
                if task and task.starts <= row.minute < task.ends:
                    due["working"].append(name)
                elif task:
                    due["shut" if (row.minute < task.starts) == place.before else "open"].append(name)
                else:
                    due["shut" if place.before else "open"].append(name)
            for what, names in due.items():
                if sorted(getattr(row, what)) != sorted(names):
                    yield Flaw("open", f"At minute {row.minute} {', '.join(names) or 'nothing'} is {what}.")
                    return
            trapped = self._streets.trapped(self._begun_by(row.minute))
            if trapped:
                yield Flaw("hole", f"At minute {row.minute} {trapped} come in from outside and cannot drive out again.")
                return

    def _bound(self) -> Iterator[Flaw]:
        answer = self._answer
        if answer.minutes is None or answer.bound is None:
            yield Flaw("bound", "It says no bound.")
            return
        if answer.bound > answer.minutes:
            yield Flaw("bound", f"The bound of {answer.bound} min is above the {answer.minutes} min of the schedule.")
        if answer.proven != (answer.bound == answer.minutes):
            yield Flaw("bound", "It is said to be proven, and bound and time differ." if answer.proven else
                       "Bound and time are the same, and it is said not to be proven.")  # fmt: skip
        due = [self._places[name] for name in self._tasks]
        together = self._together(due)
        self.bound_confirmed = max(together, self._by_loads(due))
        if answer.bound_by == "the crews, trucks and forklifts together" and answer.bound > together:
            yield Flaw("bound", f"By {answer.bound_by} {together} min are proved, not {answer.bound}.")
        if len(due) > _MOST_BOUNDED:
            return
        own = {kind: self._least(kind, due) for kind in ("crew", "truck", "forklift")}
        self.bound_confirmed = max(self.bound_confirmed, *own.values())
        alone = next((kind for kind in own if answer.bound_by == f"the {kind}s alone"), None)
        if alone and answer.bound > own[alone]:
            yield Flaw("bound", f"By {answer.bound_by} {own[alone]} min are proved, not {answer.bound}.")

    def _least(self, kind: str, due: Sequence[Place]) -> int:
        """Minutes that one kind of unit needs at least for its places, whatever the others do."""
        units = [unit for unit in self._asked.units if unit.kind == kind]
        minutes = {place.id: place.minutes + self._further(place) for place in due}

        def leg_of(unit: Unit) -> Callable[[str, str], float]:
            return lambda start, end: self._leg(unit, start, end)

        return least_by_kind(
            [place.id for place in due if place.needs[kind]],
            minutes,
            {place.id: self._earliest(place) for place in due},
            [unit.depot for unit in units],
            [leg_of(unit) for unit in units],
        )

    def _by_loads(self, due: Sequence[Place]) -> int:
        """Minutes at least by the trucks, load by load; 0 where something goes, or the sets are too many."""
        served = [place for place in due if place.needs["truck"]]
        units = [unit for unit in self._asked.units if unit.kind == "truck"]
        cells = max((unit.carries for unit in units), default=0) * len(served) << len(served)
        if any(place.before for place in served) or len(served) > _MOST_LOADED or cells > _MOST_CELLS:
            return 0
        trucks = [
            Truck(
                out=tuple(self._free(unit, unit.depot, place.id) + self._load_minutes for place in served),
                home=tuple(self._free(unit, place.id, unit.depot) for place in served),
                between=tuple(tuple(self._free(unit, one.id, two.id) for two in served) for one in served),
                work=tuple(place.minutes + self._further(place) for place in served),
                carries=unit.carries,
            )
            for unit in units
        ]
        return least_by_loads([place.pieces for place in served], [self._earliest(place) for place in served], trucks)

    def _together(self, due: Sequence[Place]) -> int:
        """Minutes at least by the rounds of all units, of the places that need each kind."""
        least = 0
        for kind in ("crew", "truck", "forklift"):
            needing = [place for place in due if place.needs[kind]]
            if not needing:
                continue
            work = min(place.minutes + self._further(place) for place in needing)
            pools: list[Pool] = []
            for other in ("crew", "truck", "forklift"):
                units = [unit for unit in self._asked.units if unit.kind == other]
                if all(place.needs[other] for place in needing):
                    same = [place.id for place in due if place.needs[other]]
                    legs = [self._leg(unit, one, two) for unit in units for one in same for two in same if one != two]
                    first = [min(self._leg(unit, unit.depot, place.id) for place in needing) for unit in units]
                    pools.append(Pool(first, work + min(legs, default=math.inf)))
            least = max(least, least_together(len(needing), work, pools))
        return least

    def _earliest(self, place: Place) -> int:
        """Minute before which not everybody that a place needs can be there."""
        comes = [0.0]
        for needed in (kind for kind, is_needed in place.needs.items() if is_needed):
            load = self._load_minutes if needed == "truck" and place.after else 0
            own = [self._free(unit, unit.depot, place.id) for unit in self._asked.units if unit.kind == needed]
            comes.append(min(own, default=math.inf) + load)
        return int(max(comes))

    def _further(self, place: Place) -> int:
        """Minutes at least of the further loads of a place, by the truck that is quickest."""
        more = []
        for unit in self._asked.units:
            if unit.kind == "truck":
                loads = -(-max(place.pieces - unit.carries, 0) // unit.carries)
                back = self._free(unit, place.id, unit.depot) + self._free(unit, unit.depot, place.id)
                more.append(loads * (back + self._load_minutes) if loads else 0)
        return int(min(more, default=0)) if place.needs["truck"] else 0

    def _free(self, unit: Unit, start: str, end: str) -> float:
        return self._streets.minutes(start, end, (unit.vehicle_class, unit.speed_kmh), frozenset(), {})

    def _leg(self, unit: Unit, start: str, end: str) -> float:
        """Minutes at least to a place; a truck that cannot carry enough drives by way of its depot."""
        if unit.kind != "truck":
            return self._free(unit, start, end)
        carries, place = unit.carries, self._places[end]
        load = self._load_minutes if place.after else 0
        if start == unit.depot:
            return self._free(unit, start, end) + load
        before = self._places[start]
        if before.after == place.after and min(place.pieces, carries) > -before.pieces % carries:
            return self._free(unit, start, unit.depot) + self._load_minutes + self._free(unit, unit.depot, end)
        return self._free(unit, start, end)


def _in_turn(calls: Sequence[Leg | Task], at: str) -> Iterator[Leg | Task]:
    """Drives and places of a unit by their minutes: of one minute the place where it is, then the drive from there.

    Work at a place without pieces may take no time, and a drive between two that lie close together neither.
    """
    left = sorted(calls, key=_begins)
    while left:
        now = [one for one in left if _begins(one) == _begins(left[0])]
        here = [one for one in now if (one.start if isinstance(one, Leg) else one.id) == at] or now
        one = next((one for one in here if not isinstance(one, Leg)), here[0])
        left.remove(one)
        at = one.end if isinstance(one, Leg) else one.id
        yield one


def _begins(one: Leg | Task) -> int:
    return one.leaves if isinstance(one, Leg) else one.starts
