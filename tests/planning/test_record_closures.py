"""What a record bars to vehicles of help: each sentence that the closures promise, in a grid of streets."""

from __future__ import annotations

from contextlib import closing
from itertools import count
from typing import TYPE_CHECKING, Any

import pytest

from clearway.errors import BadGeometry
from clearway.network.importers.osm import import_osm
from clearway.picture.index import PictureIndex
from clearway.picture.view import Moments, picture_of
from clearway.planning.gazetteer import Gazetteer
from clearway.planning.record_closures import RecordClosures, Unplaced, record_closures
from clearway.record.open import open_record
from clearway.record.parse import draft_of
from clearway.record.place_text import places_of_text
from plan_rings import DAYS, NOW

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Barred = Callable[..., RecordClosures]

BLOCKS = {"barrier": "concrete_block", "state": "standing"}


@pytest.fixture(scope="module")
def grid(open_data: Path) -> Gazetteer:
    """Four streets each way, a hundred metres apart."""
    return Gazetteer(import_osm(open_data / "cases" / "network" / "k00-base.osm"))


@pytest.fixture
def barred(grid: Gazetteer, tmp_path: Path) -> Barred:
    """What a record with some entries bars: kind, body, places in words."""

    rooms = count()

    def closures(*entries: tuple[str, dict[str, Any], str]) -> RecordClosures:
        with closing(open_record(str(tmp_path / f"{next(rooms)}.record"))) as store:
            for number, (kind, body, where) in enumerate(entries):
                places = [place.model_dump(mode="json", exclude_none=True) for place in places_of_text(where)] if where else []
                told = {"kind": kind, "body": body, "places": places, "happened": "day 14", "id": f"e{number}"}
                store.append("op", [draft_of(told, DAYS, now=NOW, entered="imported")])
            picture = picture_of(store, PictureIndex(), "op", Moments(NOW, NOW), calendar=DAYS)
        return record_closures(picture.states, middle(grid), grid)

    return closures


def middle(grid: Gazetteer) -> tuple[float, float]:
    network = grid.network
    return float(network.junction_lon.mean()), float(network.junction_lat.mean())


def streets(grid: Gazetteer, found: RecordClosures) -> list[str]:
    return sorted({grid.network.street(closure.way) or "" for closure in found.closures})


def test_help_alone_is_shut_out_where_something_stands_whoever_it_would_let_through(barred: Barred, grid: Gazetteer) -> None:
    found = barred(
        ("barrier_state", BLOCKS, "Col 3 at Row 4, south side"),
        ("gate_state", {"state": "restricted"}, "Row 2 at Col 4, west side"),
        ("road_state", {"state": "shut"}, "Row 3 between Col 2 and Col 3"),
    )
    assert streets(grid, found) == ["Col 3", "Row 2", "Row 3"]
    assert (found.placed, found.unplaced, set(found.entries)) == (3, (), {"e0", "e1", "e2"})
    for closure in found.closures:
        assert (closure.holds("emergency"), closure.holds("general"), closure.along, closure.against) == (
            True,
            False,
            True,
            True,
        )


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("barrier_state", BLOCKS | {"state": "removed"}),
        ("barrier_state", BLOCKS | {"state": "planned"}),
        ("gate_state", {"state": "open"}),
        ("road_state", {"state": "open"}),
        ("road_state", {"state": "restricted"}),
    ],
)
def test_what_is_open_to_help_bars_nothing(barred: Barred, kind: str, body: dict[str, Any]) -> None:
    assert barred((kind, body, "Col 3 at Row 4, south side")) == RecordClosures((), 0, (), ())


def test_a_corner_without_a_side_shuts_all_the_streets_that_meet_there(barred: Barred, grid: Gazetteer) -> None:
    found = barred(("barrier_state", BLOCKS, "Col 2 at Row 2"))
    assert streets(grid, found) == ["Col 2", "Row 2"]
    assert len({closure.way for closure in found.closures}) == 4
    assert all(closure.at_m is not None for closure in found.closures)


def test_a_part_of_a_street_that_is_shut_is_shut_for_its_whole_length(barred: Barred, grid: Gazetteer) -> None:
    (closure,) = barred(("road_state", {"state": "shut"}, "Row 3 between Col 2 and Col 3")).closures
    assert (closure.at_m, grid.network.street(closure.way)) == (None, "Row 3")
    assert closure.label.endswith("Row 3 between Col 2 and Col 3")


def test_what_nobody_can_place_is_named_with_why_and_nothing_is_shut_for_it(barred: Barred) -> None:
    found = barred(
        ("barrier_state", BLOCKS, ""),
        ("barrier_state", BLOCKS, "Col 3"),
        ("barrier_state", BLOCKS | {"state": "pushed"}, "Col 2 at Row 1, north side"),
        ("barrier_state", BLOCKS, "Nowhere Street at Col 1"),
    )
    assert (found.closures, found.placed, set(found.entries)) == ((), 0, {"e0", "e1", "e2", "e3"})
    where = {one.where: one.why for one in found.unplaced}
    assert len(where) == 4
    assert (where["no place named"], where["Col 3"]) == ("", "")
    assert where["Col 2 at Row 1, north side"] == "nobody has said where it is now"
    assert where["Nowhere Street at Col 1"] == "This map has no street called Nowhere Street"


def test_of_several_places_said_those_that_nobody_named_are_counted(barred: Barred) -> None:
    here = "Col 3 at Row 4, south side"
    found = barred(("barrier_state", BLOCKS | {"at_places": 3}, here))
    assert (found.placed, [one.where for one in found.unplaced]) == (1, ["2 more places that nobody named"])
    assert barred(("barrier_state", BLOCKS | {"at_places": 1}, here)).unplaced == ()


def test_one_place_that_two_entries_name_is_one_and_both_bar_it(barred: Barred) -> None:
    here = "Col 3 at Row 4, south side"
    found = barred(("barrier_state", BLOCKS, here), ("gate_state", {"state": "shut"}, here))
    assert (found.placed, set(found.entries)) == (1, {"e0", "e1"})
    assert len({closure.label for closure in found.closures}) == 2


def test_a_site_off_the_network_is_refused(grid: Gazetteer) -> None:
    with pytest.raises(BadGeometry):
        record_closures([], (0.0, 0.0), grid)
    assert Unplaced("a", "b").why == ""


def test_vehicles_across_a_stretch_bar_it_to_help_until_a_lane_is_left(barred: Barred, grid: Gazetteer) -> None:
    stretch, across = "Row 3 between Col 2 and Col 3", {"car": {"low": 9, "high": 9}, "across": 4}
    found = barred(("vehicle_tally", across, stretch))
    assert (streets(grid, found), found.unplaced) == (["Row 3"], ())
    assert barred(("vehicle_tally", across | {"lanes_left": 1}, stretch)).closures == ()
