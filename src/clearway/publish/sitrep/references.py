"""The numbers of documents, in the order in which a report first names them; documents that no line names are left out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from clearway.publish.sitrep.shape import Item, Section, Sitrep


def numbered(report: Sitrep) -> Sitrep:
    """A report whose documents are numbered in the order in which they are read."""
    order: dict[int, int] = {}

    def lines(items: tuple[Item, ...]) -> tuple[Item, ...]:
        return tuple(
            replace(item, reference=order.setdefault(item.reference, len(order) + 1)) if item.reference else item
            for item in items
        )

    def sections(parts: tuple[Section, ...]) -> tuple[Section, ...]:
        return tuple(replace(part, items=lines(part.items), parts=sections(part.parts)) for part in parts)

    front = sections(report.front)
    methane = tuple((letter, heading, lines(items)) for letter, heading, items in report.methane)
    rest = sections(report.sections)
    sources = tuple(report.sources[before - 1] for before in order)
    return replace(report, front=front, methane=methane, sections=rest, sources=sources)
