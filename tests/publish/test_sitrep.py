"""Situation reports of the demonstration record, in every form."""

from __future__ import annotations

import io
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader

from clearway.demo.prepare import demo_record
from clearway.picture.index import PictureIndex
from clearway.picture.view import Moments
from clearway.planning.gazetteer import Gazetteer
from clearway.publish.sitrep.making import report_of
from clearway.publish.sitrep.page import as_page
from clearway.publish.sitrep.pdf import as_pdf
from clearway.publish.sitrep.shape import Head
from clearway.publish.sitrep.text import WIDTH, as_text
from clearway.record.operations import calendar_of, operation_of
from clearway.record.parse import draft_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from clearway.network.model import Network
    from clearway.publish.sitrep.shape import Item, Section, Sitrep
    from clearway.record.store import Store

OPERATION = "wellington-2022"


@pytest.fixture
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    opened = demo_record(tmp_path_factory.mktemp("data"))
    yield opened
    opened.close()


def report(store: Store, at: str, network: Network | None = None, **given: str) -> Sitrep:
    days = calendar_of(operation_of(store, OPERATION))
    moments = {name: days.span(text).end for name, text in given.items()}
    moment = days.span(at).end
    gazetteer = Gazetteer(network, (174.7771, -41.2784)) if network else None
    known_at = moments.get("known_at", moment)
    head = Head(since=moments.get("since"))
    return report_of(store, PictureIndex(), OPERATION, Moments(moment, known_at), gazetteer=gazetteer, head=head)


def section(found: Sitrep, heading: str) -> list[str]:
    parts = (*found.front, *found.sections)
    return [item.text for part in parts if part.heading == heading for item in part.items]


def every(found: Sitrep) -> Iterator[Item]:
    def within(parts: Iterable[Section]) -> Iterator[Item]:
        for part in parts:
            yield from part.items
            yield from within(part.parts)

    yield from within((*found.front, *found.sections))
    for _, _, items in found.methane:
        yield from items


def test_day_11_says_what_an_officer_would_say_first(store: Store) -> None:
    found = report(store, "day 11 11:59pm")
    assert found.as_of.startswith(
        "As of Fri 18 Feb 2022 23:59, day 11, as known at Fri 18 Feb 2022 23:59 (Pacific/Auckland), as the room had it. "
    )
    assert found.as_of.endswith("What was imported counts from when it could be known.")
    in_short = section(found, "In short")
    assert in_short[0].startswith("People, Parliament grounds: about 800 (police statement, New Zealand Police, Fri 18 Feb")
    assert in_short[1].startswith("Vehicles, Roads near Parliament: about 450 (Assistant Commissioner of Police")
    assert any(" unanswered, the oldest for " in text for text in in_short)
    assert 3 <= len(section(found, "What changed that matters")) <= 5
    assert any(text.startswith("New Zealand Police decided: Do not tow") for text in section(found, "Intent"))
    assert any(
        text.startswith("From New Zealand Defence Force, for 4 days") for text in section(found, "Needed, and from whom")
    )


def test_methane_is_filled_from_the_record(store: Store) -> None:
    found = report(store, "day 14 11pm")
    assert "".join(letter for letter, _, _ in found.methane) == "METHANE"
    rows = [(heading, " / ".join(item.text for item in items)) for _, heading, items in found.methane]
    lines = dict(rows)
    assert lines["Major incident"] == "The record does not say whether one was declared."
    assert "41.27845 S, 174.77715 E; NZTM E 1748833 N 5428809; MGRS 60G UV 1383 2794" in lines["Exact location"]
    assert lines["Type"].startswith("Occupation of the grounds of Parliament")
    assert "Emergency services may go in and out" in lines["Access"]
    assert "Mon 21 Feb: 7 officers injured" in lines["Number of casualties"]
    assert "There: Towing secured" in lines["Emergency services"]
    assert "Needed: New Zealand Police asked New Zealand Defence Force" in lines["Emergency services"]


@pytest.mark.slow
def test_the_demonstration_fits_four_pages(store: Store, wellington: Network) -> None:
    pages = PdfReader(io.BytesIO(as_pdf(report(store, "2022-02-21 21:00", wellington)))).pages
    assert len(pages) <= 4
    assert "METHANE" not in pages[0].extract_text().replace("see METHANE", "")  # the first page stands alone
    assert "41.27845 S" in pages[1].extract_text()


