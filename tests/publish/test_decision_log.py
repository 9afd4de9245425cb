"""The decision log on paper: only what is decided stands among the decisions, and no later change is invisible."""

from __future__ import annotations

import io
import sqlite3
from typing import TYPE_CHECKING

from pypdf import PdfReader

from clearway.picture.view import Moments
from clearway.planning.decide.draft import Completion
from clearway.planning.decide.signing import complete, sign
from clearway.planning.reading import Reading
from clearway.publish.decide.log import decision_log
from clearway.publish.vehicles.papers import as_pdf
from picture.test_view import CALENDAR, STREAM, report, store
from planning.decide.test_signing import draft, filled, later, room, year_later

if TYPE_CHECKING:
    from pathlib import Path

    from clearway.publish.vehicles.papers import Papers
    from clearway.record.store import Store

__all__ = ["filled", "store"]  # fixtures


def log(store: Store) -> Papers:
    at = later(store)
    return decision_log(Reading(store, STREAM, Moments(at, at), CALENDAR), at)


def text_of(papers: Papers) -> str:
    pages = PdfReader(io.BytesIO(as_pdf(papers))).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_only_what_is_decided_stands_among_the_decisions(filled: Store) -> None:
    sign(room(filled), draft())
    sign(room(filled), draft(id="p", standing="proposed", what="Shut the bridge", options=[], rejected=[]))
    report(filled, "w", "decision", {"by": "Police", "what": "Go home"}, day=5)
    report(filled, "x", "remark", {"text": "Entered by mistake."}, day=5, hour=13, withdraws=["w"])
    headings = [one.heading for one in log(filled).sections]
    assert headings == [
        "The record",
        "1. Offer parking",
        "Proposals: not decided (1 entry)",
        "Withdrawn, and no longer in force (1 entry)",
    ]


def test_every_entry_that_made_or_speaks_to_a_decision_is_on_the_page_with_its_hash(filled: Store) -> None:
    sign(
        room(filled), draft(follows=[{"kind": "task", "what": "Set up B1"}, {"kind": "notice", "text": "Park at the stadium."}])
    )
    complete(room(filled, later(filled)), "d", Completion(outcome="Twelve vehicles left."))
    report(filled, "against", "remark", {"text": "That is not what was said."}, day=8, disputes=["d"])
    said = text_of(log(filled))
    squeezed = said.replace(" ", "")
    assert "followsfromit:Controller,Policetoeverybody:Parkatthestadium" in squeezed
    for entry in ("d", "d-v2", "against", "d-follows-1", "d-follows-2"):
        assert filled.entry(entry).hash in squeezed, entry
    assert filled.head().hash in squeezed
    assert "Twelve vehicles left" in said
    assert "disputes it" in said
    assert "Chain, checked when printed sound" in said
    assert "(the same today)" in said


def test_a_chain_that_is_broken_is_said_on_the_first_page(filled: Store, tmp_path: Path) -> None:
    sign(room(filled), draft())
    with sqlite3.connect(tmp_path / "room.record") as forged:
        forged.execute("DROP TRIGGER IF EXISTS entries_update")
        triggers = [name for (name,) in forged.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")]
        for name in triggers:
            forged.execute(f"DROP TRIGGER {name}")
        forged.execute("UPDATE entries SET content = REPLACE(content, 'Places are open', 'Places are shut') WHERE id = 'd'")
    assert "BROKEN" in text_of(log(filled))
    assert year_later(filled).is_same


def test_words_that_were_changed_in_the_database_make_it_another_picture(filled: Store, tmp_path: Path) -> None:
    sign(room(filled), draft())
    with sqlite3.connect(tmp_path / "room.record") as forged:
        forged.execute("DROP TRIGGER IF EXISTS entries_update")
        forged.execute("UPDATE entries SET content = REPLACE(content, '150', '90') WHERE id = 'a'")
    found = year_later(filled)
    assert (found.is_same, found.digest_found == found.digest) == (False, True)
    assert "is not the one that was signed: it rests on entries that are not as they were written. Entry 1 was" in found.says
