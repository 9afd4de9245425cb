"""An ensemble: drawn, run wherever there is room, and put together in the order of its runs' ids."""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from clearway.errors import BadInput, TooLong
from clearway.network.store import network_digest
from clearway.planning.options.document import refuse_twins
from clearway.planning.options.ensemble.contract import Ensemble, Manifest, Repeat, Run, Unfinished
from clearway.planning.options.ensemble.regret import differences, knowing, results
from clearway.planning.options.ensemble.running import Doing, Place, RunGround, Trips, run
from clearway.planning.options.ensemble.sampling import drawn, draws, factors_of
from clearway.planning.traffic.impact.running import run_all
from clearway.record.place_text import place_of_text
from clearway.words import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from clearway.network.model import Floats
    from clearway.planning.options.ensemble.contract import Scenarios
    from clearway.planning.options.ground import OptionGround, Prepared
    from clearway.planning.traffic.impact.running import Place as Where
    from clearway.planning.traffic.impact.running import RunFile


class Case:
    """Options times scenarios, ready to be run.

    Args:
        options: Two or more, each with what it names.
        ground: The streets that all start from.
        scenarios: What may come otherwise.
        count: How many scenarios.
        seed: Of all draws.
        run_limit_s: Seconds that one run may take; None: as long as it takes.
        trips: Of another case of the same question; None: they are made.

    Raises:
        BadInput: there are fewer than two options, nobody helps, a range is upside down, a street is not on the network, or the
            demand is to be drawn anew and no trips are assigned, or they have no draws.
    """

    def __init__(
        self,
        options: Sequence[Prepared],
        ground: OptionGround,
        scenarios: Scenarios,
        *,
        count: int,
        seed: int,
        run_limit_s: float | None = None,
        trips: Trips | None = None,
    ) -> None:
        refuse_twins(one.option for one in options)
        self._made = options, ground, scenarios, count, run_limit_s
        if not ground.services:
            raise BadInput("An ensemble counts whom help reaches in time. Give --stations.")
        if scenarios.vehicles.low > scenarios.vehicles.high:
            raise BadInput("The range 'vehicles' of the scenarios is upside down. Give the lower end as 'low'.")
        towing = [truck for one in options for schedule in one.schedules for truck in schedule.trucks]
        self.operators = sorted({truck.operator or truck.id for truck in towing})
        self.factors = factors_of(scenarios, self.operators)
        self.drawn = draws(scenarios, self.operators, count, seed)
        self.scenarios = [drawn(scenarios, self.operators, row, at) for at, row in enumerate(self.drawn.tolist())]
        self.ids = [one.option.id for one in options]
        self.ground = RunGround(
            ground.gazetteer.network,
            tuple(ground.services),
            tuple(ground.standing),
            tuple(Place(one.ways, one.across, one.lane_moves) for one in ground.stretches),
            tuple(_ways(one.street, ground) for one in scenarios.shut),
            {one.option.id: _doing(one, ground) for one in options},
            trips or _trips(ground, scenarios),
            run_limit_s,
        )
        rests = (
            network_digest(ground.gazetteer.network), seed, count, self.factors, scenarios.model_dump_json(),
            self.ground.standing, self.ground.places, self.ground.may_shut, repr(ground.services),
            [one.option.model_dump_json() for one in options],
            [(doing.barriers, doing.leave, sorted(doing.tows.items())) for doing in self.ground.doings.values()],
            [one.trips.tobytes() for one in (self.ground.trips.tables if self.ground.trips else ())],
        )  # fmt: skip
        self.manifest = Manifest(
            seed=seed, scenarios=count, factors=self.factors, digest=hashlib.sha256(repr(rests).encode()).hexdigest()
        )
        judged = [f"vehicles: {scenarios.vehicles.by}: {scenarios.vehicles.why}"]
        judged += [f"{one.street}: {one.by}: {one.why}" for one in scenarios.shut]
        judged += [f"trips drawn anew: {anew.by}: {anew.why}"] if (anew := scenarios.demand) else []
        judged += [f"an operator drops out: {one.by}: {one.why}"] if (one := scenarios.operator_out) else []
        taken = ["Of the vehicles of a stretch, those that must go for a lane are taken to go first."]
        self.assumed = (*judged, *taken, *ground.assumed)

    def with_seed(self, seed: int) -> Case:
        """The same question with other draws."""
        options, ground, scenarios, count, limit_s = self._made
        trips = self.ground.trips
        return Case(options, ground, scenarios, count=count, seed=seed, run_limit_s=limit_s, trips=trips)


