"""What there is to set up with: each field at its bounds, what is assumed of each structure, and the template."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from clearway.errors import BadFile, BadInput
from clearway.planning.plan.stages.means import MAKER, OURS, means_of, pace_of, read_means, template

if TYPE_CHECKING:
    from pathlib import Path

DEPOT = {"id": "D1", "place": "Row 1 at Col 1"}
BOUNDS: list[tuple[str, dict[str, Any], str, list[Any], list[Any]]] = [
    ("kit", {"structure": "fence", "number": 5}, "number", [0, 100_000], [-1, 100_001]),
    ("kit", {"structure": "fence", "number": 5}, "owner", ["owned", "borrowed", "missing"], ["lost", None]),
    ("kit", {"structure": "fence", "number": 5}, "source", ["", "a" * 200], ["a" * 201]),
    ("kit", {"structure": "fence", "number": 5}, "structure", ["a", "a" * 100], ["", "a" * 101]),
    ("crews", {"id": "c", "depot": "D1"}, "speed_kmh", [0.1, 130, None], [0, 130.1]),
    ("trucks", {"id": "t", "depot": "D1"}, "carries", [1, 1000, None], [0, 1001]),
    ("forklifts", {"id": "f", "depot": "D1"}, "vehicle_class", ["service", "emergency"], ["tank"]),
    ("rates", {"structure": "fence"}, "minutes_each", [0.1, 600, None], [0, 600.1]),
    ("rates", {"structure": "fence"}, "metres_each", [0.1, 100, None], [0, 100.1]),
    ("", {}, "place_minutes", [0, 600, None], [-0.1, 600.1]),
    ("", {}, "load_minutes", [0, 600, None], [-0.1, 600.1]),
    ("", {}, "pieces", [{}, {"B1": 0}, {"B1": 1000}], [{"B1": -1}, {"B1": 1001}, {"B1": None}]),
]


@pytest.mark.parametrize(("where", "fields", "name", "good", "bad"), BOUNDS)
def test_a_field_takes_what_lies_within_its_bounds(
    where: str, fields: dict[str, Any], name: str, good: list[Any], bad: list[Any]
) -> None:
    def given(value: object) -> dict[str, Any]:
        one = fields | {name: value}
        if where == "kit":
            return {"depots": [DEPOT | {"kit": [one]}]}
        return {"depots": [DEPOT]} | ({where: [one]} if where else one)

    for value in good:
        means_of(given(value))
    for value in bad:
        with pytest.raises(BadInput, match=r"--template' prints one to be filled in\.$"):
            means_of(given(value))


@pytest.mark.parametrize("kind", ["crews", "trucks", "forklifts", "depots"])
def test_there_are_at_most_forty_of_each(kind: str) -> None:
    def given(count: int) -> dict[str, Any]:
        if kind == "depots":
            return {"depots": [DEPOT | {"id": f"D{number}"} for number in range(count)]}
        return {"depots": [DEPOT], kind: [{"id": f"u{number}", "depot": "D1"} for number in range(count)]}

    assert len(list(getattr(means_of(given(40)), kind))) == 40
    with pytest.raises(BadInput):
        means_of(given(41))


@pytest.mark.parametrize(
    ("structure", "minutes", "metres", "lifted", "brought", "source"),
    [
        ("concrete_block", 8, 2.5, True, True, OURS), ("barrier", 15, 6, False, True, MAKER),
        ("fence", 2, 3.5, False, True, OURS), ("vehicle", 3, 8, False, False, OURS),
        ("cone", 0.5, 2, False, False, OURS), ("dragon", 15, 6, False, True, MAKER),
    ],
)  # fmt: skip
def test_what_a_piece_needs_is_assumed_until_somebody_says_it(
    structure: str, minutes: float, metres: float, lifted: bool, brought: bool, source: str  # noqa: FBT001 - cases
) -> None:  # fmt: skip
    pace, assumed, told = pace_of(means_of({}), structure)
    assert (pace.minutes_each, pace.metres_each, pace.lifted, pace.brought, told) == (minutes, metres, lifted, brought, source)
    assert assumed == dict.fromkeys(("minutes_each", "metres_each", "lifted", "brought"), True)
    said = means_of({"rates": [{"structure": "other"}, {"structure": structure, "minutes_each": 7, "lifted": not lifted}]})
    pace, assumed, _ = pace_of(said, structure)
    assert (pace.minutes_each, pace.metres_each, pace.lifted) == (7, metres, not lifted)
    assert assumed == {"minutes_each": False, "metres_each": True, "lifted": False, "brought": True}


def test_the_template_can_be_filled_in_and_says_that_all_of_it_is_assumed() -> None:
    for structures in ([], ["fence", "cone"]):
        means = means_of(template(structures))
        assert [one.structure for one in means.depots[0].kit] == (structures or ["concrete_block"])
        assert [one.id for one in means.units()] == [
            "crew 1", "crew 2", "truck 1", "truck 2", "forklift 1", "forklift 2",
        ]  # fmt: skip
        every = (*means.crews, *means.trucks, *means.forklifts)
        assert all(one.assumed for one in every)
        assert means.depots[0].assumed
        assert all(one.assumed for one in means.depots[0].kit)
        assert {one.speed_kmh for one in means.forklifts} == {20}


def test_a_file_that_cannot_be_read_or_used_is_named(tmp_path: Path) -> None:
    path = tmp_path / "means.json"
    with pytest.raises(BadFile, match=r"means\.json"):
        read_means(path)
    path.write_text("{")
    with pytest.raises(BadFile, match=r"means\.json"):
        read_means(path)
    path.write_text('{"crews": [{"id": "c", "depot": "D9"}]}')
    with pytest.raises(BadFile, match=r"Unit c starts at a depot that is not listed; add it to 'depots', or name another"):
        read_means(path)
    path.write_text('{"place_minutes": 3}')
    assert read_means(path).place_minutes == 3
