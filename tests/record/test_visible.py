"""A record as somebody may see it holds nothing else: no entry, no number, no name of an operation."""

from __future__ import annotations

import dataclasses
import sqlite3
from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from clearway.errors import NotAllowed, NotFound, UnknownName
from clearway.record.entry import now
from clearway.record.open import open_record
from clearway.record.texts import text_mark
from clearway.record.visible import VisibleStore
from record_drafts import draft, report

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from clearway.record.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_record(str(tmp_path / "room.record"))
    opened.append("hidden", [draft("h")])
    for number in range(9):
        opened.append("square", [draft(f"e{number}", release=("room", "partners", "public")[number % 3])])
    yield opened
    opened.close()


@pytest.fixture
def public(store: Store) -> VisibleStore:
    return VisibleStore(store, {"public"})


def test_only_what_may_be_seen_is_listed_counted_and_found(public: VisibleStore) -> None:
    assert [entry.id for entry in public.entries("square")] == ["e2", "e5", "e8"]
    assert [entry.id for entry in public.entries(words=["text"], after=4, limit=1)] == ["e5"]
    assert [entry.id for entry in public.numbered(range(20))] == ["e2", "e5", "e8"]
    assert (public.version("square"), public.version("hidden"), public.streams()) == (3, 0, {"square": 3})


def test_what_is_written_later_is_counted_too(store: Store, public: VisibleStore) -> None:
    assert public.version("square") == 3
    store.append("square", [draft("more", release="public"), draft("secret")])
    assert public.version("square") == 4


def test_a_hidden_entry_is_refused_as_one_that_is_not_there(public: VisibleStore) -> None:
    assert public.entry("e2").id == "e2"
    for name in ("e0", "nothing"):
        with pytest.raises(NotFound) as refused:
            public.entry(name)
        assert str(refused.value) == f"The record holds no entry {name!r}. 'clearway record export' lists what it holds."


def test_nobody_writes_what_they_may_not_see_or_ties_an_entry_to_it(store: Store, public: VisibleStore) -> None:
    with pytest.raises(NotAllowed, match="'room', which you may not see"):
        public.append("square", [draft("new")])
    for name in ("e0", "nothing"):
        with pytest.raises(UnknownName, match=f"disputed: {name}"):
            public.append("square", [draft("new", release="public", disputes=[name])])
    drafts = [draft("new", release="public", disputes=["e2"]), draft("newer", release="public", confirms=["new"])]
    assert [entry.version for entry in public.append("square", drafts, expected_version=9)] == [10, 11]
    assert store.version("square") == 11


def test_what_may_be_written_is_listed_in_the_refusal(store: Store) -> None:
    both = VisibleStore(store, {"public", "partners"})
    with pytest.raises(NotAllowed, match=r"Choose one of: partners, public\."):
        both.append("square", [draft("fine", release="public"), draft("new", release="room")])
    with pytest.raises(NotAllowed, match=r"Choose one of: none\."):
        VisibleStore(store, ()).append("square", [draft("new", release="public")])
    assert store.version("square") == 9


def test_a_tie_to_another_operation_is_one_to_what_is_not_there(store: Store, public: VisibleStore) -> None:
    store.append("harbour", [draft("there", release="public")])
    with pytest.raises(UnknownName, match="disputed: there, e1"):
        public.append("square", [draft("new", release="public", disputes=["there", "e2", "e1"])])
    assert store.version("square") == 9


def test_entries_of_several_levels_come_in_order_and_a_limit_counts_only_what_is_seen(store: Store) -> None:
    both = VisibleStore(store, {"public", "room"})
    assert [entry.id for entry in both.entries("square", limit=3)] == ["e0", "e2", "e3"]
    assert [entry.id for entry in both.entries("square", limit=0)] == []
    assert [entry.id for entry in both.entries()] == ["h", "e0", "e2", "e3", "e5", "e6", "e8"]
    assert [entry.id for entry in both.entries(kind="demand")] == []
    assert both.streams() == {"hidden": 1, "square": 6}


def test_the_words_of_a_report_are_for_those_who_may_see_it(store: Store, public: VisibleStore) -> None:
    hidden = report("r1", "Secret words.")
    body = {"title": "Evening bulletin", "text_sha256": text_mark("Open words.")}
    shown = draft("r2", kind="report", body=body, release="public")
    store.append("square", [hidden, shown], texts=["Secret words.", "Open words."])
    assert public.report_text(public.entry("r2")) == "Open words."
    with pytest.raises(NotFound, match="holds no entry 'r1'"):
        public.report_text(store.entry("r1"))


def test_what_concerns_the_whole_record_is_that_of_the_whole_record(store: Store, public: VisibleStore) -> None:
    assert public.head() == store.head()
    assert public.verify() == []
    wrong = dataclasses.replace(store.head(), seq=store.head().seq + 1)
    assert public.verify(expected=wrong) == store.verify(expected=wrong) != []
    assert public.notices() == store.notices()
    assert public.steps_back() == store.steps_back() == []
    store.append("square", [report("r", "Words.")], texts=["Words."])
    assert public.delete_texts("square", now() + timedelta(days=1)) == 1
    assert public.deleted_texts() == store.deleted_texts()
    assert len(public.deleted_texts()) == 1


def test_the_record_stays_open_for_others(store: Store, public: VisibleStore) -> None:
    public.close()
    assert store.append("square", [draft("after")])[0].version == 10


def test_where_the_clock_was_set_back_is_said_of_the_whole_record(store: Store, public: VisibleStore, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "room.record")) as connection, connection:
        connection.execute("DROP TRIGGER entries_update")
        connection.execute("UPDATE entries SET written = '2099-01-01T00:00:00.000000Z' WHERE seq = 3")
    assert public.steps_back() == store.steps_back()
    assert [step[:24] for step in public.steps_back()] == ["Entry 4 was written at 2"]
