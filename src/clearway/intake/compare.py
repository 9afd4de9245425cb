"""Drafts compared with what is known: what each would change in the picture, what it clashes with, what was printed before."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import islice
from typing import TYPE_CHECKING

from clearway.intake.reader import also_at
from clearway.intake.repeats import Printings
from clearway.picture.subjects import subject_of
from clearway.record.kinds.figures import Count
from clearway.record.kinds.incidents import Arrests, Injuries
from clearway.record.kinds.means import TowEvent
from clearway.record.kinds.pending import Promise
from clearway.record.kinds.talks import Remark
from clearway.record.parts import amount_words
from clearway.record.place_words import place_words
from clearway.record.source import speaker
from clearway.words import time_words, vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from zoneinfo import ZoneInfo

    from clearway.intake.passages import Passages
    from clearway.intake.reader import Proposal, Reading
    from clearway.intake.repeats import Printed
    from clearway.picture.subjects import Subject
    from clearway.record.entry import Draft, Entry
    from clearway.record.parts import Amount

_DAY = timedelta(days=1)
_MOST_COMPARED = 200
"""A draft is compared with so many drafts about the same before it; no report of people has more."""

_MOST_CLASHES = 20
"""So many clashes with other drafts are shown."""


@dataclass(frozen=True, slots=True)
class Opposed:
    """An entry or an earlier draft that a draft clashes with.

    Attributes:
        id: Its id.
        says: What it says.
        speaker: Who said it.
        in_record: Whether it is in the record; else it is another draft.
    """

    id: str
    says: str
    speaker: str
    in_record: bool


@dataclass(frozen=True, slots=True)
class Compared:
    """A draft with what it means beside what is known.

    Attributes:
        proposal: The draft; one that repeats an entry is a remark that confirms it.
        changes: What it would change in the picture, in a sentence.
        clashes: What it clashes with.
        printed: Where its words were printed before; None where they are new.
    """

    proposal: Proposal
    changes: str
    clashes: tuple[Opposed, ...] = ()
    printed: Printed | None = None


@dataclass(slots=True)
class Known:
    """What a report is compared with; grows with every report.

    Attributes:
        zone: The operation's; sentences give times in it.
        in_force: The record's entries in force about a subject, latest first; none where there is no record.
        from_report: The record's entries that rest on a stretch of a report's words.
        printings: The sentences of the reports before.
    """

    zone: ZoneInfo
    in_force: Callable[[Subject], Sequence[Entry]] = lambda _: ()
    from_report: Callable[[str], Sequence[Entry]] = lambda _: ()
    printings: Printings = field(default_factory=Printings)
    _drafts: dict[Subject, list[Draft]] = field(default_factory=dict)

    def remember(self, report: str, name: str, passages: Passages) -> None:
        """A report that came in earlier."""
        self.printings.add(report, name, passages)

    def compare(self, readings: Iterable[Reading]) -> list[list[Compared]]:
        """The drafts of reports, in the order of their publication, each against the record and the reports before it.

        Args:
            readings: The reports as read.

        Returns:
            For each reading its drafts; one that an earlier reading of the same call gave already is listed there with both places.
        """
        numbered = sorted(
            enumerate(readings), key=lambda pair: (pair[1].report.published is None, pair[1].report.published, pair[0])
        )
        drafts: dict[int, list[Compared]] = {}
        for number, reading in numbered:
            drafts[number] = []
            for proposal in reading.proposals:
                printed = self.printings.of(reading.report.text[proposal.span.start : proposal.span.end])
                first = self._first(drafts, printed, proposal) if printed is not None else None
                if first is not None:
                    at, place = first
                    earlier = drafts[at][place]
                    drafts[at][place] = replace(earlier, proposal=also_at(earlier.proposal, proposal.draft.source.words))
                    continue
                drafts[number].append(self._compared(proposal, printed))
            self.printings.add(reading.report.id, reading.report.name, reading.passages)
        return [drafts[number] for number in sorted(drafts)]

    def _first(self, drafts: dict[int, list[Compared]], printed: Printed, proposal: Proposal) -> tuple[int, int] | None:
        """The draft of an earlier reading that rests on the same sentence and is of the same kind."""
        for at, compared in drafts.items():
            for place, draft in enumerate(compared):
                words = draft.proposal.draft.source.words
                same = any(
                    part.report == printed.report and part.start < printed.span.end and printed.span.start < part.end
                    for part in words
                )
                if same and draft.proposal.draft.kind == proposal.draft.kind:
                    return at, place
        return None

    def _compared(self, proposal: Proposal, printed: Printed | None) -> Compared:
        draft = proposal.draft
        subject = subject_of(draft)
        if printed is not None:
            entry = next(
                (one for one in self.from_report(printed.report) if one.draft.kind == draft.kind and _rests_on(one, printed)),
                None,
            )
            if entry is not None:
                remark = Remark(text=f"Also in {draft.source.document}: {entry.draft.body.says(self.zone)}"[:20_000])
                again = draft.model_copy(update={"body": remark, "confirms": (entry.id,), "places": ()})
                return Compared(
                    replace(proposal, draft=again),
                    f"Not news: already printed in {printed.name}. Entering it notes the second publication.",
                    (),
                    printed,
                )
        known = list(self.in_force(subject))
        drafts = self._drafts.setdefault(subject, [])
        near = drafts[-_MOST_COMPARED:]
        clashes = [
            *(_opposed(one.draft, self.zone, in_record=True) for one in known if _clash(draft, one.draft)),
            *islice((_opposed(one, self.zone, in_record=False) for one in near if _clash(draft, one)), _MOST_CLASHES),
        ]
        changes = self._changes(draft, [*(one.draft for one in known), *drafts[-1:]])
        drafts.append(draft)
        return Compared(proposal, changes, tuple({one.id: one for one in clashes}.values()), printed)

    def _changes(self, draft: Draft, known: Sequence[Draft]) -> str:
        """What the picture would say after it, against what it says now."""
        what, where = vocabulary(draft.kind), place_words(draft.places)
        at = f" at {where}" if where else ""
        if isinstance(draft.body, Promise):
            return f"One more promise to watch{f', due {time_words(draft.body.due, self.zone)}' if draft.body.due else ''}."
        if draft.body.about.is_listed:
            return f"One more {what}{at}."
        if not known:
            return f"The first report of {self._subject(draft)}{at}."
        last = known[0]
        later = draft.happened.start >= last.happened.start
        latest = f"{last.body.says(self.zone)} ({speaker(last.source)}, {time_words(last.happened.end, self.zone)})"
        return f"{'Follows' if later else 'Precedes'}: {latest}"

    def _subject(self, draft: Draft) -> str:
        return vocabulary(draft.body.what) if isinstance(draft.body, Count) else vocabulary(draft.kind)


def _rests_on(entry: Entry, printed: Printed) -> bool:
    return any(
        part.report == printed.report and part.start < printed.span.end and printed.span.start < part.end
        for part in entry.draft.source.words
    )


def _opposed(draft: Draft, zone: ZoneInfo, *, in_record: bool) -> Opposed:
    return Opposed(draft.id, draft.body.says(zone), speaker(draft.source), in_record)


def _clash(one: Draft, other: Draft) -> bool:
    """Whether two drafts about the same thing exclude each other, as far as they speak of times that overlap or nearly do."""
    apart = max((one.happened.start - other.happened.end), (other.happened.start - one.happened.end))
    if one.id == other.id or apart > _DAY:
        return False
    body, against = one.body, other.body
    if isinstance(body, Count) and isinstance(against, Count):
        return body.what == against.what and body.group == against.group and _excludes(body.amount, against.amount)
    if isinstance(body, (Arrests, Injuries)) and isinstance(against, type(body)):
        same = one.happened.start < other.happened.end and other.happened.start < one.happened.end
        return (
            same
            and getattr(body, "ground", None) == getattr(against, "ground", None)
            and _excludes(body.amount, against.amount)
        )
    if isinstance(body, TowEvent) and isinstance(against, TowEvent):
        return body.done != against.done
    return body.state_said is not None and body.state_said != against.state_said and one.kind == other.kind


def _excludes(one: Amount, other: Amount) -> bool:
    def above(first: Amount, second: Amount) -> bool:
        return first.low is not None and second.high is not None and first.low > second.high

    return amount_words(one) != amount_words(other) and (above(one, other) or above(other, one))
