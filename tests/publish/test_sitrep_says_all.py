"""What a report may never leave out, and what it may never print, on records drawn at random."""

from __future__ import annotations

import io
import json
import random
import re
from contextlib import closing
from datetime import timedelta
from html import unescape
from typing import TYPE_CHECKING, Any

import pypdf
import pytest

from clearway.picture.index import PictureIndex
from clearway.picture.view import Moments, picture_of
from clearway.planning.gazetteer import Gazetteer
from clearway.publish.sitrep.danger import keeps_out
from clearway.publish.sitrep.issued import issue_draft
from clearway.publish.sitrep.making import report_of
from clearway.publish.sitrep.page import as_page
from clearway.publish.sitrep.pdf import as_pdf
from clearway.publish.sitrep.shape import Head
from clearway.publish.sitrep.text import as_text
from clearway.record.entry import RELEASES, may_have
from clearway.record.kinds import KINDS
from clearway.record.moments import calendar, moment_of
from clearway.record.open import open_record
from clearway.record.parse import draft_of
from clearway.record.visible import VisibleStore
from record.test_parse import SAMPLES
from rounds import examples

if TYPE_CHECKING:
    from pathlib import Path

    from clearway.network.model import Network
    from clearway.publish.sitrep.shape import Sitrep
    from clearway.record.entry import Release
    from clearway.record.store import Store

AT = moment_of("2025-06-14T18:00Z")
DAYS = calendar("America/Chicago", "2025-06-10")
WHO = ("ambulance crews", "people on foot", "residents", "nurses", "wheelchair users", "pharmacy deliveries", "funeral cars")
SPEAKERS = ("Police", "Fire", "Council", "Groups", "Port")


def enter(store: Store, fields: dict[str, Any], minutes_ago: float) -> None:
    moment = AT - timedelta(minutes=minutes_ago)
    said = {"happened": moment.isoformat(), "known": moment.isoformat()} | fields
    store.append("harbour", [draft_of(said, DAYS, now=AT, entered="imported")])


def some_entry(draw: random.Random, number: int) -> dict[str, Any]:
    word = f"word{number:04d}x"
    body = draw.choice((
        {"kind": "passage_rule", "who": [f"{draw.choice(WHO)} {word}"],
         "may": draw.choice(("enter", "leave", "enter_and_leave", "leave_not_return", "not_pass"))},
        {"kind": "gate_state", "state": draw.choice(("open", "restricted", "shut"))},
        {"kind": "road_state", "state": draw.choice(("open", "restricted", "shut")), "reason": word,
         "passes": draw.choice(([], ["emergency"], ["emergency", "resident"], ["bus"]))},
        {"kind": "facility_state", "facility": f"Hall {word}", "state": draw.choice(("open", "shut")),
         "stay_away": draw.random() < 0.3},
        {"kind": "incident", "nature": "noise", "summary": word, "severity": draw.choice(("minor", "serious", "major"))},
        {"kind": "health_finding", "finding": "water", "summary": word},
        {"kind": "statement", "summary": f"They say {word}"},
        {"kind": "staff_strength", "organisation": f"Service {word}", "amount": {"low": 5}, "on_duty": True},
        {"kind": "notice", "by": "Council", "text": word},
    ))  # fmt: skip
    source = {"organisation": draw.choice(SPEAKERS), "reliability": draw.choice("ABCDF"), "credibility": draw.randint(1, 6)}
    place = {"type": "named", "name": f"Corner {word}"}
    return {"id": f"e{number}", "body": body, "source": source, "places": [place] if draw.random() < 0.8 else []}


def flat(text: str) -> str:
    """A text without what setting it in lines changes."""
    return re.sub(r"[\s\-\u2010\u00ad]+", "", unescape(re.sub(r"<[^>]+>", "", text)))


def pdf_words(pdf: bytes) -> str:
    return "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


def check_all_is_said(seed: int, folder: Path, *, with_pdf: bool) -> int:
    draw = random.Random(seed)  # noqa: S311 - a test
    with closing(open_record(str(folder / f"{seed}.record"))) as store:
        for number in range(draw.randint(5, 90)):
            enter(store, some_entry(draw, number), draw.uniform(0, 20_000))
        when = Moments(AT, AT)
        picture = picture_of(store, PictureIndex(), "harbour", when)
        report = report_of(store, PictureIndex(), "harbour", when)
    printed = [flat(as_text(report)), flat(as_page(report)), *([flat(pdf_words(as_pdf(report)))] if with_pdf else [])]
    deciding = [fact for fact in (*picture.states, *picture.events) if keeps_out(fact)]
    for fact in deciding:
        for said in printed:
            assert flat(fact.says) in said, (seed, fact.says)
            assert flat(fact.where) in said, (seed, fact.where)
    return len(deciding)


