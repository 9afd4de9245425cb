"""Files as people have them: read, or refused with a sentence whose remedy works."""

import gzip
import json
import re
from collections.abc import Callable
from pathlib import Path

import osmium
import pytest
from osmium.osm import Node, Relation, Way

from clearway.errors import BadFile
from clearway.network.importers.importing import import_network
from clearway.network.importers.osm import import_osm
from clearway.network.importers.osm_file import Fault, OsmFile
from clearway.network.model import Network

CASES = Path(__file__).parents[2] / "data" / "cases" / "network"
PLACES = {1: (10.0, 0.0), 2: (10.001, 0.0), 3: (10.002, 0.0), 4: (10.002, 0.001)}
NODES = "".join(f'<node id="{ref}" lat="{lat}" lon="{lon}" version="1"/>' for ref, (lon, lat) in PLACES.items())
STREETS = """
<way id="10" version="1"><nd ref="1"/><nd ref="2"/><nd ref="3"/><tag k="highway" v="residential"/></way>
<way id="11" version="1"><nd ref="3"/><nd ref="4"/><tag k="highway" v="service"/></way>"""
TURN = """
<relation id="5" version="1"><member type="way" ref="10" role="from"/><member type="node" ref="3" role="via"/>
<member type="way" ref="11" role="to"/><tag k="type" v="restriction"/><tag k="restriction" v="no_left_turn"/></relation>"""
HOME = """<way id="20" version="1"><nd ref="1"/><nd ref="2"/><nd ref="4"/><nd ref="1"/><tag k="building" v="yes"/></way>"""
GATE = '<node id="2" lat="0.0" lon="10.001"><tag k="barrier" v="gate"/></node>'
ODD_HOME = NODES.replace('lat="0.001"', 'lat="95"')
Written = Callable[..., Path]


def xml(*parts: str) -> str:
    return '<?xml version="1.0"?>\n<osm version="0.6" generator="somebody">\n' + "\n".join(parts) + "\n</osm>\n"


def with_places(text: str) -> str:
    """Each ``nd`` of a way with its own place, as ``out geom`` writes it."""
    return re.sub(
        r'<nd ref="(\d)"/>', lambda nd: f'<nd ref="{nd[1]}" lat="{PLACES[int(nd[1])][1]}" lon="{PLACES[int(nd[1])][0]}"/>', text
    )


def negative(text: str) -> str:
    return text.replace(' id="', ' id="-').replace('ref="', 'ref="-')


@pytest.fixture
def written(tmp_path: Path) -> Written:
    def write(text: str | bytes, name: str = "map.osm") -> Path:
        path = tmp_path / name
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    return write


def shape(network: Network) -> tuple[object, ...]:
    """What must not depend on the form of the file."""
    return (
        network.way_tail.tolist(),
        network.way_head.tolist(),
        [abs(source) for source in network.way_source.tolist()],
        network.way_length_m.tolist(),
        network.arc_permit.tolist(),
        network.turn_arcs.tolist(),
        network.address_lon.tolist(),
        network.area_lon.tolist(),
    )


@pytest.fixture
def plain(written: Written) -> tuple[object, ...]:
    return shape(import_osm(written(xml(NODES, STREETS, HOME, TURN), "plain.osm")))


