"""``clearway vehicles tow-record``: what is asked of a tow afterwards, each question answered or left open."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from clearway.cli.options.moments import Question, seen
from clearway.cli.options.typed import FILE, takes
from clearway.cli.options.values import TowName
from clearway.files import writing_bytes
from clearway.network.store import load_network
from clearway.picture.index import PictureIndex
from clearway.picture.view import picture_of
from clearway.planning.gazetteer import Gazetteer
from clearway.planning.plan.jurisdiction import read_jurisdiction
from clearway.planning.vehicles.record_means import record_towing
from clearway.planning.vehicles.towing.fees import our_caps, read_caps
from clearway.planning.vehicles.towing.order_board import board_called
from clearway.planning.vehicles.towing.recording import order_boards, words_on_tows
from clearway.planning.vehicles.towing.tow_record import TowGround, tow_record

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from clearway.planning.vehicles.towing.means import StoragePlace
    from clearway.planning.vehicles.towing.tow_record import TowRecord


@click.command("tow-record")
@click.argument("tow", type=TowName())
@click.option("--network", type=FILE, help="Road network: without it nobody can say how far it is, or what storage there is.")
@takes(Question, "question")
@click.option("--jurisdiction", type=FILE, help="CSV of powers and their limits.  [default: New Zealand's]")
@click.option("--fee-caps", "caps", type=FILE, help="CSV of what may be charged at most.  [default: New Zealand's]")
@click.option("--public", is_flag=True, help="Name no firm and nobody who spoke: for what goes out.")
@click.option("--pdf", type=FILE, help="Write it as PDF.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def tow_record_command(
    tow: tuple[int, str],
    network: Path | None,
    question: Question,
    jurisdiction: Path | None,
    caps: Path | None,
    *,
    public: bool,
    pdf: Path | None,
    as_json: bool,
) -> None:
    """Answer what is asked of a tow, ORDER:TOW as 1:T003: which firm, to which street, how far, what if it is broken into.

    And who may order it, what evidence there is, what its owner pays. What nobody said is left open.
    """
    roads = load_network(network) if network else None
    gazetteer = Gazetteer(roads) if roads else None
    with seen(question) as look:
        index = PictureIndex()
        index.add(look.store.entries(look.stream))
        board = board_called(order_boards(look.store, index, look.when), tow[0])
        entries = words_on_tows(look.store, index, look.when)
        storage: tuple[StoragePlace, ...] = ()
        if gazetteer:
            picture = picture_of(look.store, index, look.stream, look.when, calendar=look.calendar, bands=False)
            storage = record_towing(picture, gazetteer, look.calendar.zone)[0].storage
        zone = look.calendar.zone
    ground = TowGround(
        storage, entries, read_jurisdiction(jurisdiction), read_caps(caps) if caps else our_caps(), gazetteer, zone
    )
    found = tow_record(board, tow[1], ground, public=public)
    if pdf:
        from clearway.publish.vehicles.papers import as_pdf, tow_record_paper  # noqa: PLC0415 - takes a moment

        with writing_bytes(pdf) as file:
            file.write(as_pdf(tow_record_paper(found)))
    click.echo(json.dumps(found.as_json()) if as_json else "\n".join(_lines(found)))


def _lines(found: TowRecord) -> Iterator[str]:
    yield f"Tow order {found.order}, {found.tow}: {found.vehicle}, {found.state.replace('_', ' ')}."
    for one in found.answers:
        yield ""
        yield one.asks
        yield from (f"  {says}" for says in one.says)
        if one.entries:
            yield f"  [{', '.join(one.entries)}]"
