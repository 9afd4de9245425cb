"""Plan a cordon: the question in, the cheapest barriers with their proof out."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from clearway.errors import BadGeometry, BadInput, Infeasible, TooLong
from clearway.planning.cordon.planner.alternatives import other_cordons
from clearway.planning.cordon.planner.barrier_costs import HUNDREDTHS
from clearway.planning.cordon.planner.certificate import certificate_of
from clearway.planning.cordon.planner.contract import Alternative, CordonPlan
from clearway.planning.cordon.planner.cut import cheapest_cut, relaxed_cut
from clearway.planning.cordon.planner.cut_model import built
from clearway.planning.cordon.planner.describe import Writer
from clearway.planning.cordon.planner.enclosure import enclosure_of
from clearway.planning.cordon.planner.excluded import excluded_links
from clearway.planning.cordon.planner.frontier import frontier_of
from clearway.planning.cordon.planner.ground import ground_warnings
from clearway.planning.cordon.planner.open_routes import refuse_open_way
from clearway.planning.cordon.planner.places import UNITS, priced_places
from clearway.planning.cordon.planner.program import Terms, TimeUp, solved_program
from clearway.planning.cordon.planner.site import located_site
from clearway.planning.cordon.planner.steps import Steps, untold
from clearway.planning.cordon.planner.window import window_of
from clearway.planning.cordon.planner.wishes import wishes_of
from clearway.planning.cordon.planner.wishes_met import wishes_met
from clearway.words import counted, listed

if TYPE_CHECKING:
    from clearway.network.model import Network
    from clearway.planning.cordon.planner.contract import ExcludedLink, FrontierCordon
    from clearway.planning.cordon.planner.cut import Cut
    from clearway.planning.cordon.planner.cut_model import Model
    from clearway.planning.cordon.planner.question import CordonQuestion
    from clearway.planning.cordon.planner.steps import Tell
    from clearway.planning.cordon.planner.window import Window

_SAME_POINTS = 1e-6
"""Costs are whole hundredths of a point and multiples of an address cost: less is rounding."""
_PRICED_SHARE, _CUT_SHARE = 0.1, 0.2
"""Of the whole work, until all places are priced and until there is a cordon."""
_MOST_NAMED = 8
"""Of the ways that stay open; nobody reads a longer sentence."""


@dataclass(frozen=True)
class Others:
    """What there is besides the cheapest cordon.

    Attributes:
        frontier: Cordons of more barriers and fewer addresses, the cheapest first.
        alternatives: Really different cordons.
        notes: What was not found or not looked at, in sentences.
    """

    frontier: tuple[FrontierCordon, ...]
    alternatives: tuple[Alternative, ...]
    notes: tuple[str, ...]


def plan_cordon(network: Network, question: CordonQuestion, *, tell: Tell = untold, limit_s: float = math.inf) -> CordonPlan:
    """The cheapest cordon round a site, with its proof.

    Args:
        network: The road network.
        question: What to seal off, and how.
        tell: Called before each step with what is being done and the share that is done; what it raises ends the work.
        limit_s: Seconds after which the search ends. The plan then has what was found, and says what was not looked at.

    Returns:
        The plan. Its ``bound`` equals its ``cost`` where it is proven cheapest.

    Raises:
        BadInput: nobody is to be shut out.
        BadGeometry: the site cannot be used.
        Infeasible: no cordon fulfils the wishes; the message names the conflict.
        TooLong: the time ended before there was any cordon.
    """
    search = CordonSearch(network, question, Steps(tell, limit_s))
    return search.plan(search.others())


class CordonSearch:
    """A question made ready, and the answers to it.

    Args:
        network: The road network.
        question: What to seal off, and how.
        steps: Told how far the search is; its limit ends it early.

    Raises:
        BadInput, BadGeometry, Infeasible: as :func:`plan_cordon`.
    """

    def __init__(self, network: Network, question: CordonQuestion, steps: Steps) -> None:
        if not question.shut:
            raise BadInput("No vehicle class is shut out. Name at least one, such as 'general'.")
        self._question, self._steps = question, steps
        self._found: Cut | None = None
        steps.at("Pricing the places around the site", 0.0)
        site = located_site(network, question)
        self._window = window = window_of(network, site, question)
        if nothing := window.nothing_outside(question.radius_m):
            raise BadGeometry(nothing)
        steps.check()
        self._places = priced_places(window, question)
        steps.check()
        self._wishes = wishes_of(window, self._places, question)
        self._model = built(window, self._places, self._wishes)
        refuse_open_way(window, self._model, allow_motorway=question.allow_motorway)
        self._writer = Writer(window, self._places, question, self._wishes.pinned)

    def _cut(self) -> Cut:
        """The cheapest cordon, looked for once; no lock is held meanwhile, as a ``cached_property`` would."""
        if self._found is None:
            self._steps.at("Looking for the cheapest cordon", _PRICED_SHARE)
            self._found = _cheapest(self._window, self._model, self._writer, self._question, self._steps)
        return self._found

    def plan(self, others: Others) -> CordonPlan:
        """The plan, with what there is besides.

        Raises:
            Infeasible, TooLong: as :func:`plan_cordon`.
        """
        question, cut = self._question, self._cut()
        cost, bound = _cost(cut, question), _bound(cut, question)
        barriers = self._writer.described(cut)
        return CordonPlan(
            question=question,
            **self._writer.counts(cut).model_dump(),
            barriers=barriers,
            excluded=(excluded := excluded_links(self._window, self._places)),
            wishes=wishes_met(self._window, self._places, question, self._wishes, barriers),
            cost=cost,
            barrier_cost=_points(cut.barrier_units),
            bound=bound,
            optimal=bound >= cost - _SAME_POINTS,
            enclosed=enclosure_of(self._window, self._model, cut.enclosed),
            frontier=others.frontier,
            alternatives=others.alternatives,
            certificate=certificate_of(self._window, self._places, self._model, cut, _address_weight(question)),
            checks=(_seal(at_edge=self._window.at_edge), *_checks(cut, cost, bound), *_left_out(excluded)),
            warnings=(
                *self._window.warnings,
                *ground_warnings(self._window, cut.enclosed[self._model.piece_node]),
                *others.notes,
            ),
        )

    def others(self) -> Others:
        """The frontier and the alternatives that the question asks for.

        Raises:
            Infeasible, TooLong: as :func:`plan_cordon`.
        """
        cut = self._cut()  # first, so that its time is never short
        between = (1 + _CUT_SHARE) / 2 if self._question.alternatives else 1.0
        frontier, whole = self._frontier(cut, _CUT_SHARE, between) if self._question.frontier else ((), True)
        alternatives, missing = self._alternatives(cut, between if self._question.frontier else _CUT_SHARE)
        stopped = () if whole else (self._stopped(frontier[-1].worded()),)
        return Others(frontier, alternatives, (*stopped, *missing))

    def _frontier(self, cut: Cut, start: float, end: float) -> tuple[tuple[FrontierCordon, ...], bool]:
        def tell(share: float) -> None:
            self._steps.at("Following the frontier", start + (end - start) * share)

        question = self._question
        first = cut if question.at_most is None and not _address_weight(question) else None
        return frontier_of(self._window, self._model, self._writer, first=first, tell=tell, steps=self._steps)

    def _stopped(self, barriers: str) -> str:
        reached = f"the time limit of {self._steps.limit_s:g} s was reached"
        return f"The frontier stops at a cordon of {barriers}: {reached}. Larger cordons were not looked at."

    def _alternatives(self, cut: Cut, start: float) -> tuple[tuple[Alternative, ...], tuple[str, ...]]:
        question, window, model = self._question, self._window, self._model

        def tell(found: int, share: float) -> None:
            doing = f"Looking for alternative {min(found + 1, question.alternatives)} of {question.alternatives}"
            self._steps.at(doing, start + (1 - start) * share)

        cuts, whole = other_cordons(
            window,
            self._places,
            model,
            cut,
            count=question.alternatives,
            address_weight=_address_weight(question),
            tell=tell,
            steps=self._steps,
        )
        found = tuple(
            Alternative(
                cost=_cost(other, question),
                barrier_cost=_points(other.barrier_units),
                **self._writer.counts(other).model_dump(),
                barriers=barriers,
                enclosed=enclosure_of(window, model, other.enclosed),
            )
            for other in cuts
            for barriers in [self._writer.described(other)]
        )
        if len(found) == question.alternatives:
            return found, ()
        stopped = (
            f"the time limit of {self._steps.limit_s:g} s was reached"
            if self._steps.late
            else "the search stopped at its limit"
        )
        reason = "no others exist" if whole else stopped
        return found, (
            f"{len(found)} of {question.alternatives} alternatives that differ in three streets were found; {reason}.",
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


def _cheapest(window: Window, model: Model, writer: Writer, question: CordonQuestion, steps: Steps) -> Cut:
    try:
        cut = cheapest_cut(model, address_weight=_address_weight(question), at_most=question.at_most, steps=steps)
        if cut is not None:
            return cut
        fewest = solved_program(model, Terms(count_only=True), steps=steps)
    except TimeUp as error:
        raise TooLong(_no_cordon_yet(model, question, steps)) from error
    if fewest is None:
        names = sorted({window.network.street(way) or "an unnamed street" for way in question.keep_open})
        raise Infeasible(
            f"{' and '.join(names)} cannot stay open: every way to it leads through the site or contradicts another wish."
        )
    needed = model.units(model.settled(fewest[0])) % UNITS
    left_open = _left_open(model, writer, question, needed, steps)
    raise Infeasible(
        f"{counted(question.at_most or 0, 'place')} cannot seal the site; {needed} can. {left_open}"
        f"Allow {needed}, or make the site smaller."
    )


def _left_open(model: Model, writer: Writer, question: CordonQuestion, needed: int, steps: Steps) -> str:
    """Which ways in stay open where the dearest places of a cordon of the fewest places stand, as many as are allowed."""
    try:
        cut = cheapest_cut(model, address_weight=_address_weight(question), at_most=needed, steps=steps)
    except TimeUp:
        return ""
    if cut is None:
        return ""
    barriers = sorted(writer.described(cut), key=lambda barrier: (barrier.origin == "added", -barrier.cost, barrier.number))
    most = question.at_most or 0
    closed, left = barriers[:most], barriers[most:]
    more = [] if len(left) <= _MOST_NAMED else [counted(len(left) - _MOST_NAMED, "other")]
    ways = listed([barrier.called for barrier in left[:_MOST_NAMED]] + more)
    return f"With {'; '.join(barrier.called for barrier in closed)} closed, these ways in stay open: {ways}. "


def _no_cordon_yet(model: Model, question: CordonQuestion, steps: Steps) -> str:
    """What to do where the time ended before there was any cordon."""
    within = f"was found within the time limit of {steps.limit_s:g} s"
    if question.at_most is None:
        return f"No cordon that keeps the streets open {within}. Keep fewer streets open, or make the radius smaller."
    enough = relaxed_cut(model, _address_weight(question)).cut.place_count
    return (
        f"No cordon of at most {counted(question.at_most, 'place')} {within}, nor is it ruled out. "
        f"{enough} are enough: allow {enough}, or make the radius smaller."
    )


def _left_out(excluded: tuple[ExcludedLink, ...]) -> tuple[str, ...]:
    """What the proof leaves out."""
    if not excluded:
        return ()
    named = [f"{link.street} at {link.lon:.5f}, {link.lat:.5f} ({link.length_m:g} m)" for link in excluded[:_MOST_NAMED]]
    more = [] if len(excluded) <= _MOST_NAMED else [counted(len(excluded) - _MOST_NAMED, "other")]
    links = f"{counted(len(excluded), 'link')} between junctions of a corner, too short for one"
    return (f"The proof leaves out barriers on {links}: {listed(named + more)}.",)


def _seal(*, at_edge: bool) -> str:
    if at_edge:
        return (
            "With the barriers standing, no street of the data leads from outside into the site for the classes shut out. "
            "The data end at the site: a street beyond them may lead in."
        )
    return "With the barriers standing, no street leads from outside into the site for the classes shut out."


def _checks(cut: Cut, cost: float, bound: float) -> tuple[str, ...]:
    if bound < cost:
        return (f"No cordon costs less than {counted(bound, 'point')}; this one may not be the cheapest.",)
    if cut.flow is None:
        return ("No cordon is cheaper: the exact solver proved it.",)
    return (f"No cordon is cheaper: a flow worth {cost:g} points runs to the site, and every cordon must stop it.",)
