"""What the papers of a plan are made of: the plan, and what was found of it. Nothing here is looked up or computed twice."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from clearway.planning.decide.ordered import Ordered
from clearway.planning.plan.closures import barriers_placed
from clearway.planning.plan.passages import full_moment
from clearway.publish.plan.spots import Spot, spots_of
from clearway.record.place_words import place_words
from clearway.words import time_words

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from clearway.planning.gazetteer import Gazetteer
    from clearway.planning.plan.buses.contract import BusChanges
    from clearway.planning.plan.contract import PlanChecks, PlanStatus
    from clearway.planning.plan.detours.contract import Detours
    from clearway.planning.plan.march.contract import MarchAnswer
    from clearway.planning.plan.stages.contract import StagePlan
    from clearway.planning.plan.to_hospital import HospitalWay
    from clearway.record.kinds.plans import TrafficPlan
    from clearway.record.place import Place


_SHORT = 8
"""Letters of an id that still stand beside a sign on a map."""


@dataclass(frozen=True, kw_only=True)
class Known:
    """A plan, and what is known of it.

    Attributes:
        plan: The plan.
        zone: The operation's.
        made: When its papers are made.
        gazetteer: Of the network; None: no map is drawn, and nothing was found on streets.
        checks: None: nobody checked it.
        status: How it stands against what is reported; None: nothing was read of a record.
        adopted: By whom, and past which failed checks; None: nobody adopted it, as far as is known.
        detours: None: not looked for.
        buses: None: no timetable was given.
        to_hospital: By gate.
        stages: Who does what when; none: nobody planned it.
        marches: What each shuts when; none: nobody worked it out.
        ordered: The objective and the decision that hold, as far as the record says.
    """

    plan: TrafficPlan
    zone: ZoneInfo
    made: datetime
    gazetteer: Gazetteer | None = None
    checks: PlanChecks | None = None
    status: PlanStatus | None = None
    adopted: str | None = None
    detours: Detours | None = None
    buses: BusChanges | None = None
    to_hospital: Mapping[str, HospitalWay] = field(default_factory=dict)
    stages: tuple[StagePlan, ...] = ()
    marches: tuple[MarchAnswer, ...] = ()
    ordered: Ordered = field(default_factory=Ordered)

    @cached_property
    def spots(self) -> Mapping[str, tuple[Spot, ...]]:
        """Where each barrier stands on the streets, by its id; none of those that stand nowhere on this map."""
        if self.gazetteer is None:
            return {}
        return spots_of(barriers_placed(self.plan, self.gazetteer, None), self.gazetteer)

    @property
    def moment(self) -> datetime | None:
        """When most barriers stand."""
        return full_moment(self.plan)

    def time(self, moment: datetime) -> str:
        """A moment with its day."""
        return time_words(moment, self.zone)

    def lasting(self, starts: datetime | None, ends: datetime | None, *, whole: str = "as long as the plan holds") -> str:
        """From when until when, in few words."""
        parts = [
            f"{word} {moment.astimezone(self.zone):%a %-d %b %H:%M}"
            for word, moment in (("from", starts), ("until", ends))
            if moment is not None
        ]
        return " ".join(parts) or whole

    def sign(self, name: str) -> str:
        """What a barrier is called on a map: its id, or where that is long its number in the plan."""
        if len(name) <= _SHORT:
            return name
        return f"No {next(number for number, one in enumerate(self.plan.barriers, 1) if one.id == name)}"

    def called(self, name: str) -> str:
        """A barrier's id, with what maps call it where that is something else."""
        sign = self.sign(name)
        return name if sign == name else f"{sign}: {name}"

    def where(self, place: Place) -> str:
        """A place as people call it."""
        return place_words([place])

    def spot_of(self, place: Place) -> tuple[float, float] | None:
        """Longitude and latitude of a place; None where nobody knows a spot."""
        if self.gazetteer is not None:
            return self.gazetteer.of(place).spot
        at = getattr(place, "at", None)
        return None if at is None else (float(at[0]), float(at[1]))
