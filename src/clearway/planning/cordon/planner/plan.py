"""Plan a cordon: the question in, the cheapest barriers with their proof out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearway.errors import BadInput, Infeasible
from clearway.planning.cordon.planner.alternatives import other_cordons
from clearway.planning.cordon.planner.barrier_costs import HUNDREDTHS
from clearway.planning.cordon.planner.certificate import certificate_of
from clearway.planning.cordon.planner.contract import Alternative, CordonPlan
from clearway.planning.cordon.planner.cut import cheapest_cut
from clearway.planning.cordon.planner.cut_model import built
from clearway.planning.cordon.planner.describe import Writer
from clearway.planning.cordon.planner.enclosure import enclosure_of
from clearway.planning.cordon.planner.frontier import frontier_of
from clearway.planning.cordon.planner.ground import ground_warnings
from clearway.planning.cordon.planner.open_routes import refuse_open_way
from clearway.planning.cordon.planner.places import UNITS, priced_places
from clearway.planning.cordon.planner.program import Terms, solved_program
from clearway.planning.cordon.planner.site import located_site
from clearway.planning.cordon.planner.window import window_of
from clearway.planning.cordon.planner.wishes import wishes_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from clearway.network.model import Network
    from clearway.planning.cordon.planner.cut import Cut
    from clearway.planning.cordon.planner.cut_model import Model
    from clearway.planning.cordon.planner.question import CordonQuestion
    from clearway.planning.cordon.planner.window import Window

_SAME_POINTS = 1e-6
"""Costs are whole hundredths of a point and multiples of an address cost: less is rounding."""


def plan_cordon(network: Network, question: CordonQuestion, *, tell: Callable[[str], None] = lambda _: None) -> CordonPlan:
    """The cheapest cordon round a site, with its proof.

    Args:
        network: The road network.
        question: What to seal off, and how.
        tell: Called with a few words before each step that may take long.

    Returns:
        The plan. Its ``bound`` equals its ``cost`` where it is proven cheapest.

    Raises:
        BadInput: nobody is to be shut out.
        BadGeometry: the site cannot be used.
        Infeasible: no cordon fulfils the wishes; the message names the conflict.
    """
    if not question.shut:
        raise BadInput("No vehicle class is shut out. Name at least one, such as 'general'.")
    tell("Pricing the places around the site")
    site = located_site(network, question)
    window = window_of(network, site, question)
    places = priced_places(window, question)
    model = built(window, places, wishes_of(window, places, question))
    refuse_open_way(window, model)
    tell("Looking for the cheapest cordon")
    cut = _cheapest(window, model, question)
    writer = Writer(window, places, question)
    tell("Following the frontier")
    frontier = frontier_of(window, model, writer) if question.frontier else ()
    search = other_cordons(
        window, places, model, cut, count=question.alternatives, address_weight=_address_weight(question), tell=tell
    )
    others, missing = _alternatives(window, model, question, writer, search)
    cost, bound = _cost(cut, question), _bound(cut, question)
    return CordonPlan(
        question=question,
        barriers=writer.described(model, cut),
        cost=cost,
        barrier_cost=_points(cut.barrier_units),
        bound=bound,
        optimal=bound >= cost - _SAME_POINTS,
        enclosed=enclosure_of(window, model, cut.enclosed),
        frontier=frontier,
        alternatives=others,
        certificate=certificate_of(window, places, model, cut, _address_weight(question)),
        checks=_checks(cut, cost, bound),
        warnings=(*window.warnings, *ground_warnings(window, cut.enclosed[model.piece_node]), *missing),
    )


def _address_weight(question: CordonQuestion) -> int:
    return round(question.address_cost * HUNDREDTHS * UNITS)


def _points(units: int) -> float:
    return (units // UNITS) / HUNDREDTHS


def _cost(cut: Cut, question: CordonQuestion) -> float:
    """The whole objective in points."""
    return round(_points(cut.barrier_units) + cut.addresses * question.address_cost, 6)


def _bound(cut: Cut, question: CordonQuestion) -> float:
    """The proven bound in points; the units that break ties between cordons of equal cost do not count."""
    short = cut.value - cut.bound_units
    if short < UNITS - cut.barrier_units % UNITS:
        short -= short % UNITS if cut.addresses * _address_weight(question) % UNITS == 0 else 0
    return round(max(_cost(cut, question) - short / (UNITS * HUNDREDTHS), 0.0), 6)


def _cheapest(window: Window, model: Model, question: CordonQuestion) -> Cut:
    cut = cheapest_cut(model, address_weight=_address_weight(question), at_most=question.at_most)
    if cut is not None:
        return cut
    fewest = solved_program(model, Terms(count_only=True))
    if fewest is None:
        names = sorted({window.network.street(way) or "an unnamed street" for way in question.keep_open})
        raise Infeasible(
            f"{' and '.join(names)} cannot stay open: every way to it leads through the site or contradicts another wish."
        )
    needed = sum(1 for place in fewest[0] if place >= 0 or model.bundles[-1 - place].price % UNITS)
    raise Infeasible(f"{question.at_most} places cannot seal the site; {needed} can. Allow {needed}, or make the site smaller.")


def _alternatives(
    window: Window, model: Model, question: CordonQuestion, writer: Writer, search: tuple[list[Cut], bool]
) -> tuple[tuple[Alternative, ...], tuple[str, ...]]:
    cuts, whole = search
    found = tuple(
        Alternative(
            cost=_cost(other, question),
            barrier_cost=_points(other.barrier_units),
            places=len(barriers),
            barriers=barriers,
            enclosed=enclosure_of(window, model, other.enclosed),
        )
        for other in cuts
        for barriers in [writer.described(model, other)]
    )
    if len(found) == question.alternatives:
        return found, ()
    reason = "no others exist" if whole else "the search stopped at its limit"
    return found, (f"{len(found)} of {question.alternatives} alternatives that differ in three places were found; {reason}.",)


def _checks(cut: Cut, cost: float, bound: float) -> tuple[str, ...]:
    seal = "With the barriers standing, no street leads from outside into the site for the classes shut out."
    if bound < cost:
        return (seal, f"No cordon costs less than {bound:g} points; this one may not be the cheapest.")
    if cut.flow is None:
        return (seal, "No cordon is cheaper: the exact solver proved it.")
    return (
        seal,
        f"No cordon is cheaper: a flow worth {cost:g} points runs to the site, and every cordon must stop it.",
    )
