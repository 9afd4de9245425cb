from __future__ import annotations

import json
import shlex
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from clearway.cli.record import record
from clearway.errors import BadInput

if TYPE_CHECKING:
    from pathlib import Path

BY = ("--by", "officer at gate 3, Police")


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name, value in {
        "CLEARWAY_RECORD": "room.record", "CLEARWAY_ZONE": "Pacific/Auckland", "CLEARWAY_FIRST_DAY": "2022-02-08",
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)


def run(*words: str, said: str | None = None) -> str:
    result = CliRunner().invoke(record, words, input=said)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.output


def exported() -> list[dict[str, object]]:
    return [json.loads(line) for line in run("export").splitlines()]


def test_a_sentence_is_shown_and_written_only_when_somebody_agrees() -> None:
    words = ("note", "8 vans left Featherston Street 14:20", *BY, "--at", "2022-02-18 14:30")
    shown = run(*words, said="\n")
    assert "flow: Vehicles left: 8" in shown
    assert "Fri 18 Feb 2022 14:20; Featherston Street; officer at gate 3, Police (B2)" in shown
    assert "Nothing was written." in shown
    assert "Written: entry 2." in run(*words, said="y\n")
    report, flow = exported()
    assert report["text"] == "8 vans left Featherston Street 14:20"
    assert flow["known"] == "2022-02-18T01:30:00.000000Z"
    assert "said: 8 vans left Featherston Street 14:20" in run("show", str(flow["id"]))


def test_one_sentence_gives_several_entries_and_a_repeat_is_not_written_twice() -> None:
    words = ("note", "About 250 people at the cenotaph, three arrested", *BY, "--at", "2022-02-18 14:30", "--yes")
    run(*words)
    run(*words)
    amounts = {str(one["body"]["kind"]): one["body"]["amount"]["low"] for one in exported()[1:]}  # type: ignore[index]
    assert amounts == {"arrests": 3, "count": 250}
    assert len(exported()) == 3


def test_no_place_and_no_time_is_added() -> None:
    run("add", '{"kind": "operation", "body": {"title": "A square"}, "happened": "day 1", "place": "Parliament"}')
    shown = run("note", "Fire near the tents", *BY, said="n\n")
    assert "place not given" in shown
    assert "time not given, so " in shown


def test_where_nothing_is_read_the_way_that_is_named_works() -> None:
    with pytest.raises(BadInput, match="Nothing could be read in it, and nothing was written") as refused:
        run("note", "It's quiet here", *BY, "--yes")
    program, group, *words = shlex.split(str(refused.value).partition("Enter it by: ")[2])
    assert (program, group) == ("clearway", "record")
    run(*words)
    (entered,) = exported()
    assert entered["body"] == {"kind": "remark", "text": "It's quiet here"}


def test_what_is_left_unread_is_said() -> None:
    assert "Not read: Copy that." in run("note", "Crowd of 60 at the gate. Copy that.", *BY, said="n\n")


def test_who_is_reported_to_say_it_stays_the_speaker() -> None:
    shown = run("note", "The Mayor says about 450 vehicles remain", *BY, said="n\n")
    assert "Mayor" in shown
    assert "officer at gate 3" not in shown.partition("count")[2].partition("Write")[0]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ((*BY, "--grade", "Z9"), "not a grade"),
        ((*BY, "--at", "soon"), "cannot be read as a time"),
        ((*BY, "--at", "2099-01-01"), "only"),
    ],
)
def test_a_wrong_option_is_named(words: tuple[str, ...], sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence):
        run("note", "8 vans left", "--yes", *words)
