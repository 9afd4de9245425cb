"""Regret, differences and the value of knowing: by hand, and against the definitions written again."""

from __future__ import annotations

import numpy as np
import pytest

from clearway.planning.options.ensemble.regret import differences, knowing, results
from rounds import rounds


def test_regret_by_hand() -> None:
    loss = np.array([[4.0, 0.0, 2.0], [1.0, 3.0, 2.0]])
    first, second = results(["a", "b"], loss)
    assert (first.option, first.mean_late, first.worst_late) == ("a", 2.0, 4)
    assert (first.mean_regret, first.worst_regret) == (1.0, 3)
    assert first.best_in == pytest.approx(2 / 3)
    assert (second.option, second.mean_regret, second.worst_regret) == ("b", 1.0, 3)


def test_random_tables_agree_with_the_definition() -> None:
    for chance in rounds(30):
        options = [f"o{number}" for number in range(chance.randint(2, 4))]
        count = chance.randint(1, 8)
        table = [[chance.randint(0, 5) for _ in range(count)] for _ in options]
        found = {one.option: one for one in results(options, np.array(table, float))}
        for name, row in zip(options, table, strict=True):
            regrets = [loss - min(other[at] for other in table) for at, loss in enumerate(row)]
            assert found[name].mean_regret == pytest.approx(sum(regrets) / count)
            assert found[name].worst_regret == max(regrets)
            assert found[name].best_in == pytest.approx(regrets.count(0) / count)
        means = [found[one.option].mean_regret for one in results(options, np.array(table, float))]
        assert means == sorted(means)


def test_a_difference_is_shown_where_it_holds_in_almost_every_draw_of_enough_scenarios() -> None:
    steady = np.array([[1.0] * 200, [2.0] * 200])
    (found,) = differences(["a", "b"], steady, seed=1)
    assert (found.better, found.held, found.says) == ("a", 1.0, "a does better than b")
    (few,) = differences(["a", "b"], steady[:, :199], seed=1)
    assert few.says == "no difference shown between a and b: fewer than 200 scenarios"


def test_options_that_differ_by_chance_alone_show_no_difference() -> None:
    noise = np.random.default_rng(3).integers(0, 9, (2, 400)).astype(float)
    (found,) = differences(["a", "b"], noise, seed=1)
    assert found.says.startswith("no difference shown")
    (twins,) = differences(["a", "b"], np.array([noise[0], noise[0]]), seed=1)
    assert twins.held == 0.0


def test_scenarios_stay_paired_however_much_they_differ_from_one_another() -> None:
    hard = np.random.default_rng(4).integers(0, 10_000, 300).astype(float)
    (found,) = differences(["a", "b"], np.array([hard, hard + 1]), seed=1)
    assert found.held == 1.0  # unpaired, a gap of 1 would drown


def test_knowing_what_decides_is_worth_what_it_saves_and_all_else_nothing() -> None:
    drawn = np.array([[at / 10 + 0.05, (at * 7 % 10) / 10 + 0.05] for at in range(10)])
    low = drawn[:, 0] < 0.4
    loss = np.array([np.where(low, 0.0, 5.0), np.where(low, 5.0, 0.0)])
    found = {one.factor: one for one in knowing(["a", "b"], loss, ["decides", "other"], drawn)}
    assert found["decides"].value == pytest.approx(2.0)  # b alone loses 5 in 4 of 10
    assert found["decides"].choices == ("a", "a", "b", "b", "b")
    assert found["other"].value < found["decides"].value
    (dull,) = knowing(["a", "b"], np.array([[1.0] * 10, [2.0] * 10]), ["x"], drawn[:, :1])
    assert (dull.value, dull.choices) == (0.0, ("a",) * 5)


def test_what_is_worth_most_to_know_stands_first_and_the_upper_end_is_of_the_last_fifth() -> None:
    drawn = np.array([[0.0, 0.5], [1.0, 0.5], [0.0, 0.5], [1.0, 0.5]])
    loss = np.array([[0.0, 4.0, 0.0, 4.0], [4.0, 0.0, 4.0, 0.0]])
    found = knowing(["a", "b"], loss, ["decides", "a dull one"], drawn)
    assert [(one.factor, one.value, one.choices) for one in found] == [
        ("decides", 2.0, ("a", "b")),
        ("a dull one", 0.0, ("a",)),
    ]
    assert [one.factor for one in knowing(["a", "b"], loss, ["y", "x"], drawn[:, 1:].repeat(2, axis=1))] == ["x", "y"]


def test_traffic_of_an_option_is_its_mean_and_its_worst_hour_and_unknown_where_none_was_assigned() -> None:
    loss = np.array([[0.0, 0.0], [1.0, 1.0]])
    hours, trips = np.array([[2.0, 4.0], [0.0, 1.0]]), np.array([[10.0, 20.0], [0.0, 0.0]])
    first, _ = results(["a", "b"], loss, (hours, trips))
    assert (first.mean_hours_lost, first.worst_hours_lost, first.mean_trips_cut_off) == (3.0, 4.0, 15.0)
    plain, _ = results(["a", "b"], loss)
    assert plain.mean_hours_lost is plain.worst_hours_lost is plain.mean_trips_cut_off is None
