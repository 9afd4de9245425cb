"""The ladder at a moment, as it was known at another: where each job stands, what holds a step back, what a tow lacks.

A pure function of the record: nothing that was known later is in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from clearway.picture.facts import Facts
from clearway.picture.view import picture_of
from clearway.planning.vehicles.ladder.announced import announcements, first_said, is_announcing
from clearway.planning.vehicles.ladder.conditions import reasons_of
from clearway.planning.vehicles.ladder.contract import LadderAnswer
from clearway.planning.vehicles.ladder.jobs import advice_by_step, jobs_of
from clearway.planning.vehicles.ladder.limits import assumed_words, limits_of
from clearway.planning.vehicles.ladder.needed import needed_for_tows, vehicles_said
from clearway.planning.vehicles.ladder.seen import Seen
from clearway.words import counted, listed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from clearway.picture.contract import PictureAnswer
    from clearway.picture.index import PictureIndex
    from clearway.picture.view import Moments
    from clearway.planning.vehicles.ladder.contract import Needed, Reason
    from clearway.record.entry import Entry
    from clearway.record.kinds.ladder import Advice
    from clearway.record.moments import Calendar
    from clearway.record.store import Store

_ALL = 1_000_000
"""More entries of one job, or of one announcement, than any record has."""
_NEEDS = {
    "decision_to_tow": "a decision",
    "legal_basis": "a legal basis",
    "trucks": "trucks",
    "heavy_operators": "operators for heavy vehicles",
    "storage": "storage",
    "escort": "an escort",
}
_SEVERAL = {"trucks", "heavy_operators"}
"""Needs whose words are in the plural."""


def ladder_of(
    store: Store, index: PictureIndex, stream: str, when: Moments, *, calendar: Calendar | None = None
) -> LadderAnswer:
    """The ladder of an operation.

    Args:
        store: The record.
        index: Of the same operation; brought up to date.
        stream: The operation's name.
        when: About which moment, as known when.
        calendar: The operation's; as its record said by then where absent.

    Raises:
        BadInput: a moment lies centuries away.
        Unavailable: the database does not answer.
    """
    picture = picture_of(store, index, stream, when, calendar=calendar, bands=False)
    return ladder(picture, entries_of(store, index, when, is_step), entries_of(store, index, when, is_announcing))


def is_step(kind: str) -> bool:
    """Whether entries of a kind are steps of the ladder."""
    return kind == "ladder_step"


def entries_of(store: Store, index: PictureIndex, when: Moments, wanted: Callable[[str], bool]) -> list[Entry]:
    """The entries of some kinds in force, also those that a later word replaced."""
    found = index.in_force(when.at, when.known_at, knowledge=when.knowledge, most=lambda kind: _ALL if wanted(kind) else 1)
    return list(store.numbered(sorted({seq for about, seqs in found.items() if wanted(about.kind) for seq in seqs})))


def ladder(picture: PictureAnswer, steps: Sequence[Entry], announcing: Sequence[Entry]) -> LadderAnswer:
    """The ladder of a picture.

    Args:
        picture: Without bands over time.
        steps: Every step of every job, as known at the same moment.
        announcing: Everything in which somebody says what is to be done, likewise.
    """
    seen, zone = Seen(picture), ZoneInfo(picture.zone)
    facts = Facts(announcing, picture.at, zone)
    limits = limits_of(picture)
    reasons = reasons_of(seen, limits, first_said(facts.of(entry) for entry in announcing))
    needed, announced, vehicles = needed_for_tows(seen), announcements(seen), vehicles_said(seen)
    advice = _advice(reasons)
    lacking = [one for one in needed if one.state != "there"]
    tow_advice: Advice = "hold" if lacking and advice == "go" else advice
    return LadderAnswer(
        at=picture.at,
        known_at=picture.known_at,
        zone=picture.zone,
        advice=advice,
        says=_says(advice, reasons, lacking),
        reasons=tuple(reasons),
        needed=tuple(needed),
        tow_advice=tow_advice,
        vehicles=tuple(vehicles),
        announcements=tuple(announced),
        jobs=tuple(jobs_of(steps, advice_by_step(advice, tow_advice), zone)),
        facts=tuple(seen.facts_used()),
        assumed=assumed_words(limits),
    )


def _advice(reasons: Sequence[Reason]) -> Advice:
    verdicts = {one.verdict for one in reasons}
    return "stop" if "stop" in verdicts else "go" if verdicts == {"go"} else "hold"


def _says(advice: Advice, reasons: Sequence[Reason], lacking: Sequence[Needed]) -> str:
    against = sum(one.verdict in ("stop", "hold") for one in reasons)
    unknown = sum(one.verdict == "unknown" for one in reasons)
    open_ = str(unknown) if against else counted(unknown, "condition")
    told = [
        f"{counted(against, 'condition')} hold{'s' if against == 1 else ''} vehicles back" if against else "",
        f"{open_} {'is' if unknown == 1 else 'are'} not known" if unknown else "",
    ]
    why = listed(list(filter(None, told))) or "no condition holds a step back"
    need = listed([_NEEDS[one.need] for one in lacking])
    verb = "are" if len(lacking) > 1 or any(one.need in _SEVERAL for one in lacking) else "is"
    tow = f" Before a tow can start: {need} {verb} lacking or not known." if lacking else ""
    return f"{advice.capitalize()}: {why}.{tow} Whoever answers for the operation decides."
