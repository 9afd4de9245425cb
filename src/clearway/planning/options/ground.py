"""The streets that options are held against, as the record and the tally leave them, and what desks compute of each option.

Every option starts from the same streets: what the record bars stands, vehicles that were counted stand where they were
counted. An option adds the barriers of its plans, and takes away the vehicles that its schedules tow.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from clearway.cache import Cache
from clearway.errors import BadInput, Infeasible
from clearway.network.classes import MOTOR_CLASSES, class_mask
from clearway.network.closures import Closure
from clearway.network.model import NEVER_MS
from clearway.network.store import network_digest
from clearway.planning.access.check import check_access
from clearway.planning.access.planner.certificate import certificate_of
from clearway.planning.access.planner.in_time import within_all
from clearway.planning.access.planner.report import assess_services
from clearway.planning.access.planner.timing import AccessTimer
from clearway.planning.access.proved import EMERGENCY
from clearway.planning.cordon.planner.steps import Steps, untold
from clearway.planning.cordon.seal.contract import GivenBarrier
from clearway.planning.cordon.seal.verdict import enclosed_addresses
from clearway.planning.plan.closures import plan_closures
from clearway.planning.plan.passages import full_moment, in_force
from clearway.planning.plan.ring import given_barriers, ring_question
from clearway.planning.plan.stages.planning import plan_stage
from clearway.planning.plan.stages.question import StageQuestion
from clearway.planning.record_closures import record_closures
from clearway.planning.street_names import StreetNames
from clearway.planning.vehicles.towing.check import check_towed
from clearway.planning.vehicles.towing.ground import TowQuestion
from clearway.planning.vehicles.towing.jobs import wanted_of
from clearway.planning.vehicles.towing.planning import towed
from clearway.words import counted, listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from clearway.picture.contract import Fact
    from clearway.planning.access.planner.services import Staffed
    from clearway.planning.cordon.planner.steps import Tell
    from clearway.planning.gazetteer import Gazetteer
    from clearway.planning.options.option import Option
    from clearway.planning.plan.buses.rerouting import BusModel
    from clearway.planning.plan.stages.contract import StagePlan
    from clearway.planning.plan.stages.means import Means
    from clearway.planning.traffic.impact.impact_model import ImpactModel
    from clearway.planning.vehicles.tally import Stretch
    from clearway.planning.vehicles.towing.contract import Towed
    from clearway.planning.vehicles.towing.means import TowMeans
    from clearway.record.kinds.plans import TrafficPlan

_KEPT = 64
"""Answers that are kept of one ground: more than anybody compares at a time."""
_UNPLACED_NAMED = 3
"""Enough to see what is meant; the rest is a number."""
STAGE_LIMIT_S = 5.0
"""Seconds that one plan's order of setting up may take here; the bound beside it says how good it is."""


class SetUp(NamedTuple):
    """Barriers that an option sets up.

    Attributes:
        plan: Whose barriers.
        called: As the option names it.
        means: Crews, trucks and kit; None: nobody said.
        entry: That holds the plan; None: it is of a file.
    """

    plan: TrafficPlan
    called: str
    means: Means | None = None
    entry: str | None = None


class Prepared(NamedTuple):
    """An option with the plans and schedules that it names, in the order in which it names them."""

    option: Option
    set_ups: tuple[SetUp, ...] = ()
    schedules: tuple[Towed, ...] = ()


class AccessFigures(NamedTuple):
    """Addresses, of all of a network's, for all services together.

    Attributes:
        addresses: All there are.
        in_standard: Reached by every service within its own time.
        two_approaches: Reached by every service by two paths that share no street.
        lost: Reached with nothing shut, and not reached as it is.
    """

    addresses: int
    in_standard: int
    two_approaches: int
    lost: int


class TrafficFigures(NamedTuple):
    """What closures do to the trips of an hour, against the streets with nothing shut.

    Attributes:
        hours_lost: Vehicle hours that all trips with a route in both take longer.
        trips_cut_off: Trips that have no route any more.
        hour: That begins then.
        statement: Where the trips come from.
    """

    hours_lost: float
    trips_cut_off: float
    hour: int
    statement: str


class Traffic(NamedTuple):
    """The traffic desk's model of a city, and the hour that is asked."""

    model: ImpactModel
    hour: int

    def figures(self, closures: Sequence[Closure], tell: Tell = untold) -> TrafficFigures:
        """What closures do.

        Raises:
            BadTraffic: the trips cannot be assigned.
        """
        found = self.model.impact(closures, hour=self.hour, draws=0, tell=tell)
        totals = found.totals
        return TrafficFigures(totals.extra_vehicle_hours, totals.trips_lost_per_hour, self.hour, found.statement)


