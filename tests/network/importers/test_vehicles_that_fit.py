"""Who reaches the house behind each kind of tag, and what is counted."""

from collections.abc import Callable
from pathlib import Path

import pytest

from clearway.network.classes import SIZES, VEHICLE_CLASSES, load_vehicle_classes
from clearway.network.fitting import fitted
from clearway.network.importers.osm import import_osm
from clearway.network.importers.osm_limits import limits, most
from clearway.network.model import NEVER_MS, Network
from clearway.network.search.graph import routing_graph
from clearway.network.search.origins import origins
from clearway.network.search.search import shortest_tree
from clearway.network.search.targets import address_targets, arrivals

CASES = Path(__file__).parents[2] / "data" / "cases" / "network"
LETTERS = dict(zip("ERSBGFC", VEHICLE_CLASSES, strict=True))
STREET = """
    n 1 0 0
    n 2 200 0
    n 5 300 0 {node}
    n 3 400 0
    n 4 600 0
    n 90 590 8 addr:housenumber=1 addr:street=T
    w 101 1,2 highway=residential name=S
    w 102 2,5,3 highway=residential {way} name=M
    w 103 3,4 highway=residential name=T
"""
"""The house stands behind way 102 and node 5."""
Draw = Callable[[str], Network]


def reached(network: Network) -> set[str]:
    """The classes, by letter, that come from the street's start to its one house."""
    start = (float(network.junction_lon[0]), float(network.junction_lat[0]))
    return {letter for letter, name in LETTERS.items() if _ms(network, name, start) < NEVER_MS}


def _ms(network: Network, vehicle_class: str, start: tuple[float, float]) -> int:
    graph = routing_graph(network, vehicle_class)
    tree = shortest_tree(graph, origins(graph, [start]))
    return int(arrivals(tree, address_targets(graph)).ms[0])


@pytest.mark.parametrize(
    ("case", "reach", "either"),
    [
        ("a03-service-emergency-access", "EF", "C"),
        ("a11-motorroad", "ERSBG", ""),
        ("a17-maxheight", "RGFC", "SB"),
        ("a20-width", "", "RSGBFC"),
        ("b04-sump-buster", "BFC", "ES"),
        ("b10-planter", "FC", ""),
        ("b12-log", "F", "C"),
        ("b15-height-restrictor-2m1", "RGFC", "SB"),
        ("b20-debris", "F", "C"),
        ("b21-hampshire-gate", "E", "RSBGFC"),
    ],
)
def test_a_case_lets_those_classes_reach_the_house(case: str, reach: str, either: str) -> None:
    found = reached(import_osm(CASES / f"{case}.osm"))
    assert found - set(either) == set(reach)


@pytest.mark.parametrize(
    ("way", "reach"),
    [
        ("highway=service service=emergency_access", "EFC"),
        ("highway=service service=emergency_access motor_vehicle=yes", "ERSBGFC"),
        ("highway=service service=emergency_access access=yes", "EFC"),
        ("highway=trunk motorroad=yes", "ERSBG"),
        ("highway=trunk motorroad=yes bicycle=yes", "ERSBGC"),
        ("highway=trunk motorroad=no", "ERSBGFC"),
        ("maxheight=3.4", "ERSBGFC"),
        ("maxheight=3.39", "RSBGFC"),
        ("maxheight=none", "ERSBGFC"),
        ("maxheight:physical=2", "RGFC"),
        ('"maxheight=11\'"', "RSBGFC"),
        ('"maxheight=11\'6"', "ERSBGFC"),
        ("maxwidth=2.5", "RSGFC"),
        ("maxwidth=2.2", "RGFC"),
        ("width=2", "RGFC"),
        ("maxweight=10", "RSGFC"),
        ("'maxweight=3.5 t'", "RGFC"),
        ("maxweight=3.5 maxweight:bus=none", "RBGFC"),
        ("maxweightrating=3.5", "ERGFC"),
        ("maxweightrating:hgv=3.5", "ERBGFC"),
        ("maxlength=9", "RSGFC"),
        ("maxaxleload=8", "RSGFC"),
        ("maxheight:forward=2 maxheight:backward=9", "RGFC"),
        ("maxheight:backward=2", "ERSBGFC"),
    ],
)
def test_a_street_lets_by_whoever_fits(draw: Draw, way: str, reach: str) -> None:
    assert reached(draw(STREET.format(way=way, node=""))) == set(reach)


