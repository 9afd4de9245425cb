from collections.abc import Callable

import pytest

from clearway.network.classes import class_mask
from clearway.network.model import Network

# a cross: 1 west, 2 east, 3 north, 4 south of the middle 9; ways 11 to 14 run to the middle, way 11 from the west ...
CROSS = """
    n 1 -100 0
    n 2 100 0
    n 3 0 100
    n 4 0 -100
    n 9 0 0
    w 11 1,9 highway=residential
    w 12 2,9 highway=residential
    w 13 3,9 highway=residential
    w 14 4,9 highway=residential
"""
Draw = Callable[[str], Network]


def forbidden(network: Network) -> set[tuple[tuple[int, bool], ...]]:
    """Each forbidden sequence as (way of the source, whether along it)."""
    found = set()
    for first, end in zip(network.turn_start[:-1].tolist(), network.turn_start[1:].tolist(), strict=True):
        arcs = network.turn_arcs[first:end].tolist()
        found.add(tuple((int(network.way_source[arc >> 1]), arc & 1 == 0) for arc in arcs))
    return found


def test_no_left_turn_forbids_that_turn_alone(draw: Draw) -> None:
    network = draw(CROSS + "r 1 w11:from n9:via w13:to type=restriction restriction=no_left_turn")
    assert forbidden(network) == {((11, True), (13, False))}
    assert network.turn_classes.tolist() == [class_mask(["emergency", "resident", "service", "bus", "general", "cycle"])]
    assert network.turn_source.tolist() == [1]


def test_only_straight_on_forbids_every_other_way_on_the_u_turn_included(draw: Draw) -> None:
    network = draw(CROSS + "r 1 w11:from n9:via w12:to type=restriction restriction=only_straight_on")
    assert forbidden(network) == {((11, True), (other, False)) for other in (11, 13, 14)}


def test_no_u_turn_forbids_to_turn_back_into_the_same_street(draw: Draw) -> None:
    network = draw(CROSS + "r 1 w11:from n9:via w11:to type=restriction restriction=no_u_turn")
    assert forbidden(network) == {((11, True), (11, False))}


def test_a_from_way_that_goes_on_past_the_junction_is_taken_by_the_piece_that_its_one_way_sign_leaves(draw: Draw) -> None:
    through = CROSS.replace("w 11 1,9", "w 11 1,9,2").replace("w 12 2,9 highway=residential\n", "")
    one_way = through.replace("w 11 1,9,2 highway=residential", "w 11 1,9,2 highway=residential oneway=yes")
    rule = "r 1 w11:from n9:via w13:to type=restriction restriction=no_left_turn"
    assert forbidden(draw(one_way + rule)) == {((11, True), (13, False))}
    assert forbidden(draw(through + rule)) == {((11, True), (13, False))}


@pytest.mark.parametrize(
    ("rule", "approach"),
    [("no_left_turn", True), ("no_right_turn", False), ("only_left_turn", True), ("only_right_turn", False)],
)
def test_a_from_way_that_goes_on_both_ways_is_taken_from_the_side_where_it_turns_as_named(
    draw: Draw, rule: str, *, approach: bool
) -> None:
    through = CROSS.replace("w 11 1,9", "w 11 1,9,2").replace("w 12 2,9 highway=residential\n", "")
    found = forbidden(draw(through + f"r 1 w11:from n9:via w13:to type=restriction restriction={rule}"))
    assert {sequence[0] for sequence in found} == {(11, approach)}


def test_a_to_way_that_goes_on_both_ways_is_taken_on_the_side_where_it_turns_as_named(draw: Draw) -> None:
    through = CROSS.replace("w 13 3,9", "w 13 3,9,4").replace("w 14 4,9 highway=residential\n", "")
    network = draw(through + "r 1 w11:from n9:via w13:to type=restriction restriction=no_right_turn")
    assert forbidden(network) == {((11, True), (13, True))}


def test_approaches_that_geometry_cannot_tell_apart_are_refused(draw: Draw) -> None:
    through = CROSS.replace("w 11 1,9", "w 11 1,9,2").replace("w 12 2,9 highway=residential\n", "")
    network = draw(through + "r 1 w11:from n9:via w13:to type=restriction restriction=no_entry")
    assert network.report["turn_restrictions"]["refused"] == {"from, via and to meet in more than one way": 1}


def test_a_way_that_is_split_elsewhere_keeps_its_restriction_at_via(draw: Draw) -> None:
    crossed = """
    n 5 -50 0
    n 6 -50 50
    """ + CROSS.replace("w 11 1,9", "w 11 1,5,9")
    network = draw(
        crossed + "w 15 6,5 highway=residential\nr 1 w11:from n9:via w13:to type=restriction restriction=no_left_turn"
    )
    assert forbidden(network) == {((11, True), (13, False))}
    arc = int(network.turn_arcs[0])
    assert network.way_length_m[arc >> 1] == pytest.approx(50, abs=0.1)


# two carriageways (21 eastward, 22 westward) joined by 23; a U-turn goes over it
CARRIAGEWAYS = """
    n 1 -100 0
    n 2 0 0
    n 3 100 0
    n 4 100 20
    n 5 0 20
    n 6 -100 20
    w 21 1,2,3 highway=primary oneway=yes
    w 22 4,5,6 highway=primary oneway=yes
    w 23 2,5 highway=primary_link
"""


