"""What there is to tow with: each field at its bounds, names of its own, and what a refusal says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from clearway.errors import BadFile, BadInput
from clearway.planning.vehicles.towing.means import means_of, read_means, template

if TYPE_CHECKING:
    from pathlib import Path

YARD = {"id": "yard", "lon": 174.7, "lat": -41.2}
FIRM = {"id": "A"}
MINUTES: tuple[list[Any], list[Any]] = ([0.1, 600], [0, 600.1, None])
FEE: tuple[list[Any], list[Any]] = ([0, 100_000, None], [-0.01, 100_000.01])
SIZE: tuple[list[Any], list[Any]] = ([0.1, 200, None], [0, 200.1])
WORDS: tuple[list[Any], list[Any]] = (["", "a" * 500, None], ["a" * 501])
TEMPLATE = r"\. 'clearway vehicles means' prints one to be filled in\.$"
BOUNDS: list[tuple[str, str, list[Any], list[Any]]] = [
    ("storage", "id", ["a", "a" * 100], ["", "a" * 101]),
    ("storage", "capacity", [0, 100_000, None], [-1, 100_001]),
    ("storage", "hours", ["24/7", "Mo-Fr 07:00-19:00", None], ["whenever"]),
    ("storage", "release", *WORDS),
    ("storage", "break_in", *WORDS),
    ("storage", "tow_fee", *FEE),
    ("storage", "release_fee", *FEE),
    ("storage", "day_fee", *FEE),
    ("storage", "currency", ["EUR"], ["EU", "EURO", "eur"]),
    ("operators", "id", ["a", "a" * 100], ["", "a" * 101]),
    ("operators", "storage", ["yard", None], ["", "field"]),
    ("operators", "hours", ["24/7", None], ["whenever"]),
    ("operators", "height_m", *SIZE),
    ("operators", "width_m", *SIZE),
    ("operators", "weight_t", *SIZE),
    ("operators", "length_m", *SIZE),
    ("operators", "rate", *WORDS),
    ("operators", "conditions", *WORDS),
    ("operators", "indemnity", *WORDS),
    ("operators", "light", [{"trucks": 0}, {"trucks": 200}, None], [{"trucks": -1}, {"trucks": 201}, {}]),
    ("operators", "heavy", [{"trucks": 1, "willing": "no"}], [{"trucks": 1, "willing": "perhaps"}]),
    ("", "escorts", [0, 200, None], [-1, 201]),
    ("", "hook_minutes", [{"car": one} for one in MINUTES[0]], [{"car": one} for one in MINUTES[1]]),
    ("", "yard_minutes", [{"bus": one} for one in MINUTES[0]], [{"bus": one} for one in MINUTES[1]]),
]


@pytest.mark.parametrize(("where", "name", "good", "bad"), BOUNDS)
def test_a_field_takes_what_lies_within_its_bounds(where: str, name: str, good: list[Any], bad: list[Any]) -> None:
    def given(value: object) -> dict[str, Any]:
        places = [YARD | {name: value}] if where == "storage" else [YARD]
        firms = [FIRM | {name: value}] if where == "operators" else [FIRM]
        return {"storage": places, "operators": firms} | ({} if where else {name: value})

    for value in good:
        means_of(given(value))
    for value in bad:
        with pytest.raises(BadInput, match=TEMPLATE):
            means_of(given(value))


@pytest.mark.parametrize(("kind", "one", "most"), [("storage", YARD, 40), ("operators", FIRM, 100)])
def test_there_are_at_most_so_many_of_each(kind: str, one: dict[str, Any], most: int) -> None:
    def given(count: int) -> dict[str, Any]:
        return {kind: [one | {"id": f"n{number}"} for number in range(count)]}

    assert len(getattr(means_of(given(most)), kind)) == most
    with pytest.raises(BadInput, match=TEMPLATE):
        means_of(given(most + 1))


def test_trucks_of_all_operators_and_kinds_are_counted_together() -> None:
    firms: list[dict[str, Any]] = [{"id": "A", "light": {"trucks": 120}}, {"id": "B", "heavy": {"trucks": 80}}]
    assert len(means_of({"operators": firms}).operators) == 2
    with pytest.raises(BadInput, match="There are 201 trucks; give 200 at most"):
        means_of({"operators": [*firms, {"id": "C", "light": {"trucks": 0}, "heavy": {"trucks": 1}}]})


def test_a_file_that_is_no_json_or_lists_nothing_of_use_is_refused_with_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "means.json"
    path.write_text("{", encoding="utf-8")
    with pytest.raises(BadFile, match="'clearway vehicles means' prints one to be filled in"):
        read_means(path)
    path.write_text('{"escorts": -1}', encoding="utf-8")
    with pytest.raises(BadFile, match="lists nothing to tow with that can be used"):
        read_means(path)


def test_the_template_can_be_read_and_promises_nothing() -> None:
    means = means_of(template())
    (firm,) = means.operators
    assert [(fleet.trucks, fleet.willing) for fleet in (firm.light, firm.heavy) if fleet] == [(0, "unknown")] * 2
    assert means.escorts is None
    (place,) = means.storage
    assert (place.capacity, place.hours, place.secure) == (None, None, None)
