"""The estimate against closed forms, an independent computation, simulated histories, and the published July 1 marches."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from clearway.picture.estimate import (
    CREDIBILITY_SPREAD,
    RELIABILITY_SPREAD,
    USUAL,
    Estimate,
    Grid,
    Moved,
    Said,
    estimate,
)

ABOUT_SPREAD = 0.08

MARCHES = Path(__file__).parents[1] / "data" / "july-1-marches.csv"
ONE = Grid(rates=(0.2,), rate_weights=(1.0,), outs=(1.0,), out_weights=(1.0,))
Z_90 = 1.6448536269514722


def known(said: list[Said], days: list[float], *moved: Moved, grid: Grid | None = None) -> Estimate:
    found = estimate(said, list(moved), days, grid=grid or USUAL)
    assert found is not None
    return found


def test_nothing_said_gives_no_estimate() -> None:
    assert estimate([], [Moved(1.0, 5, 5, arrived=True)], [1.0]) is None


def test_one_figure_has_the_band_of_the_closed_form() -> None:
    found = known([Said(0.0, 450, 450, "police", "B", 2)], [0.0, 4.0], grid=ONE)
    noise = RELIABILITY_SPREAD["B"] ** 2 + CREDIBILITY_SPREAD[2] ** 2
    first = 1.5**2
    after = first * noise / (first + noise)
    assert found.likely == pytest.approx([450, 450])
    for day, variance in enumerate((after, after + 0.2**2 * 4)):
        reach = Z_90 * np.sqrt(variance)
        assert np.log1p([found.low[day], found.high[day]]) == pytest.approx([np.log(451) - reach, np.log(451) + reach])


def test_figures_of_two_speakers_are_those_of_the_joint_gaussian() -> None:
    said = [Said(0.0, 400, 400, "a", "B", 2), Said(1.0, 700, 700, "b", "C", 3), Said(3.0, 500, 500, "a", "B", 1, about=True)]
    days = [0.0, 0.5, 2.0, 3.0, 5.0]
    found = known(said, days, grid=ONE)
    times = np.array([*days, *(one.day for one in said)])
    prior = 1.5**2 + 0.2**2 * np.minimum.outer(times, times)
    heard = prior[5:, 5:].copy()
    for i, one in enumerate(said):
        for j, other in enumerate(said):
            heard[i, j] += RELIABILITY_SPREAD[one.reliability] ** 2 if one.speaker == other.speaker else 0.0
        heard[i, i] += CREDIBILITY_SPREAD[one.credibility] ** 2 + (ABOUT_SPREAD**2 if one.about else 0.0)
    gain = prior[:5, 5:] @ np.linalg.inv(heard)
    mean = np.log(401) + gain @ (np.log1p([400, 700, 500]) - np.log(401))
    deviation = np.sqrt(np.diag(prior[:5, :5] - gain @ prior[5:, :5]))
    assert np.log1p(found.likely) == pytest.approx(mean, abs=1e-9)
    assert np.log1p(found.low) == pytest.approx(mean - Z_90 * deviation, abs=1e-9)
    assert np.log1p(found.high) == pytest.approx(mean + Z_90 * deviation, abs=1e-9)


@pytest.mark.slow
@pytest.mark.parametrize(("low", "high"), [(300, 3000), (1000, np.inf), (0, 500), (400, 420)])
def test_a_range_or_a_bound_has_the_moments_that_many_trials_show(low: float, high: float) -> None:
    point = Said(0.0, 800, 800, "a", "C", 3)
    found = known([point, Said(0.0, low, high, "b", "B", 2)], [0.0], grid=ONE)
    rng = np.random.default_rng(1)
    count = 4_000_000
    noise = RELIABILITY_SPREAD["C"] ** 2 + CREDIBILITY_SPREAD[3] ** 2
    variance = 1.5**2 * noise / (1.5**2 + noise)
    x = np.log(801) + np.sqrt(variance) * rng.standard_normal(count)
    heard = x + np.hypot(RELIABILITY_SPREAD["B"], CREDIBILITY_SPREAD[2]) * rng.standard_normal(count)
    kept = x[(heard >= (np.log1p(low) if low else -np.inf)) & (heard <= np.log1p(high))]
    centre = (np.log1p(found.low[0]) + np.log1p(found.high[0])) / 2
    width = (np.log1p(found.high[0]) - np.log1p(found.low[0])) / 2 / Z_90
    assert centre == pytest.approx(kept.mean(), abs=0.01)
    assert width == pytest.approx(kept.std(), rel=0.02)


def test_what_came_and_went_moves_the_estimate_by_as_much() -> None:
    said = [Said(0.0, 450, 450, "police", "B", 2)]
    arrived = known(said, [2.0], Moved(1.0, 100, 100, arrived=True), grid=ONE)
    left = known(said, [2.0], Moved(1.0, 100, 100, arrived=False), grid=ONE)
    assert arrived.likely[0] == pytest.approx(550)
    assert left.likely[0] == pytest.approx(350)


def test_what_a_weak_source_says_came_moves_the_estimate_less_and_makes_it_less_sure() -> None:
    said = [Said(0.0, 450, 450, "police", "B", 2)]
    sound = known(said, [2.0], Moved(1.0, 400, 400, arrived=True), grid=ONE)
    weak = known(said, [2.0], Moved(1.0, 400, 400, arrived=True, trust=0.25), grid=ONE)
    assert weak.likely[0] == pytest.approx(550)
    assert weak.low[0] < sound.low[0]
    assert weak.high[0] / weak.low[0] > 1.1 * sound.high[0] / sound.low[0]
    none = known(said, [2.0], Moved(1.0, 400, 400, arrived=True, trust=0.0), grid=ONE)
    assert none.likely[0] == pytest.approx(450)


def test_many_words_of_one_speaker_are_not_many_witnesses() -> None:
    often = [Said(0.01 * step, 450, 450, "police", "B", 2) for step in range(50)]
    others = [Said(0.01 * step, 450, 450, f"witness {step}", "B", 2) for step in range(50)]
    alone, together = known(often, [0.5], grid=ONE), known(others, [0.5], grid=ONE)
    assert alone.high[0] / alone.low[0] > 1.5 > together.high[0] / together.low[0]


def test_speakers_who_exclude_each_other_make_the_band_wide_enough_for_both() -> None:
    found = known([Said(0.0, 300, 300, "police", "B", 2), Said(0.0, 900, 900, "organisers", "B", 2)], [0.0])
    agreed = known([Said(0.0, 520, 520, "police", "B", 2), Said(0.0, 520, 520, "organisers", "B", 2)], [0.0])
    assert found.low[0] < 350
    assert found.high[0] > 780
    assert found.high[0] / found.low[0] > 1.5 * agreed.high[0] / agreed.low[0]


def test_zero_and_the_largest_figures_are_no_trouble() -> None:
    none = known([Said(0.0, 0, 0, "police")], [0.0])
    many = known([Said(0.0, 2e9, 2e9, "police"), Said(0.0, 0, 1, "another")], [0.0, 400.0])
    assert none.likely[0] == pytest.approx(0, abs=1e-6)
    assert np.isfinite([many.low, many.likely, many.high]).all()


def test_the_order_of_hearing_does_not_matter() -> None:
    said = [Said(0.0, 300, 3000, "a", "C", 3), Said(2.0, 450, 450, "b", "B", 2), Said(4.0, 600, np.inf, "a", "C", 3)]
    forth, back = known(said, [1.0, 4.0]), known(said[::-1], [1.0, 4.0])
    assert forth.low == pytest.approx(back.low)
    assert forth.high == pytest.approx(back.high)


def simulated(rng: np.random.Generator, rate: float, out: float) -> tuple[list[Said], list[float], list[float]]:
    """Statements of three speakers over two weeks in every form, and the truth at five moments, one of them after."""
    spoken = np.sort(rng.uniform(0, 14, 14))
    times = np.concatenate((spoken, [1.0, 5.0, 7.0, 14.0, 15.0]))
    order = np.argsort(times)
    truth = np.empty(len(times))
    steps = rng.standard_normal(len(times)) * rate * np.sqrt(np.diff(times[order], prepend=0.0))
    truth[order] = np.log(rng.uniform(200, 3000)) + np.cumsum(steps)
    grades = rng.choice(list("ABCD"), 3)
    bias = [rng.normal(0, RELIABILITY_SPREAD[grade] * out) for grade in grades]
    said = []
    for day, x in zip(spoken, truth, strict=False):
        who, credibility = int(rng.integers(3)), int(rng.integers(1, 5))
        about = bool(rng.random() < 0.25)
        error = np.hypot(CREDIBILITY_SPREAD[credibility], ABOUT_SPREAD if about else 0.0) * out
        figure = float(np.exp(x + bias[who] + rng.normal(0, error)))
        low, high = [
            (figure, figure),
            (figure, figure),
            (figure / rng.uniform(1, 1.5), figure * rng.uniform(1, 1.5)),
            (figure / rng.uniform(1, 1.5), np.inf),
            (0.0, figure * rng.uniform(1, 1.5)),
        ][int(rng.choice(5, p=[0.4, 0.25, 0.2, 0.1, 0.05]))]
        said.append(Said(float(day), low, high, f"speaker {who}", str(grades[who]), credibility, about))
    return said, times[14:].tolist(), np.exp(truth[14:]).tolist()


@pytest.mark.slow
@pytest.mark.parametrize("rate", [0.05, 0.2, 0.5])
@pytest.mark.parametrize("out", [0.5, 1.0, 2.0])
def test_the_band_holds_the_truth_about_nine_times_in_ten(rate: float, out: float) -> None:
    rng = np.random.default_rng(2022)
    held = []
    for _ in range(100):
        said, days, truth = simulated(rng, rate, out)
        found = known(said, days)
        held += [low <= true <= high for low, true, high in zip(found.low, truth, found.high, strict=True)]
    assert 0.84 <= np.mean(held) <= 0.97


def test_organisers_and_police_together_hold_what_the_university_counted() -> None:
    years = list(csv.DictReader(MARCHES.read_text("utf-8").splitlines()))
    said, days = [], []
    for year in years:
        days.append((int(year["year"]) - 2004) * 365.25)
        for who, grade in (("organisers", ("C", 3)), ("police", ("B", 2))):
            figure = float(year[who])
            said.append(Said(days[-1], figure, figure, who, *grade))
    found = known(said, days)
    counted = np.sqrt([float(year["university_low"]) * float(year["university_high"]) for year in years])
    held = (found.low <= counted) & (counted <= found.high)
    assert held.sum() >= len(years) - 1
    told_apart = [float(year["organisers"]) / float(year["police"]) for year in years]
    assert np.median(found.high / found.low) < 2 * np.median(told_apart)  # wide because they differ, and no wider than that
