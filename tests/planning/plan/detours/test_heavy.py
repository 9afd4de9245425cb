"""The network as a heavy vehicle finds it: streets and points at which it does not fit are none for general traffic."""

from __future__ import annotations

import numpy as np
import pytest

from clearway.network.classes import SIZES, class_mask
from clearway.planning.plan.detours.heavy import for_heavy, heavy_words, records_limits
from detour_towns import ladder

GENERAL, LORRY = class_mask(["general"]), class_mask(["service"])


def size(**figures: float) -> tuple[float, ...]:
    return tuple(figures.get(name, 0.0) for name in SIZES)


@pytest.mark.parametrize(("weight_t", "passes"), [(12.0, True), (12.1, False), (0.0, True)])
def test_a_street_too_weak_for_it_is_closed_to_general_traffic_alone(weight_t: float, *, passes: bool) -> None:
    draft = ladder()
    draft.limit(SIZES.index("weight_t"), 12.0, classes=LORRY, arc=8)
    network = draft.finish()
    heavy = for_heavy(network, size(weight_t=weight_t))
    changed = np.flatnonzero(heavy.arc_permit != network.arc_permit).tolist()
    assert changed == ([] if passes else [8])
    assert heavy.arc_permit[8] == (network.arc_permit[8] if passes else network.arc_permit[8] & ~np.uint8(GENERAL))


def test_a_point_too_low_for_it_stops_it_and_one_that_it_passes_does_not() -> None:
    draft = ladder()
    low = draft.stop(1, 50.0, blocks=0, kind="height_restrictor")
    draft.limit(SIZES.index("height_m"), 2.1, classes=LORRY, stop=low)
    draft.stop(1, 100.0, blocks=0, kind="gate")
    draft.stop(1, 150.0, blocks=GENERAL, kind="bollard")
    network = draft.finish()
    assert [bool(blocks & GENERAL) for blocks in for_heavy(network, size(height_m=4.3)).stop_blocks] == [True, False, True]
    assert [bool(blocks & GENERAL) for blocks in for_heavy(network, size(height_m=2.1)).stop_blocks] == [False, False, True]


def test_only_a_limit_for_lorries_is_one() -> None:
    draft = ladder()
    assert not records_limits(draft.finish())
    draft.limit(SIZES.index("weight_t"), 12.0, classes=class_mask(["bus"]), arc=8)
    assert not records_limits(draft.finish())
    draft.limit(SIZES.index("weight_t"), 12.0, classes=LORRY, arc=9)
    assert records_limits(draft.finish())


def test_a_size_is_said_with_what_is_known_of_it() -> None:
    assert heavy_words(size(height_m=4.3, weight_t=46)) == "heavy vehicles (4.3 m high, 46 t)"
