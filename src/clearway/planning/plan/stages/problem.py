"""The problem of a stage, in whole minutes, and how a schedule grows place by place.

A schedule is an order in which places are begun, and for each place a crew, and where its structure needs them a truck and a
forklift. In that order each place is begun as early as it can be, but not before the one before it:

* Nobody is at two places. A unit drives from where it was last; a truck that does not carry enough drives by way of its depot.
* A drive avoids every place that is begun before the driver's own next one, and every barrier that stands; a gate that stands
  and is not begun lets crews through in its seconds. Where no way is left, it waits until what was begun for removal is gone.
* A street is shut from the moment when work begins there. On removal it counts as open from then.
* No place is begun if vehicles that still come in from outside could then not come out again.
* Nobody is shut in: who stands where no way would lead out any more drives to its depot first, and the place waits for that.
* What is removed waits until all that is set in the same stage is finished: the ring that goes stands until the other does.

A later start of one place never makes another one earlier, so the best schedule is among those.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from clearway.planning.plan.stages.drives import FAR

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from clearway.planning.plan.stages.drives import Drives, Flow

CREW, TRUCK, FORKLIFT = 0, 1, 2
"""The order in which means list their units; numbers, as they index tables."""
KINDS = ("crew", "truck", "forklift")


class Job(NamedTuple):
    """A place to be set or removed.

    Attributes:
        barrier: Index of the barrier.
        removes: Whether it goes.
        minutes: Of work, the truck's further loads aside.
        pieces: How many.
        structure: Of which.
        needs: Whether it needs a crew, a truck, a forklift.
    """

    barrier: int
    removes: bool
    minutes: int
    pieces: int
    structure: str
    needs: tuple[bool, bool, bool]


class UnitSpec(NamedTuple):
    """A crew, truck or forklift.

    Attributes:
        kind: CREW, TRUCK or FORKLIFT.
        depot: Index of the depot.
        drives: Index of its table of drives.
        carries: Pieces, of a truck.
    """

    kind: int
    depot: int
    drives: int
    carries: int


class Choice(NamedTuple):
    """Who does the next place: indexes of units, -1 for none; whether the truck goes by way of its depot."""

    job: int
    crew: int
    truck: int = -1
    by_depot: bool = False
    forklift: int = -1

    @property
    def units(self) -> tuple[int, ...]:
        """Those that take part."""
        return tuple(unit for unit in (self.crew, self.truck, self.forklift) if unit >= 0)


class Leave(NamedTuple):
    """A drive: the unit, the points, the minute, whether it loads at the end."""

    unit: int
    start: int
    end: int
    leaves: int
    arrives: int
    loads: bool


class Begun(NamedTuple):
    """A place in a schedule."""

    choice: Choice
    starts: int
    ends: int
    loads: int
    legs: tuple[Leave, ...]


class State(NamedTuple):
    """A schedule so far.

    Attributes:
        done: Bits of the jobs.
        last: Minute at which the last one begins.
        ends: Minute at which all of them are finished.
        at: Point of each unit.
        free: Minute from which each may leave.
        left: Pieces that each truck still carries, or still has room for.
        stock: Pieces left at each depot, by structure.
    """

    done: int
    last: int
    ends: int
    at: tuple[int, ...]
    free: tuple[int, ...]
    left: tuple[int, ...]
    stock: tuple[int, ...]


@dataclass
class Scene:
    """A stage in numbers.

    Attributes:
        jobs: What is to be done.
        units: Who does it.
        stands: The point from which each barrier is worked on.
        depots: The point of each depot.
        drives: Tables of minutes, one for each kind of vehicle.
        crews: Where crews come and go.
        traffic: Where each class flows that is kept out.
        standing: Bits of the barriers that stand at the beginning.
        gates: Bits of the barriers that crews are let through where they stand.
        stock: Pieces at each depot, by structure.
        structures: In the order of the stock.
        load_minutes: To load or unload a truck.
    """

    jobs: Sequence[Job]
    units: Sequence[UnitSpec]
    stands: Sequence[int]
    depots: Sequence[int]
    drives: Sequence[Drives]
    crews: Flow
    traffic: Sequence[Flow]
    standing: int
    gates: int
    stock: tuple[int, ...]
    structures: Sequence[str]
    load_minutes: int
    all_barriers: int = field(init=False)
    by_kind: tuple[tuple[int, ...], ...] = field(init=False)
    sets: int = field(init=False)
    _begun: dict[int, int] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        """What follows from the rest."""
        self.all_barriers = (1 << len(self.stands)) - 1
        self.by_kind = tuple(tuple(at for at, unit in enumerate(self.units) if unit.kind == kind) for kind in range(3))
        self.sets = sum(1 << at for at, job in enumerate(self.jobs) if not job.removes)

    def start(self) -> State:
        """Everybody at their depot."""
        at = tuple(self.depots[unit.depot] for unit in self.units)
        none = (0,) * len(self.units)
        left = none if self.sets else tuple(unit.carries for unit in self.units)
        return State(0, 0, 0, at, none, left, self.stock)

    def begun(self, done: int) -> int:
        """Bits of the barriers whose place is begun."""
        if done not in self._begun:
            self._begun[done] = sum(1 << job.barrier for at, job in enumerate(self.jobs) if done >> at & 1)
        return self._begun[done]

    def open_to_traffic(self, done: int) -> int:
        """Bits of the barriers through which traffic runs."""
        begun = self.begun(done)
        return self.all_barriers & ~(begun ^ self.standing)

    def append(  # noqa: C901, PLR0911, PLR0912 - one rule after another
        self, state: State, choice: Choice
    ) -> tuple[State, Begun] | None:
        """The schedule with one place more; None where that cannot be."""
        job, units = self.jobs[choice.job], choice.units
        if job.removes and state.done & self.sets != self.sets:
            return None
        begun = self.begun(state.done)
        free = self.all_barriers & ~(begun | self.standing)
        gates = self.gates & self.standing & ~begun
        stand, done = self.stands[job.barrier], state.done | 1 << choice.job
        opened = self.open_to_traffic(done)
        if not all(flow.is_safe(opened) for flow in self.traffic):
            return None
        gone = free | (begun & self.standing)
        legs: list[Leave] = []
        arrived, left, stock = state.last, list(state.left), list(state.stock)
        at, until = list(state.at), list(state.free)
        if job.removes:
            arrived = max(arrived, state.ends if self.sets and not state.done & ~self.sets else 0)
        for unit in units:
            there = self._drive(state, choice, unit, (free, gates, gone), legs)
            if there is None:
                return None
            arrived = max(arrived, there)
        if not job.removes:
            for unit in range(len(self.units)):
                if unit in units or self.crews.gets_out(state.at[unit], opened | gates):
                    continue
                spec = self.units[unit]
                minutes = self.drives[spec.drives].minutes(free, gates)[state.at[unit]][self.depots[spec.depot]]
                if minutes >= FAR:
                    return None
                home = state.free[unit] + minutes
                legs.append(Leave(unit, state.at[unit], self.depots[spec.depot], state.free[unit], home, loads=False))
                arrived, at[unit], until[unit], left[unit] = max(arrived, home), self.depots[spec.depot], home, 0
            if not self.crews.gets_out(stand, opened | gates):
                return None
        loads, work = 1, job.minutes
        if choice.truck >= 0:
            filled = self.units[choice.truck].carries if choice.by_depot else state.left[choice.truck]
            loads, shuttle = self._shuttles(choice, (free & opened, gates), filled)
            if shuttle >= FAR:
                return None
            work += shuttle
            left[choice.truck] = filled + (loads - 1) * self.units[choice.truck].carries - job.pieces
            if not job.removes:
                row = self.units[choice.truck].depot * len(self.structures) + self.structures.index(job.structure)
                stock[row] -= job.pieces
                if stock[row] < 0:
                    return None
        if not job.removes and done & self.sets == self.sets:  # a truck brought what it put down, so it is empty now
            left = [unit.carries for unit in self.units]
        ends = arrived + work
        for unit in units:
            at[unit], until[unit] = stand, ends
        new = State(done, arrived, max(state.ends, ends), tuple(at), tuple(until), tuple(left), tuple(stock))
        return new, Begun(choice, arrived, ends, loads, tuple(legs))

    def _drive(self, state: State, choice: Choice, unit: int, ways: tuple[int, int, int], legs: list[Leave]) -> int | None:
        """When a unit is at its next place; None where it cannot come."""
        free, gates, gone = ways
        spec, start, leaves = self.units[unit], state.at[unit], state.free[unit]
        stand = self.stands[self.jobs[choice.job].barrier]
        stops = (
            [(self.depots[spec.depot], True), (stand, False)] if unit == choice.truck and choice.by_depot else [(stand, False)]
        )
        table = self.drives[spec.drives].minutes(free, gates)
        for end, loads in stops:
            minutes = table[start][end]
            if minutes >= FAR and gone != free:
                leaves = max(leaves, state.ends)
                minutes = self.drives[spec.drives].minutes(gone, gates)[start][end]
            if minutes >= FAR:
                return None
            if start != end or loads:
                legs.append(Leave(unit, start, end, leaves, leaves + minutes, loads))
            leaves, start = leaves + minutes + (self.load_minutes if loads else 0), end
        return leaves

    def _shuttles(self, choice: Choice, ways: tuple[int, int], filled: int) -> tuple[int, int]:
        """Loads of the truck for a place, and the minutes that the further ones take."""
        job, spec = self.jobs[choice.job], self.units[choice.truck]
        more = -(-max(job.pieces - filled, 0) // spec.carries)
        if not more:
            return 1, 0
        free, gates = ways
        table = self.drives[spec.drives].minutes(free, gates & ~(1 << job.barrier))
        stand, depot = self.stands[job.barrier], self.depots[spec.depot]
        if max(table[stand][depot], table[depot][stand]) >= FAR:
            return more + 1, FAR
        return more + 1, more * (table[stand][depot] + self.load_minutes + table[depot][stand])

    def choices(self, state: State, job: int) -> Iterator[Choice]:
        """Who may do a place next; of units in the same state the first."""
        needs = self.jobs[job].needs
        for crew in self._apart(state, CREW):
            for truck in self._apart(state, TRUCK) if needs[TRUCK] else (-1,):
                for forklift in self._apart(state, FORKLIFT) if needs[FORKLIFT] else (-1,):
                    if truck < 0:
                        yield Choice(job, crew, forklift=forklift)
                        continue
                    carries = self.units[truck].carries
                    if state.left[truck] >= min(self.jobs[job].pieces, carries):
                        yield Choice(job, crew, truck, by_depot=False, forklift=forklift)
                    if state.left[truck] < carries:
                        yield Choice(job, crew, truck, by_depot=True, forklift=forklift)

    def _apart(self, state: State, kind: int) -> list[int]:
        """The units of a kind, of those in the same state the first."""
        seen: dict[tuple[int, ...], int] = {}
        for unit in self.by_kind[kind]:
            seen.setdefault((*self.units[unit], state.at[unit], state.free[unit], state.left[unit]), unit)
        return list(seen.values())
