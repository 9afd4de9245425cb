"""Tallies of a record on a network: what of a range is taken, what cannot be used, what overlaps."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest

from clearway.errors import BadInput
from clearway.picture.index import PictureIndex
from clearway.picture.view import Moments, picture_of
from clearway.planning.gazetteer import Gazetteer
from clearway.planning.vehicles.record_tally import figures_of, record_tallies, tally_drafts, write_csv
from clearway.planning.vehicles.tally import read_figures, read_tally
from clearway.record.kinds.vehicles import VehicleTally
from clearway.record.moments import calendar, moment_of
from clearway.record.open import open_record
from clearway.record.parse import draft_of
from clearway.record.source import Source
from drawn_towns import Town

if TYPE_CHECKING:
    from pathlib import Path

    from clearway.planning.vehicles.record_tally import RecordTallies

CALENDAR = calendar("Pacific/Auckland", "2022-02-08")
NOW = moment_of("2022-02-18T20:00Z")


@pytest.fixture(scope="module")
def streets() -> Gazetteer:
    """Main Street in two blocks of 100 m with three cross streets."""
    town = Town()
    for x in (0.0, 100.0):
        town.street((x, 0.0), (x + 100.0, 0.0), name="Main Street")
    for number in range(3):
        town.street((100.0 * number, 0.0), (100.0 * number, 100.0), name=f"Cross {number}")
    return Gazetteer(town.network())


def tallied(tmp_path: Path, streets: Gazetteer, *said: tuple[str, str, dict[str, Any]]) -> RecordTallies:
    """What the record says, of tallies each with its time and place."""
    store = open_record(str(tmp_path / "room.record"))
    drafts = [
        draft_of(
            {"id": f"t{number}", "kind": "vehicle_tally", "body": body, "happened": f"2022-02-18T{time}Z", "place": place},
            CALENDAR, now=NOW, entered="imported",
        )
        for number, (time, place, body) in enumerate(said)
    ]  # fmt: skip
    store.append("square", drafts)
    picture = picture_of(store, PictureIndex(), "square", Moments(NOW, NOW), calendar=CALENDAR)
    store.close()
    return record_tallies(picture.states, streets, ZoneInfo("Pacific/Auckland"))


ALL = "Main Street between Cross 0 and Cross 2"
BLOCK, TURNED = "Main Street between Cross 0 and Cross 1", "Main Street between Cross 1 and Cross 0"


@pytest.mark.parametrize(("early", "late"), [(TURNED, BLOCK), ("Main Street", ALL), (ALL, "Main Street")])
def test_of_one_stretch_under_two_names_the_newest_tally_counts(
    tmp_path: Path, streets: Gazetteer, early: str, late: str
) -> None:
    found = tallied(
        tmp_path, streets, ("09:00", late, {"car": 5}), ("08:00", early, {"car": 7}), ("10:00", "Cross 0", {"bus": 1})
    )
    assert [(one.entry, one.stretch.total, one.age_s) for one in found.counted] == [("t2", 1, 36_000), ("t0", 5, 39_600)]
    assert (found.left_out, found.notes) == ((), ())


def test_stretches_that_overlap_are_both_kept_and_said_to(tmp_path: Path, streets: Gazetteer) -> None:
    found = tallied(tmp_path, streets, ("08:00", "Main Street", {"car": 9}), ("09:00", BLOCK, {"car": 5}))
    assert [one.stretch.total for one in found.counted] == [9, 5]
    assert found.notes == (f"Main Street and {BLOCK} overlap: vehicles there may be counted twice.",)


def test_a_tally_that_cannot_be_used_is_left_out_with_its_reason(tmp_path: Path, streets: Gazetteer) -> None:
    found = tallied(
        tmp_path, streets,
        ("08:00", "Nowhere Street", {"car": 1}), ("08:00", BLOCK, {"car": 134}), ("08:00", "Cross 2", {"car": 2}),
    )  # fmt: skip
    assert [one.entry for one in found.counted] == ["t2"]
    assert [one.partition(": ")[0] for one in found.left_out] == [
        "The tally of Nowhere Street [t0] is left out", f"The tally of {BLOCK} [t1] is left out",
    ]  # fmt: skip
    assert "do not fit on" in found.left_out[1]


def test_each_stretch_says_how_old_its_tally_is_and_what_is_assumed_of_it(tmp_path: Path, streets: Gazetteer) -> None:
    body = {"car": "4 to 6", "van": "at least 2", "across": 3, "lanes_left": 0, "lane_moves": 1, "assumed": True}
    (one,) = tallied(tmp_path, streets, ("08:00", BLOCK, body)).counted
    assert (one.stretch.vehicles, one.stretch.across, one.stretch.lane_moves) == ({"car": 6, "van": 2}, 3, 1)
    assert one.stretch.assumed == (
        f"Nobody counted on {BLOCK}: 8 vehicles, by type and place, are assumed.",
        f"{BLOCK} is taken to stand as it was assumed at Fri 18 Feb 2022 21:00, 12 h before.",
        f"On {BLOCK} the most of what was counted is taken: 6 car.",
        f"On {BLOCK} nobody said the most for van: the least is taken, and there may be more.",
    )


def test_of_exact_counts_nothing_is_assumed() -> None:
    tally = VehicleTally.model_validate({"car": {"low": 3, "high": 3}, "bus": {"low": 0, "high": 0}})
    assert figures_of(tally) == (({"car": 3}, None, None, None), [])


def test_of_a_count_with_its_most_alone_the_most_is_taken_and_said() -> None:
    tally = VehicleTally.model_validate({"car": {"high": 1}, "van": {"low": 2.5}, "bus": {"low": 1.2, "high": 2.2}})
    assert figures_of(tally) == (
        ({"car": 1, "van": 3, "bus": 3}, None, None, None),
        [
            "the most of what was counted is taken: 1 car, 2 bus",
            "nobody said the most for van: the least is taken, and there may be more",
        ],
    )


def test_tallies_are_written_as_a_file_that_reads_as_the_same_stretches(tmp_path: Path, streets: Gazetteer) -> None:
    said = {"car": 5, "van": 0, "across": 3, "lanes_left": 0, "lane_moves": 1, "assumed": True, "method": "drone"}
    found = tallied(tmp_path, streets, ("08:00", BLOCK, said), ("09:00:00.7", "Cross 2", {"bus": 1}))
    path = tmp_path / "tally.csv"
    with path.open("w", newline="") as file:
        write_csv(found.counted, file)
    assert path.read_text().splitlines() == [
        "stretch,car,van,camper,truck,bus,trailer,across,lanes_left,lane_moves,assumed,counted_at,age_s,method,entry",
        "Cross 2,,,,,1,,,,,,2022-02-18T09:00:00.700000+00:00,39599,,t1",
        f"{BLOCK},5,0,,,,,3,0,1,yes,2022-02-18T08:00:00+00:00,43200,drone,t0",
    ]
    again = read_tally(path, streets)
    assert [(one.name, one.vehicles, one.across, one.lanes_left, one.lane_moves, one.is_assumed) for one in again] == [
        (one.name, one.vehicles, one.across, one.lanes_left, one.lane_moves, one.is_assumed) for one in found.stretches
    ]


def test_a_file_gives_the_same_entries_each_time_and_others_for_another_time(tmp_path: Path, streets: Gazetteer) -> None:
    path = tmp_path / "tally.csv"
    path.write_text(f"stretch,car,across,assumed\n{BLOCK},3,2,yes\nCross 0,,,\n")

    def drafts(at: str) -> list[Any]:
        found = tally_drafts(
            read_figures(path, streets), stream="square", source=Source(office="warden"), at=moment_of(at), method="drone"
        )
        return [(one.id, one.body) for one in found]

    (first, body), (second, empty) = drafts("2022-02-18T08:00Z")
    assert (body.total.low, body.across, body.assumed, body.method) == (3, 2, True, "drone")
    assert (empty.total.high, empty.bars_street) == (0, False)
    assert re.fullmatch(r"tally-[0-9a-f]{24}", first), "the record may hold it from an import of before"
    assert [one for one, _ in drafts("2022-02-18T08:00Z")] == [first, second]
    assert not {first, second} & {one for one, _ in drafts("2022-02-18T09:00Z")}


def test_a_stretch_by_the_id_of_a_way_is_no_place_of_the_record(tmp_path: Path, streets: Gazetteer) -> None:
    path = tmp_path / "tally.csv"
    path.write_text(f"stretch,car\n{streets.network.way_source[0]},3\n")
    with pytest.raises(BadInput, match=r"keeps streets by their names, not '\d+'\."):
        tally_drafts(read_figures(path, streets), stream="square", source=Source(office="warden"), at=NOW)
