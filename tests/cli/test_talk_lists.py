"""Contacts, parties and advice from CSV into the record and out, promises out: all lines or none, no name of a person."""

from __future__ import annotations

import csv
import io
import json
from contextlib import closing
from typing import TYPE_CHECKING, Any
from zlib import crc32

import pytest
from click.testing import CliRunner

from clearway.cli import root
from clearway.errors import BadFile, BadInput, ClearwayError
from clearway.record.open import open_record
from picture.test_view import at_hour, report

if TYPE_CHECKING:
    from pathlib import Path

BY = ("--by", "liaison officer, Police")
CALENDAR = ("--zone", "Pacific/Auckland", "--first-day", "2022-02-08")
AT = ("--at", "2022-02-20T12:00+13:00", "--known-at", "2090-01-01T00:00Z")
CONTACTS = """when,until,who,way,outcome,by,with_authority,next_due,next_by,place
2022-02-16 10:00,2022-02-16 11:00,Dock union; Police,talk on site,=SUM(1),liaison officer,no,2022-02-18 9am,clerk,Hill Street
day 9 4pm,,Harbour council; Police,letter,,,yes,,,
"""
PARTIES = """name,sort,also,spokesperson,speaks_for,task,may_decide
Dock union,group,Dockers; The union,secretary,about 300,,
Harbour council,authority,,duty officer,,keeps the quay open,parking
"""
ADVICE = "by,what,to,heeded,why\nHarbour council,Keep the quay open,Police,no,too few officers\n"


@pytest.fixture(params=["sqlite", "postgres"])
def record(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, ...]:
    """A record and an operation of this test alone, on each database."""
    is_file = request.param == "sqlite"
    address = str(tmp_path / "room.record") if is_file else request.getfixturevalue("postgres")
    return "--record", address, "--operation", f"talks-{crc32(request.node.name.encode())}"


def run(*words: str) -> str:
    done = CliRunner().invoke(root, ["talks", *words], standalone_mode=False)
    if done.exception:
        raise done.exception
    return done.stdout


def entered(folder: Path, table: str, text: str, *words: str) -> str:
    file = folder / "in.csv"
    file.write_text(text, "utf-8")
    return run("enter", table, str(file), *BY, *CALENDAR, *words)


def listed(table: str, *words: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(run("list", table, "--csv", "-", *CALENDAR, *words))))


def test_contacts_come_in_once_and_out_as_they_can_be_read_again(tmp_path: Path, record: tuple[str, ...]) -> None:
    assert entered(tmp_path, "contacts", CONTACTS, *record) == "2 lines written, 0 were there already.\n"
    assert entered(tmp_path, "contacts", CONTACTS, *record) == "0 lines written, 2 were there already.\n"
    letter, talk = listed("contacts", *AT, *record)
    assert (letter["who"], letter["way"], letter["with_authority"]) == ("Harbour council; Police", "letter", "yes")
    assert (letter["when"], letter["until"]) == ("2022-02-16T16:00:00+13:00", "")
    assert (letter["minutes_due"], letter["overdue"]) == ("2022-02-17T00:00:00+13:00", "no")
    del talk["entry"]
    assert talk == {
        "who": "Dock union; Police", "way": "talk_on_site", "outcome": "'=SUM(1)", "by": "liaison officer",
        "with_authority": "no", "next_due": "2022-02-18T09:00:00+13:00", "next_by": "clerk",
        "when": "2022-02-16T10:00:00+13:00", "until": "2022-02-16T11:00:00+13:00", "place": "Hill Street",
        "overdue": "yes", "minutes": "", "minutes_due": "", "said_by": "liaison officer, Police",
    }  # fmt: skip
    out = run("list", "contacts", "--csv", "-", *AT, *CALENDAR, *record)
    assert entered(tmp_path, "contacts", out, *record) == "0 lines written, 2 were there already.\n"


