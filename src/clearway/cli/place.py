"""``clearway place``: what a place in words means, and where it lies on a network."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from clearway.cli.options.typed import FILE
from clearway.cli.options.values import Point
from clearway.network.store import load_network
from clearway.planning.gazetteer import Gazetteer
from clearway.record.entry import lean
from clearway.record.place_text import place_of_text
from clearway.record.place_words import words_of_place

if TYPE_CHECKING:
    from pathlib import Path

    from clearway.planning.whereabouts import Whereabouts
    from clearway.record.place import Place
    from clearway.shapes import Spot


@click.command()
@click.argument("text")
@click.option("--network", required=True, type=FILE, help="Network on which the place lies.")
@click.option("--near", type=Point(), help="Longitude,latitude: of two streets of one name the nearer is taken.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def place(text: str, network: Path, near: Spot | None, *, as_json: bool) -> None:
    r"""Read a place in words and find it: a corner, a part or side of a street, a house number, a distance, a point, a name.

    Exits with code 1 where the network does not know it, and prints the nearest names. In a record, the words mean the same.

    \b
    clearway place "Cuba St from Dixon St to Manners St" --network city.clearway
    clearway place "30 m north of Dixon Street on Cuba Street" --network city.clearway
    """
    said = place_of_text(text)
    where = Gazetteer(load_network(network), None if near is None else (near.lon, near.lat)).of(said)
    click.echo(json.dumps(_as_json(said, where), ensure_ascii=False) if as_json else "\n".join(_lines(said, where)))
    if not where.is_known:
        raise click.exceptions.Exit(1)


def _lines(said: Place, where: Whereabouts) -> list[str]:
    spot = [f"at {where.spot[1]:.6f}, {where.spot[0]:.6f} (latitude, longitude)"] if where.spot else []
    read = f"{words_of_place(said)}: {where.certainty.replace('_', ' ')}"
    choices = [f"  {choice}" for choice in where.choices] if where.is_known else []
    return [", ".join((read, *spot)), where.says, *choices]


def _as_json(said: Place, where: Whereabouts) -> dict[str, object]:
    return {
        "place": lean(said.model_dump(mode="json")),
        "words": words_of_place(said),
        "certainty": where.certainty,
        "says": where.says,
        "spot": where.spot,
        "ways": where.ways,
        "choices": where.choices,
    }
