"""The papers of a plan as PDF, set by Typst; beside the gate cards no more pages than people carry."""

from __future__ import annotations

import json
from importlib import resources
from typing import TYPE_CHECKING, NamedTuple

import typst

from clearway.publish.plan.shape import GAP, Cards, Lines, Maps, Table
from clearway.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clearway.publish.plan.shape import Block, Document, Section

MOST_PAGES = 12
"""Beside the gate cards."""
_ALL = 10**9


class _Room(NamedTuple):
    """How many cards and maps of a section and rows of a table stand on paper, and how many maps beside one another."""

    cards: int
    rows: int = _ALL
    maps: int = _ALL
    across: int = 1


_ROOMS = (
    *(_Room(cards) for cards in (48, 32, 20, 12, 6, 0)),
    _Room(0, 80), _Room(0, 80, 12, 2), _Room(0, 40, 6, 2), _Room(0, 20, 3, 3), _Room(0, 10, 2, 3), _Room(0, 5, 1, 3),
    _Room(0, 2, 0, 3),
)  # fmt: skip
"""From roomy to narrow: the first that fits is taken."""


def as_pdf(document: Document) -> bytes:
    """The papers as PDF on A4, black and white, tagged for screen readers. What is said goes in as data, never as markup.

    Args:
        document: As :func:`on_paper` leaves it; else it may take more pages than people carry.
    """
    pdf = typst.compile(_template(), format="pdf", sys_inputs=_inputs(document))
    assert isinstance(pdf, bytes)  # noqa: S101 - one document gives one file
    return pdf


def on_paper(document: Document) -> Document:
    """The papers as far as they have room on twelve pages beside the gate cards.

    Of many detours and buses the first have a card each, the others stand in a list. Where that is not enough, maps are smaller
    and the first ones alone, but for the map of the whole; and tables keep their first rows, and each row with a gap. How many
    stand in a list, or are left out, is said there and in the JSON.
    """
    if not document.sections:
        return document
    found = document
    for room in _ROOMS:
        if _pages(found) <= MOST_PAGES:
            break
        sections = tuple(_section(one, room) for one in document.sections)
        found = document.model_copy(update={"sections": sections})
    return found


def _pages(document: Document) -> int:
    """Pages beside the gate cards."""
    shown = document.model_copy(update={"cards": ()})
    return int(json.loads(typst.query(_template(), "<pages>", field="value", one=True, sys_inputs=_inputs(shown))))


def _template() -> bytes:
    return resources.files("clearway.publish.plan").joinpath("plan.typ").read_bytes()


def _inputs(document: Document) -> dict[str, str]:
    content = document.model_dump(mode="json") | {"gaps": document.gaps, "gap": GAP}
    return {"document": json.dumps(content)}


def _section(section: Section, room: _Room) -> Section:
    if section.new_page:  # the map of the whole
        room = room._replace(maps=_ALL, across=1)
    return section.model_copy(update={"blocks": tuple(part for block in section.blocks for part in _narrowed(block, room))})


def _narrowed(block: Block, room: _Room) -> Iterator[Block]:
    match block:
        case Cards() if len(block.cards) > room.cards:
            kept, others = block.cards[: room.cards], block.cards[room.cards :]
            yield block.model_copy(update={"cards": kept, "listed": len(others)})
            told = [f"{one.heading} ({one.short})" if one.short else one.heading for one in others[: room.rows]]
            if len(told) < len(others):
                told.append(f"And {len(others) - len(told):,} more.")
            said = f"{counted(len(others), 'further way')} in short; step by step they stand in the papers as a page."
            yield Lines(lines=(said,))
            yield Lines(lines=tuple(told), dense=True)
        case Table():
            yield from _cut(block, room.rows)
        case Maps():
            shown = tuple(one for at, one in enumerate(block.maps) if at < room.maps or one is None)
            left_out = len(block.maps) - len(shown)
            if shown:
                yield block.model_copy(update={"maps": shown, "across": max(block.across, room.across), "left_out": left_out})
            if left_out:
                yield Lines(lines=(f"{counted(left_out, 'map')} more {_stand(left_out)} in the papers as a page.",))
        case _:
            yield block


def _cut(table: Table, most: int) -> Iterator[Block]:
    """A table with its first rows, and those with a gap."""
    rows = tuple(row for at, row in enumerate(table.rows) if at < most or None in row)
    left_out = len(table.rows) - len(rows)
    yield table.model_copy(update={"rows": rows, "left_out": left_out})
    if left_out:
        yield Lines(lines=(f"{counted(left_out, 'further row')} {_stand(left_out)} in the papers as a page.",))


def _stand(count: int) -> str:
    return "stands" if count == 1 else "stand"
