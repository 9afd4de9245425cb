"""The answer in words: each gate with its reason, what was ranked before what, and what no choice can do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearway.network.model import NEVER_MS
from clearway.planning.access.check import check_access
from clearway.planning.access.planner.certificate import services_certificate
from clearway.planning.plan.gate_choice.contract import ChosenGate, GateChoice
from clearway.planning.plan.gate_choice.options import enters
from clearway.planning.street_names import StreetNames
from clearway.record.classes import HELP, class_of
from clearway.record.place_words import words_of_place
from clearway.words import counted, listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from clearway.network.model import Bools, Network
    from clearway.planning.access.planner.address_proof import Timed
    from clearway.planning.plan.gate_choice.contract import GateWishes
    from clearway.planning.plan.gate_choice.demands import Crossing, Demand
    from clearway.planning.plan.gate_choice.options import Assignment, Option
    from clearway.planning.plan.gate_choice.search import GateSearch
    from clearway.record.kinds.plans import PlannedBarrier, TrafficPlan


class Reasons:
    """Why each chosen gate is one.

    Args:
        plan: The plan as it was.
        crossing: Its barriers.
        demands: What must hold.
        search: When it has ended.
        wishes: What the user asks for.
        network: The network.
    """

    def __init__(
        self,
        plan: TrafficPlan,
        crossing: Crossing,
        demands: Sequence[Demand],
        search: GateSearch,
        wishes: GateWishes,
        network: Network,
    ) -> None:
        self._plan, self._crossing, self._demands, self._search, self._wishes = plan, crossing, demands, search, wishes
        self._names = StreetNames(network)

    def of(self, barrier: int) -> str:
        """What would be wrong without a gate, all else as chosen; where nothing would be, why it is one all the same."""
        crossing, chosen = self._crossing, self._search.chosen
        id_ = crossing.options[barrier][0].barrier.id
        shut = len(crossing.options[barrier]) - 1
        if crossing.options[barrier][shut].barrier.is_gate:
            return self._must(id_)
        without = (*chosen[:barrier], shut, *chosen[barrier + 1 :])
        for demand in self._demands:
            late = self._search.late(demand, without)
            if late.any():
                return self._lost(demand, without, late)
        return "Nothing needs it as far as was searched: the time ended first."

    def _must(self, id_: str) -> str:
        if id_ in self._wishes.keep:
            return "It was asked for."
        if any(id_ in rule.gates for rule in self._plan.passages):
            return "A rule of the plan names it as a gate."
        return "Buses drive here, and the rules let them in."

    def _lost(self, demand: Demand, without: Assignment, late: Bools) -> str:
        row, count = int(late.argmax()), int(late.sum())
        others = f" and {count - 1:,} more" if count > 1 else ""
        whom = f"{self._names.address(int(demand.drive.addresses[row]))}{others}"
        who, ms = demand.drive.name, int(self._search.ms(demand, without)[row])
        if demand.blocked is not None:
            blocked = self._crossing.options[demand.blocked][0].barrier.id
            return f"Without it, and with {blocked} blocked, {who} never comes to {whom}."
        if demand.is_longer and ms < NEVER_MS:
            longer_s = (ms - int(demand.limit_ms[row])) / 1000
            return f"Without it {who} drive {longer_s:.0f} s longer to {whom}."
        if ms < NEVER_MS:
            return f"Without it {who} comes to {whom} after {ms / 1000:.0f} s, later than its standard."
        return f"Without it {who} {'never get' if demand.is_longer else 'never comes'} to {whom}."


def chosen_plan(plan: TrafficPlan, options: Sequence[Option]) -> TrafficPlan:
    """A plan with its barriers as they were chosen."""
    chosen = {option.barrier.id: option.barrier for option in options}
    return plan.model_copy(update={"barriers": tuple(chosen.get(one.id, one) for one in plan.barriers)})


def answer_of(
    plan: TrafficPlan,
    at: datetime | None,
    crossing: Crossing,
    search: GateSearch,
    reasons: Reasons,
    wishes: GateWishes,
    access: Sequence[Timed],
    help_late: int,
) -> GateChoice:
    """The answer."""
    was = {one.id: one for one in plan.barriers}
    chosen = [options[option] for options, option in zip(crossing.options, search.chosen, strict=True)]
    gates = tuple(
        _gate(plan, was[option.barrier.id], option, wishes, reasons.of(place), at)
        for place, option in enumerate(chosen)
        if option.barrier.is_gate
    )
    shut = tuple(option.barrier.id for option in chosen if not option.barrier.is_gate)
    _, refused = check_access(access[0].network, services_certificate(access, at))
    longer_ms = search.worst_longer_ms(search.chosen)
    answer = GateChoice(
        plan=plan.plan,
        version=plan.version,
        at=at,
        gates=gates,
        shut=shut,
        staff=search.staff(search.chosen),
        staff_bound=search.staff_bound,
        proven=search.proven,
        longer_seconds=None if longer_ms is None else max(longer_ms, 0) / 1000,
        help_late=help_late,
        help_ok=not refused,
        refused=refused[0] if refused else None,
        order=tuple(_order(wishes)),
        summary=(),
    )
    return answer.model_copy(update={"summary": tuple(_summary(answer, access[0].network))})


def _gate(
    plan: TrafficPlan, was: PlannedBarrier, option: Option, wishes: GateWishes, why: str, at: datetime | None
) -> ChosenGate:
    barrier = option.barrier
    asked = dict.fromkeys((HELP, "buses", *map(class_of, wishes.people)))
    return ChosenGate(
        id=barrier.id,
        where=words_of_place(barrier.place),
        was=was.opens,
        opens=barrier.opens,
        opening_seconds=barrier.opening_seconds or 0.0,
        staff=option.staff,
        lets_in=tuple(who for who in asked if enters(plan, barrier, who, at)),
        why=why,
    )


def _order(wishes: GateWishes) -> Iterator[str]:
    """The priorities; none is ever given up for one below it."""
    blocked = ", also with any one gate blocked" if wishes.one_blocked else ""
    yield f"Help comes to all to whom it could come if every barrier were staffed, within its standard if it could{blocked}."
    yield "Where a barrier shuts a street of buses and the rules let buses in, it is a gate."
    yield f"No way of {listed(list(wishes.people)) or 'anybody else'} becomes more than {wishes.longer_seconds:g} s longer."
    yield "As few staff as possible."
    yield "The longest of those ways becomes as little longer as possible, to the second."
    yield "As few gates as possible."
    yield "Of equal choices, the barriers that stand first in the plan are gates."


def _summary(answer: GateChoice, network: Network) -> Iterator[str]:
    people = counted(answer.staff, "person", "people")
    gates = listed([one.id for one in answer.gates])
    many = counted(len(answer.gates), "barrier becomes a gate", "barriers become gates")
    yield f"{many}: {gates}. They take {people}." if answer.gates else "No barrier needs to be a gate."
    if not answer.proven:
        bound = counted(answer.staff_bound, "person", "people")
        yield f"The time ended before it was proved that fewer people cannot do it; at least {bound} are needed."
    elif answer.staff:
        yield f"Fewer than {people} cannot do it: that is proved."
    if answer.longer_seconds is not None:
        longer = f"{answer.longer_seconds:.0f} s longer"
        yield f"Of those who may pass, nobody's way becomes more than {longer} than with every barrier staffed."
    if answer.refused:
        yield f"The checker refuses the certificate of access through these gates: {answer.refused}"
    else:
        yield "The independent checker accepts the certificate of access through these gates, opening seconds included."
    if answer.help_late:
        noun = network.address_noun
        many = counted(answer.help_late, noun, "addresses" if noun == "address" else f"{noun}s")
        yield f"Whatever is chosen, help comes to {many} later than its standard, or never."
