"""Entries in words: one short sentence for each kind, the same on the command line, on the page and in documents.

A sentence says what was reported and no more; who said it and how far it can be relied on stands beside it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clearway.record.place import Area, Junction, NamedPlace, Place, Point, Street

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from clearway.record.entry import Entry
    from clearway.record.kinds import Body
    from clearway.record.parts import Amount
    from clearway.record.source import Source

_MINUTE_S, _HOUR_S, _DAY_S = 60, 3600, 86_400

_PASS = {
    "enter": "may go in",
    "leave": "may go out",
    "enter_and_leave": "may go in and out",
    "leave_not_return": "may go out and not come back",
    "not_pass": "may not pass",
}


def says(entry: Entry, zone: ZoneInfo) -> str:
    """What an entry says, in a short sentence without a full stop.

    Args:
        entry: Any kind.
        zone: The operation's; times are told in it.
    """
    return body_says(entry.draft.body, zone)


def body_says(body: Body, zone: ZoneInfo) -> str:
    """What an entry's body says, before the record has numbered it too.

    Args:
        body: Of any kind.
        zone: The operation's; times are told in it.
    """
    told = _SENTENCES[body.kind](body, zone).rstrip(".")
    return told[0].upper() + told[1:]


def amount_words(amount: Amount) -> str:
    """A number as it was said.

    >>> from clearway.record.parts import Amount
    >>> [amount_words(Amount(**said)) for said in ({"low": 450, "high": 450, "about": True}, {"low": 2500}, {"high": 40})]
    ['about 450', 'at least 2,500', 'up to 40']
    >>> amount_words(Amount(low=1, said="a few"))
    'a few'
    """
    if amount.said:
        return amount.said
    low, high = (None if bound is None else f"{bound:,.10g}" for bound in (amount.low, amount.high))
    if low == high:
        text = low
    elif low and high:
        text = f"{low} to {high}"
    else:
        text = f"at least {low}" if low else f"up to {high}"
    return f"about {text}" if amount.about else str(text)


def place_words(places: Iterable[Place]) -> str:
    """Where, in words; empty where no place has a name.

    >>> place_words([Street(street="Hill Street"), Junction(streets=("Bowen Street", "Lambton Quay"))])
    'Hill Street; Bowen Street at Lambton Quay'
    """
    return "; ".join(filter(None, map(_place, places)))


def speaker(source: Source) -> str:
    """Who spoke, for whom.

    >>> from clearway.record.source import Source
    >>> speaker(Source(office="Commissioner", organisation="Police")), speaker(Source())
    ('Commissioner, Police', 'source not given')
    """
    return ", ".join(filter(None, (source.office, source.organisation))) or "source not given"


def short_speaker(source: Source) -> str:
    """The office alone where it says for whom; "President" and "a spokesperson" do not.

    >>> from clearway.record.source import Source
    >>> short_speaker(Source(office="Police Commissioner", organisation="Police"))
    'Police Commissioner'
    >>> short_speaker(Source(office="President", organisation="Police Association"))
    'President, Police Association'
    """
    office = source.office or ""
    return office if office[:1].isupper() and " " in office else speaker(source)


def age_words(seconds: float) -> str:
    """An age as people say it.

    >>> age_words(150), age_words(7200), age_words(200_000), age_words(5)
    ('2 min', '2 h', '2 days', 'less than a minute')
    """
    if seconds >= 2 * _DAY_S:
        return f"{seconds // _DAY_S:.0f} days"
    if seconds >= _HOUR_S:
        return f"{seconds // _HOUR_S:.0f} h"
    return f"{seconds // _MINUTE_S:.0f} min" if seconds >= _MINUTE_S else "less than a minute"


def time_words(moment: datetime, zone: ZoneInfo) -> str:
    """A moment in an operation's own time, with its day: ``Fri 18 Feb 2022 19:05``."""
    return f"{moment.astimezone(zone):%a %d %b %Y %H:%M}"


def vocabulary(name: str) -> str:
    """A word of a vocabulary as people write it.

    >>> vocabulary("concrete_block")
    'concrete block'
    """
    return name.replace("_", " ")


