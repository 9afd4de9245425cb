"""Packed files that unfold to more than they should."""

from __future__ import annotations

import bz2
import gzip
import io
import zipfile
from typing import TYPE_CHECKING

import pytest

from clearway.archives import MOST_MEMBERS, check_packed, check_zip, gunzipped
from clearway.assignment.exchange.solution_file import load_solution
from clearway.assignment.exchange.tntp_text import read_text
from clearway.errors import BadFile
from clearway.network.importers.osm_source import read_osm
from clearway.network.transit.timetable import read_timetable

if TYPE_CHECKING:
    from pathlib import Path

ZEROS = bytes(70 * 2**20)
"""Harmless, and more than is passed over at any ratio."""


def packed(members: dict[str, bytes]) -> zipfile.ZipFile:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return zipfile.ZipFile(file)


def test_an_ordinary_zip_passes() -> None:
    check_zip(packed({"routes.txt": b"a", "folder/trips.txt": b"b", "a..b.txt": b"c"}), "feed.zip")
    check_zip(packed({"zeros": ZEROS}), "feed.zip", ratio=None)


@pytest.mark.parametrize(
    ("members", "problem"),
    [
        ({"stops.txt": ZEROS}, "unfolds to more than 250 times its size"),
        ({f"{number}.txt": b"" for number in range(MOST_MEMBERS + 1)}, "holds 2,001 files"),
        *(
            ({name: b""}, "names a file outside of itself")
            for name in ("../a", "a/../../b", "/etc/passwd", "..\\a", "C:\\a", "..")
        ),
    ],
)
def test_a_zip_that_is_made_to_harm_is_refused(members: dict[str, bytes], problem: str) -> None:
    with pytest.raises(BadFile, match=f"^feed.zip: {problem}"):
        check_zip(packed(members), "feed.zip")


def test_a_zip_that_says_it_is_larger_than_any_or_locked_is_refused() -> None:
    archive = packed({"a.txt": b"a", "b.txt": b"b"})
    archive.infolist()[0].file_size = 5 * 2**30
    with pytest.raises(BadFile, match="unfolds to more than 4,096 MB"):
        check_zip(archive, "feed.zip", ratio=None)
    archive = packed({"a.txt": b"a", "b.txt": b"b"})
    archive.infolist()[1].flag_bits |= 1
    with pytest.raises(BadFile, match="locked with a password"):
        check_zip(archive, "feed.zip")


@pytest.mark.slow
def test_gzip_unfolds_to_so_much_and_no_more() -> None:
    assert gunzipped(gzip.compress(b"words"), "a.gz") == b"words"
    assert gunzipped(gzip.compress(b"wor") + gzip.compress(b"ds"), "a.gz") == b"words"
    with pytest.raises(BadFile, match="250 times its size"):
        gunzipped(gzip.compress(ZEROS), "a.gz")
    with pytest.raises(BadFile, match="more than 1 MB"):
        gunzipped(gzip.compress(ZEROS), "a.gz", most=2**20)


@pytest.mark.parametrize(("name", "content"), [("a.osm.gz", gzip.compress(ZEROS)), ("a.osm.bz2", bz2.compress(ZEROS))])
def test_a_packed_map_that_is_made_to_harm_is_refused_before_it_is_read(tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(BadFile, match="250 times its size"):
        read_osm(path, (), lambda _: None)


def test_a_damaged_packed_file_is_left_to_its_reader(tmp_path: Path) -> None:
    path = tmp_path / "a.osm.gz"
    for content in (b"", b"no gzip", gzip.compress(b"words")[:-4]):
        path.write_bytes(content)
        check_packed(path)


def zipped(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


BUS = {"routes.txt": b"route_id,route_type\nb,3\n", "trips.txt": b"route_id,service_id,trip_id\nb,s,t\n"}
HEADWAYS = b"trip_id,start_time,end_time,headway_secs\n"
DAYS = b"service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\n"


@pytest.mark.parametrize(
    ("members", "problem"),
    [
        ({"routes.txt": ZEROS}, "unfolds to more than 250 times its size"),
        ({"../routes.txt": b"route_id,route_type\n"}, "names a file outside of itself"),
        ({"routes.txt": b"route_id,route_type\n" + b"x" * 2_000_000}, "a row has more than 1,000,000 characters"),
        ({"routes.txt": b"route_id,route_type\n" + b'"\n' * 2000}, "not a static GTFS feed"),
        (BUS | {"frequencies.txt": HEADWAYS + b"t,0:00\n"}, "not a static GTFS feed"),
        (BUS | {"calendar.txt": DAYS + b"s,1,1,1,1,1,1,1,99991230,99999999\n"}, "not a static GTFS feed"),
        (
            BUS
            | {"calendar.txt": DAYS + b"".join(b"s%d,1,1,1,1,1,1,1,20000101,20500101\n" % number for number in range(14_000))},
            "more than 20,000,000 days of service",
        ),
    ],
)
def test_a_timetable_that_is_made_to_harm_is_one_sentence(tmp_path: Path, members: dict[str, bytes], problem: str) -> None:
    with pytest.raises(BadFile, match=problem) as refused:
        read_timetable(zipped(tmp_path / "feed.zip", members))
    assert "\n" not in str(refused.value)


def test_a_timetable_whose_packed_bytes_are_damaged_is_one_sentence(tmp_path: Path) -> None:
    path = zipped(
        tmp_path / "feed.zip", {"routes.txt": b"route_id,route_type\n" + b"".join(b"%d,3\n" % n for n in range(5000))}
    )
    content = bytearray(path.read_bytes())
    content[200:260] = bytes(60)
    path.write_bytes(content)
    with pytest.raises(BadFile, match="not a complete zip file"):
        read_timetable(path)


@pytest.mark.parametrize("content", [gzip.compress(ZEROS), packed({"a.tntp": ZEROS}).fp.getvalue()])  # type: ignore[union-attr]
def test_a_packed_network_that_is_made_to_harm_is_one_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "net.tntp"
    path.write_bytes(content)
    with pytest.raises(BadFile, match="250 times its size"):
        read_text(path)


def test_a_saved_solution_that_claims_more_than_a_machine_holds_is_one_sentence(tmp_path: Path) -> None:
    head = b"{'descr': '<f8', 'fortran_order': False, 'shape': (1000000000000,), }"
    array = b"\x93NUMPY\x01\x00" + len(head).to_bytes(2, "little") + head
    with pytest.raises(BadFile, match="not a saved solution"):
        load_solution(zipped(tmp_path / "a.solution", {"words.npy": array}))
