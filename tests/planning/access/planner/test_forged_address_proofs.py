"""Proofs for one address, judged by another search, and proofs in which one thing is spoiled: each is refused for it.

The judge knows the town, the closures and what the proof says. How long a drive takes at least it works out with the streets of
the checker of certificates, which shares no code with the planner; the line it follows street by street itself.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import shapely

from clearway.network.classes import class_mask
from clearway.network.closures import Closure
from clearway.network.geometry import point_at, segment_lengths_m
from clearway.planning.access.check.claim import ClosureClaim, GateClaim, StationClaim
from clearway.planning.access.check.network_reading import NEVER, NetworkReading, Streets
from clearway.planning.access.planner.address_proof import address_proof, timed_services
from clearway.planning.access.planner.services import Service, Staffed
from clearway.planning.access.planner.stations import Station
from clearway.planning.access.planner.timing import AccessTimer
from clearway.planning.street_names import StreetNames
from drawn_towns import METRE_LAT, METRE_LON, Town
from forgeries import Claims, forgery
from rounds import examples, rounds

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator, Sequence

    from clearway.network.model import Network

    Proof = dict[str, Any]

EVERYBODY, HELP = 127, class_mask(["emergency"])
TOWNS = 12
SORTS = dict.fromkeys(("second routes", "streets that decide", "cut off", "gates", "detours", "reached no more"), 3)
SORTS |= dict.fromkeys(("detours without a gate", "second routes past a street between"), 1)
"""How many proofs of each sort there are at least."""


@dataclass(frozen=True)
class Asked:
    """A town, what stands in it, where help starts, and the address that is asked for."""

    network: Network
    closures: tuple[Closure, ...]
    starts: tuple[StationClaim, ...]
    address: int

    def least_ms(self, closures: Sequence[Closure], more: Sequence[ClosureClaim] = ()) -> int:
        """Milliseconds to the address with some closures in force."""
        shut = [ClosureClaim(one.way, one.at_m, one.along, one.against) for one in closures if not one.delay_s]
        gates = [
            GateClaim(one.way, one.at_m or 0.0, one.along, one.against, round((one.delay_s or 0) * 1000))
            for one in closures
            if one.delay_s
        ]
        reading = NetworkReading(Streets(self.network, "emergency", None), [*shut, *more], gates)
        return int(reading.address_ms(self.starts)[self.address])

    def spot(self) -> tuple[float, float]:
        at_m = float(self.network.address_offset_m[self.address])
        return point_at(self.network.geometry(int(self.network.address_way[self.address])), at_m)


def asked() -> Iterator[tuple[Asked, Proof]]:
    """Addresses of random towns, each with its proof; of more towns until there is some of every sort."""
    seen: Counter[str] = Counter()
    for number, chance in enumerate(rounds(20 * TOWNS)):
        if number >= examples(TOWNS) and all(seen[sort] >= least for sort, least in SORTS.items()):
            return
        network, stations, closures = _town(chance)
        timer, names = AccessTimer(network), StreetNames(network)
        timed = timed_services(timer, [Staffed(Service("fire", ("fire_station",)), stations)], closures)
        origins = timed[0].after.tree.origins
        starts = tuple(
            StationClaim(one.name, one.lon, one.lat, int(way), float(at_m), round((one.turnout_s or 0) * 1000))
            for one, way, at_m in zip(stations, origins.way, origins.offset_m, strict=True)
        )
        for address in range(network.address_count):
            (found,) = address_proof(names, timer, timed, address).services
            case, proof = Asked(network, closures, starts, address), found.model_dump(mode="json")
            seen.update(_sorts(case, proof))
            yield case, proof


def _sorts(case: Asked, proof: Proof) -> Iterator[str]:
    """Of which sorts a proof is."""
    before, after = proof["before"], proof["after"]
    is_longer = bool(after and before["seconds"] < after["seconds"])
    found = {
        "second routes": proof["second"] is not None,
        "streets that decide": len(proof["depends_on"]) > 2,
        "cut off": bool(proof["cut_off_by"]),
        "gates": bool(after and after["gates"]),
        "detours": is_longer,
        "detours without a gate": is_longer and not after["gates"],
        "reached no more": bool(before and not after),
        "second routes past a street between": bool(proof["second"] and _between(case, after)),
    }
    return (sort for sort, is_so in found.items() if is_so)


def _between(case: Asked, route: Proof) -> list[int]:
    """The streets of a route but for those in which it begins or ends."""
    ends = {int(case.network.address_way[case.address]), *(one.way for one in case.starts)}
    return [way for leg in route["legs"] for way in leg["ways"] if way not in ends]


def _town(chance: random.Random) -> tuple[Network, tuple[Station, ...], tuple[Closure, ...]]:
    """Most streets of a grid of three by three, each with its own name; closures, and a gate that takes time."""
    town = Town()
    corners = [(100.0 * x, 100.0 * y) for x in range(3) for y in range(3)]
    streets = [(a, b) for a in corners for b in corners if a < b and abs(a[0] - b[0]) + abs(a[1] - b[1]) == 100]
    streets = [*chance.sample(streets, chance.randint(8, 11)), ((0.0, 0.0), (-60.0, 0.0)), ((200.0, 200.0), (260.0, 200.0))]
    for number, (start, end) in enumerate(streets):
        permit = chance.choice([(EVERYBODY, EVERYBODY)] * 4 + [(EVERYBODY, 0), (0, EVERYBODY)])
        way = town.street(start, end, name=f"{number} Street", permit=permit, source=number)
        if number < 6:
            town.draft.address(way, chance.choice([10.0, 50.0, 80.0]))
    network = town.network()
    ways = chance.sample(range(network.way_count), 5)
    stations = tuple(
        Station(f"Station {number}", "fire_station", *point_at(network.geometry(way), 30.0), turnout_s=10.0 * number)
        for number, way in enumerate(ways[: chance.choice([1, 1, 2])])
    )
    closures = [
        Closure(way, EVERYBODY, at_m=chance.choice([None, 20.0, 40.0]), label=f"wall {number}")
        for number, way in enumerate(ways[2 : chance.choice([2, 3, 4])])
    ]
    gate = Closure(ways[4], EVERYBODY & ~HELP, at_m=45.0, delay_s=7.0, label="gate")
    return network, stations, (*closures, gate)


def flaws(case: Asked, proof: Proof) -> list[str]:
    """What a proof says that is not so."""
    found = []
    for name, closures in (("before", ()), ("after", case.closures)):
        least = case.least_ms(closures)
        if (proof[name] is None) != (least == NEVER):
            found.append(f"{name}: it says that help {'does not come' if proof[name] is None else 'comes'}")
        elif proof[name] and round(proof[name]["seconds"] * 1000) != least:
            found.append(f"{name}: the time is {least / 1000} s")
        found += [f"{name}: {flaw}" for flaw in _of_route(case, proof[name], closures)]
    found += [f"second: {flaw}" for flaw in _of_route(case, proof["second"], case.closures)]
    if proof["after"]:
        found += _of_the_way(case, proof)
        if proof["on_foot_m"] != 0:
            found.append("it says that somebody must walk where help comes to the door")
    elif proof["on_foot_m"] == 0:
        found.append("it says that nobody must walk where help does not come")
    by = [one for one in case.closures if one.label in proof["cut_off_by"]]
    cut = proof["before"] is not None and proof["after"] is None
    if len(by) < len(proof["cut_off_by"]) or (cut and case.least_ms(by) != NEVER) or (proof["cut_off_by"] and not cut):
        found.append("what cuts it off does not")
    return found


def _of_route(case: Asked, route: Proof | None, closures: Sequence[Closure]) -> Iterator[str]:
    if route is None:
        return
    station = next((one for one in case.starts if one.name == route["station"]), None)
    if station is None or round(route["turnout_seconds"] * 1000) != station.turnout_ms:
        yield "it starts from no station of the service as it leaves"
        return
    line = np.array(route["line"])
    start = point_at(case.network.geometry(station.way), station.at_m)
    if max(_apart_m(line[0], start), _apart_m(line[-1], case.spot())) > 0.1:
        yield "the line does not lead from the station to the address"
    metres = float(segment_lengths_m(line).sum())
    if max(abs(metres - route["metres"]), abs(sum(leg["metres"] for leg in route["legs"]) - route["metres"])) > 0.5:
        yield "the metres of its line, of its streets and of all are not the same"
    if abs(route["turnout_seconds"] + sum(leg["seconds"] for leg in route["legs"]) - route["seconds"]) > 1e-6:
        yield "the seconds of its streets do not add up"
    ways = [way for leg in route["legs"] for way in leg["ways"]]
    ends = [{int(case.network.way_tail[way]), int(case.network.way_head[way])} for way in ways]
    if any(not one & other for one, other in pairwise(ends)) or not _runs_along(case, line, ways):
        yield "its streets do not follow one another"
    if any(leg["street"] != f"{way} Street" for leg in route["legs"] for way in leg["ways"]):
        yield "a street has another name"
    passed = [one for one in closures if one.way in ways and _crosses(case, line, one)]
    if any(not one.delay_s for one in passed):
        yield "it leads through a closure"
    gates = [one.label for one in passed if one.delay_s]
    if list(route["gates"]) != gates or route["gate_seconds"] != 7 * len(gates):
        yield "other gates are opened for it"


def _of_the_way(case: Asked, proof: Proof) -> Iterator[str]:
    first, second = proof["after"], proof["second"]
    if second:
        shared = shapely.LineString(_flat(first["line"])).intersection(shapely.LineString(_flat(second["line"])))
        if shared.length > 0.2:
            yield "the second route shares a street with the first"
    ends = {int(case.network.address_way[case.address]), *(one.way for one in case.starts)}
    between = [way for leg in first["legs"] for way in leg["ways"] if way not in ends]
    names = {name.partition(" Street")[0] for name in proof["depends_on"]}
    for way in between:
        decides = case.least_ms(case.closures, [ClosureClaim(way, None, along=True, against=True)]) == NEVER
        if decides != (str(way) in names):
            yield "it depends on other streets"


def _runs_along(case: Asked, line: np.ndarray[Any, Any], ways: Sequence[int]) -> bool:
    streets = shapely.union_all([shapely.LineString(_flat(case.network.geometry(way))) for way in ways])
    return bool(streets.buffer(0.1).covers(shapely.LineString(_flat(line))))


def _crosses(case: Asked, line: np.ndarray[Any, Any], closure: Closure) -> bool:
    """Whether a line leads over the spot of a closure, beyond it on either side; or along a way that is shut as a whole."""
    if closure.at_m is None:
        return True
    spot = shapely.Point(_flat([point_at(case.network.geometry(closure.way), closure.at_m)])[0])
    driven = shapely.LineString(_flat(line))
    return bool(driven.distance(spot) < 0.1 and 0.1 < driven.project(spot) < driven.length - 0.1)


def _flat(points: Any) -> np.ndarray[Any, Any]:  # noqa: ANN401 - rows of longitude and latitude
    return np.asarray(points, np.float64) / (METRE_LON, METRE_LAT)


def _apart_m(one: Any, other: Any) -> float:  # noqa: ANN401 - longitude and latitude
    return float(np.hypot(*(_flat([one]) - _flat([other]))[0]))


@pytest.fixture(scope="module")
def claims() -> Claims:
    return Claims(list(asked()), flaws)


def test_every_true_proof_is_so_by_another_search(claims: Claims) -> None:
    for case, proof in claims.true:
        assert flaws(case, proof) == [], (case, proof)


def test_the_towns_hold_proofs_of_every_sort(claims: Claims) -> None:
    seen = Counter(sort for case, proof in claims.true for sort in _sorts(case, proof))
    assert all(seen[sort] >= least for sort, least in SORTS.items()), seen


def _after(proof: Proof) -> Proof | None:
    route: Proof | None = proof["after"]
    return route


@forgery("after: the time is")
def test_a_time_that_is_too_short_is_refused(case: Asked, proof: Proof, chance: random.Random) -> bool:
    route = _after(proof)
    if route:
        less = chance.choice([0.001, 1.0])
        route["seconds"] -= less
        route["legs"][0]["seconds"] -= less
    return route is not None


@forgery("it says that help comes", among_others=True, least=3)
def test_a_route_to_an_address_that_nobody_reaches_is_refused(case: Asked, proof: Proof, chance: random.Random) -> bool:
    if proof["after"] or not proof["before"]:
        return False
    proof["after"] = proof["before"]
    return True


@forgery("it says that help does not come", among_others=True)
def test_an_address_that_is_called_cut_off_though_it_is_reached_is_refused(
    case: Asked, proof: Proof, chance: random.Random
) -> bool:
    there = proof["after"] is not None
    proof["after"] = None
    return there


@forgery("it starts from no station")
def test_a_route_from_a_station_that_there_is_not_is_refused(case: Asked, proof: Proof, chance: random.Random) -> bool:
    if (route := _after(proof)) is not None:
        route["station"] = "Elsewhere"
    return route is not None


@forgery("the line does not lead from the station to the address", among_others=True)
def test_a_line_that_ends_before_the_address_is_refused(case: Asked, proof: Proof, chance: random.Random) -> bool:
    if (route := _after(proof)) is not None and len(route["line"]) > 2:
        route["line"].pop()
        return True
    return False


@forgery("the metres of its line")
def test_metres_that_are_not_those_of_its_streets_are_refused(case: Asked, proof: Proof, chance: random.Random) -> bool:
    if (route := _after(proof)) is not None:
        route["metres"] += chance.choice([-1, 1, 100])
    return route is not None


@forgery("the seconds of its streets do not add up")
def test_seconds_that_are_not_those_of_its_streets_are_refused(case: Asked, proof: Proof, chance: random.Random) -> bool:
    if (route := _after(proof)) is not None:
        route["legs"][-1]["seconds"] += 0.001
    return route is not None


@forgery("its streets do not follow one another", among_others=True)
def test_a_route_that_leaves_out_a_street_is_refused(case: Asked, proof: Proof, chance: random.Random) -> bool:
    route = _after(proof)
    if route is None or len(route["legs"]) < 3:
        return False
    gone = route["legs"].pop(1)
    route["metres"] -= gone["metres"]
    return True


@forgery("it leads through a closure|other gates are opened for it", least=1, among_others=True)
def test_the_route_of_before_given_as_that_under_closures_is_refused(case: Asked, proof: Proof, chance: random.Random) -> bool:
    if not proof["after"] or proof["before"]["seconds"] >= proof["after"]["seconds"] or proof["after"]["gates"]:
        return False
    proof["after"] = proof["before"]
    return True


@forgery("other gates are opened for it", least=3)
def test_a_gate_that_is_left_out_is_refused(case: Asked, proof: Proof, chance: random.Random) -> bool:
    route = _after(proof)
    if route is None or not route["gates"]:
        return False
    if chance.random() < 0.5:
        route["gates"] = []
    else:
        route["gate_seconds"] = 0
    return True


@forgery("the second route shares a street with the first", among_others=True)
def test_a_second_route_that_shares_a_street_is_refused(case: Asked, proof: Proof, chance: random.Random) -> bool:
    proof["second"] = proof["after"]
    return proof["after"] is not None


@forgery("it depends on other streets")
def test_a_street_that_alone_leads_there_and_is_not_named_is_refused(case: Asked, proof: Proof, chance: random.Random) -> bool:
    ends = {int(case.network.address_way[case.address]), *(one.way for one in case.starts)}
    decisive = [name for name in proof["depends_on"] if int(name.partition(" ")[0]) not in ends]
    if decisive:
        proof["depends_on"].remove(decisive[0])
    return bool(decisive)


@forgery("it depends on other streets", least=1)
def test_a_street_that_is_said_to_decide_and_does_not_is_refused(case: Asked, proof: Proof, chance: random.Random) -> bool:
    if not proof["second"]:
        return False
    ways = _between(case, proof["after"])
    proof["depends_on"] = [f"{way} Street" for way in ways[:1]]
    return bool(ways)


@forgery("what cuts it off does not")
def test_a_closure_that_is_said_to_cut_it_off_and_does_not_is_refused(case: Asked, proof: Proof, chance: random.Random) -> bool:
    if proof["cut_off_by"]:
        proof["cut_off_by"] = chance.choice([["gate"], [], ["no closure of this town"]])
        return True
    proof["cut_off_by"] = ["gate"]
    return chance.random() < 0.2


@forgery("must walk where")
def test_metres_on_foot_to_an_address_that_help_reaches_and_none_to_one_that_it_does_not_are_refused(
    case: Asked, proof: Proof, chance: random.Random
) -> bool:
    proof["on_foot_m"] = 12.0 if proof["after"] else 0
    return True
