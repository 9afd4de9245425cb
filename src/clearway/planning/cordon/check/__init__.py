"""The independent checker of cordons: reads a plan and a network, and shares no code with what made the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clearway.errors import BadInput
from clearway.planning.cordon.check.bound import proof_problems
from clearway.planning.cordon.check.corners import RULE
from clearway.planning.cordon.check.network_reading import NetworkReading
from clearway.planning.cordon.check.prices import price_problems
from clearway.planning.cordon.check.seal import open_problems, seal_problems

if TYPE_CHECKING:
    from clearway.network.model import Network

_FORMAT = "clearway-cordon-1"


def check_cordon(network: Network, plan: dict[str, Any]) -> tuple[list[str], list[str]]:
    """Whether a plan's own claims hold: the seal, the streets that stay open, the cost and the proof that nothing is cheaper.

    How many addresses the barriers enclose is counted anew, except by rule 1 of prices (plans of earlier versions).

    Args:
        network: The network the plan was made on.
        plan: The plan's JSON.

    Returns:
        Sentences about what holds, and sentences about what does not. The plan is good when the second list is empty.

    Raises:
        BadInput: it is no cordon plan, or was made on another network.
    """
    if not isinstance(plan, dict) or plan.get("format") != _FORMAT:
        raise BadInput("This is not a cordon plan. Make one with 'clearway cordon NETWORK --site SITE.geojson --json'.")
    _refuse_newer(plan)
    try:
        reading = NetworkReading(network, plan["question"])
        problems = [*seal_problems(reading, plan), *open_problems(reading, plan), *price_problems(reading, plan)]
        flaws, proof = proof_problems(reading, plan)
    except (KeyError, IndexError, TypeError, ValueError, AttributeError) as error:
        raise BadInput(f"The plan is damaged or was made on another network ({error!r}). Plan the cordon again.") from error
    if problems or flaws:
        return [], [*problems, *flaws]
    seal = "No way in is left: with every barrier standing, a search from outside never enters the site."
    kept_open = ["Every street that is to stay open can be reached from outside."] if plan["question"]["keep_open"] else []
    return [seal, *kept_open, _adds_up(plan), proof], []


def _adds_up(plan: dict[str, Any]) -> str:
    """That the cost adds up; by rule 1 of prices the addresses in it are nobody's but the plan's word."""
    addresses = int(plan["enclosed"]["addresses"])
    if plan["certificate"].get("price_rule", 1) == RULE or not addresses:
        return "The cost adds up."
    return f"The cost adds up; that {addresses:,} addresses are enclosed was not counted anew."


def _refuse_newer(plan: dict[str, Any]) -> None:
    certificate = plan.get("certificate")
    rule = certificate.get("price_rule", 1) if isinstance(certificate, dict) else 1
    if rule not in {1, RULE}:
        raise BadInput(
            f"The plan prices corners by rule {rule}, which this version does not know. Check it with the version that made it."
        )
