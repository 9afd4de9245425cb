"""The independent checker of access certificates: reads a certificate and a network, and shares no code with the search.

It drives every path again, arc by arc: may the class drive there, does a stop or a closure stand in the way, is the turn
allowed, do the milliseconds add up. Then it searches for itself (Dijkstra's method, scipy's, over junctions and the arcs last
driven), to see that no address is reached sooner, that none called unreached can be reached, and that the closures named
as cutting an address off do so alone.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import TYPE_CHECKING, Any

import numpy as np

from clearway.errors import BadInput
from clearway.network.classes import SIZES
from clearway.network.store import network_digest
from clearway.network.timed import network_at
from clearway.planning.access.check.claim import read_claim
from clearway.planning.access.check.network_reading import NEVER, NetworkReading, Streets
from clearway.planning.access.check.paths import Flaws, check_paths, check_stations

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearway.network.model import Network
    from clearway.planning.access.check.accepted import Accepted
    from clearway.planning.access.check.claim import Claim, Side, StationClaim

_FORMAT = "clearway-access-1"
_SERVICES_FORMAT = "clearway-access-2"
_REMEDY = "Make one with 'clearway access NETWORK --stations STATIONS.geojson'."


def check_access(network: Network, certificate: object, accepted: Accepted | None = None) -> tuple[list[str], list[str]]:
    """Whether a certificate's claims hold, those of each service where it has several.

    Args:
        network: The network it was made on.
        certificate: The certificate's JSON.
        accepted: What was accepted on this network before: its paths without closures are not driven again.

    Returns:
        Sentences about what holds, and sentences about what does not. The certificate is good when the second list is empty.

    Raises:
        BadInput: it is not an access certificate, or it is damaged.
    """
    if not isinstance(certificate, dict) or certificate.get("format") not in (_FORMAT, _SERVICES_FORMAT):
        raise BadInput(f"This is not an access certificate. {_REMEDY}")
    if certificate["format"] == _SERVICES_FORMAT:
        return _check_services(network, certificate, accepted)
    try:
        made_on, digest = certificate["network"]["name"], certificate["network"]["digest"]
        if digest != network_digest(network):
            return [], [f"It was made on another network, {made_on!r}; this one is {network.name!r}."]
        at_hours = bool(certificate.get("hours", False))
        if at_hours:
            network = network_at(network, datetime.fromisoformat(certificate["at"]))
        known = accepted.before(certificate) if accepted else None
        claim = read_claim(network, certificate, known)
    except (KeyError, IndexError, TypeError, ValueError, AttributeError) as error:
        raise BadInput(f"The access certificate is damaged ({error!r}). {_REMEDY}") from error
    flaws = _flaws(Streets(network, claim.vehicle_class, claim.size), claim, before_holds=known is not None)
    if flaws.any():
        return [], flaws.sentences()
    if accepted and not known:
        accepted.add(certificate, claim.before)
    timed = [f"Streets, barriers and turns with hours were taken as at {certificate['at']}."] if at_hours else []
    return _what_holds(claim) + timed, []


def _check_services(network: Network, certificate: dict[str, Any], accepted: Accepted | None) -> tuple[list[str], list[str]]:
    """The verdict on each service's own certificate; it holds where all of them do."""
    services = certificate.get("services")
    if not isinstance(services, list) or not services or not all(isinstance(one, dict) for one in services):
        raise BadInput(f"The access certificate names no service. {_REMEDY}")
    names = [str(one.get("service")) for one in services]
    if len(set(names)) < len(names):
        raise BadInput(f"The access certificate names a service twice. {_REMEDY}")
    holds: list[str] = []
    fails: list[str] = []
    for name, one in zip(names, services, strict=True):
        if one.get("format") != _FORMAT:
            raise BadInput(f"The access certificate is damaged (service {name!r}). {_REMEDY}")
        good, bad = check_access(network, one, accepted)
        holds += [f"{name}: {sentence}" for sentence in good]
        fails += [f"{name}: {sentence}" for sentence in bad]
    return holds, fails


