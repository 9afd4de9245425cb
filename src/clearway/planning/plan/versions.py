"""The versions of plans in a record: saved without losing another's, adopted, withdrawn."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, NamedTuple

from clearway.errors import BadInput, Conflict, NotFound
from clearway.planning.plan.contract import SavedVersion
from clearway.planning.plan.differences import plan_diff
from clearway.planning.plan.document import plan_digest
from clearway.record.entry import Draft, Happened
from clearway.record.kinds.plans import PlanAdopted, PlanWithdrawn, TrafficPlan
from clearway.record.source import speaker
from clearway.words import listed, time_words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from clearway.planning.plan.contract import PlanChecks
    from clearway.record.entry import Entry
    from clearway.record.source import Source
    from clearway.record.store import Store

_ATTEMPTS = 5
"""How often a plan is looked at and saved again while others write to the same operation."""


_TOLD = 5
"""Differences that a refusal tells: enough to know whose work it is."""


class Version(NamedTuple):
    """A version of a plan in a record.

    Attributes:
        entry: That holds it.
        plan: As it was saved.
        adopted: The entry by which it holds; None where nobody adopted it, or it was withdrawn.
    """

    entry: Entry
    plan: TrafficPlan
    adopted: Entry | None


def versions_of(store: Store, stream: str, name: str | None = None, *, known_at: datetime | None = None) -> list[Version]:
    """The versions of a plan, or of every plan, in the order in which they were saved.

    Args:
        store: The record.
        stream: The operation's name.
        name: Of the plan.
        known_at: What the room had by then; None: everything.

    Raises:
        NotFound: the record has no such plan.
        Unavailable: the database does not answer.
    """
    holding: dict[str, tuple[int, Entry]] = {}
    for one in _adoptions(store, stream, known_at):
        if isinstance(body := one.draft.body, PlanAdopted):
            holding[body.plan] = body.version, one
    found = [
        Version(one, body, holding[body.plan][1] if holding.get(body.plan, (0,))[0] == body.version else None)
        for one in _had(store, stream, "plan", known_at)
        if isinstance(body := one.draft.body, TrafficPlan) and (name is None or body.plan == name)
    ]
    if name is not None and not found:
        known = sorted({version.plan.plan for version in versions_of(store, stream)})
        if name in known:
            raise NotFound(f"Plan {name!r} was saved only later. Ask by what is known now ('--known-at now').")
        hint = f"It has {listed(known)}." if known else "Save one first."
        raise NotFound(f"The record has no plan {name!r}. {hint}")
    return found


def plans_in_force(store: Store, stream: str, known_at: datetime | None = None) -> tuple[TrafficPlan, ...]:
    """The version of each plan that an office adopted and that holds, as the room knew it.

    Args:
        store: The record.
        stream: The operation's name.
        known_at: What the room had by then; None: everything.

    Raises:
        Unavailable: the database does not answer.
    """
    return tuple(one.plan for one in versions_of(store, stream, known_at=known_at) if one.adopted)


def version_by_name(store: Store, stream: str, name: str, known_at: datetime) -> Version:
    """A plan by its name as known at a moment: the version in force, or the last one saved.

    Raises:
        NotFound: the record has no such plan.
        Unavailable: the database does not answer.
    """
    versions = versions_of(store, stream, name, known_at=known_at)
    return next((one for one in reversed(versions) if one.adopted), versions[-1])


def save_version(store: Store, stream: str, plan: TrafficPlan, source: Source, moment: datetime, zone: ZoneInfo) -> Entry:
    """Save a plan as the next version of its name; one that is there already is not saved again.

    Args:
        store: The record.
        stream: The operation's name.
        plan: Its version is the one that it was made from, or the next.
        source: Who saves it.
        moment: Now.
        zone: The operation's, for the message.

    Raises:
        Conflict: somebody saved a version in between.
        Unavailable: the database does not answer.
    """
    return _saved(store, stream, plan, _draft(plan, source, moment), zone, _ATTEMPTS)


def _saved(store: Store, stream: str, plan: TrafficPlan, draft: Draft, zone: ZoneInfo, attempts: int) -> Entry:
    seen = store.version(stream)
    last = _last(store, stream, plan.plan)
    if last is not None and plan_digest(last.plan) == plan_digest(plan):
        return last.entry
    wanted = last.plan.version + 1 if last else 1
    if plan.version != wanted:
        told = _latest(last, plan, zone) if last else "The record has no version of it yet."
        raise Conflict(
            f"Plan {plan.plan!r} would be saved as version {plan.version}, and the next one is {wanted}. {told} "
            f"Save yours as version {wanted}."
        )
    try:
        return store.append(stream, [draft], expected_version=seen)[0]
    except Conflict:
        if attempts == 1:  # somebody writes all the time, though no plan
            raise
        return _saved(store, stream, plan, draft, zone, attempts - 1)


def _last(store: Store, stream: str, name: str) -> Version | None:
    try:
        return versions_of(store, stream, name)[-1]
    except NotFound:
        return None


def adopt(
    store: Store,
    stream: str,
    checks: PlanChecks,
    source: Source,
    moment: datetime,
    *,
    override: str | None = None,
) -> Entry:
    """Adopt a version of a plan.

    Args:
        store: The record.
        stream: The operation's name.
        checks: Of that version, as it is in the record.
        source: The office that adopts it.
        moment: Now.
        override: Why it is adopted although checks fail.

    Raises:
        BadInput: checks fail and nobody says why it is adopted all the same; nobody says by which office; or the version that
            was checked is not the one in the record.
        NotFound: the record has no such version.
    """
    version = version_numbered(versions_of(store, stream, checks.plan), checks.version)
    if plan_digest(version.plan) != checks.sha256:
        raise BadInput(
            f"What was checked is not version {checks.version} of plan {checks.plan!r} in the record. Check it again."
        )
    if not source.office:
        raise BadInput("Nobody adopts a plan without an office. Say which one: 'office, organisation'.")
    failed = tuple(one.name for one in checks.checks if not one.ok)
    if failed and not override:
        named, fail = listed([one.replace("_", " ") for one in failed]), "fails" if len(failed) == 1 else "fail"
        raise BadInput(
            f"Version {checks.version} of plan {checks.plan!r} is not adopted: {named} {fail}. "
            "Change that, or give an override: the reason why it is adopted all the same."
        )
    body = PlanAdopted(
        plan=checks.plan,
        version=checks.version,
        sha256=checks.sha256,
        by=speaker(source),
        failed=failed,
        override=override if failed else None,
    )
    return store.append(stream, [_draft(body, source, moment)])[0]


def withdraw(
    store: Store, stream: str, name: str, why: str, source: Source, moment: datetime, *, version: int | None = None
) -> Entry:
    """Withdraw the adoption of a plan; its versions stay in the record.

    Args:
        store: The record.
        stream: The operation's name.
        name: Of the plan.
        why: The reason.
        source: The office that withdraws it.
        moment: Now.
        version: Which version; None: the one that holds.

    Raises:
        BadInput: no version of it holds, or not that one.
        NotFound: the record has no such plan.
    """
    holds = next((one.plan.version for one in versions_of(store, stream, name) if one.adopted), None)
    if holds is None or version not in (None, holds):
        which = f"No version of plan {name!r} is" if version is None else f"Version {version} of plan {name!r} is not"
        raise BadInput(f"{which} in force, so there is nothing to withdraw.")
    body = PlanWithdrawn(plan=name, version=holds, by=speaker(source), why=why)
    adoptions = _adoptions(store, stream)
    tied = tuple(one.id for one in adoptions if isinstance(one.draft.body, PlanAdopted) and one.draft.body.plan == name)
    return store.append(stream, [_draft(body, source, moment, withdraws=tied)])[0]


def _had(store: Store, stream: str, kind: str, known_at: datetime | None) -> list[Entry]:
    """The entries of a kind that the room had by a moment."""
    return [one for one in store.entries(stream, kind=kind) if known_at is None or one.counts_from("had") <= known_at]


def _adoptions(store: Store, stream: str, known_at: datetime | None = None) -> list[Entry]:
    """Adoptions that were not withdrawn, in the order in which they were written."""
    void = {tied for one in _had(store, stream, "plan_withdrawn", known_at) for tied in one.draft.withdraws}
    return [one for one in _had(store, stream, "plan_adopted", known_at) if one.id not in void]


def _draft(
    body: TrafficPlan | PlanAdopted | PlanWithdrawn, source: Source, moment: datetime, *, withdraws: tuple[str, ...] = ()
) -> Draft:
    happened = Happened(start=moment, end=moment)
    return Draft(id=uuid.uuid4().hex, body=body, happened=happened, known=moment, source=source, withdraws=withdraws)


def saved_version(version: Version) -> SavedVersion:
    """A version as a list shows it."""
    entry, plan = version.entry, version.plan
    body = version.adopted.draft.body if version.adopted else None
    return SavedVersion(
        plan=plan.plan,
        version=plan.version,
        title=plan.title,
        change=plan.change,
        entry=entry.id,
        saved=entry.written,
        by=speaker(entry.draft.source),
        sha256=plan_digest(plan),
        in_force=version.adopted is not None,
        adopted_by=body.by if isinstance(body, PlanAdopted) else None,
        override=body.override if isinstance(body, PlanAdopted) else None,
    )


def current_versions(store: Store, stream: str) -> list[Version]:
    """Of each plan the version in force, or the last one saved where none is, by name."""
    current: dict[str, Version] = {}
    for one in versions_of(store, stream):
        if one.adopted or current.get(one.plan.plan, one).adopted is None:
            current[one.plan.plan] = one
    return [current[name] for name in sorted(current)]


def version_numbered(versions: Sequence[Version], number: int) -> Version:
    """The version of a number.

    Raises:
        NotFound: there is none.
    """
    for one in reversed(versions):
        if one.plan.version == number:
            return one
    raise NotFound(
        f"The record has no version {number} of that plan. It has {listed([str(one.plan.version) for one in versions])}."
    )


def _latest(version: Version, yours: TrafficPlan, zone: ZoneInfo) -> str:
    """Who saved the last version when, and what differs in yours."""
    entry, differs = version.entry, plan_diff(version.plan, yours, zone)
    moved = [f"{one.id} moved from {one.from_where} to {one.to_where}." for one in differs.moved]
    only = [f"Only yours has {one}." for one in differs.added] + [f"Yours has no {one}." for one in differs.removed]
    told = [*moved, *only, *differs.changed]
    more = f" And {len(told) - _TOLD} more." if len(told) > _TOLD else ""
    saved = f"Version {version.plan.version} was saved {time_words(entry.written, zone)} by {speaker(entry.draft.source)}."
    return f"{saved} What differs in yours: {' '.join(told[:_TOLD])}{more}"
