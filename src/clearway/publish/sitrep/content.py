"""What a situation report says: in short, METHANE, confirmed, reported, contested, changed, pending; sources are numbered."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from clearway.picture.changes import changes, shown_facts
from clearway.record.entry import KNOWLEDGE_WORDS
from clearway.record.kind import Methane, Theme
from clearway.record.kinds import KINDS
from clearway.record.kinds.decisions import Decision
from clearway.record.kinds.incidents import Incident
from clearway.record.kinds.streets import RoadState
from clearway.record.parts import Amount, amount_words
from clearway.words import age_words, counted, time_words, vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime

    from clearway.picture.contract import CountOf, Fact, PictureAnswer, When
    from clearway.record.kind import Kind

_MOST = {Theme.TALKS: 8}
_MOST_OTHERS = 12
_MOST_REPORTED = 15
_MOST_METHANE = 5
_PLOTTED = 3
_SOUND = frozenset("AB")
_PROBABLE = 2
_HAZARDS_FOR = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Item:
    """One line with its source.

    Attributes:
        text: A sentence.
        source: Who said it, with grade and time; empty where the line follows from several.
        reference: The number of the document, 0 for none.
        ids: The entries it rests on.
        new: Whether it is new since the last report.
    """

    text: str
    source: str = ""
    reference: int = 0
    ids: tuple[str, ...] = ()
    new: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its lines."""

    heading: str
    items: tuple[Item, ...] = ()
    lead: str = ""
    parts: tuple[Section, ...] = ()


@dataclass(frozen=True, slots=True)
class Drawn:
    """A drawing and what it shows."""

    caption: str
    svg: str


@dataclass(frozen=True, slots=True)
class Sitrep:
    """A situation report.

    Attributes:
        title: The operation's.
        as_of: About when, as known when, since when.
        summary: The answer in a few sentences.
        methane: Letter, heading and lines.
        sections: Everything else.
        map: The sketch map, None where no network is known.
        plots: The figures that matter most.
        sources: Documents, in the order of their numbers.
        notices: Lines that a map must show.
        anchor: Where the record ended that it is made of: the last entry's number, hash and moment; None for an empty one.
        anchored: The same in words, with how to check it; empty for an empty one.
    """

    title: str
    as_of: str
    summary: tuple[str, ...]
    methane: tuple[tuple[str, str, tuple[Item, ...]], ...]
    sections: tuple[Section, ...]
    sources: tuple[str, ...]
    map: Drawn | None = None
    plots: tuple[Drawn, ...] = ()
    notices: tuple[str, ...] = field(default=())
    anchor: dict[str, Any] | None = None
    anchored: str = ""

    def as_json(self) -> dict[str, Any]:
        """The report as JSON."""
        return asdict(self)


def situation_report(
    now: PictureAnswer,
    before: PictureAnswer,
    *,
    operation: dict[str, Any] | None = None,
    plot: Callable[[CountOf], Drawn] | None = None,
    draw_map: Callable[[Sequence[Fact]], Drawn | None] | None = None,
    notices: Sequence[str] = (),
) -> Sitrep:
    """The report on a picture.

    Args:
        now: The picture to report on.
        before: The picture at the last report.
        operation: The operation's own entry: type, where, whether a major incident was declared.
        plot: Draws a figure; no plots where absent.
        draw_map: Draws facts on a map, numbered from 1; no map where absent.
        notices: Lines that go with the map.
    """
    return _Writer(now, before, operation or {}).report(plot, draw_map, notices)


def main_counts(picture: PictureAnswer) -> list[CountOf]:
    """The figures of everybody, not of parts; what matters most first, as the picture has them."""
    return [count for count in picture.counts if count.group is None]


