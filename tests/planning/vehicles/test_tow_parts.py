"""Parts of a tow schedule by hand: what goes out, who orders, what is asked otherwise, and what is worth most of what fits."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearway.errors import BadInput, UnknownName
from clearway.planning.plan.jurisdiction import Provision
from clearway.planning.vehicles.towing.contract import Towed, TowTruck
from clearway.planning.vehicles.towing.knapsack import Item, Knapsack, doubled
from clearway.planning.vehicles.towing.means import MOST_TRUCKS
from clearway.planning.vehicles.towing.orders import order_of, powers_to_tow
from clearway.planning.vehicles.towing.release import for_all
from clearway.planning.vehicles.towing.what_if import Change, change_of


def made(shape: Any, **fields: Any) -> Any:  # noqa: ANN401 - one of the shapes, with some of its fields
    return shape.model_construct(**fields)


def test_what_goes_out_names_no_operator_and_keeps_what_names_none() -> None:
    trucks = tuple(made(TowTruck, id=name, operator=name) for name in ("Alpha", "Beta"))
    inside = made(
        Towed,
        operators=("Alpha", "Beta"), trucks=trucks, lacking=("Ask Alpha.",), what_if=("without=Beta",),
        notes=("Beta wants an escort.", "Two vehicles are left.", "Alpha and Beta work by day."),
        assumed=("Minutes to load are assumed.", "Hours of Alpha are assumed."),
    )  # fmt: skip
    out = for_all(inside)
    assert (out.operators, [one.operator for one in out.trucks], out.lacking, out.what_if) == ((), [None, None], (), ())
    assert (out.notes, out.assumed) == (("Two vehicles are left.",), ("Minutes to load are assumed.",))


def power(row: str, by: str, may: str) -> Provision:
    return Provision(row, by, may, "", None, None, None, "", "section 9", "a page", is_read=False)


POWERS = {
    one.row: one
    for one in (
        power("remove", "Constable", "move a vehicle that blocks a road"),
        power("close", "Council", "close a road"),
        power("moved", "Council", "have vehicles moved to a pound"),
    )
}


def test_a_tow_is_ordered_by_whoever_has_the_power() -> None:
    order = order_of("remove", "constable", POWERS)
    assert order is not None
    assert (order.basis, order.by, order.instrument, order.is_read) == ("remove", "Constable", "section 9", False)
    assert order_of(None, None, POWERS) is None
    assert [one.row for one in powers_to_tow(POWERS)] == ["remove", "moved"]


@pytest.mark.parametrize(
    ("row", "by", "says"),
    [
        ("remove", None, "Nobody said who: give --by"),
        (None, "Constable", "Nobody said by which power: give the row of the jurisdiction file with --row"),
        ("close", "Council", r"close gives no power to move vehicles \(close a road\). Rows that do: remove, moved"),
        ("remove", "Council", "remove is a power of: Constable; not of: Council"),
    ],
)
def test_a_tow_that_nobody_may_order_is_refused(row: str | None, by: str | None, says: str) -> None:
    with pytest.raises(BadInput, match=says):
        order_of(row, by, POWERS)


def test_a_power_that_is_in_no_row_is_refused_with_those_that_are() -> None:
    with pytest.raises(UnknownName, match=r"removes.*remove"):
        order_of("removes", "Constable", POWERS)


@pytest.mark.parametrize(
    ("words", "fields"),
    [
        ("trucks=0", {"light": 0}), (f"heavy={MOST_TRUCKS}", {"heavy": MOST_TRUCKS}),
        ("lost=60@120", {"lost": (7_200, 10_800)}), ("lost=30@0", {"lost": (0, 1_800)}),
        ("without=A ; without=B", {"without": ("A", "B")}), (" trucks = 5 ", {"light": 5}),
    ],
)  # fmt: skip
def test_a_change_is_what_its_words_say(words: str, fields: dict[str, Any]) -> None:
    assert change_of(words) == Change(words.strip(), **fields)


def test_minutes_lost_without_a_moment_are_lost_an_hour_after_the_start() -> None:
    assert change_of("lost=30").lost == (3_600, 5_400)


@pytest.mark.parametrize(
    "words", ["", "trucks", "trucks=", "trucks=-1", "trucks=two", f"trucks={MOST_TRUCKS + 1}", "lost=x@5", "without=", "vans=2"]
)
def test_a_change_that_cannot_be_read_is_refused_with_examples(words: str) -> None:
    with pytest.raises(BadInput, match=r"cannot be read.*trucks=5"):
        change_of(words)


@given(
    st.lists(st.tuples(st.integers(0, 1), st.integers(0, 9), st.integers(0, 9)), max_size=7),
    st.integers(0, 12),
    st.integers(0, 12),
)
def test_a_knapsack_is_worth_what_the_best_of_all_choices_is(kinds: list[tuple[int, int, int]], first: int, more: int) -> None:
    ordered = sorted(kinds)
    limits = (first, first + more)
    items = [Item(at, step, 1, cells, price) for at, (step, cells, price) in enumerate(ordered)]

    def fits(chosen: tuple[bool, ...], room: int) -> bool:
        filled = [
            sum(one.cells for one, is_in in zip(items, chosen, strict=True) if is_in and one.step <= step) for step in (0, 1)
        ]
        return filled[0] <= min(limits[0], room) and filled[1] <= min(limits[1], room)

    sack = Knapsack(items, limits)
    for room in range(limits[1] + 1):
        choices = (chosen for chosen in product((False, True), repeat=len(items)) if fits(chosen, room))
        best = max(sum(one.price for one, is_in in zip(items, chosen, strict=True) if is_in) for chosen in choices)
        assert sack.worth[room] == best
        taken = sack.emptied(room)
        assert sum(items[kind].price for kind in taken) == best
        assert fits(tuple(at in taken for at in range(len(items))), room)


@pytest.mark.parametrize("number", range(20))
def test_parts_of_a_number_make_up_every_number_below_it(number: int) -> None:
    sums = {sum(some) for some in product(*((0, part) for part in doubled(number)))}
    assert sums == set(range(number + 1))
