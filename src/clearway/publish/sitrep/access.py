"""Emergency access in a situation report: what ``clearway access --json`` found, each service apart.

It is computed, not said by anybody: each line names the network and how many closures were counted, and none is marked as new.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from clearway.errors import BadFile
from clearway.planning.geojson import read_json
from clearway.publish.sitrep.shape import Item, Section
from clearway.words import counted, listed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from clearway.publish.sitrep.shape import Sitrep

_MOST_REASONS = 5
"""Reasons why addresses are not reached that are listed; the others are counted."""
_MOST_NAMED = 3
"""Addresses that a sentence names."""
_METHANE_HEADING = "Access"
_REMEDY = "Give the file that 'clearway access NETWORK --json' prints."


class _Read(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class _Unreached(_Read):
    label: str
    cut_off_by: tuple[str, ...] = ()
    too_large_for: tuple[str, ...] = ()


class _Side(_Read):
    reached: Annotated[int, Field(ge=0)]
    unreached: tuple[_Unreached, ...]
    seconds: dict[str, float | None]


class _Figures(_Read):
    reached: Annotated[int, Field(ge=0)]
    max: float | None = None


class _Lost(_Read):
    label: str


class _Trip(_Read):
    before: _Figures
    after: _Figures
    unreached: tuple[_Lost, ...] = ()


class _Standard(_Read):
    seconds: float
    share: float
    share_after: float | None = None
    met_after: bool


class _Service(_Read):
    service: Annotated[str, Field(min_length=1)]
    before: _Side
    after: _Side
    stations: tuple[str, ...] = ()
    standard: _Standard | None = None
    trip: _Trip | None = None
    notes: tuple[str, ...] = ()


class AccessAnswer(_Read):
    """As much of an answer of ``clearway access --json`` as a report needs."""

    network: Annotated[str, Field(min_length=1)]
    services: Annotated[tuple[_Service, ...], Field(min_length=1)]
    closures: tuple[str, ...] = ()
    at: str | None = None


def read_access(path: Path) -> AccessAnswer:
    """An answer of ``clearway access --json`` from its file.

    Raises:
        BadFile: the file cannot be read, or is something else.
    """
    try:
        return AccessAnswer.model_validate(read_json(path, _REMEDY))
    except ValidationError as error:
        where = ".".join(map(str, error.errors()[0]["loc"])) or "all of it"
        raise BadFile(path, f"is not the answer of 'clearway access --json' ({where!r} does not fit)", _REMEDY) from error


def with_access(report: Sitrep, answer: AccessAnswer) -> Sitrep:
    """A report that also says what was computed about access: under METHANE, and in a section before all others."""
    methane = tuple(
        (letter, heading, (*access_items(answer), *items) if heading == _METHANE_HEADING else items)
        for letter, heading, items in report.methane
    )
    return replace(report, methane=methane, sections=(access_section(answer), *report.sections))


def access_section(answer: AccessAnswer) -> Section:
    """The section of a report: one part for each service."""
    counts = counted(len(answer.closures), "closure")
    moment = f", in force at {answer.at}" if answer.at else ""
    lead = f"Computed on the network {answer.network!r} under {counts}{moment}. Each service is counted apart."
    parts = tuple(Section(_called(one), tuple(Item(text) for text in _sentences(one))) for one in answer.services)
    return Section("Emergency access", (), lead, parts)


def access_items(answer: AccessAnswer) -> tuple[Item, ...]:
    """The lines under "Access" of METHANE: one for each service."""
    return tuple(Item(f"{_called(one)}: {_reached(one)}") for one in answer.services)


def _called(service: _Service) -> str:
    return service.service[:1].upper() + service.service[1:]


def _reached(service: _Service) -> str:
    lost = service.before.reached - service.after.reached
    every = service.after.reached + len(service.after.unreached)
    change = f"{lost:,} fewer than without the closures" if lost > 0 else "as many as without the closures"
    return f"reaches {service.after.reached:,} of {counted(every, 'address', 'addresses')}, {change}."


def _sentences(service: _Service) -> Iterator[str]:
    slowest = service.after.seconds.get("max")
    half = service.after.seconds.get("p50")
    from_where = f" from {counted(len(service.stations), 'station')}" if service.stations else ""
    text = _reached(service)
    yield f"{text[0].upper()}{text[1:]}"
    if slowest is not None and half is not None:
        yield f"Half of them within {half:.0f} s{from_where}, the slowest in {slowest:.0f} s."
    if (standard := service.standard) is not None and standard.share_after is not None:
        met = "met" if standard.met_after else "not met"
        yield f"Standard of {standard.share:.0%} within {standard.seconds:g} s: {met} ({standard.share_after:.1%})."
    yield from service.notes
    yield from _reasons(service.after)
    if (trip := service.trip) is not None:
        lost = trip.before.reached - trip.after.reached
        change = f"{lost:,} fewer than without the closures" if lost > 0 else "as many as without the closures"
        named = f"; not from {_named([one.label for one in trip.unreached])}" if trip.unreached else ""
        yield f"The whole trip to a hospital is possible from {trip.after.reached:,}, {change}{named}."


def _reasons(side: _Side) -> Iterator[str]:
    """Why addresses are not reached, most first."""
    by_reason: dict[str, list[str]] = {}
    for one in side.unreached:
        by_reason.setdefault(_why(one), []).append(one.label)
    counts = Counter({reason: len(labels) for reason, labels in by_reason.items()})
    for reason, count in counts.most_common(_MOST_REASONS):
        yield f"{counted(count, 'address', 'addresses')} {reason}: {_named(by_reason[reason])}."
    if len(counts) > _MOST_REASONS:
        rest = sum(count for _, count in counts.most_common()[_MOST_REASONS:])
        yield f"{counted(rest, 'address', 'addresses')} not reached for other reasons."


def _why(one: _Unreached) -> str:
    if one.cut_off_by:
        return f"cut off by {listed(list(one.cut_off_by))}"
    if one.too_large_for:
        return f"out of reach of a vehicle too large for {listed(list(one.too_large_for))}"
    return "that no street leads to, closures or not"


def _named(labels: list[str]) -> str:
    rest = len(labels) - _MOST_NAMED
    return f"{', '.join(labels[:_MOST_NAMED])} and {rest:,} more" if rest > 0 else listed(labels)
