"""The card of a gate: one page that its staff read at arm's length."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from clearway.planning.plan.passages import passing
from clearway.publish.plan.figures import gate_map
from clearway.publish.plan.passing import capital, passing_groups, passing_rows
from clearway.publish.plan.sections import CASES, OPENS
from clearway.publish.plan.shape import GateCard, ToHospital
from clearway.record.classes import HELP, ON_FOOT, class_of, is_of
from clearway.words import listed, vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clearway.publish.plan.known import Known
    from clearway.record.kinds.plans import PlannedBarrier

_AT_A_GATE = ("gate_overrun", "vehicle_enters", "medical_case_inside", "staff_short")
"""What may go wrong where staff stand: the rest is in the plan."""
_NAMED = 4
"""Other gates that staff name to a driver: more nobody remembers."""


def gate_cards(known: Known) -> tuple[GateCard, ...]:
    """A card for each gate, in the order of the plan."""
    return tuple(_card(known, one) for one in known.plan.barriers if one.is_gate)


def _card(known: Known, gate: PlannedBarrier) -> GateCard:
    plan = known.plan
    way = known.to_hospital.get(gate.id)
    hospital = way and ToHospital(
        name=way.hospital,
        metres=way.metres,
        minutes=way.seconds / 60,
        steps=tuple(leg.words() for leg in way.legs),
        opens=way.opens,
    )
    said = {one.case: one.action for one in plan.contingencies}
    waits = f", {gate.opening_seconds:,.0f} s" if gate.opening_seconds is not None else ""
    return GateCard(
        gate=known.sign(gate.id),
        where=known.where(gate.place) if known.sign(gate.id) == gate.id else f"{gate.id}: {known.where(gate.place)}",
        stands=known.lasting(gate.starts or plan.starts, gate.ends or plan.ends, whole="as long as the plan holds"),
        opens=f"{vocabulary(gate.structure).capitalize()}: {OPENS[gate.opens]}{waits}",
        passing=passing_rows(known, gate) or None,
        say=tuple(_say(known, gate)),
        map=gate_map(known, gate),
        hospital=hospital,
        handover=tuple(f"{one.id}: {known.where(one.place)}" for one in plan.handover) or None,
        call=tuple((f"{one.office}: {one.task}", one.reach) for one in plan.contacts) or None,
        staff=_staff(known, gate),
        power=listed([f"{one.by}: {one.instrument}" for one in plan.powers]) or None,
        wrong=tuple((CASES[case], said[case]) for case in _AT_A_GATE if case in said) or None,
    )


def _staff(known: Known, gate: PlannedBarrier) -> str | None:
    """The posts that stand at a gate: at its place, or with the gate in their task."""
    named = re.compile(rf"(?<!\w){re.escape(gate.id)}(?!\w)", re.IGNORECASE)
    posts = [one for one in known.plan.posts if one.place == gate.place or (one.task and named.search(one.task))]
    return listed([f"{one.id}: {one.staff} staff" for one in posts]) or None


def _say(known: Known, gate: PlannedBarrier) -> Iterator[str]:
    """What to say to who comes: that it is closed and until when, who passes, what to show, and where others go."""
    plan = known.plan
    until = gate.ends or plan.ends
    yield f"This street is closed to vehicles{f' until {known.time(until)}' if until else ''}."
    foot = passing(plan, gate, ON_FOOT, None)
    if foot.enter and foot.leave:
        yield "You can walk through here, both ways."
    for row, whom in passing_groups(known, gate):
        drivers = [who for who in whom if not is_of(class_of(who), ON_FOOT) and not is_of(class_of(who), HELP)]
        if drivers and row.enters == "yes":
            hours = "" if row.hours == "always" else f", {row.hours}"
            shown = f", if they show {row.shows}" if row.shows else ""
            yield f"{capital(listed(drivers))} may go in{' and out' if row.leaves == 'yes' else ''}{hours}{shown}."
    elsewhere = [
        one.id for one in plan.barriers if one.is_gate and one.id != gate.id and passing(plan, one, "residents", None).enter
    ]
    if elsewhere and not passing(plan, gate, "residents", None).enter:
        more = f" and {len(elsewhere) - _NAMED} more gates" if len(elsewhere) > _NAMED else ""
        yield f"Residents drive in at {', '.join(elsewhere[:_NAMED]) if more else listed(elsewhere)}{more}."
    yield "If you may not drive in here, follow the signs DETOUR."
