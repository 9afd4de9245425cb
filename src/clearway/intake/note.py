"""A sentence that somebody says or types, as entries: read as a report is, by whoever says it, and no place or time added."""

from __future__ import annotations

import json
import shlex
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from clearway.intake.reader import read
from clearway.intake.report import Report
from clearway.intake.submit import report_draft
from clearway.record.kinds.talks import Statement

if TYPE_CHECKING:
    from datetime import datetime

    from clearway.intake.reader import Context, Proposal, Reading
    from clearway.record.entry import Draft
    from clearway.record.source import Source

MOST_CHARACTERS = 2000
"""Longer ones are reports."""

_OWN_VOICES = ("sender", "statement")


@dataclass(frozen=True, slots=True)
class Note:
    """What was read out of a sentence.

    Attributes:
        text: The words.
        report: The entry that holds the words.
        drafts: The entries that they give, each pointing to its words.
        unread: Sentences out of which nothing could be read.
    """

    text: str
    report: Draft
    drafts: tuple[Draft, ...]
    unread: tuple[str, ...]

    def remedy(self, by: str) -> str:
        """The command that enters the words as they are."""
        entry = {"kind": "remark", "body": {"text": self.text}, "happened": "now", "source": by}
        return f"clearway record add {shlex.quote(json.dumps(entry, ensure_ascii=False))}"


def read_note(text: str, context: Context, *, source: Source, stream: str, at: datetime) -> Note:
    """Read a sentence or a few.

    Where the words name no place, the entries have none; where they name no time, it happened that day, before it was said.
    What somebody else is reported to say keeps that speaker.

    Args:
        text: What was said.
        context: What is known beforehand.
        source: Who says so.
        stream: The operation's name.
        at: When it was said.
    """
    sender = source.organisation or source.office
    name = f"note of {at:%Y-%m-%d %H:%M} UTC"
    report = Report(text, name, at, None, source.medium, issuer=sender, title=text[:200], operation=stream)
    reading = read(report, replace(context, site=None))
    own = context.organisation(sender)
    found = [one for one in reading.proposals if not (_is_own(one.draft, own) and isinstance(one.draft.body, Statement))]
    drafts = tuple(_spoken_by(one.draft, source) if _is_own(one.draft, own) else one.draft for one in found)
    return Note(text, report_draft(reading, len(drafts)), drafts, _unread(reading, found))


def _is_own(draft: Draft, sender: str | None) -> bool:
    """Whether it is said in the voice of whoever wrote the note; of a sentence alone that leaves nothing to enter."""
    return draft.source.office in _OWN_VOICES and draft.source.organisation in (None, sender)


def _spoken_by(draft: Draft, source: Source) -> Draft:
    said = draft.source
    mine = source.model_copy(update={"words": said.words, "published": said.published, "document": said.document})
    return draft.model_copy(update={"source": mine})


def _unread(reading: Reading, found: list[Proposal]) -> tuple[str, ...]:
    spans = [one.span for one in found]
    return tuple(
        sentence.text.strip() for sentence in reading.passages.sentences if not any(sentence.meets(span) for span in spans)
    )
