"""The table, the rooms, and the list of mutants that make no difference."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mutate.__main__ import misses
from mutate.judged import judged
from mutate.mutants import mutants_of
from mutate.rooms import PROGRAM, ROOMS, Room, asked
from mutate.table import BEGIN, END, PAGE, Row, rows, table, write

if TYPE_CHECKING:
    from pathlib import Path


def test_every_mutant_judged_to_make_no_difference_still_exists_and_has_a_reason() -> None:
    for module in {one.module for one in judged()}:
        mutants = {(mutant.line, mutant.change) for mutant in mutants_of((PROGRAM / module).read_text("utf-8"))}
        for one in judged():
            assert one.module != module or (one.line, one.change) in mutants, one
    assert all(len(one.reason.split()) >= 4 for one in judged())


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
    guard, rights = Row(20, 18, 1, (1,)), Row(10, 10, 0, (1, 12))
    write({"server/guard.py": guard, "server/rights.py": rights}, page)
    assert rows(page.read_text()) == {"server/guard.py": guard, "server/rights.py": rights}
    again = Row(20, 19, 1, (7,))
    write({"server/guard.py": again}, page)
    assert rows(page.read_text()) == {"server/guard.py": again, "server/rights.py": rights}
    assert page.read_text().startswith("Before.\n\n")
    assert page.read_text().endswith("\nAfter.\n")


def test_a_share_counts_only_mutants_that_make_a_difference() -> None:
    text = table({"server/guard.py": Row(20, 18, 1, (3, 4)), "server/rights.py": Row(10, 10, 0, (3,))})
    assert "| `server/guard.py` | 20 | 18 | 1 | 1 | 3, 4 | 95% |" in text
    assert "| **Rights and guard**, aim 95% | **30** | **28** | **1** | **1** | | **97%** |" in text


@pytest.mark.parametrize(("noticed", "missed"), [(18, True), (19, False), (20, False)])
def test_an_aim_is_met_exactly_at_it(noticed: int, missed: bool) -> None:  # noqa: FBT001
    assert misses(0.95, [Row(21, noticed, 1, (1,))]) is missed


def test_the_page_holds_a_row_for_modules_that_exist() -> None:
    assert all((PROGRAM / module).exists() for module in rows(PAGE.read_text("utf-8")))
