"""What an entry is about: entries about the same thing follow one another, the others stand beside.

A subject is the kind and those fields that tell one thing from another: the parking at the stadium from the parking at the
port, police sick from police isolating. Kinds whose entries each stand for themselves (an incident, a statement) have the
entry itself as their subject's story: they are listed, none replaces another.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from clearway.record.place import Area, Junction, NamedPlace, Place, Point, Street

if TYPE_CHECKING:
    from clearway.record.entry import Draft

_TOLD_APART_BY: dict[str, tuple[str, ...]] = {
    "barrier_state": ("barrier",),
    "condition": ("by", "before", "what"),
    "cost": ("what", "expected"),
    "count": ("what", "group"),
    "facility_state": ("facility",),
    "flow": ("what", "direction"),
    "gate_state": (),
    "health_finding": ("finding",),
    "loan": ("what", "lender", "borrower"),
    "meeting_request": ("asked_by", "asked_of"),
    "offer": ("what", "by"),
    "operation": (),
    "passage_rule": ("who",),
    "petition": ("title",),
    "promise": ("by", "what"),
    "resource_request": ("what", "asked_of"),
    "restriction_level": ("scheme",),
    "road_state": (),
    "staff_absence": ("organisation", "reason", "district"),
    "staff_strength": ("organisation", "role", "district", "on_duty"),
    "tow_capability": ("by",),
    "weather": ("forecast",),
}
_EVERYWHERE = frozenset(
    {"condition", "facility_state", "loan", "meeting_request", "operation", "petition", "promise", "resource_request"}
)
"""Kinds whose subject does not depend on the place that an entry names."""

LISTED = frozenset(
    {
        "arrests",
        "community_impact",
        "contact",
        "decision",
        "demand",
        "dropped_draft",
        "forecast",
        "incident",
        "injuries",
        "notice",
        "remark",
    }
    | {"report", "statement", "tow_event"}
)
"""Kinds whose entries are listed, none replacing another."""


class Subject(NamedTuple):
    """What entries are about: a kind, and what tells it apart from others of the kind."""

    kind: str
    key: str


def subject_of(draft: Draft) -> Subject:
    """The subject of a draft; one for all entries of a kind that is listed."""
    if draft.kind in LISTED:
        return Subject(draft.kind, "")
    told = [_plain(getattr(draft.body, field)) for field in _TOLD_APART_BY[draft.kind]]
    where = [] if draft.kind in _EVERYWHERE else where_key(draft)
    return Subject(draft.kind, json.dumps([told, where], ensure_ascii=False))


def where_key(draft: Draft) -> list[str]:
    """The places of a draft as subjects compare them."""
    return sorted(map(_where, draft.places))


def _where(place: Place) -> str:
    """A place as subjects compare it: names, not the exact position where there is a name."""
    match place:
        case Point():
            return str(_plain(place.label) or place.at)
        case Area():
            return str(_plain(place.label) or place.ring)
        case Street():
            return str([_plain(place.street), _plain(place.between)])
        case Junction():
            return str(_plain(place.streets))
        case NamedPlace():
            return str(_plain(place.name))


def _plain(value: object) -> object:
    """Texts without case and double spaces; several in order of their texts."""
    if isinstance(value, str):
        return " ".join(value.casefold().split())
    return sorted((_plain(part) for part in value), key=str) if isinstance(value, tuple) else value