@pytest.mark.slow
def test_whatever_keeps_out_help_people_on_foot_or_residents_is_said_in_full(tmp_path: Path) -> None:
    found = [check_all_is_said(seed, tmp_path, with_pdf=seed % 20 == 0) for seed in range(100, 100 + examples(60))]
    assert max(found) > 20
    assert sum(found) > 5 * len(found)


def marked(value: Any, token: str) -> Any:  # noqa: ANN401 - any JSON
    """The same fields with a token in every free text."""
    if isinstance(value, dict):
        return {name: marked(part, token) if name not in FIXED else part for name, part in value.items()}
    if isinstance(value, list):
        return [marked(part, token) for part in value]
    return (
        f"{value} {token}" if isinstance(value, str) and not re.fullmatch(r"[a-z_]+|[\d:TZ+.-]+|[0-9a-f]{64}", value) else value
    )


FIXED = frozenset({"kind", "sha256", "text_sha256", "zone", "first_day", "currency", "form"})
TOKENS: dict[Release, str] = {"room": "Aardvark", "partners": "Capybara", "public": "Pangolin"}
NEVER_PUBLIC = frozenset({"tow_operator", "vehicle_moved"})
ROOM_ALONE = frozenset({"tow_order"})
OF_A_STREET = frozenset({"vehicle_tally"})


@pytest.fixture
def of_all_levels(tmp_path: Path) -> Store:
    store = open_record(str(tmp_path / "levels.record"))
    for number, kind in enumerate(KINDS):
        for level, token in TOKENS.items():
            if (level == "public" and kind in NEVER_PUBLIC) or (level != "room" and kind in ROOM_ALONE):
                continue
            source = {"office": f"Office {token}", "organisation": f"Body {token}", "document": f"Paper {token}",
                      "title": f"Title {token}", "publisher": f"Publisher {token}", "reliability": "A",
                      "credibility": 1 + number % 3}  # fmt: skip
            places = [{"type": "point", "at": [174.7771 + number / 9000, -41.2784], "label": f"Spot {token}"}]
            if kind in OF_A_STREET:
                places = [{"type": "street", "street": f"Street {token}"}]
            body = marked(SAMPLES[kind], token)
            if kind == "operation":
                body["zone"] = "Pacific/Auckland"
            fields = {"id": f"{token}-{kind}", "kind": kind, "body": body, "source": source, "places": places, "release": level}
            enter(store, fields, 300 - number)
    return store


@pytest.mark.slow
@pytest.mark.parametrize("release", ["partners", "public"])
def test_a_release_prints_nothing_of_a_higher_level(of_all_levels: Store, wellington: Network, release: Release) -> None:
    store = VisibleStore(of_all_levels, may_have(release))
    gazetteer = Gazetteer(wellington, (174.7771, -41.2784))
    head = Head(release=release, number=4)
    report = report_of(store, PictureIndex(), "harbour", Moments(AT, AT), gazetteer=gazetteer, head=head)
    pdf = as_pdf(report)
    printed = [as_text(report), as_page(report), json.dumps(report.as_json()), pdf_words(pdf)]
    printed.append(issue_draft(report, pdf, at=AT, head=head, form="pdf", now=AT).content())
    for hidden in RELEASES - may_have(release):
        for said in printed:
            assert TOKENS[hidden].casefold() not in said.casefold()
    assert all(TOKENS[release].casefold() in said.casefold() for said in printed[:4])
    assert report.map is not None
    assert f"{sum(1 for _ in store.entries('harbour')):,} entries in the record" in report.as_of
    assert report.anchor is None  # its number counts the entries of every level


def same_but_for_what_is_hidden(store: Store, release: Release) -> Sitrep:
    return report_of(
        VisibleStore(store, may_have(release)), PictureIndex(), "harbour", Moments(AT, AT), head=Head(release=release)
    )


def test_what_is_hidden_changes_nothing_that_is_printed(of_all_levels: Store) -> None:
    before = same_but_for_what_is_hidden(of_all_levels, "public")
    for number in range(5):
        body = {"kind": "incident", "nature": "fire", "summary": "A hut burns", "severity": "major"}
        enter(of_all_levels, {"id": f"late{number}", "body": body, "release": "partners"}, 5)
    assert same_but_for_what_is_hidden(of_all_levels, "public") == before
