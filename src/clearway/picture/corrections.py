"""What was corrected stays visible where the figure stands: ``Police first said 800, corrected 14:10 to 450``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearway.record.corrections import does_correct
from clearway.record.kinds.figures import Count
from clearway.record.parts import amount_words
from clearway.record.source import speaker

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from clearway.picture.facts import Facts
    from clearway.picture.index import PictureIndex
    from clearway.record.entry import Entry
    from clearway.record.store import Store

_STEPS_SHOWN = 4
"""So many corrections of one figure are shown, the latest."""


def corrected_by(entries: Iterable[Entry], store: Store, index: PictureIndex) -> dict[str, Entry]:
    """What some entries correct, and what those corrected before, by id; as far as it may be seen."""
    found: dict[str, Entry] = {}
    asked = {one for entry in entries for one in entry.draft.corrects}
    for _ in range(_STEPS_SHOWN):
        if not asked:
            break
        fresh = {entry.id: entry for entry in store.numbered(index.seqs_of(asked))}
        found |= fresh
        asked = {one for entry in fresh.values() for one in entry.draft.corrects} - found.keys()
    return found


def correction_words(entry: Entry, before: Mapping[str, Entry], facts: Facts) -> str:
    """What a figure was before it was corrected, and when that was; empty where it was not.

    Args:
        entry: The figure in force.
        before: What was corrected, by id.
        facts: Of the picture.
    """
    steps, level = list[str](), [entry]
    while (parents := _parents(level, before)) and len(steps) < _STEPS_SHOWN:
        steps.append(f"corrected {_when(level, facts)} to {_amounts(level)}")
        level = parents
    if not steps:
        return ""
    first = "earlier" if any(one.draft.corrects for one in level) else "first"
    return ", ".join([f"{speaker(entry.draft.source)} {first} said {_amounts(level)}", *reversed(steps)])


def _parents(level: Sequence[Entry], before: Mapping[str, Entry]) -> list[Entry]:
    """The figures that some entries correct."""
    named = {one: entry for entry in level for one in entry.draft.corrects}
    return [
        before[one]
        for one, entry in named.items()
        if one in before and isinstance(before[one].draft.body, Count) and does_correct(entry.draft, before[one].draft)
    ]


def _amounts(level: Sequence[Entry]) -> str:
    amounts = [amount_words(body.amount) for entry in level if isinstance(body := entry.draft.body, Count)]
    return " and ".join(dict.fromkeys(amounts))


def _when(level: Sequence[Entry], facts: Facts) -> str:
    moment = max(entry.draft.known for entry in level).astimezone(facts.zone)
    is_today = moment.date() == facts.at.astimezone(facts.zone).date()
    return f"{moment:%H:%M}" if is_today else f"{moment:%a} {moment.day} {moment:%b %H:%M}"
