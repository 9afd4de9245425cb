from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from clearway.assignment.costs import BadTraffic
from clearway.errors import BadFile
from clearway.planning.traffic.demand.roads import StreetProblem, street_problem
from clearway.planning.traffic.demand.traffic_counts import make_counts, read_counts
from clearway.planning.traffic.demand.zones import make_zones

if TYPE_CHECKING:
    from pathlib import Path

    from clearway.network.model import Network


@pytest.fixture(scope="module")
def streets(town: Network) -> StreetProblem:
    return street_problem(town, make_zones(town, zone_count=4))


def written(folder: Path, *lines: str, head: str = "street,direction,vehicles_per_hour,screen_line,error") -> Path:
    path = folder / "counts.csv"
    path.write_text("\n".join((head, *lines)) + "\n")
    return path


def test_a_street_counts_at_its_middle_in_its_direction(tmp_path: Path, streets: StreetProblem) -> None:
    counts = read_counts(written(tmp_path, "High St,eastbound,500,,"), streets)
    (link,) = counts.links[0]
    network, arc = streets.network, int(streets.link_arc[link])
    assert streets.problem.link_label(link) == "High Street eastbound"
    assert network.junction_lon[network.arc_tail[arc]] == pytest.approx(0.008)  # the third of five blocks
    assert (counts.vehicles.tolist(), counts.error.tolist()) == ([500.0], [50.0])


def test_part_of_a_street_and_a_way_by_its_id_can_be_named(tmp_path: Path, streets: StreetProblem) -> None:
    lines = ("High Street from Column 0 to Column 1,westbound,100,,0.2", "3,against,50,,")
    counts = read_counts(written(tmp_path, *lines), streets)
    assert [len(links) for links in counts.links] == [1, 1]
    assert streets.link_arc[counts.links[1][0]] == 7
    assert counts.error.tolist() == [20.0, 5.0]


def test_places_of_one_screen_line_are_one_count(tmp_path: Path, streets: StreetProblem) -> None:
    lines = ("Row 1,eastbound,300,river,0.1", "Row 3,eastbound,400,river,0.1", "Row 4,eastbound,10,,")
    counts = read_counts(written(tmp_path, *lines), streets)
    assert counts.names[0] == "river"
    assert counts.vehicles.tolist() == [700.0, 10.0]
    assert counts.error.tolist() == pytest.approx([50.0, 1.0])
    flow = np.zeros(streets.problem.link_count)
    flow[list(counts.links[0])] = [30.0, 12.0]
    assert counts.modelled(flow).tolist() == [42.0, 0.0]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("High Street,eastbound,-5,,", "count 1: -5 vehicles an hour on High Street eastbound. A count is 0 or more"),
        ("High Street,eastbound,nan,,", "A count is 0 or more"),
        ("Hgh Street,eastbound,5,,", "count 1: Unknown street: Hgh Street. Known: High Street"),
        ("High Street,northbound,5,,", "High Street has no traffic northbound. It runs eastbound and westbound"),
        ("High Street,up,5,,", "'up' is not a direction. Give northbound"),
        ("High Street,eastbound,5,,0", "error of the count on High Street eastbound, count 1 is 0"),
    ],
)
def test_counts_that_cannot_be_are_refused_in_a_sentence(tmp_path: Path, streets: StreetProblem, line: str, says: str) -> None:
    with pytest.raises(BadTraffic, match=says):
        read_counts(written(tmp_path, line), streets)


def test_files_that_are_no_counts_are_refused_in_a_sentence(tmp_path: Path, streets: StreetProblem) -> None:
    with pytest.raises(BadFile, match="no column 'direction'"):
        read_counts(written(tmp_path, "High Street,5", head="street,vehicles_per_hour"), streets)
    with pytest.raises(BadFile, match="'many', which is not a number"):
        read_counts(written(tmp_path, "High Street,eastbound,many,,"), streets)
    with pytest.raises(BadFile, match="no line below the names of its columns"):
        read_counts(written(tmp_path), streets)


def test_a_count_needs_a_link_and_a_number() -> None:
    with pytest.raises(BadTraffic, match="has no link"):
        make_counts(["a"], [()], [5.0])
    with pytest.raises(BadTraffic, match="inf vehicles an hour"):
        make_counts(["a"], [(0,)], [float("inf")])
    assert make_counts(["a"], [(0,)], [0.0]).error.tolist() == [1.0]
