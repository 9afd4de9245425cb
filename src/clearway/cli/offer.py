"""``clearway vehicles offer``: which vehicles could go where, how long that takes, and what the offer did so far."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from clearway.cli.options.closures import Shut
from clearway.cli.options.means import MeansSource
from clearway.cli.options.typed import FILE, option, option_class, takes
from clearway.cli.options.values import Moment
from clearway.cli.progress import Progress
from clearway.cli.text.offer import offered_lines
from clearway.cli.text.verdict import tell_verdict
from clearway.errors import BadFile, BadInput
from clearway.files import writing_bytes
from clearway.network.store import load_network
from clearway.planning.closure_files import read_moment
from clearway.planning.gazetteer import Gazetteer
from clearway.planning.geojson import read_json
from clearway.planning.vehicles.offer.check import check_offered
from clearway.planning.vehicles.offer.check.claim import read_claim
from clearway.planning.vehicles.offer.given import seen_of_closures, seen_of_plan, wrong_ground, wrong_vehicles
from clearway.planning.vehicles.offer.places import read_places, template
from clearway.planning.vehicles.offer.plan_gates import gates_of_plans
from clearway.planning.vehicles.offer.planning import OfferQuestion, offered
from clearway.planning.vehicles.offer.uptake import Taken
from clearway.tables import number, numbered_rows, text_of_table
from clearway.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clearway.network.model import Network

_REMEDY = "Give the JSON that 'clearway vehicles offer --json' prints."
_RATE = (0.1, 60.0)
"""Vehicles a minute."""
_NO_PLACE = (
    "Nobody said where vehicles could park. Give places with --places FILE, or write them to the record as 'parking_place' and "
    "name it with --record."
)


@option_class
class Offer:
    """What is offered to whom."""

    places: Path | None = option(
        "--places", help="Places to park as JSON; 'vehicles places' prints one.  [default: those of the record]"
    )
    now: datetime | None = option(
        "--now", type=Moment(), help="The moment asked about.  [default: --at; with neither no time is respected]"
    )
    taken_up: Path | None = option(
        "--taken-up",
        help="CSV of how many took the offer up: at,low,high.  [default: with places of a record, its figures]",
    )
    plan: str | None = option(
        "--plan", metavar="PLAN",
        help="The plan whose gates let vehicles out: a file, or its name in the record.  [default: without --cordon and "
        "--closures, the record's adopted plans]",
    )  # fmt: skip
    gate_rates: tuple[str, ...] = option(
        "--gate-rate", metavar="[GATE=]NUMBER", multiple=True, default=(),
        help="Vehicles that pass a gate in a minute, of every gate or of one: 'G1=3'. May be repeated.  [default: 6, assumed]",
    )  # fmt: skip
    papers: Path | None = option("--papers", help="Write a leaflet for drivers and the plan of signs as PDF.")
    call: str | None = option("--call", metavar="WORDS", help="Whom drivers call, for the leaflet.")
    as_json: bool = option("--json", help="Print JSON.")


@click.command()
@click.option("--network", type=FILE, required=True, help="Road network.")
@takes(MeansSource, "source")
@takes(Offer, "given")
@takes(Shut, "shut")
def offer(network: Path, source: MeansSource, given: Offer, shut: Shut) -> None:
    """Send vehicles to places to park with the least driving, and simulate the drive out through the gates.

    Says how far the offer was taken up, and which offers end while vehicles stand there. It is checked before it is printed;
    check its JSON again with 'clearway vehicles check-offer'.
    """
    places = read_places(given.places) if given.places else ()
    taken = tuple(_taken(given.taken_up)) if given.taken_up else ()
    moment, notes = given.now or shut.moment, tuple[str, ...]()
    with Progress() as progress:
        progress.tell("Reading the network")
        roads = load_network(network)
        gazetteer = Gazetteer(roads)
        if not given.places:
            said, zone = source.parking(gazetteer, moment)
            moment = moment.astimezone(zone) if moment and zone else moment
            places, taken, notes = said.places, taken or said.taken, said.notes
        if not places:
            raise BadInput(" ".join((_NO_PLACE, *notes, *source.hindsight(moment))))
        taken, late = _by_then(taken, moment)
        tally, more = source.read(gazetteer, moment)
        every, rates = _rates(given.gate_rates)
        drawn = tuple(shut.all(roads))
        of_record = given.plan is None and not drawn
        plans = source.plans(given.plan, moment) if given.plan or of_record else ()
        gates = gates_of_plans(plans, gazetteer, moment)
        question = OfferQuestion(
            tuple(tally), places, drawn, gates.points, moment, taken, every, rates
        )  # fmt: skip
        answer = offered(roads, question)
        aside = (*source.beside(given.places, "places to park"), *source.beside(given.taken_up, "figures of uptake"))
        aside += source.beside(shut.cordon or shut.closures, "gates") if not given.plan else ()
        answer = answer.model_copy(update={"notes": (*answer.notes, *gates.notes, *aside, *notes, *late, *more)})
    if given.papers:
        from clearway.publish.vehicles.papers import as_pdf, leaflet  # noqa: PLC0415 - takes a moment

        with writing_bytes(given.papers) as file:
            file.write(as_pdf(leaflet(answer, call=given.call)))
    click.echo(json.dumps(answer.as_json()) if given.as_json else "\n".join(offered_lines(answer)))


@click.command("check-offer")
@click.argument("answer", type=FILE)
@click.argument("network", type=FILE)
@click.option("--plan", metavar="PLAN", help="The plan that it was made of: a file, or its name in the record.")
@takes(MeansSource, "source")
@takes(Shut, "shut")
@click.option("--json", "as_json", is_flag=True, help="Print the verdict as JSON.")
def check_offer(answer: Path, network: Path, plan: str | None, source: MeansSource, shut: Shut, *, as_json: bool) -> None:
    """Check an answer of 'vehicles offer', by code that shares nothing with what made it.

    It takes gates and vehicles from the answer. Give --plan, --cordon, --closures and --tally as for the answer, and it holds
    them against these too, read anew.
    """
    document, roads = read_json(answer, _REMEDY), load_network(network)
    holds, fails = check_offered(roads, document)
    if not fails:
        more, fails = _anew(roads, document, plan, source, shut)
        holds = [*holds, *more]
    tell_verdict([] if fails else holds, fails, as_json=as_json)


def _anew(roads: Network, document: object, plan: str | None, source: MeansSource, shut: Shut) -> tuple[list[str], list[str]]:
    """What holds, and what does not, of an answer beside what it was made of, as far as that was given."""
    answer, gazetteer, holds, fails = read_claim(document), Gazetteer(roads), list[str](), list[str]()
    drawn = tuple(shut.all(roads))
    if plan or drawn:
        plans = source.plans(plan, answer.at) if plan else ()
        stands = [point for one in plans for point in seen_of_plan(one, gazetteer, answer.at)]
        fails += wrong_ground(answer, [*seen_of_closures(roads, drawn, answer.at), *stands])
        holds.append("Its gates, and what it finds shut, are those of what was given.")
    else:
        holds.append("Its gates were taken from the answer: give --plan, --cordon or --closures to hold them against these.")
    if source.tally:
        fails += wrong_vehicles(answer, source.read(gazetteer, answer.at)[0])
        holds.append("Its vehicles are those of the tally.")
    return holds, fails


@click.command()
def places() -> None:
    """Print an example of places to park, to be filled in."""
    click.echo(json.dumps(template(), indent=1))


def _rates(given: tuple[str, ...]) -> tuple[float | None, dict[str, float]]:
    """The rate of every gate, None where none is given, and those of single gates."""
    every, of_gate = None, dict[str, float]()
    for one in given:
        gate, _, figure = one.rpartition("=")
        try:
            rate = float(figure)
        except ValueError:
            rate = 0.0
        if not _RATE[0] <= rate <= _RATE[1]:
            raise BadInput(
                f"--gate-rate {one!r} cannot be a rate. Give {_RATE[0]:g} to {_RATE[1]:g} vehicles a minute, or 'G1=3'."
            )
        if gate:
            of_gate[gate.strip()] = rate
        else:
            every = rate
    return every, of_gate


def _by_then(taken: tuple[Taken, ...], moment: datetime | None) -> tuple[tuple[Taken, ...], tuple[str, ...]]:
    """The figures of uptake of a moment and before, and that there are later ones."""
    kept = tuple(one for one in taken if moment is None or one.at <= moment)
    later = len(taken) - len(kept)
    left_out = f"{counted(later, 'figure')} of uptake {'lies' if later == 1 else 'lie'} after the moment asked about: left out."
    return kept, (left_out,) if later else ()


def _taken(path: Path) -> Iterator[Taken]:
    for line, row in numbered_rows(text_of_table(path), str(path), ("at", "low")):
        try:
            moment = read_moment((row["at"] or "").strip())
        except BadInput as error:
            raise BadInput(f"{path}, line {line}: {error}") from error
        low, high = number(row, "low", path), number(row, "high", path) if (row.get("high") or "").strip() else None
        if low < 0 or (high is not None and high < low) or not (low.is_integer() and (high is None or high.is_integer())):
            says = f"says {row['low']} to {row.get('high') or 'nobody knows'} in line {line}"
            raise BadFile(path, says, "Give whole numbers, 0 or more, the lower figure as low.")
        yield Taken(moment, int(low), None if high is None else int(high))
