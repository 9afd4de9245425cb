from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import h5py
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clearway.assignment.exchange.omx import write_omx
from clearway.assignment.exchange.tntp_write import write_trips
from clearway.assignment.exchange.trip_files import read_trip_file, write_list, write_square
from clearway.assignment.problem import TripTable
from clearway.errors import BadFile, ClearwayError, UnknownName

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from clearway.network.model import Floats

ZONES = ("Aro Valley", "7", "Te Aro")


def read(path: Path, text: str, *, classes: tuple[str, ...] = ("general",)) -> Floats:
    path.write_text(text)
    return read_trip_file(path, ZONES, class_names=classes)[0].trips


EXPECTED = [[[0, 12.5, 0], [0, 0, 3], [1e-3, 0, 0]]]

WRITTEN = {
    "a list": "from,to,trips\nAro Valley,7,12.5\n7,Te Aro,3\nTe Aro,Aro Valley,1e-3\n",
    "a list in other words": "Origin; Destination; Demand\naro valley; 7.0; 12.5\n07;TE ARO;3\nTe Aro;Aro Valley;0.001\n",
    "a list with more columns": "note\tto\ttrips\tfrom\n\t7\t12.5\tAro Valley\nbus\tTe Aro\t3\t7\n\tAro Valley\t.001\tTe Aro\n",
    "a list that names its one class": (
        "from,to,class,trips\nAro Valley,7,general,12.5\n7,Te Aro,general,3\nTe Aro,Aro Valley,general,0.001\n"
    ),
    "a square": ",Aro Valley,7,Te Aro\nAro Valley,0,12.5,0\n7,0,0,3\nTe Aro,0.001,0,0\n",
    "a square in another order": "zones,Te Aro,Aro Valley,7\n7,3,0,0\nTe Aro,0,0.001,0\nAro Valley,0,0,12.5\n",
    "a square of bare numbers": "0,12.5,0\n0,0,3\n0.001,0,0\n",
}


@pytest.mark.parametrize("text", WRITTEN.values(), ids=WRITTEN)
def test_tables_are_read_as_people_write_them(text: str, tmp_path: Path) -> None:
    assert read(tmp_path / "trips.csv", text).tolist() == EXPECTED
    assert read(tmp_path / "trips.csv", text.replace("\n", "\r\n")).tolist() == EXPECTED


def test_a_square_of_some_zones_leaves_the_others_without_trips(tmp_path: Path) -> None:
    assert read(tmp_path / "t.csv", ",Te Aro,7\nTe Aro,1,2\n7,3,4\n").tolist() == [[[0, 0, 0], [0, 4, 3], [0, 2, 1]]]


def test_a_list_tells_several_classes_apart(tmp_path: Path) -> None:
    trips = read(tmp_path / "t.csv", "from,to,trips,class\n7,Te Aro,3,bus\n7,Te Aro,4,car\n", classes=("car", "bus"))
    assert trips[:, 1, 2].tolist() == [4, 3]
    assert trips.sum() == 7


