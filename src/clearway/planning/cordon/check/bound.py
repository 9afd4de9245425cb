"""What a plan claims to prove, beside what its paths prove."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clearway.planning.cordon.check.corner_proof import CornerProof
from clearway.planning.cordon.check.corners import RULE, Corners
from clearway.planning.cordon.check.price_list import PriceList
from clearway.planning.cordon.check.proof import Proof, Refused
from clearway.planning.cordon.check.seal import idle_barriers

if TYPE_CHECKING:
    from clearway.planning.cordon.check.network_reading import NetworkReading

_UNITS = 1024
"""To a hundredth of a point, as the format of plans has it."""
_PER_POINT = 100 * _UNITS


def proof_problems(reading: NetworkReading, plan: dict[str, Any]) -> tuple[list[str], str]:
    """What is wrong with the proof and with what the plan says it encloses, and a sentence about what the proof shows."""
    certificate = plan["certificate"]
    proof = CornerProof(reading, plan) if certificate.get("price_rule", 1) == RULE else Proof(reading, plan)
    if certificate["paths"] is None:
        word = "That nothing is cheaper rests on the exact solver's word: there is no flow to check."
        return [*proof.address_problems(), *_dearer_than_need_be(reading, plan)], word
    try:
        value = proof.value()
    except Refused as refusal:
        return [f"The proof fails: {refusal}."], ""
    excluded, paths = len(plan.get("excluded", ())), len(certificate["paths"])
    but = f" Barriers on {excluded} {'link' if excluded == 1 else 'links'} too short for one are left out." if excluded else ""
    prove = "path into the site proves" if paths == 1 else "paths into the site prove"
    proven = f"Nothing is cheaper: {paths} {prove} {plan['bound']:g} points.{but}"
    return [*proof.address_problems(), *_bound_problems(plan, value)], proven


def _dearer_than_need_be(reading: NetworkReading, plan: dict[str, Any]) -> list[str]:
    """What shows without a flow that a plan is not the cheapest: barriers that nobody needs, or places priced apart."""
    wishes = plan["question"]["pins"] or plan["question"]["keep_open"] or plan["question"]["at_most"]
    if not plan["optimal"] or wishes or plan["certificate"].get("price_rule", 1) != RULE:
        return []
    idle = idle_barriers(reading, plan)
    if idle:
        return [f"The plan claims to be the cheapest; without barrier {idle[0]} the site is sealed as well."]
    corners = Corners(reading, PriceList(reading), plan["certificate"])
    spots = [
        spot
        for barrier in plan["barriers"]
        for way, at_m in zip(barrier["way_indexes"], barrier["at_m"], strict=True)
        if (spot := corners.spot_at(int(way), float(at_m))) is not None
    ]
    least = corners.any(spots) // _UNITS
    if least < round(plan["barrier_cost"] * 100):
        return [f"The plan claims to be the cheapest; by corners the same barriers cost {least / 100:g} points."]
    return []


def _bound_problems(plan: dict[str, Any], value: int) -> list[str]:
    addresses = plan["enclosed"]["addresses"] * plan["certificate"]["address_weight"]
    hundredths = round(plan["barrier_cost"] * 100)
    proven = (value - addresses) // _UNITS
    claimed = round((plan["bound"] - plan["cost"]) * 100) + hundredths
    if claimed > proven:
        return [f"The plan claims a bound of {plan['bound']:g} points; the flow proves {value / _PER_POINT:g}."]
    if plan["optimal"] and proven < hundredths:
        return ["The plan claims to be the cheapest; the flow does not prove it."]
    return []
