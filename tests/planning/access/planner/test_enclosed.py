"""Which stations are said to be shut in, or to lie inside the ring."""

from __future__ import annotations

import pytest

from clearway.planning.access.planner.enclosed import Reach, enclosed

SHUT_IN = "A is shut in by the closures: 49 of 100 left."
INSIDE = "A lies inside the ring: a barrier must be opened for every vehicle that comes or goes."


@pytest.mark.parametrize(
    ("after", "ringed", "says"),
    [
        (50, None, []), (49, None, [SHUT_IN]), (50, 50, []), (50, 49, [INSIDE]), (49, 0, [SHUT_IN]), (100, 0, [INSIDE]),
    ],
)  # fmt: skip
def test_a_station_that_loses_more_than_half_of_its_addresses_is_named(after: int, ringed: int | None, says: list[str]) -> None:
    reach = Reach(("A",), [100], [after], None if ringed is None else [ringed])
    assert enclosed(reach, "{left} of {whole} left") == says


def test_each_station_is_judged_by_its_own_figures_and_one_that_never_reached_anybody_loses_nothing() -> None:
    reach = Reach(("A", "B", "C"), [100, 0, 10], [100, 0, 1], [10, 0, 1])
    assert enclosed(reach, "{left} of {whole} left") == [INSIDE, "C is shut in by the closures: 1 of 10 left."]
