"""Towing that was announced: when that was first said, and whether it was done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearway.planning.vehicles.ladder.contract import Announced
from clearway.planning.vehicles.ladder.seen import amount_in, least, most, speaks_of_towing
from clearway.record.kind import Briefing, Role
from clearway.record.kinds import KINDS
from clearway.record.moments import moment_of
from clearway.words import time_words

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from clearway.picture.contract import Fact, Intended, Promised
    from clearway.planning.vehicles.ladder.contract import Outcome
    from clearway.planning.vehicles.ladder.seen import Seen

_FIELDS = ("what", "otherwise", "text")
_OUTCOMES: dict[str, Outcome] = {
    "done": "done", "kept": "done", "not_done": "not_done", "not_kept": "not_done", "dropped": "dropped",
    "overtaken": "dropped",
}  # fmt: skip


def is_announcing(kind: str) -> bool:
    """Whether somebody says what is to be done in entries of a kind: promises, what is intended, what the public is told."""
    about = KINDS[kind].about
    return about.role in {Role.PROMISE, Role.INTENT} or about.briefing is Briefing.PUBLIC_LINE


def announces_towing(fact: Fact) -> bool:
    """Whether what somebody announced is that vehicles are towed, not what came of that."""
    is_open = fact.body.get("outcome", "open") == "open"
    return is_open and speaks_of_towing(" ".join(fact.body.get(name, "") for name in _FIELDS))


def announcements(seen: Seen) -> list[Announced]:
    """Each announcement and promise to tow by its latest word, the newest first."""
    picture = seen.picture
    said: list[Intended | Promised] = [*picture.promises, *(one for one in picture.intents if one.kind == "announcement")]
    of_towing = [one for one in said if speaks_of_towing(one.body["what"])]
    return [_announced(seen, one) for one in sorted(of_towing, key=lambda one: one.happened.start, reverse=True)]


def _announced(seen: Seen, one: Intended | Promised) -> Announced:
    outcome, why, others = _outcome(seen, one)
    return Announced(entry=one.id, says=one.says, due=one.due, outcome=outcome, why=why, rests_on=seen.rests_on(one, *others))


def _outcome(seen: Seen, one: Intended | Promised) -> tuple[Outcome, str, list[Fact]]:
    """What came of it: as somebody said, or else as the tows on record show."""
    if (said := _OUTCOMES.get(one.body.get("outcome", "open"))) is not None:
        return said, f"So said: {one.source.speaker}.", []
    if one.due is None or one.due > seen.at:
        return "announced", "Its time has not come." if one.due else "No time was said.", []
    due = time_words(one.due, seen.zone)
    since = [fact for fact in seen.of("tow_event", "tow_progress") if fact.happened.end >= one.happened.start]
    done = [fact for fact in since if is_towed(fact)]
    in_time = [fact for fact in done if towed_at(fact) <= one.due]
    if in_time:
        return "done", f"Vehicles were towed by then: {seen.told(in_time[-1])}.", in_time
    if done:
        return "not_done", f"By {due} no tow is on record. Vehicles were towed later: {seen.told(done[-1])}.", done
    none = [fact for fact in since if is_none_towed(fact) and fact.happened.end >= one.due]
    if none:
        return "not_done", f"None was towed: {seen.told(none[0])}.", none
    why = f"Its time passed at {due}, and no tow is on record. Nobody has said whether it was done."
    return "not_known", why, since


def towed_at(fact: Fact) -> datetime:
    """When a first vehicle was towed, by a fact that says so."""
    return moment_of(fact.body["first_done"]) if "first_done" in fact.body else fact.happened.end


def is_towed(fact: Fact) -> bool:
    """Whether a tow event, or what an order of tows came to, says that at least one vehicle was towed."""
    if fact.kind == "tow_progress":
        return "first_done" in fact.body
    amount = amount_in(fact)
    low = None if amount is None else least(amount)
    return bool(fact.body["done"]) and (amount is None or bool(low))


def is_none_towed(fact: Fact) -> bool:
    """Whether a tow event says that none was towed; that an order is not begun says nothing of others."""
    if fact.kind == "tow_progress":
        return False
    amount = amount_in(fact)
    return not fact.body["done"] or (amount is not None and most(amount) == 0)


def first_said(facts: Iterable[Fact]) -> list[Fact]:
    """Those of some facts that announce towing, the oldest first."""
    return sorted(filter(announces_towing, facts), key=lambda fact: (fact.happened.start, fact.id))
