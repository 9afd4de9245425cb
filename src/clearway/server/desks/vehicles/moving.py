"""Long work about vehicles on a network: which to move first, and how trucks fetch them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearway.errors import BadInput, ClearwayError
from clearway.planning.cordon.planner.steps import Steps
from clearway.planning.plan.document import plan_of
from clearway.planning.plan.jurisdiction import read_jurisdiction
from clearway.planning.vehicles.clearing.staircase import cleared
from clearway.planning.vehicles.clearing.wishes import Wishes, route_ways, street_ways
from clearway.planning.vehicles.offer.plan_gates import gates_of_plans
from clearway.planning.vehicles.offer.planning import OfferQuestion, offered
from clearway.planning.vehicles.offer.uptake import Taken
from clearway.planning.vehicles.tally import LENGTH_M, Figures, refuse_twins, stretch_of, stretch_ways
from clearway.planning.vehicles.towing.board import board_of, from_here
from clearway.planning.vehicles.towing.check import check_towed
from clearway.planning.vehicles.towing.fees import our_caps, over_caps
from clearway.planning.vehicles.towing.ground import TowQuestion
from clearway.planning.vehicles.towing.jobs import wanted_of
from clearway.planning.vehicles.towing.orders import order_of, powers_to_tow
from clearway.planning.vehicles.towing.planning import towed
from clearway.record.entry import now
from clearway.record.moments import calendar
from clearway.server.desks.plan.desk import planner_of
from clearway.server.desks.plans.ground import PlanGround
from clearway.server.desks.vehicles.models import TowMeansKnown, TowPower
from clearway.words import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearway.planning.gazetteer import Gazetteer
    from clearway.planning.vehicles.contract import Cleared
    from clearway.planning.vehicles.offer.contract import Offered
    from clearway.planning.vehicles.offer.said import SaidOfOffers
    from clearway.planning.vehicles.tally import Stretch
    from clearway.planning.vehicles.towing.contract import Towed
    from clearway.planning.vehicles.towing.means import TowMeans
    from clearway.record.kinds.plans import TrafficPlan
    from clearway.server.desks.vehicles.models import (
        OfferAsked,
        StaircaseQuestion,
        StretchGiven,
        TowAsked,
        TowPaper,
        TowPapersAsked,
    )
    from clearway.server.jobs import JobProgress
    from clearway.server.networks import ServedNetwork


_WORDS = ("conditions", "indemnity")
_APART = "in its own words, for the room alone"


def staircase(served: ServedNetwork, question: StaircaseQuestion, progress: JobProgress[Cleared]) -> Cleared:
    """Which vehicles to move first; as far as it got where the time of the question ends first.

    Raises:
        BadInput: a stretch or a street cannot be used, or routes are named and the server has no timetable.
        UnknownName: there is no such route or way.
        Stopped: somebody cancelled.
    """
    progress("Reading the stretches", 0.0)
    stretches = stretches_of(question.stretches, served.gazetteer)
    timetable = served.sources.timetable
    if question.routes and timetable is None:
        raise BadInput("The server has no timetable, so nobody can say where bus routes drive. Start it with --gtfs FEED.zip.")
    if question.routes:
        progress("Putting the buses on the streets", 0.02)
    routes = route_ways(served.network, timetable, question.routes) if question.routes and timetable else {}
    wishes = Wishes(routes, street_ways(served.gazetteer, question.streets))
    services = served.desk(PlanGround).helping(question.stations).services
    return cleared(served.desk(planner_of).timer, services, stretches, wishes, Steps(progress, question.limit_seconds))


def tow_schedule(
    served: ServedNetwork, question: TowAsked, progress: JobProgress[Towed], known: TowMeans | None = None
) -> Towed:
    """How trucks fetch the vehicles, or those that are left of a schedule that is being worked off; no operator is named in it.

    Args:
        served: The network.
        question: What is to be towed.
        progress: Is told how far it is.
        known: What there is to tow with, where the question does not say; None: what the server's file says.

    Raises:
        BadInput: a stretch cannot be used, there is no storage place or no truck, hours are given and no start, somebody orders
            what they have no power to, or the board is of another schedule.
        UnknownName: there is no such power, or no such tow.
        Infeasible: the schedule did not pass its check.
        Stopped: somebody cancelled.
    """
    progress("Reading the stretches", 0.0)
    asked, _ = tow_question(served, question, known)
    if question.board:
        before = question.board.schedule
        asked = from_here(asked, before, board_of(question.board.states, before))
    progress("Scheduling the trucks", 0.2)
    return towed(served.network, asked, limit_s=question.limit_seconds)


def tow_question(served: ServedNetwork, question: TowAsked, known: TowMeans | None) -> tuple[TowQuestion, TowMeans]:
    """A question as the planner takes it, without the names of operators; and the means with their names.

    Raises:
        BadInput, UnknownName: as :func:`tow_schedule`.
    """
    stretches = stretches_of(question.stretches, served.gazetteer)
    named = question.towing or known or served.sources.towing
    if named is None:
        raise BadInput(
            "There is no storage and no truck: nobody said what there is to tow with. Enter a 'storage_place' and what a "
            "'tow_operator' answered, or start the server with --towing FILE."
        )
    means = without_names(named)
    city = calendar(served.zone or "UTC")
    starts = city.moment(question.starts).astimezone(city.zone) if question.starts else None  # hours are by the city's clock
    order = order_of(question.row, question.by, read_jurisdiction())
    return TowQuestion(wanted_of(stretches, means, question.staircase), means, starts=starts, order=order), named


def tow_paper(served: ServedNetwork, paper: TowPaper, question: TowPapersAsked) -> bytes:
    """A paper of a schedule: it is checked first, on the streets of now, and by the powers of now. It names no operator.

    Raises:
        BadInput: the schedule does not hold, or the paper needs an order and there is none.
    """
    from clearway.publish.vehicles.papers import as_pdf, notices, tow_sheet, tows_csv  # noqa: PLC0415 - takes a moment

    answer = question.schedule
    _, fails = check_towed(served.network, answer.as_json())
    if fails:
        raise BadInput(f"The schedule does not hold here, so no paper is made of it: {fails[0]} Ask for it again.")
    said = answer.order
    if said and said != order_of(said.basis, said.by, read_jurisdiction()):
        raise BadInput("The order of the schedule is not as the jurisdiction file has that power. Ask for the schedule again.")
    caps = our_caps()  # a fee above a cap is told on paper, whoever sends the schedule
    places = tuple(one.model_copy(update={"over_cap": tuple(over_caps(one, caps))}) for one in answer.storage)
    answer = answer.model_copy(update={"storage": places})
    if paper == "tows.csv":
        return tows_csv(answer).encode()
    return as_pdf(tow_sheet(answer) if paper == "tow-sheet.pdf" else notices(answer, call=question.call))


def tow_means(served: ServedNetwork) -> TowMeansKnown:
    """What there is to tow with, without the names of operators, and the powers to tow."""
    towing = served.sources.towing
    return TowMeansKnown(towing=without_names(towing) if towing else None, powers=powers())


def powers() -> list[TowPower]:
    """The powers to move vehicles of the jurisdiction file."""
    return [
        TowPower(**{name: getattr(one, name) for name in TowPower.model_fields}) for one in powers_to_tow(read_jurisdiction())
    ]


def offer(
    served: ServedNetwork,
    question: OfferAsked,
    progress: JobProgress[Offered],
    known: SaidOfOffers | None = None,
    plans: Sequence[TrafficPlan] = (),
) -> Offered:
    """Which vehicles could go to which places to park, and what the offer did so far.

    Args:
        served: The network.
        question: Which vehicles.
        progress: Is told how far it is.
        known: Places and how far they were taken up, where the question does not say; None: what the server's file says.
        plans: Whose gates let vehicles out, where the question has no plan.

    Raises:
        BadInput: a stretch, a place or a plan cannot be used, no place is known, or figures contradict each other.
        Infeasible: the answer did not pass its check.
        Stopped: somebody cancelled.
    """
    progress("Reading the stretches", 0.0)
    stretches = stretches_of(question.stretches, served.gazetteer)
    places = tuple(question.places) if question.places else known.places if known else served.sources.parking
    if not places:
        raise BadInput(
            "Nobody said where vehicles could park. Enter a 'parking_place', send 'places', or start the server with --parking "
            "FILE."
        )
    progress("Finding the least driving", 0.3)
    taken = tuple(Taken(one.at, one.low, one.high) for one in question.taken) or (known.taken if known else ())
    city = calendar(question.zone or served.zone or "UTC")
    at = question.at and question.at.astimezone(city.zone)  # hours are by the city's clock
    if question.document is not None:
        plans = (plan_of(question.document, city, now()),)
    of_plans = gates_of_plans(plans, served.gazetteer, at)
    asked = OfferQuestion(
        tuple(stretches), places, points=of_plans.points, at=at, taken=taken, gate_per_minute=question.gate_per_minute,
        gate_rates=question.gate_rates,
    )  # fmt: skip
    found = offered(served.network, asked)
    return found.model_copy(update={"notes": (*found.notes, *of_plans.notes, *(known.notes if known else ()))})


def without_names(means: TowMeans) -> TowMeans:
    """The same with letters for the operators' names, and without the words of their conditions, which could name a firm."""
    named = [
        one.model_copy(update={"id": label_of(number), "rate": None} | {name: _APART for name in _WORDS if getattr(one, name)})
        for number, one in enumerate(means.operators)
    ]
    return means.model_copy(update={"operators": tuple(named)})


def label_of(number: int) -> str:
    """What the operator of a place in the list, from 0, is called where its name is left out."""
    return f"operator {number + 1}"


def stretches_of(given: Sequence[StretchGiven], gazetteer: Gazetteer) -> list[Stretch]:
    """Stretches of a question on the network.

    Raises:
        BadInput: one cannot be right, or two are one; the sentence names it.
        UnknownName: there is no such way.
    """
    found = []
    for one in given:
        try:
            found.append(_stretch(one, gazetteer))
        except ClearwayError as error:
            raise BadInput(f"{one.stretch}: {error}") from error
    refuse_twins(found)
    return found


def _stretch(one: StretchGiven, gazetteer: Gazetteer) -> Stretch:
    vehicles = {kind: count for kind in LENGTH_M if (count := getattr(one, kind))}
    said = Figures(vehicles, one.across, one.lanes_left, one.lane_moves)
    total = counted(said.total, "vehicle")
    guess = [f"Nobody counted on {one.stretch}: {total}, by type and place, are assumed."] if one.assumed else []
    return stretch_of(
        one.stretch, stretch_ways(one.stretch, gazetteer), said, gazetteer.network, assumed=guess, is_assumed=one.assumed
    )
