"""``clearway plan march``: a march, parade, race or street event, and what rolls with it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from clearway.cli.options.named_plan import PlanRecord
from clearway.cli.options.plan_ground import Helpers
from clearway.cli.options.typed import option, option_class, takes
from clearway.cli.progress import Progress, stoppable
from clearway.cli.text.march import march_lines
from clearway.errors import BadInput, NotFound
from clearway.files import writing
from clearway.network.transit.bus_network import bus_network
from clearway.network.transit.timetable import read_timetable
from clearway.planning.access.planner.timing import AccessTimer
from clearway.planning.cordon.planner.steps import Steps
from clearway.planning.gazetteer import Gazetteer
from clearway.planning.geojson import read_json
from clearway.planning.plan.document import plan_of, write_plan
from clearway.planning.plan.march.finding import Delay, Judges, Sighting, plan_march
from clearway.planning.plan.march.geojson_out import march_geojson
from clearway.planning.plan.march.into_plan import with_march
from clearway.planning.plan.march.reported import sightings
from clearway.planning.plan.march.route import MarchStreets
from clearway.record.entry import now
from clearway.record.place_text import place_of_text

if TYPE_CHECKING:
    from clearway.record.kinds.plans import PlannedMarch, TrafficPlan
    from clearway.record.moments import Calendar

_REMEDY = "Give street names in order ('Featherston Street, Hunter Street'), a plan, or GeoJSON with one line."
_LINE = 2
"""Ends of a line."""


@option_class
class Timetable:
    """When it starts, how fast and how long it is; each replaces what a plan says."""

    starts: str | None = option("--start", metavar="TIME", help="When the head leaves.")
    ends: str | None = option("--end", metavar="TIME", help="Of an event that stands (--pace 0).")
    begins: str | None = option("--from", metavar="PLACE", help="Where it begins.  [default: the end of the first street]")
    finishes: str | None = option("--to", metavar="PLACE", help="Where it ends.  [default: the end of the last street]")
    pace_kmh: float | None = option(
        "--pace", type=click.FloatRange(0, 30), help="Of the head, km/h; 0: it stands.  [default: 3]"
    )
    tail_kmh: float | None = option(
        "--tail-pace", type=click.FloatRange(0.1, 30), help="In km/h, of the tail.  [default: as the head]"
    )
    column_m: float | None = option("--column", type=click.FloatRange(0), help="Metres from head to tail; or give the people.")
    people: int | None = option("--people", type=click.IntRange(1), help="How many walk: the column follows.")
    width_m: float | None = option(
        "--width", type=click.FloatRange(0.5), help="Metres of the street that they fill.  [default: 7, assumed]"
    )
    density: float | None = option(
        "--density", type=click.FloatRange(0.05, 6), help="People a square metre.  [default: by flow]"
    )
    stops: tuple[str, ...] = option("--stop", metavar="PLACE=MINUTES", help="It stands still there. May be repeated.")
    gaps: int | None = option("--gaps", type=click.IntRange(0, 50), help="Gaps that stewards leave in the column.")
    gap_m: float | None = option("--gap-length", type=click.FloatRange(1, 1000), help="Metres of each gap.  [default: 40]")
    floats: bool = option("--floats", help="Vehicles drive in the column: no steps.")
    before_minutes: float | None = option(
        "--before", type=click.FloatRange(0, 1440), help="Minutes shut before the head.  [default: 10]"
    )
    after_minutes: float | None = option(
        "--after", type=click.FloatRange(0, 1440), help="Minutes until open behind the tail.  [default: 10]"
    )

    def fields(self) -> dict[str, Any]:
        """As the fields of a march in a plan."""
        said: dict[str, Any] = {
            name: value for name, value in vars(self).items() if value is not None and value is not False and name != "stops"
        }
        if self.stops:
            said["stops"] = [_stop(one) for one in self.stops]
        return said


@option_class
class Late:
    """What is known of the march on the day."""

    delay: float | None = option(
        "--delay", metavar="MINUTES", help="It is late by so many minutes, and everything moves with it."
    )
    delay_from: str | None = option("--delay-from", metavar="TIME", help="From when on.  [default: its start]")
    head_at: tuple[str, ...] = option("--head-at", metavar="PLACE=TIME", help="The head was reported there. May be repeated.")
    tail_at: tuple[str, ...] = option("--tail-at", metavar="PLACE=TIME", help="The tail was reported there. May be repeated.")

    def changes(self, times: Calendar) -> list[Delay | Sighting]:
        """In the order in which they are applied: the delay, then what was seen."""
        found: list[Delay | Sighting] = []
        if self.delay_from and self.delay is None:
            raise BadInput("--delay-from says from when it is late. Say by how many minutes with --delay.")
        if self.delay is not None:
            found.append(Delay(self.delay * 60, times.moment(self.delay_from) if self.delay_from else None))
        for given, tail in ((self.head_at, False), (self.tail_at, True)):
            for one in given:
                place, when = _parts(one, "PLACE=TIME")
                found.append(Sighting(place_of_text(place), times.moment(when), tail))
        return found


@option_class
class Judging:
    """Which march, and what else is asked about it."""

    name: str | None = option(
        "--march", help="Which march of a plan, or what this one is called.  [default: the plan's only one; M1]"
    )
    gtfs: Path | None = option("--gtfs", help="GTFS feed: which buses are held how long.")
    no_proof: bool = option("--no-proof", help="Leave out help at the worst minute.")


@option_class
class Outputs:
    """What is written besides the answer."""

    out: Path | None = option("--out", help="Write the plan with this march to a file.")
    as_barriers: bool = option("--barriers", help="With --out: its side streets as staffed barriers with times.")
    closures: Path | None = option(
        "--closures-out", metavar="OUT", help="Write the rolling closures as GeoJSON for --closures."
    )
    certificate: Path | None = option("--certificate", help="Write the certificate of access at the worst minute.")
    as_json: bool = option("--json", help="Print JSON.")


@click.command()
@click.argument("given", metavar="ROUTE|PLAN")
@takes(Helpers, "helpers")
@takes(Timetable, "timetable")
@takes(Late, "late")
@takes(Judging, "judging")
@takes(Outputs, "outputs")
@takes(PlanRecord, "record")
def march(
    given: str,
    helpers: Helpers,
    timetable: Timetable,
    late: Late,
    judging: Judging,
    outputs: Outputs,
    record: PlanRecord,
) -> None:
    """Roll closures with a march: what is shut at each minute, where ambulances cross, which buses are held.

    ROUTE is street names in order, or GeoJSON with a line; PLAN a file, or a plan of the record by its name, with a march in
    which the options replace what it says. Where the record says that its head or tail was seen (march_sighting), it moves.
    """
    known, reports, times = record.reported(given, helpers.network)
    plan, made = _march(given, known, judging.name, timetable.fields(), times)
    changes = [*sightings(reports, made.id), *late.changes(times)]
    with Progress() as progress:
        progress.tell("Reading the network")
        roads, services = helpers.on_streets()
        buses = None
        if judging.gtfs:
            progress.tell("Putting the buses on the streets")
            day = made.starts.astimezone(times.zone).date() if made.starts else None
            buses = bus_network(roads, read_timetable(judging.gtfs, day, []))
        judges = Judges(None if judging.no_proof else AccessTimer(roads), services, buses)
        streets = MarchStreets(Gazetteer(roads))
        found = stoppable(lambda tell: plan_march(made, streets, times.zone, changes, judges, Steps(tell)), progress.share)
    if outputs.out:
        write_plan(outputs.out, with_march(plan, made, found if outputs.as_barriers else None))
    if outputs.closures:
        with writing(outputs.closures) as file:
            file.write(json.dumps(march_geojson(found.closures, roads)))
    if outputs.certificate and found.certificate:
        with writing(outputs.certificate) as file:
            file.write(json.dumps(found.certificate))
    click.echo(json.dumps(found.answer.as_json()) if outputs.as_json else "\n".join(march_lines(found.answer, times.zone)))
    if found.answer.worst is not None and not found.answer.worst.accepted:
        raise click.exceptions.Exit(1)


def _march(
    given: str, known: TrafficPlan | None, name: str | None, fields: dict[str, Any], times: Calendar
) -> tuple[TrafficPlan, PlannedMarch]:
    """The plan, and the march in it, as the options change it."""
    path = Path(given)
    document: dict[str, Any] = {"plan": "march", "title": "March"}
    base: dict[str, Any] = {"id": name or "M1"}
    if known is not None:
        document = known.model_dump(mode="json")
        base = _named(document.get("marches") or [], name)
    elif path.suffix.lower() in {".json", ".geojson"} or path.is_file():
        read = read_json(path, _REMEDY)
        if isinstance(read, dict) and "title" in read:
            document = read
            base = _named(read.get("marches") or [], name)
        else:
            base["line"] = _line(read, path)
    else:
        streets = [part.strip() for part in given.split(",") if part.strip()]
        if not streets:
            raise BadInput(f"A route needs a street. {_REMEDY}")
        base["along"] = [{"type": "street", "street": one} for one in streets]
    if "people" in fields:
        base.pop("column_m", None)
    if "column_m" in fields:
        base.pop("people", None)
    own = base | fields
    others = [one for one in document.get("marches") or [] if isinstance(one, dict) and one.get("id") != own["id"]]
    plan = plan_of(document | {"marches": [*others, own]}, times, now())
    return plan, plan.marches[-1]


def _named(marches: list[Any], name: str | None) -> dict[str, Any]:
    found = [one for one in marches if isinstance(one, dict) and (name is None or one.get("id") == name)]
    if len(found) == 1:
        return dict(found[0])
    ids = ", ".join(str(one.get("id")) for one in marches if isinstance(one, dict)) or "none"
    raise NotFound(f"Nobody can say which march of the plan is meant; it has: {ids}. Name one with --march.")


def _line(document: object, path: Path) -> list[list[float]]:
    features = document.get("features", [document]) if isinstance(document, dict) else []
    lines = []
    for one in features:
        geometry = one.get("geometry", one) if isinstance(one, dict) else None
        if isinstance(geometry, dict) and geometry.get("type") == "LineString":
            lines.append(geometry.get("coordinates"))
    if len(lines) != 1 or not isinstance(lines[0], list) or len(lines[0]) < _LINE:
        raise BadInput(f"{path} holds no single line. {_REMEDY}")
    return [[float(lon), float(lat)] for lon, lat, *_ in lines[0]]


def _stop(text: str) -> dict[str, Any]:
    place, minutes = _parts(text, "PLACE=MINUTES")
    try:
        return {"place": place, "minutes": float(minutes)}
    except ValueError as error:
        raise BadInput(f"{minutes!r} is not a number of minutes. Give a stop such as 'Hunter Street=5'.") from error


def _parts(text: str, shape: str) -> tuple[str, str]:
    first, sign, second = (part.strip() for part in text.rpartition("="))
    if not (first and sign and second):
        raise BadInput(f"{text!r} is not {shape}. Write for instance 'Hunter Street at Victoria Street=12:40'.")
    return first, second
