"""``clearway vehicles tow-record`` and ``fee-caps``: a tow by its order and name, and what is not one."""

from __future__ import annotations

import json
from contextlib import closing
from datetime import datetime
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from clearway.cli import root
from clearway.network.store import save_network
from clearway.planning.gazetteer import Gazetteer
from clearway.planning.plan.jurisdiction import read_jurisdiction
from clearway.planning.vehicles.tally import Figures, stretch_of, stretch_ways
from clearway.planning.vehicles.towing.ground import TowQuestion
from clearway.planning.vehicles.towing.jobs import wanted_of
from clearway.planning.vehicles.towing.means import means_of
from clearway.planning.vehicles.towing.ordered import order_body
from clearway.planning.vehicles.towing.orders import order_of
from clearway.planning.vehicles.towing.planning import towed
from clearway.planning.vehicles.towing.recording import order_tows
from clearway.record.entry import now
from clearway.record.open import open_record
from clearway.record.source import Source
from drawn_towns import Town, place

if TYPE_CHECKING:
    from pathlib import Path

STARTS = datetime.fromisoformat("2022-02-17T08:00:00+13:00")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A town, and a record in which two tows of its Side Street were ordered."""
    folder = tmp_path_factory.mktemp("tows")
    town = Town()
    for x in (0.0, 1500.0):
        town.street((x, 0.0), (x + 1500.0, 0.0), name="Main Street")
    town.street((1500.0, 0.0), (1500.0, 90.0), name="Side Street")
    network = town.network()
    save_network(network, folder / "town.clearway")
    lon, lat = place(0.0, 0.0)
    operators = [{"id": "Smith and Daughters", "light": {"trucks": 1, "willing": "yes"}}]
    means = means_of({"storage": [{"id": "yard", "lon": lon, "lat": lat}], "operators": operators})
    ways = stretch_ways("Side Street", Gazetteer(network))
    wanted = wanted_of([stretch_of("Side Street", ways, Figures({"car": 2}, 2, 0, 1), network)], means)
    order = order_of("officer_on_road", "police", read_jurisdiction())
    answer = towed(network, TowQuestion(wanted, means, starts=STARTS, order=order), limit_s=0.1)
    source = Source(office="duty officer", organisation="Police")
    with closing(open_record(str(folder / "room.record"))) as store:
        order_tows(store, "square", lambda number: order_body(number, answer, means, wanted), source, now(), "order-1")
    return folder


def run(folder: Path, *words: str) -> tuple[int, str]:
    done = CliRunner().invoke(root, ["vehicles", *[word.replace("@", f"{folder}/") for word in words]])
    return done.exit_code, done.output


ASKED = ("tow-record", "1:T001", "--record", "@room.record")


def test_each_question_has_its_answer_or_is_left_open(folder: Path) -> None:
    code, told = run(folder, *ASKED, "--network", "@town.clearway")
    assert code == 0, told
    assert told.startswith("Tow order 1, T001: car, to come.")
    for part in (
        "Which firm tows it?\n  Smith and Daughters, with the truck 'light 1'.",
        "From Side Street to yard, Main Street.", "How far is it?\n  1.5 km by the quickest way", "It was ordered by police.",
        "What if it is broken into?\n  Nobody said what is done then", "What evidence is there?\n  Nobody entered a photo",
        "Nobody said how an owner gets it back from yard",
    ):  # fmt: skip
        assert part in told


def test_what_goes_out_names_no_firm(folder: Path) -> None:
    told = run(folder, *ASKED, "--public", "--json")[1]
    assert "Smith" not in told
    assert json.loads(told)["answers"][0]["says"] == [
        "A firm that the room knows; firms are named to owners alone, with the truck 'light 1'."
    ]


def test_it_is_written_as_pdf(folder: Path) -> None:
    assert run(folder, *ASKED, "--pdf", "@tow.pdf")[0] == 0
    assert (folder / "tow.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(
    ("tow", "says"),
    [
        ("1:T009", "Unknown tow of order 1: T009"), ("2:T001", "The record has no tow order 2"),
        ("T001", "'T001' names no tow. Write the number of the order and the tow, as 1:T003"),
    ],
)  # fmt: skip
def test_a_tow_that_there_is_not_is_refused_in_a_sentence(folder: Path, tow: str, says: str) -> None:
    done = CliRunner().invoke(root, ["vehicles", "tow-record", tow, "--record", f"{folder}/room.record"])
    assert done.exit_code
    assert says in f"{done.output} {done.exception}"


def test_our_caps_are_printed(folder: Path) -> None:
    assert "clamp,release,100.00,NZD" in run(folder, "fee-caps")[1]
