"""The independent checker of handover points: it shares no code with the search that chose them.

A certificate is accepted only if all of this holds on the network that it was made on:

* every point has drives from stations and drives to hospitals, at least two of each;
* every drive begins at its station, or ends at its hospital, and takes arc after arc to or from the corner of its point;
* it goes only where the class may drive, past no obstacle and no closure, and makes no forbidden turn;
* its milliseconds add up, a station's turnout included;
* no stretch of street is on all drives to a point, nor on all drives from it: one vehicle across a street stops none of them;
* every walk begins at its place, takes arc after arc where people may walk, and ends at the corner of its point;
* it takes no steps unless a stretcher is carried over steps; its milliseconds add up at the bearers' speed;
* from no place could anybody walk to one of the points sooner; from one without a walk nobody can walk to any;
* every address that is to be inside has its place, none twice, and each lies where the network has it.

Which addresses are inside is the seal's verdict; it is taken as given here. Further closures may be added: what the record says
has shut an approach since makes the certificate refused.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clearway.errors import BadInput
from clearway.network.store import network_digest
from clearway.planning.access.check.claim import ClosureClaim, StationClaim
from clearway.planning.access.check.network_reading import NetworkReading, Streets
from clearway.planning.access.check.paths import Flaws
from clearway.planning.plan.handover.check.drives import check_drives
from clearway.planning.plan.handover.check.walks import check_walks

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from clearway.network.model import Network

FORMAT = "clearway-handover-1"
_REMEDY = "Make one with 'clearway plan handover PLAN --certificate FILE'."


def check_handover(
    network: Network,
    certificate: object,
    *,
    inside: Iterable[int] | None = None,
    also_shut: Sequence[tuple[int, float | None, str]] = (),
) -> tuple[str, ...]:
    """What does not hold of a certificate, a sentence each; none: it is good.

    Args:
        network: The network it was made on.
        certificate: Its parsed JSON.
        inside: Addresses of which each must have its place; None: not compared.
        also_shut: What is shut besides: way, metres from its tail or None for all of it, and what it is called.

    Raises:
        BadInput: it is not such a certificate, or it is damaged.
    """
    if not isinstance(certificate, dict) or certificate.get("format") != FORMAT:
        raise BadInput(f"This is not a certificate of handover points. {_REMEDY}")
    try:
        if certificate["network"]["digest"] != network_digest(network):
            return (f"It was made on another network, {certificate['network']['name']!r}; this one is {network.name!r}.",)
        return tuple(_flaws(network, certificate, inside, also_shut))
    except (KeyError, IndexError, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise BadInput(f"The certificate of handover points is damaged ({error!r}). {_REMEDY}") from error


def _flaws(
    network: Network,
    certificate: dict[str, Any],
    inside: Iterable[int] | None,
    also_shut: Sequence[tuple[int, float | None, str]],
) -> list[str]:
    flaws = Flaws()
    if not certificate["points"]:
        return ["It names no point."]
    streets = Streets(network, str(certificate["class"]), certificate["vehicle"])
    closures = [_closure(one) for one in certificate["closures"]]
    planned = NetworkReading(streets, closures)
    more = [ClosureClaim(way, at_m, along=True, against=True) for way, at_m, _ in also_shut]
    reading = NetworkReading(streets, [*closures, *more]) if more else planned
    stations, hospitals = ([_station(one) for one in certificate[name]] for name in ("stations", "hospitals"))
    for point in certificate["points"]:
        check_drives(reading, point, stations, hospitals, flaws)
    if flaws.any() and more:
        shut = {name for way, _, name in also_shut if _is_driven(certificate, way)}
        flaws.add("shut", f"Since then shut, on an approach: {', '.join(sorted(shut)) or 'nothing on these drives'}")
    check_walks(network, certificate, inside, flaws)
    return flaws.sentences()


def _is_driven(certificate: dict[str, Any], way: int) -> bool:
    return any(
        arc >> 1 == way
        for point in certificate["points"]
        for side in ("in", "out")
        for one in point[side]
        for arc in one["arcs"]
    )


def _closure(one: dict[str, Any]) -> ClosureClaim:
    at_m = None if one["at_m"] is None else float(one["at_m"])
    return ClosureClaim(int(one["way"]), at_m, bool(one["along"]), bool(one["against"]))


def _station(one: dict[str, Any]) -> StationClaim:
    return StationClaim(
        str(one["name"]), float(one["lon"]), float(one["lat"]), int(one["way"]), float(one["at_m"]), int(one["turnout_ms"])
    )
