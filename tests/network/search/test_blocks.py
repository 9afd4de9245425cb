"""The largest biconnected part of a graph: against an independent library on random graphs, and by hand."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clearway.network.search.blocks import largest_block
from rounds import examples


@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=14, unique_by=frozenset))
@settings(max_examples=examples(60))
def test_it_is_the_one_that_an_independent_library_finds(edges: list[tuple[int, int]]) -> None:
    ends = np.array(edges, np.int64).reshape(-1, 2)
    found = largest_block(8, ends[:, 0], ends[:, 1])
    graph = nx.Graph([edge for edge in edges if edge[0] != edge[1]])
    parts = [{frozenset(edge) for edge in part} for part in nx.biconnected_component_edges(graph)]
    kept = {frozenset(edge) for edge, is_in in zip(edges, found.tolist(), strict=True) if is_in}
    assert kept in parts or not parts
    assert len(kept) == max(map(len, parts), default=0)


@pytest.mark.parametrize(
    ("edges", "kept"),
    [
        ([], []),
        ([(0, 0)], [False]),  # a loop at one junction hangs on it
        ([(0, 1), (0, 1), (1, 2)], [True, True, False]),  # two streets between two junctions are a way round
        ([(2, 1), (1, 0), (1, 3)], [True, False, False]),  # of dead ends alone the first
    ],
)
def test_loops_and_streets_side_by_side(edges: list[tuple[int, int]], kept: list[bool]) -> None:
    ends = np.array(edges, np.int64).reshape(-1, 2)
    assert largest_block(4, ends[:, 0], ends[:, 1]).tolist() == kept
