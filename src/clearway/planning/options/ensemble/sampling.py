"""Scenarios drawn by a Latin hypercube: each factor's range is covered evenly, and every option meets the same draws."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scipy.stats import qmc

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearway.network.model import Floats
    from clearway.planning.options.ensemble.contract import Scenarios

VEHICLES, LEAVE = "vehicles in the carriageway", "share of those that may leave by themselves"
DEMAND = "trips of the hour, drawn anew"


class Drawn(NamedTuple):
    """One scenario.

    Attributes:
        number: Its place.
        vehicles: Vehicles in the carriageway, as a multiple of the tally.
        leave: Where in the judged range of an option the vehicles that leave lie, 0 to 1.
        out: Operators that drop out.
        shut: Places, in the list of streets that may be shut, of those that are.
        demand: Which of the demands; 0 where there is one.
    """

    number: int
    vehicles: float
    leave: float
    out: frozenset[str]
    shut: frozenset[int]
    demand: int = 0


def factors_of(scenarios: Scenarios, operators: Sequence[str]) -> tuple[str, ...]:
    """What is drawn, in the order of the columns."""
    out = [f"{name} drops out" for name in operators] if scenarios.operator_out else []
    anew = [DEMAND] if scenarios.demand else []
    return (VEHICLES, LEAVE, *out, *(f"{one.street} is shut" for one in scenarios.shut), *anew)


def draws(scenarios: Scenarios, operators: Sequence[str], count: int, seed: int) -> Floats:
    """(scenarios, factors) numbers from 0 to 1, the same for the same seed.

    Args:
        scenarios: What may come otherwise.
        operators: Who tows.
        count: How many scenarios, 1 or more.
        seed: Of the draws.
    """
    columns = len(factors_of(scenarios, operators))
    found: Floats = qmc.LatinHypercube(d=columns, rng=seed).random(count)
    return found


def drawn(scenarios: Scenarios, operators: Sequence[str], row: Sequence[float], number: int) -> Drawn:
    """A row of draws as a scenario."""
    spread = scenarios.vehicles.high - scenarios.vehicles.low
    told = list(row[2:])
    demand = int(told.pop() * scenarios.demand.draws) if scenarios.demand else 0
    chance = scenarios.operator_out.chance if scenarios.operator_out else 0.0
    out = [name for name, share in zip(operators, told, strict=False) if share < chance]
    rest = told[len(operators) if scenarios.operator_out else 0 :]
    shut = [place for place, (one, share) in enumerate(zip(scenarios.shut, rest, strict=True)) if share < one.chance]
    vehicles = scenarios.vehicles.low + float(row[0]) * spread
    return Drawn(number, vehicles, float(row[1]), frozenset(out), frozenset(shut), demand)
