"""How large a heavy vehicle is by default, and how full a detour is under the closures, by hand."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from clearway.network.build import NetworkDraft
from clearway.network.classes import class_mask
from clearway.planning.plan.detours.heavy import heavy_words, records_limits
from clearway.planning.plan.detours.loads import Traffic
from clearway.planning.plan.detours.question import DetourQuestion, HeavyVehicle
from clearway.planning.street_names import StreetNames
from clearway.planning.traffic.impact.arc_traffic import ArcTraffic


def test_a_heavy_vehicle_is_as_large_as_a_lorry_may_be_without_a_permit() -> None:
    assert DetourQuestion().heavy.size == (4.3, 2.55, 46.0, 23.0, 0.0)
    assert DetourQuestion().hour is None
    assert heavy_words((4.3, 0.0, 46.0, 0.0, 0.0)) == "heavy vehicles (4.3 m high, 46 t)"
    assert HeavyVehicle(height_m=0, width_m=0, weight_t=3.5, length_m=0).size == (0, 0, 3.5, 0, 0)


@pytest.mark.parametrize(
    ("said", "fits"),
    [
        ({"heavy": {"height_m": 0}}, True),
        ({"heavy": {"height_m": 0.5}}, True),
        ({"heavy": {"height_m": -0.1}}, False),
        ({"hour": 0}, True),
        ({"hour": 23}, True),
        ({"hour": -1}, False),
        ({"hour": 24}, False),
    ],
)
def test_what_may_be_asked(said: dict[str, Any], *, fits: bool) -> None:
    if fits:
        assert DetourQuestion.model_validate(said)
    else:
        with pytest.raises(ValidationError):
            DetourQuestion.model_validate(said)


def hour(saturation: list[float], flow: list[float], seconds: list[float]) -> ArcTraffic:
    fields: dict[str, Any] = dict.fromkeys(ArcTraffic.__dataclass_fields__)
    fields |= {"saturation": np.array(saturation), "flow_per_hour": np.array(flow), "time_s": np.array(seconds)}
    return ArcTraffic(**fields)


@pytest.fixture(scope="module")
def names() -> StreetNames:
    """Three streets in a row, arcs 0 to 5."""
    draft = NetworkDraft("Town")
    corners = [draft.junction(174.77 + 0.001 * east, -41.28) for east in range(4)]
    for number, name in enumerate(("First Street", "Second Street", "Third Street")):
        draft.way(corners[number], corners[number + 1], name=name)
    return StreetNames(draft.finish())


BEFORE = hour([0.1, 0.2, 0.3, 0.4, 0.5, 0.6], [1, 2, 3, 4, 5, 6], [10, 20, 30, 40, 50, 60])
AFTER = hour([0.5, 1.0, 1.25, 0.9, 1.001, 1.3], [11, 12, 13, 14, 15, 16], [70, 80, 90, 100, 110, 120])


def test_the_load_of_a_detour_is_that_of_its_fullest_piece(names: StreetNames) -> None:
    traffic = Traffic(BEFORE, AFTER, "counted")
    found = traffic.load(names, [0, 2, 3])
    assert found is not None
    assert (found.flow_per_hour, found.share_of_capacity, found.share_before) == (13.0, 1.25, 0.3)
    assert found.where.startswith("Second Street")
    assert traffic.load(names, []) is None
    (one,) = (traffic.load(names, [arc]) for arc in (1,))
    assert one is not None
    assert (one.share_of_capacity, one.where) == (1.0, names.between(0))


def test_a_piece_is_overloaded_where_more_wants_to_drive_than_it_takes_and_is_named_once(names: StreetNames) -> None:
    traffic = Traffic(BEFORE, AFTER, "counted")
    assert traffic.overloaded(names, [0, 1, 3]) == ()  # exactly full is not more
    assert traffic.overloaded(names, [5, 4, 2, 1]) == (names.between(2), names.between(1))


def test_minutes_added_are_those_under_the_closures_less_those_without() -> None:
    traffic = Traffic(BEFORE, AFTER, "counted")
    assert traffic.minutes_added([0, 1], [2, 3]) == pytest.approx((90 + 100 - 10 - 20) / 60, abs=1e-12)
    assert traffic.minutes_added([5], []) == pytest.approx(-1.0, abs=1e-12)
    assert traffic.minutes_added([], []) == 0.0


@pytest.mark.parametrize(
    ("classes", "known"), [((), False), (("bus",), False), (("service",), True), (("bus", "service"), True)]
)
def test_limits_are_known_for_heavy_vehicles_where_one_holds_for_lorries(classes: tuple[str, ...], *, known: bool) -> None:
    draft = NetworkDraft("Town")
    draft.way(draft.junction(174.77, -41.28), draft.junction(174.771, -41.28), name="First Street")
    if classes:
        for arc in (0, 1):
            draft.limit(0, 3.2, classes=class_mask(classes), arc=arc)
    assert records_limits(draft.finish()) is known
