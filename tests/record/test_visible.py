"""A record as somebody may see it holds nothing else: no entry, no number, no name of an operation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clearway.errors import NotAllowed, NotFound, UnknownName
from clearway.record.open import open_record
from clearway.record.visible import VisibleStore
from record_contract import draft

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
