"""Where offices and groups stand on a proposal: the last word of each counts, on whichever version it was said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearway.planning.decide.contract import PositionOf
from clearway.record.kinds.follow_up import Position

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearway.planning.reading import Reading
    from clearway.planning.talks.lines import Lines
    from clearway.record.entry import Entry


def positions_on(versions: Sequence[str], reading: Reading, lines: Lines) -> list[PositionOf]:
    """One position of each office or group, by name; two spellings that differ by case or spaces alone are one.

    A position stays on the version on which it was given: an edited option moves nobody's word.

    Args:
        versions: Ids of the proposal's entries; the last is the one that is shown.
        reading: The record.
        lines: To cite entries.
    """
    said: dict[str, list[tuple[Entry, Position]]] = {}
    for entries in reading.in_force([Position]).values():
        for entry in entries:
            body = entry.draft.body
            if isinstance(body, Position) and body.of in versions:
                said.setdefault(" ".join(body.by.casefold().split()), []).append((entry, body))
    return [_last(said[name], versions[-1], lines) for name in sorted(said)]


def _last(words: list[tuple[Entry, Position]], version: str, lines: Lines) -> PositionOf:
    words = sorted(words, key=lambda one: (one[0].draft.happened.end, one[0].draft.known, one[0].seq))
    entry, body = words[-1]
    return PositionOf(
        line=lines.of(entry),
        by=body.by,
        stance=body.stance,
        option=body.option,
        is_on_this_version=body.of == version,
        earlier=[one.id for one, _ in words[:-1]],
    )
