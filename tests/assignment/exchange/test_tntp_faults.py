"""Every fault of a TNTP file is one sentence; every oddity of the public files is read."""

from __future__ import annotations

import contextlib
import gzip
import zipfile
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clearway.assignment.costs import BadTraffic
from clearway.assignment.exchange.tntp import read_tntp
from clearway.assignment.problem import check_problem
from clearway.errors import BadFile

if TYPE_CHECKING:
    from pathlib import Path

    from clearway.assignment.exchange.tntp import TntpNetwork

NET = """<NUMBER OF ZONES> 2
<NUMBER OF NODES> 4
<FIRST THRU NODE> 3
<NUMBER OF LINKS> 5
<ORIGINAL HEADER>~\tInit node\tTerm node\tCapacity\tLength (km)\tFree Flow Time (min)\tB\tPower\tSpeed\tToll\tType\t;
<END OF METADATA>

~\tinit_node\tterm_node\tcapacity\tlength\tfree_flow_time\tb\tpower\tspeed\ttoll\tlink_type\t;
\t1\t3\t900\t1.5\t6\t0.15\t4\t50\t10\t1\t;
\t3\t2\t1200\t2\t5\t0.15\t4\t50\t0\t1\t;
\t3\t4\t700\t1\t0\t0\t0\t50\t0\t12\t;
\t4\t2\t800\t2.5\t4\t1\t0\t50\t0\t1\t;
\t2\t1\t500\t7\t9\t0.15\t4\t50\t0\t1\t;
"""
TRIPS = """<NUMBER OF ZONES> 2
<TOTAL OD FLOW> 137.5
<END OF METADATA>

Origin  1
    1 :      10.0;     2 :    120.5;

Origin  2
    1 :       7.0;
"""
NODES = "Node\tX\tY\t;\n1\t10.5\t20\t;\n2\t11\t21\t;\n3\t12\t22\t;\n4\t13\t23.25\t;\n"
FLOWS = (
    "From\tTo\tVolume\tCost\n1\t3\t120.5\t6.0003\n3\t2\t60.25\t5.0000\n3\t4\t60.25\t0.0\n"
    "4\t2\t60.25\t8.125\n2\t1\t7.0\t9.0125\n"
)
FILES = {"a_net.tntp": NET, "a_trips.tntp": TRIPS, "a_node.tntp": NODES, "a_flow.tntp": FLOWS}


