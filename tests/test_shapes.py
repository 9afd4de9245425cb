"""What questions and answers are made of."""

from __future__ import annotations

import json
import math
from typing import Self

import pytest
from pydantic import ValidationError, model_validator

from clearway.shapes import Exact, Figure, OpenFigure, Shape, problems_of, sentence_of


class Figures(Shape):
    """Two figures."""

    sure: Figure
    open: OpenFigure = math.nan


def test_figures_are_exact_within_the_program_and_have_four_decimals_as_json() -> None:
    figures = Figures(sure=1.000049, open=2.5)
    assert figures.sure == 1.000049
    assert figures.as_json() == {"sure": 1.0, "open": 2.5}


def test_what_is_infinite_or_no_number_is_null_as_json_and_is_read_again() -> None:
    figures = Figures(sure=1.0, open=math.inf)
    assert json.loads(json.dumps(figures.as_json(), allow_nan=False)) == {"sure": 1.0, "open": None}
    assert math.isnan(Figures.model_validate_json(figures.model_dump_json()).open)


def test_a_figure_says_whether_it_may_be_null() -> None:
    fields = Figures.model_json_schema(mode="serialization")["properties"]
    assert fields["sure"]["type"] == "number"
    assert fields["open"]["anyOf"] == [{"type": "number"}, {"type": "null"}]


def test_many_faults_are_told_at_once_but_not_endlessly() -> None:
    errors = [{"loc": (f"field{n}",), "type": "missing", "msg": ""} for n in range(5)]
    assert sentence_of(errors).startswith("'field0' is missing; 'field1' is missing; 'field2' is missing; and 2 more.")


def test_an_item_that_is_wrong_is_not_also_counted_as_missing() -> None:
    wrong = {"loc": ("places", 0, "lat"), "type": "less_than_equal", "msg": "Input should be less than or equal to 90"}
    short = {"loc": ("places",), "type": "too_short", "msg": "Tuple should have at least 1 item after validation, not 0"}
    assert problems_of([wrong, short]) == "'places.0.lat' should be less than or equal to 90"
    assert problems_of([short]) == "'places' should have at least 1 item, not 0"


def test_a_field_is_called_as_it_was_typed() -> None:
    errors = [{"loc": ("radius_m",), "type": "greater_than", "msg": "Input should be greater than 0"}]
    said = sentence_of(errors, called={"radius_m": "--radius"}, remedy="Run it again.")
    assert said == "--radius should be greater than 0. Run it again."


class Crew(Exact):
    people: int

    @model_validator(mode="after")
    def _can_be(self) -> Self:
        return self


def test_what_only_looks_like_a_number_is_refused_also_where_a_validator_looks_at_the_whole() -> None:
    assert Crew.model_validate({"people": 3}).people == 3
    for people in (True, "3"):
        with pytest.raises(ValidationError, match="valid integer"):
            Crew.model_validate({"people": people})
