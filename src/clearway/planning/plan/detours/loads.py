"""What the traffic engine says of a detour: how full its streets are under the closures. Never guessed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from clearway.planning.cordon.planner.steps import untold
from clearway.planning.plan.detours.contract import Load
from clearway.planning.traffic.impact.arc_traffic import arc_traffic
from clearway.planning.traffic.impact.assigner import watching

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearway.assignment.problem import TripTable
    from clearway.network.closures import Closure
    from clearway.planning.cordon.planner.steps import Tell
    from clearway.planning.street_names import StreetNames
    from clearway.planning.traffic.impact.arc_traffic import ArcTraffic
    from clearway.planning.traffic.impact.assigner import Assigner

FULL = 1.0
"""Flow by capacity."""


@dataclass(frozen=True, eq=False)
class Traffic:
    """An hour's traffic in equilibrium, each driver on the quickest way, without the closures and under them.

    Attributes:
        before: Without.
        after: Under them.
        statement: Where the trips come from.
    """

    before: ArcTraffic
    after: ArcTraffic
    statement: str

    def load(self, names: StreetNames, arcs: Sequence[int]) -> Load | None:
        """The load of some arcs where they are fullest; None where there are none."""
        if not arcs:
            return None
        fullest = max(arcs, key=lambda arc: float(self.after.saturation[arc]))
        return Load(
            flow_per_hour=float(self.after.flow_per_hour[fullest]),
            share_of_capacity=float(self.after.saturation[fullest]),
            share_before=float(self.before.saturation[fullest]),
            where=names.between(fullest >> 1),
        )

    def overloaded(self, names: StreetNames, arcs: Sequence[int]) -> tuple[str, ...]:
        """Pieces of street among some arcs that more wants to drive than they take."""
        return tuple(dict.fromkeys(names.between(arc >> 1) for arc in arcs if self.after.saturation[arc] > FULL))

    def minutes_added(self, old: Sequence[int], new: Sequence[int]) -> float:
        """Minutes from what was driven without the closures to what is driven under them."""
        before, after = self.before.time_s[np.array(old, np.int64)], self.after.time_s[np.array(new, np.int64)]
        return float(after.sum() - before.sum()) / 60


def loaded(assigner: Assigner, trips: TripTable, hour: int, closures: Sequence[Closure], tell: Tell = untold) -> Traffic:
    """An hour's trips, assigned without closures and under them.

    Args:
        assigner: Of the network's streets.
        trips: Of that hour.
        hour: When it begins, 0 to 23.
        closures: What is shut.
        tell: Called with what is being done and the share that is done, 0 to 1; what it raises ends the work.

    Raises:
        BadTraffic: the trips cannot be assigned.
    """
    before = assigner.without_closures(trips, watching(tell, "Assigning the trips to the streets as they are", 0.0)).solution
    after = assigner.with_closures(trips, closures, watching(tell, "Assigning them under the closures", 0.5)).solution
    return Traffic(
        before=arc_traffic(assigner.streets, before),
        after=arc_traffic(assigner.streets, after),
        statement=f"{trips.statement} The hour from {hour}:00 is assigned.",
    )
