"""A record as it was when it held fewer entries: what was written later is not there, whatever its times say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearway.record.entry import RELEASES
from clearway.record.visible import VisibleStore

if TYPE_CHECKING:
    from clearway.record.entry import Entry
    from clearway.record.store import Store


class StoreUntil(VisibleStore):
    """The entries of a record up to one of them, to be read.

    Args:
        store: The record, as far as the asker may see it.
        seq: The number of the last entry that is there.
    """

    def __init__(self, store: Store, seq: int) -> None:
        super().__init__(store, RELEASES)
        self._seq = seq

    def sees(self, entry: Entry) -> bool:
        """Whether it was there already."""
        return entry.seq <= self._seq