def _place(place: Place) -> str:
    match place:
        case Street():
            between = f" between {' and '.join(place.between)}" if place.between else ""
            return place.street + between
        case Junction():
            return " at ".join(place.streets)
        case NamedPlace():
            return place.name
        case Point() | Area():
            return place.label or ""


def _joined(*parts: object, by: str = "; ") -> str:
    """Those parts that say something."""
    return by.join(str(part).rstrip(".") for part in parts if part)


def _offer(body: Any, zone: ZoneInfo) -> str:  # noqa: ANN401 - the table pairs each kind with its function
    return _joined(
        f"{vocabulary(body.what)} offered: {body.summary}",
        body.capacity and f"room for {amount_words(body.capacity)}",
        body.to and f"to {body.to}",
        body.starts and f"from {time_words(body.starts, zone)}",
        body.ends and f"until {time_words(body.ends, zone)}",
        f"taken up by {amount_words(body.taken_up)}" if body.taken_up else "how many took it up is not known",
    )


def _promise(body: Any, zone: ZoneInfo) -> str:  # noqa: ANN401
    due = f", by {time_words(body.due, zone)}" if body.due else ""
    return f"{body.by} will: {body.what}{due}"


def _request(body: Any, zone: ZoneInfo) -> str:  # noqa: ANN401
    asked = f"{body.asked_by or 'the room'} asked {body.asked_of}: {body.what}"
    answer = {"none_yet": "no answer yet", "partly": "granted in part"}.get(body.answer, body.answer)
    return _joined(
        asked,
        body.amount and amount_words(body.amount),
        body.needed_by and f"needed by {time_words(body.needed_by, zone)}",
        answer,
    )


def _meeting_request(body: Any, _: ZoneInfo) -> str:  # noqa: ANN401
    answer = {"none_yet": "not answered yet", "conditional": "answered with conditions"}.get(body.answer, body.answer)
    return _joined(f"{body.asked_by} asked to meet {body.asked_of}: {answer}", body.terms)


def _condition(body: Any, _: ZoneInfo) -> str:  # noqa: ANN401
    return f"{body.by}: before {body.before}: {body.what}"


def _decision(body: Any, _: ZoneInfo) -> str:  # noqa: ANN401
    return _joined(
        f"{body.by} decided: {body.what}",
        body.why and f"because: {body.why}",
        body.rejected and f"rejected: {', '.join(body.rejected)}",
        body.expects and f"expects: {', '.join(body.expects)}",
    )


def _strength(body: Any, _: ZoneInfo) -> str:  # noqa: ANN401
    duty = {True: "on duty at the operation", False: "not on duty at it", None: None}[body.on_duty]
    where = body.district and f"from {body.district}"
    role = body.role or "staff"
    amount = f"{amount_words(body.amount)} ({role})" if body.amount.said else f"{amount_words(body.amount)} {role}"
    return f"{body.organisation}: {_joined(amount, where, duty, by=', ')}"


def _absence(body: Any, _: ZoneInfo) -> str:  # noqa: ANN401
    return f"{body.organisation}: {_joined(amount_words(body.amount) + ' ' + vocabulary(body.reason), body.district, by=', ')}"


def _weather(body: Any, _: ZoneInfo) -> str:  # noqa: ANN401
    return _joined(
        ("forecast: " if body.forecast else "") + body.summary,
        body.wind_kmh is not None and f"wind {body.wind_kmh:g} km/h",
        body.rain_mm_h is not None and f"rain {body.rain_mm_h:g} mm/h",
        body.temperature_c is not None and f"{body.temperature_c:g} degrees",
    )


def _facility(body: Any, _: ZoneInfo) -> str:  # noqa: ANN401
    return _joined(
        f"{body.facility}: {body.state}",
        body.stay_away and "people told to stay away",
        body.people and amount_words(body.people) + " people",
        body.note,
    )


