"""Many entries from one file: one JSON object on each line, a bad line named by its number.

They are marked as imported: the room is taken to have had them when they say that they were known.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from clearway.errors import BadFile, ClearwayError, Unavailable
from clearway.record.corrections import notices
from clearway.record.doubts import busiest_span, misdated, span_of, ungraded
from clearway.record.entry import now, refuse_future
from clearway.record.kinds.operation import Operation
from clearway.record.operations import calendar_of
from clearway.record.parse import line_with_text_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path
    from zoneinfo import ZoneInfo

    from clearway.record.entry import Draft
    from clearway.record.moments import Calendar
    from clearway.record.store import Store

BATCH = 1000
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a file's lines.

    Attributes:
        written: Entries that are new in the record.
        there_already: Entries that it held before.
        refused: Line numbers and what is wrong with each.
        notices: Line numbers and what their writers should know: that a correction of another body's word stands as a dispute,
            that nobody is named as a source, and what may not be meant and was written all the same.
    """

    written: int
    there_already: int
    refused: tuple[tuple[int, str], ...]
    notices: tuple[tuple[int, str], ...] = ()


Told = tuple[tuple[int, str], ...]
"""Line numbers, and a sentence about each."""


class _Line(NamedTuple):
    """A line that can be used: its number, its entry, of a report its text, and the zone that its times were read in."""

    number: int
    draft: Draft
    text: str | None
    zone: ZoneInfo


def import_lines(
    store: Store,
    stream: str,
    file: Path,
    calendar: Calendar,
    *,
    skip_bad: bool = False,
    is_meant: Callable[[Told], bool] = lambda _: True,
    tell: Callable[[str], None] = lambda _: None,
) -> Imported:
    """Append the entries of a file.

    Args:
        store: The record.
        stream: The operation's name.
        file: One JSON object on each line; empty lines are passed over.
        calendar: The operation's, to read times by; an entry of kind ``operation`` sets it anew for the lines below.
        skip_bad: Write the good lines and list the others; else one bad line stops all, and nothing is written.
        is_meant: Asked once about lines that are new in the record and may not be meant, such as a date far from all others.
            Those that are not are bad lines.
        tell: Called now and then with a few words on how far it is.

    Raises:
        BadFile: the file cannot be read, or a line is bad and ``skip_bad`` is not set.
        Conflict, UnknownName: an entry does not fit the record and ``skip_bad`` is not set; nothing is written.
        Unavailable: the database does not answer.
    """
    drafts, refused = _read(file, calendar, tell)
    if refused and not skip_bad:
        raise BadFile(file, _as_text(refused), "Correct them, or write the others with --skip-bad. Nothing was written")
    doubtful = _doubts(store, stream, drafts)
    if doubtful and not is_meant(doubtful):
        if not skip_bad:
            remedy = "Correct them, give --yes if they are meant, or write the others with --skip-bad. Nothing was written."
            raise BadFile(file, _as_text(doubtful, "may not be meant"), remedy)
        in_doubt = {number for number, _ in doubtful}
        drafts = [line for line in drafts if line.number not in in_doubt]
        refused = sorted((*refused, *doubtful))
        doubtful = ()
    if skip_bad:
        written, known, misfits = _append_singly(store, stream, drafts, tell)
        left_out = {line for line, _ in misfits}
        kept = [line for line in drafts if line.number not in left_out]
        return Imported(written, known, tuple(sorted(refused + misfits)), (*doubtful, *_notices(store, kept)))
    tell(f"Writing {len(drafts):,} entries")
    written = _append(store, stream, drafts) if drafts else 0
    return Imported(written, len(drafts) - written, tuple(refused), (*doubtful, *_notices(store, drafts)))


def drafts_in(file: Path, calendar: Calendar) -> list[Draft]:
    """The entries of a file as an import would write them, without those that it would refuse.

    Raises:
        BadFile: the file cannot be read.
    """
    return [line.draft for line in _read(file, calendar, lambda _: None)[0]]


def _read(file: Path, calendar: Calendar, tell: Callable[[str], None]) -> tuple[list[_Line], list[tuple[int, str]]]:
    drafts: list[_Line] = []
    refused: list[tuple[int, str]] = []
    moment = now()
    for number, text in enumerate(_lines(file), start=1):
        if number % BATCH == 0:
            tell(f"Reading line {number:,}")
        if text.strip():
            try:
                draft, words = line_with_text_of(text, calendar, now=moment, entered="imported")
                if isinstance(draft.body, Operation):
                    calendar = calendar_of(draft.body)  # its own days too
                    draft, words = line_with_text_of(text, calendar, now=moment, entered="imported")
                refuse_future(draft, moment)
            except ClearwayError as error:
                refused.append((number, str(error)))
                continue
            drafts.append(_Line(number, draft, words, calendar.zone))
    return drafts, refused


def _doubts(store: Store, stream: str, lines: Sequence[_Line]) -> Told:
    """What is to be asked about the lines that are new in the record."""
    held = list(store.entries(stream))
    known = {entry.id for entry in held}
    fresh = [line for line in lines if line.draft.id not in known]
    span = span_of(held) or busiest_span(line.draft for line in fresh)
    return tuple((line.number, doubt) for line in fresh for doubt in misdated(line.draft, span, line.zone))


def _lines(file: Path) -> Iterator[str]:
    try:
        with file.open(encoding="utf-8") as lines:
            yield from lines
    except OSError as error:
        raise BadFile(file, f"cannot be opened ({error.strerror})", "Check the name.") from error
    except UnicodeDecodeError as error:
        raise BadFile(file, "is not UTF-8 text", "Save it as UTF-8, one JSON object on each line.") from error


def _append_singly(
    store: Store, stream: str, drafts: Sequence[_Line], tell: Callable[[str], None]
) -> tuple[int, int, list[tuple[int, str]]]:
    """Append in batches; a batch that does not fit goes one by one, so that only what is wrong is left out.

    Returns:
        How many entries are new, how many were there already, and which lines were refused.
    """
    written, misfits = 0, list[tuple[int, str]]()
    for first in range(0, len(drafts), BATCH):
        tell(f"Writing entry {first:,} of {len(drafts):,}")
        batch = drafts[first : first + BATCH]
        try:
            written += _append(store, stream, batch)
        except ClearwayError:
            for line in batch:
                try:
                    written += _append(store, stream, [line])
                except Unavailable:  # not the line's fault
                    raise
                except ClearwayError as error:
                    misfits.append((line.number, str(error)))
    return written, len(drafts) - written - len(misfits), misfits


def _append(store: Store, stream: str, lines: Sequence[_Line]) -> int:
    """Append some lines; how many are new."""
    texts = [line.text for line in lines if line.text is not None]
    return store.appended(stream, [line.draft for line in lines], texts=texts).new


def _notices(store: Store, lines: Sequence[_Line]) -> tuple[tuple[int, str], ...]:
    """What the writers of some lines should know, by the number of each."""
    return tuple(
        (line.number, notice)
        for line in lines
        for notice in (*ungraded(line.draft), *notices(line.draft, map(store.entry, line.draft.corrects)))
    )


def _as_text(told: Sequence[tuple[int, str]], what: str = "cannot be used") -> str:
    shown = " ".join(f"Line {line}: {why}" for line, why in told[:_SHOWN])
    count = len({line for line, _ in told})
    how_many = "one line" if count == 1 else f"{count:,} lines"
    return f"{how_many} {what}. {shown.rstrip('.')}" + (" ..." if len(told) > _SHOWN else "")
