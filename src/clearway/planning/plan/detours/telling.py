"""Movements, detours and warnings in words and on the map."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from clearway.planning.plan.detours.contract import Detour, Movement, SignedLeg, VehicleDetours, Warn
from clearway.planning.plan.detours.movements import there_and_back
from clearway.planning.plan.detours.signs import signs
from clearway.planning.turn_by_turn import TIGHT_DEGREES, corner, drawn, metres_of, stretches
from clearway.words import listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearway.planning.plan.detours.loads import Traffic
    from clearway.planning.plan.detours.movements import Approach, CutMovement
    from clearway.planning.plan.detours.signs import Sign
    from clearway.planning.plan.detours.streets import ThroughStreets
    from clearway.planning.street_names import StreetNames
    from clearway.planning.turn_by_turn import Stretch

_MS_PER_MINUTE = 60_000
"""Times of arcs are in milliseconds, answers in minutes."""


class Telling:
    """Tells what closures do to one kind of through traffic.

    Args:
        streets: Its streets.
        names: Of them.
        traffic: An hour's traffic; None where no trips are given.
    """

    def __init__(self, streets: ThroughStreets, names: StreetNames, traffic: Traffic | None) -> None:
        self._streets, self._network, self._names, self._traffic = streets, streets.network, names, traffic

    def vehicle(self, vehicle: str, cut: Sequence[CutMovement]) -> VehicleDetours:
        """The whole answer for this kind of traffic.

        Args:
            vehicle: What it is called.
            cut: What is cut, in the order in which it is told.
        """
        cut_off = self._streets.cut_off()
        return VehicleDetours(
            vehicle=vehicle,
            movements=tuple(self._movement(number, one) for number, one in enumerate(cut, 1)),
            warn=tuple(self._warn(sign) for sign in signs(self._streets)),
            cut_off=tuple(dict.fromkeys(self._names.between(way) for way in cut_off)),
        )

    def _movement(self, number: int, cut: CutMovement) -> Movement:
        first, last = cut.arcs[0], cut.arcs[-1]
        return Movement(
            number=number,
            along=listed(list(dict.fromkeys(self._names.street(arc >> 1) for arc in cut.arcs))),
            starts_at=corner(self._names, int(self._network.arc_tail[first]), first >> 1),
            ends_at=corner(self._names, int(self._network.arc_head[last]), last >> 1),
            closures=self._streets.labels(cut.arcs),
            metres=metres_of(self._network, cut.arcs),
            flow_before_per_hour=None if self._traffic is None else float(self._traffic.before.flow_per_hour[first]),
            detours=tuple(self._round(approach) for approach in cut.approaches),
            line=drawn(self._network, cut.arcs),
            way_indexes=tuple(dict.fromkeys(arc >> 1 for arc in cut.arcs)),
        )

    def _round(self, approach: Approach) -> Detour:
        leaves, joins = approach.leaves, approach.joins
        network, coming_from = self._network, self._names.street(leaves >> 1)
        if approach.arcs is None:
            return Detour(
                coming_from=coming_from, leaves_at="", joins_at="", legs=(), metres=None, metres_added=None, minutes_added=None,
                minutes_added_in_traffic=None, overloaded=None, tight=(), there_and_back=(), line=None,
                way_indexes=(),
            )  # fmt: skip
        arcs, traffic = approach.arcs, self._traffic
        metres = metres_of(self._network, arcs)
        legs = stretches(self._names, self._streets.headings, arcs, leaves, joins)
        return Detour(
            coming_from=coming_from,
            leaves_at=corner(self._names, int(network.arc_head[leaves]), leaves >> 1),
            joins_at=corner(self._names, int(network.arc_tail[joins]), joins >> 1),
            legs=tuple(self._leg(leg) for leg in legs),
            metres=metres,
            metres_added=metres - metres_of(self._network, approach.instead_of),
            minutes_added=approach.added_ms / _MS_PER_MINUTE,
            minutes_added_in_traffic=None if traffic is None else traffic.minutes_added(approach.instead_of, arcs),
            overloaded=None if traffic is None else traffic.overloaded(self._names, arcs),
            tight=self._tight([leaves, *arcs, joins]),
            there_and_back=self._there_and_back([leaves, *arcs, joins]),
            line=drawn(self._network, arcs) if arcs else None,
            way_indexes=tuple(dict.fromkeys(arc >> 1 for arc in arcs)),
        )

    def _leg(self, leg: Stretch) -> SignedLeg:
        load = None if self._traffic is None else self._traffic.load(self._names, leg.driven)
        return SignedLeg(turn=leg.turn, street=leg.street, metres=metres_of(self._network, leg.driven), load=load)

    def _there_and_back(self, arcs: Sequence[int]) -> tuple[str, ...]:
        """Streets that a way drives in both directions."""
        return tuple(dict.fromkeys(self._names.street(arcs[first] >> 1) for first, _ in sorted(there_and_back(arcs))))

    def _tight(self, arcs: Sequence[int]) -> tuple[str, ...]:
        turned = self._streets.headings.turned(np.array(arcs[:-1]), np.array(arcs[1:]))
        return tuple(
            f"from {self._names.street(one >> 1)} into {self._names.street(other >> 1)}"
            for (one, other), degrees in zip(pairwise(arcs), turned.tolist(), strict=True)
            if abs(degrees) > TIGHT_DEGREES
        )

    def _warn(self, sign: Sign) -> Warn:
        junction = int(self._network.arc_tail[sign.arc])
        way = sign.arc >> 1
        return Warn(
            where=corner(self._names, junction, way),
            lon=float(self._network.junction_lon[junction]),
            lat=float(self._network.junction_lat[junction]),
            street=self._names.street(way),
            arms=tuple(dict.fromkeys(self._names.street(arm >> 1) for arm in sign.arms)),
            metres=sign.metres,
            traps=sign.traps,
            closures=self._streets.labels(sign.meets),
            way_indexes=(way,),
        )