_SENTENCES: dict[str, Callable[[Any, ZoneInfo], str]] = {
    "arrests": lambda body, _: _joined(
        f"{amount_words(body.amount)} arrested{' in all' if body.total else ''}", body.ground and f"for {body.ground}", by=" "
    ),
    "barrier_state": lambda body, _: _joined(
        f"{vocabulary(body.barrier)} {body.state}", body.amount and amount_words(body.amount), body.owner and f"of {body.owner}"
    ),
    "community_impact": lambda body, _: f"{vocabulary(body.impact)}{f' of {body.on}' if body.on else ''}: {body.summary}",
    "condition": _condition,
    "contact": lambda body, _: _joined(f"{' with '.join(body.who[:2])} ({vocabulary(body.way)})", body.outcome, by=": "),
    "cost": lambda body, _: (
        f"{'expected cost' if body.expected else 'cost'} of {body.what}: "
        + _joined(None if body.amount.said else body.currency, amount_words(body.amount), by=" ")
    ),
    "count": lambda body, _: f"{amount_words(body.amount)} {vocabulary(body.what)}{f' ({body.group})' if body.group else ''}",
    "decision": _decision,
    "dropped_draft": lambda body, _: f"draft dropped: {vocabulary(body.proposed)}{f' ({body.why})' if body.why else ''}",
    "demand": lambda body, _: f"{body.by} demand{f' of {body.of}' if body.of else ''}: {body.what}",
    "facility_state": _facility,
    "flow": lambda body, _: f"{vocabulary(body.what)} {body.direction}: {amount_words(body.amount)}",
    "forecast": lambda body, _: _joined(f"forecast: {body.summary}", body.amount and amount_words(body.amount)),
    "gate_state": lambda body, _: _joined(
        f"gate {body.state}", body.wait_minutes is not None and f"{body.wait_minutes:g} min to wait"
    ),
    "health_finding": lambda body, _: _joined(
        f"{vocabulary(body.finding)}: {body.summary}",
        body.amount and amount_words(body.amount),
        body.advice and f"advice: {body.advice}",
    ),
    "incident": lambda body, _: f"{vocabulary(body.nature)}: {body.summary}",
    "injuries": lambda body, _: _joined(
        f"{amount_words(body.amount)} {vocabulary(body.of)} injured{' in all' if body.total else ''}", body.cause, by=": "
    ),
    "loan": lambda body, _: _joined(
        f"{body.what} {body.state} by {body.lender} to {body.borrower}", body.amount and amount_words(body.amount)
    ),
    "meeting_request": _meeting_request,
    "notice": lambda body, _: f"{body.by} to {body.to or 'everybody'}: {body.text}",
    "offer": _offer,
    "operation": lambda body, _: _joined(body.title, body.type, body.where),
    "passage_rule": lambda body, _: _joined(f"{', '.join(body.who)} {_PASS[body.may]}", body.proof),
    "petition": lambda body, _: _joined(f"petition '{body.title}': {amount_words(body.signatures)} signatures", body.asks),
    "promise": _promise,
    "remark": lambda body, _: body.text,
    "report": lambda body, _: f"report: {body.title}",
    "resource_request": _request,
    "restriction_level": lambda body, _: _joined(
        f"{body.scheme}: {body.level}", ", ".join(body.rules), body.eases_when and f"eases when: {body.eases_when}"
    ),
    "road_state": lambda body, _: _joined(
        f"{'road' if body.state != 'unknown' else 'road state'} {body.state}",
        body.passes and f"{', '.join(body.passes)} still pass",
        body.reason,
    ),
    "staff_absence": _absence,
    "staff_strength": _strength,
    "statement": lambda body, _: _joined(body.summary, body.signatories and f"signed by {', '.join(body.signatories)}"),
    "tow_capability": lambda body, _: _joined(
        f"towing {body.state}", body.by, body.trucks and f"{amount_words(body.trucks)} trucks", body.note
    ),
    "tow_event": lambda body, _: _joined(
        f"{amount_words(body.amount) if body.amount else 'vehicles'} towed" if body.done else "not towed", body.note
    ),
    "weather": _weather,
}
