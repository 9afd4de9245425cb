"""A record to which somebody else writes at the same time, as often as a test says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from clearway.record.entry import Draft, Entry
    from clearway.record.store import Store


class Crowded:
    """A record in which somebody else writes just before an entry is written, so many times.

    Attributes:
        left: How many times are left.
    """

    def __init__(self, store: Store, times: int, other: Callable[[int], object]) -> None:
        self._store, self.left, self._other = store, times, other

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever a record has
        return getattr(self._store, name)

    def append(self, stream: str, drafts: Sequence[Draft], *, expected_version: int | None = None) -> list[Entry]:
        """Write as the record does, after the other."""
        if self.left:
            self.left -= 1
            self._other(self.left)
        return self._store.append(stream, drafts, expected_version=expected_version)
