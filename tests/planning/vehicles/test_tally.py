"""Tallies: what is counted, what is assumed and said to be, what cannot be right."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clearway.demo.wellington import bundled
from clearway.errors import BadFile, BadInput, ClearwayError
from clearway.planning.gazetteer import Gazetteer
from clearway.planning.vehicles.tally import Stretch, lines_of, read_tally, refuse_twins, some_assumed
from drawn_towns import Town

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from clearway.network.model import Network

    Read = Callable[..., list[Stretch]]

HEADER = "stretch,car,van,truck,across,lanes_left,lane_moves"
BLOCK = "Main Street between Cross 0 and Cross 1"


@pytest.fixture(scope="module")
def streets() -> Gazetteer:
    """Main Street in two blocks of 100 m with three cross streets, and a second Side Street far away."""
    town = Town()
    for x in (0.0, 100.0):
        town.street((x, 0.0), (x + 100.0, 0.0), name="Main Street")
    for number in range(3):
        town.street((100.0 * number, 0.0), (100.0 * number, 100.0), name=f"Cross {number}")
    town.street((100.0, 100.0), (200.0, 100.0), name="Side Street")
    town.street((3000.0, 0.0), (3100.0, 0.0), name="Side Street")
    return Gazetteer(town.network())


@pytest.fixture
def read(tmp_path: Path, streets: Gazetteer) -> Read:
    """Reads lines below the header."""

    def of(*lines: str, header: str = HEADER) -> list[Stretch]:
        path = tmp_path / "tally.csv"
        path.write_text("\n".join([header, *lines]))
        return read_tally(path, streets)

    return of


def test_what_is_said_is_taken_and_nothing_is_assumed(read: Read) -> None:
    (one,) = read(f"{BLOCK},6,2,1,5,0,2")
    assert (one.ways, one.vehicles, one.total, one.across, one.lanes_left, one.lane_moves) == (
        (0,), {"car": 6, "van": 2, "truck": 1}, 9, 5, 0, 2,
    )  # fmt: skip
    assert one.assumed == ()
    assert [one.moves(level) for level in range(3)] == [0, 2, 5]


def test_what_is_left_empty_is_assumed_and_said_to_be(read: Read) -> None:
    (one,) = read(f"{BLOCK},7,,,,,")
    assert (one.across, one.lanes_left, one.lane_moves) == (7, 0, 4)
    assert [sentence.split(f" {BLOCK}")[0] for sentence in one.assumed] == [
        "Nobody said how many of 7 vehicles on",
        "Nobody said whether a lane is left on",
        "Nobody said how many must go until a lane of",
    ]


def test_who_stands_at_the_kerb_shuts_nothing(read: Read) -> None:
    (one,) = read(f"{BLOCK},7,,,0,,")
    assert (one.across, one.lane_moves, one.is_shut_to_help, one.assumed) == (0, 0, False, ())


def test_where_a_lane_is_left_nothing_must_go_for_one(read: Read) -> None:
    (one,) = read(f"{BLOCK},7,,,7,1,3")
    assert (one.lane_moves, one.is_shut_to_help, one.moves(2)) == (0, False, 7)


def test_a_street_without_its_ends_is_all_of_it(read: Read) -> None:
    (one,) = read("Main Street,3,,,,,")
    assert sorted(one.ways) == [0, 1]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("Nowhere Street,3,,,,,", r"line 2: This map has no street called Nowhere Street\. Write its name as the map has it\."),
        ("Mani Street,3,,,,,", r"line 2: This map has no street called Mani Street\. Did you mean Main Street\?$"),
        ("Side Street,3,,,,,", "line 2: There are 2 streets called Side Street on this map."),
        ("Main Street at Cross 1,3,,,,,", "line 2: Main Street at Cross 1 is a spot, no stretch of street."),
        (",3,,,,,", "line 2: The stretch is empty."),
        ("999,3,,,,,", "line 2: Unknown street: 999"),
        (f"{BLOCK},3.5,,,,,", "line 2: car is '3.5'. Give a whole number"),
        (f"{BLOCK},-1,,,,,", "line 2: car is '-1'."),
        (f"{BLOCK},many,,,,,", "line 2: car is 'many'. Give a whole number, 0 or more."),
        (f"{BLOCK},3,,,4,,", "line 2: 4 vehicles stand across"),
        (f"{BLOCK},3,,,2,,3", "To free a lane of .* 3 vehicles must go, of 2 that stand across"),
        (f"{BLOCK},3,,,3,0,0", "No lane of .* is left, yet none of its vehicles must go"),
        (f"{BLOCK},134,,,,,", "line 2: 134 vehicles do not fit on"),
    ],
)
def test_what_cannot_be_right_is_refused_with_its_line(read: Read, line: str, why: str) -> None:
    with pytest.raises(ClearwayError, match=why):
        read(line)


def test_as_many_as_just_fit_are_taken(read: Read) -> None:
    """By hand: six abreast on 100 m are 600 m, 133 cars of 4.5 m; the 134th is refused above."""
    assert read(f"{BLOCK},133,,,,,")[0].total == 133


@pytest.mark.parametrize(
    ("kind", "most"), [("car", 133), ("van", 109), ("camper", 85), ("truck", 66), ("bus", 48), ("trailer", 100)]
)
def test_as_many_of_each_type_as_just_fit_are_taken(read: Read, kind: str, most: int) -> None:
    """By hand: 600 m of kerb, and the length of each."""
    header = f"stretch,{kind}"
    assert read(f"{BLOCK},{most}", header=header)[0].vehicles == {kind: most}
    with pytest.raises(
        BadInput, match=rf"{most + 1} vehicles do not fit on {BLOCK}: it is 100 m long, and they take \d+ m bumper"
    ):
        read(f"{BLOCK},{most + 1}", header=header)


def test_figures_at_their_bounds_can_be_right(read: Read) -> None:
    taken = {
        "4,,,4,0,4": (4, 0, 4), "4,,,4,0,1": (4, 0, 1), "4.0,,,,,": (4, 0, 2), "4,,,4,1,": (4, 1, 0), "4,,,4,1,0": (4, 1, 0),
        "4,,,0,0,0": (0, 0, 0), "5,,,1,0,": (1, 0, 1),
    }  # fmt: skip
    for figures, expected in taken.items():
        (one,) = read(f"{BLOCK},{figures}")
        assert (one.across, one.lanes_left, one.lane_moves) == expected, figures
        assert one.is_shut_to_help is (one.lane_moves > 0)
    assert read(f"{BLOCK},4,,,4,1,")[0].assumed == (), "where a lane is left nobody need go for one"
    assert read(f"{BLOCK},2,,,1,0,1")[0].is_shut_to_help


def test_each_figure_that_is_assumed_is_said_in_a_sentence(read: Read) -> None:
    (one,) = read(f"{BLOCK},1,,,,,")
    assert one.assumed == (
        f"Nobody said how many of 1 vehicle on {BLOCK} stand in the carriageway: all.",
        f"Nobody said whether a lane is left on {BLOCK}: none.",
        f"Nobody said how many must go until a lane of {BLOCK} is free: half, 1 vehicle.",
    )
    header = "stretch,car,across,lanes_left,lane_moves,assumed"
    guesses = {word: read(f"{BLOCK},1,1,0,1,{word}", header=header)[0] for word in ("yes", "YES ", "no", "")}
    assert [one.is_assumed for one in guesses.values()] == [True, True, False, False]
    assert guesses["yes"].assumed == (f"Nobody counted on {BLOCK}: 1 vehicle, by type and place, are assumed.",)
    assert guesses["no"].assumed == ()
    with pytest.raises(BadInput, match=r"line 2: assumed is 'maybe'\. Write yes, or leave it empty\.$"):
        read(f"{BLOCK},1,1,0,1,Maybe", header=header)
    stretches = [guesses["yes"], guesses["no"], guesses["yes"]]
    assert [some_assumed(one) for one in (stretches, stretches[:1], stretches[1:2], [])] == [
        ", 2 of 3 tallies assumed", ", 1 of 1 tally assumed", "", "",
    ]  # fmt: skip


def test_a_line_that_ends_before_its_stretch_has_none(read: Read) -> None:
    with pytest.raises(BadInput, match=r"line 2: The stretch is empty\."):
        read("3", header="car,stretch")


def test_what_to_do_is_said_behind_each_fault(read: Read) -> None:
    for line, remedy in (
        (f"{BLOCK},3,,,4,,", "Count again, or split the stretch."),
        ("Main Street at Cross 1,3,,,,,", "is a spot, no stretch of street. Name the street, and between which others."),
    ):
        with pytest.raises(BadInput) as refused:
            read(line)
        assert str(refused.value).endswith(remedy)


def test_eight_faults_are_shown_and_the_others_counted(read: Read) -> None:
    with pytest.raises(BadInput, match=r"line 9: car is 'x'\. Give a whole number, 0 or more\.$"):
        read(*[f"{BLOCK},x,,,,,"] * 8)
    with pytest.raises(BadInput, match=r"line 9: car is 'x'\. Give a whole number, 0 or more\. And 2 lines more\.$"):
        read(*[f"{BLOCK},x,,,,,"] * 10)
    with pytest.raises(BadInput, match="And 491 lines more"):
        read(*[f"{BLOCK},1,,,,,"] * 500)


def test_two_stretches_of_the_same_ways_are_one(read: Read) -> None:
    (one,), (other,) = read(f"{BLOCK},3,,,,,"), read("Main Street between Cross 1 and Cross 2,3,,,,,")
    refuse_twins([one, other])
    with pytest.raises(BadInput, match=rf"^{BLOCK} and {BLOCK} are one stretch\. Count it on one line\.$"):
        refuse_twins([one, other, one])
    with pytest.raises(BadInput, match=rf"^tally\.csv: {BLOCK} and"):
        refuse_twins([one, one], "tally.csv: ")


def test_one_stretch_on_two_lines_is_refused(read: Read) -> None:
    with pytest.raises(ClearwayError, match=r"are one stretch\. Count it on one line\."):
        read(f"{BLOCK},3,,,,,", "Main Street between Cross 1 and Cross 0,2,,,,,")


def test_a_file_without_stretches_or_vehicles_is_refused(read: Read) -> None:
    with pytest.raises(BadFile, match="has no line below the names of its columns"):
        read()
    with pytest.raises(BadFile, match=r"counts no vehicles\. Give a column for each type that stands there: car, "):
        read(BLOCK, header="stretch")
    with pytest.raises(BadFile, match="has 501 stretches"):
        read(*[f"{BLOCK},1,,,,,"] * 501)


def test_the_demonstrations_tally_comes_to_what_the_reports_say_and_says_that_it_is_assumed(
    wellington: Network, tmp_path: Path
) -> None:
    path = tmp_path / "tally.csv"
    path.write_bytes(bundled("tally.csv"))
    found = read_tally(path, Gazetteer(wellington))
    assert sum(one.total for one in found) == 450
    assert all(one.assumed[0].startswith("Nobody counted on") for one in found)


def test_each_line_that_cannot_be_right_is_named_by_its_number_in_the_file(tmp_path: Path, streets: Gazetteer) -> None:
    """Comments and empty lines count: the numbers are those that an editor shows."""
    text = f"# counted by day\nstretch,car\n\n{BLOCK},3\nNowhere Street,2\n{BLOCK},4\nMain Street,many\n"
    found, faults = lines_of(text, streets, "The file")
    assert [line.stretch.name for line in found] == [BLOCK]
    assert [line for line, _ in faults] == [5, 6, 7]
    assert f"{BLOCK} (line 4) and {BLOCK} are one stretch" in faults[1].says
    path = tmp_path / "several.csv"
    path.write_text(text)
    with pytest.raises(BadInput, match=r"line 5: .* line 6: .* line 7: "):
        read_tally(path, streets)