def _flaws(streets: Streets, claim: Claim, *, before_holds: bool) -> Flaws:
    """Everything that does not hold; searches are made only for paths that can be driven."""
    flaws = Flaws()
    check_stations(streets, claim, flaws)
    sides = (
        ("before", claim.before, NetworkReading(streets, ())),
        ("after", claim.after, NetworkReading(streets, claim.closures, claim.gates)),
    )
    judged = sides[1:] if before_holds else sides
    for name, side, reading in judged:
        check_paths(reading, claim, side, name, flaws)
    if not flaws.any():
        for name, side, reading in judged:
            _check_nearest(reading, claim, side, name, flaws)
        if claim.trip is not None:
            for name, said, (_, _, reading) in zip(("before", "after"), claim.trip[1:], sides, strict=True):
                _check_hospitals(reading, claim.trip.hospitals, said, name, flaws)
        _check_witnesses(streets, claim, flaws)
    return flaws


def _check_nearest(reading: NetworkReading, claim: Claim, side: Side, name: str, flaws: Flaws) -> None:
    """Times must be the shortest, and what is listed as unreached must be so."""
    found = reading.address_ms(claim.stations)
    for address in np.flatnonzero(np.where(side.reached, side.addresses.ms, NEVER) != found).tolist():
        if side.reached[address]:
            said = side.addresses.ms[address]
            flaws.add(
                "sooner", f"In the paths {name}, address {address} can be reached in {found[address]} ms, sooner than {said}"
            )
        else:
            told = f"In the paths {name}, address {address} is listed as unreached but can be reached in {found[address]} ms"
            flaws.add("reachable", told)


def _check_hospitals(
    reading: NetworkReading, hospitals: Sequence[StationClaim], said: Sequence[int | None], name: str, flaws: Flaws
) -> None:
    """The drive from each address to the nearest hospital must take as long as it is said to."""
    for address, (claimed, found) in enumerate(zip(said, reading.hospital_ms(hospitals).tolist(), strict=True)):
        if (NEVER if claimed is None else claimed) != found:
            takes = "no hospital can be reached" if found == NEVER else f"the nearest hospital is reached in {found} ms"
            named = "none" if claimed is None else f"{claimed} ms"
            flaws.add("hospital", f"In the trips {name}, {takes} from address {address}, not {named}")


def _check_witnesses(streets: Streets, claim: Claim, flaws: Flaws) -> None:
    """With the named closures alone in force an address must still be out of reach."""
    by_witness: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for address, closures in claim.after.unreached.items():
        if address not in claim.before.unreached:
            by_witness[closures].append(address)
    for closures, addresses in by_witness.items():
        times = NetworkReading(streets, [claim.closures[index] for index in closures]).address_ms(claim.stations)
        for address in addresses:
            if times[address] < NEVER:
                named = "although the closures named for it are in force" if closures else "and no closure is named for it"
                flaws.add("witness", f"Address {address} is listed as cut off, but it can be reached {named}")


def _size_words(size: tuple[float | None, ...]) -> str:
    units = [name.rpartition("_") for name in SIZES]
    return ", ".join(f"{name} {figure:g} {unit}" for (name, _, unit), figure in zip(units, size, strict=True) if figure)


def _counted(count: int, noun: str) -> str:
    """A number with its noun: a checker's own, as it rests on nothing that others write with."""
    return f"{count:,} {noun}" + ("" if count == 1 else "es" if noun.endswith("s") else "s")


def _what_holds(claim: Claim) -> list[str]:
    reached = int(claim.after.reached.sum())
    unreached = len(claim.after.unreached)
    cut_off = sum(address not in claim.before.unreached for address in claim.after.unreached)
    paths = (
        f"{_counted(reached, 'address')} {'is' if reached == 1 else 'are'} reached by the class {claim.vehicle_class!r} "
        f"from {_counted(len(claim.stations), 'station')} under {_counted(len(claim.closures), 'closure')}, "
        "each by the path given; none can be reached sooner."
    )
    sentences = [
        paths,
        f"{_counted(unreached, 'address')} cannot be reached." if unreached else "Every address is reached.",
    ]
    if claim.size is not None and any(claim.size):
        sentences.append(
            f"Streets were judged by a vehicle of {_size_words(claim.size)}; a street without a limit is taken to let it pass."
        )
    if claim.trip is not None:
        whole = sum(reached and ms is not None for reached, ms in zip(claim.after.reached, claim.trip.after, strict=True))
        sentences.append(
            f"The whole trip, station to patient to hospital ({len(claim.trip.hospitals)} are named), is possible from {whole} "
            "addresses; none can be made sooner."
        )
    if cut_off:
        sentences.append(f"{cut_off} of them are cut off by the closures named for each; those closures alone are enough.")
    return sentences
