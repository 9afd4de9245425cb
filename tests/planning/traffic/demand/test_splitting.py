from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clearway.network.build import NetworkDraft
from clearway.planning.traffic.demand.splitting import StreetSplitter, split_evenly
from random_towns import Town, random_towns

if TYPE_CHECKING:
    from clearway.network.model import Network


@given(st.integers(1, 200), st.integers(1, 12), st.integers(0, 99))
@settings(max_examples=60)
def test_every_part_has_nearly_the_same_number_of_points(points: int, parts: int, seed: int) -> None:
    x, y = np.random.default_rng(seed).random((2, points))
    sizes = np.bincount(split_evenly(x, y, parts))
    assert len(sizes) == min(parts, points)
    assert sizes.min() >= 1
    assert sizes.max() - sizes.min() <= int(np.ceil(np.log2(parts + 1))) + 1


def test_parts_are_compact() -> None:
    x, y = np.meshgrid(np.arange(4.0), np.arange(4.0))
    part = split_evenly(x.ravel(), y.ravel(), 4).reshape(4, 4)
    assert all(len(np.unique(part[row : row + 2, column : column + 2])) == 1 for row in (0, 2) for column in (0, 2))


def test_heavy_points_make_small_parts() -> None:
    part = split_evenly(np.arange(10.0), np.zeros(10), 2, weight=np.array([9.0] + 9 * [1.0]))
    assert np.bincount(part).tolist() == [1, 9]


def test_points_that_weigh_nothing_are_split_all_the_same() -> None:
    assert np.bincount(split_evenly(np.arange(4.0), np.zeros(4), 4, weight=np.zeros(4))).tolist() == [1, 1, 1, 1]


@pytest.mark.parametrize("parts", [1, 5])
def test_one_point_is_one_part(parts: int) -> None:
    assert split_evenly(np.zeros(1), np.zeros(1), parts).tolist() == [0]


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
@settings(max_examples=60)
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
