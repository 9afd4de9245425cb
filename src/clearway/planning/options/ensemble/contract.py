"""What is asked and answered of an ensemble. A loss is a number of addresses that some service does not reach in time."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from clearway.record.parts import Text
from clearway.shapes import Exact, Figure, Shape


class Range(Exact):
    """A range that something is drawn from, evenly; whose it is."""

    low: float = Field(ge=0, le=10)
    high: float = Field(ge=0, le=10)
    by: Text
    why: Text


class ChanceOf(Exact):
    """How likely something is, and who says so."""

    chance: float = Field(ge=0, le=1)
    by: Text
    why: Text


class MayShut(ChanceOf):
    """A street that may be shut besides: a bridge, or the streets of a second site."""

    street: Text = Field(description="a street, or a part of one, in words")


class DemandAnew(Exact):
    """Trips of the hour, drawn anew: other demands that are as likely as the one in the middle."""

    draws: int = Field(10, ge=1, le=50, description="how many demands; each scenario meets one of them")
    by: Text
    why: Text


class Scenarios(Exact):
    """What may come otherwise. All of it is judged: no source tells it."""

    vehicles: Range = Field(description="vehicles in the carriageway, as a multiple of the tally")
    operator_out: ChanceOf | None = Field(None, description="that a tow operator drops out; each by itself")
    shut: Annotated[tuple[MayShut, ...], Field(max_length=20)] = ()
    demand: DemandAnew | None = Field(None, description="needs trips that are assigned; absent: the same demand in all")


class Run(Shape):
    """One option in one scenario."""

    run: str = Field(description="its id: option, and number of the scenario")
    option: str
    scenario: int = Field(ge=0)
    late: int = Field(ge=0, description="addresses that some service does not reach within its own time")
    lost: int = Field(ge=0, description="addresses that are reached with nothing shut, and not any more")
    vehicles_left: int = Field(ge=0, description="vehicles that still stand in the carriageway")
    hours_lost: Figure | None = Field(
        None, description="vehicle hours that trips with a route take longer; null where no trips are assigned"
    )
    trips_cut_off: Figure | None = Field(None, description="trips an hour without a route: their hours are not in hours_lost")


class Unfinished(Shape):
    """A run that was not finished in its time. Its scenario counts for no option, so that options stay paired."""

    run: str
    option: str
    scenario: int


class OptionResult(Shape):
    """An option over all scenarios."""

    option: str
    mean_late: Figure
    worst_late: int
    mean_regret: Figure = Field(description="addresses more than with the best option of each scenario, on average")
    worst_regret: int
    best_in: Figure = Field(description="share of scenarios in which none does better, 0 to 1")
    mean_hours_lost: Figure | None = Field(None, description="null where no trips are assigned")
    worst_hours_lost: Figure | None = None
    mean_trips_cut_off: Figure | None = None


class Difference(Shape):
    """Two options that follow each other by mean regret."""

    better: str
    worse: str
    held: Figure = Field(description="share of bootstrap draws of the scenarios in which the first is better on average")
    says: str


class Knowing(Shape):
    """What it would be worth to know something before choosing."""

    factor: str
    value: Figure = Field(ge=0, description="addresses fewer that are late, on average; a little too high by chance")
    choices: tuple[str, ...] = Field(description="the option with fewest late, from the lowest fifth of it to the highest")


class Manifest(Shape):
    """What makes the same cases again."""

    seed: int
    scenarios: int
    factors: tuple[str, ...]
    digest: str = Field(description="of network, options, scenarios and everything that stands")


class Repeat(Shape):
    """The same question with other draws: whether the order holds shows whether there were scenarios enough."""

    seed: int
    order: tuple[str, ...] = Field(description="options by mean regret, the least first")
    same_best: bool
    same_order: bool


class Ensemble(Shape):
    """Options times scenarios. Nobody's reaction is simulated: escalation stays a judgement beside it."""

    manifest: Manifest
    runs: tuple[Run, ...] = Field(description="by option and scenario, whatever the order in which they were done")
    unfinished: tuple[Unfinished, ...] = Field(description="of the runs and of the repeats, those that took too long")
    compared: int = Field(description="scenarios that every option finished: all that follows is of these")
    options: tuple[OptionResult, ...] = Field(description="the least mean regret first")
    differences: tuple[Difference, ...]
    by_hours_lost: tuple[Difference, ...] = Field(description="the same by hours lost; empty where no trips are assigned")
    repeats: tuple[Repeat, ...] = Field(description="with new seeds; empty where none was asked for")
    knowing: tuple[Knowing, ...] = Field(description="the most worth knowing first")
    assumed: tuple[str, ...]
