"""Tow sheet, notices, leaflet and CSV: what they say, what they never say, and that nothing is ordered without a power."""

from __future__ import annotations

import csv
import io
import json
from datetime import datetime
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader

from clearway.errors import BadInput
from clearway.planning.plan.jurisdiction import read_jurisdiction
from clearway.planning.vehicles.offer.places import places_of
from clearway.planning.vehicles.offer.planning import OfferQuestion, offered
from clearway.planning.vehicles.tally import Stretch
from clearway.planning.vehicles.towing.ground import TowQuestion
from clearway.planning.vehicles.towing.jobs import wanted_of
from clearway.planning.vehicles.towing.means import means_of
from clearway.planning.vehicles.towing.orders import order_of
from clearway.planning.vehicles.towing.planning import towed
from clearway.planning.vehicles.towing.release import for_all
from clearway.publish.plan.shape import GAP
from clearway.publish.vehicles.papers import as_pdf, leaflet, notices, tow_sheet, tows_csv
from drawn_towns import Town, place

if TYPE_CHECKING:
    from clearway.network.model import Network
    from clearway.planning.vehicles.towing.contract import Towed
    from clearway.publish.vehicles.papers import Papers

OPERATOR, UNWILLING = "Smith and Daughters", "Jones Haulage"
STARTS = datetime.fromisoformat("2022-02-17T08:00:00+13:00")
TALLY = (Stretch("=Side Street", (2,), {"car": 2}, 2, 0, 1),)


@pytest.fixture(scope="module")
def town() -> Network:
    drawn = Town()
    for x in (0.0, 500.0):
        drawn.street((x, 0.0), (x + 500.0, 0.0), name="Main Street")
    drawn.street((500.0, 0.0), (500.0, 90.0), name="Side Street")
    return drawn.network()


@pytest.fixture(scope="module")
def ordered(town: Network) -> Towed:
    lon, lat = place(0.0, 0.0)
    fleet = {"trucks": 1, "willing": "yes"}
    refused = {"trucks": 2, "willing": "no", "reason": "safety"}
    operators = [
        {"id": OPERATOR, "light": fleet, "conditions": "cash", "indemnity": "asked for", "assumed": ["light"]},
        {"id": UNWILLING, "light": refused, "assumed": ["light"]},
    ]
    means = means_of({"storage": [{"id": "yard", "lon": lon, "lat": lat}], "operators": operators})
    order = order_of("officer_on_road", "police", read_jurisdiction())
    return towed(town, TowQuestion(wanted_of(TALLY, means), means, starts=STARTS, order=order))


def words(papers: Papers) -> str:
    pages = PdfReader(io.BytesIO(as_pdf(papers))).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_the_tow_sheet_says_who_orders_each_tow_by_which_power_and_has_room_for_evidence(ordered: Towed) -> None:
    said = words(tow_sheet(ordered))
    for part in (
        "police",
        "Land Transport Act 1998, section 113",
        "no: have it checked",
        "T001",
        "T002",
        "yard",
        "Evidence",
        "08:00",
    ):
        assert part in said
    assert said.count(GAP) == 1  # how a vehicle is released nobody said


def test_without_a_power_there_is_no_sheet_and_no_notice(ordered: Towed) -> None:
    question = ordered.model_copy(update={"order": None})
    with pytest.raises(BadInput, match="without a power none can be"):
        tow_sheet(question)
    with pytest.raises(BadInput, match="A notice names who orders"):
        notices(question)


def test_a_notice_says_when_where_to_and_how_to_get_the_vehicle_back(ordered: Towed) -> None:
    said = words(notices(ordered, call="the information line"))
    for part in ("Please move your vehicle", "Side Street", "Thu 17 Feb 08:", "Towed to yard", "the information line"):
        assert part in said
    assert GAP in words(notices(ordered))


def test_a_fee_above_its_cap_stands_on_the_sheet_on_the_notice_and_in_the_table(town: Network) -> None:
    lon, lat = place(0.0, 0.0)
    yard = {"id": "yard", "lon": lon, "lat": lat, "release_fee": 500, "assumed": ["release_fee"]}
    means = means_of({"storage": [yard], "operators": [{"id": OPERATOR, "light": {"trucks": 1, "willing": "yes"}}]})
    order = order_of("officer_on_road", "police", read_jurisdiction())
    found = towed(town, TowQuestion(wanted_of(TALLY, means), means, starts=STARTS, order=order))
    over = "The release fee of yard, NZD 500.00, is above the cap of NZD 100.00"
    for paper in (tow_sheet(found), notices(found)):
        said = words(paper)
        assert over in said
        assert "release NZD 500.00 (assumed)" in said
    rows = list(csv.DictReader(io.StringIO(tows_csv(found))))
    assert {one["fees"] for one in rows} == {"release NZD 500.00 (assumed)"}
    assert all(one["above_cap"].startswith(over) for one in rows)
    assert found.notes[0].startswith(over)


def test_no_operator_is_in_anything_that_goes_out(ordered: Towed) -> None:
    out = [
        words(tow_sheet(ordered)),
        words(notices(ordered)),
        tows_csv(ordered),
        json.dumps(for_all(ordered).as_json()),
    ]
    whole = json.dumps(ordered.as_json())
    for name in (OPERATOR, UNWILLING):
        assert name in whole
        assert not [one for one in out if name in one]
    assert OPERATOR in tows_csv(ordered, public=False)


def test_the_csv_has_a_line_for_each_tow_and_no_formula(ordered: Towed) -> None:
    rows = list(csv.DictReader(io.StringIO(tows_csv(ordered))))
    assert [one["tow"] for one in rows] == ["T001", "T002"]
    assert {one["from"] for one in rows} == {"'=Side Street"}
    assert {(one["ordered_by"], one["evidence"]) for one in rows} == {("police", "")}


def test_the_leaflet_says_where_until_when_and_marks_what_nobody_said(town: Network) -> None:
    lon, lat = place(0.0, 0.0)
    field = {
        "id": "field",
        "name": "Field",
        "lon": lon,
        "lat": lat,
        "capacity": 9,
        "starts": "2022-02-14T18:30+13:00",
        "come_back": True,
    }
    found = offered(town, OfferQuestion(TALLY, places_of({"places": [field | {"assumed": ["capacity"]}]})))
    said = words(leaflet(found))
    for part in (
        "You may park at: Field",
        "Mon 14 Feb 18:30",
        "9 (assumed)",
        "Side Street, Main Street",
        "Side Street at Main Street",
    ):
        assert part in said
    assert said.count(GAP) == 2  # until when, and whom to call
