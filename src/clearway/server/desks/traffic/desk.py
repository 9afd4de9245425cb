"""What the server answers about traffic: the impact of the page's plan. All that is large is made when somebody first asks.

The traffic's own modules are imported then too, for they take a moment that nobody should wait for who only wants a cordon.
"""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from clearway.cache import Cache
from clearway.errors import Infeasible
from clearway.planning.access.planner.stations import stations_from
from clearway.server.desks.plan.desk import planner_of
from clearway.server.desks.traffic.models import ImpactAnswer, ImpactQuestion, VariantsAnswer, VariantsQuestion

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from clearway.network.closures import Closure
    from clearway.network.model import Network
    from clearway.planning.plan.detours.loads import Traffic
    from clearway.planning.traffic.impact.contract import Impact, WayImpacts
    from clearway.planning.traffic.impact.help_minutes import HelpModel
    from clearway.planning.traffic.impact.impact_model import ImpactModel
    from clearway.server.contract import StationCollection
    from clearway.server.desks.plan.models import PlanQuestion
    from clearway.server.desks.plan.planner import Planner
    from clearway.server.jobs import JobProgress
    from clearway.server.networks import ServedNetwork
    from clearway.server.sources import TrafficSources

    Tell = Callable[[str, float], None]

DRAWN_PER_HOUR = 5.0
"""A change of flow below so many vehicles an hour is not drawn."""

PLAN_NAME = "This plan"
_DECIMALS = 6
_CACHED_ANSWERS = 32
_FIRST_SHARE = 0.2
"""Of the whole work, until the first answer, which has no draws."""

_SEARCH_SHARE = 0.4
"""Of the work on variants, until all cordons are found."""


