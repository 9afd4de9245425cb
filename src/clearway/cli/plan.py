"""``clearway plan``: traffic management plans: from the record, held against it, who passes which gate."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import click

from clearway.cli.gates import choose_gates
from clearway.cli.handover import check_certificate, handover, standing_points
from clearway.cli.march import march
from clearway.cli.options.cordon import CordonWishes, cordon_question
from clearway.cli.options.moments import Question, seen
from clearway.cli.options.named_plan import PlanRecord, has_record, named_plan, reports_of
from clearway.cli.options.plan_ground import Ground
from clearway.cli.options.record import OneOperation, RecordOptions, WrittenOperation
from clearway.cli.options.typed import FILE, option, option_class, takes
from clearway.cli.options.values import Point
from clearway.cli.plan_export import export_plan
from clearway.cli.progress import Progress, stoppable
from clearway.cli.stages import stages
from clearway.cli.text.plan import check_lines, diff_lines, gate_lines, stated_lines, status_lines, version_lines
from clearway.errors import BadInput
from clearway.network.store import load_network
from clearway.picture.index import PictureIndex
from clearway.picture.view import picture_of
from clearway.planning.cordon.planner.plan import plan_cordon
from clearway.planning.gazetteer import Gazetteer
from clearway.planning.plan.checks import check_plan
from clearway.planning.plan.differences import plan_diff
from clearway.planning.plan.document import plan_json, read_plan, write_plan
from clearway.planning.plan.from_cordon import plan_of_cordon
from clearway.planning.plan.from_record import Chosen, plan_from_record
from clearway.planning.plan.gates import gates_for
from clearway.planning.plan.jurisdiction import jurisdiction_text
from clearway.planning.plan.site import site_of_file
from clearway.planning.plan.stages.means import read_means
from clearway.planning.plan.stages.repair import with_repairs
from clearway.planning.plan.status import plan_status
from clearway.planning.plan.versions import adopt as adopt_version
from clearway.planning.plan.versions import save_version, saved_version, version_numbered, versions_of
from clearway.planning.plan.versions import withdraw as withdraw_plan
from clearway.record.entry import now
from clearway.record.kinds.plans import TrafficPlan
from clearway.record.operations import calendar_of, chosen_operation, operation_of, spot_of
from clearway.record.place_words import words_of_place
from clearway.record.source import Source
from clearway.shapes import Spot


@click.group()
def plan() -> None:
    """Make traffic management plans, hold them against what is reported, and say who passes which gate."""


plan.add_command(choose_gates)
plan.add_command(handover)
plan.add_command(check_certificate)
plan.add_command(export_plan)
plan.add_command(march)
plan.add_command(stages)


class _Piece(click.ParamType):  # type: ignore[type-arg]
    """A piece of a street chosen for a barrier, typed as STREET=PLACE."""

    name = "STREET=PLACE"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, str]:
        """The street as the record names it, and the place in words."""
        street, sign, place = (part.strip() for part in str(value).partition("="))
        if not (street and sign and place):
            self.fail(
                f"{value!r} chooses no piece. Give one such as 'Hill Street=Hill Street at Molesworth Street'.", param, ctx
            )
        return street, place


@option_class
class Called:
    """What a new plan is called, and where it goes."""

    name: str = option("--name", default="tmp", show_default=True, help="What the plan is called.")
    title: str = option("--title", default="Traffic management plan", show_default=True, help="Its title.")
    out: Path | None = option("--out", help="Write the plan of the barriers that are placed to a file.")


@option_class
class Choices(Called):
    """What a person adds to what the record says."""

    site: Path | None = option("--site", help="GeoJSON: polygons are the site, lines occupied stretches.")
    pieces: tuple[tuple[str, str], ...] = option(
        "--choose", type=_Piece(), multiple=True,
        help="The piece on which the barrier of a street stands that the record names alone. May be repeated.",
    )  # fmt: skip
    points: tuple[Spot, ...] = option(
        "--point", type=Point(), multiple=True, help="Where a barrier stands that the record does not name. May be repeated."
    )


@plan.command("from-record")
@click.option("--network", type=FILE, required=True, help="Road network.")
@takes(Choices, "choices")
@takes(Question, "question")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def from_record(network: Path, choices: Choices, question: Question, *, as_json: bool) -> None:
    """Begin a plan from what the record says of barriers at a moment.

    Says how many the record states, names and places, with the pieces of each named street to choose from. With a site, the
    ring of those that are placed is checked, and each way in is named.
    """
    roads = load_network(network)
    areas, lines = site_of_file(choices.site, roads) if choices.site else ((), ())
    base = TrafficPlan(plan=choices.name, title=choices.title, site=areas, occupied=lines)
    with seen(question) as look:
        picture = picture_of(look.store, PictureIndex(), look.stream, look.when, calendar=look.typed)
        look.progress.tell("Placing the barriers and checking the ring")
        gazetteer = Gazetteer(roads, spot_of(look.store, look.stream))
        chosen = Chosen(dict(choices.pieces), [(one.lon, one.lat) for one in choices.points])
        stated, made = plan_from_record(picture, gazetteer, base, chosen)
    if choices.out:
        write_plan(choices.out, made)
    click.echo(json.dumps(stated.as_json()) if as_json else "\n".join(stated_lines(stated)))


@plan.command("from-cordon")
@click.argument("network", type=FILE)
@takes(CordonWishes, "wishes")
@takes(Called, "called")
def from_cordon(network: Path, wishes: CordonWishes, called: Called) -> None:
    """Begin a plan from the cheapest cordon round a site: a barrier for each street that it closes, rules for whom it lets in.

    Without --out the plan is printed as JSON.
    """
    roads = load_network(network)
    question = cordon_question(roads, wishes)
    with Progress() as progress:
        found = stoppable(lambda tell: plan_cordon(roads, question, tell=tell), progress.share)
    base = TrafficPlan(plan=called.name, title=called.title)
    made = plan_of_cordon(found, question, Gazetteer(roads), base)
    if called.out:
        write_plan(called.out, made)
        click.echo("\n".join(f"{one.id}: {words_of_place(one.place)}" for one in made.barriers))
    else:
        click.echo(json.dumps(plan_json(made), ensure_ascii=False, indent=1))


@plan.command()
@click.argument("given", metavar="PLAN")
@click.option(
    "--network", type=FILE, help="Road network: the ring is checked on it. Without one, only what is reported counts."
)
@click.option("--stations", type=FILE, help="GeoJSON points of stations and hospitals; else the network's own.")
@click.option("--means", type=FILE, help="Crews, trucks and depots: who shuts a hole, and in how many minutes.")
@takes(Question, "question")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def status(
    given: str, network: Path | None, stations: Path | None, means: Path | None, question: Question, *, as_json: bool
) -> None:
    """Hold a plan, a file or one of the record by its name, against what is reported at a moment.

    Exits with code 1 where a barrier is gone, a way in is open, or one blocked street would cut off a handover point.
    """
    with seen(question) as look:
        made = named_plan(given, look)
        gazetteer = Gazetteer(load_network(network), spot_of(look.store, look.stream)) if network else None
        look.progress.tell("Holding the plan against the reports")
        handover = standing_points(made, look, gazetteer, stations) if gazetteer else ()
        found = plan_status(made, reports_of(look), look.when.at, gazetteer, handover=handover)
        if means is not None:
            if gazetteer is None:
                raise BadInput("Nobody can say how long a crew drives without streets. Give --network as well.")
            found = with_repairs(found, made, read_means(means), gazetteer, reports_of(look))
    click.echo(json.dumps(found.as_json()) if as_json else "\n".join(status_lines(found)))
    if not found.ok:
        raise click.exceptions.Exit(1)


@plan.command()
@click.argument("given", metavar="PLAN")
@click.option("--who", required=True, help="Whom: 'pedestrians', 'residents', 'toilet trucks', 'vehicles of protesters' ...")
@takes(Question, "question")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def gates(given: str, who: str, question: Question, *, as_json: bool) -> None:
    """Say who may pass which gate, in which direction, and what changes when; beside it what the record says of them.

    The plan is a file, or one of the record by its name. Without --at every period in turn. Without a record the plan speaks
    alone; give --zone then.
    """
    if has_record(question):
        with seen(question) as look:
            made, calendar, reports = named_plan(given, look), look.calendar, reports_of(look)
            at = look.when.at if question.at else None
    else:
        calendar, reports = question.calendar_on(None), []
        made = read_plan(Path(given), calendar, now())
        at = calendar.moment(question.at) if question.at else None
    found = gates_for(made, who, calendar.zone, at=at, reports=reports)
    click.echo(json.dumps(found.as_json()) if as_json else "\n".join(gate_lines(found, calendar.zone)))


@plan.command()
@click.argument("given", metavar="PLAN")
@takes(Ground, "ground")
@takes(PlanRecord, "record")
@click.option("--at", metavar="TIME", help="When ring and access are checked.  [default: when most barriers stand]")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def check(given: str, ground: Ground, record: PlanRecord, *, at: str | None, as_json: bool) -> None:
    """Check a plan before anybody signs: ring, emergency access with its checker, routes, rules, law, works, what is missing.

    PLAN is a file, or one of the record by its name. Exits with code 1 where a check fails. What could not be checked fails,
    and says why.
    """
    (made,), times = record.read(given, network=ground.network)
    with Progress() as progress:
        progress.tell("Reading the network")
        against = ground.read(times.zone)
        progress.tell("Checking the ring and timing help to every address, before and after")
        found = check_plan(made, against, times.moment(at) if at else None)
    click.echo(json.dumps(found.as_json()) if as_json else "\n".join(check_lines(found)))
    if not found.ok:
        raise click.exceptions.Exit(1)


@plan.command()
def jurisdiction() -> None:
    """Print our table of powers and limits, to be changed and given back with --jurisdiction. Not legal advice."""
    click.echo(jurisdiction_text(), nl=False)


@plan.command()
@click.argument("first", metavar="V1")
@click.argument("second", metavar="V2")
@click.option("--network", type=FILE, help="Road network: measures what moved, and names who is newly inside or outside.")
@takes(PlanRecord, "record")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def diff(first: str, second: str, network: Path | None, record: PlanRecord, *, as_json: bool) -> None:
    """Say what differs between two plans: which barrier moved how far, which rules changed, who is newly inside or outside.

    V1 and V2 are files, or plans of the record by their names; 'plan show PLAN --version N --out FILE' writes an older version.
    """
    plans, times = record.read(first, second, network=network)
    gazetteer = Gazetteer(load_network(network)) if network else None
    found = plan_diff(plans[0], plans[1], times.zone, gazetteer)
    click.echo(json.dumps(found.as_json()) if as_json else "\n".join(diff_lines(found)))


@option_class
class Author(WrittenOperation):
    """Who writes to the record."""

    by: str = option("--by", metavar="WHO", required=True, help="The office, and behind a comma its organisation.")

    def source(self) -> Source:
        """The office as a source."""
        office, _, organisation = (part.strip() for part in self.by.partition(","))
        return Source(office=office or None, organisation=organisation or None, medium="other")


@plan.command()
@click.argument("file", metavar="PLAN", type=FILE)
@takes(Author, "author")
def save(file: Path, author: Author) -> None:
    """Save a plan in the record as the next version of its name. Refused where somebody saved one in between."""
    with closing(author.writable()) as store:
        times = author.calendar(store, author.name)
        entry = save_version(store, author.name, read_plan(file, times, now()), author.source(), now(), times.zone)
    click.echo(f"Saved as entry {entry.seq}: {entry.draft.body.says(times.zone)}.")


@plan.command("list")
@takes(OneOperation, "operation")
@takes(RecordOptions, "record")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def list_(operation: OneOperation, record: RecordOptions, *, as_json: bool) -> None:
    """List the plans of a record with their versions, and which of them are in force."""
    with closing(record.existing()) as store:
        stream = chosen_operation(store, operation.stream)
        zone = calendar_of(operation_of(store, stream)).zone
        rows = [saved_version(one) for one in versions_of(store, stream)]
    click.echo(json.dumps([row.as_json() for row in rows]) if as_json else "\n".join(version_lines(rows, zone)))


@plan.command()
@click.argument("name", metavar="PLAN")
@takes(OneOperation, "operation")
@takes(RecordOptions, "record")
@click.option("--version", "number", type=click.IntRange(1), help="Which version.  [default: the last]")
@click.option("--out", type=FILE, help="Write it to a file instead of printing it.")
def show(name: str, operation: OneOperation, record: RecordOptions, *, number: int | None, out: Path | None) -> None:
    """Print a plan of the record as a plan file has it, to be changed, checked and saved again."""
    with closing(record.existing()) as store:
        versions = versions_of(store, chosen_operation(store, operation.stream), name)
        found = (version_numbered(versions, number) if number else versions[-1]).plan
    if out:
        write_plan(out, found)
    else:
        click.echo(json.dumps(plan_json(found), ensure_ascii=False, indent=1))


@plan.command()
@click.argument("name", metavar="PLAN")
@takes(Ground, "ground")
@takes(Author, "author")
@click.option("--version", "number", type=click.IntRange(1), help="Which version.  [default: the last]")
@click.option("--override", help="Why it is adopted although checks fail: stands in the record beside them.")
def adopt(name: str, ground: Ground, author: Author, *, number: int | None, override: str | None) -> None:
    """Check a version of a plan of the record, and adopt it. Where checks fail, only with a reason, on the record."""
    with closing(author.writable()) as store, Progress() as progress:
        times = author.calendar(store, author.name)
        versions = versions_of(store, author.name, name)
        wanted = version_numbered(versions, number) if number else versions[-1]
        progress.tell("Checking the plan")
        checks = check_plan(wanted.plan, ground.read(times.zone))
        entry = adopt_version(store, author.name, checks, author.source(), now(), override=override)
    click.echo("\n".join((*check_lines(checks), f"Entry {entry.seq}: {entry.draft.body.says(times.zone)}.")))


@plan.command()
@click.argument("name", metavar="PLAN")
@click.option("--why", required=True, help="The reason: it stands in the record.")
@click.option("--version", "number", type=click.IntRange(1), help="Refuse unless this version is the one in force.")
@takes(Author, "author")
def withdraw(name: str, why: str, author: Author, *, number: int | None) -> None:
    """Withdraw the adoption of a plan. Its versions stay in the record."""
    with closing(author.writable()) as store:
        zone = author.calendar(store, author.name).zone
        entry = withdraw_plan(store, author.name, name, why, author.source(), now(), version=number)
    click.echo(f"Entry {entry.seq}: {entry.draft.body.says(zone)}.")
