"""What a plan claims to prove, beside what its paths prove."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clearway.planning.cordon.check.corner_proof import CornerProof
from clearway.planning.cordon.check.corners import RULE
from clearway.planning.cordon.check.proof import Proof, Refused

if TYPE_CHECKING:
    from clearway.planning.cordon.check.network_reading import NetworkReading

_UNITS = 1024
"""To a hundredth of a point, as the format of plans has it."""
_PER_POINT = 100 * _UNITS


def proof_problems(reading: NetworkReading, plan: dict[str, Any]) -> tuple[list[str], str]:
    """What is wrong with the proof, and a sentence about what it proves."""
    certificate = plan["certificate"]
    if certificate["paths"] is None:
        return [], "That nothing is cheaper rests on the exact solver's word: there is no flow to check."
    try:
        proof = CornerProof if certificate.get("price_rule", 1) == RULE else Proof
        value = proof(reading, plan).value()
    except Refused as refusal:
        return [f"The proof fails: {refusal}."], ""
    return _bound_problems(
        plan, value
    ), f"Nothing is cheaper: {len(certificate['paths'])} paths into the site prove {plan['bound']:g} points."


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
