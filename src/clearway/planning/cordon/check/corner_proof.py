"""The proof by rule 2, in which a crew at a corner closes any of its arms.

What a cordon pays is in items: the own part of each closed arm, and of each corner the largest rest of its closed arms. A path
passes each arm at the expense of one item that is paid if the arm is closed. No item bears more than it costs, so the paths
together are no more than what any cordon pays. A rest that is used in steps bears, up to each step, no more than the step.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from itertools import combinations
from typing import TYPE_CHECKING, Any

from clearway.planning.cordon.check.corners import Corners
from clearway.planning.cordon.check.proof import Proof, Refused

if TYPE_CHECKING:
    from clearway.planning.cordon.check.corners import Spot
    from clearway.planning.cordon.check.network_reading import NetworkReading

_UNITS = 1024
"""To a hundredth of a point, as the format of plans has it."""
_ALONG, _AGAINST = "spot", "spot back"


class CornerProof(Proof):
    """Follows the paths of a certificate by rule 2."""

    def __init__(self, reading: NetworkReading, plan: dict[str, Any]) -> None:
        super().__init__(reading, plan)
        self._corners = Corners(reading, self._prices, self._certificate)
        self._at_corner: Counter[tuple[str, int, int]] = Counter()
        self._steps: dict[int, Counter[int]] = {}
        self._barred = {(int(way), int(spot)) for _, way, spot in self._certificate["barred"]}
        self._closed = {
            spot
            for barrier in plan["barriers"]
            for way, at_m in zip(barrier["way_indexes"], barrier["at_m"], strict=True)
            if (spot := self._corners.spot_at(int(way), float(at_m))) is not None
        }
        self._pinned = {(int(way), int(spot)) for _, way, spot in self._certificate["standing"]}
        self._barrable = cache(self._may_stand)

    def _follow(self, amount: int, steps: list[tuple[Any, ...]]) -> None:
        state = self._started = self._start(amount, [hop for step in steps[:2] for hop in _hops(step)])
        for number, step in enumerate(steps):
            if step[0] == "spot":
                state = self._over(state, int(step[1]), int(step[2]), amount)
            elif step[0] == "corner":
                corner = self._corners.at_junction(int(step[1]))
                if corner is None or int(step[2]) < 0:
                    raise Refused("a path uses a corner that there is not")
                for spot in step[3]:
                    state = self._over_arm(state, corner, int(step[2]), (int(spot[0]), int(spot[1])), amount)
                self._steps.setdefault(corner, Counter())[int(step[2])] += amount
            elif step[0] == "leads":
                state = self._jump(state, self._place(step[1:]))
            elif number or step[0] not in {"addresses", "held"}:
                raise Refused("a path has a step of no known kind")
        if state[0] != "site" and not self._is_site(state):
            raise Refused("a path ends outside the site")

    def _over_arm(self, state: Any, corner: int, least: int, spot: Spot, amount: int) -> Any:  # noqa: ANN401 - a state of the search
        if self._corners.of(spot) != corner or (self._barrable(spot) and self._corners.rest(spot) < least):
            raise Refused("a path passes a street at the expense of a corner that does not pay for it")
        forward = self._end(*spot, 0) == state
        self._at_corner[_ALONG if forward else _AGAINST, *spot] += amount
        return self._over(state, *spot, amount)

    def address_problems(self) -> list[str]:
        """Whether the plan counts the addresses that its barriers enclose: those reached from outside without them alone."""
        found, said = self.enclosed_addresses(self._closed), self._plan["enclosed"]["addresses"]
        return [] if found == said else [f"The barriers enclose {found} addresses; the plan says {said}."]

    def _check_prices(self) -> None:
        self._check_wishes()
        used = {(way, spot) for kind, way, spot in self._used if kind in {_ALONG, _AGAINST} and self._barrable((way, spot))}
        excluded = set(self._certificate["excluded"])
        passed = {(way, spot) for kind, way, spot in self._used if kind in {_ALONG, _AGAINST} and way not in excluded}
        if any(map(self._corners.left_out, passed)):
            raise Refused("it leaves out a short link that it does not list")
        for kind, first, second in self._used:
            if kind not in {_ALONG, _AGAINST} and self._used[kind, first, second] > (self._limit(kind, first, second) or 0):
                raise Refused(f"more passes {self._name(kind, first)} than enclosing it costs")
        for spot in sorted(used):
            if spot in self._pinned:
                raise Refused("a path runs through a barrier that a wish pins")
            if self._own_use(spot) > self._bears(spot, used):
                raise Refused(f"more passes {self._name('spot', spot[0])} than a barrier there costs")
        for corner, steps in self._steps.items():
            self._check_steps(corner, steps)
        for pair in self._corners.pairs:
            self._check_carriageways(pair)

    def _own_use(self, spot: Spot) -> int:
        """What passes a spot at its own expense, in the direction in which more does."""
        return max(self._used[kind, *spot] - self._at_corner[kind, *spot] for kind in (_ALONG, _AGAINST))

    def _use(self, spot: Spot) -> int:
        return max(self._used[kind, *spot] for kind in (_ALONG, _AGAINST))

    def _bears(self, spot: Spot, used: set[Spot]) -> int:
        """Units that may pass a spot at its own expense: alone at its corner, all that it costs."""
        corner = self._corners.of(spot)
        alone = (self._corners.alone(spot) or 0) * _UNITS + 1
        if corner is None:
            return alone
        others = {other for other in used | self._pinned if other != spot and self._corners.of(other) == corner}
        return self._corners.own(spot) * _UNITS if others or corner in self._steps else alone

    def _check_steps(self, corner: int, steps: Counter[int]) -> None:
        """Up to each step of a rest no more may pass than what closing any arm of that rest adds to the pinned ones."""
        pinned = [spot for spot in self._pinned if self._corners.of(spot) == corner]
        dearer = {spot: more for spot in pinned if (more := self._dearer_abreast(spot)) is not None}
        alone = [self._corners.rest(spot) for spot in pinned if spot not in dearer]
        paid = max(alone, default=0)
        parted = [chosen for count in range(len(dearer) + 1) for chosen in combinations(dearer, count)]
        total = 0
        for step in sorted(steps):
            total += steps[step]
            adds = min(
                max(paid, step, *map(self._corners.rest, chosen)) - paid - sum(dearer[spot] for spot in chosen)
                for chosen in parted
            )
            if total > max(adds * _UNITS + (0 if alone else 1), 0):
                raise Refused(f"more passes {self._called(corner)} than closing streets there costs")

    def _dearer_abreast(self, spot: Spot) -> int | None:
        """How much dearer, hundredths, a pinned arm and the pinned carriageway beside it are together than apart.

        Together they are a place of their own, which pays nothing for the corner. Apart, the arm pays its own part there,
        and the other what it costs alone: once the corner closes another arm too, that may be cheaper.

        Returns:
            None where there is no such carriageway, or where the two are as cheap apart from the beginning.
        """
        corners = self._corners
        for pair in corners.pairs:
            if spot in pair and self._pinned.issuperset(pair) and corners.of(pair[0]) != corners.of(pair[1]):
                (other,) = set(pair) - {spot}
                apart = corners.own(other) if corners.of(other) in self._steps else corners.alone(other)
                together = corners.abreast(pair)
                if apart is not None and together is not None and together - corners.own(spot) - apart < corners.rest(spot):
                    return together - corners.own(spot) - apart
        return None

    def _called(self, corner: int) -> str:
        names = dict.fromkeys(name for way in self._ways_at.get(corner, ()) if (name := self._network.street(way)))
        return f"the corner of {' and '.join(names)}" if names else f"corner {corner}"

    def _check_carriageways(self, pair: tuple[Spot, ...]) -> None:
        corners = self._corners
        if self._barred.intersection(pair) or not all(self._barrable(spot) for spot in pair):
            return
        at = [corners.of(spot) for spot in pair]
        inner = at[0] is not None and at[0] == at[1]
        if inner:
            limit = (sum(map(corners.own, pair)) - corners.saved(pair)) * _UNITS
        else:
            limit = (corners.abreast(pair) or 0) * _UNITS + 1
        standing = [spot for spot in pair if spot in self._pinned]
        if len(standing) == len(pair) or (standing and not inner and corners.of(standing[0]) is not None):
            return
        for spot in standing:
            limit -= corners.own(spot) * _UNITS if inner else (corners.alone(spot) or 0) * _UNITS + 1
        passing = sum(self._own_use(spot) if inner else self._use(spot) for spot in pair if spot not in self._pinned)
        if passing > limit:
            raise Refused(f"more passes the two carriageways of {self._name('spot', pair[0][0])} than closing both costs")

    def _check_wishes(self) -> None:
        question = self._reading.question
        ways = {*question["keep_open"], *question["never_ways"]}
        if len(self._places_of({spot for spot in self._barred if spot[0] not in ways})) > len(question["never"]):
            raise Refused("it leaves out places that no wish rules out")
        if not self._pinned <= self._closed:
            raise Refused("a barrier that a wish pins is missing")
        if self._closed & self._barred or any(way in ways for way, _ in self._closed):
            raise Refused("a barrier stands where a wish rules it out")

    def _places_of(self, spots: set[Spot]) -> set[Any]:
        """The places that spots make up: those of one corner, and the two carriageways of a street, are one."""
        home: dict[Any, Any] = {spot: corner if (corner := self._corners.of(spot)) is not None else spot for spot in spots}
        for pair in self._corners.pairs:
            if spots.issuperset(pair):
                one, other = (home[spot] for spot in pair)
                home = {spot: one if own == other else own for spot, own in home.items()}
        return set(home.values())

    def _may_stand(self, spot: Spot) -> bool:
        """Whether a barrier can stand at a spot, wishes included."""
        if spot in self._barred or spot[0] in self._reading.stretches or self._has_no_room(*spot):
            return False
        return self._corners.price(spot) is not None

    def _standing(self) -> int:
        claimed = int(self._certificate["standing_price"])
        if claimed != (self._corners.any(self._pinned) if self._pinned else 0):
            raise Refused("the pinned barriers cost something else")
        if claimed % _UNITS > len(self._reading.question["pins"]):
            raise Refused("it counts barriers that no wish asks for")
        return claimed


def _hops(step: tuple[Any, ...]) -> list[tuple[Any, ...]]:
    """The single spots that a step passes; any other step as it is."""
    return [("spot", *spot) for spot in step[3]] if step[0] == "corner" else [step]
