"""``clearway barriers``: what the record says of barriers, gates and shut roads, and where their ring is open."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from clearway.cli.options.moments import Question, seen
from clearway.cli.options.typed import FILE, takes
from clearway.network.store import load_network
from clearway.picture.index import PictureIndex
from clearway.picture.view import picture_of
from clearway.planning.cordon.planner.site_file import read_site
from clearway.planning.cordon.seal.contract import SealQuestion
from clearway.planning.gazetteer import Gazetteer
from clearway.planning.record_barriers import record_barriers
from clearway.record.operations import spot_of

if TYPE_CHECKING:
    from pathlib import Path

    from clearway.planning.record_barriers import RecordBarriers


@click.command()
@click.argument("network", type=FILE)
@takes(Question, "question")
@click.option(
    "--site", type=FILE, help="GeoJSON: polygons are the site, lines occupied stretches. Without it no ring is checked."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def barriers(network: Path, question: Question, site: Path | None, *, as_json: bool) -> None:
    """Say what the record knows of barriers, gates and shut roads: how many, which are named, which are placed on the map.

    The ring of those that are placed is checked as 'clearway seal' does; nothing is claimed of the others.
    """
    roads = load_network(network)
    ground, stretches = read_site(site, roads) if site else (None, ())
    asked = SealQuestion.model_validate({"site": ground, "stretches": stretches}) if site else None
    with seen(question) as look:
        picture = picture_of(look.store, PictureIndex(), look.stream, look.when, calendar=look.typed)
        gazetteer = Gazetteer(roads, spot_of(look.store, look.stream))
        look.progress.tell("Checking the ring")
        found = record_barriers(picture, gazetteer, asked)
    click.echo(json.dumps(found.as_json()) if as_json else "\n".join(_lines(found)))


def _lines(found: RecordBarriers) -> list[str]:
    pieces = [
        f"  {piece.where}: {'placed' if piece.barrier else 'not placed'}. {piece.says}. {piece.note}" for piece in found.pieces
    ]
    return [*found.summary, *pieces]
