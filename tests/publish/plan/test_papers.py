"""The papers of a plan: every gap is marked once and counted, values are the plan's, maps have four marks and no colour."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest
import shapely
from pypdf import PdfReader

from clearway.network.importers.osm import import_osm
from clearway.planning.access.planner.stations import Station
from clearway.planning.decide.ordered import Ordered
from clearway.planning.gazetteer import Gazetteer
from clearway.planning.plan.checks import CheckGround
from clearway.planning.plan.detours.contract import Detour, SignedLeg
from clearway.planning.plan.document import plan_of
from clearway.planning.plan.jurisdiction import read_jurisdiction
from clearway.planning.plan.site import site_of_file
from clearway.publish.plan.content import document_of
from clearway.publish.plan.figures import detour_maps, gate_maps, leaflet_map, stage_maps
from clearway.publish.plan.making import Streets, known_of
from clearway.publish.plan.page import as_page
from clearway.publish.plan.passing import passing_rows
from clearway.publish.plan.pdf import MOST_PAGES, as_pdf, on_paper
from clearway.publish.plan.shape import GAP, Card, Cards, Document, Lines, Maps, Section, Table
from clearway.publish.plan.streets import closed_streets
from clearway.publish.plan.ways_round import Step, by_another_street, shortened
from plan_rings import DAYS, NOW, RING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from clearway.publish.plan.known import Known

    Papers = Callable[..., Document]
    Knowns = Callable[..., Known]

SVG = r'"svg":("(?:[^"\\]|\\.)*")'
WHOLE: dict[str, Any] = {
    "title": "Te h\u012bkoi ki te tuku: \u2018#let x\u2019 <b>&",
    "organiser": "Ng\u0101 R\u014dp\u016b o te Motu",
    "starts": "day 14 03:30",
    "ends": "day 15 18:00",
    "attendance": {"low": 800, "high": 800, "about": True},
    "barriers": [
        {"id": f"B{number}", "place": where, "structure": "concrete_block"}
        | ({"opens": "staffed", "opening_seconds": 45} if number in (1, 5) else {})
        for number, where in enumerate(RING, 1)
    ],
    "passages": [
        {"who": ["people on foot", "emergency services"], "may": "enter_and_leave"},
        {"who": ["residents", "workers"], "may": "enter_and_leave", "gates": ["B1"], "proof": "a letter"},
        {"who": "toilet trucks", "may": "enter", "gates": ["B1"], "starts": "day 14 14:00", "ends": "day 14 16:00"},
    ],
    "stages": [{"phase": "set_up", "starts": "day 14 03:30", "ends": "day 14 07:30"}, {"phase": "hold"}],
    "posts": [{"id": "P1", "place": RING[0], "staff": 4, "task": "opens"}],
    "handover": [{"id": "H1", "place": "Col 4 at Row 4"}],
    "contacts": [{"office": "Kaiwhakahaere, Council", "task": "information for residents", "reach": "04 000 0000"}],
    "powers": [{"by": "Council", "instrument": "the Act"}],
    "contingencies": [{"case": "staff_short", "action": "B5 closes first."}],
}


@pytest.fixture(scope="module")
def knowns(open_data: Path) -> Knowns:
    """What is known of a plan of some fields on the grid of the shared cases."""
    case = open_data / "cases" / "network" / "k00-base.osm"
    gazetteer = Gazetteer(import_osm(case))
    areas, lines = site_of_file(case.with_name("k00-base.site.geojson"), gazetteer.network)
    lon, lat = float(gazetteer.network.junction_lon[0]), float(gazetteer.network.junction_lat[0])
    hospitals = [Station("The hospital", "hospital", lon, lat)]
    ground = CheckGround(gazetteer=gazetteer, zone=DAYS.zone, jurisdiction=read_jurisdiction(), now=NOW, hospitals=hospitals)
    streets = Streets(ground=ground)

    def known(*, on_streets: bool = True, site: bool = True, **fields: Any) -> Known:  # noqa: ANN401 - any JSON
        plan = plan_of({"plan": "tmp", "title": "Ring"} | fields, DAYS, NOW)
        plan = plan.model_copy(update={"site": areas, "occupied": lines}) if site else plan
        return known_of(plan, DAYS.zone, NOW, streets if on_streets else None)

    return known


@pytest.fixture(scope="module")
def papers(knowns: Knowns) -> Papers:
    """The papers of such a plan."""
    return lambda **fields: document_of(knowns(**fields))


def text_of(document: Document) -> list[str]:
    """The words of each page, without line breaks; maps are left blank, for a reader takes seconds over their lines."""
    blank = '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"/>'
    light = re.sub(SVG, f'"svg":{json.dumps(blank)}'.replace("\\", r"\\"), document.model_dump_json())
    pdf = as_pdf(Document.model_validate_json(light))
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages]


def drawings(document: Document) -> list[str]:
    found = re.findall(SVG, document.model_dump_json())
    return [json.loads(one) for one in found]


@pytest.mark.parametrize(
    ("fields", "least"),
    [(WHOLE, 10), ({"site": False}, 40), ({"on_streets": False, **WHOLE}, 15), ({**WHOLE, "contacts": [], "powers": []}, 15)],
    ids=["whole", "empty", "without streets", "without contacts"],
)
def test_every_gap_is_marked_once_on_paper_and_on_the_page_and_counted(papers: Papers, fields: Any, least: int) -> None:  # noqa: ANN401
    document = papers(**fields)
    marks = " ".join(text_of(document)).count(GAP)
    assert marks == document.gaps == as_page(document).count(GAP) == document.as_json()["gaps"]
    assert marks >= least


def test_a_field_that_is_filled_in_is_a_gap_less(papers: Papers) -> None:
    without = papers(**(WHOLE | {"organiser": None}))
    assert without.gaps - papers(**WHOLE).gaps == 2  # in the plan and in the operation order
    assert papers(**WHOLE).only(("gates",)).gaps == 1  # nobody stands at B5


def test_an_order_begins_with_the_objective_and_the_decision_of_the_record_and_else_marks_them(knowns: Knowns) -> None:
    known = knowns(**WHOLE, on_streets=False)
    said = Ordered("Open the street (entry goal)", "Offer parking (entry d)", "legal basis: Act s 1")
    empty, full = (document_of(one, ("order",)) for one in (known, replace(known, ordered=said)))
    assert empty.gaps - full.gaps == 3
    facts = json.dumps(full.as_json())
    assert all(one in facts for one in said if one)


def test_what_the_plan_says_stands_on_paper_letter_by_letter(papers: Papers) -> None:
    document = papers(**WHOLE)
    pages = text_of(document)
    whole = " ".join(pages)
    for said in (
        WHOLE["title"], "Ng\u0101 R\u014dp\u016b o te Motu", "about 800", "Mon 21 Feb 2022 03:30", "Tue 22 Feb 2022 18:00",
        "04 000 0000", "Council: the Act", "B5 closes first.", "version 1 of plan tmp".replace("version", "Version"),
    ):  # fmt: skip
        assert said in whole, said
    assert pages[0].index("Risk register") < pages[0].index("What is proved")
    assert all("tmp, version 1" in page for page in pages)
    assert whole.count("Gate card") == 2


def test_the_risk_register_has_each_case_and_each_failing_check(papers: Papers) -> None:
    register = next(one for one in papers(**WHOLE).sections if one.heading == "Risk register").blocks[1].model_dump()
    rows = {risk: action for _, risk, action in register["rows"]}
    assert rows["Staff are absent or too few"] == "B5 closes first."
    assert rows["Another demonstration or protest comes"] is None
    assert [number for number, *_ in register["rows"]] == [str(one) for one in range(1, len(rows) + 1)]
    assert "A check fails: emergency certificate (why: see What is proved)" in rows


def test_every_map_has_scale_north_date_and_version_and_no_colour(papers: Papers) -> None:
    maps = drawings(papers(**WHOLE))
    assert len(maps) == 1 + 2 + 1 + 1 + 2  # whole, gates, detours, leaflet, cards
    for drawn in maps:
        words = [one.text for one in ET.fromstring(drawn).iter("{http://www.w3.org/2000/svg}text")]  # noqa: S314 - our own
        assert [word for word in words if re.fullmatch(r"[\d,]+ m", word or "")], words
        assert "N" in words
        assert "tmp, version 1, Tue 01 Mar 2022 12:00" in words
        colours = set(re.findall(r"#([0-9a-f]{6})", drawn))
        assert all(one[:2] == one[2:4] == one[4:] for one in colours)


def test_no_label_of_a_map_stands_on_another(papers: Papers) -> None:
    for drawn in drawings(papers(**WHOLE)):
        root = ET.fromstring(drawn)  # noqa: S314 - our own
        boxes = [
            shapely.box(
                *(float(one.get(name, 0)) for name in ("x", "y")),
                *(float(one.get(a, 0)) + float(one.get(b, 0)) for a, b in (("x", "width"), ("y", "height"))),
            )
            for one in root.iter("{http://www.w3.org/2000/svg}rect")
            if one.get("stroke-width") == "0.7"
        ]
        assert all(not one.overlaps(other) for index, one in enumerate(boxes) for other in boxes[:index])


def test_who_passes_when(knowns: Knowns) -> None:
    """By hand: B1 has every rule, B5 only those without gates; before its first hour a rule is not told."""
    known = knowns(on_streets=False, **WHOLE)
    rows = {
        gate.id: [(r.who, r.enters, r.leaves, r.hours, r.shows) for r in passing_rows(known, gate)]
        for gate in known.plan.barriers
    }
    foot = ("People on foot, emergency services", "yes", "yes", "always", "")
    others = ("Everybody else who drives", "NO", "no rule", "always", "")
    assert rows["B5"] == [foot, others]
    assert rows["B1"] == [
        foot,
        ("Residents, workers", "yes", "yes", "always", "a letter"),
        ("Toilet trucks", "yes", "no rule", "from Mon 21 Feb 14:00 until Mon 21 Feb 16:00", ""),
        others,
    ]


def test_a_card_says_what_staff_say_whom_they_call_and_the_way_to_hospital(papers: Papers) -> None:
    first, second = papers(**WHOLE).cards
    assert first.say == (
        "This street is closed to vehicles until Tue 22 Feb 2022 18:00.",
        "You can walk through here, both ways.",
        "Residents and workers may go in and out, if they show a letter.",
        "Toilet trucks may go in, from Mon 21 Feb 14:00 until Mon 21 Feb 16:00.",
        "If you may not drive in here, follow the signs DETOUR.",
    )
    assert second.say[-2] == "Residents drive in at B1."
    assert (first.staff, second.staff) == ("P1: 4 staff", None)
    assert first.call == (("Kaiwhakahaere, Council: information for residents", "04 000 0000"),)
    assert first.handover == ("H1: Col 4 at Row 4",)
    assert first.wrong == (("Staff are absent or too few", "B5 closes first."),)
    assert first.hospital is not None
    assert first.hospital.name == "The hospital"


def test_a_plan_of_eighty_gates_has_a_page_for_each(knowns: Knowns) -> None:
    """Each gate with a name too long for a map is called by its number there."""
    gates = [
        {"id": f"Te k\u0113ti roa o te huarahi {number}", "place": RING[number % 8], "opens": "staffed"} for number in range(80)
    ]
    known = knowns(on_streets=False, **(WHOLE | {"barriers": gates, "passages": WHOLE["passages"][:1], "posts": []}))
    document = document_of(known, ("gates",))
    pages = text_of(document)
    assert len(pages) == 80
    assert all(f"No {number} " in page for number, page in enumerate(pages, 1))
    assert all(f"huarahi {number}:" in page for number, page in enumerate(pages))


def test_more_than_twenty_gates_have_tall_maps_and_say_once_who_passes(knowns: Knowns) -> None:
    def fields(count: int) -> dict[str, Any]:
        gates: list[dict[str, Any]] = [
            {"id": f"G{number}", "place": RING[number % 8], "opens": "staffed"} for number in range(1, count + 1)
        ]
        gates[-1]["starts"] = "day 14 07:30"  # as the first stage ends, so that this has a map of its own
        return WHOLE | {"barriers": gates, "posts": [], "passages": WHOLE["passages"][:1]}

    for count, (leaflet, stage), maps in ((20, (250, 250), 1), (21, (590, 590), 2)):
        known = knowns(**fields(count))
        drawn = (leaflet_map(known), next(stage_maps(known))[1])
        heights = [int(re.findall(r'viewBox="0 0 520 (\d+)"', one.svg)[0]) - 22 for one in drawn if one]
        assert heights == [leaflet, stage]
        document = document_of(known)
        table = next(one for one in document.sections if one.heading == "Barriers and gates").blocks[0].model_dump()
        passes = [row[-1] for row in table["rows"]]
        assert len(set(passes)) == maps
        assert passes[1:] == [passes[0] if count == 20 else "as at G1"] * (count - 1)
        on_foot = next(one for one in document.leaflet if one.heading == "On foot").blocks[0].model_dump()["lines"]
        assert on_foot[0] == f"You can walk in and out at every gate: G1 to G{count}."


def test_many_signs_have_a_map_of_the_ground_round_them(knowns: Knowns) -> None:
    known = knowns(**WHOLE)
    found = known.detours
    assert found is not None
    sign = found.general.warn[0]
    for count, named in ((20, [True]), (21, [False, True])):
        general = found.general.model_copy(update={"warn": (sign,) * count})
        many = replace(known, detours=found.model_copy(update={"general": general}))
        assert [one is not None and ">W1<" in one.svg for one in detour_maps(many)] == named


def test_a_reason_that_fills_a_page_stands_once(knowns: Knowns) -> None:
    known = knowns(**WHOLE)
    checks = known.checks
    assert checks is not None
    for letters, times in ((500, 2), (501, 1)):
        long = [
            one.model_copy(update={"why": "x" * letters}) if one.name == "reached_from_two_sides" else one
            for one in checks.checks
        ]
        document = document_of(replace(known, checks=checks.model_copy(update={"checks": tuple(long)})), ("plan",))
        assert document.model_dump_json().count("x" * letters) == times


def test_roads_closed_are_the_four_streets_through_the_block_from_corner_to_corner(knowns: Knowns) -> None:
    """By hand: the ring stands on the two middle streets each way, 300 m from the first to the last corner."""
    found = closed_streets(knowns(**WHOLE))
    assert found is not None
    assert [(street, between, round(metres)) for street, between, metres in found] == [
        ("Col 2", "Row 4 and Row 1", 300), ("Col 3", "Row 4 and Row 1", 300),
        ("Row 2", "Col 1 and Col 4", 300), ("Row 3", "Col 1 and Col 4", 300),
    ]  # fmt: skip
    assert closed_streets(knowns(on_streets=False, **WHOLE)) is None


def test_the_leaflet_says_how_one_gets_in_by_car_and_on_foot(papers: Papers) -> None:
    said = {one.heading: one.blocks[0].model_dump().get("lines") for one in papers(**WHOLE).leaflet}
    assert said["By car"] == (
        "If you live or work here, drive in and out at gate B1 (Col 3 at Row 4, south side). Show a letter.",
        "Everybody else: follow the signs DETOUR.",
    )
    assert said["On foot"] == ("You can walk in and out at every gate: B1 and B5.",)
    assert said["By bus"] == (None,)
    barred = {one.heading: one.blocks[0].model_dump().get("lines") for one in papers(**(WHOLE | {"passages": []})).leaflet}
    assert barred["By car"] == barred["On foot"] == (None,)


def test_a_barrier_that_goes_as_a_stage_begins_is_on_no_map_of_it(knowns: Knowns) -> None:
    gone = WHOLE["barriers"][0] | {"ends": "day 14 07:30"}
    stages = [
        {"phase": "set_up", "starts": "day 14 03:30", "ends": "day 14 07:30"},
        {"phase": "hold", "starts": "day 14 07:30", "ends": "day 15 01:00"},
    ]
    known = knowns(**(WHOLE | {"barriers": [gone, *WHOLE["barriers"][1:]], "stages": stages}))
    ((stages_, without),) = stage_maps(known)
    assert [one.phase for one in stages_] == ["hold"]
    assert without
    assert (">B1<" in without.svg, ">B2<" in without.svg) == (False, True)
    told = next(one for one in document_of(known).sections if one.heading == "Stages").model_dump_json()
    assert "In the stage set up every barrier of the first map stands." in told


def test_traffic_from_another_street_is_told_its_own_turns_until_it_meets_the_signs() -> None:
    def detour(*legs: tuple[str, str]) -> Detour:
        driven = tuple(SignedLeg(turn=turn, street=street, metres=100, load=None) for turn, street in legs)
        return Detour(
            coming_from=legs[0][1], leaves_at="", joins_at="", legs=driven, metres=300, metres_added=200, minutes_added=1,
            minutes_added_in_traffic=None, overloaded=None, tight=(), there_and_back=(), line=None, way_indexes=(),
        )  # fmt: skip

    main = detour(("from", "A Street"), ("left into", "B Street"), ("right into", "C Street"), ("left into", "D Street"))
    other = detour(
        ("from", "E Street"), ("straight on into", "B Street"), ("right into", "C Street"), ("left into", "D Street")
    )
    told = by_another_street(other, main)
    assert told == "From E Street (+200 m): straight on into B Street, 100 m; then as above from C Street."
    joins = other.model_copy(update={"legs": (*other.legs[:-1], other.legs[-1].model_copy(update={"metres": 0}))})
    assert by_another_street(joins, main) == told  # the way is joined earlier, after the same signs
    alone = detour(("from", "E Street"), ("left into", "F Street"))
    assert by_another_street(alone, main) == "From E Street (+200 m): left into F Street, 100 m."


def test_steps_that_an_earlier_card_has_are_named_by_its_number_there() -> None:
    """By hand: of four steps in a row or more; a line that names a card itself is no step of it."""

    def steps(letters: str) -> list[Step]:
        return [Step(f"corner {one}", "arrow left") for one in letters]

    whole, own = shortened(steps("abcde"), [])
    assert whole == tuple(f"corner {one}: arrow left" for one in "abcde")
    assert shortened(steps("xbcdy"), [(1, own)])[1] == tuple(steps("xbcdy"))
    told, second = shortened(steps("xbcdey"), [(1, own)])
    assert told == ("corner x: arrow left", "corner b to corner e as in 1, steps 2 to 5", "corner y: arrow left")
    assert second == (*steps("x"), None, *steps("y"))
    assert shortened(steps("xbcde"), [(1, steps("bcde")), (2, second)])[0][1] == "corner b to corner e as in 1, steps 1 to 4"
    changed = [*steps("abc"), Step("corner d", "arrow right")]
    assert shortened(changed, [(1, own)])[1] == tuple(changed)


def test_gates_at_one_corner_share_a_map_on_which_each_of_them_is(knowns: Knowns) -> None:
    """Those of the ring stand a hundred metres apart; a ninth stands on another arm of the first one's corner."""

    def maps_of(*places: str) -> tuple[int, list[list[str]]]:
        gates = [{"id": f"G{number}", "place": where, "opens": "staffed"} for number, where in enumerate(places, 1)]
        across, maps = gate_maps(knowns(**(WHOLE | {"barriers": gates, "passages": []})))
        named = [re.findall(r"G\d(?=:)", one.caption) if one else [] for one in maps]
        assert all(f">{gate}<" in one.svg for one, some in zip(maps, named, strict=True) if one for gate in some)
        return across, named

    assert maps_of(*RING) == (3, [[f"G{number}"] for number in range(1, 9)])
    assert maps_of(RING[0], RING[2], "Row 4 at Col 3, west side") == (2, [["G1", "G3"], ["G2"]])
    assert maps_of(RING[0], "No Street at All") == (2, [["G1"], []])


