"""A situation report as plain text, to be read out or sent as a message."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clearway.publish.sitrep.content import Item, Section, Sitrep

WIDTH = 100


def as_text(report: Sitrep) -> str:
    """The report as lines of at most ``WIDTH`` signs."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: Sitrep) -> Iterator[str]:
    yield f"SITUATION REPORT: {report.title}"
    yield from textwrap.wrap(report.as_of, WIDTH)
    yield ""
    for sentence in report.summary:
        yield from textwrap.wrap(sentence, WIDTH, initial_indent="* ", subsequent_indent="  ")
    yield from ("", "METHANE")
    for letter, heading, items in report.methane:
        for number, item in enumerate(items):
            label = f"{letter}  {heading}: " if number == 0 else "   "
            yield from textwrap.wrap(_as_text(item), WIDTH, initial_indent=label, subsequent_indent="   ")
    for section in report.sections:
        yield from _section(section, 0)
    if report.sources:
        yield from ("", "SOURCES")
        yield from (f"[{number}] {source}" for number, source in enumerate(report.sources, start=1))
    if report.anchored:
        yield from ("", *textwrap.wrap(report.anchored, WIDTH))


def _section(section: Section, depth: int) -> Iterator[str]:
    yield from ("", section.heading if depth else section.heading.upper())
    if section.lead:
        yield from textwrap.wrap(section.lead, WIDTH)
    for item in section.items:
        yield from textwrap.wrap(_as_text(item), WIDTH, initial_indent="- ", subsequent_indent="  ")
    for part in section.parts:
        yield from _section(part, depth + 1)


def _as_text(item: Item) -> str:
    new = "NEW " if item.new else ""
    source = f" ({item.source})" if item.source else ""
    return f"{new}{item.text}{source}{f' [{item.reference}]' if item.reference else ''}"
