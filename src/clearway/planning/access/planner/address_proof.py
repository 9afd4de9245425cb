"""The proof for one address: station, route street by street, a second route, and what keeps help away."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from clearway.errors import NotFound
from clearway.planning.access.planner.contract import AddressProof, ServiceProof
from clearway.planning.access.planner.fit import fit_of, too_large_for
from clearway.planning.access.planner.on_foot import metres_on_foot
from clearway.planning.access.planner.route import apart_from, drive_to, route_of, ways_depended_on
from clearway.planning.access.planner.sides import address_fields
from clearway.planning.access.planner.vehicles import size_of
from clearway.planning.access.planner.witness import cut_off_by
from clearway.words import counted, listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from clearway.network.closures import Closure
    from clearway.network.model import Network
    from clearway.planning.access.planner.contract import Route
    from clearway.planning.access.planner.services import Service, Staffed
    from clearway.planning.access.planner.timing import AccessTimer, Timing
    from clearway.planning.access.planner.vehicles import Size
    from clearway.planning.street_names import StreetNames


_MOST_NAMED = 6
"""More streets than that are a table, not a sentence."""


@dataclass(frozen=True)
class Timed:
    """A service, and how its vehicles of some size reach every address of a network without closures and under them."""

    service: Service
    network: Network
    size: Size | None
    before: Timing
    after: Timing
    trips: None = None

    @cached_property
    def cut_off(self) -> Mapping[int, tuple[int, ...]]:
        """For each address that the closures cut off, their indexes in ``after.closures``."""
        return cut_off_by(self.before, self.after)


def timed_services(
    timer: AccessTimer, services: Iterable[Staffed], closures: Sequence[Closure], moment: datetime | None = None
) -> list[Timed]:
    """Each service before and under closures, as its own vehicle finds the streets.

    Raises:
        BadInput, BadGeometry, UnknownName: as :meth:`AccessTimer.before`.
    """
    found = []
    for one in services:
        who, size = one.service.vehicle_class, size_of(timer.network, one.service.vehicle_class, one.service.vehicle)
        before = timer.before(one.stations, who, size=size)
        found.append(
            Timed(one.service, timer.network, size, before, timer.after(one.stations, who, closures, moment, size=size))
        )
    return found


def address_proof(
    names: StreetNames,
    timer: AccessTimer,
    services: Iterable[Timed],
    address: int,
    *,
    assumed: Sequence[str] = (),
    rests_on: Sequence[str] = (),
) -> AddressProof:
    """How each service comes to an address, and what that rests on.

    Args:
        names: Of the network.
        timer: Of the same network.
        services: Each timed by this timer.
        address: An index.
        assumed: What is assumed of the occupied streets, in sentences.
        rests_on: What else the caller assumed, in sentences.

    Raises:
        NotFound: the network has no such address.
    """
    network = names.network
    if not 0 <= address < network.address_count:
        raise NotFound(
            f"There is no {network.address_noun} {address}. This network's run from 0 to {network.address_count - 1}."
            if network.address_count
            else "This network has no addresses. Import it again from data that have some."
        )
    each = [_service(names, timer, timed, address) for timed in services]
    return AddressProof(
        **address_fields(names, address),
        services=tuple(each),
        assumed=tuple(assumed),
        rests_on=(*_always(names), *rests_on),
    )


def _always(names: StreetNames) -> Iterator[str]:
    """What every proof rests on."""
    yield "Times are those of empty streets at the speeds of the network, from the call on."
    yield "A street without a recorded limit of size is taken to let the vehicle pass."
    yield from names.network.notices


def _service(names: StreetNames, timer: AccessTimer, timed: Timed, address: int) -> ServiceProof:
    before, after = (drive_to(timing, address) for timing in (timed.before, timed.after))
    apart = drive_to(apart_from(timer, timed.after, after), address) if after else None
    depends = [] if after is None or apart else ways_depended_on(timed.after, after, address)
    fit = fit_of(timer, timed.service, timed.after)
    cut_off = cut_off_by(timed.before, timed.after).get(address, ()) if before and not after else ()
    tight = too_large_for(timer, timed.after, fit.tight).get(address, ()) if not after else ()
    on_foot_m = 0.0 if after else float(metres_on_foot(timed.after, timer.graph("foot"))[address])
    proof = ServiceProof(
        service=timed.service.name,
        vehicle_class=timed.service.vehicle_class,
        vehicle=fit.vehicle,
        before=route_of(names, timed.before, before) if before else None,
        after=route_of(names, timed.after, after) if after else None,
        second=route_of(names, timed.after, apart) if apart else None,
        depends_on=tuple(dict.fromkeys(names.between(way) for way in depends)),
        cut_off_by=tuple(timed.after.closures[index].label for index in cut_off),
        too_large_for=tuple(dict.fromkeys(fit.tight[index].words(names) for index in tight)),
        on_foot_m=round(on_foot_m, 1) if on_foot_m < float("inf") else None,
        says=(),
    )
    return proof.model_copy(update={"says": tuple(_sentences(proof))})


def _sentences(proof: ServiceProof) -> Iterator[str]:
    """The most important first."""
    who = proof.service.capitalize()
    if proof.after is None:
        yield from _not_reached(who, proof)
        return
    yield f"{who} is there {_time(proof.after.seconds)} after the call, from {proof.after.station}: {_way(proof.after)}."
    if proof.before and proof.before.seconds < proof.after.seconds:
        yield f"Without closures it takes {_time(proof.before.seconds)}."
    if proof.after.gates:
        wait = f", {proof.after.gate_seconds:g} s in all" if proof.after.gate_seconds else ""
        yield f"{counted(len(proof.after.gates), 'barrier')} must be opened for it: {listed(list(proof.after.gates))}{wait}."
    if proof.second:
        yield f"A second route uses no stretch of the first: {_time(proof.second.seconds)} from {proof.second.station}."
    elif proof.depends_on:
        yield f"One vehicle left across {_any_of(proof.depends_on)} would cut it off."
    else:
        yield "No single street cuts it off, but no second route was found that uses no stretch of the first."


def _not_reached(who: str, proof: ServiceProof) -> Iterator[str]:
    if proof.before is None:
        yield f"{who} does not get here, with or without closures."
    else:
        yield f"{who} no longer gets here; without closures it takes {_time(proof.before.seconds)}."
    if proof.cut_off_by:
        yield f"Cut off by: {listed([label or 'a closure without a name' for label in dict.fromkeys(proof.cut_off_by)])}."
    if proof.too_large_for:
        yield f"Too tight for its vehicle: {listed(list(proof.too_large_for))}."
    if proof.on_foot_m is None:
        yield "Nobody can walk there from where its vehicles get to."
    else:
        yield f"{proof.on_foot_m:.0f} m on foot from where its vehicles get to."


def _any_of(streets: Sequence[str]) -> str:
    return streets[0] if len(streets) == 1 else f"any one of these: {', '.join(streets)}"


def _way(route: Route) -> str:
    streets = list(dict.fromkeys(leg.street for leg in route.legs))
    by = listed(streets) if len(streets) <= _MOST_NAMED else counted(len(streets), "street")
    return f"{route.metres / 1000:.1f} km by {by}"


def _time(seconds: float) -> str:
    minutes, rest = divmod(-int(-seconds // 1), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
