"""The question about a cordon: what it takes, and what it refuses in one sentence."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from clearway.planning.cordon.planner.question import CordonQuestion
from clearway.shapes import sentence_of


@pytest.mark.parametrize(
    ("wishes", "sentence"),
    [
        (
            {"site": {"type": "Point", "coordinates": [174.77, -41.28]}},
            "'site' should be one of 'Polygon', 'MultiPolygon', not 'Point'",
        ),
        ({"site": {"type": "Polygon", "coordinates": []}}, "'site.coordinates' should have at least 1 item"),
        ({"site": {"type": "Polygon", "coordinates": [[[174.77, "x"]]]}}, "'site.coordinates.0.0.1' should be a valid number"),
        ({"outside": {"type": "GeometryCollection", "geometries": []}}, "'outside.geometries' should have at least 1 item"),
        ({"radius_m": 1e9}, "'radius_m' should be less than or equal to 20000"),
        ({"radius_m": float("nan")}, "'radius_m' must be a number, not NaN or infinity"),
        ({"shut": ("tank",)}, "'shut.0' should be 'emergency', 'resident'"),
        ({"at_most": 0}, "'at_most' should be greater than or equal to 1"),
        ({"address_cost": -1}, "'address_cost' should be greater than or equal to 0"),
        ({"alternatives": 11}, "'alternatives' should be less than or equal to 10"),
        ({"pins": [{"lon": 174.77}]}, "'pins.0.lat' is missing"),
        ({"costs": {"paint": 1}}, "'costs.paint' is not known"),
        ({"costs": {"junction_share": 1.5}}, "'costs.junction_share' should be less than or equal to 1"),
        ({"colour": "red"}, "'colour' is not known"),
    ],
)
def test_a_wish_that_cannot_be_read_gets_one_sentence(wishes: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ValidationError) as refused:
        CordonQuestion.model_validate(wishes)
    assert sentence_of(refused.value.errors()).startswith(sentence)


def test_a_question_is_read_again_from_its_own_json() -> None:
    ring = [[174.77, -41.28], [174.78, -41.28], [174.78, -41.27], [174.77, -41.28]]
    asked = CordonQuestion.model_validate(
        {
            "site": {"type": "Polygon", "coordinates": [ring]},
            "outside": {"type": "GeometryCollection", "geometries": [{"type": "Point", "coordinates": [174.7, -41.2]}]},
            "shut": ["general"],
            "costs": {"by_class": {"primary": 12}},
            "never": [{"lon": 174.77, "lat": -41.28}],
            "never_ways": [3],
            "at_most": 4,
        }
    )
    assert CordonQuestion.model_validate_json(asked.model_dump_json()) == asked
