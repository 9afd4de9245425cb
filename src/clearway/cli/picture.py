"""``clearway picture``: what the room believes about a moment, given what it knew at another."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from clearway.cli.options.moments import Question, seen
from clearway.cli.options.typed import takes
from clearway.picture.index import PictureIndex
from clearway.picture.view import picture_of
from clearway.record.entry import KNOWLEDGE_WORDS
from clearway.words import age_words, listed, time_words, vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable

    from clearway.picture.contract import CountOf, Fact, PictureAnswer

_EVENTS_SHOWN = 15


@click.command()
@takes(Question, "question")
@click.option("--json", "as_json", is_flag=True, help="Print the picture as JSON.")
def picture(question: Question, *, as_json: bool) -> None:
    """Show the picture at one moment, as the room knew it at that time or another.

    Figures are shown as stated, with their source; sources that exclude each other are shown as a clash.
    """
    with seen(question) as look:
        found = picture_of(look.store, PictureIndex(), look.stream, look.when, calendar=look.typed)
    click.echo(found.model_dump_json() if as_json else "\n".join(_told(found)))


def _told(found: PictureAnswer) -> Iterable[str]:
    zone = ZoneInfo(found.zone)
    day = f", day {found.day}" if found.day else ""
    known = f"as known at {time_words(found.known_at, zone)} ({found.zone}), {KNOWLEDGE_WORDS[found.knowledge]}"
    yield f"{found.title}: {time_words(found.at, zone)}{day}, {known}."
    for count in found.counts:
        yield from _count(count, zone)
    if found.tallies:
        yield f"{found.tallies.says}."
    yield from (f"Overdue: {_fact(one)}" for one in found.promises if one.overdue)
    yield from (f"Perhaps done, see {listed(one.proposed)}: {_fact(one)}" for one in found.promises if one.proposed)
    by_urgency = sorted(found.intents, key=lambda one: not one.is_past)
    yield from (f"{one.status.capitalize()}: {_fact(one)}" for one in by_urgency if not one.is_over)
    yield from (
        f"Unanswered for {age_words(one.waiting_s)}: {_fact(one)}" for one in found.requests if one.waiting_s is not None
    )
    met = {True: "met", False: "not met", None: "unknown"}
    yield from (
        " ".join(filter(None, (f"Condition {met[one.met]}: {_fact(one)}", one.open_because))) for one in found.conditions
    )
    yield from (one.says for one in found.contested if one.kind != "single_source")
    yield from (one.says for one in found.on_foot)
    yield from map(_fact, found.states)
    yield from (f"Ended, nobody has said what is so now: {_fact(one)}" for one in found.ended)
    yield from (f"Not yet in force: {_fact(one)}" for one in found.coming)
    yield from map(_fact, found.events[:_EVENTS_SHOWN])
    if len(found.events) > _EVENTS_SHOWN:
        yield f"... and {len(found.events) - _EVENTS_SHOWN} earlier events; --json lists them."
    if found.anchor:
        yield found.anchor.says(zone)


def _count(count: CountOf, zone: ZoneInfo) -> Iterable[str]:
    of = " ".join(
        filter(None, (vocabulary(count.what), count.group and f"({count.group})", count.where and f"- {count.where}"))
    )
    yield f"{of[0].upper()}{of[1:]}:"
    yield from (f"  {_fact(fact)}" for fact in count.latest)
    if count.clashes:
        yield f"  These clash: {len(count.clashes)} of them exclude each other."
    if count.history:
        yield f"  Total: {count.history}."
    yield from (f"  {words}." for words in count.corrected)
    if count.stale_since:
        yield f"  Said again since, not counted anew: the last count is of {time_words(count.stale_since, zone)}."
    if count.not_known_since:
        yield f"  Not known since {time_words(count.not_known_since, zone)}."
    if band := count.estimate:
        yield f"  Estimate: {band.low:,.0f} to {band.high:,.0f}, likely {band.likely:,.0f} (90 % band)."
    for push in count.pushes:
        how = "Moves the forecast" if push.is_used else "Left out of the forecast"
        by = f"{push.direction}, {push.strength:.0%} a day until {time_words(push.ends, zone)}"
        yield f"  {how} ({by}): {push.says} [{push.entry}]"


def _fact(fact: Fact) -> str:
    where = f" - {fact.where}" if fact.where else ""
    came = {"late": "learnt late; ", "imported": "imported; "}.get(fact.came or "", "")
    return f"{fact.says}{where} [{fact.source.speaker}; {fact.source.grade}; {age_words(fact.age_s)} ago; {came}{fact.id}]"