def test_an_open_end_is_told(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("from,to,trips\n7,7,1")
    table, notes = read_trip_file(tmp_path / "t.csv", ZONES)
    assert table.total == 1
    assert notes[0].endswith("ends without a line break. Check that nothing is missing at its end.")


FAULTS = {
    "nothing": ("", "is empty. Give a list"),
    "no text": ("a\x00b", "is not a text file."),
    "a short row": ("from,to,trips\n7,7\n", "line 2: the first row has 3 columns, but this one has 2."),
    "an open quotation": ('from,to,trips\n7,"7,1\n', "line 2: unexpected end of data."),
    "a negative number": ("from,to,trips\n7,7,-1\n", "line 2: the number of trips is '-1'. Give a number, 0 or more."),
    "no number": ("from,to,trips\n7,7,\n", "line 2: the number of trips is ''."),
    "infinity": ("from,to,trips\n7,7,inf\n", "line 2: the number of trips is 'inf'."),
    "nan": (",7\n7,nan\n", "line 2: the number of trips is 'nan'."),
    "a pair twice": ("from,to,trips\n7,Te Aro,1\n7.0,te aro,2\n", "line 3: the trips from 7 to Te Aro are on line 2 too."),
    "an unknown zone": ("from,to,trips\n7,Karori,1\n", "Unknown zone in line 2 of "),
    "an empty zone": ("from,to,trips\n7,,1\n", ": (empty). Known: Aro Valley, 7, Te Aro."),
    "an unknown zone in a square": (",7,Karori\n7,1,2\nKarori,3,4\n", "Unknown zone in line 1 of "),
    "a zone twice in a square": (",7,7\n7,1,2\n7,3,4\n", "names the zone '7' twice."),
    "half a square": (",7,Te Aro\n7,1,2\n", "is neither a list nor a square: it has 2 rows and 3 columns."),
    "an unknown class": ("from,to,trips,class\n7,7,1,tram\n", ": tram. Known: general."),
}


@pytest.mark.parametrize(("text", "sentence"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_one_sentence(text: str, sentence: str, tmp_path: Path) -> None:
    with pytest.raises((BadFile, UnknownName)) as raised:
        read(tmp_path / "t.csv", text)
    assert sentence in str(raised.value)
    assert "\n" not in str(raised.value)


def test_classes_that_a_file_does_not_name_are_asked_for(tmp_path: Path) -> None:
    for text in ("from,to,trips\n7,7,1\n", ",7\n7,1\n"):
        with pytest.raises(BadFile, match="does not say which class its trips are: car, bus"):
            read(tmp_path / "t.csv", text, classes=("car", "bus"))
    (tmp_path / "a_trips.tntp").write_text("")
    with pytest.raises(BadFile, match="a TNTP file holds one user class"):
        read_trip_file(tmp_path / "a_trips.tntp", ZONES, class_names=("car", "bus"))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="cannot be opened"):
        read_trip_file(tmp_path / "absent.csv", ZONES)
    (tmp_path / "t.csv").write_text("from,to,trips\n")
    with pytest.raises(BadFile, match="is not an OMX file, so it has no matrices"):
        read_trip_file(tmp_path / "t.csv", ZONES, matrices=["am"])


AMOUNT = st.just(0.0) | st.floats(0, 1e100)
WRITERS: dict[str, Callable[[Path, TripTable], None]] = {
    "t.csv": write_list,
    "s.csv": write_square,
    "t.omx": write_omx,
    "a_trips.tntp": write_trips,
}


@pytest.mark.parametrize("name", WRITERS)
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(amounts=st.lists(AMOUNT, min_size=9, max_size=9))
def test_what_is_written_is_read_again_to_the_last_bit(name: str, amounts: list[float], tmp_path: Path) -> None:
    table = TripTable(np.array(amounts).reshape(1, 3, 3), ZONES)
    WRITERS[name](tmp_path / name, table)
    assert read_trip_file(tmp_path / name, ZONES)[0].trips.tolist() == table.trips.tolist()


@pytest.mark.parametrize("name", ["t.csv", "t.omx"])
def test_several_classes_survive_writing(name: str, tmp_path: Path) -> None:
    table = TripTable(np.arange(18.0).reshape(2, 3, 3), ZONES, ("car", "bus"))
    WRITERS[name](tmp_path / name, table)
    again = read_trip_file(tmp_path / name, ZONES[::-1], class_names=("bus", "car"))[0]
    assert again.trips.tolist() == table.trips[::-1, ::-1, ::-1].tolist()


def omx(path: Path, tables: Mapping[str, object], lookups: Mapping[str, object]) -> Path:
    """An OMX file of somebody else's."""
    with h5py.File(path, "w") as file:
        for name, table in tables.items():
            file[f"data/{name}"] = table
        for name, zones in lookups.items():
            file[f"lookup/{name}"] = zones
    return path


def test_an_omx_lookup_says_which_row_is_which_zone(tmp_path: Path) -> None:
    numbered = ("101", "205", "330")
    square = np.arange(9).reshape(3, 3)
    lookups = {"district": np.array([1, 1, 2]), "taz": np.array([330, 101, 205], np.int32)}
    path = omx(tmp_path / "a.omx", {"am": square}, lookups)
    trips = read_trip_file(path, numbered)[0].trips[0]
    assert trips.tolist() == [[4, 5, 3], [7, 8, 6], [1, 2, 0]]
    some = omx(tmp_path / "b.omx", {"am": [[1.0]]}, {"taz": [205]})
    assert read_trip_file(some, numbered)[0].trips[0].tolist() == [[0, 0, 0], [0, 1, 0], [0, 0, 0]]


def test_omx_matrices_are_the_classes_that_are_named(tmp_path: Path) -> None:
    path = omx(tmp_path / "a.omx", {"am": np.ones((3, 3)), "pm": np.full((3, 3), 2)}, {})
    assert read_trip_file(path, ZONES, matrices=["pm"])[0].total == 18
    assert read_trip_file(path, ZONES, class_names=("car", "bus"), matrices=["pm", "am"])[0].trips.sum((1, 2)).tolist() == [
        18,
        9,
    ]
    with pytest.raises(BadFile, match=r"has several matrices: am, pm\. Say which"):
        read_trip_file(path, ZONES)
    with pytest.raises(UnknownName, match=r"Unknown matrix in .*: noon\. Known: am, pm"):
        read_trip_file(path, ZONES, matrices=["noon"])
    with pytest.raises(BadFile, match="1 matrices were named for 2 classes"):
        read_trip_file(path, ZONES, class_names=("car", "bus"), matrices=["am"])


OMX_FAULTS = {
    "no matrix": ({}, {"a": [1]}, "is not an OMX file, or is cut short"),
    "a flat matrix": ({"am": [1.0, 2, 3]}, {}, "not square or differ in size (am 3)"),
    "an oblong": ({"am": np.ones((2, 3))}, {}, "not square or differ in size (am 2 x 3)"),
    "fewer rows": ({"am": np.ones((2, 2))}, {}, "has 2 rows and no lookup that names their zones, but the network has 3 zones"),
    "a negative number": ({"am": -np.eye(3)}, {}, "there are -1 trips from Aro Valley to Aro Valley in the matrix 'am'"),
    "nan": ({"am": np.full((3, 3), np.nan)}, {}, "there are nan trips from Aro Valley"),
    "words": ({"am": np.full((3, 3), b"x")}, {}, "the matrix 'am' does not hold numbers"),
    "unknown zones": ({"am": np.ones((3, 3))}, {"taz": [7, 8, 9]}, ": 8. Known: Aro Valley, 7, Te Aro."),
}


@pytest.mark.parametrize(("tables", "lookups", "sentence"), OMX_FAULTS.values(), ids=OMX_FAULTS)
def test_a_fault_of_an_omx_file_is_one_sentence(
    tables: dict[str, object], lookups: dict[str, object], sentence: str, tmp_path: Path
) -> None:
    with pytest.raises((BadFile, UnknownName)) as raised:
        read_trip_file(omx(tmp_path / "a.omx", tables, lookups), ZONES)
    assert sentence in str(raised.value)


def test_an_omx_file_cut_short_is_refused(tmp_path: Path) -> None:
    write_omx(tmp_path / "a.omx", TripTable(np.ones((1, 3, 3)), ZONES))
    data = (tmp_path / "a.omx").read_bytes()
    for end in range(0, len(data), 97):
        (tmp_path / "a.omx").write_bytes(data[:end])
        with pytest.raises(BadFile, match="is not an OMX file, or is cut short"):
            read_trip_file(tmp_path / "a.omx", ZONES)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.sampled_from(list(WRITTEN.values())),
    at=st.integers(0, 90),
    put=st.text(max_size=4) | st.sampled_from(['"', "\n", ",", "\r", "-1", "1e999", "\x00", "\ufeff"]),
    drop=st.integers(0, 9),
)
def test_a_damaged_table_never_ends_in_a_traceback(text: str, at: int, put: str, drop: int, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_bytes((text[:at] + put + text[at + drop :]).encode("utf-8", "surrogatepass"))
    with contextlib.suppress(ClearwayError):
        trips = read_trip_file(tmp_path / "t.csv", ZONES)[0].trips
        assert trips.shape == (1, 3, 3)
        assert np.isfinite(trips).all()
        assert (trips >= 0).all()