def test_a_table_leaves_out_the_columns_in_which_no_row_says_anything_and_keeps_its_gaps() -> None:
    table = Table(columns=("Stage", "From", "What"), widths=(0.2, 0.3, 0.5), rows=(("hold", None, ""), ("remove", "noon", "")))
    assert table.filled() == Table(columns=("Stage", "From"), widths=(0.2, 0.3), rows=(("hold", None), ("remove", "noon")))
    assert table.model_copy(update={"rows": (("hold", None, "all stand"),)}).filled().columns == table.columns


def test_a_leaflet_with_many_stops_keeps_its_map_on_its_one_page(papers: Papers) -> None:
    """Its map is drawn smaller, so that a line or two more do not carry it to a page of its own."""
    document = papers(**WHOLE)
    stops = Section(
        heading="By bus", blocks=(Lines(lines=("a stop with a line of words as long as the paper is wide " * 2,) * 22),)
    )
    leaflet = document.model_copy(update={"sections": (), "order": (), "cards": (), "leaflet": (stops, *document.leaflet)})
    assert len(PdfReader(io.BytesIO(as_pdf(leaflet))).pages) == 1


def ways(count: int, letters: int) -> Section:
    """Cards whose steps take some lines each."""
    cards = tuple(
        Card(heading=f"{at}. Willis St", facts=("Cut by B1.",), steps=("x" * letters,), short=f"B1: +{at} m")
        for at in range(1, count + 1)
    )
    return Section(heading="Detours", blocks=(Cards(cards=cards),))


