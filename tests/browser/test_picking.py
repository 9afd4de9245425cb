"""A place of an entry that is picked on the map, by mouse, by keyboard and by thumb."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator, Page

    Watched = Callable[..., Page]

AXE = Path(__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
CORNER = (174.77857, -41.27949)
"""Near Featherston Street at Bunny Street, within the first map."""


def form_of(page: Page) -> Locator:
    page.get_by_role("button", name="New entry").first.click()
    return page.get_by_role("dialog", name="New entry")


def spot(page: Page, lon: float, lat: float) -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate(f"(({{x, y}}) => ({{x, y}}))(window.clearway.map.project([{lon}, {lat}]))")
    return found


def test_a_click_on_the_map_is_the_place_of_the_entry_and_the_exact_point_stays(watched: Watched) -> None:
    page = watched()
    form = form_of(page)
    form.get_by_label("Who says so").fill("Officer at gate 3")
    form.get_by_role("button", name="Pick on the map").click()
    expect(form).to_be_hidden()
    bar = page.get_by_role("dialog", name="Pick a place on the map")
    at = spot(page, *CORNER)
    page.mouse.click(at["x"], at["y"])
    expect(bar.get_by_role("button", name="Use this place")).to_be_focused()
    words = bar.get_by_role("paragraph").inner_text()
    assert "Featherston Street" in words
    page.keyboard.press("Enter")
    where = form.get_by_role("combobox", name="Where")
    expect(where).to_be_focused()
    assert where.input_value().startswith(f"{words} (-41.2794")
    expect(form.get_by_label("Who says so")).to_have_value("Officer at gate 3")
    expect(page.locator(".maplibregl-marker")).to_have_count(0)


def test_the_cross_hair_is_taken_by_keyboard_alone_and_escape_goes_back(watched: Watched) -> None:
    page = watched()
    form = form_of(page)
    form.get_by_role("button", name="Pick on the map").focus()
    page.keyboard.press("Enter")
    bar = page.get_by_role("dialog", name="Pick a place on the map")
    expect(bar.get_by_role("button", name="Take the cross-hair")).to_be_focused()
    before = page.evaluate("window.clearway.map.getCenter().lng")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("window.clearway.map.getCenter().lng") > before
    page.keyboard.press("Enter")
    expect(bar.get_by_role("button", name="Use this place")).to_be_focused()
    page.keyboard.press("Escape")
    expect(form).to_be_visible()
    expect(form.get_by_role("combobox", name="Where")).to_have_value("")


def test_a_street_alone_is_asked_between_which_streets(watched: Watched) -> None:
    page = watched()
    form = form_of(page)
    where = form.get_by_role("combobox", name="Where")
    where.fill("Featherston Street")
    where.press("Tab")
    expect(form.get_by_text("Somewhere on Featherston Street. Between which streets?")).to_be_visible()
    where.fill("Fetherston Street")
    where.press("Tab")
    expect(form.get_by_role("button", name="Featherston Street", exact=True)).to_be_visible()


@pytest.mark.parametrize("how", [PHONE])
def test_on_a_phone_the_point_that_is_tapped_is_seen(watched: Watched, how: dict[str, Any]) -> None:
    page = watched(**how)
    form = form_of(page)
    form.get_by_role("button", name="Pick on the map").tap()
    bar = page.get_by_role("dialog", name="Pick a place on the map")
    box = page.locator(".cross-hair").bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.touchscreen.tap(x, y)
    expect(bar.get_by_role("button", name="Use this place")).to_be_visible()
    assert page.evaluate(f"document.elementFromPoint({x}, {y}).closest('.map, .maplibregl-map, .maplibregl-marker') !== null")
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("axe.run('.pick-bar').then(({violations}) => violations.map(({id}) => id))")
    assert found == []
    bar.get_by_role("button", name="Use this place").tap()
    expect(form.get_by_role("combobox", name="Where")).not_to_have_value("")


def test_where_a_barrier_no_longer_stands_is_read_as_every_place_is(watched: Watched) -> None:
    page = watched()
    form = form_of(page)
    form.get_by_label("What is it").select_option("barrier_state")
    form.get_by_label("State").select_option("moved")
    form.get_by_text("More fields").click()
    gone = form.get_by_role("combobox", name="Moved from")
    gone.fill("Featherston St at Bunny St; Fetherston Street")
    gone.press("Tab")
    expect(form.get_by_role("button", name="Featherston Street", exact=True)).to_be_visible()
    gone.fill("Featherston St at Bunny St; Lambton Quay, east side")
    form.get_by_role("combobox", name="Where", exact=True).fill("Lambton Quay at Bowen St")
    form.get_by_role("button", name="Write it").click()
    expect(page.get_by_text("no longer at Featherston St at Bunny St and Lambton Quay, east side").first).to_be_visible()
