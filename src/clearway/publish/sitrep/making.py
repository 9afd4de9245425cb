"""Make a situation report of a record: two pictures, the operation's own entry, plots, a map where a network is known."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from clearway.picture.changes import shown_facts
from clearway.picture.view import Moments, picture_of
from clearway.planning.plan.versions import versions_of
from clearway.publish.plot import caption, plot
from clearway.publish.sitrep.access import with_access
from clearway.publish.sitrep.content import situation_report
from clearway.publish.sitrep.ground import Ground, grid_of, grids_of, nearness, site_of
from clearway.publish.sitrep.issued import last_issued
from clearway.publish.sitrep.shape import Drawn, Head, Item
from clearway.publish.sketch import Mark, sketch
from clearway.record.kind import Methane
from clearway.record.kinds import KINDS
from clearway.record.operations import operation_entry
from clearway.record.place import PLACE
from clearway.record.place_words import place_words
from clearway.record.source import speaker
from clearway.words import counted, listed, time_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from clearway.picture.contract import CountOf, Fact, PictureAnswer
    from clearway.picture.index import PictureIndex
    from clearway.planning.gazetteer import Gazetteer
    from clearway.planning.plan.versions import Version
    from clearway.publish.sitrep.access import AccessAnswer
    from clearway.publish.sitrep.shape import Sitrep
    from clearway.record.entry import Entry
    from clearway.record.kind import Sign
    from clearway.record.moments import Calendar
    from clearway.record.source import Source
    from clearway.record.store import Store

PERIOD = timedelta(hours=24)
"""How long before a report the one before is taken to be, where none is given."""

_MOST_NUMBERED = 12


def report_of(
    store: Store,
    index: PictureIndex,
    stream: str,
    when: Moments,
    *,
    calendar: Calendar | None = None,
    gazetteer: Gazetteer | None = None,
    access: AccessAnswer | None = None,
    head: Head = Head(),  # noqa: B008 - frozen
) -> Sitrep:
    """The situation report of an operation.

    Args:
        store: The record, of which nothing is read that the report's readers may not see.
        index: Of the same operation in that store.
        stream: The operation's name.
        when: About which moment, as known when.
        calendar: The operation's; by default as its record said by then.
        gazetteer: Finds places on a network; no map where absent.
        access: What was computed about emergency access; nothing is said about it where absent.
        head: What people say of the report.

    Raises:
        BadInput: a moment lies centuries away.
        Unavailable: the database does not answer.
    """
    at, known_at, knowledge, _ = when
    now = picture_of(store, index, stream, when, calendar=calendar)
    issued = last_issued(store, stream, at, head.release)
    last = min(head.since or (issued.at if issued else at - PERIOD), at)
    before = picture_of(store, index, stream, Moments(last, min(last, known_at), knowledge), calendar=calendar)
    operation = operation_entry(store, stream, known_at=known_at, knowledge=knowledge)

    def plotted(count: CountOf) -> Drawn:
        return Drawn(caption(count, now.zone), plot(count, now.at, now.zone, height=200.0))

    def mapped(facts: Sequence[Fact]) -> Drawn | None:
        return None if gazetteer is None else map_of(facts, gazetteer)

    named = f"report {issued.number} of " if issued and issued.at == last else ""
    report = situation_report(
        now,
        before,
        ground=_ground(now, operation, gazetteer, versions_of(store, stream, known_at=known_at)),
        head=head,
        last=f"{named}{time_words(last, _zone(now))}",
        plot=plotted,
        draw_map=mapped,
        notices=gazetteer.network.notices if gazetteer else (),
    )
    return report if access is None else with_access(report, access)


def _zone(picture: PictureAnswer) -> ZoneInfo:
    return ZoneInfo(picture.zone)


def _ground(now: PictureAnswer, operation: Entry | None, gazetteer: Gazetteer | None, plans: Sequence[Version]) -> Ground:
    facts = list(shown_facts(now).values())
    site = site_of(operation, facts, gazetteer)
    body: dict[str, Any] = operation.draft.body.model_dump(mode="json") if operation else {}
    return Ground(
        operation=body,
        said_by=_said_by(operation.draft.source) if operation else "",
        grid=grid_of(site),
        grids=grids_of((fact for fact in facts if KINDS[fact.kind].about.methane is Methane.POINTS), gazetteer),
        near=nearness(facts, site, gazetteer),
        approach=_approach(now, site, gazetteer),
        handover=_handover(plans, now, site, gazetteer),
    )


def _handover(
    plans: Sequence[Version], now: PictureAnswer, site: tuple[float, float] | None, gazetteer: Gazetteer | None
) -> tuple[Item, ...]:
    """Where crews meet patients by the plans in force."""
    if not any(one.adopted and one.plan.handover for one in plans):
        return ()
    from clearway.publish.sitrep.handover import handover_items  # noqa: PLC0415 - only who has such a plan waits for it

    return handover_items(plans, now.states, site, gazetteer)


def _said_by(source: Source) -> str:
    """Who wrote an entry; empty where it does not say."""
    return speaker(source) if source.office or source.organisation else ""


def _approach(now: PictureAnswer, site: tuple[float, float] | None, gazetteer: Gazetteer | None) -> tuple[Item, ...]:
    """What the engine proves about roads in and out, or why it proves nothing."""
    if gazetteer is None or site is None:
        missing = "no network is given" if gazetteer is None else "the coordinates of the site are not known"
        return (Item(f"Approach and egress: nothing is proved, because {missing}."),)
    from clearway.publish.sitrep.approach import approach  # noqa: PLC0415 - only who has a network waits for the engine

    return approach(now.states, site, gazetteer)


def map_of(facts: Sequence[Fact], gazetteer: Gazetteer) -> Drawn | None:
    """Facts on a sketch map, numbered, the first first; None where no place of theirs is known.

    Facts that say the same have one line in the key. A number stands in the key if it stands on the map, and not otherwise.
    """
    marks: list[Mark] = []
    numbered: list[tuple[int, Fact, str]] = []
    dotted: dict[str, list[str]] = {}
    for fact in facts:
        sign = sign_of(fact.kind, fact.body)
        for place in map(PLACE.validate_python, fact.places):
            where = gazetteer.of(place)
            if not where.is_known:
                continue
            number = len(numbered) + 1 if where.spot and len(numbered) < _MOST_NUMBERED else 0
            if where.spot is None:
                dotted.setdefault(fact.says, []).append(place_words([place]))
            marks.append(Mark(where, sign, number))
            if number:
                numbered.append((number, fact, place_words([place])))
    drawn = sketch(gazetteer.network, marks, "Map of streets, gates and incidents, numbered as in the key")
    if drawn is None:
        return None
    svg, shown = drawn
    together: dict[str, list[str]] = {}
    for number, fact, called in numbered:
        if number in shown:
            together.setdefault(fact.says, []).append(f"{number} {called or 'a point'}")
    spots = [mark for mark in marks if mark.where.spot]
    beyond = len({mark.where for mark in spots}) - len({mark.where for mark in spots if mark.number in shown})
    note = f" {counted(beyond, 'place')} without a number or beyond its edge." if beyond else ""
    loose = (f"Dotted, somewhere on {listed(list(dict.fromkeys(wheres)))}: {_short(says)}." for says, wheres in dotted.items())
    key = (*(_key_line(says, wheres) for says, wheres in together.items()), *loose)
    return Drawn(f"The site and what is known of the streets round it.{note}", svg, key)


def _key_line(says: str, wheres: Sequence[str]) -> str:
    """Numbers with their places and what is there; a place that the words begin with is not said twice."""
    number, _, called = wheres[0].partition(" ")
    if len(wheres) == 1 and says.casefold().startswith(called.casefold()):
        return f"{number} {_short(says)}."
    return f"{', '.join(wheres)}: {_short(says)}."


def _short(says: str) -> str:
    """What a fact says first: its words in full stand elsewhere in the report."""
    return says.partition("; ")[0]


def sign_of(kind: str, body: Mapping[str, Any]) -> Sign:
    """How a fact is drawn on a map, by its kind and its fields."""
    about = KINDS[kind].about
    return about.sign(body.get(about.state_field or ""))