def beside_the_cards(document: Document) -> int:
    return sum(not page.startswith("Gate card") for page in text_of(document))


def test_papers_that_have_room_are_left_as_they_are(papers: Papers) -> None:
    document = papers(**WHOLE)
    assert on_paper(document) == document
    gates = document.only(("gates",))
    assert on_paper(gates) == gates


def test_of_many_detours_the_first_have_a_card_and_the_others_stand_in_a_list(papers: Papers) -> None:
    document = papers(**WHOLE)
    many = document.model_copy(update={"sections": (*document.sections, ways(250, 900))})
    assert beside_the_cards(many) > MOST_PAGES
    found = on_paper(many)
    cards, said, listed = found.sections[-1].blocks
    assert isinstance(cards, Cards)
    assert len(cards.cards) + cards.listed == 250
    assert [one.heading for one in cards.cards] == [f"{at}. Willis St" for at in range(1, len(cards.cards) + 1)]
    first = len(cards.cards) + 1
    assert isinstance(listed, Lines)
    assert listed.lines == tuple(f"{at}. Willis St (B1: +{at} m)" for at in range(first, 251))
    assert said == Lines(lines=(f"{cards.listed} further ways in short; step by step they stand in the papers as a page.",))
    assert found.sections[:-1] == document.sections
    pages = text_of(found)
    assert sum(not page.startswith("Gate card") for page in pages) <= MOST_PAGES
    assert "250. Willis St (B1: +250 m)" in " ".join(pages)


