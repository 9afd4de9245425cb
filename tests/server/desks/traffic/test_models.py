"""The contract of an impact is the shape of the report, field by field."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest

from clearway.planning.traffic.impact import report, variants
from clearway.server.desks.traffic import models as traffic_models

RENAMED = {"Range": "ImpactRange", "Totals": "ImpactTotals"}
PARTS = [
    *(report.Range, report.HowSure, report.LostTrips, report.Totals, report.StreetImpact, report.WayImpacts, report.ZoneImpact),
    *(report.BusImpact, report.EmergencySide, report.EmergencyAddress, report.EmergencyImpact, report.Impact),
]


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.__name__)
def test_every_field_of_the_report_is_answered(part: type) -> None:
    model = getattr(traffic_models, RENAMED.get(part.__name__, part.__name__))
    assert list(model.model_fields) == [entry.name for entry in fields(part)]


def test_every_field_of_a_variant_is_answered_and_where_its_barriers_stand() -> None:
    told = {entry.name for entry in fields(variants.VariantImpact)}
    assert set(traffic_models.VariantImpact.model_fields) == told | {"spots"}


def test_what_is_no_number_is_answered_as_null() -> None:
    street = report.StreetImpact(
        street="Hill Street",
        at="Hill Street between First Avenue and Second Avenue",
        way_indexes=(3, 4),
        sources=(30, 40),
        flow_before_per_hour=100.0,
        flow_after_per_hour=250.0,
        flow_change_per_hour=150.0,
        saturation_before=0.5,
        saturation_after=float("inf"),
        extra_minutes=float("inf"),
        extra_delay_vehicle_hours=float("nan"),
    )
    answered = traffic_models.StreetImpact.model_validate(report.as_json(street))
    assert (answered.saturation_after, answered.extra_minutes, answered.extra_delay_vehicle_hours) == (None, None, None)
    assert answered.way_indexes == [3, 4]


def test_ways_are_answered_as_columns_with_null_for_agreement_without_draws() -> None:
    number = np.array([1.0, 2.0])
    ways = report.WayImpacts(
        way=np.array([5, 9], np.int32),
        flow_before_per_hour=number,
        flow_change_per_hour=-number,
        saturation_before=number,
        saturation_after=number,
        extra_minutes=number,
        shut=np.array([True, False]),
        agreement=np.array([np.nan, 0.75]),
    )
    answered = traffic_models.WayImpacts.model_validate(report.as_json(ways))
    assert answered.way == [5, 9]
    assert answered.shut == [True, False]
    assert answered.agreement == [None, 0.75]