def test_parties_and_advice_come_in_and_the_table_of_partners_shows_them(tmp_path: Path, record: tuple[str, ...]) -> None:
    entered(tmp_path, "contacts", CONTACTS, *record)
    when = ("--when", "2022-02-15 10:00")
    assert entered(tmp_path, "parties", PARTIES, *when, *record) == "2 lines written, 0 were there already.\n"
    assert entered(tmp_path, "advice", ADVICE, *when, *record) == "1 line written, 0 were there already.\n"
    parties = {row["name"]: row for row in listed("parties", *AT, *record)}
    assert set(parties) == {"Harbour council", "Dock union", "Police"}
    union, council, police = parties["Dock union"], parties["Harbour council"], parties["Police"]
    assert (union["also"], union["speaks_for"], union["advice"]) == ("Dockers; The union", "about 300", "0")
    assert (council["spokesperson"], council["task"], council["may_decide"]) == (
        "duty officer",
        "keeps the quay open",
        "parking",
    )
    assert (council["last_contact"], council["advice"]) == ("2022-02-16T16:00:00+13:00", "1")
    assert (police["sort"], police["taken_for"], police["entry"]) == ("", "authority", "")  # nobody said its sort
    assert [(row["by"], row["heeded"], row["why"]) for row in listed("advice", *AT, *record)] == [
        ("Harbour council", "no", "too few officers")
    ]
    lines = run(*AT, *CALENDAR, *record).splitlines()
    at = next(place for place, line in enumerate(lines) if line.startswith("Partners and authorities"))
    cells = [[cell.strip() for cell in line.split("  ") if cell.strip()] for line in lines[at + 1 : at + 4]]
    assert cells == [
        ["name", "office", "role", "may decide", "last contact", "advice"],
        ["Harbour council", "duty officer", "keeps the quay open", "parking", "Wed 16 Feb 2022 16:00", "1"],
        ["Police*", "not said", "not said", "not said", "Wed 16 Feb 2022 16:00", "0"],
    ]
    assert lines[at + 4].startswith("Advice of Harbour council: Harbour council advised Police: Keep the quay open; not heeded")


def test_each_line_that_cannot_be_right_is_named_and_nothing_is_written(tmp_path: Path, record: tuple[str, ...]) -> None:
    bad = {
        ",,Dock union,meeting": "It does not say when it was. Fill in 'when'",
        "2099-01-01 10:00,,Dock union,meeting": "It has not happened yet",
        "2022-02-16 10:00,2022-02-16 09:00,Dock union,meeting": "it ends before it starts",
        ",2022-02-16 10:00,Dock union,meeting": "It says until when and not from when. Fill in 'when'.",
        "2022-02-16 10:00,,,meeting": "who is empty. Fill it in.",
        "2022-02-16 10:00,,A,dance": '"dance" is not one of its words',
        "2022-02-16 10:00,,A,meeting,more": "Put a text that holds commas in quotation marks",
    }
    good = "2022-02-16 10:00,,A; B,meeting"
    with pytest.raises(BadInput) as refused:
        entered(tmp_path, "contacts", "\n".join(["when,until,who,way", *bad, good]), *record)
    parts = str(refused.value).split(f"{tmp_path / 'in.csv'}, line ")[1:]
    assert [part.partition(":")[0] for part in parts] == [str(number) for number in range(2, 9)]
    assert [words in part for words, part in zip(bad.values(), parts, strict=True)] == [True] * 7
    open_ended = {"parties": "name,sort,when,until\nB,partner,,day 4\n", "contacts": "when,until,who,way\n,day 4,A,meeting\n"}
    for table, line in open_ended.items():
        for given in (record, ("--when", "day 3", *record)):
            with pytest.raises(BadInput, match=r"line 2: It says until when and not from when\. Fill in 'when'\."):
                entered(tmp_path, table, line, *given)
    twice = "when,until,who,way\n2022-02-16 10:00,,A; B,meeting\n2022-02-16T10:00+13:00,,A;B,meeting\n"
    with pytest.raises(BadInput, match=r"line 3: It is named in line 2 too\. Give each one line\."):
        entered(tmp_path, "contacts", twice, *record)
    assert entered(tmp_path, "contacts", f"when,until,who,way\n{good}\n", *record).startswith("1 line written")
    assert len(listed("contacts", *AT, *record)) == 1


