"""Which closures cut an address off: those that whoever comes from a station meets first, by hand and on random towns."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from clearway.network.closures import Closure
from clearway.network.model import NEVER_MS
from clearway.planning.access.planner.stations import Station
from clearway.planning.access.planner.timing import AccessTimer
from clearway.planning.access.planner.witness import cut_off_by
from drawn_towns import Town, place
from random_access import stations_in, town_for_help
from rounds import rounds

if TYPE_CHECKING:
    import random

    from clearway.network.model import Network

EVERYBODY = 127
ONE_WAY = (127, 0)


def shut(way: int, label: str, at_m: float | None = None, *, along: bool = True, against: bool = True) -> Closure:
    return Closure(way, EVERYBODY, at_m=at_m, along=along, against=against, label=label)


def named(
    network: Network, *closures: Closure, stations: tuple[tuple[float, float], ...] = ((1.0, 0.0),)
) -> dict[int, list[str]]:
    """The labels of the closures that cut off each address."""
    timer = AccessTimer(network)
    places = tuple(Station(f"{number}", "fire_station", *place(*spot)) for number, spot in enumerate(stations))
    after = timer.after(places, "emergency", closures)
    found = cut_off_by(timer.before(places, "emergency"), after)
    return {address: [after.closures[index].label for index in indexes] for address, indexes in found.items()}


def row(*permits: tuple[int, int]) -> Town:
    """Blocks of 100 m in a row, with a house amid each."""
    town = Town()
    for x, permit in enumerate(permits):
        way = town.street((100.0 * x, 0.0), (100.0 * x + 100.0, 0.0), name=f"Street {x}", permit=permit)
        town.draft.address(way, 50.0)
    return town


BOTH_WAYS = (127, 127)


def test_who_is_reached_needs_no_witness_and_who_never_was_has_none() -> None:
    town = row(BOTH_WAYS, BOTH_WAYS)
    town.draft.address(town.street((0.0, 300.0), (100.0, 300.0), name="Island"), 50.0)
    network = town.network()
    assert named(network) == {}
    assert named(network, shut(1, "far end", 80.0)) == {}
    assert named(network, shut(2, "on the island")) == {}
    assert named(network, shut(1, "block")) == {1: ["block"]}


def test_of_closures_one_behind_the_other_on_different_streets_the_nearest_to_the_address_is_named() -> None:
    """Whoever stands between them still does not come to the address: the last one alone cuts it off."""
    network = row(BOTH_WAYS, BOTH_WAYS, BOTH_WAYS, BOTH_WAYS).network()
    assert named(network, shut(1, "first"), shut(3, "last")) == {1: ["first"], 2: ["first"], 3: ["last"]}


def joined_at_both_ends() -> Town:
    """Three blocks with houses, and a lane round the middle one, so that vehicles come to its house from either side."""
    town = row(BOTH_WAYS, BOTH_WAYS, BOTH_WAYS)
    town.street((100.0, 0.0), (150.0, -150.0), name="Lane")
    town.street((150.0, -150.0), (200.0, 0.0), name="Lane")
    return town


def test_of_points_on_the_address_s_own_street_those_between_it_and_where_vehicles_come_from_are_named() -> None:
    network = joined_at_both_ends().network()
    before, also, behind = shut(1, "before", 20.0), shut(1, "also", 40.0), shut(1, "behind", 70.0)
    assert named(network, before, also) == named(network, behind) == {}
    assert named(network, before, behind) == {1: ["before", "behind"]}
    assert named(network, before, also, behind) == {1: ["before", "also", "behind"]}
    # nobody comes to the far end but over a block that is shut: what stands before it there matters to nobody else
    assert named(network, before, behind, shut(2, "end", 20.0)) == {1: ["before", "behind"], 2: ["end"]}


def test_what_stands_between_a_station_and_an_address_on_one_street_is_named() -> None:
    network = joined_at_both_ends().network()
    west, east = shut(1, "west", 30.0), shut(1, "east", 70.0)
    door, back = (110.0, 0.0), shut(1, "back", 4.0)
    assert named(network, west, east, stations=(door,)) == {1: ["west", "east"]}
    assert named(network, west, stations=(door,)) == named(network, back, stations=(door,)) == {}
    assert named(network, west, back, stations=(door,)) == {house: ["west", "back"] for house in range(3)}
    # exactly where the station or the address stands nothing is between
    assert named(network, shut(1, "at the house", 50.0)) == {}


def test_a_closure_against_the_way_in_is_none_of_them() -> None:
    network = row(BOTH_WAYS, BOTH_WAYS, BOTH_WAYS).network()
    into, out = shut(1, "into", against=False), shut(1, "out", along=False)
    assert named(network, into, out)[2] == ["into"]
    assert named(network, out) == {}
    assert named(network, shut(2, "out", 20.0, along=False), shut(2, "both", 30.0)) == {2: ["both"]}


def test_what_leads_back_in_only_from_the_part_that_is_cut_off_is_none_of_them() -> None:
    """From the end of Street 1 a one-way lane leads out and a street, which is shut, back: nobody comes to it otherwise."""
    town = row(BOTH_WAYS, BOTH_WAYS)
    town.street((200.0, 0.0), (200.0, 100.0), name="Out", permit=ONE_WAY)
    back = town.street((200.0, 100.0), (300.0, 0.0), name="Back", permit=ONE_WAY)
    town.street((300.0, 0.0), (200.0, 0.0), name="Home", permit=ONE_WAY)
    network = town.network()
    assert named(network, shut(0, "bridge", 70.0), shut(back, "back")) == {1: ["bridge"]}


def test_one_way_streets_that_lead_on_to_the_address_are_followed_back_to_the_closures() -> None:
    """Two one-way streets in a row behind the closure, and a second way in from a side street that is shut as well."""
    town = row(BOTH_WAYS, ONE_WAY, ONE_WAY, BOTH_WAYS)
    side = town.street((100.0, 0.0), (200.0, -100.0), name="Side")
    last = town.street((200.0, -100.0), (300.0, 0.0), name="Side")
    network = town.network()
    assert named(network, shut(1, "front"), shut(side, "side")) == {1: ["front"], 2: ["front"], 3: ["front", "side"]}
    assert named(network, shut(1, "front"), shut(last, "last")) == {1: ["front"], 2: ["front"], 3: ["front", "last"]}


def closed(chance: random.Random, network: Network) -> tuple[Closure, ...]:
    """Streets shut, and points of streets."""
    return tuple(
        shut(
            chance.randrange(network.way_count), f"C{number}", chance.choice([None, 20.0, 60.0]),
            along=chance.random() < 0.9, against=chance.random() < 0.9,
        )
        for number in range(chance.randint(1, 6))
    )  # fmt: skip


def test_on_random_towns_the_closures_named_alone_cut_the_address_off_and_nobody_else_is_named() -> None:
    seen = 0
    for chance in rounds(25):
        network = town_for_help(chance)
        stations, closures = stations_in(chance, network, "fire_station", chance.choice([1, 2])), closed(chance, network)
        timer = AccessTimer(network)
        before, after = timer.before(stations, "emergency"), timer.after(stations, "emergency", closures)
        found = cut_off_by(before, after)
        lost = [at for at, ms in enumerate(after.ms.tolist()) if ms == NEVER_MS and before.ms[at] < NEVER_MS]
        assert list(found) == lost
        for address, indexes in found.items():
            assert indexes == tuple(sorted(set(indexes)))
            alone = tuple(after.closures[index] for index in indexes)
            assert timer.moved(before, alone).ms[address] == NEVER_MS, json.dumps([one.label for one in alone])
            seen += len(indexes) > 1
    assert seen >= 10