@pytest.mark.parametrize("day", [7, 11, 14])
def test_pages_are_numbered_and_none_is_left_with_a_line_or_two(store: Store, wellington: Network, day: int) -> None:
    pages = PdfReader(io.BytesIO(as_pdf(report(store, f"day {day} 21:00", wellington)))).pages
    texts = [page.extract_text() for page in pages]
    assert [f"{number} / {len(pages)}" in text for number, text in enumerate(texts, start=1)] == [True] * len(pages)
    assert min(map(len, texts)) > 1000


def test_a_hope_of_last_week_is_not_what_is_expected_next(store: Store) -> None:
    (hoped,) = [
        text for text in section(report(store, "day 7 21:00"), "Expected in the next 12 to 48 hours") if "Hoped" in text
    ]
    assert hoped.startswith("Hoped for: New Zealand Police, hoping for: The blocked roads are cleared")
    later = section(report(store, "day 14 21:00"), "Expected in the next 12 to 48 hours")
    assert not any("hoping for" in text or "working on" in text for text in later)
    assert "2 older hopes, threats and works without a date, not said again for two days: in the record." in later


def test_what_the_whole_force_has_is_a_resource_and_not_there(store: Store) -> None:
    found = report(store, "day 14 21:00")
    there = [item.text for letter, heading, items in found.methane for item in items if heading == "Emergency services"]
    assert not any("10,000" in text for text in there)
    assert "New Zealand Police: about 10,000 staff" in section(found, "Resources")


def test_what_is_asked_and_not_answered_is_needed_and_said_again_is_not_gone(store: Store) -> None:
    found = report(store, "day 7 21:00")
    needed = [item.text for _, _, items in found.methane for item in items if item.text.startswith("Needed: ")]
    assert needed == [
        "Needed: New Zealand Police asked New Zealand Defence Force: Help to move vehicles, if needed; no answer yet"
    ]
    gone = section(report(store, "day 11 21:00"), "No longer so since the last report")
    assert gone
    assert not any("asked New Zealand Defence Force" in text for text in gone)  # it was said again on day 11


def test_no_line_stands_twice_on_the_first_page(store: Store) -> None:
    for day in (7, 11, 14):
        front = report(store, f"day {day} 21:00").front
        told = [item.ids for part in front for item in part.items if item.ids]
        assert len(told) == len(set(told))


def test_a_report_counts_what_is_new_and_no_promise_where_there_is_none(store: Store) -> None:
    found = report(store, "day 7 21:00")
    assert "20 entries are new since Sun 13 Feb 2022 21:00, marked NEW." in found.as_of
    assert "1 request unanswered for 21 h." in section(found, "In short")


def test_who_may_walk_round_the_grounds_is_told_beside_the_streets_that_nobody_named(store: Store) -> None:
    found = report(store, "day 14 21:00")
    (foot,) = [item.text for _, heading, items in found.methane for item in items if item.text.startswith("On foot: ")]
    assert foot.endswith(
        "ask whether what was said more widely holds there: People on foot may go in and out (Roads near Parliament)."
    )


def test_every_number_on_the_map_has_its_place_in_the_key(store: Store, wellington: Network) -> None:
    for at in ("day 7", "day 11", "2022-02-21 21:00"):
        drawn = report(store, at, wellington).map
        assert drawn is not None
        on_map = set(re.findall(r"font-weight=\"700\"[^>]*>(\d+)<", drawn.svg))
        in_key = {number for line in drawn.key for number in re.findall(r"(?:^|, )(\d+) [^\d]", line.partition(": ")[0] + " x")}
        assert on_map
        assert on_map == in_key


def test_the_notices_of_a_network_go_with_its_map_and_with_no_report_that_has_none(store: Store, wellington: Network) -> None:
    assert wellington.notices
    assert report(store, "day 7", wellington).notices == tuple(wellington.notices)
    assert report(store, "day 7").notices == ()


def test_what_is_new_is_marked_and_what_no_longer_holds_is_said(store: Store) -> None:
    found = report(store, "day 11 11pm", since="day 9 11pm")
    new = {item.text for item in every(found) if item.new}
    assert any(text.startswith("People, Parliament grounds: about 800") for text in new)
    assert section(found, "No longer so since the last report")


