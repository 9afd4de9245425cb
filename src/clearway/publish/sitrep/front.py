"""The first page, which stands alone: the answer in short, the changes that matter, the intent, what is needed from whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearway.publish.sitrep.danger import KEPT_OUT
from clearway.publish.sitrep.lines import about_of
from clearway.publish.sitrep.shape import Item, Section
from clearway.record.kind import Methane
from clearway.record.kinds import KINDS
from clearway.record.kinds.decisions import Decision
from clearway.record.parts import Amount, amount_words
from clearway.words import age_words, counted, joined, time_words, vocabulary, when_words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from clearway.picture.contract import CountOf, Fact, PictureAnswer
    from clearway.publish.sitrep.lines import Lines

_MOST_CHANGES = 5
_MOST_INTENTS = 2
_MOST_NEEDS = 8


def front_page(lines: Lines) -> tuple[Section, ...]:
    """The sections of the first page."""
    intent = _intent(lines)
    said = {one for item in intent for one in item.ids}
    return (
        Section("In short", tuple(Item(text) for text in _in_short(lines))),
        Section("What changed that matters", tuple(_changes(lines, said))),
        Section("Intent", tuple(intent) or (Item("No decision is on record."),)),
        Section("Needed, and from whom", tuple(_needs(lines)) or (Item("Nothing."),)),
    )


def main_counts(picture: PictureAnswer) -> list[CountOf]:
    """The figures of everybody, not of parts; what matters most first, as the picture has them."""
    return [count for count in picture.counts if count.group is None]


def _in_short(lines: Lines) -> Iterator[str]:
    for count in main_counts(lines.now)[:2]:
        newest = count.latest[0]
        words = amount_words(Amount(**newest.body["amount"]))
        band = count.estimate
        probably = f"; the estimate for now is {band.low:,.0f} to {band.high:,.0f} (90 % band)" if band else ""
        contested = ", contested" if newest.id in lines.open else ""
        when = when_words(newest.happened, lines.zone, year=False)
        where = f", {count.where}" if count.where else ""
        yield f"{vocabulary(count.what).capitalize()}{where}: {words} ({newest.source.speaker}, {when}{contested}){probably}."
    yield _incidents(lines)
    kept_out = [fact for fact in lines.now.states if lines.danger(fact) >= KEPT_OUT]
    if kept_out:
        keep = "rule or state in force keeps" if len(kept_out) == 1 else "rules and states in force keep"
        yield f"{len(kept_out)} {keep} somebody out: see METHANE, Access."
    yield from _pending(lines)


def _incidents(lines: Lines) -> str:
    happened = [
        fact
        for fact in lines.now.events
        if fact.id in lines.new and about_of(fact).methane is Methane.HAZARDS and "severity" in KINDS[fact.kind].model_fields
    ]
    serious = sum(fact.body.get("severity") in ("serious", "major") for fact in happened)
    if not happened:
        return "No incident was reported since the last report."
    return f"{counted(len(happened), 'incident')} reported since the last report, {serious} graded serious or major."


def _pending(lines: Lines) -> Iterator[str]:
    overdue = sum(one.overdue for one in lines.now.promises)
    waits = [one.waiting_s for one in lines.now.requests if one.waiting_s is not None]
    if overdue or waits:
        oldest = waits and (
            f"{counted(len(waits), 'request')} unanswered{', the oldest' if len(waits) > 1 else ''} for {age_words(max(waits))}"
        )
        yield joined(overdue and f"{counted(overdue, 'promise')} past due", oldest) + "."
    if conditions := lines.now.conditions:
        met = sum(one.met is True for one in conditions)
        unknown = sum(one.met is None for one in conditions)
        rest = f", {unknown} unknown" if unknown else ""
        yield f"Of {counted(len(conditions), 'condition')} that others set, {met} met{rest}."
    if disputed := [one for one in lines.contested if one.kind != "verified"]:
        yield f"{counted(len(disputed), 'report')} contested: see there before you quote a figure."


def _changes(lines: Lines, said: Collection[str]) -> list[Item]:
    """The changes that matter most: what is new, no longer so, or became overdue; of each kind one, then a second.

    Five stand-offs would hide the street that was shut.

    Args:
        lines: Of the report.
        said: Entries that stand elsewhere on the page.
    """
    since = lines.changes
    found: list[tuple[int, str, Item]] = [
        (lines.danger(fact), fact.kind, item)
        for fact, item in (
            (_first(lines, item.ids), item)
            for item in lines.items(lines.ranked(fact for fact in since.new if fact.id not in said), mark=True)
        )
    ]
    found += [
        (lines.danger(fact), f"gone {fact.kind}", lines.item([fact], words="No longer so: "))
        for fact in lines.ranked(_gone_for_good(lines))
    ]
    found += [(2, "overdue", lines.item([one], words="Became overdue: ")) for one in since.newly_overdue]
    found += [(2, "past", lines.item([one], f"{one.status.capitalize()}: {one.says}")) for one in since.newly_past]
    of_kind: dict[str, list[Item]] = {}
    for danger, kind, item in sorted(found, key=lambda one: -one[0]):
        if danger:
            of_kind.setdefault(kind, []).append(item)
    firsts, seconds = ([items[n] for items in of_kind.values() if len(items) > n] for n in (0, 1))
    return [*firsts, *seconds][:_MOST_CHANGES] or [Item("Nothing that matters.")]


def _gone_for_good(lines: Lines) -> list[Fact]:
    """What is no longer so, and in whose place nothing of the kind was said that is told already."""
    told = {(fact.kind, fact.where) for fact in lines.changes.new}
    return [fact for fact in lines.gone if (fact.kind, fact.where) not in told]


def _first(lines: Lines, ids: tuple[str, ...]) -> Fact:
    return next(fact for fact in lines.changes.new if fact.id == ids[0])


def _intent(lines: Lines) -> list[Item]:
    """The last decisions that nobody disputes, those that say why first."""
    decided = [fact for fact in lines.now.events if KINDS[fact.kind] is Decision and fact.id not in lines.open]
    decided.sort(key=lambda fact: "why" not in fact.body)
    return lines.items(decided[:_MOST_INTENTS])


def _needs(lines: Lines) -> list[Item]:
    """What is asked of whom: answers that are waited for, promises past due, clashes to be settled."""
    waiting = sorted((one for one in lines.now.requests if one.unanswered), key=lambda one: -(one.waiting_s or 0))
    needs = [
        lines.item(
            [one], f"From {one.body.get('asked_of') or 'whom it was asked'}, for {age_words(one.waiting_s or 0)}: {one.says}"
        )
        for one in waiting
    ]
    for one in sorted((one for one in lines.now.promises if one.overdue), key=lambda one: (one.due or one.known, one.id)):
        due = f", due {time_words(one.due, lines.zone)}" if one.due else ""
        needs.append(lines.item([one], f"From {one.body.get('by')}: word whether this was done{due}: {one.body.get('what')}"))
    for clash in (one for one in lines.contested if one.kind == "clash"):
        asked = " and ".join(dict.fromkeys(fact.source.organisation or fact.source.speaker for fact in clash.facts))
        needs.append(Item(f"From {asked}: which of it is so. {clash.says}", ids=tuple(fact.id for fact in clash.facts)))
    rest = len(needs) - _MOST_NEEDS
    more = [Item(f"{rest} more under 'Waiting for an answer or for word' and 'Contested'.")] if rest > 0 else []
    return [*needs[:_MOST_NEEDS], *more]