@dataclass(frozen=True, eq=False)
class OptionGround:
    """What all options of a comparison share. Safe for one thread at a time.

    Attributes:
        gazetteer: Of the network.
        services: Who helps, with their stations; none: access is not known.
        stretches: The tally.
        standing: What the record bars.
        buses: Of the day; None: nobody gave a timetable.
        trips: The traffic desk's model; None: no trips are assigned.
        assumed: What the tally rests on that no source tells.
        barred_by: Ids of the entries that bar something.
        counted_by: Ids of the entries of the tally.
        timer: Of the network, where one is kept; else one is made.
    """

    gazetteer: Gazetteer
    services: Sequence[Staffed] = ()
    stretches: Sequence[Stretch] = ()
    standing: Sequence[Closure] = ()
    buses: BusModel | None = None
    assumed: tuple[str, ...] = ()
    barred_by: tuple[str, ...] = ()
    counted_by: tuple[str, ...] = ()
    timer: AccessTimer | None = None
    trips: Traffic | None = None
    _traffic: Cache[TrafficFigures] = field(default_factory=lambda: Cache(_KEPT))
    _access: Cache[AccessFigures] = field(default_factory=lambda: Cache(_KEPT))
    _bus: Cache[tuple[int, int]] = field(default_factory=lambda: Cache(_KEPT))
    _schedules: Cache[Towed] = field(default_factory=lambda: Cache(_KEPT))
    _stages: Cache[StagePlan] = field(default_factory=lambda: Cache(_KEPT))
    _timers: Cache[AccessTimer] = field(default_factory=lambda: Cache(1))

    def closures(self, prepared: Prepared) -> tuple[Closure, ...]:
        """Everything that stands in the way of vehicles once an option has been done."""
        own = [closure for one in prepared.set_ups for closure in self.barriers(one)]
        return (*self.standing, *self._stretches(prepared.schedules), *own)

    def barriers(self, one: SetUp) -> tuple[Closure, ...]:
        """The barriers of a plan, at the moment when most stand.

        Raises:
            BadInput: one stands nowhere on this network.
        """
        found = plan_closures(one.plan, self.gazetteer, full_moment(one.plan))
        if sentences := found.unplaced_sentences():
            raise BadInput(f"The plan {one.called} cannot be held against these streets. {sentences[0]}")
        return found.closures

    def _stretches(self, schedules: Sequence[Towed]) -> Iterable[Closure]:
        away, left = _towed(schedules)
        for stretch in self.stretches:
            ways = frozenset(stretch.ways)
            gone = 0 if left[ways] else away[ways]
            stops = [EMERGENCY] if stretch.lane_moves > gone else []
            stops += [name for name in MOTOR_CLASSES if name != EMERGENCY] if stretch.across > gone else []
            if stops:
                yield from (Closure(way=way, shuts=class_mask(stops), label=stretch.name) for way in stretch.ways)

    def access(self, closures: Sequence[Closure]) -> AccessFigures:
        """Whom help reaches, by certificates that the independent checker accepted.

        Raises:
            Infeasible: the checker refused one; no figure is handed out.
            BadGeometry: every station of a service lies off the streets.
        """
        return self._access.of(frozenset(closures), lambda: self._proved(closures))

    def _proved(self, closures: Sequence[Closure]) -> AccessFigures:
        timer = self.timer or self._timers.of("timer", lambda: AccessTimer(self.gazetteer.network))
        return proved_access(timer, self.services, closures)

    def bus_cuts(self, closures: Sequence[Closure]) -> tuple[int, int] | None:
        """Trips and routes of the day that closures cut; None where nobody gave a timetable."""
        model = self.buses
        return self._bus.of(frozenset(closures), lambda: model.trips_cut(closures)) if model else None

    def traffic(self, closures: Sequence[Closure], tell: Tell = untold) -> TrafficFigures | None:
        """What closures do to the traffic of an hour; None where no trips are assigned.

        Raises:
            BadTraffic: the trips cannot be assigned.
        """
        trips = self.trips
        return self._traffic.of(frozenset(closures), lambda: trips.figures(closures, tell)) if trips else None

    def streets_shut(self, closures: Sequence[Closure]) -> tuple[str, ...]:
        """The streets of which a part is shut to cars, in alphabetical order; those without a name count as one."""
        names = StreetNames(self.gazetteer.network)
        return tuple(sorted({names.street(closure.way) for closure in closures if closure.holds("general")}))

    def enclosed(self, prepared: Prepared) -> int | None:
        """Addresses that the barriers of an option enclose, the site's own among them; None where a plan has no site."""
        inside: set[int] = set()
        for one in prepared.set_ups:
            question = ring_question(one.plan, self.gazetteer)
            if question is None:
                return None
            at = full_moment(one.plan)
            named = [(barrier.id, barrier.place) for barrier in one.plan.barriers if in_force(barrier, at)]
            given = given_barriers(named, self.gazetteer)
            placed = tuple(barrier for barrier in given.values() if isinstance(barrier, GivenBarrier))
            asked = question.model_copy(update={"barriers": placed})
            inside.update(enclosed_addresses(self.gazetteer.network, asked).tolist())
        return len(inside)

    def stage(self, one: SetUp) -> StagePlan | None:
        """How the barriers of a plan are set up, checked by the stages' own checker; None where no means are named.

        Raises:
            Infeasible: no order does it.
        """
        means = one.means
        if means is None:
            return None
        key = one.plan.model_dump_json(), repr(means)
        asked = StageQuestion(one.plan, "set_up", means, changes=False)
        return self._stages.of(key, lambda: plan_stage(asked, self.gazetteer, Steps(limit_s=STAGE_LIMIT_S)))

    def schedule(self, means: TowMeans, starts: datetime | None, set_ups: Sequence[SetUp] = ()) -> Towed:
        """A schedule that tows what stands in the carriageway, past what is shut, checked by its own checker.

        Args:
            means: Who tows, and to where.
            starts: When; None: nobody said.
            set_ups: Barriers that stand meanwhile.

        Raises:
            BadInput: there is nothing to tow, no truck or no storage, or hours are given and no start.
            Infeasible: it did not pass the check.
        """
        own = [closure for one in set_ups for closure in self.barriers(one)]
        shut = tuple(one for one in (*self.standing, *own) if one.holds("service") or one.delays("service"))

        def make() -> Towed:
            question = TowQuestion(wanted_of(self.stretches, means), means, shut, starts)
            return towed(self.gazetteer.network, question, is_same=True)

        return self._schedules.of((repr(means), starts, shut), make)


