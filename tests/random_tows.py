"""Random towns out of which vehicles are towed, or sent to park elsewhere: gates, barriers, streets one behind the other."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from clearway.errors import ClearwayError
from clearway.network.classes import MOTOR_CLASSES, class_mask
from clearway.network.closures import Closure
from clearway.network.geometry import point_at
from clearway.planning.vehicles.offer.places import places_of
from clearway.planning.vehicles.offer.planning import OfferQuestion, offered
from clearway.planning.vehicles.tally import Stretch
from clearway.planning.vehicles.towing.ground import TowQuestion
from clearway.planning.vehicles.towing.jobs import wanted_of
from clearway.planning.vehicles.towing.means import means_of
from clearway.planning.vehicles.towing.planning import towed
from random_access import EMERGENCY, closure_in, town_for_help
from rounds import rounds

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator

    from clearway.network.model import Network
    from clearway.planning.vehicles.offer.contract import Offered
    from clearway.planning.vehicles.towing.contract import Towed

STARTS = datetime.fromisoformat("2022-02-17T08:00:00+13:00")
_TYPES = ["car", "car", "van", "camper", "truck"]


@dataclass(frozen=True)
class TowTown:
    """A town, the vehicles in it, and the schedule of trucks that tow them."""

    network: Network
    stretches: tuple[Stretch, ...]
    found: Towed


@dataclass(frozen=True)
class OfferTown:
    """A town, and the answer to an offer to park elsewhere."""

    network: Network
    found: Offered


def towed_out(count: int) -> Iterator[TowTown]:
    """As many random towns as that, in each of which something is towed."""
    for chance in rounds(count):
        made = None
        while made is None:
            made = _towed(chance)
        yield made


def sent_away(count: int) -> Iterator[OfferTown]:
    """As many random towns as that, out of each of which somebody is sent to park."""
    for chance in rounds(count):
        made = None
        while made is None:
            made = _offered(chance)
        yield made


def _towed(chance: random.Random) -> TowTown | None:
    network = _town(chance)
    stretches = _stretches(chance, network)
    means = means_of(
        {
            "storage": [
                _spot(chance, network)
                | {"id": f"yard {number}"}
                | ({"capacity": chance.randint(1, 6)} if chance.random() < 0.4 else {})
                | ({"hours": chance.choice(["07:00-09:00", "08:10-19:00"])} if chance.random() < 0.4 else {})
                for number in range(1, chance.choice([2, 3]))
            ],
            "operators": [_operator(chance, name) for name in ("A", "B")[: chance.choice([1, 2])]],
            "escorts": chance.choice([None, 1, 2]),
        }
    )
    wanted = wanted_of(stretches, means)
    steps = chance.choice([[0, 0, 1], [0, 0, 1], [1]])
    later = [replace(one, step=chance.choice(steps)) for one in wanted.jobs]
    wanted = replace(wanted, jobs=tuple(later), steps=("the first", "the rest"))
    closures = tuple(closure_in(chance, network) for _ in range(chance.randint(0, 2)))
    try:
        found = towed(network, TowQuestion(wanted, means, closures, starts=STARTS), limit_s=0.0)
    except ClearwayError:
        return None
    return TowTown(network, stretches, found) if len(found.tows) > 1 else None


def _town(chance: random.Random) -> Network:
    """A town in which some streets are one-way, for all but those who help."""
    network = town_for_help(chance)
    permit = network.arc_permit.copy()
    for way in chance.sample(range(network.way_count), 4):
        permit[2 * way + chance.randint(0, 1)] &= EMERGENCY
    return replace(network, arc_permit=permit)


def _operator(chance: random.Random, name: str) -> dict[str, Any]:
    fleets = {kind: {"trucks": chance.randint(0, 2), "willing": "yes"} for kind in ("light", "heavy")}
    return {"id": name, "escort": chance.random() < 0.3} | fleets


def _offered(chance: random.Random) -> OfferTown | None:
    network = _town(chance)
    places = places_of(
        {
            "places": [
                _spot(chance, network)
                | {
                    "id": name,
                    "name": f"{name} field",
                    "capacity": chance.randint(1, 9),
                    "per_minute": chance.choice([2.0, 6.0]),
                }
                | ({"height_m": 2.1} if chance.random() < 0.4 else {})
                | {"come_back": chance.choice([None, True, False])}
                for name in ("north", "south", "west")[: chance.choice([2, 3])]
            ]
        }
    )
    closures = [closure_in(chance, network) for _ in range(chance.randint(0, 2))]
    closures += [_gate(chance, network, number) for number in range(1, chance.choice([4, 8, 12]))]
    try:
        found = offered(network, OfferQuestion(_stretches(chance, network), places, tuple(closures)))
    except ClearwayError:
        return None
    return OfferTown(network, found) if found.sent else None


def _gate(chance: random.Random, network: Network, number: int) -> Closure:
    """One that opens for help; some in one direction alone, some after a while."""
    way = chance.randrange(network.way_count)
    at_m = chance.choice([0.2, 0.7]) * float(network.way_length_m[way])
    along, against = chance.choice([(True, True), (True, True), (True, False), (False, True)])
    return Closure(
        way, class_mask(MOTOR_CLASSES) & ~EMERGENCY, at_m=at_m, along=along, against=against, label=f"gate {number}",
        delay_s=chance.choice([0.0, 0.0, 20.0]), lets_out=chance.choice([None, None, True, False]),
    )  # fmt: skip


def _stretches(chance: random.Random, network: Network) -> tuple[Stretch, ...]:
    """Vehicles on a few streets; most fill theirs, so that nobody drives through."""
    found = []
    for way in chance.sample(range(network.way_count), chance.choice([2, 3, 4])):
        vehicles = dict.fromkeys(chance.sample(_TYPES, chance.choice([1, 2])), 0)
        for kind in vehicles:
            vehicles[kind] = chance.randint(1, 2)
        count = sum(vehicles.values())
        moves = chance.randint(1, count) if chance.random() < 0.7 else 0
        found.append(Stretch(f"way {way}", (way,), vehicles, count, 0 if moves else 1, moves))
    return tuple(found)


def _spot(chance: random.Random, network: Network) -> dict[str, float]:
    way = chance.randrange(network.way_count)
    lon, lat = point_at(network.geometry(way), chance.choice([0.2, 0.5, 0.8]) * float(network.way_length_m[way]))
    return {"lon": float(lon), "lat": float(lat)}