def ensemble(
    case: Case,
    *,
    repeats: int = 0,
    place: Where | None = None,
    kept: RunFile | None = None,
    tell: Callable[[int, int], None] = lambda _done, _all: None,
) -> Ensemble:
    """Run every option in every scenario: the same answer wherever and in whatever order the runs are done.

    Args:
        case: What is run.
        repeats: How many times to ask again with new seeds, each of which costs as many runs.
        place: Where; threads of this process where absent.
        kept: Where results are kept as they come, to go on with later.
        tell: Called with how many runs are done and how many there are; what it raises stops the ensemble.

    Raises:
        Unavailable: a cluster does not answer.
        Infeasible: a certificate did not pass its check.
        TooLong: no scenario was finished by every option in the time that a run may take.
    """
    others = [case.with_seed(case.manifest.seed + number) for number in range(1, repeats + 1)]
    cases = {"": case} | {f"seed {one.manifest.seed} ": one for one in others}
    tasks = {
        f"{prefix}{name}:{one.number}": (name, one)
        for prefix, asked in cases.items()
        for name in asked.ids
        for one in asked.scenarios
    }
    done = run_all(run, case.ground, tasks, place=place, kept=kept, tell=tell)
    found = {key: Run.model_validate_json(content) for key, content in done.items() if content}
    held = {prefix: _held(prefix, asked, found) for prefix, asked in cases.items()}
    losses = _losses("", case, found, held[""])
    traffic = _traffic(case, found, held[""])
    order = _order(case.ids, losses)
    return Ensemble(
        manifest=case.manifest,
        runs=tuple(found[key] for key in tasks if key in found and not key.startswith("seed ")),
        unfinished=tuple(
            Unfinished(run=key, option=name, scenario=one.number) for key, (name, one) in tasks.items() if key not in found
        ),
        compared=len(held[""]),
        options=tuple(results(case.ids, losses, traffic)),
        differences=tuple(differences(case.ids, losses, seed=case.manifest.seed)),
        by_hours_lost=tuple(differences(case.ids, traffic[0], seed=case.manifest.seed)) if traffic else (),
        repeats=tuple(
            _repeat(asked.manifest.seed, order, _order(case.ids, _losses(prefix, asked, found, held[prefix])))
            for prefix, asked in cases.items()
            if prefix
        ),
        knowing=tuple(knowing(case.ids, losses, case.factors, case.drawn[held[""]])),
        assumed=case.assumed,
    )


def _held(prefix: str, case: Case, found: Mapping[str, Run]) -> list[int]:
    """The scenarios that every option finished, by number.

    Raises:
        TooLong: there is none.
    """
    numbers = [one.number for one in case.scenarios if all(f"{prefix}{name}:{one.number}" in found for name in case.ids)]
    if not numbers:
        raise TooLong(
            f"No scenario was finished by every option: each run may take {case.ground.limit_s or 0:g} s. Give more time with "
            "--run-limit, or leave it out."
        )
    return numbers


def _losses(prefix: str, case: Case, found: Mapping[str, Run], held: Sequence[int]) -> Floats:
    """(O, S) addresses that are late."""
    return np.array([[found[f"{prefix}{name}:{number}"].late for number in held] for name in case.ids], np.float64)


def _traffic(case: Case, found: Mapping[str, Run], held: Sequence[int]) -> tuple[Floats, Floats] | None:
    """(O, S) vehicle hours lost, and trips without a route; None where no trips are assigned."""
    if case.ground.trips is None:
        return None
    runs = [[found[f"{name}:{number}"] for number in held] for name in case.ids]
    hours = np.array([[one.hours_lost for one in row] for row in runs], np.float64)
    return hours, np.array([[one.trips_cut_off for one in row] for row in runs], np.float64)


def _order(ids: Sequence[str], loss: Floats) -> tuple[str, ...]:
    return tuple(one.option for one in results(ids, loss))


def _repeat(seed: int, first: tuple[str, ...], order: tuple[str, ...]) -> Repeat:
    return Repeat(seed=seed, order=order, same_best=order[0] == first[0], same_order=order == first)


def _trips(ground: OptionGround, scenarios: Scenarios) -> Trips | None:
    """What assigns trips, and the demands that are drawn.

    Raises:
        BadInput: the demand is to be drawn anew and no trips are assigned, or they have no draws.
    """
    traffic, anew = ground.trips, scenarios.demand
    if traffic is None:
        if anew:
            raise BadInput(
                "The scenarios draw the demand anew, and no trips are assigned. Give --traffic, or take 'demand' out of them."
            )
        return None
    model = traffic.model
    tables = model.draws(traffic.hour, anew.draws) if anew else (model.trips(traffic.hour),)
    if anew and len(tables) < anew.draws:
        raise BadInput(
            f"The scenarios draw {counted(anew.draws, 'demand')}, and these trips have {len(tables)}. Lower 'draws', or take "
            "'demand' out of them."
        )
    return Trips(model.assigner, tables)


def _doing(prepared: Prepared, ground: OptionGround) -> Doing:
    leave = prepared.option.vehicles_leave
    places = {frozenset(one.ways): at for at, one in enumerate(ground.stretches)}
    tows: Counter[tuple[int, str]] = Counter()
    for schedule in prepared.schedules:
        operator = {truck.id: truck.operator or truck.id for truck in schedule.trucks}
        stretch = [places[frozenset(one.ways)] for one in schedule.stretches]
        tows.update((stretch[tow.stretch], operator[tow.truck]) for tow in schedule.tows)
    barriers = tuple(closure for one in prepared.set_ups for closure in ground.barriers(one))
    return Doing(prepared.option.id, barriers, (leave.low, leave.high) if leave else (0.0, 0.0), dict(tows))


def _ways(street: str, ground: OptionGround) -> tuple[int, ...]:
    where = ground.gazetteer.of(place_of_text(street))
    if not where.ways:
        raise BadInput(f"The scenarios shut {street!r}, which is not a street of this network: {where.says}")
    return tuple(where.ways)