class _Writer:
    def __init__(self, now: PictureAnswer, before: PictureAnswer, operation: dict[str, Any]) -> None:
        self.now, self.before, self.operation = now, before, operation
        self.zone = ZoneInfo(now.zone)
        self.changes = changes(before, now)
        self.new = {fact.id for fact in self.changes.new}
        self.documents: dict[str, int] = {}
        disputed = ("clash", "disputed", "refuted")
        self.open = {fact.id for one in now.contested if one.kind in disputed for fact in one.facts}
        self.verified = {one.facts[0].id for one in now.contested if one.kind == "verified"}

    def report(
        self,
        plot: Callable[[CountOf], Drawn] | None,
        draw_map: Callable[[Sequence[Fact]], Drawn | None] | None,
        notices: Sequence[str],
    ) -> Sitrep:
        now = self.now
        day = f", day {now.day}" if now.day is not None else ""
        as_of = (
            f"As of {time_words(now.at, self.zone)}{day}, as known at {time_words(now.known_at, self.zone)} ({now.zone}), "
            f"{KNOWLEDGE_WORDS[now.knowledge]}. Changes since {time_words(self.before.at, self.zone)}. "
            f"{now.entries:,} entries in the record by then."
        )
        if any(fact.came == "imported" for fact in shown_facts(now).values()):
            as_of += " What was imported counts from when it could be known."
        drawn = draw_map([fact for fact in self._current() if _is_on_sketch(fact) and fact.places]) if draw_map else None
        plots = tuple(plot(count) for count in main_counts(now)[:_PLOTTED] if count.statements) if plot else ()
        summary, methane = tuple(self._summary()), tuple(self._methane())
        sections = (self._figures(), *self._confirmed_and_reported(), self._contested(), self._changed(), *self._pending())
        return Sitrep(
            title=now.title,
            as_of=as_of,
            summary=summary,
            methane=methane,
            sections=tuple(section for section in sections if section.items or section.parts or section.lead),
            sources=tuple(self.documents),
            map=drawn,
            plots=plots,
            notices=tuple(notices) if drawn else (),
            anchor=now.anchor.model_dump() if now.anchor else None,
            anchored=now.anchor.says(self.zone) if now.anchor else "",
        )

    # -- lines

    def _item(self, fact: Fact, text: str | None = None) -> Item:
        where = f" ({fact.where})" if fact.where and fact.where.casefold() not in fact.says.casefold() else ""
        late = f", learnt late ({time_words(fact.written, self.zone)})" if fact.came == "late" else ""
        source = f"{fact.source.short}, {fact.source.grade}, {when_words(fact.happened, self.zone)}{late}"
        return Item((text or fact.says) + where, source, self._reference(fact), (fact.id,), fact.id in self.new)

    def _reference(self, fact: Fact) -> int:
        source = fact.source
        if source.document is None:
            return 0
        when = f", {time_words(source.published, self.zone)}" if source.published else ""
        return self.documents.setdefault(f"{source.document} ({vocabulary(source.medium)}){when}", len(self.documents) + 1)

    def _current(self) -> list[Fact]:
        """States, and what happened since the last report."""
        return [*self.now.states, *(fact for fact in self.now.events if fact.id in self.new)]

    def _is_confirmed(self, fact: Fact) -> bool:
        reliability, credibility = fact.source.grade[0], int(fact.source.grade[1])
        sound = reliability in _SOUND and credibility <= _PROBABLE
        return fact.id not in self.open and (sound or fact.id in self.verified)

    # -- parts

    def _summary(self) -> Iterable[str]:
        for count in main_counts(self.now)[:2]:
            newest = count.latest[0]
            words = amount_words(Amount(**newest.body["amount"]))
            band = count.estimate
            probably = f"; probably {band.low:,.0f} to {band.high:,.0f} now (90 % band)" if band else ""
            contested = ", contested" if newest.id in self.open else ""
            when = when_words(newest.happened, self.zone)
            yield f"{vocabulary(count.what).capitalize()}: {words} ({newest.source.speaker}, {when}{contested}){probably}."
        incidents = [fact for fact in self.now.events if _is(fact, Incident) and fact.id in self.new]
        serious = sum(map(_is_serious, incidents))
        yield (
            f"{counted(len(incidents), 'incident')} reported since the last report, {serious} of them serious."
            if incidents
            else "No incident was reported since the last report."
        )
        if decision := next((fact for fact in self.now.events if _is(fact, Decision) and fact.id not in self.open), None):
            yield f"{decision.says.partition(';')[0]} ({when_words(decision.happened, self.zone)})."
        yield from self._summary_of_pending()

    def _summary_of_pending(self) -> Iterable[str]:
        overdue = [one for one in self.now.promises if one.overdue]
        waits = [one.waiting_s for one in self.now.requests if one.waiting_s is not None]
        if overdue or waits:
            oldest = f", the oldest for {age_words(max(waits))}" if waits else ""
            yield f"{counted(len(overdue), 'promise')} past due; {counted(len(waits), 'request')} unanswered{oldest}."
        if conditions := self.now.conditions:
            met = sum(one.met is True for one in conditions)
            unknown = sum(one.met is None for one in conditions)
            rest = f", {unknown} unknown" if unknown else ""
            yield f"Of {counted(len(conditions), 'condition')} that others set, {met} met{rest}."
        matters = [one for one in self.now.contested if one.kind in ("clash", "disputed", "refuted")]
        if matters:
            yield f"{counted(len(matters), 'report')} contested or refuted; see below before you quote a figure."

    def _methane(self) -> Iterable[tuple[str, str, tuple[Item, ...]]]:
        declared = {True: "Declared.", False: "Not declared.", None: "The record does not say whether one was declared."}
        yield "M", "Major incident", (Item(declared[self.operation.get("major_incident")]),)
        where = self.operation.get("where")
        shut = [fact for fact in self.now.states if _is(fact, RoadState) and fact.body["state"] in ("shut", "restricted")]
        streets = ", ".join(dict.fromkeys(fact.where for fact in shut if fact.where))
        exact = [Item(f"{where}.")] if where else []
        exact += [Item(f"Streets shut or restricted: {streets}.", ids=tuple(fact.id for fact in shut))] if streets else []
        yield "E", "Exact location", tuple(exact) or (Item("Not said."),)
        yield "T", "Type", (Item(f"{self.operation.get('type') or 'Not said'}."),)
        yield "H", "Hazards", self._lines(self._hazards(), "None reported.")
        yield "A", "Access", self._lines(self._under(Methane.ACCESS), "No gate or rule is recorded.")
        yield "N", "Number of casualties", self._lines(self._under(Methane.CASUALTIES), "None reported.")
        present = [fact for fact in self._under(Methane.SERVICES) if fact.body.get("on_duty") is not False]
        ours = {fact.body.get("organisation") for fact in present} | {None}
        needs = [one for one in self.now.requests if one.unanswered and one.body.get("asked_by") in ours]
        yield "E", "Emergency services", self._lines([*present, *needs], "None recorded.")

    def _hazards(self) -> list[Fact]:
        """Hazards that last, and serious things that happened lately."""
        lately = _HAZARDS_FOR.total_seconds()
        return [
            fact
            for fact in self._under(Methane.HAZARDS)
            if not KINDS[fact.kind].about.is_listed or (_is_serious(fact) and fact.age_s <= lately)
        ]

    def _under(self, letter: Methane) -> list[Fact]:
        """What is in force under a letter of METHANE: states before events, each in the order of the kinds."""
        kinds = KINDS.under(letter)
        return [fact for facts in (self.now.states, self.now.events) for name in kinds for fact in facts if fact.kind == name]

    def _lines(self, facts: Sequence[Fact], none: str) -> tuple[Item, ...]:
        if not facts:
            return (Item(none),)
        shown = sorted(facts, key=lambda fact: ("advice" not in fact.body, fact.age_s))[:_MOST_METHANE]
        more = (Item(f"and {len(facts) - len(shown)} more below"),) if len(facts) > len(shown) else ()
        return (*(self._item(fact) for fact in shown), *more)

    def _figures(self) -> Section:
        items = []
        for count in main_counts(self.now):
            said = "; ".join(
                f"{amount_words(Amount(**fact.body['amount']))} by {fact.source.speaker} "
                f"({fact.source.grade}, {when_words(fact.happened, self.zone)})"
                for fact in count.latest
            )
            if count.history:
                said = count.history
            clash = " These exclude each other." if count.clashes else ""
            clash += "".join(f" {words}." for words in count.corrected)
            if count.stale_since:
                clash += (
                    f" Said again since, not counted anew: the last count is of {time_words(count.stale_since, self.zone)}."
                )
            if count.not_known_since:
                clash += f" Not known since {time_words(count.not_known_since, self.zone)}."
            where = f", {count.where}" if count.where else ""
            ids = tuple(fact.id for fact in count.latest)
            first = count.latest[0]
            name = f"{vocabulary(count.what).capitalize()}{where}"
            items.append(Item(f"{name}: {said}.{clash}", "", self._reference(first), ids, bool(self.new & set(ids))))
        return Section("Figures as they were said", tuple(items), "One speaker's last word each; nothing is averaged.")

    def _confirmed_and_reported(self) -> Iterable[Section]:
        """What is confirmed, by theme, and what is only reported."""
        current = self._current()
        confirmed = [fact for fact in current if self._is_confirmed(fact)]
        parts = []
        for theme, kinds in KINDS.by_theme.items():
            facts = sorted(
                (fact for fact in confirmed if fact.kind in kinds), key=lambda fact: (kinds.index(fact.kind), fact.age_s)
            )
            most = _MOST.get(theme, _MOST_OTHERS)
            items = [self._item(fact) for fact in facts[:most]]
            if len(facts) > most:
                items.append(Item(f"and {len(facts) - most} more in the record."))
            if items:
                parts.append(Section(theme.title, tuple(items)))
        lead = "From a reliable source and at least probably true (A1 to B2), or confirmed by another; nobody disputes it."
        yield Section("Confirmed", (), lead if parts else "Nothing is.", tuple(parts))
        order = [kind for kinds in KINDS.by_theme.values() for kind in kinds]
        weak = [fact for fact in current if fact.kind in order and not self._is_confirmed(fact) and fact.id not in self.open]
        weak.sort(key=lambda fact: (order.index(fact.kind), fact.age_s))
        items = [self._item(fact) for fact in weak[:_MOST_REPORTED]]
        if len(weak) > _MOST_REPORTED:
            items.append(Item(f"and {len(weak) - _MOST_REPORTED} more in the record."))
        yield Section(
            "Reported, not confirmed", tuple(items), "Weaker or single sources; do not act on these alone." if items else ""
        )

    def _contested(self) -> Section:
        matters = [one for one in self.now.contested if one.kind != "single_source"]
        alone = len(self.now.contested) - len(matters)
        items = [
            Item(
                one.says,
                "",
                self._reference(one.facts[0]),
                tuple(fact.id for fact in one.facts),
                one in self.changes.newly_contested,
            )
            for one in matters
        ]
        if alone:
            items.append(Item(f"{counted(alone, 'belief')} rest on one source only."))
        return Section("Contested", tuple(items), "" if items else "Nothing is contested.")

    def _changed(self) -> Section:
        since = self.changes
        items = [Item(f"No longer so: {self._item(fact).text}", self._item(fact).source, 0, (fact.id,)) for fact in since.gone]
        items += [Item(f"Became overdue: {one.says}", "", self._reference(one), (one.id,)) for one in since.newly_overdue]
        count = counted(len(since.new), "new entry", "new entries")
        return Section(
            "What changed since the last report", tuple(items), f"{count}, marked NEW." + (" Besides:" if items else "")
        )

    def _pending(self) -> Iterable[Section]:
        overdue = sorted((one for one in self.now.promises if one.overdue), key=lambda one: (one.due or one.known, one.id))
        still = [one for one in self.now.promises if one.outcome == "open" and not one.overdue]
        settled = [one for one in self.now.promises if one.outcome != "open" and one.id in self.new]
        promises = [
            *(self._item(one, f"Overdue: {one.says}") for one in overdue),
            *(self._item(one, f"Open: {one.says}") for one in still),
            *(self._item(one, f"{vocabulary(one.outcome).capitalize()}: {one.says}") for one in settled),
        ]
        yield Section("Promises", tuple(promises))
        yield Section("Hopes, work under way, ultimatums, announced steps", tuple(self._intents()))
        waiting = sorted((one for one in self.now.requests if one.unanswered), key=lambda one: -(one.waiting_s or 0))
        asked = [self._item(one, f"Unanswered for {age_words(one.waiting_s or 0)}: {one.says}") for one in waiting]
        yield Section("Requests without an answer", tuple(asked))
        over = tuple(self._item(one, f"Ended: {one.says}") for one in self.now.ended)
        yield Section("Ended", over, "Over by their own words. Nobody has said what is so now: ask." if over else "")
        yield Section("Announced, not yet in force", tuple(self._item(one) for one in self.now.coming))
        met = {True: "Met", False: "Not met", None: "Unknown"}
        yield Section(
            "Conditions",
            tuple(
                self._item(one, f"{met[one.met]}: {one.says}{f'. {one.open_because}' if one.open_because else ''}")
                for one in self.now.conditions
            ),
        )

    def _intents(self) -> Iterable[Item]:
        """How each stands, those whose time has passed first; what is over, where that is new."""
        shown = [one for one in self.now.intents if not one.is_over or one.id in self.new]
        for one in sorted(shown, key=lambda one: (not one.is_past, one.is_over, one.due or one.known, one.id)):
            yield self._item(one, f"{one.standing.capitalize()}: {one.says}")


def _is(fact: Fact, kind: type[Kind]) -> bool:
    return KINDS[fact.kind] is kind


def _is_serious(fact: Fact) -> bool:
    """Whether it is graded serious; so is whatever its kind does not grade."""
    graded = "severity" in KINDS[fact.kind].model_fields
    return not graded or fact.body.get("severity") in ("serious", "major")


def _is_on_sketch(fact: Fact) -> bool:
    mark = KINDS[fact.kind].about.mark
    return mark is not None and mark.on_sketch


def when_words(when: When, zone: ZoneInfo) -> str:
    """When something happened, as precisely as it was said."""
    start, end = when.start.astimezone(zone), when.end.astimezone(zone)
    if start == end:
        return f"{_date(start)} {start:%H:%M}"
    last = end - timedelta(microseconds=1)
    if start.date() != last.date():
        return f"{_date(start)} to {_date(last)}"
    if (end - start) >= timedelta(hours=23):
        return _date(start)
    middle = start + (end - start) / 2
    if "about" in when.said:
        return f"{_date(start)} about {middle:%H:%M}"
    return f"{_date(start)} {start:%H:%M} to {end:%H:%M}"


def _date(moment: datetime) -> str:
    return f"{moment:%a} {moment.day} {moment:%b}"