def lay(folder: Path, **texts: str | bytes) -> Path:
    """Write the files of the network with some of them changed."""
    folder.mkdir(exist_ok=True)
    for name, text in FILES.items():
        content = texts.get(name.split("_")[1].split(".")[0], text)
        (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def same(one: TntpNetwork, other: TntpNetwork) -> bool:
    """Whether two readings are the same to the last bit, in all that counts."""
    counted = [c for c in range(8) if c not in {5, 7}]  # speed and type are never used
    return (
        np.array_equal(one.links.values[:, counted], other.links.values[:, counted])
        and np.array_equal(one.problem.edge_tail, other.problem.edge_tail)
        and np.array_equal(one.problem.edge_head, other.problem.edge_head)
        and np.array_equal(one.trips.trips, other.trips.trips)
        and np.array_equal(one.node_xy, other.node_xy)  # type: ignore[arg-type] # both have nodes
        and np.array_equal(one.best_flow, other.best_flow)  # type: ignore[arg-type]
        and np.array_equal(one.best_cost, other.best_cost)  # type: ignore[arg-type]
    )


def test_a_small_network_is_read_as_written_by_hand(tmp_path: Path) -> None:
    network = read_tntp(lay(tmp_path), toll_factor=0.5, distance_factor=2)
    problem = network.problem
    assert (problem.name, problem.time_unit, problem.link_count, problem.zone_count) == ("a", "min", 5, 2)
    assert problem.edge_tail.tolist() == [0, 2, 2, 3, 1]
    assert problem.edge_head.tolist() == [2, 5, 3, 5, 4]  # zones 1 and 2 are entered at nodes of their own
    assert (problem.zone_out.tolist(), problem.zone_in.tolist()) == ([[0, 1]], [[4, 5]])
    assert problem.edge_fixed.tolist() == [8.0, 4.0, 2.0, 5.0, 14.0]
    assert problem.costs.times(np.full(5, 900.0)).tolist() == pytest.approx(
        [6.9, 5 * (1 + 0.15 * 0.75**4), 0, 8, 9 * (1 + 0.15 * 1.8**4)]
    )
    assert problem.link_label(3) == "link 4 from 4 to 2"
    assert network.trips.trips.tolist() == [[[10, 120.5], [7, 0]]]
    assert network.node_xy is not None
    assert network.node_xy.tolist() == [[10.5, 20], [11, 21], [12, 22], [13, 23.25]]
    assert network.best_flow is not None
    assert network.best_flow.tolist() == [120.5, 60.25, 60.25, 60.25, 7]


def test_zones_that_may_be_driven_through_keep_one_node(tmp_path: Path) -> None:
    problem = read_tntp(lay(tmp_path, net=NET.replace("NODE> 3", "NODE> 1"))).problem
    assert problem.node_count == 4
    assert problem.edge_head.tolist() == [2, 1, 3, 1, 0]
    assert problem.zone_out.tolist() == problem.zone_in.tolist() == [[0, 1]]


def _no_semicolons(text: str) -> str:
    return text.replace("\t;", "")


ODD = {
    "windows line breaks": NET.replace("\n", "\r\n"),
    "old line breaks": NET.replace("\n", "\r"),
    "a byte order mark": b"\xef\xbb\xbf" + NET.encode(),
    "latin letters": NET.encode() + b"~ Stra\xdfe\n",
    "lower case": NET.lower(),
    "no semicolons": _no_semicolons(NET),
    "blanks for tabs": NET.replace("\t", "   "),
    "blanks in tags": NET.replace("<NUMBER OF LINKS>", "< Number  of links >"),
    "a heading without a tilde": NET.replace("~\tinit", "\tinit"),
    "a heading on the last line of the metadata": NET.replace("<END OF METADATA>", "<END OF METADATA> ~ Init node Term node ;"),
    "comments between rows": NET.replace("\t3\t2", "~ the bridge\n\n\t3\t2"),
    "a comment behind a row": NET.replace("50\t0\t12\t;", "50\t0\t12\t; ~ a ramp"),
    "metadata in another order": "<number of links> 5\n~ by hand\n\n" + NET.replace("<NUMBER OF LINKS> 5\n", ""),
    "gzip": gzip.compress(NET.encode()),
}


@pytest.mark.parametrize("content", ODD.values(), ids=ODD)
def test_the_odd_ways_of_public_files_are_read(content: str | bytes, tmp_path: Path) -> None:
    plain = read_tntp(lay(tmp_path / "plain"))
    assert same(read_tntp(lay(tmp_path / "odd", net=content)), plain)


def test_files_are_found_by_the_names_that_the_public_ones_have(tmp_path: Path) -> None:
    lay(tmp_path)
    for old, new in (("net", "Net"), ("trips", "trips_2016_01"), ("node", "Nodes"), ("flow", "FLOW")):
        (tmp_path / f"a_{old}.tntp").rename(tmp_path / f"berlin-center_{new}.tntp")
    packed = tmp_path / "berlin-center_trips_2016_01.tntp"
    with zipfile.ZipFile(tmp_path / "berlin-center_trips_2016_01.tntp.zip", "w", zipfile.ZIP_DEFLATED) as box:
        box.write(packed, packed.name)
    packed.unlink()
    network = read_tntp(tmp_path)
    assert network.problem.name == "berlin-center"
    assert network.trips.total == 137.5
    assert network.node_xy is not None


def test_files_named_by_the_caller_stand_in_for_those_of_the_folder(tmp_path: Path) -> None:
    lay(tmp_path / "a")
    other = tmp_path / "peak.txt"
    other.write_text(TRIPS.replace("120.5", "20.5").replace("137.5", "37.5"))
    assert read_tntp(tmp_path / "a", trips=other).trips.total == 37.5
    assert read_tntp(net=tmp_path / "a" / "a_net.tntp", trips=other).node_xy is None


def test_factors_of_the_metadata_are_used(tmp_path: Path) -> None:
    told = "<Toll Factor> 0.5\n<DISTANCE FACTOR> 2\n" + NET
    assert read_tntp(lay(tmp_path, net=told)).problem.edge_fixed.tolist() == [8.0, 4.0, 2.0, 5.0, 14.0]
    assert read_tntp(tmp_path, distance_factor=0).problem.edge_fixed.tolist() == [5.0, 0, 0, 0, 0]


def test_parallel_links_are_kept_and_told(tmp_path: Path) -> None:
    net = NET.replace("LINKS> 5", "LINKS> 6") + "\t2\t1\t400\t7\t9\t0.15\t4\t50\t0\t1\t;\n"
    (lay(tmp_path, net=net) / "a_flow.tntp").unlink()
    network = read_tntp(tmp_path)
    assert network.problem.link_count == 6
    assert network.notes == ("1 of 6 links run between the same nodes as another: each stays a link of its own.",)


def test_flows_of_parallel_links_are_taken_in_the_order_of_the_network(tmp_path: Path) -> None:
    net = NET.replace("LINKS> 5", "LINKS> 6") + "\t2\t1\t400\t7\t9\t0.15\t4\t50\t0\t1\t;\n"
    network = read_tntp(lay(tmp_path, net=net, flow=FLOWS + "2\t1\t3.5\t9.5\n"))
    assert network.best_flow is not None
    assert network.best_flow[[4, 5]].tolist() == [7.0, 3.5]


def test_a_zone_with_trips_and_no_links_is_told(tmp_path: Path) -> None:
    net = NET.replace("\t2\t1\t500", "\t3\t1\t500")
    (lay(tmp_path, net=net) / "a_flow.tntp").unlink()
    assert read_tntp(tmp_path).notes == ("No link leaves zone 2: its 7 trips have no route.",)


def test_an_infinite_capacity_keeps_a_link_at_its_free_time(tmp_path: Path) -> None:
    problem = read_tntp(lay(tmp_path, net=NET.replace("1200", "inf"))).problem
    assert problem.costs.times(np.full(5, 1e9))[1] == 5.0


def test_a_trip_table_without_a_total_is_read_and_told(tmp_path: Path) -> None:
    network = read_tntp(lay(tmp_path, trips=TRIPS.replace("<TOTAL OD FLOW> 137.5\n", "")))
    assert network.trips.total == 137.5
    assert network.notes[0].endswith("has no <TOTAL OD FLOW>, so it cannot be checked for completeness.")


FAULTS = {
    "no metadata": ("net", ("<END OF METADATA>", ""), "has no <END OF METADATA>: it is not a TNTP file, or was cut short."),
    "no count": ("net", ("<NUMBER OF LINKS> 5\n", ""), "has no <NUMBER OF LINKS>. Add a line '<NUMBER OF LINKS> number'"),
    "a count in words": ("net", ("LINKS> 5", "LINKS> five"), "<NUMBER OF LINKS> is 'five'. Give a whole number, 1 or more."),
    "a count of 0": ("net", ("ZONES> 2", "ZONES> 0"), "<NUMBER OF ZONES> is '0'. Give a whole number"),
    "too few links": ("net", ("LINKS> 5", "LINKS> 6"), "states 6 links but lists 5."),
    "too many links": ("net", ("LINKS> 5", "LINKS> 4"), "states 4 links but lists 5."),
    "more zones than nodes": ("net", ("ZONES> 2", "ZONES> 9"), "has 9 zones but 4 nodes."),
    "fewer nodes": ("net", ("NODES> 4", "NODES> 3"), "line 11: there is no node 4; nodes are numbered 1 to 3."),
    "far more nodes": ("net", ("NODES> 4", "NODES> 400"), "states 400 nodes, but its links use only 4."),
    "a count of many digits": ("net", ("NODES> 4", "NODES> " + 5000 * "9"), "<NUMBER OF NODES> is '9999"),
    "a row among the metadata": ("net", ("<END", "1 2 3\n<END"), "line 6: '1 2 3' is among the metadata."),
    "no such node": ("net", ("\t3\t4\t", "\t3\t7\t"), "line 11: there is no node 7; nodes are numbered 1 to 4."),
    "half a node": ("net", ("\t3\t4\t", "\t3\t3.5\t"), "line 11: there is no node 3.5;"),
    "no number": ("net", ("\t1200\t", "\t12OO\t"), "line 10: capacity is '12OO'. Give a number."),
    "an underscore": ("net", ("\t1200\t", "\t1_200\t"), "line 10: capacity is '1_200'. Give a number."),
    "no room": ("net", ("\t1200\t", "\t0\t"), "line 10: capacity is 0; it must be above 0, or B must be 0."),
    "less than no room": ("net", ("\t700\t", "\t-1\t"), "line 11: capacity is -1; it must be above 0"),
    "room that is no number": ("net", ("\t700\t", "\tnan\t"), "line 11: capacity is nan; it must be above 0"),
    "a negative time": ("net", ("\t5\t0.15", "\t-5\t0.15"), "line 10: free_flow_time is -5; it must be 0 or more."),
    "an endless time": ("net", ("\t5\t0.15", "\tinf\t0.15"), "line 10: free_flow_time is inf; it must be 0 or more."),
    "a negative B": ("net", ("\t5\t0.15", "\t5\t-1"), "line 10: b is -1; it must be 0 or more."),
    "a negative power": ("net", ("0.15\t4\t50\t10", "0.15\t-4\t50\t10"), "line 9: power is -4; it must be 0 or more."),
    "a negative length": ("net", ("\t1.5\t", "\t-1.5\t"), "line 9: length is -1.5; it must be 0 or more."),
    "a toll of nan": ("net", ("50\t10\t", "50\tnan\t"), "line 9: toll is nan; it must be a number."),
    "a lost column": ("net", ("\t3\t2\t1200", "\t3\t1200"), "line 10: a link has 10 columns, but this one has 9."),
    "the same row twice": (
        "net",
        ("\t3\t4\t700\t1\t0\t0\t0\t50\t0\t12\t", "\t1\t3\t900\t1.5\t6\t0.15\t4\t50\t10\t1\t"),
        "line 11: the link from 1 to 3 is the same as on line 9. Delete one;",
    ),
    "no rows": ("net", (NET[NET.index("~\tinit") :], ""), "has no link."),
    "other zones": ("trips", ("ZONES> 2", "ZONES> 3"), "states 3 zones, but the network has 2."),
    "another total": ("trips", ("137.5", "138.5"), "states 138.5 trips in total, but its entries add up to 137.5."),
    "a negative total": ("trips", ("137.5", "-1"), "<TOTAL OD FLOW> is '-1'. Give a number, 0 or more"),
    "negative trips": (
        "trips",
        ("7.0", "-7.0"),
        "line 9: there are -7.0 trips from zone 2 to zone 1. Give a number, 0 or more.",
    ),
    "trips of nan": ("trips", ("7.0", "nan"), "line 9: there are nan trips from zone 2 to zone 1."),
    "trips without end": ("trips", ("7.0", "1e999"), "line 9: there are 1e999 trips from zone 2 to zone 1."),
    "trips in words": ("trips", ("7.0", "seven"), "line 9: there are seven trips"),
    "no such destination": ("trips", ("2 :    120.5", "3 : 120.5"), "line 6: there is no zone 3; zones are numbered 1 to 2."),
    "no such origin": ("trips", ("Origin  2", "Origin 0"), "line 8: there is no zone 0;"),
    "a pair twice": ("trips", ("1 :      10.0", "2 : 10.0"), "line 6: trips from zone 1 to zone 2 stand on line 6 too."),
    "no origin": ("trips", ("Origin  1", ""), "line 6: trips stand above the first 'Origin'."),
    "nothing": ("trips", (TRIPS[TRIPS.index("Origin") :], ""), "has no 'Origin'."),
    "not an entry": ("trips", ("1 :      10.0;", "1 10.0;"), "line 6: '1 10.0;"),
    "a node twice": ("node", ("4\t13", "3\t13"), "lists node 3 twice."),
    "a node too few": ("node", ("4\t13\t23.25\t;\n", ""), "lists 3 of 4 nodes; the first without a position is 4."),
    "a place of nan": ("node", ("23.25", "nan"), "line 5: a coordinate is not a number."),
    "an unknown link": ("flow", ("3\t4", "4\t3"), "line 4: the network has no further link from 4 to 3."),
    "a link too few": ("flow", ("2\t1\t7.0\t9.0125\n", ""), "lists 4 of 5 links."),
    "a negative flow": ("flow", ("7.0", "-7.0"), "line 6: the flow is -7 at cost 9.0125."),
    "a flow of nan": ("flow", ("7.0", "nan"), "line 6: the flow is nan"),
}


@pytest.mark.parametrize(("kind", "change", "sentence"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_one_sentence_that_names_its_line(kind: str, change: tuple[str, str], sentence: str, tmp_path: Path) -> None:
    text = FILES[f"a_{kind}.tntp"]
    assert change[0] in text
    with pytest.raises(BadFile) as raised:
        read_tntp(lay(tmp_path, **{kind: text.replace(*change, 1)}))
    assert f"a_{kind}.tntp: {sentence}" in str(raised.value)
    assert "\n" not in str(raised.value)


def test_files_that_cannot_be_told_apart_are_named(tmp_path: Path) -> None:
    (lay(tmp_path) / "b_net.tntp").write_text(NET)
    with pytest.raises(BadFile, match=r"a_net.tntp and b_net.tntp are both net files\. Remove one"):
        read_tntp(tmp_path)


def test_a_negative_toll_is_refused_only_where_it_counts(tmp_path: Path) -> None:
    lay(tmp_path, net=NET.replace("50\t10\t1", "50\t-10\t1"))
    assert read_tntp(tmp_path).problem.edge_fixed.tolist() == [0] * 5
    with pytest.raises(BadTraffic, match="Link 1 from 1 to 3 has a negative toll"):
        read_tntp(tmp_path, toll_factor=1)


@pytest.mark.parametrize("kind", ["net", "trips", "node", "flow"])
def test_a_file_cut_anywhere_is_refused_or_read_right(kind: str, tmp_path: Path) -> None:
    """Every cut is tried: none may give other links, trips, places or flows than the whole file."""
    whole = read_tntp(lay(tmp_path))
    text = FILES[f"a_{kind}.tntp"].encode()
    refused = 0
    for end in range(len(text)):
        (tmp_path / f"a_{kind}.tntp").write_bytes(text[:end])
        try:
            cut = read_tntp(tmp_path)
        except BadFile:
            refused += 1
        else:
            assert same(cut, whole), text[:end]
    assert refused > 0.9 * len(text)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["net", "trips"])
def test_a_packed_file_cut_anywhere_is_refused(kind: str, tmp_path: Path) -> None:
    data = gzip.compress(FILES[f"a_{kind}.tntp"].encode())
    for end in range(0, len(data), 3):
        with pytest.raises(BadFile):
            read_tntp(lay(tmp_path, **{kind: data[:end]}))


@pytest.mark.slow
@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    kind=st.sampled_from(["net", "trips", "node", "flow"]),
    at=st.floats(0, 1, exclude_max=True),
    put=st.binary(min_size=0, max_size=6)
    | st.sampled_from([b"\n", b";", b"-1", b"inf", b"~", b"1e400", b"\x00", b"<", b"99999999"]),
    drop=st.integers(0, 12),
)
def test_a_damaged_file_never_ends_in_a_traceback(kind: str, at: float, put: bytes, drop: int, tmp_path: Path) -> None:
    text = FILES[f"a_{kind}.tntp"].encode()
    place = int(at * len(text))
    lay(tmp_path, **{kind: text[:place] + put + text[place + drop :]})
    with contextlib.suppress(BadFile, BadTraffic):
        check_problem(read_tntp(tmp_path).problem)