SERVICE = STREETS.strip().splitlines()[1]
FORMS = {
    "ways first": xml(STREETS, HOME, TURN, NODES),
    "relations first": xml(TURN, HOME, STREETS, NODES),
    "nodes in the middle": xml(STREETS, NODES, HOME, TURN),
    "ways by falling id": xml(NODES, *reversed(STREETS.strip().splitlines()), HOME, TURN),
    "out geom": xml(with_places(STREETS), with_places(HOME), TURN),
    "out geom and nodes": xml(with_places(STREETS), with_places(HOME), TURN, NODES),
    "out geom with members": xml(
        with_places(STREETS + HOME), TURN.replace('role="from"/>', 'role="from"><nd lat="0" lon="10"/></member>')
    ),
    "bounds off the globe": xml('<bounds minlat="-95" minlon="10" maxlat="95" maxlon="999"/>', NODES, STREETS, HOME, TURN),
    "negative": negative(xml(NODES, STREETS, HOME, TURN)),
    "negative, ways first": negative(xml(STREETS, NODES, HOME, TURN)),
    "each twice": xml(NODES, NODES, STREETS, HOME, STREETS, TURN),
    "two extracts": xml(NODES, STREETS, HOME, TURN, NODES, STREETS, HOME, TURN),
    "history": xml(NODES, STREETS.replace('"service"', '"steps"'), HOME, TURN, SERVICE.replace('version="1"', 'version="2"')),
    "deleted with its version": xml(NODES, STREETS, HOME, TURN, '<way id="12" version="2" visible="false"/>'),
    "deleted in a later version": xml(
        NODES, STREETS, SERVICE.replace('id="11"', 'id="12"'), '<way id="12" version="2" visible="false"/>', HOME, TURN
    ),
    "deleted, its tags kept": xml(NODES, STREETS, SERVICE.replace('id="11"', 'id="12" visible="false"'), HOME, TURN),
    "deleted later, its tags kept": xml(
        NODES,
        STREETS,
        SERVICE.replace('id="11"', 'id="12"'),
        SERVICE.replace('id="11" version="1"', 'id="12" version="2" visible="false"'),
        HOME,
        TURN,
    ),
    "deleted in an editor": xml(NODES, STREETS, SERVICE.replace('id="11"', 'id="12" action="delete"'), HOME, TURN),
    "deleted, id last": xml(NODES, STREETS, SERVICE.replace('id="11"', "action='delete' id='12'"), HOME, TURN),
    "edited": xml(NODES.replace('id="1"', 'id="1" action="modify"'), STREETS, HOME, TURN),
}


@pytest.mark.parametrize("form", FORMS)
def test_each_form_of_a_file_gives_the_same_network(written: Written, plain: tuple[object, ...], form: str) -> None:
    assert shape(import_osm(written(FORMS[form]))) == plain


def test_what_is_tagged_on_a_node_stays_where_ways_know_its_place_too(written: Written) -> None:
    gate = NODES.replace('<node id="2" lat="0.0" lon="10.001" version="1"/>', GATE)
    assert import_osm(written(xml(with_places(STREETS), gate))).stop_kinds == ("gate",)


@pytest.mark.parametrize("name", ["MAP.OSM", "Map.Osm", "map.OSM.GZ"])
def test_a_name_in_capitals_is_the_same_file(written: Written, plain: tuple[object, ...], name: str) -> None:
    text = xml(NODES, STREETS, HOME, TURN).encode()
    assert shape(import_network(written(gzip.compress(text) if name.endswith("GZ") else text, name))) == plain


