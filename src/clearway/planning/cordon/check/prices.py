"""The prices of a plan: whether each barrier costs what it must, and whether the sums agree."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clearway.planning.cordon.check.corners import RULE, Corners, spot_number
from clearway.planning.cordon.check.price_list import PriceList

if TYPE_CHECKING:
    from clearway.planning.cordon.check.network_reading import NetworkReading

_CLOSE_POINTS = 1e-6
"""Costs are hundredths of a point: what differs by less is the same number written otherwise."""


def price_problems(reading: NetworkReading, plan: dict[str, Any]) -> list[str]:
    """Whether every barrier costs what it must and the sums agree; sentences about what does not."""
    prices, problems = PriceList(reading), []
    corners = Corners(reading, prices, plan["certificate"]) if plan["certificate"].get("price_rule", 1) == RULE else None
    for barrier in plan["barriers"]:
        expected = _by_corners(corners, barrier) if corners else _expected(prices, reading, plan, barrier)
        if expected is None:
            problems.append(f"Barrier {barrier['number']} stands where no barrier may stand.")
        elif abs(expected / 100 - barrier["cost"]) > _CLOSE_POINTS:
            problems.append(
                f"Barrier {barrier['number']} costs {barrier['cost']:g} in the plan but {expected / 100:g} in the table."
            )
    total = sum(barrier["cost"] for barrier in plan["barriers"])
    if abs(total - plan["barrier_cost"]) > _CLOSE_POINTS:
        problems.append(f"The barriers cost {total:g} together; the plan says {plan['barrier_cost']:g}.")
    whole = plan["barrier_cost"] + plan["enclosed"]["addresses"] * plan["question"]["address_cost"]
    if abs(whole - plan["cost"]) > max(_CLOSE_POINTS, 1e-5 * plan["enclosed"]["addresses"]):
        problems.append(f"Barriers and addresses cost {whole:g} together; the plan says {plan['cost']:g}.")
    return problems


def _by_corners(corners: Corners, barrier: dict[str, Any]) -> int | None:
    """By rule 2: arms of one corner, two carriageways abreast, or one spot."""
    at = zip(barrier["way_indexes"], barrier["at_m"], strict=True)
    found = {corners.spot_at(int(way), float(at_m)) for way, at_m in at}
    spots = {spot for spot in found if spot is not None}
    if len(spots) < len(found):
        return None
    if len(spots) == 1:
        return corners.alone(min(spots))
    at_corner = {corners.of(spot) for spot in spots}
    if len(at_corner) == 1 and None not in at_corner:
        return corners.together(spots)
    pair = next((pair for pair in corners.pairs if spots == set(pair)), None)
    return corners.abreast(pair) if pair else None


def _expected(prices: PriceList, reading: NetworkReading, plan: dict[str, Any], barrier: dict[str, Any]) -> int | None:
    ways, offsets = barrier["way_indexes"], barrier["at_m"]
    if barrier["place"] == "junction":
        arms = [prices.mouth(way) for way in ways]
        return None if None in arms else prices.joint([arm for arm in arms if arm is not None], "junction_share")
    single = [_spot_price(prices, reading, plan, way, at_m) for way, at_m in zip(ways, offsets, strict=True)]
    known = [price for price in single if price is not None]
    if len(known) < len(single):
        return None
    return known[0] if len(known) == 1 else prices.joint(known, "carriageway_share")


def _spot_price(prices: PriceList, reading: NetworkReading, plan: dict[str, Any], way: int, at_m: float) -> int | None:
    length = float(reading.network.way_length_m[way])
    mouth_m = min(_MOUTH_M, length / 3)
    offsets = plan["certificate"]["spots"].get(str(way), [mouth_m, length - mouth_m])
    number = spot_number(offsets, at_m)
    if number is None:
        return None
    return prices.mouth(way) if number in {0, len(offsets) - 1} else prices.mid_block(way)


_MOUTH_M = 8.0
"""How far into a way from its end a barrier stands; on a short way a third of it."""
