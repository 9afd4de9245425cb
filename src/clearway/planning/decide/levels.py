"""Levels of restrictions: which holds, what it means for this gathering and its staff, what another would change.

A level holds from its start on, and no longer once its end has come. What it means is read from the entry that says that it
holds, and from the scheme as it was published.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearway.picture.contract import When
from clearway.picture.counts import KNOWN_FOR
from clearway.picture.lasting import begins, ended, holding
from clearway.picture.subjects import place_key
from clearway.planning.decide.level_contract import (
    AnnouncedLevel,
    Gathering,
    LevelChange,
    Levels,
    PublishedLevel,
    SchemeOf,
)
from clearway.planning.options.criteria import figure_state
from clearway.planning.talks.figures import Bounds
from clearway.planning.talks.lines import Lines
from clearway.planning.talks.names import Names
from clearway.planning.talks.parties import Parties
from clearway.planning.talks.requests import requests_of
from clearway.planning.talks.subjects import act_of, is_same_name
from clearway.record.kinds.health import RestrictionLevel, SchemeLevel
from clearway.record.kinds.means import StaffStrength
from clearway.record.kinds.pending import EasingRequest
from clearway.record.kinds.talks import Demand, Party, Relation, Statement
from clearway.record.place_words import place_words
from clearway.record.source import voice
from clearway.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from clearway.planning.decide.level_contract import GatheringState
    from clearway.planning.reading import Reading
    from clearway.planning.talks.contract import RequestOf
    from clearway.record.entry import Draft, Entry

_MANDATES = "mandates"
_NOT_PUBLISHED = "No entry of the kind 'scheme_level' says what this level means."
Published = tuple["Entry", SchemeLevel]


def levels_of(reading: Reading, place: str | None = None) -> Levels:
    """Every scheme of restrictions at a moment.

    Args:
        reading: The record.
        place: The key of the place whose people are held against limits, as the picture compares places; None: the only one
            where anybody counted.

    Raises:
        Unavailable: the database does not answer.
    """
    lines = Lines(reading.when.at, reading.zone)
    parties = Parties(reversed(reading.latest([Party, Relation])))
    asked = [one for one in requests_of(reading, parties, lines) if one.line.kind == "easing_request"]
    found = Levels(
        at=reading.when.at,
        known_at=reading.when.known_at,
        title=reading.title,
        zone=str(reading.zone),
        schemes=[_Scheme(said, reading, lines, place).answer(asked) for said in _by_scheme(reading)],
        staff=lines.all(one for one in reading.latest([StaffStrength]) if _is_here(one, reading)),
        demands=lines.all(one for one in reading.latest([Demand]) if _is_of_mandates(one)),
        said=lines.all(one for one in reading.latest([Statement]) if _is_of_mandates(one)),
    )
    return Names(reading.known().values()).left_out(found)


def _since(draft: Draft) -> When:
    """From when it holds: when it was said to, or where it says no other moment, when it was said."""
    starts = begins(draft)
    return When.of(draft.happened) if starts == draft.happened.start else When(start=starts, end=starts)


def _is_here(entry: Entry, reading: Reading) -> bool:
    body = entry.draft.body
    held = isinstance(body, StaffStrength) and body.is_there and begins(entry.draft) <= reading.when.at
    return held and not ended(entry.draft, reading.when.at)


def _is_of_mandates(entry: Entry) -> bool:
    body = entry.draft.body
    words = body.what if isinstance(body, Demand) else body.summary if isinstance(body, Statement) else ""
    return act_of(words, getattr(body, "topic", None)).subject == _MANDATES


def _by_scheme(reading: Reading) -> Iterator[list[Entry]]:
    """What was said of each scheme at each place, the latest first; schemes spelled two ways are one."""
    found: list[list[Entry]] = []
    said = [entry for entries in reading.in_force([RestrictionLevel]).values() for entry in entries]
    for entry in sorted(said, key=lambda one: (one.draft.happened.start, one.had_from, one.seq), reverse=True):
        same = next((one for one in found if _is_same_scheme(one[0], entry)), None)
        if same is None:
            found.append([entry])
        else:
            same.append(entry)
    yield from sorted(found, key=lambda one: (scheme_of(one[0]).casefold(), _where(one[0])))
    only = [
        entry for entry, body in _published(reading) if not any(is_same_name(body.scheme, scheme_of(one[0])) for one in found)
    ]
    seen: list[str] = []
    for entry in only:
        if not any(is_same_name(scheme_of(entry), name) for name in seen):
            seen.append(scheme_of(entry))
            yield [entry]


def _is_same_scheme(one: Entry, other: Entry) -> bool:
    return is_same_name(scheme_of(one), scheme_of(other)) and _where(one) == _where(other)


def _where(entry: Entry) -> str:
    return "; ".join(map(place_key, entry.draft.places))


def scheme_of(entry: Entry) -> str:
    """The scheme that an entry names; empty where it names none."""
    return str(getattr(entry.draft.body, "scheme", ""))


def _published(reading: Reading) -> list[Published]:
    """What each level means, as published and valid at the moment."""
    at = reading.when.at
    latest = [holding(said, at).now[:1] for said in reading.in_force([SchemeLevel]).values()]
    found = [one for now in latest for one in now if not ended(one.draft, at)]
    return [(one, body) for one in found if isinstance(body := one.draft.body, SchemeLevel)]


class _Scheme:
    """One scheme at one place.

    Args:
        said: Entries on its level, the latest first; or one that only says what a level means.
        reading: The record.
        lines: To cite entries.
        place: Whose people are held against limits.
    """

    def __init__(self, said: Sequence[Entry], reading: Reading, lines: Lines, place: str | None) -> None:
        self.name, self.said, self.reading, self.lines = scheme_of(said[0]), said, reading, lines
        self.at = reading.when.at
        self.here = {place} if place else set()
        self.published = [(one, body) for one, body in _published(reading) if is_same_name(body.scheme, self.name)]
        levels = [one for one in said if isinstance(one.draft.body, RestrictionLevel)]
        held = holding(levels, self.at) if levels else None
        self.coming = sorted(held.coming, key=lambda one: begins(one.draft)) if held else []
        self.latest = held.now[0] if held and held.now else None
        self.is_over = self.latest is not None and ended(self.latest.draft, self.at)
        self.before = held.now[1:] if held else []

    def answer(self, asked: Iterable[RequestOf]) -> SchemeOf:
        """Everything that is said of it."""
        entry = None if self.is_over else self.latest
        body = entry.draft.body if entry else None
        now = body if isinstance(body, RestrictionLevel) else None
        means = self._means(now.level) if now else None
        rules = _rules(means, now)
        return SchemeOf(
            scheme=self.name,
            where=place_words(self.said[0].draft.places),
            level=now.level if now else None,
            line=self.lines.of(self.latest) if self.latest else None,
            since=_since(entry.draft) if entry else None,
            until=now.holds_until if now else None,
            is_over=self.is_over,
            contested_by=self.lines.all(self._others(now)) if now else [],
            rules=rules,
            staff_rules=list(means[1].staff_rules) if means else [],
            gathering=self.gathering(means[1] if means else None),
            eases_when=_texts(now.eases_when if now else None, means[1].eases_when if means else None),
            stays_when=now.stays_when if now else None,
            coming=[_announced(one, self.lines) for one in self.coming],
            published=[self._level(*one) for one in self.published],
            changes=[self._change(one, rules, means) for one in self.published if one is not means] if now else [],
            asked=[one for one in asked if self._asks(one)],
        )

    def _means(self, level: str) -> Published | None:
        return next((one for one in self.published if is_same_name(one[1].level, level)), None)

    def _others(self, now: RestrictionLevel) -> Iterator[Entry]:
        """Each other speaker's last word on what holds, where it is another level and not over."""
        seen = {voice(self.latest.draft.source)} if self.latest else set()
        for entry in self.before:
            body, who = entry.draft.body, voice(entry.draft.source)
            if who not in seen and isinstance(body, RestrictionLevel) and not ended(entry.draft, self.at):
                seen.add(who)
                if not is_same_name(body.level, now.level):
                    yield entry

    def _asks(self, request: RequestOf) -> bool:
        body = self.reading.known()[request.line.id].draft.body
        return isinstance(body, EasingRequest) and is_same_name(body.scheme, self.name)

    def _level(self, entry: Entry, body: SchemeLevel) -> PublishedLevel:
        return PublishedLevel(
            level=body.level,
            line=self.lines.of(entry),
            rules=list(body.rules),
            gathering_rules=list(body.gathering_rules),
            staff_rules=list(body.staff_rules),
            eases_when=body.eases_when,
            gathering=self.gathering(body),
        )

    def _change(self, other: Published, rules: Sequence[str], now: Published | None) -> LevelChange:
        entry, body = other
        then, staff = _rules(other, None), list(now[1].staff_rules) if now else []
        return LevelChange(
            to=body.level,
            line=self.lines.of(entry),
            added=_without(then, rules),
            dropped=_without(rules, then),
            staff_added=_without(body.staff_rules, staff),
            staff_dropped=_without(staff, body.staff_rules),
            gathering=self.gathering(body),
        )

    def gathering(self, level: SchemeLevel | None) -> Gathering:
        """This gathering under a level."""
        if level is None:
            return Gathering(limit="not known", state="not_published", why=_NOT_PUBLISHED, figures=[])
        limit = limit_words(level)
        if level.gathering_at_most is None:
            return Gathering(limit=limit, state="no_limit", why="It sets no limit of people.", figures=[])
        found = figure_state(self.reading, "people", Bounds(at_most=level.gathering_at_most), here=self.here, longest=KNOWN_FOR)
        figures = self.lines.all(found.entries)
        if found.state == "not_met" and level.gathering_pass:
            with_pass = Bounds(at_most=level.with_pass_at_most) if level.with_pass_at_most is not None else Bounds()
            verdict = with_pass.of_all(found.entries)
            if verdict == "met":
                why = f"Only if everybody there holds {level.gathering_pass}, which no figure shows. {found.why}"
                return Gathering(limit=limit, state="within_with_pass", why=why, figures=figures)
            state: GatheringState = "above" if verdict == "failed" else verdict
            return Gathering(limit=limit, state=state, why=found.why, figures=figures)
        states: dict[str, GatheringState] = {"met": "within", "not_met": "above"}
        return Gathering(limit=limit, state=states.get(found.state, found.state), why=found.why, figures=figures)


def limit_words(level: SchemeLevel) -> str:
    """The limit of gatherings of a level, in words."""
    if level.gathering_at_most is None:
        return "no limit"
    people = f"at most {counted(level.gathering_at_most, 'person', 'people')}"
    if level.gathering_pass is None:
        return people
    most = level.with_pass_at_most
    return f"{people}; with {level.gathering_pass} {'no limit' if most is None else f'at most {most:,}'}"


def _announced(entry: Entry, lines: Lines) -> AnnouncedLevel:
    return AnnouncedLevel(level=getattr(entry.draft.body, "level", ""), starts=begins(entry.draft), line=lines.of(entry))


def _rules(means: Published | None, now: RestrictionLevel | None) -> list[str]:
    published = (*means[1].rules, *means[1].gathering_rules) if means else ()
    said = now.rules if now else ()
    return [*published, *_without(said, published)]


def _without(rules: Iterable[str], others: Iterable[str]) -> list[str]:
    """Rules that are not among others, word for word but for case and full stop."""
    held = {one.rstrip(".").casefold() for one in others}
    return [one for one in rules if one.rstrip(".").casefold() not in held]


def _texts(*texts: str | None) -> list[str]:
    return list(dict.fromkeys(filter(None, texts)))
