"""The statement that goes with a synthetic demand everywhere: what it is, what it rests on, how uncertain it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from clearway.planning.traffic.demand.hours import HourShare
    from clearway.planning.traffic.demand.town import Town

UNCORRECTED = "No count and no survey has corrected it: single streets may be wrong by half or more."
UNSURE = "Do not rely on one number; judge by how the answer varies over an ensemble of such demands."
_EDGES_SHOWN = 3
"""The greatest, by name; the others are counted."""
_PLURALS = {"university": "universities", "place_of_worship": "places of worship", "memorial": "memorials"}


def statement_of(town: Town, hour: HourShare, vehicles: float) -> str:
    """The statement, in plain words with the numbers in it.

    Args:
        town: What the demand was made from.
        hour: The hour.
        vehicles: Trips that begin in it, those within a zone too.
    """
    return " ".join(
        (
            _what(town, hour, vehicles),
            _people(town),
            _activities(town),
            _external(town),
            _mean_trip(town),
            UNCORRECTED,
            UNSURE,
        )
    )


def _what(town: Town, hour: HourShare, vehicles: float) -> str:
    when = f"a {hour.day} between {hour.hour}:00 and {(hour.hour + 1) % 24}:00"
    return (
        f"Synthetic demand for {town.streets.network.name}: made by assumption, not measured. "
        f"{vehicles:,.0f} vehicle trips begin on {when}, {hour.share:.1%} of the day's trips."
    )


def _people(town: Town) -> str:
    network, taken = town.streets.network, town.assumptions
    what = "frontage points, one every 20 m of street" if network.address_source == "frontage" else "addresses"
    return (
        f"It rests on {network.address_count:,} {what}, for {town.people:,.0f} assumed people "
        f"who make {taken.trips_a_person:g} vehicle trips a day each."
    )


def _activities(town: Town) -> str:
    places = sorted(town.activity.places.items(), key=lambda item: (-item[1], item[0]))
    named = ", ".join(f"{count} {_kind(kind, count)}" for kind, count in places)
    known = f"{named} and the class of each street" if named else "the class of each street alone"
    return f"Where they go follows from {known} (attraction.csv)."


def _external(town: Town) -> str:
    zones, ends = town.streets.zones, town.ends
    crossing = [
        (float(ends.home[zone] + ends.activity[zone]), zones.names[zone]) for zone in range(zones.count) if zones.external[zone]
    ]
    crossing = sorted((pair for pair in crossing if pair[0] > 0), reverse=True)
    if not crossing:
        return "No traffic crosses the map's edge."
    named = ", ".join(name for _, name in crossing[:_EDGES_SHOWN])
    more = f" and {len(crossing) - _EDGES_SHOWN} more" if len(crossing) > _EDGES_SHOWN else ""
    total = sum(count for count, _ in crossing)
    return f"{total:,.0f} vehicles a day cross the map's edge at {named}{more}, as the capacity of the streets there suggests."


def _mean_trip(town: Town) -> str:
    model, wanted = town.model, town.assumptions.mean_minutes
    miss = "" if model.met else f", the nearest to the assumed {wanted:g} that these streets allow"
    minutes = f"{model.mean_time:.1f} minutes on empty streets"
    return f"A gravity model joins origins and destinations; the mean trip within the town takes {minutes}{miss}."


def corrected(statement: str, by: str) -> str:
    """A statement with a sentence on counts in place of the one that says there were none, or else at its end."""
    return statement.replace(UNCORRECTED, by) if UNCORRECTED in statement else f"{statement} {by}".strip()


def _kind(kind: str, count: int) -> str:
    if count == 1:
        return kind.replace("_", " ")
    return _PLURALS.get(kind, f"{kind.replace('_', ' ')}s")
