"""Who may correct what: the same body its own word. What another body says against it stands beside, as a dispute."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearway.errors import BadInput
from clearway.record.source import body_of, speaker

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from clearway.record.entry import Draft, Entry


def does_correct(draft: Draft, other: Draft) -> bool:
    """Whether a draft corrects another: it says so, and both are the word of the same body."""
    return other.id in draft.corrects and body_of(draft.source) == body_of(other.source)


def does_dispute(draft: Draft, other: Draft) -> bool:
    """Whether a draft disputes another: it says so, or would correct the word of another body."""
    return other.id in draft.disputes or (other.id in draft.corrects and body_of(draft.source) != body_of(other.source))


def notices(draft: Draft, named: Iterable[Entry]) -> list[str]:
    """What a writer is told who would correct another body's word, a sentence or two for each.

    Args:
        draft: What was written.
        named: Entries that it names; others are passed over.
    """
    mine = speaker(draft.source)
    return [
        f"Entry {entry.id!r} is the word of {speaker(entry.draft.source)}, and this one of {mine}. Only the body that said it "
        "can correct it, so this stands beside it as a dispute. To correct a slip in entering it, write it again with the "
        "same organisation as source."
        for entry in named
        if entry.id in draft.corrects and not does_correct(draft, entry.draft)
    ]


def refuse_later(drafts: Sequence[Draft]) -> None:
    """Refuse drafts that correct or withdraw one that comes after them: so no chain of corrections runs in a circle.

    Raises:
        BadInput: one does.
    """
    to_come = {draft.id for draft in drafts}
    for draft in drafts:
        if later := [one for one in (*draft.corrects, *draft.withdraws) if one in to_come]:
            raise BadInput(
                f"Entry {draft.id!r} corrects or withdraws {later[0]!r}, which comes after it. Give the earlier one first."
            )
        to_come.discard(draft.id)
