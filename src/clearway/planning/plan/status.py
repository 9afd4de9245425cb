"""A plan held against what is reported: green, or red with each hole by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearway.errors import ClearwayError
from clearway.planning.cordon.seal.contract import GivenBarrier
from clearway.planning.cordon.seal.placing import Placer
from clearway.planning.cordon.seal.understood import placed_barrier
from clearway.planning.cordon.seal.verdict import sealed
from clearway.planning.plan.contract import PlanStatus
from clearway.planning.plan.ring import given_barriers, ring_question
from clearway.planning.plan.standing import standing
from clearway.words import counted, in_runs, listed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import datetime

    from clearway.planning.cordon.seal.contract import Leak, Seal, SealQuestion
    from clearway.planning.gazetteer import Gazetteer
    from clearway.planning.plan.contract import HandoverStatus
    from clearway.planning.plan.standing import Standing
    from clearway.record.entry import Entry
    from clearway.record.kinds.plans import TrafficPlan

_GONE = ("gone", "disputed")


def plan_status(
    plan: TrafficPlan,
    reports: Iterable[Entry],
    at: datetime,
    gazetteer: Gazetteer | None = None,
    *,
    seal_of: Callable[[SealQuestion], Seal] | None = None,
    handover: tuple[HandoverStatus, ...] = (),
) -> PlanStatus:
    """How a plan stands at a moment.

    A barrier that a report says is gone, or of which reports contradict each other, makes it red. So does one that stands
    elsewhere, unless the seal was checked with it there; and so does a street that leads in past the barriers as they stand.

    Args:
        plan: The plan.
        reports: The entries in force at the moment.
        at: The moment.
        gazetteer: Of the network; None: the ring is not checked.
        seal_of: Gives the verdict on a ring, where somebody keeps the last ones; None: worked out here.
        handover: How its handover points are reached then; one that a blocked street cuts off makes it red.

    Raises:
        BadGeometry: the plan's site cannot be used on the network.
    """
    stands = standing(plan, reports, at, gazetteer)
    seal: Seal | None = None
    unplaced: dict[str, str] = {}
    if gazetteer is not None:
        seal, unplaced = _sealed(plan, stands, gazetteer, seal_of)
    holes = [_reported(one) for one in stands if one.status.stand in _GONE]
    holes += [f"{name}: {why}" for name, why in unplaced.items()]
    if seal is None:
        holes += [_reported(one) for one in stands if one.status.stand == "moved"]
    else:
        holes += [way_in(leak) for leak in seal.leaks]
    holes += [f"{one.id}, {one.where}: {one.says}" for one in handover if not one.ok]
    return PlanStatus(
        handover=handover,
        plan=plan.plan,
        version=plan.version,
        at=at,
        ok=not holes,
        closed=None if seal is None else seal.sealed and not unplaced,
        holes=tuple(holes),
        barriers=tuple(
            one.status.model_copy(update={"placed": False}) if one.planned.id in unplaced else one.status for one in stands
        ),
        unconfirmed=sum(one.status.stand == "as_planned" for one in stands),
        seal=seal,
        summary=tuple(_summary(plan, stands, seal, len(holes))),
    )


def way_in(leak: Leak) -> str:
    """A way in, by the streets that it is driven on."""
    streets = [street for street in dict.fromkeys(leak.streets) if street]
    past = f", past {leak.barrier.called}" if leak.barrier else ""
    return f"A way in is open: {', '.join(streets) or 'a street without a name'}{past}."


def _sealed(
    plan: TrafficPlan,
    stands: Sequence[Standing],
    gazetteer: Gazetteer,
    seal_of: Callable[[SealQuestion], Seal] | None,
) -> tuple[Seal | None, dict[str, str]]:
    """The verdict on the barriers that stand, and why some of them cannot be placed."""
    standing_at = [(one.planned.id, one.place) for one in stands if one.place is not None]
    given = given_barriers(standing_at, gazetteer)
    unplaced = {name: f"it stands nowhere on this map. {one}" for name, one in given.items() if isinstance(one, str)}
    question = ring_question(plan, gazetteer)
    placed = {name: one for name, one in given.items() if isinstance(one, GivenBarrier)}
    if question is None:
        return None, unplaced
    placer = Placer(gazetteer.network, question.cordon())
    for name, one in list(placed.items()):
        try:
            placed_barrier(placer, one)
        except ClearwayError as error:
            unplaced[name] = str(error)
            placed.pop(name)
    if not placed:
        return None, unplaced
    asked = question.model_copy(update={"barriers": tuple(placed.values())})
    return (seal_of(asked) if seal_of else sealed(gazetteer.network, asked)), unplaced


def _reported(one: Standing) -> str:
    return f"{one.status.id}, {one.status.where}: {one.status.says}"


def _summary(plan: TrafficPlan, stands: Sequence[Standing], seal: Seal | None, holes: int) -> Iterator[str]:
    called = f"Plan '{plan.plan}', version {plan.version}"
    if not stands:
        yield f"{called} has no barriers at this moment."
        return
    if holes:
        yield f"{called} does not stand: {counted(holes, 'thing is', 'things are')} wrong."
    elif seal is not None and seal.certain:
        yield f"{called} stands: no street of the map leads in past {counted(len(stands), 'barrier')}."
    elif seal is not None:
        yield f"{called} stands as far as the map can tell. Look first at what is in doubt."
        yield seal.doubts[0] if seal.doubts else "A street may go on beyond an end that the map shows."
    else:
        yield f"{called}: no report says that a barrier is gone. Whether streets lead in was not checked."
    silent = [one.status.id for one in stands if one.status.stand == "as_planned"]
    if silent:
        yield f"No report says that {listed(in_runs(silent))} {'stands' if len(silent) == 1 else 'stand'}: taken as planned."
    for one in stands:
        if one.status.stand == "moved":
            yield f"{_reported(one)}"
