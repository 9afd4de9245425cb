"""``clearway picture``: what the room believes about a moment, given what it knew at another."""

from __future__ import annotations

import json
from contextlib import closing
from typing import TYPE_CHECKING, Any

import click

from clearway.cli.progress import Progress
from clearway.cli.record import FIRST_DAY, RECORD, STREAM, ZONE, existing_record, operation_name
from clearway.errors import NotFound
from clearway.picture.index import PictureIndex
from clearway.picture.view import Picture, picture_of
from clearway.record.entry import now
from clearway.record.moments import calendar

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from clearway.record.moments import Calendar

_EVENTS_SHOWN = 15
_FIRST = frozenset({"asked_by", "by", "facility", "nature", "organisation", "state", "who"})
_PASSED_OVER = frozenset({"kind", "answer", "outcome"})


@click.command()
@RECORD
@STREAM
@ZONE
@FIRST_DAY
@click.option("--at", metavar="TIME", help="About which moment: '2022-02-18T19:00+13:00', 'day 11 evening'; now where absent.")
@click.option("--known-at", metavar="TIME", help="As far as it was known then; the same moment where absent.")
@click.option("--json", "as_json", is_flag=True, help="Print the picture as JSON.")
def picture(
    *, address: str, stream: str, zone: str, first_day: str | None, at: str | None, known_at: str | None, as_json: bool
) -> None:
    """Show what the room believes about a moment, given what it knew at another.

    Figures are shown as they were said and by whom; where speakers exclude each other, that is shown as a clash.
    """
    known = calendar(zone, first_day)
    moment = _moment(known, at) or now()
    with closing(existing_record(address)) as store, Progress() as progress:
        progress.tell("Reading the record")
        name = operation_name(stream)
        if name not in store.streams():
            held = ", ".join(sorted(store.streams())) or "none"
            raise NotFound(f"The record holds no operation {name!r}. It holds: {held}. Name one with --operation.")
        found = picture_of(store, PictureIndex(), name, moment, _moment(known, known_at) or moment)
    click.echo(json.dumps(found.as_json(), ensure_ascii=False) if as_json else "\n".join(_told(found, known)))


def _moment(known: Calendar, text: str | None) -> datetime | None:
    """The end of what a text leaves open: 'day 11' means when that day was over."""
    return known.span(text).end if text else None


def _told(found: Picture, known: Calendar) -> Iterable[str]:
    said = found.as_json()
    zone = known.zone
    yield f"As of {found.at.astimezone(zone):%a %d %B %Y %H:%M %Z}, as known at {found.known_at.astimezone(zone):%d %B %H:%M}."
    for count in said["counts"]:
        yield from _count(count)
    for fact in said["states"]:
        yield f"{fact['kind'].replace('_', ' ')}{_where(fact['places'])}: {_body(fact['body'])} {_source(fact)}"
    yield from _open_matters(said)
    yield from (f"{fact['kind']}: {_body(fact['body'])} {_source(fact)}" for fact in said["events"][:_EVENTS_SHOWN])
    if len(said["events"]) > _EVENTS_SHOWN:
        yield f"... and {len(said['events']) - _EVENTS_SHOWN} earlier events; --json lists them."


def _count(count: dict[str, Any]) -> Iterable[str]:
    yield f"{count['what']}{_where(count['places'])}:"
    yield from (f"  {_amount(fact['body']['amount'])} {_source(fact)}" for fact in count["latest"])
    if count["clashes"]:
        yield f"  CLASH: {len(count['clashes'])} of these figures exclude each other"


def _open_matters(said: dict[str, Any]) -> Iterable[str]:
    """What is unanswered, overdue, unmet or disputed."""
    yield from (
        f"UNANSWERED for {_age(one['waiting_s'])}: {_body(one['body'])}" for one in said["requests"] if one["unanswered"]
    )
    yield from (f"OVERDUE: {_body(one['body'])}" for one in said["promises"] if one["overdue"])
    met = {True: "met", False: "NOT met", None: "cannot be told"}
    yield from (f"condition {met[one['met']]}: {_body(one['body'])}" for one in said["conditions"])
    yield from (f"DISPUTED: {one['entry']} by {one['disputed_by']}" for one in said["disputed"])


def _where(places: list[dict[str, Any]]) -> str:
    names = [_name(place) for place in places]
    return f" ({', '.join(filter(None, names))})" if any(names) else ""


def _name(place: dict[str, Any]) -> str | None:
    named: str | None = place.get("name") or place.get("street") or place.get("label")
    return named or " / ".join(place.get("streets", [])) or None


def _amount(amount: dict[str, Any]) -> str:
    low, high = (None if amount.get(bound) is None else f"{amount[bound]:,.10g}" for bound in ("low", "high"))
    text = low if low == high else f"{low} to {high}" if low and high else f"at least {low}" if low else f"up to {high}"
    return f"about {text}" if amount.get("about") else str(text)


def _body(body: dict[str, Any]) -> str:
    """What an entry says, who and what first."""
    told = sorted((name for name in body if name not in _PASSED_OVER), key=lambda name: (name not in _FIRST, name))
    return "; ".join(_words(body[name]) for name in told)


def _words(value: object) -> str:
    if isinstance(value, dict):
        return _amount(value)
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _source(fact: dict[str, Any]) -> str:
    source = fact["source"]
    who = ", ".join(filter(None, (source.get("office"), source.get("organisation")))) or "source not given"
    return f"[{who}; {fact['grade']}; {_age(fact['age_s'])} ago]"


def _age(seconds: float) -> str:
    """An age as people say it.

    >>> _age(150), _age(7200), _age(200_000)
    ('2 min', '2 h', '2 days')
    """
    for unit_s, name in ((86_400, "days"), (3600, "h"), (60, "min")):
        if seconds >= (2 * unit_s if unit_s == 86_400 else unit_s):  # noqa: PLR2004 - a day in seconds
            return f"{seconds // unit_s:.0f} {name}"
    return "less than a minute"