def test_as_known_earlier_it_does_not_hold_what_came_later(store: Store) -> None:
    then = as_text(report(store, "day 11 11pm", known_at="day 9 11pm"))
    assert "800" not in then
    assert "Concrete" not in then


def test_the_text_fits_its_width_and_numbers_its_sources(store: Store) -> None:
    told = as_text(report(store, "day 14 11pm"))
    assert max(map(len, told.splitlines())) <= WIDTH
    used = {int(number) for number in re.findall(r"\[(\d+)\]", told)}
    assert used == set(range(1, max(used) + 1))
    assert "2022-02-21.txt" in told


def test_the_page_is_whole_and_runs_nothing_that_a_report_says(store: Store, wellington: Network) -> None:
    hostile = {"id": "x", "kind": "incident", "body": {"nature": "noise", "summary": "<script>alert(1)</script> & <b>"}}
    days = calendar_of(operation_of(store, OPERATION))
    said = hostile | {"happened": "day 14 9pm", "known": "2022-02-21T21:00+13:00", "source": {"office": "<i>who</i>"}}
    store.append(OPERATION, [draft_of(said, days, now=days.span("day 14 10pm").end, entered="imported")])
    page = as_page(report(store, "day 14 11pm", wellington))
    tags: list[str] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            tags.append(tag)
            assert not any(name.startswith("on") for name, _ in attrs)

    Reader().feed(page)
    assert not {"script", "link", "img", "iframe", "b", "i"} & set(tags)
    assert tags.count("svg") == 3  # the map and two figures
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_the_pdf_is_set_whatever_a_report_says(store: Store, wellington: Network) -> None:
    days = calendar_of(operation_of(store, OPERATION))
    text = '#panic("no") *bold* $x$ \\ " Tāmaki `raw` <label> @ref'
    said = {"id": "x", "kind": "statement", "body": {"summary": text}, "happened": "day 14 9pm"}
    store.append(
        OPERATION,
        [draft_of(said | {"known": "2022-02-21T21:00+13:00"}, days, now=days.span("day 14 10pm").end, entered="imported")],
    )
    pdf = as_pdf(report(store, "day 14 11pm", wellington))
    assert pdf.startswith(b"%PDF-1.")
    assert len(PdfReader(io.BytesIO(pdf)).pages) >= 3


def test_an_empty_operation_has_a_report_too(store: Store) -> None:
    found = report(store, "2022-02-09")
    assert section(found, "In short") == ["No incident was reported since the last report."]
    assert as_pdf(found).startswith(b"%PDF-")
    assert "None reported." in as_text(found)


@pytest.mark.slow
def test_a_figure_says_what_may_be_made_of_it_and_a_state_that_it_ended(store: Store) -> None:
    days = calendar_of(operation_of(store, OPERATION))

    def enter(entry_id: str, kind: str, body: dict[str, object], day: int) -> None:
        moment = days.span(f"day {day} 10:00").start
        said = {"id": entry_id, "kind": kind, "body": body, "happened": moment.isoformat(), "known": moment.isoformat()}
        source = {"organisation": "Ambulance service", "reliability": "A", "credibility": 1}
        store.append(OPERATION, [draft_of(said | {"source": source}, days, now=moment, entered="imported")])

    for number, day in ((37, 15), (41, 16)):
        enter(f"tows-{day}", "count", {"what": "tows", "amount": {"low": number, "high": number}}, day)
        enter(f"horses-{day}", "count", {"what": "horses", "amount": {"low": 30, "high": 30}}, day)
    end = days.span("day 15 18:00").start.isoformat()
    enter("school", "facility_state", {"facility": "A school", "state": "shut", "ends": end}, 15)
    found = report(store, "day 16 12:00")
    figures = {text.partition(":")[0]: text for text in section(found, "Figures as they were said")}
    assert figures["Tows"] == "Tows: 41 (10:00), before: 37 (Tue 22 Feb 10:00)."
    assert figures["Horses"].endswith("Said again since, not counted anew: the last count is of Tue 22 Feb 2022 10:00.")
    assert figures["People, Parliament grounds"].endswith(".")
    assert "Ended: A school: shut; until Tue 22 Feb 2022 18:00" in section(found, "Ended")
    assert "Not known since" not in figures["People, Parliament grounds"]
    later = {text.partition(":")[0]: text for text in section(report(store, "day 20 12:00"), "Figures as they were said")}
    assert "Not known since" in later["People, Parliament grounds"]
