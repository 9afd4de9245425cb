"""What holds a step against the will of those who parked there back, each with the entries that it rests on.

"Go" is said of a condition only where the record, or the clock, shows that it holds nothing back: a figure is below its limit
only where the most that it can mean is. What nobody has said is unknown, and an unknown is no go. Where the record has been
silent for longer than a figure counts, that nothing is on record shows nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from clearway.planning.vehicles.ladder.contract import Reason
from clearway.planning.vehicles.ladder.crowd import growth_after_announcement, people_near_by
from clearway.planning.vehicles.ladder.seen import (
    HOUR_S,
    amount_in,
    most,
    names_towing,
    speaks_against_towing,
    speaks_of_towing,
)
from clearway.words import age_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from clearway.picture.contract import Conditional, Fact
    from clearway.planning.vehicles.ladder.contract import ConditionName, Verdict
    from clearway.planning.vehicles.ladder.limits import Limits
    from clearway.planning.vehicles.ladder.seen import Seen

_CHILD = re.compile(r"\bchild(?:ren)?\b", re.IGNORECASE)
_RANK: dict[Verdict, int] = {"stop": 0, "hold": 1, "unknown": 2, "go": 3}


def reasons_of(seen: Seen, limits: Limits, announced: Sequence[Fact]) -> list[Reason]:
    """Every condition with what it says, what stops before what holds, what holds before what is unknown.

    Args:
        seen: The picture.
        limits: That hold a step back.
        announced: Every announcement of towing, also those that a later word replaced, the oldest first.
    """
    found = [
        people_near_by(seen, limits),
        _children(seen, limits),
        _night(seen, limits),
        _last_incident(seen, limits),
        _talks(seen, limits),
        growth_after_announcement(seen, limits, announced),
        _decision(seen),
        *_conditions(seen),
    ]
    return sorted(found, key=lambda one: _RANK[one.verdict])


def nothing_on_record(seen: Seen, limits: Limits, name: ConditionName, says: str, *, limit: str, assumed: bool) -> Reason:
    """That nothing on record holds a step back, which is unknown where the record has long been silent."""
    silent = seen.silent_s()
    if silent is None or silent > limits.figure_hours * HOUR_S:
        since = "holds nothing yet" if silent is None else f"has had no new word for {age_words(silent)}"
        return Reason(
            condition=name, verdict="unknown", says=f"{says} But the record {since}.", rests_on=(), limit=limit, assumed=assumed
        )
    return Reason(condition=name, verdict="go", says=says, rests_on=(), limit=limit, assumed=assumed)


def _children(seen: Seen, limits: Limits) -> Reason:
    limit = f"seen or spoken of in the last {limits.children_hours:g} h"
    told = {"condition": "children", "limit": limit, "assumed": "children_hours" in limits.assumed}
    within = limits.children_hours * HOUR_S
    counted = [fact for fact in seen.of("count") if fact.age_s <= within and _is_of_children(fact)]
    there = [fact for fact in counted if (amount := amount_in(fact)) and most(amount) != 0]
    if there:
        says = f"Children were counted: {seen.told(there[0])}."
        return Reason(**told, verdict="hold", says=says, rests_on=seen.rests_on(*there))
    spoken = [
        fact
        for fact in seen.said()
        if fact.age_s <= within and (fact.body.get("topic") == "children" or _CHILD.search(fact.says))
    ]
    if spoken:
        says = f"Children are spoken of: {seen.told(spoken[0])}."
        return Reason(**told, verdict="hold", says=says, rests_on=seen.rests_on(*spoken))
    if counted:
        says = f"No child was counted: {seen.told(counted[0])}."
        return Reason(**told, verdict="go", says=says, rests_on=seen.rests_on(*counted))
    says = f"Nobody has said in the last {limits.children_hours:g} h whether children are there."
    return Reason(**told, verdict="unknown", says=says, rests_on=())


def _is_of_children(fact: Fact) -> bool:
    return fact.body["what"] == "children" or bool(_CHILD.search(fact.body.get("group", "")))


def _night(seen: Seen, limits: Limits) -> Reason:
    at, start, end = seen.at.astimezone(seen.zone).time(), limits.night_from, limits.night_until
    is_night = start <= at < end if start <= end else at >= start or at < end
    hours = f"{start:%H:%M} to {end:%H:%M}"
    says = f"It is {at:%H:%M}, {'night' if is_night else 'not night'} ({hours})."
    assumed = bool({"night_from", "night_until"} & limits.assumed)
    return Reason(
        condition="night", verdict="hold" if is_night else "go", says=says, rests_on=(), limit=f"not {hours}", assumed=assumed
    )


def _last_incident(seen: Seen, limits: Limits) -> Reason:
    hours = limits.incident_hours
    limit, assumed = f"none that was not minor in the last {hours:g} h", "incident_hours" in limits.assumed
    told = {"condition": "last_incident", "limit": limit, "assumed": assumed}
    recent = [fact for fact in seen.of("incident") if fact.age_s <= hours * HOUR_S and fact.body.get("severity") != "minor"]
    going_on = [fact for fact in recent if fact.body.get("severity") and not fact.body.get("over", False)]
    if going_on:
        says = f"An incident may still go on: {seen.told(going_on[0])}. Nobody has said that it is over."
        return Reason(**told, verdict="stop", says=says, rests_on=seen.rests_on(*going_on))
    hurt = [fact for fact in seen.of("injuries") if fact.age_s <= hours * HOUR_S and _may_be_any(fact)]
    if recent or hurt:
        graded = [fact for fact in recent if fact.body.get("severity")]
        says = f"The last incident: {seen.told((graded or recent or hurt)[0])}."
        return Reason(**told, verdict="hold", says=says, rests_on=seen.rests_on(*recent, *hurt))
    says = f"No incident that was not minor is on record for the last {hours:g} h."
    return nothing_on_record(seen, limits, "last_incident", says, limit=limit, assumed=assumed)


def _may_be_any(fact: Fact) -> bool:
    amount = amount_in(fact)
    return amount is None or most(amount) != 0


def _talks(seen: Seen, limits: Limits) -> Reason:
    hours = limits.talks_hours
    limit, assumed = f"no contact in the last {hours:g} h", "talks_hours" in limits.assumed
    recent = [fact for fact in seen.of("contact") if fact.age_s <= hours * HOUR_S]
    asked = [fact for fact in seen.picture.requests if fact.kind == "meeting_request" and fact.unanswered]
    asked = [fact for fact in asked if fact.age_s <= hours * HOUR_S]
    if not (recent or asked):
        says = f"No contact with a group is on record for the last {hours:g} h."
        return nothing_on_record(seen, limits, "talks", says, limit=limit, assumed=assumed)
    says = f"Talks go on; the last contact: {seen.told(recent[0])}." if recent else f"Asked for: {seen.told(asked[0])}."
    rests_on = seen.rests_on(*recent, *asked)
    return Reason(condition="talks", verdict="hold", says=says, rests_on=rests_on, limit=limit, assumed=assumed)


def _decision(seen: Seen) -> Reason:
    decided = next((fact for fact in seen.of("decision") if decides_about_towing(fact)), None)
    if decided is None:
        return Reason(condition="decided_against", verdict="go", says="No decision against towing is on record.", rests_on=())
    verdict: Verdict = "hold" if decides_against_towing(decided) else "go"
    says = f"The last decision about towing: {seen.told(decided)}."
    return Reason(condition="decided_against", verdict=verdict, says=says, rests_on=seen.rests_on(decided))


def decides_about_towing(fact: Fact) -> bool:
    """Whether a decision is for towing or against it."""
    return names_towing(fact.body["what"]) or decides_against_towing(fact)


def decides_against_towing(fact: Fact) -> bool:
    """Whether a decision says not to tow, or rejects towing."""
    return speaks_against_towing(fact.body["what"]) or any(map(names_towing, fact.body.get("rejected", ())))


def _conditions(seen: Seen) -> Iterator[Reason]:
    """Conditions of the record before a tow, by the figures that decide them."""
    for one in seen.picture.conditions:
        if speaks_of_towing(one.body["before"]):
            yield _condition(seen, one)


def _condition(seen: Seen, one: Conditional) -> Reason:
    verdict: Verdict = "unknown" if one.met is None else "go" if one.met else "hold"
    met = {True: "is met", False: "is not met", None: "is not decided by any figure"}[one.met]
    says = " ".join(filter(None, (f"This condition {met}: {seen.told(one)}.", one.open_because)))
    deciding = [fact for fact in seen.of("count") if fact.id in one.decided_by]
    limit = "" if one.body.get("at_most") is None else f"at most {one.body['at_most']:g}"
    return Reason(
        condition="set_condition",
        verdict=verdict,
        says=says,
        rests_on=seen.rests_on(one, *deciding),
        limit=limit,
        assumed=False,
    )
