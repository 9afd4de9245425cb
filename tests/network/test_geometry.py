import numpy as np
import pytest

from clearway.network.geometry import nearest_on_line, point_at, segment_lengths_m

BENT = np.array([[174.77, -41.28], [174.77, -41.279], [174.771, -41.279]])


def test_a_degree_of_latitude_is_111195_metres() -> None:
    assert segment_lengths_m(np.array([[0.0, 0.0], [0.0, 1.0]])) == pytest.approx([111195.08], abs=0.1)


def test_a_point_beside_the_first_piece_knows_its_offset_and_side() -> None:
    distance, offset, side = nearest_on_line(BENT, 174.7701, -41.2795)
    assert distance == pytest.approx(8.36, abs=0.01)
    assert offset == pytest.approx(55.6, abs=0.1)
    assert side == 1  # east of a line that runs north is on its right


def test_a_point_left_of_the_second_piece_is_on_the_left() -> None:
    assert nearest_on_line(BENT, 174.7705, -41.2785)[2] == -1


def test_beyond_the_end_the_end_is_nearest() -> None:
    distance, offset, _ = nearest_on_line(BENT, 174.772, -41.279)
    assert offset == pytest.approx(segment_lengths_m(BENT).sum())
    assert distance == pytest.approx(83.56, abs=0.02)


def test_a_point_at_an_offset_lies_there_again() -> None:
    lon, lat = point_at(BENT, 140.0)
    distance, offset, _ = nearest_on_line(BENT, lon, lat)
    assert distance < 0.02
    assert offset == pytest.approx(140.0, abs=0.02)
