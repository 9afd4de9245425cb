"""Steps that were announced: done or not by which entry, proposed as done, or in dispute between two reports."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from clearway.picture.subjects import where_key
from clearway.planning.decide.figures import Found
from clearway.planning.talks.subjects import act_of, stems_of
from clearway.record.kinds.decisions import Decision
from clearway.record.kinds.means import Offer
from clearway.record.kinds.pending import Announcement
from clearway.record.place_words import place_words
from clearway.record.source import body_of, voice
from clearway.words import time_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from clearway.record.entry import Entry

_LEAST_SHARED = 2
"""One word in common may be chance."""
_OF_THE_ROOM = "the room"
_DENIED = re.compile(
    r"\b(?:no|not|never|none|nobody|without|cannot|unless|if|may|might|could|would|asked|planned)\b", re.IGNORECASE
)


def announced(said: Sequence[Entry], others: Iterable[Entry], at: datetime, zone: ZoneInfo) -> Found:
    """How an announced step stands.

    Args:
        said: The announcement's entries in force, the latest first.
        others: What else is in force.
        at: The moment that is looked at.
        zone: The operation's.
    """
    first, latest = said[-1], said[0]
    outcomes = _outcome_by_voice(said)
    shown = [entry for entry in others if _is_about(entry, first, zone)]
    if contrary := _contrary(outcomes, first):
        return Found("disputed", "One report has it done, another has it still to come or not done.", contrary)
    body = latest.draft.body
    settled = next((entry for entry in said if _outcome(entry) != "open"), None)
    if settled is not None:
        entries = [settled, *(entry for entry in shown if entry.draft.body.about.is_belief or _rejects(entry, first))]
        outcome = _outcome(settled)
        came = "done" if outcome == "done" else "dropped" if outcome == "dropped" else "not_done"
        return Found(came, f"{_WORDS[came]}, by {settled.id}.", entries)  # type: ignore[arg-type]
    assert isinstance(body, Announcement)  # noqa: S101 - only announcements are asked
    if body.due is None or at <= body.due:
        return Found("announced", f"For {time_words(body.due, zone)}." if body.due else "No time was said.")
    if proposed := [entry for entry in shown if _may_show(entry, zone)]:
        return Found("proposed_done", "Its time has passed; these may show it done. Look, and enter what came of it.", proposed)
    return Found("unknown", "Its time has passed, and nobody has said whether it was done.")


_WORDS = {"done": "Done", "not_done": "Not done", "dropped": "Dropped"}


def _outcome(entry: Entry) -> str:
    body = entry.draft.body
    return body.outcome if isinstance(body, Announcement) else "open"


def _outcome_by_voice(said: Iterable[Entry]) -> dict[str, Entry]:
    """Each speaker's last word."""
    found: dict[str, Entry] = {}
    for entry in said:
        found.setdefault(voice(entry.draft.source), entry)
    return found


def _contrary(outcomes: dict[str, Entry], first: Entry) -> list[Entry]:
    """Two words that exclude each other: done and not done; or done by another report, and still to come by who is to do it.

    What the room enters itself is its own finding and no other report.
    """
    done = [entry for entry in outcomes.values() if _outcome(entry) == "done"]
    denied = [entry for entry in outcomes.values() if _outcome(entry) in ("not_done", "dropped")]
    if done and denied:
        return [*done, *denied]
    body = first.draft.body
    whose = body.by.casefold() if isinstance(body, Announcement) else ""
    theirs = [entry for entry in outcomes.values() if body_of(entry.draft.source) == whose]
    elsewhere = [
        entry
        for entry in done
        if body_of(entry.draft.source) not in (whose, _OF_THE_ROOM)
        and entry.draft.source.document != first.draft.source.document
    ]
    still_open = [entry for entry in theirs if _outcome(entry) == "open"]
    return [*still_open, *elsewhere] if still_open and elsewhere else []


def _is_about(entry: Entry, first: Entry, zone: ZoneInfo) -> bool:
    """Whether an entry that was known later is about the same step, at the same place where the step has one."""
    draft, body = entry.draft, first.draft.body
    if isinstance(draft.body, Announcement) or draft.known <= first.draft.known or not isinstance(body, Announcement):
        return False
    here, there = set(where_key(first.draft)), set(where_key(draft))
    if here and there and not here & there:
        return False
    if isinstance(draft.body, Offer) and here & there:
        return len(_told(entry, zone) & _told(first, zone)) >= _LEAST_SHARED
    if _rejects(entry, first):
        return True
    step = act_of(body.what)
    return step.is_same(act_of(draft.body.says(zone))) if step.subject else _told(first, zone) <= _told(entry, zone)


def _rejects(entry: Entry, first: Entry) -> bool:
    """Whether it is a decision against the step: when the switch was made."""
    body, step = entry.draft.body, first.draft.body
    if not isinstance(body, Decision) or not isinstance(step, Announcement):
        return False
    return any(act_of(option).is_same(act_of(step.what)) for option in body.rejected)


def _may_show(entry: Entry, zone: ZoneInfo) -> bool:
    """Whether an entry may show a step done: it says how things are, or offers what was announced, and denies nothing.

    What was said before it began is a plan.
    """
    draft, body = entry.draft, entry.draft.body
    if isinstance(body, Offer):
        return True
    said = min(draft.source.published or draft.known, draft.known)
    return body.about.is_belief and not _DENIED.search(body.says(zone)) and said >= draft.happened.start


def _told(entry: Entry, zone: ZoneInfo) -> frozenset[str]:
    body = entry.draft.body
    says = body.what if isinstance(body, Announcement) else body.says(zone)
    return stems_of(f"{says} {place_words(entry.draft.places)}")
