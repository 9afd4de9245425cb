"""The shape of an impact as JSON."""

from __future__ import annotations

import json

from clearway.planning.traffic.impact.contract import StreetImpact, VariantImpact, WayImpacts


def test_what_is_no_number_is_null() -> None:
    street = StreetImpact(
        street="Hill Street",
        at="Hill Street between First Avenue and Second Avenue",
        way_indexes=(3, 4),
        sources=(30, 40),
        flow_before_per_hour=100.0,
        flow_after_per_hour=250.00004,
        flow_change_per_hour=150.0,
        saturation_before=0.5,
        saturation_after=float("inf"),
        extra_minutes=float("inf"),
        extra_delay_vehicle_hours=float("nan"),
    )
    answered = json.loads(json.dumps(street.as_json(), allow_nan=False))
    assert [answered[name] for name in ("saturation_after", "extra_minutes", "extra_delay_vehicle_hours")] == [None, None, None]
    assert answered["way_indexes"] == [3, 4]
    assert answered["flow_after_per_hour"] == 250.0


def test_ways_are_columns_with_null_for_agreement_without_draws() -> None:
    number = [1.0, 2.0]
    ways = WayImpacts(
        way=[5, 9],
        flow_before_per_hour=number,
        flow_change_per_hour=[-1.0, -2.0],
        saturation_before=number,
        saturation_after=number,
        extra_minutes=number,
        shut=[True, False],
        agreement=[None, 0.75],
    )
    answered = ways.as_json()
    assert answered["way"] == [5, 9]
    assert answered["shut"] == [True, False]
    assert answered["agreement"] == [None, 0.75]


def test_a_variant_that_an_earlier_version_stored_is_read_again() -> None:
    stored = (
        '{"name": "cordon 1", "places": ["Hill Street, north side of Kea Lane"], "cost_points": null, '
        '"extra_vehicle_hours": 1.5, "trips_lost_per_hour": 2.0, "help_worst_minutes": null, "help_beyond": 0, '
        '"help_unreached": 0, "bus_vehicle_minutes_per_hour": 0.0, "bus_lines_cut": 0, '
        '"burden_vehicle_hours": 3.5, "unbeaten": false}'
    )
    variant = VariantImpact.model_validate_json(stored)
    assert (variant.cost_points, variant.help_worst_minutes, variant.spots) == (None, None, ())
    assert variant.as_json().items() >= json.loads(stored).items()
