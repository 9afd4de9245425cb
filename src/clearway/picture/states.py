"""States: of everything that has one, the word that holds, and what is over or announced; each class and each place apart."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from clearway.picture.contract import OnFoot
from clearway.picture.lasting import ended, holding
from clearway.picture.subjects import Aspect, aspects_of, place_key
from clearway.record.place import Area, NamedPlace, Point, is_within
from clearway.record.place_words import place_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from clearway.picture.contract import Fact
    from clearway.picture.facts import Facts
    from clearway.picture.subjects import Subject
    from clearway.record.entry import Entry
    from clearway.record.kind import Kind
    from clearway.record.place import Place


_GROUND = re.compile(
    r"\b(roads|streets|area|zone|inside|within|near|round|around|grounds|precinct|quarter|cordon)\b", re.IGNORECASE
)
"""Words by which a name says that it is a piece of ground, and not one gate."""


class Held(NamedTuple):
    """A subject that has a state.

    Attributes:
        aspect: What it is about, as its latest entry says it.
        entries: What was said of it, the latest first.
    """

    aspect: Aspect
    entries: Sequence[Entry]

    @property
    def body(self) -> Kind:
        """What the latest entry says of this subject alone."""
        body = self.entries[0].draft.body
        return body if self.aspect.value is None else body.only(self.aspect.value)

    @property
    def where(self) -> str:
        """The place, as subjects compare it; empty where there is none."""
        return place_key(self.aspect.place) if self.aspect.place else ""


class States(NamedTuple):
    """Every state of a picture.

    Attributes:
        held: The subjects whose latest word is in force.
        over: The same where it is over by its own words.
        coming: What is announced.
    """

    held: list[Held]
    over: list[Held]
    coming: list[Held]

    @classmethod
    def of(cls, said: Iterable[tuple[Subject, Sequence[Entry]]], facts: Facts) -> States:
        """The states of a picture.

        Args:
            said: What was said of each subject, the latest first.
            facts: Of the picture.
        """
        states = cls([], [], [])
        for subject, entries in said:
            now, coming = holding(entries, facts.at)
            if now:
                held = Held(_aspect(now[0], subject), now)
                (states.over if ended(now[0].draft, facts.at) else states.held).append(held)
            states.coming.extend(Held(_aspect(entry, subject), [entry]) for entry in coming)
        return states


def facts_of(held: Iterable[Held], facts: Facts) -> list[Fact]:
    """States as facts: of an entry that says several things only those that hold."""
    by_entry: dict[str, list[Held]] = {}
    for one in held:
        by_entry.setdefault(one.entries[0].id, []).append(one)
    return [
        fact
        for every in by_entry.values()
        for fact in facts.parts_of(every[0].entries[0], [one.aspect.subject for one in every])
    ]


def on_foot(held: Sequence[Held], facts: Facts) -> list[OnFoot]:
    """Who may pass on foot, wherever a way is barred: what was said, and where nobody said anything.

    A rule for an area answers for what lies in it, where that is known. Of a street whose position the record does not know,
    rules for an area, a neighbourhood or no place at all are told beside the street, and nobody takes them for its own.
    """
    rules = [one for one in held if one.body.on_foot]
    bars = [one for one in held if one.body.on_foot is False and not one.aspect.left]
    silent = [one for one in bars if not _answered(one, rules)]
    told = [
        OnFoot(says=f"On foot: {fact.says}{_at(fact.where)}", is_said=True, facts=[fact]) for fact in facts_of(rules, facts)
    ]
    if not silent:
        return told
    places = {one.where: one.aspect.place for one in silent if one.aspect.place}
    where = place_words(place for _, place in sorted(places.items()) if place)
    ids = dict.fromkeys(one.entries[0].id for one in silent)
    barring = [facts.of(facts.entries[one]) for one in ids]
    barred = {one.where for one in bars}
    wider = [one for one in rules if _is_wide(one.aspect.place, is_barred=one.where in barred)]
    wide = facts_of(wider, facts)
    if not wide:
        return [*told, OnFoot(says=f"On foot: nobody has said{_at(where)}", is_said=False, facts=barring)]
    beside = "; ".join(f"{fact.says}{_at(fact.where)}" for fact in wide)
    says = f"On foot: nobody has said of {where or 'each barrier'}; ask whether what was said more widely holds there: {beside}"
    return [*told, OnFoot(says=says, is_said=False, facts=[*barring, *wide])]


def _is_wide(place: Place | None, *, is_barred: bool) -> bool:
    """Whether a place may hold others: ground that was drawn, no place at all, a name that says so or is no barred place."""
    if isinstance(place, NamedPlace):
        return not is_barred or _GROUND.search(place.name) is not None
    return place is None or isinstance(place, Area)


def _answered(barred: Held, rules: Iterable[Held]) -> bool:
    """Whether a rule is for the very place that is barred, or for an area that it lies in."""
    at = barred.aspect.place
    spots = at.ring if isinstance(at, Area) else [at.at] if isinstance(at, Point | NamedPlace) and at.at else []
    return any(
        one.where == barred.where
        or (isinstance(one.aspect.place, Area) and spots and all(is_within(spot, one.aspect.place.ring) for spot in spots))
        for one in rules
    )


def _at(where: str) -> str:
    return f" ({where})" if where else ""


def _aspect(entry: Entry, subject: Subject) -> Aspect:
    return next(aspect for aspect in aspects_of(entry.draft) if aspect.subject == subject)
