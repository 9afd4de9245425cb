"""Whether gates and vehicles of an answer are those of the plan, the cordon, the closures and the tally that it was made of.

This part reads a plan as the answer did: the check proper (:mod:`.check`) takes gates and vehicles from the answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import ValidationError

from clearway.errors import BadInput
from clearway.planning.vehicles.offer.contract import Offered
from clearway.planning.vehicles.offer.gates import gates_of
from clearway.planning.vehicles.offer.leaving import closures_out, located
from clearway.planning.vehicles.offer.planning import claims_of, tall_of
from clearway.words import listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from clearway.network.model import Network
    from clearway.planning.vehicles.contract import ShutClaim
    from clearway.planning.vehicles.offer.contract import LeavingGate
    from clearway.planning.vehicles.offer.leaving import Checkpoint
    from clearway.planning.vehicles.tally import Stretch


def read_offered(document: object) -> Offered:
    """An answer from parsed JSON.

    Raises:
        BadInput: it is none, or is damaged.
    """
    try:
        return Offered.model_validate(document)
    except ValidationError as error:
        raise BadInput(
            "This is not an answer of 'clearway vehicles offer'. Give the JSON that it prints with --json."
        ) from error


def wrong_gates(network: Network, answer: Offered, points: Sequence[Checkpoint]) -> Iterator[str]:
    """What of the gates of an answer, and of what it lists as shut, is not so by these points at its moment.

    Args:
        network: The network that it was made on.
        answer: The answer.
        points: What stands there, read anew.
    """
    own = {way for one in answer.leavers for way in one.ways}
    there = tuple(located((one for one in points if one.at_m is not None or one.way not in own), network))
    true = {one.label: one for one in gates_of(there, at=answer.at, per_minute=None, rates={})}
    told = {one.label: one for one in answer.gates}
    if missing := sorted(true.keys() - told.keys()):
        yield f"{listed(missing)} {'is' if len(missing) == 1 else 'are'} missing among the gates."
    if more := sorted(told.keys() - true.keys()):
        yield f"{listed(more)} {'is not a gate' if len(more) == 1 else 'are not gates'} of what was given."
    yield from (
        f"{label} does not let those who leave through as the answer says."
        for label in sorted(true.keys() & told.keys())
        if _facts(true[label]) != _facts(told[label])
    )
    for back, said in ((False, answer.shut), (True, answer.shut_back)):
        if _kept(claims_of(closures_out(there, back=back))) != _kept(said):
            who = "those who drive back" if back else "those who leave"
            yield f"What {who} find shut, or wait for, is not what was given."


def wrong_vehicles(answer: Offered, stretches: Sequence[Stretch]) -> Iterator[str]:
    """What of the vehicles of an answer is not as a tally has it."""
    told = {one.ways: one for one in answer.leavers}
    for one in stretches:
        leaver = told.pop(one.ways, None)
        if leaver is None:
            yield f"{one.name} of the tally is missing."
        elif (leaver.vehicles, leaver.tall) != (one.total, tall_of(one)):
            said = f"not {leaver.vehicles} and {leaver.tall}"
            yield f"On {one.name} stand {one.total} vehicles, {tall_of(one)} of them high, {said}."
    yield from (f"{one.stretch} is not in the tally." for one in told.values())


def _facts(gate: LeavingGate) -> tuple[object, ...]:
    points = sorted((one.way, round(one.at_m, 3), one.along, one.against) for one in gate.points)
    return points, gate.per_minute is None, gate.wait_ms, gate.shuts_s


def _kept(claims: Sequence[ShutClaim] | Iterator[ShutClaim]) -> list[tuple[object, ...]]:
    rows = ((one.way, -1.0 if one.at_m is None else round(one.at_m, 3), one.along, one.against, one.ms or -1) for one in claims)
    return sorted(rows)