@pytest.mark.parametrize(
    ("node", "reach"),
    [
        ("barrier=height_restrictor", "RGFC"),
        ("barrier=height_restrictor maxheight=3.5", "ERSBGFC"),
        ("barrier=height_restrictor maxheight=2.1 emergency=yes", "ERGFC"),
        ("barrier=height_restrictor maxheight=2.1 motor_vehicle=yes", "RGFC"),
        ("barrier=bollard maxwidth=2", "RGFC"),
        ("barrier=bollard maxwidth=1.2", "FC"),
        ("barrier=bollard maxwidth=2 motor_vehicle=no", "FC"),
        ("barrier=block width=3", "FC"),
        ("barrier=kerb width=0.2", "ERSBGFC"),
        ("barrier=gate maxheight=2.5", "FC"),
        ("barrier=gate access=yes maxheight=2.5", "RGFC"),
        ("maxheight=2.5", "RGFC"),
        ("traffic_calming=choker maxwidth=2", "RGFC"),
        ("barrier=bump_gate", "EFC"),
        ("barrier=rope", "EFC"),
        ("barrier=chain", "F"),
        ("barrier=wicket_gate", "FC"),
        ("barrier=motorcycle_barrier", "FC"),
        ("barrier=concrete_block", "FC"),
        ("barrier=wall", ""),
    ],
)
def test_a_barrier_lets_by_whom_its_kind_and_its_size_let_by(draw: Draw, node: str, reach: str) -> None:
    assert reached(draw(STREET.format(way="", node=node))) == set(reach)


@pytest.mark.parametrize(("node", "kept"), [("barrier=toll_booth maxheight=5", 1), ("maxheight=5", 0)])
def test_a_limit_that_every_class_fits_through_is_remembered_for_larger_vehicles(draw: Draw, node: str, kept: int) -> None:
    network = draw(STREET.format(way="", node=node))
    assert reached(network) == set("ERSBGFC")
    assert network.stop_blocks.tolist() == [0] * len(network.stop_way)
    assert set(network.limit_most.tolist()) == {5.0}
    assert (network.limit_stop >= 0).all()
    assert network.report["barriers"]["kept"] == kept
    start = (float(network.junction_lon[0]), float(network.junction_lat[0]))
    for height, fits in ((5.0, True), (5.1, False)):
        assert (_ms(fitted(network, "emergency", (height, 2, 9, 9, 9)), "emergency", start) < NEVER_MS) is fits


@pytest.mark.parametrize(
    ("way", "node", "reason"),
    [
        ("", "barrier=gate 'access:conditional=no @ (Nov-Apr)'", "conditional tag access:conditional on a barrier"),
        ("", "barrier=gate access=perhaps", "access value access=perhaps on a barrier"),
        ("", "barrier=height_restrictor", "barrier=height_restrictor without its size"),
        ("", "barrier=dragon", "barrier=dragon in no list: stops everybody"),
        ("", "maxheight=low", "limit maxheight=low on a barrier"),
        ("maxheight=below_default", "", "limit maxheight=below_default"),
        ("'maxweight:conditional=7.5 @ (22:00-06:00)'", "", "conditional tag maxweight:conditional"),
        ("bus:lanes=designated", "", "reserved lanes bus:lanes"),
        ("lanes:psv=1", "", "reserved lanes lanes:psv"),
        ("vehicle:lanes:forward=no|yes", "", "reserved lanes vehicle:lanes:forward"),
        ("busway:right=lane", "", "reserved lanes busway:right"),
    ],
)
def test_what_is_not_understood_is_counted(draw: Draw, way: str, node: str, reason: str) -> None:
    assert draw(STREET.format(way=way, node=node)).report["not_understood"] == {reason: 1}


@pytest.mark.parametrize(
    "way", ["lanes=2", "bus:lanes=yes|yes", "lanes:bus=0", "turn:lanes=left|right", "bicycle:lanes=no|yes"]
)
def test_lanes_that_everybody_may_use_are_not_counted(draw: Draw, way: str) -> None:
    assert draw(STREET.format(way=way, node="")).report["not_understood"] == {}


