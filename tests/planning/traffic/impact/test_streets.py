from __future__ import annotations

import numpy as np
import pytest

from clearway.network.build import NetworkDraft
from clearway.planning.traffic.impact.streets import Streets

M = 1 / 111_195.0
"""A degree of latitude, per metre."""


@pytest.fixture(scope="module")
def town() -> Streets:
    """A quay of two carriageways, a high street in two pieces and another far away, a bent lane, and a nameless way."""
    draft = NetworkDraft("Town")

    def junction(east_m: float, north_m: float) -> int:
        return draft.junction(174.77 + east_m * M / np.cos(np.radians(41.28)), -41.28 + north_m * M)

    quay = [junction(0, 0), junction(500, 0), junction(500, 30), junction(0, 30)]
    draft.way(quay[0], quay[1], name="Quay-SOUTH")
    draft.way(quay[2], quay[3], name="Quay-NORTH")
    high = [junction(0, 100), junction(0, 400), junction(0, 900)]
    draft.way(high[0], high[1], name="High Street")
    draft.way(high[2], high[1], name="High Street")
    draft.way(junction(5000, 0), junction(5000, 400), name="High Street")
    draft.way(high[0], junction(300, 100))
    return Streets(draft.finish())


def test_carriageways_are_one_street_and_two_streets_of_one_name_are_two(town: Streets) -> None:
    assert town.of_way[0] == town.of_way[1]
    assert town.of_way[2] == town.of_way[3] != town.of_way[4]
    assert town.count == 4
    assert town.called(int(town.of_way[0])) == "Quay"
    assert town.called(int(town.of_way[5])) == "unnamed street at High Street"


def test_figures_of_arcs_add_up_by_street(town: Streets) -> None:
    by_arc = np.arange(12.0)
    assert town.summed(by_arc)[town.of_way[2]] == 4 + 5 + 6 + 7


def test_a_drive_goes_one_way_along_the_street_whichever_way_its_pieces_are_drawn(town: Streets) -> None:
    """The second piece of High Street is drawn southward: northward are arcs 4 and 7, southward 5 and 6."""
    by_arc = np.zeros(12)
    by_arc[[4, 7]], by_arc[[5, 6]] = 60.0, 30.0
    assert town.drive_minutes(by_arc)[town.of_way[2]] == 2.0
    by_arc[[0, 2]] = 90.0  # the carriageways are drawn each in its own direction
    assert town.drive_minutes(by_arc)[town.of_way[0]] == 1.5


def test_what_cannot_be_driven_does_not_count(town: Streets) -> None:
    by_arc = np.full(12, np.nan)
    by_arc[4] = -30.0
    minutes = town.drive_minutes(by_arc)
    assert minutes[town.of_way[2]] == -0.5
    assert minutes[town.of_way[0]] == 0.0


def test_a_network_without_ways_has_no_streets() -> None:
    assert Streets(NetworkDraft("Empty").finish()).count == 0
