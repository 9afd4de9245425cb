from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings

from clearway.network.build import NetworkDraft
from clearway.planning.traffic.demand.street_splitting import StreetSplitter
from random_towns import Town, random_towns

if TYPE_CHECKING:
    from clearway.network.model import Network


def two_banks() -> tuple[Network, list[int]]:
    """Two long streets 100 m apart, one on each bank of a river; the only bridge is at their eastern end."""
    draft = NetworkDraft("river")
    spots = {(bank, step): draft.junction(0.002 * step, 0.0009 * bank) for bank in (0, 1) for step in range(6)}
    bank_of = []
    for bank in (0, 1):
        for step in range(5):
            way = draft.way(spots[bank, step], spots[bank, step + 1])
            for offset in (40.0, 180.0):
                draft.address(way, offset)
                bank_of.append(bank)
    draft.way(spots[0, 5], spots[1, 5], name="Bridge")
    return draft.finish(), bank_of


def test_no_part_lies_on_both_banks_of_a_river() -> None:
    network, bank = two_banks()
    part = StreetSplitter(network).split(np.arange(network.address_count), 2, np.ones(network.address_count))
    assert np.bincount(part).tolist() == [10, 10]
    assert all(len({bank[index] for index in np.flatnonzero(part == one)}) == 1 for one in (0, 1))


def test_weights_shift_the_cut() -> None:
    network, _ = two_banks()
    weight = np.ones(network.address_count)
    weight[:2] = 20.0
    part = StreetSplitter(network).split(np.arange(network.address_count), 2, weight)
    assert sorted(np.bincount(part)) == [1, 19]


def test_what_no_street_joins_is_split_by_the_straight_line() -> None:
    draft = NetworkDraft("islands")
    for index in range(4):
        way = draft.way(draft.junction(0.01 * index, 0.0), draft.junction(0.01 * index + 0.001, 0.0))
        draft.address(way, 10.0)
    network = draft.finish()
    part = StreetSplitter(network).split(np.arange(4), 2, np.ones(4))
    assert part[0] == part[1] != part[2] == part[3]


@pytest.mark.slow
@given(random_towns())
@settings(max_examples=60, deadline=None)
def test_every_address_has_a_part_and_every_part_an_address(town: Town) -> None:
    network = town.network
    if not network.address_count:
        return
    splitter, addresses = StreetSplitter(network), np.arange(network.address_count)
    for parts in (1, 2, 5):
        part = splitter.split(addresses, parts, np.ones(len(addresses)))
        assert np.unique(part).tolist() == list(range(part.max() + 1))
        assert part.max() < parts


def test_the_parts_of_a_town_weigh_much_the_same(town: Network) -> None:
    weight = np.random.default_rng(1).random(town.address_count)
    part = StreetSplitter(town).split(np.arange(town.address_count), 4, weight)
    heavy = np.bincount(part, weights=weight)
    assert heavy == pytest.approx(np.full(4, weight.sum() / 4), rel=0.15)
