"""The order of options and which are dominated."""

from __future__ import annotations

from itertools import permutations

import pytest

from clearway.planning.options.order import constant_figures, dominated_by, in_order, unknown_figures
from option_rooms import figure, option, row
from rounds import rounds


def test_the_least_restrictive_stands_first_whatever_the_order_in_which_they_are_given() -> None:
    ladder = [
        option("a", "wait"), option("b", "wait", "talk"), option("c", "offer"), option("d", "offer", "notice"),
        option("e", "talk", "barriers"), option("f", "offer", "barriers"), option("g", "tow"), option("h", "barriers", "tow"),
        option("i", "cut_off"),
    ]  # fmt: skip
    for start in range(len(ladder)):
        given = [*ladder[start:], *ladder[:start]][::-1]
        assert "".join(given[place].id for place in in_order(given)) == "abcdefghi"


def test_of_equals_the_id_decides() -> None:
    for given in permutations([option("x"), option("y"), option("z")]):
        assert [given[place].id for place in in_order(given)] == ["x", "y", "z"]


def test_no_worse_in_anything_and_better_in_one_dominates() -> None:
    options = [option("a"), option("b")]
    (first, second) = dominated_by(options, [row(1, 5), row(2, 5)])
    assert (first, [(one.by, one.better_in) for one in second]) == ((), [("a", ("figure 0",))])


def test_better_here_and_worse_there_dominates_nothing() -> None:
    assert dominated_by([option("a"), option("b")], [row(1, 5), row(2, 4)]) == [(), ()]


def test_what_is_more_restrictive_dominates_nothing_however_good_its_figures() -> None:
    assert dominated_by([option("a", "tow"), option("b")], [row(0, 0), row(9, 9)]) == [(), ()]


def test_the_same_figures_and_less_restrictive_dominate() -> None:
    found = dominated_by([option("a", "tow"), option("b", "talk")], [row(3), row(3)])
    assert [(one.by, one.better_in) for one in found[0]] == [("b", ("it is less restrictive",))]
    assert found[1] == ()


def test_twins_dominate_neither_the_other() -> None:
    assert dominated_by([option("a"), option("b")], [row(3, 4), row(3, 4)]) == [(), ()]


def test_more_may_be_better() -> None:
    found = dominated_by([option("a"), option("b")], [row(7, 1, better=["more"]), row(9, 1, better=["more"])])
    assert [one.by for one in found[0]] == ["b"]
    assert found[1] == ()


def test_ranges_that_overlap_bar_a_claim_and_ranges_apart_allow_it() -> None:
    options = [option("a"), option("b")]
    assert dominated_by(options, [[figure(1, 3)], [figure(2, 5)]]) == [(), ()]
    assert dominated_by(options, [[figure(1, 3)], [figure(3, 5)]])[1][0].by == "a"
    assert dominated_by(options, [[figure(2, 9, better="more")], [figure(1, 5, better="more")]]) == [(), ()]
    assert dominated_by(options, [[figure(5, 9, better="more")], [figure(1, 5, better="more")]])[1][0].by == "a"


def test_what_is_known_of_one_alone_bars_a_claim_between_the_two() -> None:
    assert dominated_by([option("a"), option("b")], [row(1, 0), row(2, None)]) == [(), ()]


def test_what_is_known_of_none_and_what_is_the_same_for_all_decide_nothing_and_are_named() -> None:
    rows = [row(1, None, 7), row(2, None, 7)]
    assert (constant_figures(rows), unknown_figures(rows)) == ([2], [1])
    assert dominated_by([option("a"), option("b")], rows)[1][0].better_in == ("figure 0",)


@pytest.mark.parametrize("end", ["low", "high"])
@pytest.mark.parametrize("better", ["more", "less"])
@pytest.mark.parametrize("whose", [0, 1])
def test_a_figure_of_which_one_end_is_unknown_bars_a_claim(end: str, better: str, whose: int) -> None:
    rows = [[figure(5, better=better)], [figure(1, better=better)]]
    options = [option("a"), option("b")]
    assert sum(map(len, dominated_by(options, rows))) == 1
    rows[whose] = [rows[whose][0].model_copy(update={end: None})]
    assert dominated_by(options, rows) == [(), ()]


def test_other_units_are_never_compared() -> None:
    dollars = figure(1).model_copy(update={"unit": "AUD"})
    assert constant_figures([[figure(1)], [dollars]]) == []
    assert dominated_by([option("a"), option("b")], [[figure(0)], [dollars]]) == [(), ()]


def test_random_tables_agree_with_the_definition() -> None:
    acts = ("wait", "offer", "tow")
    for chance in rounds(60):
        options = [option(f"o{number}", chance.choice(acts)) for number in range(chance.randint(2, 5))]
        width = chance.randint(1, 3)
        better = [chance.choice(["more", "less"]) for _ in range(width)]
        values = [[chance.choice([None, 1, 2, 3]) for _ in range(width)] for _ in options]
        found = dominated_by(options, [row(*line, better=better) for line in values])
        counted = [
            at for at in range(width) if len({line[at] for line in values}) > 1
        ]  # neither the same for all, nor known of none
        for worse, marked in enumerate(found):
            expected = set()
            for other, line in enumerate(values):
                mild = acts.index(options[other].does[0].do) - acts.index(options[worse].does[0].do)
                signs = [1 if better[at] == "less" else -1 for at in counted]
                pairs = [(line[at], values[worse][at]) for at in counted]
                if other == worse or mild > 0 or any(one is None or two is None for one, two in pairs):
                    continue
                gaps = [sign * (one - two) for sign, (one, two) in zip(signs, pairs, strict=True) if one and two]
                if all(gap <= 0 for gap in gaps) and (mild < 0 or any(gap < 0 for gap in gaps)):
                    expected.add(options[other].id)
            assert {one.by for one in marked} == expected
