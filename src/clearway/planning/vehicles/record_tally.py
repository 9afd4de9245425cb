"""Tallies of the record: the newest of each stretch, as stretches of a network, with its age; and tallies of a file as entries.

A tally says how a stretch stood when it was counted. That it still stands so is an assumption, and said to be one.
"""

from __future__ import annotations

import hashlib
import math
from typing import TYPE_CHECKING, NamedTuple

from clearway.errors import BadInput, ClearwayError
from clearway.planning.vehicles.tally import Figures, stretch_of, stretch_ways
from clearway.record.entry import Draft, Happened, now
from clearway.record.kinds.vehicles import VEHICLE_TYPES, VehicleTally
from clearway.record.parts import Amount
from clearway.record.place_text import place_of_text
from clearway.tables import CsvWriter
from clearway.words import age_words, counted, listed, time_words, vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime
    from typing import IO
    from zoneinfo import ZoneInfo

    from clearway.picture.contract import Fact
    from clearway.planning.gazetteer import Gazetteer
    from clearway.planning.vehicles.tally import Line, Stretch
    from clearway.record.source import Source


class Counted(NamedTuple):
    """A stretch as the record has it.

    Attributes:
        entry: Id of the entry.
        tally: What was counted.
        stretch: The same on the network, whole vehicles: the most where a range was said.
        at: When it was counted.
        age_s: How long ago that is, seconds.
        speaker: Who counted.
        says: The tally in a sentence.
    """

    entry: str
    tally: VehicleTally
    stretch: Stretch
    at: datetime
    age_s: float
    speaker: str
    says: str


class RecordTallies(NamedTuple):
    """What the record says stands on stretches of street.

    Attributes:
        counted: The newest tally of each stretch that the network has.
        left_out: Tallies that cannot be used, and why, a sentence each.
        notes: What else is to be known: stretches that overlap.
    """

    counted: tuple[Counted, ...]
    left_out: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def stretches(self) -> list[Stretch]:
        """Its stretches, as the search for the fewest vehicles takes them."""
        return [one.stretch for one in self.counted]


def record_tallies(facts: Iterable[Fact], gazetteer: Gazetteer, zone: ZoneInfo) -> RecordTallies:
    """The tallies among the states of a picture; of one stretch under two names, the newest.

    Args:
        facts: States in force.
        gazetteer: Of the network.
        zone: The operation's.
    """
    found: dict[frozenset[int], Counted] = {}
    left_out: list[str] = []
    tallies = [fact for fact in facts if fact.kind == "vehicle_tally"]
    for fact in sorted(tallies, key=lambda one: (one.happened.end, one.known, one.seq)):
        try:
            one = _counted(fact, gazetteer, zone)
        except ClearwayError as error:
            left_out.append(f"The tally of {fact.where} [{fact.id}] is left out: {error}")
            continue
        found[frozenset(one.stretch.ways)] = one
    ordered = sorted(found.values(), key=lambda one: one.stretch.name)
    return RecordTallies(tuple(ordered), tuple(left_out), tuple(_overlaps(ordered)))


def figures_of(tally: VehicleTally) -> tuple[Figures, list[str]]:
    """A tally in whole vehicles, for a plan that must not take too few; and what was assumed for that, as ends of a sentence.

    Of a range the most is taken. Where nobody said how many there are at most, the least: a plan can then only say "at least".
    """
    vehicles, ranges, open_ended = dict[str, int](), list[str](), list[str]()
    for name, amount in tally.vehicles.items():
        low, high = amount.low or 0.0, amount.high
        if high is None:
            open_ended.append(name)
        elif high > low:
            ranges.append(f"{high:.0f} {name}")
        vehicles[name] = math.ceil(low if high is None else high)
    assumed = [f"the most of what was counted is taken: {', '.join(ranges)}"] if ranges else []
    if open_ended:
        assumed.append(f"nobody said the most for {listed(open_ended)}: the least is taken, and there may be more")
    counts = {name: count for name, count in vehicles.items() if count}
    return Figures(counts, tally.across, tally.lanes_left, tally.lane_moves), assumed