class TrafficDesk:
    """Answers about the traffic of one network; the last answers are cached. Its jobs run one after the other.

    Args:
        network: The network.
        planner: Makes the plan whose closures are evaluated.
        stations: Where help starts, unless a question names others.
        sources: What else is known of the city.
    """

    def __init__(self, network: Network, planner: Planner, stations: StationCollection, sources: TrafficSources) -> None:
        self._network = network
        self._planner = planner
        self._stations = stations
        self._sources = sources
        self._model: ImpactModel | None = None
        self._helped = ""
        self._impacts: Cache[ImpactAnswer] = Cache(_CACHED_ANSWERS)
        self._variants: Cache[VariantsAnswer] = Cache(_CACHED_ANSWERS)

    def impact(self, question: ImpactQuestion, progress: JobProgress[ImpactAnswer]) -> ImpactAnswer:
        """What the plan of a question does to traffic: first without draws, then with them.

        Raises:
            ClearwayError: the plan, or its traffic, has no answer.
            Stopped: somebody cancelled.
        """
        if question.draws == 0:
            return self._answer(question, progress)
        if (known := self._impacts.get(question.model_dump_json())) is not None:
            return known
        alone = question.model_copy(update={"draws": 0})
        progress.first(self._answer(alone, lambda doing, share: progress(doing, share * _FIRST_SHARE)))
        return self._answer(question, lambda doing, share: progress(doing, _FIRST_SHARE + share * (1 - _FIRST_SHARE)))

    def variants(self, question: VariantsQuestion, progress: JobProgress[VariantsAnswer]) -> VariantsAnswer:
        """Other cordons round the site of a plan, the kindest first; what is shut by hand is shut in all of them.

        Raises:
            ClearwayError: there is no site, or no cordon round it.
            Stopped: somebody cancelled.
        """
        return self._variants.of(question.model_dump_json(), lambda: self._ranked(question, progress))

    def _ranked(self, question: VariantsQuestion, progress: JobProgress[VariantsAnswer]) -> VariantsAnswer:
        from clearway.planning.traffic.impact.cordon_variants import cordon_variants  # noqa: PLC0415
        from clearway.planning.traffic.impact.variants import rank_variants  # noqa: PLC0415

        if question.plan.site is None and not question.plan.stretches:
            raise Infeasible("There is nothing to close off, so no cordon to place. Draw the ground that people hold.")
        model = self.model(question.plan, progress)
        looking = _counting(progress, "Looking for cordons", 0.0)
        found = cordon_variants(self._network, question.plan, count=question.count, tell=looking)
        by_hand = tuple(self._planner.hand_closures(question.plan))
        shut = [replace(one, closures=(*one.closures, *by_hand)) for one in found]
        ranked = rank_variants(model, shut, hour=question.hour, tell=_counting(progress, "Comparing cordons", _SEARCH_SHARE))
        return VariantsAnswer(
            hour=question.hour,
            burden=_burden_sentence(),
            statement=model.trips(question.hour).statement,
            variants=ranked,
        )

    def model(self, plan: PlanQuestion, tell: Tell) -> ImpactModel:
        """The impact model, made when first asked for; help starts from a plan's own stations, with its own aim."""
        model = self.opened(tell)
        key = f"{plan.within_s}{plan.stations and plan.stations.model_dump_json()}"
        if key != self._helped:
            model.help = self._help(plan)
            self._helped = key
        return model

    def loaded(self, closures: Sequence[Closure], hour: int, tell: Tell) -> Traffic:
        """An hour's traffic without closures and under them; its jobs too are done one after the other.

        Raises:
            BadTraffic: the trips cannot be assigned.
            Stopped: somebody cancelled.
        """
        from clearway.planning.plan.detours.loads import loaded  # noqa: PLC0415

        model = self.opened(tell)
        return loaded(model.assigner, model.trips(hour), hour, closures, tell)

    def opened(self, tell: Tell) -> ImpactModel:
        """The impact model, made when first asked for; from where help starts is as last asked. Its jobs are done one by one.

        Raises:
            Stopped: somebody cancelled.
        """
        if self._model is None:
            tell("Estimating the trips in the city", 0.0)
            self._model = self._opened()
        return self._model

    def _opened(self) -> ImpactModel:
        from clearway.planning.traffic.impact.impact_model import ImpactModel  # noqa: PLC0415

        sources, network = self._sources, self._network
        return ImpactModel(sources.trips(network, sources.areas(network)), bus_lines=sources.bus_lines(network))

    def _help(self, plan: PlanQuestion) -> HelpModel | None:
        """Times help from the stations of a plan; None where there are none."""
        from clearway.planning.traffic.impact.help_minutes import HelpModel  # noqa: PLC0415

        collection = plan.stations or self._stations
        if not collection.features:
            return None
        stations = stations_from(collection.model_dump(), self._network, source="The stations").stations
        return HelpModel(self._network, stations, within_s=plan.within_s)

    def _answer(self, question: ImpactQuestion, tell: Tell) -> ImpactAnswer:
        """An answer that is cached, or else made."""
        return self._impacts.of(question.model_dump_json(), lambda: self._made(question, tell))

    def _made(self, question: ImpactQuestion, tell: Tell) -> ImpactAnswer:
        tell("Applying the plan to the streets", 0.0)
        alone = question.plan.model_copy(update={"frontier": False, "alternatives": 0})
        plan, closures = self._planner.planned(alone, lambda doing, _share: tell(doing, 0.0))
        model = self.model(question.plan, tell)
        began = time.perf_counter()
        found = model.impact(closures, name=PLAN_NAME, hour=question.hour, draws=question.draws, tell=tell)
        return ImpactAnswer(
            hour=question.hour,
            barriers=len(plan.cordon.barriers) if plan.cordon else 0,
            burden_vehicle_hours=_burden(found),
            impact=found,
            lines=self._lines(found.ways),
            elapsed_ms=round((time.perf_counter() - began) * 1000),
        )

    def _lines(self, ways: WayImpacts) -> list[list[list[float]]]:
        """The line of each way that changes enough to be drawn, longitude and latitude."""
        geometry = self._network.geometry
        return [
            np.round(geometry(way), _DECIMALS).tolist() if abs(change) >= DRAWN_PER_HOUR else []
            for way, change in zip(ways.way, ways.flow_change_per_hour, strict=True)
        ]


def traffic_of(served: ServedNetwork) -> TrafficDesk:
    """The traffic of a network."""
    return TrafficDesk(served.network, served.desk(planner_of), served.city.stations, served.sources)


def _counting(tell: Tell, doing: str, share: float) -> Callable[[int, int], None]:
    """Reports one of two halves of the work by how many are done."""
    end = _SEARCH_SHARE if share == 0 else 1.0

    def counted(done: int, count: int) -> None:
        tell(f"{doing}: {done} of {count}", share + (end - share) * done / max(count, 1))

    return counted


def _burden(found: Impact) -> float:
    """All but help in one figure."""
    from clearway.planning.traffic.impact.burden import burden_vehicle_hours, bus_burden  # noqa: PLC0415

    totals = found.totals
    return burden_vehicle_hours(totals.extra_vehicle_hours, totals.trips_lost_per_hour, bus_burden(found.buses or ()))


def _burden_sentence() -> str:
    """What is put into one figure, by the weights that are set."""
    from clearway.planning.traffic.impact.burden import CARS_TO_A_BUS, CUT_BUS_MINUTES, LOST_TRIP_HOURS  # noqa: PLC0415

    return (
        f"The burden is the extra vehicle hours, {LOST_TRIP_HOURS:g} h for each trip cut off, and the buses' extra time, a bus "
        f"counting for {CARS_TO_A_BUS:g} cars and one that cannot drive its whole line for {CUT_BUS_MINUTES:g} minutes. "
        "These weights are a choice; help is not in it."
    )
