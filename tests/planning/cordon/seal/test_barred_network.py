"""Several filters at once: each parts its own junction."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clearway.planning.cordon.seal.contract import SealQuestion
from clearway.planning.cordon.seal.verdict import sealed
from drawn_towns import Town, square

if TYPE_CHECKING:
    from types import ModuleType

IN = [((0, 0), (0, 100)), ((0, 100), (200, 100)), ((200, 100), (200, 0)), ((0, 0), (200, 0))]
"""A block with the site on its northern side."""
OUT = [((0, 0), (-150, 0)), ((0, 0), (0, -150)), ((200, 0), (350, 0)), ((200, 0), (200, -150))]
"""Two streets that lead out at either corner in the south."""


@pytest.mark.parametrize("streets", [IN + OUT, OUT + IN], ids=["in first", "out first"])
@pytest.mark.parametrize("order", [(0, 1), (1, 0)], ids=str)
def test_two_filters_at_two_corners_seal_what_either_alone_does_not(
    kit: ModuleType, streets: list[tuple[tuple[int, int], tuple[int, int]]], order: tuple[int, int]
) -> None:
    town = Town()
    town.street((0, 2000), (100, 2000))  # far away
    for start, end in streets:
        if (start, end) in OUT:
            town.corner(*end, edge=True)
        town.street(start, end)
    network, site = town.network(), square(100, 100, 10)
    filters = kit.diagonal((-15, 15), (15, -15)), kit.diagonal((185, -15), (215, 15))
    asked = SealQuestion(site=site, barriers=tuple(filters[at] for at in order), radius_m=500)
    verdict = sealed(network, asked)
    assert (verdict.sealed, verdict.idle) == (True, ())
    for one in filters:
        assert not sealed(network, SealQuestion(site=site, barriers=(one,), radius_m=500)).sealed
