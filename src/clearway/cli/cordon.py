"""``clearway cordon``: the cheapest places for barriers round a site, and the checker of such plans."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from clearway.cli.groups import DefaultGroup
from clearway.cli.progress import Progress
from clearway.cli.text.verdict import tell_verdict
from clearway.errors import BadFile, BadInput
from clearway.network.classes import VEHICLE_CLASSES
from clearway.network.store import load_network
from clearway.planning.cordon.check import check_cordon
from clearway.planning.cordon.planner.costs import BarrierCosts, read_costs
from clearway.planning.cordon.planner.geojson_out import cordon_geojson
from clearway.planning.cordon.planner.plan import plan_cordon
from clearway.planning.cordon.planner.question import DEFAULT_RADIUS_M, DEFAULT_SHUT, CordonQuestion
from clearway.planning.cordon.planner.site import located_site
from clearway.planning.cordon.planner.site_file import read_shape, read_site
from clearway.planning.geojson import read_json
from clearway.planning.street_expressions import ways_called

if TYPE_CHECKING:
    from clearway.network.model import Network
    from clearway.planning.cordon.planner.plan import CordonPlan

_CLASSES = ", ".join(VEHICLE_CLASSES)
_FILE = click.Path(path_type=Path, dir_okay=False)


class _Point(click.ParamType):  # type: ignore[type-arg] # older clicks have no type argument
    """A point typed as LON,LAT."""

    name = "LON,LAT"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[float, float]:  # noqa: ANN401 - click's signature
        try:
            lon, lat = (float(part) for part in str(value).split(","))
        except ValueError:
            self.fail(f"{value!r} is no point. Give longitude and latitude such as 174.7777,-41.2771.", param, ctx)
        return lon, lat


@click.group(cls=DefaultGroup, default="plan")
def cordon() -> None:
    """Find the cheapest places for barriers round a site, with proof."""


@cordon.command()
@click.argument("network", type=_FILE)
@click.option("--site", type=_FILE, help="GeoJSON: polygons are the site, lines are occupied stretches of street.")
@click.option("--stretch", multiple=True, metavar="STREET", help="An occupied street: name, 'A from B to C', or source id.")
@click.option("--outside", type=_FILE, help="GeoJSON of what must stay outside.")
@click.option(
    "--shut", default=",".join(DEFAULT_SHUT), show_default=True, help=f"Classes to keep out: {', '.join(VEHICLE_CLASSES)}."
)
@click.option("--trust-signs", is_flag=True, help="Take one-way signs as binding; else streets as they can be driven.")
@click.option(
    "--radius",
    "radius_m",
    type=float,
    default=DEFAULT_RADIUS_M,
    show_default=True,
    help="What lies farther is outside, metres.",
)
@click.option("--allow-motorway", is_flag=True, help="Let barriers stand on motorways.")
@click.option("--costs", type=_FILE, help="JSON table of barrier costs that overrides ours.")
@click.option("--address-cost", type=float, default=0.0, show_default=True, help="Points that each enclosed address costs.")
@click.option("--at-most", type=int, metavar="N", help="Use at most N places.")
@click.option("--pin", "pins", type=_Point(), multiple=True, help="A barrier must stand at the place nearest to this point.")
@click.option("--never", type=_Point(), multiple=True, help="No barrier may stand at the place nearest to this point.")
@click.option("--keep-open", multiple=True, metavar="STREET", help="A street that must stay open to the outside.")
@click.option("--frontier", is_flag=True, help="Also show what more barriers would gain.")
@click.option("--alternatives", type=int, default=0, metavar="K", help="Also find K really different cordons.")
@click.option("--geojson", type=_FILE, metavar="OUT", help="Write barriers and enclosed streets to a GeoJSON file.")
@click.option("--out", type=_FILE, help="Write the plan, with its proof, to a JSON file.")
@click.option("--json", "as_json", is_flag=True, help="Print the plan as JSON.")
def plan(network: Path, *, geojson: Path | None, out: Path | None, as_json: bool, **options: Any) -> None:  # noqa: ANN401 - one for each option
    """Plan a cordon: the cheapest places for barriers that leave no way into a site, with proof.

    Check a plan afterwards, by code that shares nothing with the planner: 'clearway cordon check PLAN.json NETWORK'.
    """
    roads = load_network(network)
    question = _question(roads, options)
    with Progress() as progress:
        found = plan_cordon(roads, question, tell=progress.tell)
    if geojson:
        _write(geojson, cordon_geojson(roads, found))
    if out:
        _write(out, found.as_json())
    click.echo(json.dumps(found.as_json()) if as_json else _told(roads, found, with_frontier=options["frontier"]))


@cordon.command()
@click.argument("plan_file", metavar="PLAN", type=_FILE)
@click.argument("network", type=_FILE)
@click.option("--json", "as_json", is_flag=True, help="Print the verdict as JSON.")
def check(plan_file: Path, network: Path, *, as_json: bool) -> None:
    """Check a plan's seal, cost and proof, by code that shares nothing with the planner."""
    remedy = "Give the JSON that 'clearway cordon NETWORK --site SITE.geojson --json' prints."
    plan = read_json(plan_file, remedy)
    if not isinstance(plan, dict):
        raise BadFile(plan_file, "is no cordon plan", remedy)
    holds, fails = check_cordon(load_network(network), plan)
    tell_verdict(holds, fails, as_json=as_json)