def test_a_restriction_over_a_via_way_is_the_sequence_of_all_three(draw: Draw) -> None:
    network = draw(CARRIAGEWAYS + "r 1 w21:from w23:via w22:to type=restriction restriction=no_u_turn")
    over = ((21, True), (23, True), (22, True))
    assert forbidden(network) == {over, ((23, True), (23, False)), ((23, False), (23, True))}


def test_only_over_a_via_way_forbids_each_way_of_leaving_the_sequence(draw: Draw) -> None:
    town = CARRIAGEWAYS + "n 7 0 100\nw 24 5,7 highway=residential\n"
    town = "\n".join(sorted(town.strip().splitlines(), key=lambda line: line.split()[0]))
    network = draw(town + "\nr 1 w21:from w23:via w24:to type=restriction restriction=only_straight_on")
    assert forbidden(network) == {
        ((21, True), (21, True)),
        ((21, True), (23, True), (22, True)),
        ((21, True), (23, True), (23, False)),
        ((23, True), (23, False)),
        ((23, False), (23, True)),
    }


def test_no_entry_with_several_from_members_forbids_each(draw: Draw) -> None:
    network = draw(CROSS + "r 1 w11:from w14:from n9:via w13:to type=restriction restriction=no_entry")
    assert forbidden(network) == {((11, True), (13, False)), ((14, True), (13, False))}


def test_no_exit_with_several_to_members_forbids_each(draw: Draw) -> None:
    network = draw(CROSS + "r 1 w11:from n9:via w13:to w12:to type=restriction restriction=no_exit")
    assert forbidden(network) == {((11, True), (13, False)), ((11, True), (12, False))}


@pytest.mark.parametrize(
    ("tags", "bound"),
    [
        ("restriction=no_left_turn except=psv", ["emergency", "resident", "service", "general", "cycle"]),
        ("restriction=no_left_turn except=bicycle;emergency", ["resident", "service", "bus", "general"]),
        ("restriction=no_left_turn except=taxi", ["emergency", "resident", "service", "bus", "general", "cycle"]),
        ("restriction:hgv=no_left_turn", ["service"]),
        ("restriction:bus=no_left_turn", ["bus"]),
        ("restriction:motorcar=no_left_turn except=destination", ["resident", "general"]),
    ],
)
def test_a_restriction_binds_the_vehicles_it_names_but_not_those_it_excepts(draw: Draw, tags: str, bound: list[str]) -> None:
    network = draw(CROSS + f"r 1 w11:from n9:via w13:to type=restriction {tags}")
    assert network.turn_classes.tolist() == [class_mask(bound)]


@pytest.mark.parametrize(
    ("relation", "reason"),
    [
        ("w11:from n9:via w13:to restriction=no_left_turn day_on=Mo", "holds at certain times only"),
        ("w11:from n9:via w13:to 'restriction:conditional=no_left_turn @ (07:00-09:00)'", "holds at certain times only"),
        ("w11:from n9:via w13:to restriction=no_turn_on_red", "value no_turn_on_red"),
        ("w11:from n9:via w13:to", "value absent"),
        ("w11:from n9:via restriction=no_left_turn", "from, via or to is missing"),
        ("w11:from w12:from n9:via w13:to restriction=no_left_turn", "more than one from or to"),
        ("w11:from n1:via w13:to restriction=no_left_turn", "from, via and to do not meet"),
        ("w11:from n777:via w13:to restriction=no_left_turn", "from, via and to do not meet"),
        ("w11:from n9:via w99:to restriction=no_left_turn", "a member lies outside the data"),
        ("w11:from n9:via w13:to restriction:tank=no_left_turn", "binds no vehicle class"),
        ("w11:from n9:via n1:via w13:to restriction=no_left_turn", "via is neither one node nor ways"),
        ("w11:from w12:via w13:to restriction=no_left_turn", "from, via and to do not meet"),
        ("n1:from n9:via w13:to restriction=no_left_turn", "more than one from or to"),
    ],
)
def test_a_restriction_that_cannot_be_kept_is_refused_with_its_reason(draw: Draw, relation: str, reason: str) -> None:
    network = draw(CROSS + f"r 1 {relation} type=restriction")
    assert network.report["turn_restrictions"] == {"in_source": 1, "kept": 0, "refused": {reason: 1}, "sequences": 0}
    assert len(network.turn_classes) == 0


def test_a_member_that_is_no_street_of_ours_is_told_from_one_outside_the_data(draw: Draw) -> None:
    town = CROSS.replace("w 13 3,9 highway=residential", "w 13 3,9 highway=proposed")
    network = draw(town + "r 1 w11:from n9:via w13:to type=restriction restriction=no_left_turn")
    assert network.report["turn_restrictions"]["refused"] == {"a member is not a street of the network": 1}


def test_a_member_that_runs_the_other_way_is_refused(draw: Draw) -> None:
    town = CROSS.replace("w 11 1,9 highway=residential", "w 11 1,9 highway=residential oneway=-1")
    network = draw(town + "r 1 w11:from n9:via w13:to type=restriction restriction=no_left_turn")
    assert network.report["turn_restrictions"]["kept"] == 0