@pytest.mark.parametrize(
    ("table", "text", "error", "words"),
    [
        ("contacts", "who,way\nA,call\n", BadFile, "has no column 'when'"),
        ("contacts", "when,who\n", BadFile, "has no line below the names of its columns"),
        ("contacts", "when,who,colour\nday 2,A,red\n", BadInput, "There is no column 'colour'. The columns are: who, way,"),
        ("contacts", "when,who,with_authority\nday 2,A,often\n", BadInput, "Write yes or no"),
        ("parties", "name,sort\nA,\n", BadInput, "sort is empty. Fill it in: group, authority or partner."),
        ("parties", "name,sort\nA,group\n a ,partner\n", BadInput, "It is named in line 2 too"),
        ("advice", "by,what,heeded\nA,Wait,perhaps\n", BadInput, '"perhaps" is not one of its words'),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_remedy(
    tmp_path: Path, table: str, text: str, error: type[ClearwayError], words: str
) -> None:
    with pytest.raises(error) as refused:
        entered(tmp_path, table, text, "--record", str(tmp_path / "room.record"))
    assert words in str(refused.value)


def test_a_line_of_parties_that_says_when_is_written_with_that_time(tmp_path: Path) -> None:
    record = ("--record", str(tmp_path / "room.record"), "--operation", "square")
    entered(tmp_path, "parties", "name,sort,when\nA,group,2022-02-10 08:00\n", "--when", "2022-02-11 08:00", *record)
    assert [row["when"] for row in listed("parties", *AT, *record)] == ["2022-02-10T08:00:00+13:00"]
    entered(tmp_path, "parties", "name,sort,when,until\nB,partner,day 3,day 4\n", *record)
    (row,) = [row for row in listed("parties", *AT, *record) if row["name"] == "B"]
    assert (row["when"], row["until"]) == ("2022-02-10T00:00:00+13:00", "2022-02-11T23:59:00+13:00")


def test_commitments_come_out_with_how_they_stand(tmp_path: Path) -> None:
    path = str(tmp_path / "room.record")
    due = {"due": at_hour(6, 12).isoformat()}
    with closing(open_record(path)) as store:
        report(store, "p", "promise", {"by": "Dock union", "to": "Police", "what": "+ Cars leave the quay"} | due, day=5)
        report(store, "q", "promise", {"by": "Police", "what": "No towing", "outcome": "kept"}, day=5)
        report(store, "e", "evidence", {"by": "Police", "shows": "No truck came"}, day=5, confirms=["q"])
    first, second = listed("commitments", *AT, "--record", path)
    assert (first["by"], first["to"], first["what"]) == ("Dock union", "Police", "'+ Cars leave the quay")
    assert (first["due"], first["state"], first["entry"]) == ("2022-02-13T12:00:00+13:00", "outcome_due", "p")
    assert (second["state"], second["due"], second["evidence"]) == ("kept", "", "e")
    assert "by: Police; what: No towing; state: kept" in run("list", "commitments", *AT, "--record", path)
    out = tmp_path / "out.csv"
    assert run("list", "commitments", "--csv", str(out), *AT, "--record", path) == ""
    assert out.read_text("utf-8").splitlines()[0] == "by,to,what,due,state,why,evidence,said_by,entry"


def test_no_table_holds_the_name_of_a_person(tmp_path: Path) -> None:
    path = str(tmp_path / "room.record")
    named = {"office": "a camper", "organisation": "Campers", "name": "Quinn Canary"}
    bodies: dict[str, dict[str, Any]] = {
        "contact": {"who": ["Quinn Canary", "Police"], "outcome": "Ms. Canary agreed", "by": "quinn  canary"},
        "promise": {"by": "Quinn Canary", "to": "Police", "what": "Quinn Canary leaves"},
        "party": {"name": "Campers", "spokesperson": "Quinn Canary", "also": ["Friends of Quinn Canary"]},
        "advice": {"by": "Quinn Canary", "what": "Hear Quinn Canary", "why": "Mr Canary said so"},
    }
    with closing(open_record(path)) as store:
        for number, (kind, body) in enumerate(bodies.items()):
            places = [{"type": "named", "name": "Tent of Quinn Canary"}]
            report(store, f"e{number}", kind, body, day=5, source=named, places=places)
        report(store, "p", "party", {"name": "Quinn Canary", "sort": "partner", "task": "cook"}, day=5, source=named)
    cooks = [(row["name"], row["entry"]) for row in listed("parties", *AT, "--record", path) if row["task"] == "cook"]
    assert cooks == [("a camper", "p")]
    for table in ("contacts", "commitments", "parties", "advice"):
        for form in (("--csv", "-"), ("--json",), ()):
            text = run("list", table, *form, *AT, "--record", path)
            assert "canary" not in text.casefold(), (table, form)
            assert "a camper" in text, (table, form)
    assert json.loads(run("list", "contacts", "--json", *AT, "--record", path))[0]["who"] == "a camper; Police"
    assert "canary" not in run(*AT, "--record", path).casefold()


def test_an_empty_record_says_so(tmp_path: Path) -> None:
    path = str(tmp_path / "room.record")
    with closing(open_record(path)) as store:
        report(store, "w", "weather", {"summary": "rain"}, day=5)
    assert run("list", "advice", *AT, "--record", path) == "The record has no advice.\n"
    assert "Partners" not in run(*AT, "--record", path)