def _question(network: Network, options: dict[str, Any]) -> CordonQuestion:
    """The question that the options ask."""
    if options["site"] is None and not options["stretch"]:
        raise BadInput("There is no site. Give --site SITE.geojson, or name the occupied streets with --stretch.")
    ground, stretches = read_site(options["site"], network) if options["site"] else (None, ())
    named = [way for called in options["stretch"] for way in ways_called(network, called)]
    question = CordonQuestion(
        site=ground,
        stretches=tuple(dict.fromkeys([*stretches, *named])),
        outside=read_shape(options["outside"]) if options["outside"] else None,
        shut=tuple(part.strip() for part in options["shut"].split(",") if part.strip()),
        trust_signs=options["trust_signs"],
        radius_m=options["radius_m"],
        allow_motorway=options["allow_motorway"],
        costs=read_costs(options["costs"]) if options["costs"] else BarrierCosts(),
        address_cost=options["address_cost"],
        at_most=options["at_most"],
        pins=options["pins"],
        never=options["never"],
        frontier=options["frontier"],
        alternatives=options["alternatives"],
    ).checked()
    return _with_open_streets(network, question, options["keep_open"])


def _with_open_streets(network: Network, question: CordonQuestion, names: tuple[str, ...]) -> CordonQuestion:
    """The question with the ways of the streets to keep open, as far as the radius."""
    if not names:
        return question
    near = located_site(network, question).box(question.radius_m)
    return replace(question, keep_open=tuple(way for called in names for way in ways_called(network, called, near)))


def _write(path: Path, document: dict[str, Any]) -> None:
    try:
        path.write_text(json.dumps(document), "utf-8")
    except OSError as error:
        raise BadFile(path, f"cannot be written ({error.strerror})", "Choose a folder that you may write to.") from error


def _told(network: Network, plan: CordonPlan, *, with_frontier: bool) -> str:
    """The plan in words."""
    points = "addresses" if network.address_source == "addresses" else "frontage points"
    lines = [f"{len(plan.barriers)} places close the site for {plan.barrier_cost:g} points."]
    for barrier in plan.barriers:
        where = f"{barrier.street}, {barrier.side}" if barrier.place == "street" else f"across the junction of {barrier.street}"
        lines.append(
            f"{barrier.number:>3}  {where}  [{barrier.lon:.5f}, {barrier.lat:.5f}]  {barrier.kind}, {barrier.cost:g} points"
        )
    inside = plan.enclosed
    lines.append(f"Enclosed: {inside.addresses} {points} on {inside.streets} streets, {inside.length_m / 1000:.1f} km.")
    if with_frontier:
        lines += [
            f"{len(point.barriers)} places, {point.barrier_cost:g} points: {point.enclosed.addresses} {points} enclosed"
            for point in plan.frontier
        ]
    for number, other in enumerate(plan.alternatives, start=1):
        places = "; ".join(f"{barrier.street}, {barrier.side}" for barrier in other.barriers)
        lines.append(f"Alternative {number}, {other.cost:g} points: {places}.")
    return "\n".join([*lines, *plan.checks, *(f"Note: {warning}" for warning in plan.warnings)])
