from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from clearway.cli.record import record
from clearway.cli.sitrep import sitrep
from clearway.demo.wellington import bundled
from clearway.errors import BadFile, BadInput, NotFound
from clearway.network.store import save_network


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CLEARWAY_RECORD", "room.record")
    Path("in.jsonl").write_bytes(bundled("record.jsonl"))
    assert CliRunner().invoke(record, ["import", "in.jsonl", "--operation", "wellington-2022"]).exit_code == 0


def run(*words: str) -> str:
    result = CliRunner().invoke(sitrep, words)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.output


def test_it_is_told_in_words_with_no_more_than_the_day() -> None:
    said = run("--at", "day 11")
    assert said.startswith("SITUATION REPORT: Parliament grounds, February 2022\nAs of Fri 18 Feb 2022 23:59, day 11")
    assert "\nMETHANE\n" in said


@pytest.mark.slow
def test_page_pdf_and_json_are_written_to_files(wellington: object) -> None:
    save_network(wellington, Path("city.clearway"))  # type: ignore[arg-type]
    assert run("--at", "day 14", "--html", "--out", "s.html", "--network", "city.clearway") == "Written to s.html.\n"
    assert Path("s.html").read_text("utf-8").count("<svg") == 4
    run("--at", "day 14", "--pdf", "--out", "s.pdf")
    assert Path("s.pdf").read_bytes().startswith(b"%PDF-")
    told = json.loads(run("--at", "day 14", "--json"))
    assert told["map"]["svg"].startswith("<svg")  # the only network beside the record
    assert [row[0] for row in told["methane"]] == list("METHANE")


def test_bad_input_gets_one_sentence_and_nothing_is_written() -> None:
    with pytest.raises(BadInput, match=r"A PDF needs a file\. Name it with --out"):
        run("--pdf")
    with pytest.raises(BadInput, match="cannot be read as a time"):
        run("--at", "soon", "--out", "s.txt")
    with pytest.raises(BadInput, match="No picture reaches to the year 9999"):
        run("--at", "9999-12-30")
    with pytest.raises(BadInput, match="cannot be later than this one"):
        run("--at", "day 11", "--since", "day 12")
    with pytest.raises(NotFound, match="It holds: wellington-2022"):
        run("--operation", "other")
    with pytest.raises(BadFile, match=r"none\.clearway"):
        run("--at", "day 11", "--network", "none.clearway")
    with pytest.raises(BadFile, match="there is no such record"):
        run("--record", "none.record")
    assert not Path("s.txt").exists()
