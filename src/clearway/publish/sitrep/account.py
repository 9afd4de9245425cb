"""What is known, and how surely: figures as they were said, what is confirmed, said, reported, contested and no longer so."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from clearway.publish.sitrep.danger import keeps_out
from clearway.publish.sitrep.front import main_counts
from clearway.publish.sitrep.lines import about_of, in_themes
from clearway.publish.sitrep.shape import Item, Section
from clearway.record.kinds import BODY
from clearway.record.parts import Amount, amount_words
from clearway.words import counted, time_words, vocabulary, when_words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from clearway.picture.contract import CountOf, Fact
    from clearway.publish.sitrep.lines import Lines

_MOST_OF_A_THEME = 5
_MOST_REPORTED = 8
_MOST_GONE = 5
_ENDED_FOR = timedelta(days=3)
"""How long what ended by its own words is told: by then somebody has asked, or it matters no longer."""


def figures(lines: Lines) -> Section:
    """Figures of everybody, each as it was said."""
    items = tuple(_figure(lines, count) for count in main_counts(lines.now))
    return Section("Figures as they were said", items, "The last word of each speaker; nothing is averaged." if items else "")


def _figure(lines: Lines, count: CountOf) -> Item:
    said = count.history or "; ".join(
        f"{amount_words(Amount(**fact.body['amount']))} by {fact.source.short} "
        f"({fact.source.grade}, {when_words(fact.happened, lines.zone, year=False)})"
        for fact in count.latest
    )
    notes = ["These exclude each other."] if count.clashes else []
    if count.stale_since:
        since = time_words(count.stale_since, lines.zone)
        notes.append(f"Said again since, not counted anew: the last count is of {since}.")
    if count.not_known_since:
        notes.append(f"Not known since {time_words(count.not_known_since, lines.zone)}.")
    notes += [f"{words[:1].upper()}{words[1:]}." for words in count.corrected]
    where = f", {count.where}" if count.where else ""
    ids = tuple(fact.id for fact in count.latest)
    name = f"{vocabulary(count.what).capitalize()}{where}"
    text = " ".join([f"{name}: {said}.", *notes])
    return Item(text, "", lines.reference(count.latest[0]), ids, bool(lines.new & set(ids)))


def account(lines: Lines) -> Iterator[Section]:
    """Confirmed, said, reported: what has no part of its own in the report and was not told before."""
    rest = [fact for fact in lines.current() if about_of(fact).briefing is None and about_of(fact).theme is not None]
    rest = [fact for fact in rest if fact.id not in lines.told]
    by_standing: dict[str, list[Fact]] = {}
    for fact in rest:
        by_standing.setdefault(lines.standing(fact), []).append(fact)
    beside = "Beside METHANE. " if lines.told else ""
    lead = f"{beside}Graded as confirmed by other sources (A1, B1), or another body confirms it, and nobody disputes it."
    confirmed = tuple(_themes(lines, by_standing.get("confirmed", [])))
    yield Section(
        "Confirmed that it is so", (), lead if confirmed else f"Nothing{' beside METHANE' if lines.told else ''}.", confirmed
    )
    said = tuple(_themes(lines, by_standing.get("said", [])))
    lead = "A reliable body says so, nobody disputes it, and nobody else has confirmed it (A1 to B2)."
    yield Section("Confirmed that it was said", (), lead if said else "", said)
    weak = lines.items(by_standing.get("reported", []))
    lead = "Weaker or single sources; do not act on these alone." if weak else ""
    yield Section("Reported, not confirmed", tuple(cut(lines, weak, _MOST_REPORTED)), lead)


def _themes(lines: Lines, facts: list[Fact]) -> Iterator[Section]:
    for theme, own in in_themes(facts):
        yield Section(theme.title, tuple(cut(lines, lines.items(own), _MOST_OF_A_THEME)))


def cut(lines: Lines, items: list[Item], most: int) -> list[Item]:
    """The first lines, and every line about what keeps somebody out."""
    if len(items) <= most + 1:
        return items
    kept_out = {fact.id for fact in (*lines.now.states, *lines.now.events) if keeps_out(fact)}
    kept = [item for number, item in enumerate(items) if number < most or kept_out & set(item.ids)]
    rest = len(items) - len(kept)
    return [*kept, *([Item(f"{rest} more in the record.")] if rest else [])]


def contested(lines: Lines) -> Section:
    """What clashes, what is disputed, what was verified."""
    items = [
        Item(one.says, "", lines.reference(one.facts[0]), tuple(fact.id for fact in one.facts),
             one in lines.changes.newly_contested)
        for one in lines.now.contested if one.kind != "single_source"
    ]  # fmt: skip
    alone = sum(one.kind == "single_source" for one in lines.now.contested)
    if alone:
        items.append(Item(f"{counted(alone, 'belief')} {'rests' if alone == 1 else 'rest'} on one source only."))
    return Section("Contested", tuple(items), "" if items else "Nothing is contested.")


def _ended(fact: Fact) -> datetime:
    """When a fact was over by its own words."""
    return BODY.validate_python(fact.body).holds_until or fact.happened.end


def gone(lines: Lines) -> Iterator[Section]:
    """What is no longer so since the last report, and what is over by its own words."""
    told = {one.id for one in lines.now.ended}
    over = lines.items(lines.ranked(fact for fact in lines.gone if fact.id not in told))
    yield Section("No longer so since the last report", tuple(cut(lines, over, _MOST_GONE)))
    lately = [fact for fact in lines.now.ended if keeps_out(fact) or lines.now.at - _ended(fact) <= _ENDED_FOR]
    ended = lines.items(lines.ranked(lately), words="Ended: ")
    if old := len(lines.now.ended) - len(lately):
        ended.append(Item(f"{old} that ended earlier: in the record."))
    yield Section("Ended", tuple(ended), "Over by their own words. Nobody has said what is so now: ask." if ended else "")
