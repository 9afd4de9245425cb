"""An option with what it names: plans of barriers, crews and trucks, who tows, schedules."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from clearway.planning.options.ground import Prepared, SetUp, refuse_schedule
from clearway.planning.options.option import Barriers, Tow

if TYPE_CHECKING:
    from clearway.planning.options.ground import OptionGround
    from clearway.planning.options.option import Option
    from clearway.planning.plan.stages.means import Means
    from clearway.planning.vehicles.towing.contract import Towed
    from clearway.planning.vehicles.towing.means import TowMeans
    from clearway.record.kinds.plans import TrafficPlan


class NamedPlan(NamedTuple):
    """A plan that an option names.

    Attributes:
        plan: Whose barriers it sets up.
        entry: That holds it; None: it is of a file.
    """

    plan: TrafficPlan
    entry: str | None = None


class Beside(Protocol):
    """Where that lies which options name; each raises BadInput or NotFound for what is not there or cannot be used."""

    def plan(self, name: str) -> NamedPlan:
        """A plan of the record by its name, or of a file."""

    def crews(self, name: str) -> Means:
        """Crews, trucks and kit that set a plan up."""

    def towing(self, name: str) -> TowMeans:
        """Operators and storage."""

    def schedule(self, name: str) -> Towed:
        """A schedule of trucks that was made before."""


def prepare(option: Option, ground: OptionGround, beside: Beside) -> Prepared:
    """An option with the plans and schedules that it names.

    Args:
        option: The option.
        ground: The streets: schedules are made on them, and those that were made before must belong to them.
        beside: Where its files lie.

    Raises:
        BadFile, NotFound: a plan, means or schedule cannot be read.
        BadInput: a schedule belongs to other streets or another tally, or does not pass its check.
    """
    set_ups: list[SetUp] = []
    for act in option.does:
        if isinstance(act, Barriers):
            named = beside.plan(act.plan)
            set_ups.append(SetUp(named.plan, act.plan, beside.crews(act.means) if act.means else None, named.entry))
    schedules: list[Towed] = []
    for tow in option.does:
        if not isinstance(tow, Tow):
            continue
        if tow.means:
            schedules.append(ground.schedule(beside.towing(tow.means), tow.starts, set_ups))
        elif tow.schedule:
            schedule = beside.schedule(tow.schedule)
            refuse_schedule(schedule, ground, tow.schedule)
            schedules.append(schedule)
    return Prepared(option, tuple(set_ups), tuple(schedules))
