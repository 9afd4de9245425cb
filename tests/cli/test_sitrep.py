from __future__ import annotations

import hashlib
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
    assert Path("s.html").read_text("utf-8").count("<svg") == 3
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


ANSWER = {
    "network": "City",
    "closures": ["barrier 1", "barrier 2"],
    "services": [
        {
            "service": "fire",
            "stations": ["Central"],
            "before": {"reached": 7, "unreached": [], "seconds": {"p50": 15.0, "p90": 24.6, "max": 27.0}},
            "after": {
                "reached": 4,
                "unreached": [
                    {"label": "1 Hill Street", "cut_off_by": ["barrier 1", "barrier 2"]},
                    {"label": "2 Hill Street", "cut_off_by": ["barrier 1", "barrier 2"]},
                    {"label": "1 Low Road", "cut_off_by": [], "too_large_for": ["Low Road (height 3.2 m)"]},
                ],
                "seconds": {"p50": 9.0, "p90": 14.6, "max": 21.0},
            },
            "standard": {"seconds": 480.0, "share": 0.9, "share_after": 0.571, "met_after": False},
            "notes": ["Central is shut in by the closures."],
        },
        {
            "service": "ambulance",
            "before": {"reached": 7, "unreached": [], "seconds": {"p50": 15.0, "p90": 24.6, "max": 27.0}},
            "after": {"reached": 7, "unreached": [], "seconds": {"p50": 15.0, "p90": 24.6, "max": 27.0}},
            "trip": {"before": {"reached": 7}, "after": {"reached": 6}, "unreached": [{"label": "1 End Lane"}]},
        },
    ],
}


def test_each_service_stands_apart_in_the_report_when_its_access_is_given() -> None:
    Path("access.json").write_text(json.dumps(ANSWER))
    without = run("--at", "day 11")
    said = run("--at", "day 11", "--access", "access.json")
    lines = " ".join(said.split())
    assert "A Access: Fire: reaches 4 of 7 addresses, 3 fewer than without the closures." in lines
    assert "Ambulance: reaches 7 of 7 addresses, as many as without the closures." in lines
    assert "EMERGENCY ACCESS Computed on the network 'City' under 2 closures." in lines
    assert "- 2 addresses cut off by barrier 1 and barrier 2: 1 Hill Street and 2 Hill Street." in said
    assert "out of reach of a vehicle too large for Low Road (height 3.2 m): 1 Low Road." in lines
    assert "Standard of 90% within 480 s: not met (57.1%)." in lines
    assert "- Central is shut in by the closures." in said
    assert "possible from 6, 1 fewer than without the closures; not from 1 End Lane." in lines
    # nothing else of the report is another
    told, plain = (json.loads(run("--at", "day 11", "--json", *more)) for more in (["--access", "access.json"], []))
    assert told["sections"][1:] == plain["sections"]
    assert {key: told[key] for key in told if key not in ("sections", "methane")} == {
        key: plain[key] for key in plain if key not in ("sections", "methane")
    }
    assert "EMERGENCY ACCESS" not in without


@pytest.mark.parametrize("text", ["[]", "{}", '{"network": "City", "services": []}', '{"network": "x", "services": [{}]}', "{"])
def test_a_file_that_is_not_an_answer_about_access_gets_one_sentence(text: str) -> None:
    Path("access.json").write_text(text)
    with pytest.raises(BadFile, match=r"(is not the answer of 'clearway access --json'|is not JSON).*clearway access NETWORK"):
        run("--access", "access.json")


@pytest.mark.slow
def test_an_issued_report_is_in_the_record_with_the_digest_of_its_file_and_the_next_one_begins_there() -> None:
    first = run(
        "--at", "day 9", "--issue", "--author", "Night desk", "--to", "Fire", "--next-due", "day 10", "--out", "one.txt"
    )
    assert "Issued: report 1, entry sitrep-1-" in first
    text = Path("one.txt").read_text("utf-8")
    assert "Report: 1\n" in text
    assert "Author: Night desk\n" in text
    assert "Next report due: Thu 17 Feb 2022 23:59" in text
    lines = CliRunner().invoke(record, ["export"]).output.splitlines()
    entry = json.loads(lines[-1])
    assert entry["body"]["sha256"] == hashlib.sha256(Path("one.txt").read_bytes()).hexdigest()
    assert entry["body"]["number"] == 1
    assert "entries are new since report 1 of Wed 16 Feb 2022 23:59, marked NEW." in " ".join(run("--at", "day 11").split())
    assert "report 1" not in run("--at", "day 11", "--release", "public")  # it was issued to the room
    assert "Issued: report 2" in run("--at", "day 12", "--issue", "--out", "two.txt")
    with pytest.raises(BadInput, match=r"Report 2 was issued before\. Give another number; the next is 3"):
        run("--at", "day 13", "--issue", "--number", "2")
    assert "Issued: report 1, entry" in run("--at", "day 12", "--issue", "--release", "public", "--out", "p.txt")


def test_a_report_that_is_not_issued_leaves_the_record_as_it_is() -> None:
    before = CliRunner().invoke(record, ["export"]).output
    run("--at", "day 11", "--number", "7")
    assert CliRunner().invoke(record, ["export"]).output == before
