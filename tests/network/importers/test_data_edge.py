import numpy as np

from clearway.network.importers.data_edge import dead_ends_at_border

# a square of four streets with a stub to the west and one to the inside; a thousandth of a degree is about 100 m
LON = np.array([0.000, 0.010, 0.010, 0.000, -0.001, 0.005])
LAT = np.array([0.000, 0.000, 0.010, 0.010, 0.000, 0.005])
TAIL = np.array([0, 1, 2, 3, 0, 2])
HEAD = np.array([1, 2, 3, 0, 4, 5])
EVERY = np.ones(6, np.bool_)


def edges(within_m: float, counts: np.ndarray = EVERY, box: tuple[float, float, float, float] | None = None) -> list[int]:
    marked = dead_ends_at_border(LON, LAT, tail=TAIL, head=HEAD, counts=counts, within_m=within_m, box=box)
    return np.flatnonzero(marked).tolist()


def test_a_dead_end_on_the_hull_of_the_data_is_an_edge_and_one_inside_is_not() -> None:
    assert edges(60) == [4]
    assert edges(2000) == [4, 5]


def test_a_dead_end_inside_the_declared_box_is_none() -> None:
    assert edges(60, box=(-0.1, -0.1, 0.1, 0.1)) == []
    assert edges(60, box=(-0.0012, -0.1, 0.1, 0.1)) == [4]
    assert edges(60, box=(0.0, 0.0, 0.1, 0.1)) == [4]


def test_streets_that_do_not_count_neither_end_nor_go_on() -> None:
    assert 4 not in edges(60, counts=np.array([True, True, True, True, False, True]))


def test_no_junction_no_edge() -> None:
    nothing, none = np.zeros(0), np.zeros(0, np.int64)
    assert not len(dead_ends_at_border(nothing, nothing, tail=none, head=none, counts=np.zeros(0, np.bool_), within_m=9))
