"""A report as it came in: its words, where they were published and when."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from clearway.record.source import Medium

MOST_TEXT = 300_000
"""Characters of a report that are read; a longer one is refused, not cut."""


@dataclass(frozen=True)
class Report:
    """What somebody said, wrote or sent, as text.

    Attributes:
        text: Its words; every span of a reading counts characters of it.
        name: What to call it: a file's name, a subject, a headline.
        published: When it was published, UTC; None where nothing says so.
        publisher: The organisation that published it.
        medium: In what kind of thing.
        issuer: The organisation in whose own name it speaks, as a press release does; None for an article about others.
        title: Its headline, where it has one apart from the text.
        operation: The operation that it came in to; two of them keep the same report each for itself.
        version: Tells it from the same report as it was read before, by another date; empty at first.
    """

    text: str
    name: str
    published: datetime | None = None
    publisher: str | None = None
    medium: Medium = "article"
    issuer: str | None = None
    title: str | None = None
    operation: str = ""
    version: str = ""

    @cached_property
    def id(self) -> str:
        """Its id in the record: the same words of the same name are the same report."""
        parts = (self.operation, self.name, self.text, *filter(None, [self.version]))
        return f"report-{hashlib.sha256(chr(10).join(parts).encode()).hexdigest()[:16]}"
