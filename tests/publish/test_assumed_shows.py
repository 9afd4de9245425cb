"""What is assumed of a tally or a capacity says so wherever its figure shows: each place is walked, and new ones fail here."""

from __future__ import annotations

import csv
import importlib
import inspect
import io
import pkgutil
import re
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_type_hints

import pytest
from pydantic import BaseModel
from pypdf import PdfReader

import clearway.planning.vehicles
import clearway.record.kinds
import clearway.server.desks.vehicles
from clearway.cli.text import offer as offer_text
from clearway.cli.text import towing as towing_text
from clearway.cli.text import vehicles as vehicles_text
from clearway.planning.access.planner.timing import AccessTimer
from clearway.planning.cordon.planner.steps import Steps, untold
from clearway.planning.plan.jurisdiction import read_jurisdiction
from clearway.planning.vehicles.clearing.staircase import cleared
from clearway.planning.vehicles.clearing.wishes import Wishes
from clearway.planning.vehicles.offer.places import places_of
from clearway.planning.vehicles.offer.planning import OfferQuestion, offered
from clearway.planning.vehicles.tally import Stretch
from clearway.planning.vehicles.told_places import parking_words, storage_words
from clearway.planning.vehicles.towing.ground import TowQuestion
from clearway.planning.vehicles.towing.jobs import wanted_of
from clearway.planning.vehicles.towing.means import means_of
from clearway.planning.vehicles.towing.orders import order_of
from clearway.planning.vehicles.towing.planning import towed
from clearway.publish.vehicles import papers
from clearway.record.moments import calendar
from drawn_towns import Town, place

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

    from clearway.network.model import Network

NOON = datetime.fromisoformat("2022-02-16T12:00:00+13:00")
ZONE = calendar("Pacific/Auckland").zone
GUESS = "Nobody counted on Side Street: 7 vehicles, by type and place, are assumed."
TALLY = (Stretch("Side Street", (2,), {"car": 7}, 7, 0, 3, (GUESS,), is_assumed=True),)
CAPACITY = 413
WEB = Path(__file__).parents[2] / "web" / "src"
_ROOM = re.compile(rf"{CAPACITY} ?(?:spaces|vehicles)|[Rr]oom for {CAPACITY}")
_TALLY = re.compile(r"\b7 vehicles|Side Street")
_MARK = re.compile(r"assumed", re.IGNORECASE)
SILENT = (
    "vehicles are not through", "in line at most", "vehicles away after", "Move 7 vehicles", "Route", "out at", "way leads",
    "Side Street at Main Street", "by Side Street", "Street: Side", "Side Street, Main Street", "From Side Street: ",
    "StreetSide Street",
)  # fmt: skip
"""Sentences that tell a way, or what trucks and queues do: what they rest on stands in the first."""


@pytest.fixture(scope="module")
def town() -> Network:
    drawn = Town()
    for x in (0.0, 500.0):
        drawn.street((x, 0.0), (x + 500.0, 0.0), name="Main Street")
    drawn.street((500.0, 0.0), (500.0, 90.0), name="Side Street")
    return drawn.network()


@pytest.fixture(scope="module")
def said(town: Network) -> dict[str, list[str]]:
    """Every sentence, line and cell, by where it stands."""
    lon, lat = place(0.0, 0.0)
    spot = {"lon": lon, "lat": lat, "capacity": CAPACITY, "assumed": ["capacity"]}
    first, second = places_of({"places": [spot | {"id": "field", "name": "Field"}, spot | {"id": "b", "name": "Back"}]})
    ended = first.model_copy(update={"ends": datetime.fromisoformat("2022-02-16T20:00:00+13:00")})
    offer = offered(town, OfferQuestion(TALLY, (ended, second), at=NOON))
    means = means_of({"storage": [spot | {"id": "yard"}], "operators": [{"id": "A", "light": {"trucks": 1, "willing": "yes"}}]})
    order = order_of("officer_on_road", "police", read_jurisdiction())
    tow = towed(town, TowQuestion(wanted_of(TALLY, means), means, starts=NOON, order=order), limit_s=0.1)
    stairs = cleared(AccessTimer(town), (), TALLY, Wishes({}, {"Side Street": frozenset({2})}), Steps(untold, 5.0))
    rows = csv.reader(io.StringIO(papers.tows_csv(tow)))
    return {
        "offered_lines": offer_text.offered_lines(offer),
        "towed_lines": towing_text.towed_lines(tow),
        "cleared_lines": vehicles_text.cleared_lines(stairs),
        "leaflet": lines(papers.leaflet(offer)),
        "tow_sheet": lines(papers.tow_sheet(tow)),
        "notices": lines(papers.notices(tow)),
        "tows_csv": [" ".join(row) for row in rows],
        "alerts": [one for alert in offer.alerts for one in (alert.says, *alert.next_steps)],
        "told_places": [parking_words(ended, ZONE), storage_words(means.storage[0])],
    }