def proved_access(timer: AccessTimer, services: Sequence[Staffed], closures: Sequence[Closure]) -> AccessFigures:
    """Whom help reaches under closures, by certificates that the independent checker accepted.

    Args:
        timer: Of the network.
        services: At least one, with its stations.
        closures: What is shut.

    Raises:
        Infeasible: the checker refused one; no figure is handed out.
        BadGeometry: every station of a service lies off the streets.
    """
    network = timer.network
    found = assess_services(timer, services, closures=closures)
    for report in found.reports:
        _, flaws = check_access(network, certificate_of(report))
        if flaws:
            raise Infeasible(f"The certificate of {report.service.name} did not pass its check: {flaws[0]} Report this.")
    both = found.together
    return AccessFigures(
        network.address_count,
        within_all(both).after,
        int(both.two_approaches.sum()),
        int(np.sum((both.before_ms < NEVER_MS) & (both.after_ms >= NEVER_MS))),
    )


class Standing(NamedTuple):
    """What the record bars at a moment, to every vehicle.

    Attributes:
        closures: Where.
        notes: What is to be known of it, in sentences.
        entries: Ids of the entries that bar it.
    """

    closures: tuple[Closure, ...] = ()
    notes: tuple[str, ...] = ()
    entries: tuple[str, ...] = ()


def standing_of(facts: Sequence[Fact], site: tuple[float, float] | None, gazetteer: Gazetteer) -> Standing:
    """What the record bars at a moment, to every vehicle.

    Args:
        facts: States in force.
        site: Longitude and latitude; None: nobody said where the operation is, and nothing can be placed.
        gazetteer: Finds places on the network.

    Raises:
        BadGeometry: the site lies off the network.
    """
    if site is None:
        return Standing(notes=("The record does not say where the operation is: what it bars is not counted.",))
    found = record_closures(facts, site, gazetteer)
    closures = tuple(replace(one, shuts=class_mask(MOTOR_CLASSES)) for one in found.closures)
    notes = []
    if closures:
        entries = counted(len(found.entries), "entry", "entries")
        notes.append(f"What {entries} of the record bar is taken to stop every vehicle, help too, for every option.")
    if found.unplaced:
        names = listed([f"{one.says} ({one.where})" for one in found.unplaced[:_UNPLACED_NAMED]])
        notes.append(
            f"Nobody can place {counted(len(found.unplaced), 'barrier or closure', 'barriers or closures')} of the "
            f"record, and they are not counted: {names}."
        )
    return Standing(closures, tuple(notes), found.entries if closures else ())


def refuse_schedule(schedule: Towed, ground: OptionGround, name: str) -> None:
    """See that a schedule belongs to these streets and this tally, and passes its own independent checker.

    Raises:
        BadInput: it does not.
    """
    network = ground.gazetteer.network
    if schedule.network != network_digest(network):
        raise BadInput(f"{name} was made on another network. Make it again: 'clearway vehicles tow {network.name} ...'.")
    known = {frozenset(one.ways) for one in ground.stretches}
    if strange := [one.name for one in schedule.stretches if frozenset(one.ways) not in known]:
        raise BadInput(
            f"{name} tows from {strange[0]!r}, which the tally does not have. Give the tally that it was made of with --tally."
        )
    _, flaws = check_towed(network, schedule.as_json(), list(ground.stretches))
    if flaws:
        raise BadInput(f"{name} does not pass its check: {flaws[0]} Make it again with 'clearway vehicles tow'.")


def _towed(schedules: Iterable[Towed]) -> tuple[Counter[frozenset[int]], Counter[frozenset[int]]]:
    """How many vehicles schedules tow from the ways of each stretch, and how many of their wishes they leave there."""
    gone: Counter[frozenset[int]] = Counter()
    left: Counter[frozenset[int]] = Counter()
    for one in schedules:
        ways = [frozenset(stretch.ways) for stretch in one.stretches]
        gone.update(ways[tow.stretch] for tow in one.tows)
        for missed in one.not_towed:
            left[ways[missed.stretch]] += missed.number
    return gone, left
