"""``clearway plan export``: the papers of a plan, and the plan as files for maps."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from clearway.cli.options.moments import Question, seen
from clearway.cli.options.named_plan import has_record, named_plan, reports_of
from clearway.cli.options.plan_ground import Ground
from clearway.cli.options.typed import FILE, option, option_class, takes
from clearway.cli.progress import Progress, stoppable
from clearway.errors import BadInput, NotFound
from clearway.files import writing_bytes
from clearway.planning.decide.ordered import ordered
from clearway.planning.plan.document import plan_digest, read_plan
from clearway.planning.plan.versions import versions_of
from clearway.planning.reading import Reading
from clearway.publish.plan.shape import PAPERS
from clearway.record.entry import now

if TYPE_CHECKING:
    from collections.abc import Sequence
    from zoneinfo import ZoneInfo

    from clearway.cli.options.moments import Seen
    from clearway.network.closures import Closure
    from clearway.network.model import Network
    from clearway.planning.cordon.planner.steps import Tell
    from clearway.planning.plan.buses.contract import BusChanges
    from clearway.publish.plan.known import Known
    from clearway.publish.plan.making import Besides, Streets
    from clearway.publish.plan.shape import Document, Paper
    from clearway.record.entry import Entry
    from clearway.record.kinds.plans import TrafficPlan

Form = Literal["pdf", "html", "geojson", "kml", "gpx", "csv"]


@option_class
class StreetOptions:
    """Where the plan lies, and who serves its streets."""

    network: Path | None = option(
        "--network", help="Road network. Without one no map is drawn, and nothing is checked or looked for."
    )
    stations: Path | None = option("--stations", help="GeoJSON points where vehicles start; else the network's own stations.")
    services: Path | None = option("--services", help="CSV of services; 'clearway access services' prints ours.")
    hospitals: Path | None = option(
        "--hospitals", help="GeoJSON points where patients are taken; else those of the kind 'hospital' among the stations."
    )
    works: Path | None = option("--works", help="GeoJSON of other works and events, with a name, a start and an end each.")
    jurisdiction: Path | None = option("--jurisdiction", help="CSV of powers and their limits.  [default: New Zealand's]")
    gtfs: Path | None = option("--gtfs", help="GTFS feed (.zip): the timetable of the buses.")

    def streets(self, zone: ZoneInfo) -> Streets | None:
        """All of it; None without a network.

        Raises:
            BadFile, BadGeometry: a file cannot be used.
            BadInput: a file is given that only a network makes sense of.
        """
        if self.network is None:
            given = [f"--{name}" for name, value in vars(self).items() if value is not None]
            if given:
                raise BadInput(f"{given[0]} is of no use without streets. Give --network too.")
            return None
        from clearway.planning.access.planner.stations import own_stations  # noqa: PLC0415 - takes a moment
        from clearway.planning.plan.detours.places import KINDS  # noqa: PLC0415
        from clearway.publish.plan.making import Streets  # noqa: PLC0415

        ground = Ground(
            network=self.network, stations=self.stations, hospitals=self.hospitals, services=self.services, works=self.works,
            jurisdiction=self.jurisdiction,
        ).read(zone)  # fmt: skip
        roads = ground.gazetteer.network
        feed = self.gtfs

        def buses(closures: Sequence[Closure], _: Tell) -> BusChanges:
            assert feed is not None  # noqa: S101 - asked only where there is one
            return _buses(roads, feed, closures)

        return Streets(ground=ground, places=own_stations(roads, kinds=KINDS), buses=buses if feed else None)


@option_class
class Found:
    """What other commands have found of the plan."""

    stages: tuple[Path, ...] = option(
        "--stages", help="Tell who places which barrier when, as 'clearway plan stages --json' found it. May be repeated."
    )
    marches: tuple[Path, ...] = option(
        "--march",
        help="Tell what a march shuts when, as 'clearway plan march --json' found it; others are worked out on the network. "
        "May be repeated.",
    )

    def of(self, plan: TrafficPlan, reports: Sequence[Entry] = ()) -> Besides:
        """What was found of a plan's crews and marches, and where marches were seen.

        Raises:
            BadFile: a file cannot be used, or is about another plan.
        """
        from clearway.planning.plan.march.reported import marches_seen  # noqa: PLC0415 - takes a moment
        from clearway.publish.plan.given import read_march, read_stage  # noqa: PLC0415
        from clearway.publish.plan.making import Besides  # noqa: PLC0415

        return Besides(
            stages=tuple(read_stage(path, plan) for path in self.stages),
            marches=tuple(read_march(path, plan) for path in self.marches),
            seen=marches_seen(reports),
        )


@click.command("export")
@click.argument("given", metavar="PLAN")
@click.option("--pdf", "form", flag_value="pdf", help="Write the papers as PDF, A4 in black and white; needs --out.")
@click.option("--html", "form", flag_value="html", help="Write the papers as one page.")
@click.option("--geojson", "form", flag_value="geojson", help="Write what lies on the map as GeoJSON.")
@click.option("--kml", "form", flag_value="kml", help="Write what lies on the map as KML.")
@click.option("--gpx", "form", flag_value="gpx", help="Write what lies on the map as GPX; what has no spot is left out.")
@click.option("--csv", "form", flag_value="csv", help="Write a table of what lies on the map.")
@click.option("--json", "as_json", is_flag=True, help="Print what the papers say, and how many gaps they mark, as JSON.")
@click.option(
    "--paper", "papers", type=click.Choice(PAPERS), multiple=True,
    help="Only this paper: plan, operation order, leaflet for residents, or gate cards. May be repeated.  [default: all]",
)  # fmt: skip
@click.option("--out", type=FILE, help="File to write.  [default: standard output]")
@takes(StreetOptions, "where")
@takes(Found, "found")
@takes(Question, "question")
def export_plan(
    given: str,
    form: Form | None,
    papers: tuple[Paper, ...],
    out: Path | None,
    where: StreetOptions,
    found: Found,
    question: Question,
    *,
    as_json: bool,
) -> None:
    """Write the papers of a plan, a file or one of the record by its name: what crews and residents hold in their hands.

    The plan with its risk register and maps, an operation order, a leaflet, a card for each gate. What the plan leaves empty
    is marked on its page; JSON counts the marks. A file that is there already is replaced, whole or not at all.
    """
    if form is None and not as_json:
        raise BadInput("Say in which form: --pdf, --html, --geojson, --kml, --gpx, --csv or --json.")
    if form == "pdf" and out is None:
        raise BadInput("A PDF needs a file. Name it with --out plan.pdf.")
    if form and as_json and out is None:
        raise BadInput("Two forms need a file for one of them. Name it with --out; the JSON is printed.")
    from clearway.publish.plan.content import document_of  # noqa: PLC0415 - a refusal does not wait for the planner
    from clearway.publish.plan.files import MAP_FILES  # noqa: PLC0415

    with Progress() as progress:
        known = _known(given, where, found, question, progress)
        document = document_of(known, papers or PAPERS) if as_json or form in ("pdf", "html") else None
        if document is not None and form == "pdf":
            from clearway.publish.plan.pdf import on_paper  # noqa: PLC0415

            document = on_paper(document)
        content = None if form is None else MAP_FILES[form](known).encode() if form in MAP_FILES else _written(document, form)
    printed = f"{json.dumps(document.as_json(), ensure_ascii=False)}\n".encode() if as_json and document else None
    if content is None or out is None:
        _put(content if printed is None else printed, out)
        return
    _put(content, out)
    if printed is not None:
        click.echo(printed, nl=False)
    else:
        click.echo(f"Written to {out}.{_left_out(known, form)}")


def _known(given: str, where: StreetOptions, found: Found, question: Question, progress: Progress) -> Known:
    from clearway.planning.plan.status import plan_status  # noqa: PLC0415
    from clearway.publish.plan.making import known_of  # noqa: PLC0415

    if has_record(question):
        with seen(question) as look:
            plan, zone = named_plan(given, look), look.calendar.zone
            at = look.when.at if question.at else None
            progress.tell("Reading the network")
            streets = where.streets(zone)
            gazetteer = streets.ground.gazetteer if streets else None
            reports = reports_of(look)
            status = plan_status(plan, reports, look.when.at, gazetteer)
            besides = found.of(plan, reports)._replace(
                status=status,
                adopted=_adopted(plan, look),
                ordered=ordered(Reading(look.store, look.stream, look.when, look.typed)),
            )
    else:
        calendar = question.calendar_on(where.network)
        plan, zone = read_plan(Path(given), calendar, now()), calendar.zone
        besides = found.of(plan)
        at = calendar.moment(question.at) if question.at else None
        progress.tell("Reading the network")
        streets = where.streets(zone)
    return stoppable(lambda tell: known_of(plan, zone, now(), streets, at=at, besides=besides, tell=tell), progress.share)


def _adopted(plan: TrafficPlan, look: Seen) -> str | None:
    """By whom this very plan was adopted, and past what; None where it was not."""
    try:
        versions = versions_of(look.store, look.stream, plan.plan, known_at=look.when.known_at)
    except NotFound:
        return None
    digest = plan_digest(plan)
    return next(
        (
            one.adopted.draft.body.says(look.calendar.zone)
            for one in versions
            if one.adopted and plan_digest(one.plan) == digest
        ),
        None,
    )


def _written(document: Document | None, form: Form) -> bytes:
    from clearway.publish.plan.page import as_page  # noqa: PLC0415
    from clearway.publish.plan.pdf import as_pdf  # noqa: PLC0415

    assert document is not None  # noqa: S101 - made for these forms
    return as_pdf(document) if form == "pdf" else as_page(document).encode()


def _put(content: bytes | None, out: Path | None) -> None:
    if content is None:
        return
    if out is None:
        click.echo(content, nl=False)
        return
    with writing_bytes(out) as file:
        file.write(content)


def _left_out(known: Known, form: Form | None) -> str:
    """How many features have no known spot, where the form shows only what lies somewhere."""
    from clearway.publish.plan.features import features_of  # noqa: PLC0415

    if form in ("pdf", "html", None):
        return ""
    lost = [one.name for one in features_of(known) if not one.is_placed]
    return f" Nobody knows a spot for: {', '.join(lost)}." if lost else ""


def _buses(roads: Network, feed: Path, closures: Sequence[Closure]) -> BusChanges:
    from clearway.network.transit.bus_network import bus_network  # noqa: PLC0415
    from clearway.network.transit.timetable import read_timetable  # noqa: PLC0415
    from clearway.planning.plan.buses.rerouting import BusModel  # noqa: PLC0415

    during = [(one.starts, one.ends) for one in closures if one.holds("bus")]
    return BusModel(bus_network(roads, read_timetable(feed, None, during))).changes(closures)
