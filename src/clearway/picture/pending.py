"""What is pending: promises and their time, requests and how long they wait, conditions and the figures that decide them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearway.picture.contract import Conditional, Promised, Requested
from clearway.picture.counts import amount_of, latest_by_voice
from clearway.record.kinds.figures import Count
from clearway.record.kinds.pending import Condition, Promise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearway.picture.facts import Facts
    from clearway.record.entry import Entry
    from clearway.record.parts import Amount


def promised(entries: Sequence[Entry], facts: Facts) -> Promised:
    """A promise by its latest entry; overdue once its time has passed and no outcome is entered."""
    body = entries[0].draft.body
    assert isinstance(body, Promise)  # noqa: S101 - only promises are asked
    overdue = body.outcome == "open" and body.due is not None and body.due < facts.at
    return Promised(**facts.fields(entries[0]), outcome=body.outcome, due=body.due, overdue=overdue)


def requested(entries: Sequence[Entry], facts: Facts) -> Requested:
    """A request, with the time it has waited since it was first made, and whether it still waits."""
    waits = entries[0].draft.body.awaits_answer
    first = min(entry.draft.happened.start for entry in entries)
    return Requested(
        **facts.fields(entries[0]), unanswered=waits, waiting_s=(facts.at - first).total_seconds() if waits else None
    )


def conditional(entries: Sequence[Entry], counted: Sequence[Sequence[Entry]], facts: Facts) -> Conditional:
    """A condition, and whether the figure that decides it meets it.

    Args:
        entries: The condition's entries, latest first.
        counted: The statements of every figure.
        facts: Of the picture.
    """
    body = entries[0].draft.body
    assert isinstance(body, Condition)  # noqa: S101 - only conditions are asked
    figures = [latest for count in counted if _decides(count[0], body) for latest in latest_by_voice(count)]
    met = None if body.at_most is None else _at_most([amount_of(entry) for entry in figures], body.at_most)
    return Conditional(**facts.fields(entries[0]), met=met, decided_by=[figure.id for figure in figures])


def _decides(count: Entry, condition: Condition) -> bool:
    body = count.draft.body
    return isinstance(body, Count) and body.what == condition.counted


def _at_most(amounts: Sequence[Amount], most: float) -> bool | None:
    """Whether a figure is no more than a bound: as every speaker says, or null where they leave it open or differ."""
    if amounts and all(amount.high is not None and amount.high <= most for amount in amounts):
        return True
    if amounts and all(amount.low is not None and amount.low > most for amount in amounts):
        return False
    return None