def test_an_address_on_a_street_that_is_too_low_stays_on_it(draw: Draw) -> None:
    town = (
        STREET.format(way="maxheight=2", node="").replace("n 90 590 8", "n 90 300 8").replace("addr:street=T", "addr:street=M")
    )
    network = draw(town)
    assert int(network.way_source[network.address_way[0]]) == 102
    assert "E" not in reached(network)


def test_a_smaller_engine_drives_where_the_large_one_does_not_and_no_further(draw: Draw) -> None:
    network = draw(STREET.format(way="maxheight=3 maxweight=5", node="barrier=bollard maxwidth=2.2"))
    start = (float(network.junction_lon[0]), float(network.junction_lat[0]))
    assert "E" not in reached(network)
    for size, reaches in (
        ((2.9, 2.1, 4.9, 6, 3), True),
        ((3.1, 2.1, 4.9, 6, 3), False),
        ((2.9, 2.3, 4.9, 6, 3), False),
        ((2.9, 2.1, 5.1, 6, 3), False),
        ((0, 0, 0, 0, 0), True),
    ):
        small = fitted(network, "emergency", size)
        assert (_ms(small, "emergency", start) < NEVER_MS) == reaches, size
        assert reached(small) - {"E"} == reached(network)


def test_a_vehicle_of_any_size_obeys_what_is_forbidden_whatever_the_size(draw: Draw) -> None:
    network = draw(STREET.format(way="maxheight=3 emergency=no", node=""))
    assert "E" not in reached(fitted(network, "emergency", (1, 1, 1, 1, 1)))
    assert reached(fitted(network, "general", (3.5, 2, 2, 5, 1))) == {"R", "F", "C"}


def test_a_network_without_limits_is_the_same_for_a_vehicle_of_any_size(draw: Draw) -> None:
    network = draw(STREET.format(way="", node="barrier=bollard"))
    for size in ((9, 9, 99, 99, 99), (0, 0, 0, 0, 0)):
        assert fitted(network, "emergency", size).arc_permit.tolist() == network.arc_permit.tolist()
        assert fitted(network, "emergency", size).stop_blocks.tolist() == network.stop_blocks.tolist()


def test_a_table_of_our_own_sizes_decides_who_fits(tmp_path: Path, drawn_file: Callable[[str], Path]) -> None:
    table = tmp_path / "vehicles.csv"
    shipped = (Path(load_vehicle_classes.__code__.co_filename).parent / "vehicle_classes.csv").read_text()
    assert ",3.4,2.55,16,9.5,10," in shipped
    table.write_text(shipped.replace(",3.4,2.55,16,9.5,10,", ",1.9,2.55,16,9.5,10,"))
    path = drawn_file(STREET.format(way="maxheight=2", node=""))
    assert "E" in reached(import_osm(path, vehicle_classes=load_vehicle_classes(table)))


def test_a_table_made_before_there_were_sizes_has_ours(tmp_path: Path) -> None:
    lines = (Path(load_vehicle_classes.__code__.co_filename).parent / "vehicle_classes.csv").read_text().splitlines()
    old = [line.split(",", 8)[:8] for line in lines]
    table = tmp_path / "old.csv"
    table.write_text("\n".join(",".join(cells) for cells in old) + "\n")
    assert load_vehicle_classes(table) == load_vehicle_classes()


def test_a_figure_is_read_in_the_units_that_people_write() -> None:
    height, weight = SIZES.index("height_m"), SIZES.index("weight_t")
    assert most("2.30 m", height) == 2.3
    assert most("6'6\"", height) == pytest.approx(1.9812)
    assert most("250 cm", height) == 2.5
    assert most("10 st", weight) == pytest.approx(9.07, abs=0.01)
    assert most("16000 lbs", weight) == pytest.approx(7.26, abs=0.01)
    assert most("4.5;3.8", height) == 3.8
    for nonsense in ("", "low", "-2", "3.5 bananas", "3 t"):
        assert most(nonsense, height) is None


def test_each_limit_names_the_classes_that_it_concerns() -> None:
    rows = load_vehicle_classes()
    found = limits({"maxweightrating": "3.5", "maxheight:bus": "4"}, rows, "forward")
    by_size = {SIZES[limit.size]: limit.classes for limit in found}
    names = [row.name for row in rows]
    assert by_size["height_m"] == 1 << names.index("bus")
    assert not by_size["weight_t"] >> names.index("emergency") & 1
