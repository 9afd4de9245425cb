"""All desks from the phone to the desk's own screen, at 100 and 200 %, by day and by night: nothing is covered or cut off."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from harbour import HARBOUR

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    Opened = Callable[..., Page]
    Wait = Callable[[Page], None]

SEEN = (Path(__file__).parent / "seen.js").read_text("utf-8")
AXE = Path(__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
SIZES = {1440: 900, 1200: 800, 1024: 768, 910: 700, 760: 1000, 390: 844}
"""Widths of windows with a usual height, in pixels of the screen."""
LOOKED_AT = [*((width, 100) for width in SIZES), (1440, 200), (1024, 200), (390, 200)]
"""Width and zoom; other widths at 200 % have as many pixels of the page as one that is there."""


def window(width: int, zoom: int, scheme: str = "light") -> dict[str, Any]:
    """A window as a browser has it that is zoomed: fewer pixels of the page, each larger."""
    size = {"width": width * 100 // zoom, "height": SIZES[width] * 100 // zoom}
    return {"viewport": size, "color_scheme": scheme, "has_touch": width == min(SIZES)}


def at_desk(page: Page, desk: str, part: str = "") -> None:
    """Open a desk by its entry in the rail, and a tab of its panel."""
    entry = page.locator(f".rail [data-desk={desk}]")
    entry.evaluate("entry => entry.click()")
    if part:
        page.locator(f"input[name=part][value={part}]").evaluate("tab => tab.click()")
    page.wait_for_function("desk => document.querySelector('.room').dataset.desk === desk", arg=desk)


DESKS = (
    ("plan", "plan"),
    ("plan", "plans"),
    ("plan", "traffic"),
    ("plan", "detours"),
    ("plan", "buses"),
    ("picture", ""),
    ("read", ""),
)


@pytest.mark.parametrize(("width", "zoom"), LOOKED_AT)
def test_no_control_is_covered_no_text_is_cut_off_and_every_text_has_contrast_at_any_desk(
    opened: Opened, untouched: str, width: int, zoom: int
) -> None:
    page = opened(f"{untouched}#desk=plan&{HARBOUR}", **window(width, zoom, "light" if zoom == 100 else "dark"))
    page.wait_for_function("() => window.clearway.desks.picture.get().picture")
    page.evaluate(AXE.read_text("utf-8"))
    found, faint = {}, {}
    for desk, part in DESKS:
        at_desk(page, desk, part)
        found[desk, part] = page.evaluate(SEEN)
        if width in (max(SIZES), min(SIZES)):
            run = page.evaluate("axe.run({runOnly: ['color-contrast']})")
            faint[desk, part] = [node["html"][:120] for violation in run["violations"] for node in violation["nodes"]]
    assert found == {place: [] for place in DESKS}
    assert not any(faint.values()), faint


@pytest.mark.parametrize("desk", ["picture", "plan"])
def test_on_a_phone_the_names_of_the_rail_come_and_go_and_a_tap_on_the_map_hits_the_map(
    opened: Opened, untouched: str, desk: str
) -> None:
    page = opened(f"{untouched}#desk=plan&{HARBOUR}", **window(390, 100))
    page.wait_for_function("() => window.clearway.desks.picture.get().picture")
    at_desk(page, desk)
    names = page.locator(".rail-entry span").filter(has_text="Read")
    assert not names.is_visible()
    page.get_by_role("button", name="Show the names of desks and tools").tap()
    assert names.is_visible()
    page.get_by_role("button", name="Read", exact=True).tap()
    assert page.locator(".room").get_attribute("data-desk") == "read"
    assert not names.is_visible()
    at_desk(page, desk)
    free = page.evaluate(
        """() => {
            const {left, top, width} = document.querySelector(".map").getBoundingClientRect();
            const foot = Math.min(...[...document.querySelectorAll(".panel, .timebar")].filter((one) => one.checkVisibility())
                .map((one) => one.getBoundingClientRect().top));
            const spots = [];
            for (let x = 0.3; x <= 0.9; x += 0.1)
                for (let y = 0.4; y <= 0.9; y += 0.1)
                    spots.push(document.elementFromPoint(left + x * width, top + y * (foot - top)));
            const hits = spots.filter((hit) => !hit?.matches("canvas")).map((hit) => hit?.outerHTML.slice(0, 80));
            return [hits.length / spots.length, hits];
        }"""
    )
    assert free[0] < 0.2, free[1]
    assert page.locator(".topbar .pending").is_visible()


def test_the_whole_plan_is_shown_whole_after_any_flight(opened: Opened, wait_until_settled: Wait) -> None:
    page = opened()
    seen = """() => {
        const {map, desks} = window.clearway;
        const room = desks.plan.get();
        const {left, right, top, bottom} = map.getContainer().getBoundingClientRect();
        const panel = document.querySelector(".panel:not([hidden])").getBoundingClientRect();
        return room.answer.cordon.barriers.every(({lon, lat}) => {
            const {x, y} = map.project([lon, lat]);
            return x > left + 76 && x < panel.left && y > top && y < bottom;
        });
    }"""
    for _ in range(2):
        page.get_by_role("list", name="Barriers").get_by_role("button").first.click()
        page.get_by_role("button", name="Show on the map").click()
        wait_until_settled(page)
        assert page.evaluate("window.clearway.map.getPadding()") == {"top": 0, "right": 0, "bottom": 0, "left": 0}
        page.get_by_role("button", name="Show the whole plan").click()
        page.wait_for_function(seen)
        page.keyboard.press("Escape")
    page.evaluate("window.clearway.map.jumpTo({center: [174.9, -41.2], zoom: 11, bearing: 40})")
    page.get_by_role("button", name="Show the whole plan").click()
    page.wait_for_function(seen)
