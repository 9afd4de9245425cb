"""The table, the rooms, and the list of mutants that make no difference."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mutate.__main__ import LEAST, STRICT_LEAST, in_turn
from mutate.judged import judged
from mutate.mutants import changes_of
from mutate.rooms import PROGRAM, ROOMS, Room, asked
from mutate.table import BEGIN, END, PAGE, Row, misses, rows, table, verdict, write

if TYPE_CHECKING:
    from pathlib import Path


def test_every_mutant_judged_to_make_no_difference_still_exists_and_has_a_reason() -> None:
    list_of_all = judged()
    for module in {one.module for one in list_of_all}:
        changes = changes_of((PROGRAM / module).read_text("utf-8"))
        assert {(one.line, one.change) for one in list_of_all if one.module == module} <= changes, module
    assert all(len(one.reason.split()) >= 4 for one in list_of_all)


def test_no_mutant_is_judged_twice() -> None:
    keys = [(one.module, one.line, one.change) for one in judged()]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_every_pattern_of_a_room_finds_modules(room: Room) -> None:
    assert all(list(PROGRAM.glob(pattern)) for pattern in room.patterns)
    assert room.modules()


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_a_room_is_asked_for_by_its_name(room: Room) -> None:
    assert dict(asked([room.name]))[room] == room.modules()


def test_without_a_word_every_room_is_tried_and_a_part_of_a_path_names_modules() -> None:
    assert [room for room, _ in asked([])] == list(ROOMS)
    assert [modules for _, modules in asked(["check/seal"])] == [["planning/cordon/check/seal.py"]]
    assert list(asked(["no such room"])) == []


def test_a_page_keeps_the_rows_of_modules_that_were_not_tried_again(tmp_path: Path) -> None:
    page = tmp_path / "tests.md"
    page.write_text(f"Before.\n\n{BEGIN}{END}\nAfter.\n")
    guard, rights = Row(20, 18, 1, (1,), (7, 8)), Row(10, 10, 0, (1, 12), (7, 8))
    write({"server/guard.py": guard, "server/rights.py": rights}, page)
    assert rows(page.read_text()) == {"server/guard.py": guard, "server/rights.py": rights}
    again = Row(20, 19, 1, (7,), (7, 8))
    write({"server/guard.py": again}, page)
    assert rows(page.read_text()) == {"server/guard.py": again, "server/rights.py": rights}
    assert page.read_text().startswith("Before.\n\n")
    assert page.read_text().endswith("\nAfter.\n")


def test_a_share_counts_only_mutants_that_make_a_difference() -> None:
    text = table({"server/guard.py": Row(20, 18, 1, (3, 4), (7, 8)), "server/rights.py": Row(10, 10, 0, (3,), (7, 8))})
    assert "| `server/guard.py` | 20 | 18 | 1 | 1 | 3, 4 | 7, 8 | 95% |" in text
    assert "| **Rights and guard**, aim 95% | **30** | **28** | **1** | **1** | | | **97%** |" in text


@pytest.mark.parametrize(("noticed", "missed"), [(18, True), (19, False), (20, False)])
def test_an_aim_is_met_exactly_at_it(noticed: int, missed: bool) -> None:  # noqa: FBT001
    assert misses(0.95, [Row(21, noticed, 1, (1,), (7, 8))]) is missed


def test_a_room_gets_its_verdict_by_what_was_tried_of_it() -> None:
    room = Room("Gates", 0.9, ())
    tried = {"a.py": Row(10, 8, 1, (1,), (7, 8)), "b.py": Row(2, 2, 0, (1,), (7, 8))}
    assert verdict(room, ["a.py", "b.py", "c.py"], tried) == "Gates: aim met (90%): 10 of 11 noticed, in 2 of 3 modules"
    assert verdict(room, ["a.py"], tried) == "Gates: aim missed (90%): 8 of 9 noticed, in 1 of 1 modules"
    assert verdict(room, ["c.py"], tried) == "Gates: not tried, for want of time"


def test_rooms_take_turns_so_that_none_goes_without_where_time_is_short() -> None:
    large, small = (Room("Gates", 0.9, ()), [f"{number}.py" for number in range(LEAST + 1)]), (ROOMS[-1], ["x.py", "y.py"])
    turns = list(in_turn([large, small], sample=3))
    assert sorted(module for module, _ in turns) == sorted([*large[1], *small[1]])
    assert {turns[1][0], turns[3][0]} == {"x.py", "y.py"}
    assert dict(turns)["x.py"] == LEAST / 2
    assert dict(turns)["0.py"] == 1
    assert turns == list(in_turn([large, small], sample=3)) != list(in_turn([large, small], sample=4))


@pytest.mark.parametrize(("aim", "count"), [(0.94, LEAST), (0.95, STRICT_LEAST), (1.0, STRICT_LEAST)])
def test_of_a_room_with_a_strict_aim_more_mutants_are_tried(aim: float, count: int) -> None:
    assert dict(in_turn([(Room("Any", aim, ()), ["x.py"])], sample=1)) == {"x.py": count}


def test_the_page_holds_a_row_for_modules_that_exist() -> None:
    assert all((PROGRAM / module).exists() for module in rows(PAGE.read_text("utf-8")))
