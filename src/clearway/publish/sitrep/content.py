"""A situation report from two pictures: the first page, METHANE, what is known and how surely, what was and will be done.

The order is the order of danger; what keeps out help, people on foot or residents is never shortened.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearway.picture.changes import shown_facts
from clearway.publish.sitrep.account import account, contested, figures, gone
from clearway.publish.sitrep.briefing import briefing
from clearway.publish.sitrep.front import front_page, main_counts
from clearway.publish.sitrep.lines import Lines, about_of
from clearway.publish.sitrep.methane import methane
from clearway.publish.sitrep.references import numbered
from clearway.publish.sitrep.shape import MARKINGS, Head, Sitrep
from clearway.record.entry import KNOWLEDGE_WORDS
from clearway.record.moments import written
from clearway.words import counted, listed, time_words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from clearway.picture.contract import CountOf, Fact, PictureAnswer
    from clearway.publish.sitrep.ground import Ground
    from clearway.publish.sitrep.shape import Drawn

_PLOTTED = 2
_NOT_GIVEN = "not given"


def situation_report(
    now: PictureAnswer,
    before: PictureAnswer,
    *,
    ground: Ground,
    head: Head,
    last: str = "",
    plot: Callable[[CountOf], Drawn] | None = None,
    draw_map: Callable[[Sequence[Fact]], Drawn | None] | None = None,
    notices: Sequence[str] = (),
) -> Sitrep:
    """The report on a picture.

    Args:
        now: The picture to report on.
        before: The picture at the last report.
        ground: What is known of the operation and of its place.
        head: What people say of the report; both pictures hold no more than its release level.
        last: What the last report was, in words; empty where none was issued.
        plot: Draws a figure; no plots where absent.
        draw_map: Draws facts on a map, numbered from 1; no map where absent.
        notices: Lines that go with the map.
    """
    lines = Lines(now, before, ground.near)
    rows = methane(lines, ground)
    # a first page is read alone, so what stands on it stands again in its own place
    told, front = set(lines.told), front_page(lines)
    lines.told = told
    sections = (figures(lines), *account(lines), contested(lines), *briefing(lines), *gone(lines))
    drawn = draw_map([fact for fact in lines.current() if _is_on_sketch(fact) and fact.places]) if draw_map else None
    anchored = now.anchor if head.release == "room" else None  # its number counts entries of every release level
    return numbered(
        Sitrep(
            title=now.title,
            as_of=_as_of(lines, before, last),
            marking=head.marking or MARKINGS[head.release],
            head=_head(lines, head),
            front=front,
            methane=rows,
            sections=tuple(section for section in sections if section.says_something),
            sources=tuple(lines.documents),
            since=written(before.at),
            map=drawn,
            plots=tuple(plot(count) for count in main_counts(now)[:_PLOTTED] if count.band) if plot else (),
            notices=tuple(notices) if drawn else (),
            anchor=anchored.model_dump() if anchored else None,
            anchored=anchored.says(lines.zone) if anchored else "",
        )
    )


def _as_of(lines: Lines, before: PictureAnswer, last: str) -> str:
    now = lines.now
    day = f", day {now.day}" if now.day is not None else ""
    new = counted(len(lines.new), "entry is new", "entries are new")
    text = (
        f"As of {time_words(now.at, lines.zone)}{day}, as known at {time_words(now.known_at, lines.zone)} ({now.zone}), "
        f"{KNOWLEDGE_WORDS[now.knowledge]}. {new} since {last or time_words(before.at, lines.zone)}, marked NEW. "
        f"{now.entries:,} entries in the record by then."
    )
    imported = any(fact.came == "imported" for fact in shown_facts(now).values())
    return f"{text} What was imported counts from when it could be known." if imported else text


def _head(lines: Lines, head: Head) -> tuple[tuple[str, str], ...]:
    return (
        ("Report", str(head.number) if head.number else "not numbered"),
        ("Time", time_words(lines.now.at, lines.zone)),
        ("Author", head.author or _NOT_GIVEN),
        ("Approved by", head.approver or _NOT_GIVEN),
        ("Marking", head.marking or MARKINGS[head.release]),
        ("Distribution", listed(head.distribution) or _NOT_GIVEN),
        ("Next report due", time_words(head.next_due, lines.zone) if head.next_due else _NOT_GIVEN),
    )


def _is_on_sketch(fact: Fact) -> bool:
    mark = about_of(fact).mark
    return mark is not None and mark.on_sketch
