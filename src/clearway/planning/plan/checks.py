"""What must hold before anybody signs a plan: each check with its answer, why, and by what it was found."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from clearway.cache import Cache
from clearway.errors import ClearwayError
from clearway.network.model import NEVER_MS
from clearway.planning.access.check import check_access
from clearway.planning.access.check.accepted import Accepted
from clearway.planning.access.planner.address_proof import timed_services
from clearway.planning.access.planner.certificate import services_certificate
from clearway.planning.access.planner.timing import AccessTimer
from clearway.planning.cordon.seal.verdict import sealed
from clearway.planning.plan.closures import plan_closures
from clearway.planning.plan.contract import Check, PlanChecks
from clearway.planning.plan.document import plan_digest
from clearway.planning.plan.drives import help_drive
from clearway.planning.plan.gates import passing_words
from clearway.planning.plan.handover.standing import handover_standing
from clearway.planning.plan.law import legal_checks
from clearway.planning.plan.march.finding import plan_march
from clearway.planning.plan.march.route import MarchStreets
from clearway.planning.plan.passages import full_moment, in_force, moments_of, passing
from clearway.planning.plan.ring import ring_question
from clearway.planning.plan.status import plan_status
from clearway.planning.plan.works import conflicts
from clearway.planning.street_names import StreetNames
from clearway.record.classes import ON_FOOT
from clearway.words import counted, listed, time_words

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
    from zoneinfo import ZoneInfo

    from pydantic import BaseModel

    from clearway.network.closures import Closure
    from clearway.network.model import Network
    from clearway.planning.access.planner.address_proof import Timed
    from clearway.planning.access.planner.services import Staffed
    from clearway.planning.access.planner.stations import Station
    from clearway.planning.cordon.seal.contract import Seal, SealQuestion
    from clearway.planning.gazetteer import Gazetteer
    from clearway.planning.plan.closures import PlanClosures
    from clearway.planning.plan.contract import PlanStatus
    from clearway.planning.plan.drives import Delays
    from clearway.planning.plan.jurisdiction import Provision
    from clearway.planning.plan.works import Work
    from clearway.record.kinds.plans import TrafficPlan

CONTINGENCIES = ("vehicle_enters", "medical_case_inside", "gate_overrun", "staff_short", "barrier_moved_at_night")
"""What a plan says beforehand that it does."""
_SHOWN = 5
"""Addresses and ways in of which a check names the first: enough to see which part of town is meant."""
_EMERGENCY = "emergency"
_UNFILLED = ("where?", "to be filled in")
"""What the page writes where somebody must say more."""
_FIELDS: Mapping[str, str] = {
    "organiser": "the organiser of the event",
    "starts": "from when it holds",
    "ends": "until when it holds",
    "attendance": "how many people are expected",
    "site": "the ground that people hold, or the streets that are occupied",
    "barriers": "roads closed, by barriers",
    "passages": "who may pass",
    "routes": "routes kept free, detours and ways on foot",
    "handover": "a casualty handover point",
    "posts": "staff, by post",
    "stages": "stages with their times",
    "contacts": "offices and how they are reached on the day",
    "powers": "who closes the streets by which law",
    "contingencies": "what is done when something goes wrong",
}
"""What a plan must hold: all that guides of New Zealand, Britain, the United States and Austroads ask for."""


_LAST_SEALS = 8
"""Rings whose verdict is held: a plan and its last changes, of which one is undone now and then."""


@dataclass(frozen=True, eq=False)
class CheckMemory:
    """What checks of plans on one network know of the last ones. Safe for several threads.

    Attributes:
        timer: Times addresses; what it knows of them without closures serves every check.
        seal_of: The verdict on a ring, the last ones held.
        accepted: What the checker of certificates has accepted.
    """

    timer: AccessTimer
    seal_of: Callable[[SealQuestion], Seal]
    accepted: Accepted = field(default_factory=Accepted)

    @classmethod
    def of(cls, network: Network) -> CheckMemory:
        """A memory without any check."""
        seals: Cache[Seal] = Cache(_LAST_SEALS)
        return cls(AccessTimer(network), lambda asked: seals.of(asked.model_dump_json(), lambda: sealed(network, asked)))


@dataclass(frozen=True)
class CheckGround:
    """What a plan is checked against.

    Attributes:
        gazetteer: Of the network.
        zone: The operation's.
        services: Who helps, with their stations; none: the certificate is not made.
        jurisdiction: Rows by name.
        works: Other works and events; None: nobody gave any.
        now: This moment, for periods of notice.
        known: What is known of the last checks on the network; None: this ground's own.
        hospitals: Where patients are taken; none: whether handover points are reached is not checked.
    """

    gazetteer: Gazetteer
    zone: ZoneInfo
    jurisdiction: Mapping[str, Provision]
    now: datetime
    services: Sequence[Staffed] = ()
    works: Sequence[Work] | None = None
    known: CheckMemory | None = None
    hospitals: Sequence[Station] = ()

    @cached_property
    def memory(self) -> CheckMemory:
        """What is known of the last checks."""
        return self.known or CheckMemory.of(self.gazetteer.network)


def check_plan(plan: TrafficPlan, ground: CheckGround, at: datetime | None = None) -> PlanChecks:
    """Check a plan.

    Args:
        plan: The plan.
        ground: What it is checked against.
        at: The moment at which ring and access are checked; by default the first at which most barriers stand.

    Raises:
        BadGeometry: the plan's site cannot be used on the network.
    """
    moment = at or full_moment(plan)
    status = None
    if plan.barriers:
        status = plan_status(plan, (), moment or ground.now, ground.gazetteer, seal_of=ground.memory.seal_of)
    closures = plan_closures(plan, ground.gazetteer, moment)
    checks = (
        _seal(plan, status),
        *_access(closures, ground, moment),
        _named_routes(plan, closures, ground),
        _handover(plan, ground),
        *_marches(plan, ground),
        _gates_lead_in(plan, closures, ground),
        _rules_agree(plan),
        _everywhere(plan, "help_passes_every_gate", "emergency services"),
        _everywhere(plan, "people_on_foot_pass_every_gate", ON_FOOT),
        *legal_checks(plan, ground.jurisdiction, ground.now),
        _works(plan, ground),
        _contingencies(plan),
        _clocks(plan, ground.zone),
        _fields(plan),
    )
    return PlanChecks(
        plan=plan.plan,
        version=plan.version,
        sha256=plan_digest(plan),
        at=moment,
        ok=all(one.ok for one in checks),
        checks=checks,
        gaps=tuple(_gaps(plan)),
        summary=tuple(_summary(checks)),
    )


def _seal(plan: TrafficPlan, status: PlanStatus | None) -> Check:
    source = "the seal: a search from outside past the barriers as placed"
    if status is None:
        return Check(name="seal", ok=False, why="The plan has no barriers.", source=source)
    if status.closed is None:
        missing = "no site" if not plan.site and not plan.occupied else "no barrier that stands on this map"
        return Check(
            name="seal",
            ok=False,
            why=" ".join((f"The plan has {missing}, so no ring was checked.", *status.holes)),
            source=source,
        )
    if not status.ok:
        return Check(name="seal", ok=False, why=" ".join(status.holes[:_SHOWN]), source=source)
    certain = status.seal is not None and status.seal.certain
    doubt = "" if certain or status.seal is None else " ".join(("The map leaves a doubt:", *status.seal.doubts[:1]))
    return Check(name="seal", ok=certain, why=doubt or "No street of the map leads in past the barriers.", source=source)


def _access(closures: PlanClosures, ground: CheckGround, moment: datetime | None) -> Iterator[Check]:
    source = "the access engine, and its independent checker"
    checks = ("emergency_certificate", "reached_from_two_sides")
    if not ground.services:
        for name in checks:
            yield Check(name=name, ok=False, why="No station is known. Give some.", source=source)
        return
    if closures.unplaced:
        for name in checks:
            stand = "stands" if len(closures.unplaced) == 1 else "stand"
            why = f"Not computed: {listed(list(closures.unplaced))} {stand} nowhere on this map."
            yield Check(name=name, ok=False, why=why, source=source)
        return
    network = ground.gazetteer.network
    names = StreetNames(network)
    timed = timed_services(ground.memory.timer, ground.services, closures.closures, moment)
    _, refused = check_access(network, services_certificate(timed, moment), ground.memory.accepted)
    before, after = (np.maximum.reduce([getattr(one, side).ms for one in timed]) for side in ("before", "after"))
    lost = (before < NEVER_MS) & (after >= NEVER_MS)
    called = [names.address(int(address)) for address in lost.nonzero()[0][:_SHOWN]]
    count = int(lost.sum())
    reached = int((after < NEVER_MS).sum())
    if refused:
        yield Check(name=checks[0], ok=False, why=f"The checker refuses the certificate: {refused[0]}", source=source)
    elif count:
        more = f" and {count - len(called)} more" if count > len(called) else ""
        noun = network.address_noun
        many = counted(count, noun, "addresses" if noun == "address" else f"{noun}s")
        why = f"Help no longer reaches {many}: {', '.join(called)}{more}."
        yield Check(name=checks[0], ok=False, why=why, source=source)
    else:
        why = f"The checker accepts it: {reached:,} of {network.address_count:,} are reached, and all that were before."
        yield Check(name=checks[0], ok=True, why=why, source=source)
    yield _second_way(closures, ground, timed, names)


def _second_way(closures: PlanClosures, ground: CheckGround, timed: Sequence[Timed], names: StreetNames) -> Check:
    """Whether help still reaches everybody that it reaches when any one gate is blocked.

    Only whom no barrier leaves alone can be lost: they are timed again for each gate, nobody else is.
    """
    name, source = "reached_from_two_sides", "the access engine, with every gate for help blocked in turn"
    barriers: dict[str, list[Closure]] = {}
    for one in closures.closures:
        barriers.setdefault(one.label, []).append(one)
    cuts = [tuple((one.way, one.at_m) for one in cut if one.at_m is not None) for cut in barriers.values()]
    opens: Delays = tuple(None if cut[0].holds(_EMERGENCY) else cut[0].delay_s for cut in barriers.values())
    gates = {called: place for place, called in enumerate(barriers) if opens[place] is not None}
    if not gates:
        return Check(name=name, ok=False, why="No gate lets help through, so none could stand in for another.", source=source)
    shut: Delays = (None,) * len(opens)
    drives = [help_drive(ground.memory.timer, one, cuts) for one in ground.services]
    drives = [
        drive.only((one.after.ms < NEVER_MS) & (drive.ms(shut) >= NEVER_MS)) for drive, one in zip(drives, timed, strict=True)
    ]
    problems = []
    for gate, place in gates.items():
        blocked = (*opens[:place], None, *opens[place + 1 :])
        lost = np.unique(np.concatenate([one.addresses[one.ms(blocked) >= NEVER_MS] for one in drives]))
        if len(lost):
            first = names.address(int(lost[0]))
            problems.append(f"With {gate} blocked, help no longer reaches {len(lost):,}, among them {first}.")
    why = " ".join(problems) or f"With any one of {listed(list(gates))} blocked, help still reaches everybody that it reaches."
    return Check(name=name, ok=not problems, why=why, source=source)


def _named_routes(plan: TrafficPlan, closures: PlanClosures, ground: CheckGround) -> Check:
    """Whether routes for help and routes kept free are open to emergency vehicles, along all that they name."""
    source = "the plan's routes on the network"
    kept = [route for route in plan.routes if route.purpose in ("emergency", "kept_free")]
    if not any(route.purpose == "emergency" for route in kept):
        return Check(name="named_routes", ok=False, why="The plan names no emergency route.", source=source)
    shut = {closure.way: closure.label for closure in closures.closures if closure.holds(_EMERGENCY)}
    problems = []
    for route in kept:
        wheres = [ground.gazetteer.of(place) for place in route.along]
        problems += [f"{route.id}: {where.says}" for where in wheres if where.certainty == "unknown"]
        cut = sorted({shut[way] for where in wheres for way in where.ways if way in shut})
        if cut:
            problems.append(f"{route.id} is shut at {listed(cut)}.")
        if route.width_m is not None:
            problems.append(f"{route.id} asks for {route.width_m:g} m of clear width, which no map tells: measure it.")
    why = " ".join(problems) or f"{counted(len(kept), 'route is', 'routes are')} open to help along their length."
    return Check(name="named_routes", ok=not problems, why=why, source=source)


def _handover(plan: TrafficPlan, ground: CheckGround) -> Check:
    """Whether an ambulance comes to each handover point, and from there to a hospital, with any one street blocked."""
    name, source = "casualty_handover", "the access engine, past no barrier, with every street blocked in turn"
    if not plan.handover:
        return Check(name=name, ok=False, why="The plan has no casualty handover point.", source="the plan")
    found = handover_standing(plan, ground.gazetteer, ground.memory.timer, ground.services, ground.hospitals)
    wrong = [one for one in found if not one.ok]
    why = " ".join(f"{one.id}: {one.says}" for one in wrong or found)
    return Check(name=name, ok=not wrong, why=why, source=source)


def _marches(plan: TrafficPlan, ground: CheckGround) -> Iterator[Check]:
    """Whether each march can walk its route, and an ambulance cross it at every moment."""
    if not plan.marches:
        return
    streets = MarchStreets(ground.gazetteer)
    for march in plan.marches:
        try:
            found = plan_march(march, streets, ground.zone).answer
            ok, why = not found.no_crossing and bool(found.crossings), " ".join(found.summary)
        except ClearwayError as error:
            ok, why = False, str(error)
        yield Check(
            name="march", ok=ok, why=f"{march.id}: {why.removeprefix(f'{march.id}: ')}", source="its timetable on the network"
        )


def _gates_lead_in(plan: TrafficPlan, closures: PlanClosures, ground: CheckGround) -> Check:
    """Whether no gate lets people into a street that is occupied along its whole length, or up to a barrier and no farther."""
    question = ring_question(plan, ground.gazetteer)
    occupied = set(question.stretches) if question else set()
    gates = {one.id for one in plan.barriers if one.is_gate}
    blind = sorted({one.label for one in closures.closures if one.label in gates and one.way in occupied})
    found = [f"{listed(blind)} would let people into a street that is occupied."] if blind else []
    found += dict.fromkeys(_shut_behind(closures.closures, gates, ground.gazetteer.network))
    why = " ".join(found) or "No gate leads into an occupied street, or up to a barrier and no farther."
    return Check(name="gates_lead_in", ok=not found, why=why, source="the plan's gates on the network")


def _shut_behind(closures: Sequence[Closure], gates: Collection[str], network: Network) -> Iterator[str]:
    """Gates behind which a barrier that never opens shuts the same street, with no address between the two."""
    for gate, wall in itertools.product(closures, closures):
        if gate.label not in gates or wall.label in gates or gate.way != wall.way or gate.at_m is None or wall.at_m is None:
            continue
        low_m, high_m = sorted((gate.at_m, wall.at_m))
        between = (network.address_way == gate.way) & (network.address_offset_m > low_m) & (network.address_offset_m < high_m)
        if not between.any():
            far = f"{high_m - low_m:,.0f} m on"
            yield f"{gate.label} leads into a street that {wall.label} shuts {far}, with no address between."


def _moments(plan: TrafficPlan) -> list[datetime | None]:
    """One moment of each period in which no rule and no barrier begins or ends."""
    edges = moments_of([*plan.barriers, *plan.passages])
    return [edges[0] - timedelta(seconds=1), *edges] if edges else [None]


def _rules_agree(plan: TrafficPlan) -> Check:
    """Whether no two rules contradict each other at any gate at any time."""
    found = [
        f"{gate.id}: {passing_words(who, may, gate)}"
        for moment in _moments(plan)
        for gate in plan.barriers
        if gate.is_gate and in_force(gate, moment)
        for who in sorted({who for rule in plan.passages for who in rule.who})
        if (may := passing(plan, gate, who, moment)).is_contrary
    ]
    why = " ".join(dict.fromkeys(found)) or "No two rules contradict each other."
    return Check(
        name="rules_agree", ok=not found, why=why, source="the plan's rules, at every moment at which one begins or ends"
    )


def _everywhere(plan: TrafficPlan, name: str, who: str) -> Check:
    """Whether a class may go in and out at every gate, always."""
    gates = [one for one in plan.barriers if one.is_gate]
    found: dict[str, None] = {}
    for moment in _moments(plan):
        for gate in gates:
            if in_force(gate, moment):
                may = passing(plan, gate, who, moment)
                if may.enter is not True or may.leave is not True:
                    found[f"{gate.id}: {passing_words(who, may, gate)}"] = None
    if not gates:
        found["The plan has no gate."] = None
    why = " ".join(found) or f"{who[:1].upper()}{who[1:]} may go in and out at every gate, always."
    return Check(name=name, ok=not found, why=why, source="the plan's rules, at every moment at which one begins or ends")


def _works(plan: TrafficPlan, ground: CheckGround) -> Check:
    if ground.works is None:
        return Check(
            name="other_works", ok=False, why="Not checked: give a file of the other works and events.", source="nobody"
        )
    found = conflicts(plan, ground.works, ground.gazetteer, ground.zone)
    why = (
        " ".join(found)
        or f"None of {counted(len(ground.works), 'work or event', 'works and events')} is near at the same time."
    )
    return Check(name="other_works", ok=not found, why=why, source="the file of works and events")


def _contingencies(plan: TrafficPlan) -> Check:
    have = {one.case for one in plan.contingencies if not _unfilled(one)}
    missing = [case.replace("_", " ") for case in CONTINGENCIES if case not in have]
    why = f"Nothing is said for: {', '.join(missing)}." if missing else f"{counted(len(have), 'case')} provided for."
    return Check(name="contingencies", ok=not missing, why=why, source="the plan")


def _clocks(plan: TrafficPlan, zone: ZoneInfo) -> Check:
    """Whether clocks change while something of the plan lasts: then its hours on the clock are not those that pass.

    UTC is what is taken where nobody said a time zone; its clocks never change, so that nothing would be found.
    """
    if zone.key == "UTC":
        why = "Not checked: nobody said the time zone of the operation. Say it (--zone Pacific/Auckland)."
        return Check(name="clock_change", ok=False, why=why, source="time zone UTC")
    parts: list[tuple[str, datetime | None, datetime | None]] = [("the plan", plan.starts, plan.ends)]
    parts += [(f"the stage {one.phase.replace('_', ' ')}", one.starts, one.ends) for one in plan.stages]
    parts += [(one.id, one.starts, one.ends) for one in plan.barriers]
    parts += [(one.id, one.starts, one.ends) for one in plan.posts]
    parts += [(f"the rule for {listed(one.who)}", one.starts, one.ends) for one in plan.passages]
    found = []
    for called, first, last in parts:
        if first is None or last is None:
            continue
        offsets = [moment.astimezone(zone).utcoffset() or timedelta() for moment in (first, last)]
        if offsets[0] != offsets[1]:
            lasts, shown = (last - first) / timedelta(hours=1), (last - first + offsets[1] - offsets[0]) / timedelta(hours=1)
            found.append(
                f"Clocks change during {called}, {time_words(first, zone)} to {time_words(last, zone)}: "
                f"{lasts:g} h pass, {shown:g} h by the clock."
            )
    return Check(
        name="clock_change", ok=not found, why=" ".join(found) or "No clock changes meanwhile.", source=f"time zone {zone}"
    )


def _gaps(plan: TrafficPlan) -> Iterator[str]:
    for name, called in _FIELDS.items():
        value = getattr(plan, name)
        if not value and not (name == "site" and plan.occupied):
            yield called
        elif isinstance(value, tuple) and (left := sum(map(_unfilled, value))):
            yield f"{called} ({left} to be filled in)"


def _unfilled(part: BaseModel) -> bool:
    """Whether something of a part says no more than that it is to be filled in, as the page writes it into a new one."""
    return any(value.strip().casefold().rstrip(".") in _UNFILLED for value in _texts(part.model_dump()))


def _texts(value: object) -> Iterator[str]:
    """Every text in parsed JSON."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _texts(one)


def _fields(plan: TrafficPlan) -> Check:
    gaps = list(_gaps(plan))
    why = f"{counted(len(gaps), 'gap')}: {'; '.join(gaps)}." if gaps else "All required fields are there."
    source = "the fields that guides of New Zealand, the United Kingdom, the United States and Austroads ask for"
    return Check(name="required_fields", ok=not gaps, why=why, source=source)


def _summary(checks: Sequence[Check]) -> Iterator[str]:
    failed = [one for one in checks if not one.ok]
    if not failed:
        yield f"All {len(checks)} checks hold."
        return
    yield f"{len(failed)} of {len(checks)} checks fail: {listed([one.name.replace('_', ' ') for one in failed])}."
