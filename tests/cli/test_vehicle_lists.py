"""Places and operators from CSV into the record and out again: by line what cannot be right, all lines or none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from clearway.cli import root
from clearway.errors import ClearwayError

if TYPE_CHECKING:
    from pathlib import Path

WHEN = ("--when", "2022-02-16T10:00+13:00")
FILES = {
    "parking": "name,capacity,hours,come_back,height_m,assumed,place\n"
    "Field,about 100,08:00-18:00,no,2.1,capacity; hours,Hill Street\n",
    "storage": 'name,capacity,secure,release_procedure,place\nYard,40,yes,"By day, with papers",Bay Road\n',
    "operators": "operator,light_trucks,light_willing,heavy_willing,reason\nFirm A,3,yes,no,safety\n",
}


def run(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(root, ["vehicles", *words])
    if isinstance(done.exception, ClearwayError):
        return done.exception.exit_code, str(done.exception)
    return done.exit_code, done.output


@pytest.mark.parametrize("table", FILES)
def test_a_table_is_written_once_and_comes_out_as_it_can_be_read_again(tmp_path: Path, table: str) -> None:
    file, out, record = tmp_path / "in.csv", tmp_path / "out.csv", ("--record", str(tmp_path / "room.record"))
    file.write_text(FILES[table])
    entered = ("enter", table, str(file), "--by", "planner, Council", *WHEN, "--operation", "square", *record)
    assert run(*entered) == (0, "1 line written, 0 were there already.\n")
    assert run(*entered) == (0, "0 lines written, 1 was there already.\n")
    assert run("list", table, "--csv", str(out), *record) == (0, "")
    again = ("--operation", "again", "--record", str(tmp_path / "again.record"))
    assert run("enter", table, str(out), "--by", "planner, Council", *WHEN, *again)[0] == 0
    told = [
        run("list", table, "--record", str(tmp_path / f"{name}.record"))[1].partition(" [")[0] for name in ("room", "again")
    ]
    assert told[0] == told[1]
    assert told[0].startswith(
        {"parking": "Parking place Field", "storage": "Storage place Yard", "operators": "Tow operator"}[table]
    )


def test_each_line_that_cannot_be_right_is_named_and_nothing_is_written(tmp_path: Path) -> None:
    file, record = tmp_path / "in.csv", ("--record", str(tmp_path / "room.record"))
    file.write_text(
        "operator,light_trucks,light_willing,escort\nFirm A,3,yes,\nFirm B,3,perhaps,\nfirm  a,1,no,\nFirm C,1,yes,often\n"
    )
    code, said = run("enter", "operators", str(file), "--by", "planner, Council", "--operation", "square", *record)
    assert code == 2
    for line, words in ((3, '"perhaps" is not one of its words'), (4, "It is named in line 2 too"), (5, "Write yes or no")):
        assert f"in.csv, line {line}: " in said
        assert words in said
    file.write_text("operator,light_willing\nFirm A,yes\n")
    run("enter", "operators", str(file), "--by", "planner, Council", "--operation", "square", *record)
    assert run("list", "operators", *record)[1].count("Tow operator") == 1


@pytest.mark.parametrize(("table", "column"), [("parking", "free"), ("parking", "come_back"), ("storage", "secure")])
def test_yes_and_no_are_told_from_other_words_in_every_table(table: str, column: str, tmp_path: Path) -> None:
    file, record = tmp_path / "in.csv", ("--record", str(tmp_path / "room.record"))
    file.write_text(f"name,{column}\nField,perhaps\n")
    code, said = run("enter", table, str(file), "--by", "planner, Council", "--operation", "square", *record)
    assert code == 2
    assert f"line 2: {column} is 'perhaps'. Write yes or no, or leave it empty." in said


def test_a_column_that_there_is_not_is_named_with_those_that_there_are(tmp_path: Path) -> None:
    file = tmp_path / "in.csv"
    file.write_text("name,colour\nField,red\n")
    code, said = run(
        "enter",
        "parking",
        str(file),
        "--by",
        "planner, Council",
        "--operation",
        "square",
        "--record",
        str(tmp_path / "r.record"),
    )
    assert (code, "There is no column 'colour'. The columns are: " in said) == (2, True)
