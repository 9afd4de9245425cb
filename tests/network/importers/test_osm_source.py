import bz2
import gzip
from collections.abc import Callable
from pathlib import Path

import pytest

from clearway.errors import BadFile
from clearway.network.importers.osm import import_osm

STREET = """
    n 1 0 0
    n 2 100 0
    w 10 1,2 highway=residential
"""
DrawnFile = Callable[[str], Path]


@pytest.fixture
def file(tmp_path: Path) -> Callable[[str, bytes], Path]:
    def written(name: str, content: bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return written


def test_the_same_street_comes_from_plain_gzipped_and_bzipped_xml(drawn_file: DrawnFile, tmp_path: Path) -> None:
    plain = drawn_file(STREET)
    (tmp_path / "zipped.osm.gz").write_bytes(gzip.compress(plain.read_bytes()))
    (tmp_path / "zipped.osm.bz2").write_bytes(bz2.compress(plain.read_bytes()))
    for path in (plain, tmp_path / "zipped.osm.gz", tmp_path / "zipped.osm.bz2"):
        assert import_osm(path).way_source.tolist() == [10]


@pytest.mark.parametrize("share", [0.001, 0.01, 0.1, 0.5, 0.9, 0.999])
def test_a_pbf_that_is_cut_short_is_refused(open_data: Path, file: Callable[[str, bytes], Path], share: float) -> None:
    whole = (open_data / "osm" / "helsinki-centre.osm.pbf").read_bytes()
    path = file("cut.osm.pbf", whole[: int(len(whole) * share)])
    with pytest.raises(BadFile, match=r"cut\.osm\.pbf: (not a complete OpenStreetMap file|has no street)"):
        import_osm(path)


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("a.osm.pbf", b"", "the file is empty"),
        ("a.osm.pbf", b"this is a text and no protocol buffer at all\n" * 9, "not a complete OpenStreetMap file"),
        ("a.osm", b"<html><body>no map</body></html>", "not a complete OpenStreetMap file"),
        ("a.osm", b"not even xml", "not a complete OpenStreetMap file"),
        ("a.osm", b'<osm version="0.6"><node id="1" lat="1" lon="2"/>', "not a complete OpenStreetMap file"),
        ("a.osm", b'<osm version="0.6"></osm>', "has no street"),
        ("a.osm.gz", b"not zipped", "not a complete OpenStreetMap file"),
        ("a.osm.bz2", b"not zipped", "not a complete OpenStreetMap file"),
        ("a.osm.gz", gzip.compress(b'<osm version="0.6"></osm>', mtime=0)[:20], "not a complete OpenStreetMap file"),
        ("a.shp", b"x", "does not hold OpenStreetMap data"),
    ],
)
def test_a_file_of_another_kind_is_refused_with_one_sentence(
    file: Callable[[str, bytes], Path], name: str, content: bytes, problem: str
) -> None:
    with pytest.raises(BadFile, match=problem) as caught:
        import_osm(file(name, content))
    assert "\n" not in str(caught.value)


def test_a_file_that_is_not_there_is_said_to_be_absent(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="there is no such file"):
        import_osm(tmp_path / "nowhere.osm.pbf")


def test_latitudes_beyond_the_pole_are_taken_for_swapped_coordinates(file: Callable[[str, bytes], Path]) -> None:
    swapped = b"""<osm version="0.6"><node id="1" lat="174.77" lon="-41.28"/><node id="2" lat="174.78" lon="-41.28"/>
    <way id="3"><nd ref="1"/><nd ref="2"/><tag k="highway" v="residential"/></way></osm>"""
    with pytest.raises(BadFile, match="longitude and latitude are swapped"):
        import_osm(file("swapped.osm", swapped))


def test_an_extract_without_any_street_we_know_is_refused(drawn_file: DrawnFile) -> None:
    with pytest.raises(BadFile, match="no street of a class in the table of street classes"):
        import_osm(drawn_file(STREET.replace("residential", "proposed")))


def test_progress_is_told_in_words(drawn_file: DrawnFile) -> None:
    said: list[str] = []
    import_osm(drawn_file(STREET), tell=said.append)
    assert said[0] == "splitting 1 streets at their junctions"
    assert said[-1] == "building the network"


def test_a_node_off_the_globe_counts_as_missing(file: Callable[[str, bytes], Path]) -> None:
    places = [
        ("1", 174.770, -41.28),
        ("2", 174.771, -41.28),
        ("3", 174.772, 95),
        ("4", 174.773, -41.28),
        ("5", 174.774, -41.28),
    ]
    nodes = "".join(f'<node id="{ref}" lon="{lon}" lat="{lat}"/>' for ref, lon, lat in places)
    way = '<way id="10">' + "".join(f'<nd ref="{ref}"/>' for ref, _, _ in places) + '<tag k="highway" v="residential"/></way>'
    network = import_osm(file("a.osm", f'<osm version="0.6">{nodes}{way}</osm>'.encode()))
    assert network.report["streets"]["cut_at_edge"] == 1
    assert network.report["ignored"] == {"node off the globe": 1}
    assert network.way_count == 2
