"""Make a situation report of a record: two pictures, the operation's own entry, plots, a map where a network is known."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from clearway.picture.view import Moments, picture_of
from clearway.publish.plot import caption, plot
from clearway.publish.sitrep.access import with_access
from clearway.publish.sitrep.content import Drawn, situation_report
from clearway.publish.sketch import Mark, sketch
from clearway.record.kinds import KINDS
from clearway.record.operations import operation_of
from clearway.record.place import PLACE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from clearway.picture.contract import CountOf, Fact
    from clearway.picture.index import PictureIndex
    from clearway.planning.gazetteer import Gazetteer
    from clearway.publish.sitrep.access import AccessAnswer
    from clearway.publish.sitrep.content import Sitrep
    from clearway.record.kind import Sign
    from clearway.record.moments import Calendar
    from clearway.record.store import Store

PERIOD = timedelta(hours=24)
"""How long before a report the one before is taken to be, where none is given."""

_MOST_NUMBERED = 20


def report_of(
    store: Store,
    index: PictureIndex,
    stream: str,
    when: Moments,
    *,
    since: datetime | None = None,
    calendar: Calendar | None = None,
    gazetteer: Gazetteer | None = None,
    access: AccessAnswer | None = None,
) -> Sitrep:
    """The situation report of an operation.

    Args:
        store: The record.
        index: Of the same operation.
        stream: The operation's name.
        when: About which moment, as known when.
        since: When the last report was made; ``PERIOD`` before where absent.
        calendar: The operation's; as its record said by then where absent.
        gazetteer: Finds places on a network; no map where absent.
        access: What was computed about emergency access; nothing is said about it where absent.

    Raises:
        BadInput: a moment lies centuries away.
        Unavailable: the database does not answer.
    """
    at, known_at, knowledge = when
    now = picture_of(store, index, stream, when, calendar=calendar)
    last = min(since if since is not None else at - PERIOD, at)
    before = picture_of(store, index, stream, Moments(last, min(last, known_at), knowledge), calendar=calendar)
    operation = operation_of(store, stream, known_at=known_at, knowledge=knowledge)

    def plotted(count: CountOf) -> Drawn:
        return Drawn(caption(count, now.zone), plot(count, now.at, now.zone))

    def mapped(facts: Sequence[Fact]) -> Drawn | None:
        return None if gazetteer is None else map_of(facts, gazetteer)

    report = situation_report(
        now,
        before,
        operation=operation.model_dump() if operation else None,
        plot=plotted,
        draw_map=mapped,
        notices=gazetteer.network.notices if gazetteer else (),
    )
    return report if access is None else with_access(report, access)


def map_of(facts: Sequence[Fact], gazetteer: Gazetteer) -> Drawn | None:
    """Facts on a sketch map, numbered; None where no place of theirs is known."""
    marks: list[Mark] = []
    listed: list[str] = []
    for fact in sorted(facts, key=lambda fact: fact.age_s):
        found = [where for place in fact.places if (where := gazetteer.of(PLACE.validate_python(place))) is not None]
        if not found or len(listed) == _MOST_NUMBERED:
            continue
        sign = sign_of(fact.kind, fact.body)
        listed.append(f"{len(listed) + 1} {fact.says}")
        marks += [Mark(where, sign, len(listed) if number == 0 else 0) for number, where in enumerate(found)]
    svg = sketch(gazetteer.network, marks, "Map of streets, gates and incidents, numbered as in the list")
    return Drawn("; ".join(listed) + ".", svg) if svg else None


def sign_of(kind: str, body: Mapping[str, Any]) -> Sign:
    """How a fact is drawn on a map, by its kind and its fields."""
    about = KINDS[kind].about
    return about.sign(body.get(about.state_field or ""))
