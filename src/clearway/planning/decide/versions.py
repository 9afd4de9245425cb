"""The versions of a decision: it is completed and corrected by later entries, and each is an entry of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearway.record.kinds.decisions import Decision

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clearway.record.entry import Entry


def versions_of(entry: Entry, known: Mapping[str, Entry]) -> tuple[str, ...]:
    """Ids of the entries that a decision completes or corrects, the first first, and its own."""
    before = [known[one] for one in entry.draft.corrects if one in known and isinstance(known[one].draft.body, Decision)]
    return (*(one for earlier in before for one in versions_of(earlier, known)), entry.id)