def tally_drafts(lines: Iterable[Line], *, stream: str, source: Source, at: datetime, method: str | None = None) -> list[Draft]:
    """The lines of a tally as entries, one for each stretch; the same lines give the same entries.

    Args:
        lines: As ``read_figures`` reads them.
        stream: The operation's name.
        source: Who counted.
        at: When.
        method: How; None where nobody said.

    Raises:
        BadInput: a stretch is not given by the name of its street.
    """
    return [
        _draft(stretch.name, figures, assumed=assumed, source=source, at=at, stream=stream, method=method)
        for stretch, figures, assumed in lines
    ]


def _draft(
    name: str, figures: Figures, *, assumed: bool, source: Source, at: datetime, stream: str, method: str | None
) -> Draft:
    if name.isdigit():
        raise BadInput(
            f"The record keeps streets by their names, not {name!r}. Write the stretch as 'Hill Street between ...'."
        )
    body = VehicleTally.model_validate(
        {
            **{kind: Amount(low=count, high=count) for kind, count in figures.vehicles.items()},
            **({} if figures.vehicles else {"car": Amount(low=0, high=0)}),
            "across": figures.across,
            "lanes_left": figures.lanes_left,
            "lane_moves": figures.lane_moves,
            "method": method,
            "assumed": assumed,
        }
    )
    happened = Happened(start=at, end=at)
    mark = hashlib.sha256(f"{stream}\n{name}\n{at}\n{body}\n{source}".encode()).hexdigest()
    fields = {
        "id": f"tally-{mark[:24]}",
        "body": body,
        "happened": happened,
        "places": (place_of_text(name),),
        "source": source,
    }
    return Draft.of_now(fields, now())


def write_csv(tallies: Sequence[Counted], file: IO[str]) -> None:
    """Write tallies as a CSV file that ``read_tally`` reads; when and how each was counted stands beside it.

    Args:
        tallies: Of the record.
        file: To write to.
    """
    rows = CsvWriter(file)
    columns = ("across", "lanes_left", "lane_moves")
    rows.writerow(["stretch", *VEHICLE_TYPES, *columns, "assumed", "counted_at", "age_s", "method", "entry"])
    for one in tallies:
        figures, _ = figures_of(one.tally)
        counts = [figures.vehicles.get(name, 0) if name in one.tally.vehicles else "" for name in VEHICLE_TYPES]
        said = ["" if (value := getattr(figures, column)) is None else value for column in columns]
        about = ["yes" if one.tally.assumed else "", one.at.isoformat(), round(one.age_s), one.tally.method or "", one.entry]
        rows.writerow([one.stretch.name, *counts, *said, *about])


def _counted(fact: Fact, gazetteer: Gazetteer, zone: ZoneInfo) -> Counted:
    tally, name = VehicleTally.model_validate(fact.body), fact.where
    figures, taken = figures_of(tally)
    total = counted(figures.total, "vehicle")
    by = f", {vocabulary(tally.method)}" if tally.method else ""
    when = f"{time_words(fact.happened.end, zone)}{by}, {age_words(fact.age_s)} before"
    assumed = [f"Nobody counted on {name}: {total}, by type and place, are assumed."] if tally.assumed else []
    assumed.append(f"{name} is taken to stand as it was {'assumed' if tally.assumed else 'counted'} at {when}.")
    assumed += [f"On {name} {one}." for one in taken]
    ways = stretch_ways(name, gazetteer)
    stretch = stretch_of(name, ways, figures, gazetteer.network, assumed=assumed, is_assumed=tally.assumed)
    return Counted(fact.id, tally, stretch, fact.happened.end, fact.age_s, fact.source.speaker, fact.says)


def _overlaps(found: Sequence[Counted]) -> Iterator[str]:
    for place, one in enumerate(found):
        for other in found[place + 1 :]:
            if set(one.stretch.ways) & set(other.stretch.ways):
                yield f"{one.stretch.name} and {other.stretch.name} overlap: vehicles there may be counted twice."
