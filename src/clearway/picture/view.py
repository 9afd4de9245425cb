"""The picture in full: what is in force about every subject, and what follows from it.

Figures are shown as they were said, by whom, with their age. Nothing is averaged in silence: where speakers exclude each other,
that is shown as a clash; the estimate stands beside what was said.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from clearway.errors import BadInput
from clearway.picture.contested import contested
from clearway.picture.contract import Anchor, PictureAnswer
from clearway.picture.corrections import corrected_by
from clearway.picture.counts import count_of, counted_where, is_of_everybody, weight, within_whole
from clearway.picture.facts import Facts, newest_first
from clearway.picture.lasting import begins
from clearway.picture.pending import conditional, intended, promised, requested
from clearway.picture.pushes import pushes_on
from clearway.picture.states import States, facts_of, on_foot
from clearway.picture.tallies import tally_sum
from clearway.record.kind import Role
from clearway.record.kinds import KINDS
from clearway.record.operations import calendar_of, operation_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime

    from clearway.picture.contract import CountOf
    from clearway.picture.index import PictureIndex
    from clearway.picture.subjects import Subject
    from clearway.record.entry import Entry, Knowledge
    from clearway.record.moments import Calendar
    from clearway.record.store import Store

MOST = {Role.COUNT: 24, Role.FLOW: 24, Role.REQUEST: 20, Role.EVENT: 100}
"""How many entries of one subject are looked at, the latest, by the role of their kind."""

MOST_OTHERS = 5
"""How many of a role that is not named there: enough to see whether speakers differ."""

_FIRST_YEAR, _LAST_YEAR = 1900, 2200


class Moments(NamedTuple):
    """Which picture is asked for.

    Attributes:
        at: About which moment.
        known_at: As far as it was known then.
        knowledge: What "known" means: as the room had it, which nothing that is entered live changes afterwards, or as it could
            have been known.
        without: Ids of entries that do not move forecasts.
    """

    at: datetime
    known_at: datetime
    knowledge: Knowledge = "had"
    without: frozenset[str] = frozenset()


def picture_of(
    store: Store,
    index: PictureIndex,
    stream: str,
    when: Moments,
    *,
    calendar: Calendar | None = None,
    bands: bool = True,
) -> PictureAnswer:
    """The picture of an operation; what is new in the record is taken up first.

    Args:
        store: The record.
        index: Of the same operation; brought up to date.
        stream: The operation's name.
        when: About which moment, as known when.
        calendar: The operation's; as its record said by then where absent.
        bands: Whether estimates are given over time too, not at the moment looked at alone; that takes most of the time.

    Raises:
        BadInput: a moment lies centuries away.
        Unavailable: the database does not answer.
    """
    index.add(store.entries(stream, after=index.seq))
    at, known_at, knowledge, without = when
    in_force = entries_in_force(store, index, when)
    operation = operation_of(store, stream, known_at=known_at, knowledge=knowledge)
    calendar = calendar or calendar_of(operation)
    facts = Facts((entry for entries in in_force.values() for entry in entries), at, calendar.zone)

    def of_role(role: Role) -> list[tuple[Subject, Sequence[Entry]]]:
        return [(subject, entries) for subject, entries in in_force.items() if KINDS[subject.kind].about.role is role]

    counts, states = of_role(Role.COUNT), States.of(of_role(Role.STATE), facts)
    flows = [entry for _, entries in of_role(Role.FLOW) for entry in entries]
    told = _newest_first(entry for _, entries in of_role(Role.EVENT) for entry in entries)
    events = [entry for entry in told if begins(entry.draft) <= at and not _is_over(entry, at)]
    figures = [statements for _, statements in counts]
    before = corrected_by((entry for statements in figures for entry in statements), store, index)
    intents = of_role(Role.INTENT)
    announced = [*(one.entries[0] for one in states.coming), *(one for one in told if begins(one.draft) > at)]
    moving = [*(one.entries[0] for one in states.held), *events, *announced, *(entries[0] for _, entries in intents)]
    moving = list({entry.id: entry for entry in moving}.values())
    pushes = pushes_on({about.key: said for about, said in counts}, moving, facts, without)

    def figure(about: Subject, said: Sequence[Entry], whole: str | None) -> CountOf:
        moved = pushes.get(about.key, ())
        return count_of(about, said, flows, facts, whole=whole, before=before, pushes=moved, bands=bands)

    return PictureAnswer(
        at=at,
        known_at=known_at,
        knowledge=knowledge,
        title=operation.title if operation else stream,
        zone=str(calendar.zone),
        first_day=calendar.first_day,
        day=calendar.day(at),
        entries=index.known_by(known_at, knowledge=knowledge),
        anchor=anchor_of(store, index.last_known(known_at, knowledge=knowledge)),
        counts=sorted(_with_parts(counts, figure), key=weight),
        states=facts_of(states.held, facts),
        ended=[*facts_of(states.over, facts), *(facts.of(one) for one in told if _is_over(one, at))],
        coming=[*facts_of(states.coming, facts), *(facts.of(one) for one in told if begins(one.draft) > at)],
        on_foot=on_foot(states.held, facts),
        flows=[facts.of(entry) for entry in _newest_first(flows)],
        events=[facts.of(entry) for entry in events],
        promises=[promised(entries, facts, moving) for _, entries in of_role(Role.PROMISE)],
        intents=[intended(entries, facts) for _, entries in intents],
        requests=[requested(entries, facts) for _, entries in of_role(Role.REQUEST)],
        conditions=[conditional(entries, figures, facts) for _, entries in of_role(Role.CONDITION)],
        contested=contested(figures, states.held, events, facts),
        tallies=tally_sum(states.held, facts),
    )


def _with_parts(
    counts: Sequence[tuple[Subject, Sequence[Entry]]], figure: Callable[[Subject, Sequence[Entry], str | None], CountOf]
) -> list[CountOf]:
    """Every figure, each part within its whole where somebody said that one."""
    wholes = {counted_where(said[0]): about.key for about, said in counts if is_of_everybody(said[0])}
    made = {about.key: figure(about, said, wholes.get(counted_where(said[0]))) for about, said in counts}
    return [within_whole(one, made[one.part_of]) if one.part_of else one for one in made.values()]


def shown(kind: str) -> int:
    """How many entries of one subject of a kind a picture looks at; none of reports and the like, which are no beliefs."""
    about = KINDS[kind].about
    return 0 if about.role is Role.ADMINISTRATION and about.is_listed else MOST.get(about.role, MOST_OTHERS)


def anchor_of(store: Store, seq: int) -> Anchor | None:
    """The anchor of a record up to an entry of a number; None where there is no such entry.

    Raises:
        Unavailable: the database does not answer.
    """
    return next((Anchor(seq=entry.seq, hash=entry.hash, written=entry.written) for entry in store.numbered([seq])), None)


def refuse_far(when: Moments) -> None:
    """Refuse moments that no calendar of an operation reaches.

    Raises:
        BadInput: a moment lies centuries away.
    """
    for moment in (when.at, when.known_at):
        if not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
            raise BadInput(f"No picture reaches to the year {moment.year}. Choose a moment from {_FIRST_YEAR} to {_LAST_YEAR}.")


def entries_in_force(store: Store, index: PictureIndex, when: Moments) -> dict[Subject, list[Entry]]:
    """The entries, by subject, latest first.

    Raises:
        BadInput: a moment lies centuries away.
    """
    refuse_far(when)
    found = index.in_force(when.at, when.known_at, knowledge=when.knowledge, most=shown)
    entries = {entry.seq: entry for entry in store.numbered([seq for seqs in found.values() for seq in seqs])}
    return {subject: [entries[seq] for seq in seqs] for subject, seqs in sorted(found.items())}


def _is_over(event: Entry, at: datetime) -> bool:
    """Whether what an event says no longer holds; that it was said, or happened, is not over with its span."""
    until = event.draft.body.holds_until
    return until is not None and until <= at


def _newest_first(entries: Iterable[Entry]) -> list[Entry]:
    return sorted(entries, key=newest_first, reverse=True)