def lines(paper: Any) -> list[str]:  # noqa: ANN401 - papers of any kind
    """What a paper says, row by row; and that it is the same on the page."""
    found = [*_rows(paper.model_dump(mode="json"))]
    text = " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(papers.as_pdf(paper))).pages).split())
    assert ("ssumed" in text) == any("ssumed" in one for one in found)
    return found


def _rows(part: Any) -> Iterator[str]:  # noqa: ANN401 - any JSON
    if isinstance(part, str):
        yield part
    elif isinstance(part, list) and all(isinstance(one, str) or one is None for one in part):
        yield " | ".join(one or "" for one in part)
    elif isinstance(part, dict | list):
        for one in part.values() if isinstance(part, dict) else part:
            yield from _rows(one)


def test_a_capacity_that_is_assumed_says_so_in_every_sentence_that_has_it(said: dict[str, list[str]]) -> None:
    seen = {where for where, texts in said.items() for one in texts if _ROOM.search(one)}
    bare = [(where, one) for where, texts in said.items() for one in texts if _ROOM.search(one) and not _MARK.search(one)]
    assert bare == []
    assert {"offered_lines", "alerts", "told_places"} <= seen
    assert any(f"{CAPACITY} (assumed)" in one for one in said["leaflet"])


def test_a_tally_that_is_assumed_says_so_in_every_sentence_that_has_its_figure(said: dict[str, list[str]]) -> None:
    bare = [
        (where, one)
        for where, texts in said.items()
        for one in texts
        if where not in ("notices", "leaflet", "alerts") and _TALLY.search(one) and not _MARK.search(one)
        if not any(part in one for part in SILENT)
    ]
    assert bare == []
    for where in ("offered_lines", "towed_lines", "cleared_lines", "tow_sheet", "tows_csv"):
        assert any(_TALLY.search(one) and _MARK.search(one) for one in said[where]), where


def modules_of(package: ModuleType) -> Iterator[ModuleType]:
    for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        yield importlib.import_module(found.name)


NO_MARK = {
    "OrderedStorage": "the order lists what is assumed in sentences",
    "OrderedStretch": "the order lists what is assumed in sentences",
    "Offer": "the words of who offers it, no assumption of ours",
    "StretchGiven": "", "Supply": "",
}  # fmt: skip


@pytest.mark.parametrize(
    "package",
    [clearway.planning.vehicles, clearway.server.desks.vehicles, clearway.record.kinds],
    ids=lambda package: package.__name__,
)
def test_every_answer_with_a_capacity_or_a_tally_has_a_mark_beside_it(package: ModuleType) -> None:
    """A model with a capacity, with figures by type, or with a stretch and a figure has a field 'assumed'."""
    bare = set()
    for module in modules_of(package):
        for name, kind in inspect.getmembers(module, inspect.isclass):
            if not issubclass(kind, BaseModel) or kind.__module__ != module.__name__ or name in NO_MARK:
                continue
            fields = set(kind.model_fields)
            of_stretch = get_type_hints(kind).get("stretch") is str and fields & {"vehicles", "move"}
            if (fields & {"capacity", "car"} or of_stretch) and "assumed" not in fields:
                bare.add(name)
    assert bare == set()


def test_every_function_that_writes_of_vehicles_is_walked_here(said: dict[str, list[str]]) -> None:
    """One that is new fails here until it is walked, or named with why it holds no such figure."""
    other = {"as_pdf": "writes what it is given", "tow_record_paper": "one vehicle, no tally"}
    written = {
        name
        for module in (papers, offer_text, towing_text, vehicles_text)
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__ and not name.startswith("_")
    }
    assert written - set(other) <= set(said)


@pytest.mark.parametrize("path", sorted((WEB / "desks" / "vehicles").rglob("*.ts*")), ids=lambda path: path.name)
def test_every_part_of_the_page_that_shows_such_a_figure_knows_what_is_assumed(path: Path) -> None:
    text = path.read_text("utf-8")
    shows = re.search(r"\btotalOf\(|\bkindsOf\(|\.capacity\b|\bcapacity ===|\.leavers\[|\bmoved\.map|\.room\b", text)
    assert not shows or re.search(r"assumed|ageOf", text), f"{path.name} shows a figure without its mark"
