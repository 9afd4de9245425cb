"""What a vehicle has just driven, as far as it matters for what it may drive next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearway.network.classes import class_mask
from clearway.network.search.turns import FORBIDDEN, NO_STATE, TurnStates, turn_states
from drawn_towns import Town

if TYPE_CHECKING:
    from collections.abc import Sequence


def states(*turns: Sequence[int], classes: int = 127) -> TurnStates:
    """Of a street of three pieces in a row, with a street that leaves it at each of both corners (arcs 6 and 8)."""
    town = Town()
    for start, end in (((0, 0), (100, 0)), ((100, 0), (200, 0)), ((200, 0), (300, 0))):
        town.street(start, end)
    town.street((100, 0), (100, 100))
    town.street((200, 0), (200, 100))
    for arcs in turns:
        town.draft.turn(list(arcs), classes=classes)
    return turn_states(town.network(), 1)


def moves(found: TurnStates) -> dict[tuple[int, int], int]:
    """The state after each move out of a state."""
    return {
        (int(state), int(arc)): int(after)
        for state, arc, after in zip(found.move_state, found.move_arc, found.move_next, strict=True)
    }


def test_without_restrictions_nothing_matters() -> None:
    found = states()
    assert (found.arc.tolist(), found.first.tolist(), moves(found)) == ([-1], [NO_STATE] * 10, {})


def test_one_forbidden_turn_makes_one_state_out_of_which_every_arc_is_a_move() -> None:
    found = states([0, 2])
    assert found.arc.tolist() == [-1, 0]
    assert found.first.tolist() == [1, *[NO_STATE] * 9]
    assert moves(found) == {(1, 1): NO_STATE, (1, 2): FORBIDDEN, (1, 6): NO_STATE}


def test_a_restriction_over_three_streets_goes_through_two_states() -> None:
    found = states([0, 2, 4])
    assert found.arc.tolist() == [-1, 0, 2]
    assert moves(found) == {
        (1, 1): NO_STATE,
        (1, 2): 2,
        (1, 6): NO_STATE,
        (2, 3): NO_STATE,
        (2, 4): FORBIDDEN,
        (2, 8): NO_STATE,
    }


def test_who_is_midway_in_one_restriction_may_be_at_the_beginning_of_another() -> None:
    found = states([0, 2, 4], [2, 8])
    assert found.arc.tolist() == [-1, 0, 2, 2]
    assert (found.first[0], found.first[2]) == (1, 2)
    assert moves(found)[1, 2] == 3  # both beginnings at once
    assert {arc: after for (state, arc), after in moves(found).items() if state == 2} == {3: 0, 4: NO_STATE, 8: FORBIDDEN}
    assert {arc: after for (state, arc), after in moves(found).items() if state == 3} == {3: 0, 4: FORBIDDEN, 8: FORBIDDEN}


def test_turning_back_and_coming_again_begins_anew() -> None:
    found = states([1, 0, 2], [0, 6])
    assert found.arc.tolist() == [-1, 1, 0, 0]
    assert moves(found)[1, 0] == 3
    assert {arc: after for (state, arc), after in moves(found).items() if state == 3} == {1: 1, 2: FORBIDDEN, 6: FORBIDDEN}


def test_a_restriction_that_holds_another_forbids_no_more_than_that() -> None:
    found = states([0, 2, 4], [0, 2])
    assert found.arc.tolist() == [-1, 0]
    assert moves(found)[1, 2] == FORBIDDEN


def test_arcs_that_do_not_meet_and_single_arcs_and_other_classes_forbid_nothing() -> None:
    assert states([0, 4], [2], [0, 2, 7]).arc.tolist() == [-1]
    assert states([0, 2], classes=class_mask(["general"])).arc.tolist() == [-1]
    assert states([0, 2], [0, 2]).arc.tolist() == [-1, 0]  # said twice
