"""The statement that goes with a synthetic demand everywhere: what it is, what it rests on, how unsure it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from clearway.planning.traffic.demand.facts import Facts
    from clearway.planning.traffic.demand.roads import StreetProblem

UNCORRECTED = "No count and no survey has corrected it: single streets may be wrong by half or more."
UNSURE = "Do not rely on one number; judge by how the answer varies over an ensemble of such demands."
_GATES_SHOWN = 3
_PLURALS = {"university": "universities", "place_of_worship": "places of worship", "memorial": "memorials"}


def statement_of(streets: StreetProblem, facts: Facts) -> str:
    """The statement, in plain words with the numbers in it."""
    return " ".join(
        (
            _what(streets, facts),
            _people(streets, facts),
            _activities(facts),
            _gates(streets, facts),
            _spread(facts),
            UNCORRECTED,
            UNSURE,
        )
    )


def _what(streets: StreetProblem, facts: Facts) -> str:
    hour = facts.hour
    when = f"a {hour.day} between {hour.hour}:00 and {(hour.hour + 1) % 24}:00"
    return (
        f"Synthetic demand for {streets.network.name}: made by assumption, not measured. "
        f"{facts.vehicles:,.0f} vehicle trips that begin on {when}, {hour.share:.1%} of the day's."
    )


def _people(streets: StreetProblem, facts: Facts) -> str:
    network, taken = streets.network, facts.assumptions
    what = "frontage points, one every 20 m of street" if network.address_source == "frontage" else "addresses"
    return (
        f"It rests on {network.address_count:,} {what}, for which {facts.people:,.0f} people are assumed, "
        f"and {taken.trips_a_person:g} vehicle trips a person and day."
    )


def _activities(facts: Facts) -> str:
    places = sorted(facts.activity.places.items(), key=lambda item: (-item[1], item[0]))
    named = ", ".join(f"{count} {_kind(kind, count)}" for kind, count in places)
    known = f"by {named} and by the class of each street" if named else "by the class of each street alone"
    return f"Where they go is told {known} (attraction.csv)."


def _gates(streets: StreetProblem, facts: Facts) -> str:
    zones, ends = streets.zones, facts.ends
    crossing = [
        (float(ends.home[zone] + ends.activity[zone]), zones.names[zone]) for zone in range(zones.count) if zones.outside[zone]
    ]
    crossing = sorted((pair for pair in crossing if pair[0] > 0), reverse=True)
    if not crossing:
        return "No traffic comes over the map's edge."
    named = ", ".join(name for _, name in crossing[:_GATES_SHOWN])
    more = f" and {len(crossing) - _GATES_SHOWN} more" if len(crossing) > _GATES_SHOWN else ""
    total = sum(count for count, _ in crossing)
    return f"{total:,.0f} vehicles a day cross the map's edge by {named}{more}, as the capacity of the streets there suggests."


def _spread(facts: Facts) -> str:
    model, wanted = facts.model, facts.assumptions.mean_minutes
    told = "" if model.met else f", the nearest to the assumed {wanted:g} that these streets allow"
    minutes = f"{model.mean_time:.1f} minutes on empty streets"
    return f"A gravity model joins the ends; the mean trip within the town takes {minutes}{told}."


def corrected(statement: str, by: str) -> str:
    """A statement with a sentence on counts in the place of the one that there were none, or else at its end."""
    return statement.replace(UNCORRECTED, by) if UNCORRECTED in statement else f"{statement} {by}".strip()


def _kind(kind: str, count: int) -> str:
    if count == 1:
        return kind.replace("_", " ")
    return _PLURALS.get(kind, f"{kind.replace('_', ' ')}s")
