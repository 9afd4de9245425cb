"""The parts of a report after what is known: actions, resources, limits, what is expected, safety, the public line."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from clearway.picture.changes import shown_facts
from clearway.publish.sitrep.account import cut
from clearway.publish.sitrep.front import main_counts
from clearway.publish.sitrep.lines import about_of
from clearway.publish.sitrep.shape import Item, Section
from clearway.record.kind import Briefing
from clearway.record.moments import moment_of
from clearway.words import age_words, counted, time_words, vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from clearway.picture.contract import CountOf, Fact, Promised
    from clearway.publish.sitrep.lines import Lines

_MOST = 8
_AHEAD_H = (12, 24, 48)
_FIRST, _LAST = timedelta(0), timedelta(hours=48)
_MOST_FORECAST = 3
_SURE, _FAIRLY_SURE = 1.5, 3.0
"""High end over low end of a band, up to which a forecast is called sure or fairly sure."""


def briefing(lines: Lines) -> Iterator[Section]:
    """The parts, in the order in which they are read out."""
    yield Section("Actions in the period", tuple(_actions(lines)) or (Item("None is on record."),))
    yield Section("Waiting for an answer or for word", tuple(_waiting(lines)))
    yield Section("Resources", tuple(_part(lines, Briefing.RESOURCES)))
    yield Section("Limits", (*_part(lines, Briefing.LIMITS), *_conditions(lines)))
    yield outlook(lines)
    yield Section("Safety", tuple(_part(lines, Briefing.SAFETY)) or (Item("Nothing beyond the hazards under METHANE."),))
    yield Section(
        "Public line", tuple(_part(lines, Briefing.PUBLIC_LINE)) or (Item("Nothing was said to the public in the period."),)
    )


def _actions(lines: Lines) -> list[Item]:
    """What was decided and done since the last report, and what became of promises."""
    settled = [one for one in lines.now.promises if one.outcome != "open" and one.id in lines.new]
    became = [lines.item([one], f"{vocabulary(one.outcome).capitalize()}: {one.says}") for one in settled]
    over = [one for one in lines.now.intents if one.is_over and one.id in lines.new]
    became += [lines.item([one], f"{one.status.capitalize()}: {one.says}") for one in over]
    return cut(lines, [*_part(lines, Briefing.ACTIONS), *became], _MOST)


def _part(lines: Lines, part: Briefing) -> list[Item]:
    own = [fact for fact in lines.current() if about_of(fact).briefing is part and fact.id not in lines.told]
    return cut(lines, lines.items(own, mark=True), _MOST)


def _waiting(lines: Lines) -> list[Item]:
    overdue = sorted((one for one in lines.now.promises if one.overdue), key=lambda one: (one.due or one.known, one.id))
    waiting = sorted((one for one in lines.now.requests if one.unanswered), key=lambda one: -(one.waiting_s or 0))
    past = sorted((one for one in lines.now.intents if one.is_past), key=lambda one: (one.due or one.known, one.id))
    return [
        *(lines.item([one], f"Overdue: {one.says}{_perhaps_done(lines, one)}") for one in overdue),
        *(lines.item([one], f"{one.status.capitalize()}: {one.says}") for one in past),
        *(lines.item([one], f"Unanswered for {age_words(one.waiting_s or 0)}: {one.says}") for one in waiting),
    ]


def _perhaps_done(lines: Lines, promise: Promised) -> str:
    """The later entries that may show it done, for somebody to ask about."""
    facts = shown_facts(lines.now)
    says = "; ".join(facts[one].says for one in promise.proposed if one in facts)
    return f". Perhaps done, ask: {says}" if says else ""


def _conditions(lines: Lines) -> list[Item]:
    met = {True: "Condition met", False: "Condition not met", None: "Condition, not known whether met"}
    return [
        lines.item([one], f"{met[one.met]}: {one.says}{f'. {one.open_because}' if one.open_because else ''}")
        for one in lines.now.conditions
    ]


def outlook(lines: Lines) -> Section:
    """What is expected in the next 12 to 48 hours, and how surely."""
    at = lines.now.at
    items = [item for count in main_counts(lines.now)[:_MOST_FORECAST] if (item := _forecast(lines, count))]
    items += lines.items(lines.ranked(lines.now.coming), words="Announced: ", mark=True)
    due = [one for one in lines.now.promises if one.outcome == "open" and not one.overdue]
    items += [lines.item([one], f"Promised: {one.says}") for one in due]
    open_ones = [one for one in lines.now.intents if not one.is_past and not one.is_over]
    meant = [one for one in open_ones if one.due is not None or one.age_s <= _LAST.total_seconds()]
    items += [lines.item([one], f"{one.status.capitalize()}: {one.says}") for one in meant]
    if old := len(open_ones) - len(meant):
        items.append(Item(f"{counted(old, 'older hope, threat or work', 'older hopes, threats and works')} without a date, not "
                          "said again for two days: in the record."))  # fmt: skip
    items += [
        lines.item([fact], f"Ends {time_words(ends, lines.zone)}: {fact.says}")
        for fact in lines.now.states
        if (ends := _ends(fact)) is not None and _FIRST <= ends - at <= _LAST
    ]
    expected = [fact for fact in lines.current() if about_of(fact).briefing is Briefing.OUTLOOK and fact.id not in lines.told]
    return Section("Expected in the next 12 to 48 hours", (*items, *cut(lines, lines.items(expected, mark=True), _MOST)))


def _ends(fact: Fact) -> datetime | None:
    return moment_of(ends) if (ends := fact.body.get("ends")) else None


def _forecast(lines: Lines, count: CountOf) -> Item | None:
    """A figure in 12, 24 and 48 hours: its band, and in words how sure that is."""
    at = lines.now.at
    bands = [
        (hours, band)
        for hours in _AHEAD_H
        for band in count.band
        if abs((band.at - at - timedelta(hours=hours)).total_seconds()) < 1
    ]
    if not bands:
        return None
    ahead = "; ".join(f"in {hours} h {band.low:,.0f} to {band.high:,.0f}, likely {band.likely:,.0f}" for hours, band in bands)
    last = bands[-1][1]
    ratio = last.high / max(last.low, 1.0)
    sure = "high" if ratio <= _SURE else "moderate" if ratio <= _FAIRLY_SURE else "low"
    bodies = f"rests on the words of {count.estimate_rests_on} bod{'y' if count.estimate_rests_on == 1 else 'ies'}"
    where = f", {count.where}" if count.where else ""
    name = f"{vocabulary(count.what).capitalize()}{where}"
    return Item(f"{name}: {ahead} (90 % band). Confidence: {sure}; {bodies}.", ids=tuple(fact.id for fact in count.latest))
