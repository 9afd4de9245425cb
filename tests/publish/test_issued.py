"""Reports that were issued: numbers of each release level, the last before a moment, and the entry about the next."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from clearway.errors import BadInput
from clearway.publish.sitrep.issued import issue_draft, issued_reports, last_issued, next_number, refuse_twice
from clearway.publish.sitrep.shape import Head, Sitrep
from clearway.record.entry import Happened
from clearway.record.kinds.issued import SitrepIssued
from clearway.record.open import open_record
from clearway.record.source import Source
from publish.test_sitrep_whole import BARE, NOW, filled

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from clearway.record.store import Store

DAY = timedelta(days=1)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = filled(open_record(str(tmp_path / "issued.record"), clock=lambda: NOW), BARE)
    yield opened
    opened.close()


def test_each_release_level_has_a_series_of_its_own_without_what_was_taken_back(store: Store) -> None:
    assert [one.number for one in issued_reports(store, "quay", "public")] == [3, 2, 8]
    assert [next_number(store, "quay", level) for level in ("public", "room", "partners")] == [9, 10, 1]
    again = ("again", 0.0, "sitrep_issued", BARE[1][3] | {"number": 5}, {"release": "public", "corrects": ["first"]})
    filled(store, [("gone", 0, "remark", {"text": "a slip"}, {"withdraws": ["this"]}), again])
    assert [one.number for one in issued_reports(store, "quay", "public")] == [2, 5]
    assert next_number(store, "quay", "public") == 6
    filled(store, [("back", 0, "remark", {"text": "it stands"}, {"withdraws": ["gone"]})])
    assert [one.number for one in issued_reports(store, "quay", "public")] == [2, 8, 5]


def test_the_last_report_is_the_one_about_the_last_moment_before_of_two_the_higher_number(store: Store) -> None:
    found = [last_issued(store, "quay", at, "public") for at in (NOW - DAY, NOW - DAY + timedelta(seconds=1), NOW + DAY)]
    assert [one and one.number for one in found] == [None, 3, 8]


def test_a_number_is_issued_once_at_each_level(store: Store) -> None:
    with pytest.raises(BadInput, match=r"Report 8 was issued before\. Give another number; the next is 9"):
        refuse_twice(store, "quay", Head(number=8, release="public"))
    refuse_twice(store, "quay", Head(number=9, release="public"))
    refuse_twice(store, "quay", Head(number=8, release="room"))


def test_the_entry_about_a_report_holds_its_head_and_the_hash_of_what_was_printed() -> None:
    report = Sitrep("t", "now", "room", (), (), (), (), (), "2024-05-09T06:00:00.000000Z")
    head = Head(
        number=4, author="Planning", approver="Controller", distribution=("Fire",), next_due=NOW + DAY, release="public"
    )
    late = NOW + timedelta(minutes=5)
    draft = issue_draft(report, b"printed", at=NOW, head=head, form="pdf", now=late)
    digest = hashlib.sha256(b"printed").hexdigest()
    assert draft.body == SitrepIssued(
        number=4, at=NOW, since=NOW - DAY, sha256=digest, form="pdf", author="Planning", approver="Controller",
        distribution=("Fire",), next_due=NOW + DAY,
    )  # fmt: skip
    assert (draft.id, draft.release) == (f"sitrep-4-{digest[:16]}", "public")
    assert (draft.happened, draft.known) == (Happened(start=late, end=late), late)
    assert draft.source == Source(office="Planning", medium="document", document="Situation report 4")
    bare = issue_draft(report, b"printed", at=NOW, head=Head(), form="html", now=late)
    assert bare.body == SitrepIssued(number=1, at=NOW, since=NOW - DAY, sha256=digest, form="html")
    assert (bare.source.office, bare.release) == (None, "room")
