"""The limits that hold a step back: those that an office set in the record, and our own for what nobody set."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING, NamedTuple

from clearway.record.kinds.ladder import LadderLimits

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clearway.picture.contract import PictureAnswer

OURS: Mapping[str, int | float | str] = {
    "people_at_most": 50,
    "figure_hours": 12.0,
    "children_hours": 48.0,
    "night_from": "22:00",
    "night_until": "06:00",
    "incident_hours": 24.0,
    "talks_hours": 48.0,
    "growth_hours": 72.0,
}
"""No source tells any of these: they are assumed, and said to be wherever they decide."""

ABOUT = 0.2
"""By what share a figure that was said with "about" may lie to either side: assumed, and wide on purpose."""


class Limits(NamedTuple):
    """What holds a step back.

    Attributes:
        people_at_most: People near by.
        figure_hours: For which a figure of people counts; also the longest that the record may be silent.
        children_hours: For which children who were seen or spoken of count.
        night_from: Local time.
        night_until: Local time.
        incident_hours: After an incident that was not minor.
        talks_hours: After a contact.
        growth_hours: After a crowd grew.
        entry: Id of the entry that sets them; None where there is none.
        assumed: The names of those that nobody set.
    """

    people_at_most: int
    figure_hours: float
    children_hours: float
    night_from: time
    night_until: time
    incident_hours: float
    talks_hours: float
    growth_hours: float
    entry: str | None
    assumed: frozenset[str]


def limits_of(picture: PictureAnswer) -> Limits:
    """The limits in force in a picture; ours for what nobody set."""
    fact = next((one for one in picture.states if one.kind == "ladder_limits"), None)
    said = LadderLimits.model_validate(fact.body) if fact else None

    def own(name: str) -> bool:
        return said is None or getattr(said, name) is None

    used = {name: OURS[name] if own(name) else getattr(said, name) for name in OURS}
    night = {name: time.fromisoformat(str(used[name])) for name in ("night_from", "night_until")}
    assumed = frozenset(name for name in OURS if own(name))
    return Limits(**used | night, entry=fact.id if fact else None, assumed=assumed)  # type: ignore[arg-type]  # by name


def assumed_words(limits: Limits) -> tuple[str, ...]:
    """The limits that nobody set, in sentences."""
    night = f"Night is from {limits.night_from:%H:%M} until {limits.night_until:%H:%M}."
    words = {
        "people_at_most": f"At most {limits.people_at_most} people may be near by.",
        "figure_hours": f"A figure of people counts for {limits.figure_hours:g} h.",
        "children_hours": f"Children who were seen or spoken of count for {limits.children_hours:g} h.",
        "night_from": night,
        "night_until": night,
        "incident_hours": f"An incident that was not minor counts for {limits.incident_hours:g} h.",
        "talks_hours": f"Talks are in progress for {limits.talks_hours:g} h after a contact.",
        "growth_hours": f"A crowd that grew after an announcement counts for {limits.growth_hours:g} h.",
    }
    return tuple(dict.fromkeys(said for name, said in words.items() if name in limits.assumed))
