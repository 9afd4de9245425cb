"""Whether too many people are near by, and whether the crowd grew after towing was announced."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from clearway.planning.vehicles.ladder.contract import Reason
from clearway.planning.vehicles.ladder.seen import HOUR_S, PEOPLE, amount_in, least, most
from clearway.words import age_words, time_words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from clearway.picture.contract import CountOf, Fact
    from clearway.planning.vehicles.ladder.limits import Limits
    from clearway.planning.vehicles.ladder.seen import Seen

_MORE = frozenset({"grew", "arrived"})


def people_near_by(seen: Seen, limits: Limits) -> Reason:
    """Whether more people are near by than the limit, by each speaker's last word at each place.

    Below the limit only where the most that every fresh figure can mean is, and nobody has said since that more came.
    """
    limit = f"at most {limits.people_at_most:,}, by a figure of the last {limits.figure_hours:g} h"
    assumed = bool({"people_at_most", "figure_hours"} & limits.assumed)
    told = {"condition": "people_near_by", "limit": limit, "assumed": assumed}
    said = sorted((fact for count in _of_people(seen) for fact in count.latest), key=lambda fact: fact.age_s)
    fresh = [fact for fact in said if fact.age_s <= limits.figure_hours * HOUR_S]
    over = [fact for fact in fresh if (low := _least(fact)) is not None and low > limits.people_at_most]
    if over:
        says = f"More than {limits.people_at_most:,} people are near by: {seen.told(over[0])}."
        return Reason(**told, verdict="hold", says=says, rests_on=seen.rests_on(*over))
    if not fresh:
        last = f" The last word: {seen.told(said[0])}." if said else ""
        says = f"Nobody has counted people in the last {limits.figure_hours:g} h.{last}"
        return Reason(**told, verdict="unknown", says=says, rests_on=seen.rests_on(*said[:1]))
    open_ = [fact for fact in fresh if (high := _most(fact)) is None or high > limits.people_at_most]
    came = [fact for fact in _came(seen) if fact.happened.end > max(one.happened.end for one in fresh)]
    if open_ or came:
        says = f"There may be more than {limits.people_at_most:,} people near by: {seen.told((open_ or came)[0])}."
        return Reason(**told, verdict="unknown", says=says, rests_on=seen.rests_on(*fresh, *came))
    says = f"No more than {limits.people_at_most:,} people were counted near by: {seen.told(fresh[0])}."
    return Reason(**told, verdict="go", says=says, rests_on=seen.rests_on(*fresh))


def growth_after_announcement(seen: Seen, limits: Limits, announced: Sequence[Fact]) -> Reason:
    """Whether the crowd grew after towing was announced: by a word that it did, or by two figures of one speaker.

    Args:
        seen: The picture.
        limits: Whose hours count back from the moment, and on from an announcement.
        announced: Every word that vehicles are to be towed, also those that a later one replaced, the oldest first.
    """
    within = limits.growth_hours * HOUR_S
    limit, assumed = f"in the last {limits.growth_hours:g} h", "growth_hours" in limits.assumed
    told = {"condition": "growth_after_announcement", "limit": limit, "assumed": assumed}
    recent = [fact for fact in announced if fact.age_s <= within]
    if not recent:
        says = f"No announcement of towing is on record for the last {limits.growth_hours:g} h."
        return Reason(**told, verdict="go", says=says, rests_on=())
    signs = [fact for fact in (*_came(seen), *_rises(seen)) if fact.age_s <= within]
    grew = [fact for fact in signs if any(_said(seen, one) <= fact.happened.start for one in recent)]
    if grew:
        first = [one for one in recent if _said(seen, one) <= grew[0].happened.start][-1]
        says = f"The crowd grew after towing was announced ({time_words(_said(seen, first), seen.zone)}): {seen.told(grew[0])}."
        return Reason(**told, verdict="hold", says=says, rests_on=seen.rests_on(first, *grew))
    meanwhile = [fact for fact in signs if any(_said(seen, one) < fact.happened.end for one in recent)]
    if meanwhile:
        says = f"The crowd grew, before or after towing was announced: {seen.told(meanwhile[0])}."
        return Reason(**told, verdict="unknown", says=says, rests_on=seen.rests_on(recent[-1], *meanwhile))
    last = recent[-1]
    since = f"since towing was announced {age_words(last.age_s)} ago"
    counted = [fact for count in _of_people(seen) for fact in _after(count, last) if fact.age_s <= within]
    if counted:
        says = f"Nobody has said that the crowd grew {since}; the last count: {seen.told(counted[-1])}."
        return Reason(**told, verdict="go", says=says, rests_on=seen.rests_on(last, *counted))
    says = f"Nobody has said how the crowd changed {since}: {seen.told(last)}."
    return Reason(**told, verdict="unknown", says=says, rests_on=seen.rests_on(last))


def _said(seen: Seen, announced: Fact) -> datetime:
    """When something was announced: the last moment that its words leave open."""
    return seen.at - timedelta(seconds=announced.age_s)


def _of_people(seen: Seen) -> list[CountOf]:
    return [count for count in seen.picture.counts if count.what in PEOPLE and count.group is None]


def _came(seen: Seen) -> list[Fact]:
    """Words that more people came, the newest first."""
    return [fact for fact in seen.picture.flows if fact.body["what"] in PEOPLE and fact.body["direction"] in _MORE]


def _rises(seen: Seen) -> list[Fact]:
    """Figures that lie above the one that the same speaker gave before, the newest first."""
    found = []
    for count in _of_people(seen):
        by_speaker: dict[str, list[Fact]] = {}
        for fact in count.statements:
            by_speaker.setdefault(fact.source.speaker, []).append(fact)
        found += [
            after
            for said in by_speaker.values()
            for before, after in pairwise(said)
            if (low := _least(after)) is not None and (high := _most(before)) is not None and low > high
        ]
    return sorted(found, key=lambda fact: fact.age_s)


def _after(count: CountOf, announced: Fact) -> list[Fact]:
    """Figures after an announcement of a speaker who gave one before it too."""
    before = {fact.source.speaker for fact in count.statements if fact.happened.end <= announced.happened.start}
    return [
        fact for fact in count.statements if fact.happened.start >= announced.happened.end and fact.source.speaker in before
    ]


def _least(fact: Fact) -> float | None:
    amount = amount_in(fact)
    return None if amount is None else least(amount)


def _most(fact: Fact) -> float | None:
    amount = amount_in(fact)
    return None if amount is None else most(amount)
