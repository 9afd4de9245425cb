"""The five reports fact by fact: each fact has its entry and each entry its fact, in ``facts.tsv``."""

from __future__ import annotations

import csv
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from clearway.demo.wellington import bundled

with Path(__file__).with_name("facts.tsv").open(encoding="utf-8", newline="") as file:
    FACTS = list(csv.DictReader(file, delimiter="\t"))
ENTRIES: dict[str, dict[str, Any]] = {
    line["id"]: line for line in map(json.loads, bundled("record.jsonl").decode().splitlines())
}
REPORTS = {
    "S0": "2022-02-18-stand-up.txt",
    "S1": "2022-02-18-dialogue.txt",
    "S2": "2022-02-16.txt",
    "S3": "2022-02-14.txt",
    "S4": "2022-02-21.txt",
}
DATE = len("2022-02-14")


def test_every_fact_stands_once_and_has_an_entry_of_its_report() -> None:
    assert len(FACTS) == 307
    assert Counter(row["fact"] for row in FACTS).most_common(1)[0][1] == 1
    for row in FACTS:
        entries, day = row["entries"].split(), REPORTS[row["fact"].partition(".")[0]][:DATE]
        assert entries, row
        assert all(ENTRIES[entry]["source"]["document"][:DATE] == day for entry in entries), row


def test_every_entry_that_is_not_the_rooms_own_says_a_fact() -> None:
    named = {entry for row in FACTS for entry in row["entries"].split()}
    of_the_room = {entry for entry, line in ENTRIES.items() if line["source"].get("organisation") == "the room"}
    assert set(ENTRIES) - named <= of_the_room


def test_the_two_reports_that_name_no_publisher_have_none() -> None:
    reporters = [line["source"] for line in ENTRIES.values() if line["source"]["office"].startswith("reporter")]
    assert {(source["document"], source.get("organisation")) for source in reporters} == {
        ("2022-02-14.txt", "the Herald"),
        ("2022-02-16.txt", "the Herald"),
        ("2022-02-18-stand-up.txt", None),
        ("2022-02-18-dialogue.txt", None),
        ("2022-02-21.txt", "the Herald"),
    }


def test_what_has_no_number_gets_none() -> None:
    signs = {line["body"]["direction"] for line in ENTRIES.values() if line["kind"] == "flow" and "amount" not in line["body"]}
    assert signs == {"arrived", "left", "grew"}
    for line in ENTRIES.values():
        amount = line["body"].get("amount") or {}
        assert line["kind"] != "flow" or amount.get("low") != 1 or amount.get("high") == 1, line["id"]


def test_no_clock_time_stands_in_a_span_that_the_report_gives_by_the_day() -> None:
    spans = {line["happened"] for line in ENTRIES.values() if "/" in line["happened"]}
    assert not any("T" in span for span in spans)


@pytest.mark.parametrize("tie", ["disputes", "confirms", "corrects", "withdraws"])
def test_a_remark_of_the_room_takes_no_side(tie: str) -> None:
    assert not [line["id"] for line in ENTRIES.values() if line["kind"] == "remark" and line.get(tie)]
