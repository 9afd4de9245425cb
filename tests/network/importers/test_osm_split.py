from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from clearway.network.importers.osm_split import Pieces, split_ways

GONE = 2147483647


def split(ways: list[list[int]], missing: frozenset[int] = frozenset(), unwanted: frozenset[int] = frozenset()) -> Pieces:
    refs = np.array([ref for way in ways for ref in way], np.int64)
    gone = np.isin(refs, list(missing))
    x, y = np.where(gone, GONE, refs * 1000), np.where(gone, GONE, (refs * refs) % 97 * 1000)
    starts = np.cumsum([0, *(len(way) for way in ways)])
    wanted = np.array([row not in unwanted for row in range(len(ways))], np.bool_)
    return split_ways(starts, (refs, x, y), wanted, GONE)


def as_lists(pieces: Pieces) -> list[tuple[int, list[int]]]:
    spans = zip(pieces.way.tolist(), pieces.first.tolist(), pieces.last.tolist(), strict=True)
    return [(way, pieces.ref[first : last + 1].tolist()) for way, first, last in spans]


def by_hand(ways: list[list[int]], missing: frozenset[int]) -> list[tuple[int, list[int]]]:
    """The same rule, written plainly."""
    runs: list[tuple[int, list[int]]] = []
    for row, way in enumerate(ways):
        run: list[int] = []
        for ref in [*way, None]:
            if ref is None or ref in missing:
                runs.append((row, run))
                run = []
            elif not run or run[-1] != ref:
                run.append(ref)
    runs = [(row, run) for row, run in runs if len(run) > 1]
    uses = [ref for _, run in runs for ref in run]
    ends = {ref for _, run in runs for ref in (run[0], run[-1])}
    junctions = {ref for ref in uses if uses.count(ref) > 1 or ref in ends}
    found = []
    for row, run in runs:
        cuts = [at for at, ref in enumerate(run) if ref in junctions]
        found += [(row, run[first : last + 1]) for first, last in pairwise(cuts)]
    return found


def test_ways_are_cut_where_they_share_a_node_and_nowhere_else() -> None:
    pieces = split([[1, 2, 3, 4], [5, 3, 6]])
    assert as_lists(pieces) == [(0, [1, 2, 3]), (0, [3, 4]), (1, [5, 3]), (1, [3, 6])]


def test_a_way_that_passes_one_node_twice_is_cut_there() -> None:
    assert as_lists(split([[1, 2, 3, 4, 2, 5]])) == [(0, [1, 2]), (0, [2, 3, 4, 2]), (0, [2, 5])]


def test_a_circle_without_a_junction_is_one_way_from_its_first_node_to_itself() -> None:
    pieces = split([[1, 2, 3, 1]])
    assert as_lists(pieces) == [(0, [1, 2, 3, 1])]
    assert pieces.tail.tolist() == pieces.head.tolist() == [0]


def test_a_node_named_twice_in_a_row_counts_once() -> None:
    assert as_lists(split([[1, 2, 2, 3]])) == [(0, [1, 2, 3])]


def test_a_way_with_a_missing_node_is_kept_in_its_known_parts_and_the_cut_is_marked() -> None:
    pieces = split([[1, 2, 9, 3, 4]], missing=frozenset({9}))
    assert as_lists(pieces) == [(0, [1, 2]), (0, [3, 4])]
    assert pieces.junction_ref[pieces.junction_cut].tolist() == [2, 3]
    assert pieces.cut.tolist() == [True]


def test_a_single_known_node_beyond_a_gap_marks_the_street_it_joins_as_going_on() -> None:
    pieces = split([[1, 2], [2, 9]], missing=frozenset({9}))
    assert as_lists(pieces) == [(0, [1, 2])]
    assert pieces.junction_ref[pieces.junction_cut].tolist() == [2]
    assert pieces.lost.tolist() == [False, True]


def test_unwanted_ways_make_no_junction() -> None:
    assert as_lists(split([[1, 2, 3], [4, 2, 5]], unwanted=frozenset({1}))) == [(0, [1, 2, 3])]


def test_nothing_at_all_splits_into_nothing() -> None:
    assert as_lists(split([])) == []
    assert as_lists(split([[1, 1], [2]])) == []


@given(
    st.lists(st.lists(st.integers(1, 9), min_size=1, max_size=7), max_size=6),
    st.frozensets(st.integers(1, 9), max_size=3),
)
def test_random_ways_split_as_by_hand(ways: list[list[int]], missing: frozenset[int]) -> None:
    pieces = split(ways, missing)
    assert as_lists(pieces) == by_hand(ways, missing)
    assert (pieces.junction_ref[pieces.tail] == pieces.ref[pieces.first]).all()
    assert (pieces.junction_ref[pieces.head] == pieces.ref[pieces.last]).all()
    kept = {way for way, _ in as_lists(pieces)}
    assert {row for row in range(len(ways)) if pieces.lost[row]} == set(range(len(ways))) - kept