@pytest.mark.parametrize("name", ["map.osm.pbf", "map.PBF", "map.opl", "map.osm.opl"])
def test_other_formats_of_osmium_are_read(written: Written, plain: tuple[object, ...], tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    source = written(xml(NODES, STREETS, HOME, TURN))
    form = "opl" if name.endswith("opl") else "pbf"
    with osmium.SimpleWriter(osmium.io.File(str(path), form)) as writer:
        for thing in osmium.FileProcessor(str(source)):
            writer.add(thing)
    assert shape(import_network(path)) == plain


def test_o5m_is_read(written: Written) -> None:
    def number(value: int) -> bytes:
        rest, last = divmod(value, 128)
        return bytes([last | 128]) + number(rest) if rest else bytes([last])

    def signed(value: int) -> bytes:
        return number(2 * value if value >= 0 else -2 * value - 1)

    def block(kind: int, content: bytes) -> bytes:
        return bytes([kind]) + number(len(content)) + content

    first = block(0x10, signed(1) + b"\0" + signed(100_000_000) + signed(0))
    second = block(0x10, signed(1) + b"\0" + signed(10_000) + signed(0))
    refs = signed(1) + signed(1)
    way = block(0x11, signed(10) + b"\0" + number(len(refs)) + refs + b"\0highway\0residential\0")
    path = written(b"\xff" + block(0xE0, b"o5m2") + first + second + b"\xff" + way + b"\xfe", "map.o5m")
    network = import_network(path)
    assert network.way_source.tolist() == [10]
    assert network.way_length_m[0] == pytest.approx(111.19, abs=0.01)


@pytest.mark.parametrize("form", ["body", "geom"])
def test_what_overpass_answers_as_json_is_read(written: Written, plain: tuple[object, ...], form: str) -> None:
    path = written(xml(NODES, STREETS, HOME, TURN), "plain.osm")
    elements: list[dict[str, object]] = []
    names = {"n": "node", "w": "way", "r": "relation"}
    for thing in osmium.FileProcessor(str(path)):
        one: dict[str, object] = {"type": names[thing.type_str()], "id": thing.id, "tags": dict(thing.tags)}
        if isinstance(thing, Node):
            one |= {"lat": thing.location.lat, "lon": thing.location.lon}
        elif isinstance(thing, Way):
            refs = [node.ref for node in thing.nodes]
            one["nodes"] = refs
            if form == "geom":
                one["geometry"] = [{"lat": PLACES[ref][1], "lon": PLACES[ref][0]} for ref in refs]
        elif isinstance(thing, Relation):
            one["members"] = [{"type": names[each.type], "ref": each.ref, "role": each.role} for each in thing.members]
        if form == "body" or one["type"] != "node":
            elements.insert(0, one)
    answer = {"version": 0.6, "generator": "Overpass API", "elements": elements}
    assert shape(import_network(written(json.dumps(answer), "answer.json"))) == plain


@pytest.mark.parametrize("coordinate", ["1000", "nan", "", "east", "1e300", "181"])
def test_one_coordinate_off_the_globe_is_counted_and_the_rest_read(written: Written, coordinate: str) -> None:
    network = import_osm(written(xml(NODES.replace('lon="10.0"', f'lon="{coordinate}"'), STREETS, HOME)))
    assert network.report["ignored"]["node off the globe"] == 1
    assert network.way_count == 2
    assert network.coverage == (10.001, 0.0, 10.002, 0.001)


def test_a_building_with_a_corner_off_the_globe_is_no_traceback(written: Written) -> None:
    network = import_osm(written(xml(ODD_HOME, STREETS, HOME)))
    assert (network.way_count, network.area_kinds) == (1, ())


def test_what_an_editor_has_deleted_stays_out() -> None:
    network = import_osm(CASES / "y2-josm-action-delete.osm")
    assert sorted(set(network.way_source.tolist())) == [101, 103]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("city.osm.zst", "compressed with zstd.*Run 'zstd -d'"),
        ("city.osm.pbf.zst", "compressed with zstd.*Run 'zstd -d'"),
        ("city.osm.xz", "compressed with xz.*Run 'xz -d'"),
        ("city.zip", "is an archive.*Unpack it"),
        ("city.osc.gz", "holds changes.*osmium apply-changes"),
        ("CITY.OSC", "holds changes.*osmium apply-changes"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_what_to_do(written: Written, name: str, sentence: str) -> None:
    with pytest.raises(BadFile, match=sentence) as caught:
        import_network(written(b"x", name))
    assert "ownload" not in str(caught.value)


@pytest.mark.parametrize("name", ["answer.osm", "answer.json"])
def test_an_answer_that_the_server_cut_short_is_refused(written: Written, name: str) -> None:
    remark = "runtime error: Query timed out in &quot;query&quot; at line 3 after 25 seconds."
    text = xml(NODES, STREETS, f"<remark> {remark} </remark>")
    if name.endswith("json"):
        text = json.dumps({"elements": [], "remark": remark})
    with pytest.raises(BadFile, match=r"cut it short \(runtime error: Query timed out.*smaller area"):
        import_network(written(text, name))


def test_half_an_answer_as_json_is_refused(written: Written) -> None:
    with pytest.raises(BadFile, match="not a complete answer of Overpass"):
        import_network(written('{"version": 0.6, "elements": [{"type": "node"', "answer.json"))
    with pytest.raises(BadFile, match="not a complete answer of Overpass"):
        import_network(written('{"version": 0.6, "elements": [{"type": "node", "id": 1}]}', "answer.json"))


@pytest.mark.parametrize("fault", list(Fault))
def test_a_file_too_large_to_be_put_in_order_is_refused_with_what_to_do(written: Written, tmp_path: Path, fault: Fault) -> None:
    source = OsmFile(written(xml(NODES, STREETS)), tmp_path, most_to_rewrite_bytes=10)
    with pytest.raises(BadFile) as caught:
        source.overcome(fault)
    assert fault.remedy in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("fault", [Fault.ORDER, Fault.TEXT])
def test_a_fault_that_stays_is_refused_and_not_tried_for_ever(written: Written, tmp_path: Path, fault: Fault) -> None:
    source = OsmFile(written(xml(NODES, STREETS)), tmp_path)
    source.overcome(fault)
    with pytest.raises(BadFile):
        source.overcome(fault)


def test_nothing_is_left_beside_the_file(written: Written, tmp_path: Path) -> None:
    import_osm(written(xml(STREETS, NODES)))
    assert [path.name for path in tmp_path.iterdir()] == ["map.osm"]
