"""Choose the gates of a plan: exactly, with the bound, and with the certificate of access through them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from clearway.errors import BadInput
from clearway.planning.access.planner.address_proof import timed_services
from clearway.planning.cordon.planner.steps import UNHURRIED
from clearway.planning.plan.closures import barriers_placed, plan_closures
from clearway.planning.plan.gate_choice.answer import Reasons, answer_of, chosen_plan
from clearway.planning.plan.gate_choice.demands import Crossing, help_demands, people_demands
from clearway.planning.plan.gate_choice.options import enters, options_of
from clearway.planning.plan.gate_choice.search import GateSearch
from clearway.planning.plan.passages import full_moment
from clearway.record.classes import HELP

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from clearway.planning.access.planner.address_proof import Timed
    from clearway.planning.access.planner.services import Staffed
    from clearway.planning.access.planner.timing import AccessTimer
    from clearway.planning.cordon.planner.steps import Steps
    from clearway.planning.gazetteer import Gazetteer
    from clearway.planning.plan.gate_choice.contract import GateChoice, GateWishes
    from clearway.record.kinds.plans import TrafficPlan


class ChosenPlan(NamedTuple):
    """The answer, the plan with its gates, and access through them, of which certificates are made."""

    answer: GateChoice
    plan: TrafficPlan
    access: tuple[Timed, ...]


def choose_gates(
    plan: TrafficPlan,
    gazetteer: Gazetteer,
    timer: AccessTimer,
    services: Sequence[Staffed],
    wishes: GateWishes,
    at: datetime | None = None,
    steps: Steps = UNHURRIED,
) -> ChosenPlan:
    """Choose which barriers of a plan are gates.

    Args:
        plan: The plan; its rules say who passes a gate.
        gazetteer: Of the network.
        timer: Of the same network.
        services: Who helps, with their stations; at least one.
        wishes: What a gate needs, and what people put up with.
        at: When; None: when most barriers stand.
        steps: Whose limit ends it early: then the best so far, with a bound that does not reach it.

    Raises:
        BadInput: a barrier stands nowhere on the map, no rule lets help through a gate, no service is given, or wishes
            contradict each other.
        BadGeometry: the plan's site or a station cannot be used on the network.
    """
    if not services:
        raise BadInput("No station is known, so nobody can say which gates help needs. Give stations.")
    moment = at or full_moment(plan)
    placed = barriers_placed(plan, gazetteer, moment)
    if placed.unplaced:
        told = " ".join(f"{name}: {why}" for name, why in placed.unplaced.items())
        raise BadInput(f"No gate can be chosen while a barrier stands nowhere on this map. {told}")
    if not placed.barriers:
        raise BadInput("The plan has no barriers, so there is none to make a gate of.")
    network = gazetteer.network
    bus_streets = [any(network.way_bus_trips[way] > 0 for way, _ in cuts) for cuts in placed.cuts]
    crossing = Crossing(plan, options_of(plan, placed.barriers, wishes, bus_streets, moment), placed.cuts, moment)
    gates = [option.barrier for options in crossing.options for option in options if option.barrier.is_gate]
    if not gates:
        raise BadInput("Every barrier is to stay shut, so there is no gate to choose. Let at least one of them be a gate.")
    if not any(enters(plan, gate, HELP, moment) for gate in gates):
        raise BadInput(
            "No rule lets emergency services through a gate, so none would help them. Add a rule to the plan (one of its "
            "'passages') by which 'emergency services' may 'enter_and_leave'."
        )
    steps.at("Timing help and people through every gate", 0.0)
    demands, late = help_demands(crossing, timer, services, one_blocked=wishes.one_blocked)
    demands += people_demands(crossing, timer, wishes)
    steps.at("Looking for the fewest staff", 0.3)
    search = GateSearch(crossing, demands, round(wishes.longer_seconds * 1000), steps)
    search.run()
    steps.at("Proving access through the gates", 0.9)
    gated = chosen_plan(plan, [options[option] for options, option in zip(crossing.options, search.chosen, strict=True)])
    closures = plan_closures(gated, gazetteer, moment).closures
    access = tuple(timed_services(timer, services, closures, moment))
    reasons = Reasons(plan, crossing, demands, search, wishes, network)
    answer = answer_of(plan, moment, crossing, search, reasons, wishes, access, late)
    return ChosenPlan(answer, gated, access)
