"""A record as it was when it held fewer entries, whatever the times of what came since."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from clearway.errors import NotFound
from clearway.record.open import open_record
from clearway.record.until import StoreUntil
from record_drafts import draft, ticking

if TYPE_CHECKING:
    from pathlib import Path


def test_what_was_written_later_is_not_there_even_where_it_happened_before(tmp_path: Path) -> None:
    with closing(open_record(str(tmp_path / "room.record"), clock=ticking)) as store:
        store.append("square", [draft("a"), draft("b", release="public"), draft("c", happened="2022-02-01T10:00+13:00")])
        for seq, held in ((0, []), (1, ["a"]), (2, ["a", "b"]), (3, ["a", "b", "c"]), (9, ["a", "b", "c"])):
            then = StoreUntil(store, seq)
            assert [entry.id for entry in then.entries("square")] == held
            assert [entry.id for entry in then.numbered(range(1, 9))] == held
            assert then.version("square") == len(held)
        then = StoreUntil(store, 2)
        assert then.entry("b").seq == 2
        with pytest.raises(NotFound):
            then.entry("c")
