"""A situation report as plain text, to be read out or sent as a message."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clearway.publish.sitrep.shape import Item, Section, Sitrep

WIDTH = 100


def as_text(report: Sitrep) -> str:
    """The report as lines of at most ``WIDTH`` signs."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: Sitrep) -> Iterator[str]:
    yield from _wrapped(f"SITUATION REPORT: {report.title}")
    yield from (*_wrapped(report.as_of), "")
    for label, words in report.head:
        yield from _wrapped(f"{label}: {words}", "  ")
    for section in report.front:
        yield from _section(section, 0)
    yield from ("", "METHANE")
    for letter, heading, items in report.methane:
        for number, item in enumerate(items):
            label = f"{letter}  {heading}: " if number == 0 else "   "
            yield from textwrap.wrap(_as_text(item), WIDTH, initial_indent=label, subsequent_indent="   ")
    yield from _map(report)
    for section in report.sections:
        yield from _section(section, 0)
    yield from _end(report)


def _map(report: Sitrep) -> Iterator[str]:
    if report.map:
        yield from ("", "MAP, AS DRAWN IN THE PAGE AND THE PDF")
        for line in (report.map.caption, *report.map.key):
            yield from _wrapped(line, "  ")


def _end(report: Sitrep) -> Iterator[str]:
    if report.sources:
        yield from ("", "SOURCES")
        for number, source in enumerate(report.sources, start=1):
            yield from _wrapped(f"[{number}] {source}", "    ")
    if report.anchored:
        yield from ("", *_wrapped(report.anchored))
    yield from ("", *_wrapped(report.marking))


def _wrapped(text: str, indent: str = "") -> list[str]:
    return textwrap.wrap(text, WIDTH, subsequent_indent=indent)


def _section(section: Section, depth: int) -> Iterator[str]:
    yield from ("", section.heading if depth else section.heading.upper())
    if section.lead:
        yield from textwrap.wrap(section.lead, WIDTH)
    for item in section.items:
        yield from textwrap.wrap(_as_text(item), WIDTH, initial_indent="- ", subsequent_indent="  ")
    for part in section.parts:
        yield from _section(part, depth + 1)


def _as_text(item: Item) -> str:
    tags = " ".join(filter(None, ("NEW" if item.new else "", item.standing.upper())))
    source = f" ({item.source})" if item.source else ""
    return f"{tags}{' ' if tags else ''}{item.text}{source}{f' [{item.reference}]' if item.reference else ''}"
