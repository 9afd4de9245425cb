"""METHANE: major incident, exact location, type, hazards, access, number of casualties, emergency services."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from clearway.publish.sitrep.danger import keeps_out
from clearway.publish.sitrep.lines import about_of
from clearway.publish.sitrep.shape import Item
from clearway.record.kind import Methane
from clearway.record.kinds import BODY, KINDS
from clearway.record.kinds.figures import CASUALTIES
from clearway.record.parts import Amount, amount_words
from clearway.words import day_words, listed, vocabulary

if TYPE_CHECKING:
    from datetime import date

    from clearway.picture.contract import Fact
    from clearway.publish.sitrep.ground import Ground
    from clearway.publish.sitrep.lines import Lines

Row = tuple[str, str, tuple[Item, ...]]

_MOST_HAZARDS = 6
_MOST_SERVICES = 8
_HAZARDS_FOR_S = 3 * 86_400.0


def methane(lines: Lines, ground: Ground) -> tuple[Row, ...]:
    """The seven rows, each with its letter and its heading.

    Args:
        lines: Of the report.
        ground: What is known of the operation and of its place.
    """
    return (
        ("M", "Major incident", (Item(_declared(ground)),)),
        ("E", "Exact location", tuple(_location(lines, ground))),
        ("T", "Type", (Item(f"{(ground.operation.get('type') or 'Not said').rstrip('.')}."),)),
        ("H", "Hazards", tuple(_hazards(lines)) or (Item("None reported."),)),
        ("A", "Access", tuple(_access(lines, ground))),
        ("N", "Number of casualties", tuple(_casualties(lines)) or (Item("None reported."),)),
        ("E", "Emergency services", tuple(_services(lines))),
    )


def _declared(ground: Ground) -> str:
    declared = ground.operation.get("major_incident")
    if declared is None:
        return "The record does not say whether one was declared."
    return f"{'Declared' if declared else 'Not declared'}, as {ground.said_by or 'the entry of the operation'} says."


def _location(lines: Lines, ground: Ground) -> list[Item]:
    where = ground.operation.get("where")
    found = [Item(f"{where.rstrip('.')}.")] if where else [Item("Not said in words.")]
    found.append(Item(f"{ground.grid}." if ground.grid else "Coordinates are not known: give the operation's entry a place."))
    points = lines.ranked(_under(lines, Methane.POINTS))
    for point in points:
        item = lines.item([point], mark=True)
        found.append(replace(item, text=f"{item.text}: {ground.grids.get(point.id) or 'coordinates not known'}."))
    told = " ".join(f"{vocabulary(point.kind)} {point.says.casefold()}" for point in points)
    missing = [name for name in map(vocabulary, KINDS.under(Methane.POINTS)) if name not in told]
    if missing:
        found.append(Item(f"{listed(missing).capitalize()}: none is on record."))
    return found


def _hazards(lines: Lines) -> list[Item]:
    """Hazards that last, and serious things that happened lately; those that keep somebody out are never left out."""
    every = lines.ranked(fact for fact in _under(lines, Methane.HAZARDS) if _still_matters(fact))
    first = [fact for number, fact in enumerate(every) if number < _MOST_HAZARDS or keeps_out(fact)]
    rest = len(every) - len(first)
    return [*lines.items(first, mark=True), *([Item(f"{rest} more under Safety and by theme.")] if rest else [])]


def _still_matters(fact: Fact) -> bool:
    is_serious = "severity" not in KINDS[fact.kind].model_fields or fact.body.get("severity") in ("serious", "major")
    return not about_of(fact).is_listed or (is_serious and fact.age_s <= _HAZARDS_FOR_S)


def _access(lines: Lines, ground: Ground) -> list[Item]:
    """What the engine proved, where nobody has said who may walk, then all that keeps somebody out: none is left out."""
    every = [fact for fact in (*lines.now.states, *lines.now.events)
             if (about_of(fact).methane is Methane.ACCESS and not _is_cleared(lines, fact))
             or (keeps_out(fact) and fact.id not in lines.told)]  # fmt: skip
    found = lines.items(lines.ranked(every), mark=True)
    foot = [Item(f"{one.says}.", ids=tuple(fact.id for fact in one.facts)) for one in lines.now.on_foot if not one.is_said]
    return [*ground.handover, *ground.approach, *foot, *(found or [Item("No gate, rule or barrier is on record.")])]


def _is_cleared(lines: Lines, fact: Fact) -> bool:
    """Whether it says that nothing stands in the way there any more, and said so before the last report."""
    about, body = about_of(fact), BODY.validate_python(fact.body)
    shown = (
        about.mark is not None and bool(about.mark.by_state) and about.sign(fact.body.get(about.state_field or "")) == "place"
    )
    return shown and not body.bars_street and fact.id not in lines.new and fact.id not in lines.open


def _casualties(lines: Lines) -> list[Item]:
    """By day, the last first; then the figures with their history."""
    by_day: dict[date, list[Fact]] = {}
    for fact in _under(lines, Methane.CASUALTIES):
        by_day.setdefault(fact.happened.start.astimezone(lines.zone).date(), []).append(fact)
    found: list[Item] = []
    for _, facts in sorted(by_day.items(), reverse=True):
        day = day_words(facts[0].happened.start.astimezone(lines.zone))
        found += lines.items(lines.ranked(facts), mark=True, words=f"{day}: ")
    for count in (count for count in lines.now.counts if count.what in CASUALTIES):
        said = count.history or "; ".join(
            f"{amount_words(Amount(**fact.body['amount']))} ({fact.source.short})" for fact in count.latest
        )
        where = f", {count.where}" if count.where else ""
        group = f" ({count.group})" if count.group else ""
        found.append(
            Item(f"{vocabulary(count.what).capitalize()}{group}{where}: {said}.", ids=tuple(f.id for f in count.latest))
        )
    return found


def _services(lines: Lines) -> list[Item]:
    """Who is there, and what is still asked for."""
    every = _under(lines, Methane.SERVICES)
    present = lines.ranked(fact for fact in every if BODY.validate_python(fact.body).is_there)
    first = [fact for number, fact in enumerate(present) if number < _MOST_SERVICES or keeps_out(fact)]
    rest = len(present) - len(first)
    needed = [one for one in lines.now.requests if one.unanswered and "needed_by" in KINDS[one.kind].model_fields]
    return [
        *(lines.items(first, mark=True, words="There: ") or [Item("There: none is on record.")]),
        *([Item(f"{rest} more under Resources.")] if rest else []),
        *(lines.items(needed, words="Needed: ") or [Item("Needed: nothing that was asked for is unanswered.")]),
    ]


def _under(lines: Lines, letter: Methane) -> list[Fact]:
    """What is in force under a letter of METHANE."""
    return [fact for fact in (*lines.now.states, *lines.now.events) if about_of(fact).methane is letter]