def test_however_much_a_plan_holds_twelve_pages_do_and_no_gap_is_lost(papers: Papers) -> None:
    """Tables keep their first rows and those with a gap, and the map of the whole stays."""
    document = papers(**WHOLE)
    rows = tuple((f"row {at}", None if at % 50 == 49 else "words " * 30) for at in range(400))
    table = Table(columns=("A", "B"), widths=(0.2, 0.8), rows=rows)
    maps = next(block for one in document.sections for block in one.blocks if isinstance(block, Maps))
    more = Section(heading="More", blocks=(table, maps.model_copy(update={"maps": (*maps.maps * 30, None)})))
    many = document.model_copy(update={"sections": (*document.sections, *[ways(300, 900)] * 2, more)})
    found = on_paper(many)
    assert beside_the_cards(found) <= MOST_PAGES < beside_the_cards(many)
    assert found.gaps == many.gaps
    assert [one.blocks for one in found.sections if one.new_page] == [one.blocks for one in document.sections if one.new_page]
    kept = found.sections[-1].blocks[0]
    assert isinstance(kept, Table)
    assert len(kept.rows) + kept.left_out == 400
    assert [row for row in kept.rows if None in row] == [row for row in rows if None in row]
    shown = next(block for block in found.sections[-1].blocks if isinstance(block, Maps))
    assert len(shown.maps) + shown.left_out == 31
    assert shown.maps[-1] is None
    said = [line for block in found.sections[-1].blocks if isinstance(block, Lines) for line in block.lines]
    assert said == [
        f"{kept.left_out} further rows stand in the papers as a page.",
        f"{shown.left_out} maps more stand in the papers as a page.",
    ]
    assert found.gaps == " ".join(text_of(found)).count(GAP)
