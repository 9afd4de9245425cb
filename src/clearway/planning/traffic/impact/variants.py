"""Many variants of a plan, weighed and put in order: what each does to traffic, to those cut off, to help and to buses.

Each is assigned from the streets as they are, for the main demand alone. The order is a choice, not a finding: the **burden**
of a variant puts all but help into vehicle hours (:mod:`clearway.planning.traffic.impact.burden`); whoever doubts its weights
orders by one figure alone, or looks at those variants that **no other beats** in every figure at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from clearway.errors import UnknownName
from clearway.planning.traffic.impact.arc_traffic import arc_traffic
from clearway.planning.traffic.impact.burden import burden_vehicle_hours, bus_burden
from clearway.planning.traffic.impact.contract import VariantImpact
from clearway.planning.traffic.impact.running import closures_key, run_all

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from clearway.assignment.problem import TripTable
    from clearway.assignment.solution import Solution
    from clearway.network.closures import Closure
    from clearway.network.model import Floats
    from clearway.planning.traffic.impact.assigner import Assigner
    from clearway.planning.traffic.impact.bus_minutes import BusModel
    from clearway.planning.traffic.impact.help_minutes import HelpModel
    from clearway.planning.traffic.impact.impact_model import ImpactModel
    from clearway.planning.traffic.impact.running import Place, RunFile
    from clearway.shapes import Spot

ORDERS = {
    "burden": "burden_vehicle_hours",
    "traffic": "extra_vehicle_hours",
    "lost": "trips_lost_per_hour",
    "help": "help_worst_minutes",
    "buses": "bus_vehicle_minutes_per_hour",
    "cost": "cost_points",
}
"""What variants can be ordered by: the word for it, and the figure; the least comes first."""


@dataclass(frozen=True, eq=False)
class Variant:
    """One way to do it.

    Attributes:
        name: What it is called; no two of a list are called alike.
        closures: What is shut, and to whom.
        places: Where, in words.
        cost_points: What its barriers cost, None where not known.
        spots: Where its barriers stand: pin these to have it; empty where not known.
    """

    name: str
    closures: tuple[Closure, ...]
    places: tuple[str, ...] = ()
    cost_points: float | None = None
    spots: tuple[Spot, ...] = ()


@dataclass(frozen=True, eq=False)
class VariantGround:
    """What all variants share, small enough to be sent to every worker once."""

    assigner: Assigner
    trips: TripTable
    help: HelpModel | None
    buses: BusModel | None
    before_delay_s: Floats


def rank_variants(
    model: ImpactModel,
    variants: Sequence[Variant],
    *,
    hour: int,
    by: str = "burden",
    place: Place | None = None,
    kept: RunFile | None = None,
    tell: Callable[[int, int], None] = lambda _done, _all: None,
) -> tuple[VariantImpact, ...]:
    """The variants in order, the best first; of equals, in the order given.

    Args:
        model: Of the city.
        variants: To be weighed, each of another name.
        hour: The hour that is assigned.
        by: One of ``ORDERS``.
        place: Where the work is done; threads of this process where absent.
        kept: Where results are kept as they come.
        tell: Called with how many are done and how many there are; what it raises stops the run.

    Raises:
        UnknownName: variants cannot be ordered by that.
        Unavailable: the cluster does not answer.
    """
    if by not in ORDERS:
        raise UnknownName("order of variants", [by], ORDERS)
    ground = ground_of(model, hour)
    tasks = {f"{variant.name}, {closures_key(variant.closures)}, {hour}:00": variant for variant in variants}
    found = run_all(weigh_variant, ground, tasks, place=place, kept=kept, tell=tell)
    weighed = [VariantImpact.model_validate_json(content) for content in found.values()]
    figure = ORDERS[by]
    spots = {variant.name: variant.spots for variant in variants}
    weighed = [impact.model_copy(update={"spots": spots[impact.name]}) for impact in weighed]
    of_each = _figures(weighed, [figure])[:, 0]
    return tuple(
        _marked([weighed[index] for index in np.argsort(of_each, kind="stable")])
    )  # NaN, what is not known, comes last


def ground_of(model: ImpactModel, hour: int) -> VariantGround:
    """What all variants of a city share, the hour without closures solved."""
    trips = model.trips(hour)
    before = model.assigner.without_closures(trips)
    _ = before.minutes  # worked out once, here
    delay_s = arc_traffic(model.assigner.streets, before.solution).delay_s
    return VariantGround(model.assigner, trips, model.help, model.buses, delay_s)


def weigh_variant(ground: VariantGround, variant: Variant) -> bytes:
    """What a variant does, as JSON."""
    before = ground.assigner.without_closures(ground.trips)
    after = ground.assigner.with_closures(ground.trips, variant.closures).solution
    delay_s = arc_traffic(ground.assigner.streets, after).delay_s
    sides = ground.help.sides(variant.closures, delay_s).values() if ground.help else ()
    buses = ground.buses.impacts(variant.closures, ground.before_delay_s, delay_s) if ground.buses else ()
    extra, lost = _extra_and_lost(before.solution, after, before.minutes)
    of_buses = bus_burden(buses)
    impact = VariantImpact(
        name=variant.name,
        places=variant.places,
        cost_points=variant.cost_points,
        extra_vehicle_hours=extra,
        trips_lost_per_hour=lost,
        help_worst_minutes=max((side.worst_minutes or 0.0 for side in sides), default=None),
        help_beyond=sum(side.beyond for side in sides),
        help_unreached=sum(ground.assigner.streets.network.address_count - side.reached for side in sides),
        bus_vehicle_minutes_per_hour=of_buses.minutes_per_hour,
        bus_lines_cut=of_buses.lines_cut,
        burden_vehicle_hours=burden_vehicle_hours(extra, lost, of_buses),
    )
    return impact.model_dump_json().encode()


def _extra_and_lost(before: Solution, after: Solution, minutes: Floats) -> tuple[float, float]:
    """Vehicle hours more of the trips that keep a way, and the trips that lose theirs."""
    already = {(lost.user_class, lost.start, lost.end) for lost in before.lost}
    lost = [row for row in after.lost if (row.user_class, row.start, row.end) not in already]
    gone_h = sum(row.trips * float(minutes[row.user_class, row.start, row.end]) / 60 for row in lost)
    return (after.total_time - before.total_time) / 3600 + gone_h, sum(row.trips for row in lost)


_COMPARED = (
    "cost_points",
    "extra_vehicle_hours",
    "trips_lost_per_hour",
    "help_worst_minutes",
    "help_beyond",
    "bus_vehicle_minutes_per_hour",
    "bus_lines_cut",
)


def _marked(impacts: Sequence[VariantImpact]) -> list[VariantImpact]:
    """The impacts, those marked that no other beats."""
    rows = _figures(impacts, _COMPARED)
    rows = rows[:, ~np.isnan(rows).any(axis=0)]  # what is not known of all does not count
    beaten = [bool(((rows <= row).all(axis=1) & (rows < row).any(axis=1)).any()) for row in rows]
    return [impact.model_copy(update={"unbeaten": not lost}) for impact, lost in zip(impacts, beaten, strict=True)]


def _figures(impacts: Sequence[VariantImpact], names: Sequence[str]) -> Floats:
    """(impacts, names) figures, NaN where not known."""
    rows = [[getattr(impact, name) for name in names] for impact in impacts]
    return np.array(rows, np.float64).reshape(-1, len(names))
