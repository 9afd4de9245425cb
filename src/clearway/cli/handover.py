"""``clearway plan handover``: where crews meet patients of a ring, and the checker of its certificate."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from clearway.cli.options.named_plan import PlanRecord
from clearway.cli.options.plan_ground import Helpers
from clearway.cli.options.typed import FILE, option, option_class, takes
from clearway.cli.progress import Progress, stoppable
from clearway.cli.text.handover import handover_lines
from clearway.network.store import load_network
from clearway.picture.index import PictureIndex
from clearway.picture.view import picture_of
from clearway.planning.access.planner.timing import AccessTimer
from clearway.planning.closure_files import read_closures
from clearway.planning.cordon.planner.steps import Steps
from clearway.planning.gazetteer import Gazetteer
from clearway.planning.geojson import read_json
from clearway.planning.plan.document import write_plan
from clearway.planning.plan.handover.certificate import write_handover_certificate
from clearway.planning.plan.handover.check import check_handover
from clearway.planning.plan.handover.contract import MAX_WALK_S, MOST_POINTS, STRETCHER_KMH, HandoverWishes
from clearway.planning.plan.handover.finding import Helping, find_handover
from clearway.planning.plan.handover.into_plan import with_handover
from clearway.planning.plan.handover.standing import handover_standing
from clearway.planning.plan.passages import full_moment
from clearway.planning.record_closures import record_closures
from clearway.record.operations import spot_of

if TYPE_CHECKING:
    from clearway.cli.options.moments import Seen
    from clearway.network.closures import Closure
    from clearway.network.model import Network
    from clearway.planning.plan.contract import HandoverStatus
    from clearway.record.kinds.plans import TrafficPlan


@option_class
class WalkWishes:
    """How far patients may be carried, and how many places there may be."""

    max_walk: float = option(
        "--max-walk", type=click.FloatRange(1, 7200), default=MAX_WALK_S, show_default=True,
        help="Seconds for which a patient may be carried; assumed.",
    )  # fmt: skip
    walk_kmh: float = option(
        "--walk-speed", type=click.FloatRange(0.1, 10), default=STRETCHER_KMH, show_default=True,
        help="Of bearers with a stretcher, km/h; assumed.",
    )  # fmt: skip
    over_steps: bool = option("--over-steps", help="A stretcher is carried up and down steps too.")
    points: int | None = option(
        "--points", type=click.IntRange(1, MOST_POINTS), help="How many points.  [default: the fewest that serve all]"
    )

    def wishes(self) -> HandoverWishes:
        """As the planner takes them."""
        return HandoverWishes(max_walk_seconds=self.max_walk, walk_kmh=self.walk_kmh, steps=self.over_steps, points=self.points)


@option_class
class Outputs:
    """What is written besides the answer."""

    out: Path | None = option("--out", help="Write the plan with these points to a file.")
    certificate: Path | None = option("--certificate", help="Write the certificate of drives and walks to a file.")


@click.command()
@click.argument("given", metavar="PLAN")
@takes(Helpers, "helpers")
@takes(WalkWishes, "walk")
@click.option("--closures", type=FILE, help="GeoJSON of what else is shut.")
@takes(Outputs, "outputs")
@takes(PlanRecord, "record")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def handover(
    given: str,
    helpers: Helpers,
    walk: WalkWishes,
    closures: Path | None,
    outputs: Outputs,
    record: PlanRecord,
    *,
    as_json: bool,
) -> None:
    """Choose where ambulance crews meet patients: corners outside the ring, seconds on foot, two approaches, with proof.

    PLAN is a file, or one of the record by its name. No ambulance passes a barrier. Exits with code 1 where the checker refuses
    the certificate.
    """
    (made,), _ = record.read(given, network=helpers.network)
    with Progress() as progress:
        progress.tell("Reading the network")
        roads, services = helpers.on_streets()
        helping = Helping(AccessTimer(roads), services, helpers.where_patients_go(roads))
        also = read_closures(closures, roads) if closures else []
        found = stoppable(
            lambda tell: find_handover(
                made, Gazetteer(roads), helping, walk.wishes(), full_moment(made), Steps(tell), also
            ),
            progress.share,
        )  # fmt: skip
    if outputs.out:
        write_plan(outputs.out, with_handover(made, found.answer))
    if outputs.certificate:
        write_handover_certificate(outputs.certificate, found.certificate)
    click.echo(json.dumps(found.answer.as_json()) if as_json else "\n".join(handover_lines(found.answer)))
    if not found.answer.accepted:
        raise click.exceptions.Exit(1)


@click.command("check-handover")
@click.argument("certificate", type=FILE)
@click.argument("network", type=FILE)
@click.option("--closures", type=FILE, help="GeoJSON of what has been shut since.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def check_certificate(certificate: Path, network: Path, closures: Path | None, *, as_json: bool) -> None:
    """Check a certificate of handover points, by code that shares nothing with the search. Exits with code 1 if refused."""
    roads = load_network(network)
    document = read_json(certificate, "Make one with 'clearway plan handover PLAN --certificate FILE'.")
    refused = check_handover(roads, document, also_shut=_shut(closures, roads))
    if as_json:
        click.echo(json.dumps({"accepted": not refused, "refused": list(refused)}))
    elif refused:
        click.echo("\n".join(("Refused.", *refused)))
    else:
        click.echo("Accepted: every drive and every walk holds, and no single blocked street cuts a point off.")
    if refused:
        raise click.exceptions.Exit(1)


def standing_points(plan: TrafficPlan, look: Seen, gazetteer: Gazetteer, stations: Path | None) -> tuple[HandoverStatus, ...]:
    """How the handover points of a plan are reached past all that the record bars; none where no crew or hospital is known.

    Raises:
        BadFile, BadGeometry: the stations or the site cannot be used.
    """
    helpers = Helpers(network=Path(), stations=stations, hospitals=None, services=None)
    services, hospitals = helpers.on(gazetteer.network), helpers.where_patients_go(gazetteer.network)
    site = spot_of(look.store, look.stream)
    if not (plan.handover and hospitals and site and any(one.service.carries for one in services)):
        return ()
    facts = picture_of(look.store, PictureIndex(), look.stream, look.when, calendar=look.typed).states
    barred = record_closures(facts, site, gazetteer)
    timer = AccessTimer(gazetteer.network)
    return handover_standing(plan, gazetteer, timer, services, hospitals, barred.closures)


def _shut(path: Path | None, network: Network) -> list[tuple[int, float | None, str]]:
    """What a file shuts to ambulances."""
    found: list[Closure] = read_closures(path, network) if path else []
    return [(one.way, one.at_m, one.label) for one in found if one.holds("emergency")]
