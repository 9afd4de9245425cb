"""Help, tour, settings and measuring: by mouse, thumb and keyboard."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    Watched = Callable[..., Page]

pytestmark = pytest.mark.slow

AXE = Path(__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
DESK: dict[str, Any] = {"viewport": {"width": 1440, "height": 900}}
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


def faults_of(page: Page, where: str) -> list[str]:
    page.evaluate(AXE.read_text("utf-8"))
    found: list[str] = page.evaluate(f"axe.run('{where}').then(({{violations}}) => violations.map(({{id}}) => id))")
    return found


def test_the_tour_is_offered_once_goes_through_and_is_started_again(watched: Watched, untouched: str) -> None:
    page = watched(at=untouched, first_time=True, **PHONE)
    page.get_by_role("button", name="Take the tour").click()
    tour = page.get_by_role("dialog", name="Tour")
    expect(tour.get_by_role("heading")).to_have_text("One operation at a time")
    assert faults_of(page, ".tour") == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for _ in range(6):
        page.keyboard.press("Enter")
    expect(tour).to_contain_text("7 of 7")
    tour.get_by_role("button", name="Done").click()
    expect(tour).to_have_count(0)
    page.goto(untouched)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("button", name="Take the tour")).to_have_count(0)
    page.keyboard.press("?")
    page.get_by_role("dialog", name="Help").get_by_role("button", name="Two-minute tour").click()
    expect(tour).to_be_visible()
    page.keyboard.press("Escape")
    expect(tour).to_have_count(0)


def test_help_explains_desks_grades_and_words(watched: Watched, untouched: str) -> None:
    page = watched(at=untouched, **DESK)
    page.keyboard.press("?")
    window = page.get_by_role("dialog", name="Help")
    expect(window).to_contain_text("Drag the time bar to see what was known when.")
    window.get_by_role("heading", name="Grades A1 to F6").click()
    expect(window.get_by_role("definition").filter(has_text="usually reliable").first).to_be_visible()
    window.get_by_role("heading", name="Words").click()
    window.get_by_role("textbox", name="Find a word").fill("cordon as given")
    expect(window.locator(".glossary[aria-label]")).to_contain_text("barriers that stand already")
    assert faults_of(page, ".window") == []
    page.keyboard.press("Escape")
    expect(window).to_have_count(0)


def test_a_distance_and_an_area_are_measured(watched: Watched, untouched: str) -> None:
    page = watched(at=untouched, **PHONE)
    page.keyboard.press("m")
    bar = page.get_by_role("dialog", name="Measure")
    bar.get_by_role("button", name="Add the cross").click()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    bar.get_by_role("button", name="Add the cross").click()
    per_pixel = page.evaluate(
        """(() => { const map = window.clearway.map; const a = map.unproject([200, 300]), b = map.unproject([300, 300]);
            return a.distanceTo(b) / 100; })()"""
    )
    said = re.match(r"([\d,]+) m along the line\.", bar.get_by_role("paragraph").inner_text())
    assert said
    assert float(said[1].replace(",", "")) == pytest.approx(80 * per_pixel, rel=0.05)
    page.keyboard.press("ArrowDown")
    bar.get_by_role("button", name="Add the cross").click()
    expect(bar).to_contain_text(re.compile(r"(m\u00b2|ha) within it"))
    page.keyboard.press("Backspace")
    expect(bar).to_contain_text("along the line.")
    page.keyboard.press("Escape")
    expect(bar).to_have_count(0)
    assert page.evaluate("window.clearway.map.getSource('measure') === undefined")


def test_settings_are_kept_in_the_browser(watched: Watched, untouched: str) -> None:
    page = watched(at=untouched, color_scheme="light")
    page.keyboard.press("Control+k")
    page.keyboard.type("settings")
    page.get_by_role("option", name=re.compile("^Settings")).click()
    window = page.get_by_role("dialog", name="Settings")
    window.get_by_role("radio", name="Night").check()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    window.get_by_role("radio", name="As the system").check()
    expect(page.locator("html")).to_have_attribute("data-theme", "light")
    window.get_by_role("checkbox", name="Nothing moves on the page").check()
    assert faults_of(page, ".window") == []
    page.reload()
    expect(page.locator("html[data-calm]")).to_have_count(1)
