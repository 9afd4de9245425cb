"""Print follows the desk that is open; every printed map has scale, north, legend and local time."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    Opened = Callable[..., Page]
    Wait = Callable[[Page], None]

pytestmark = pytest.mark.slow

DESK: dict[str, Any] = {"viewport": {"width": 1440, "height": 900}}
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
DAY_11 = "#desk=picture&at=2022-02-18T06:05Z"
LAID = "() => { window.print = () => { window.laid = document.getElementById('print-sheet').outerHTML; }; }"


def printed(page: Page) -> Page:
    """The sheet that the print command lays."""
    page.evaluate(LAID)
    page.keyboard.press("Control+p")
    page.wait_for_function("() => window.laid")
    return page


def test_the_picture_prints_the_picture(watched: Opened, untouched: str) -> None:
    page = watched(DAY_11, at=untouched, **DESK)
    expect(page).to_have_title("Picture \u2013 Parliament grounds, February 2022, Fri 18 Feb 2022 19:05 \u2013 Clearway")
    centre = page.evaluate("window.clearway.map.getCenter().toArray()")
    paper = printed(page).locator("#print-sheet")
    expect(paper.locator("h1")).to_have_text("Parliament grounds, February 2022")
    expect(paper).to_contain_text(re.compile(r"Picture of Fri 18 Feb 2022 19:05, printed .* \(Pacific/Auckland\)\."))
    expect(paper).to_contain_text("About 800 people")
    expect(paper).to_contain_text("Unanswered")
    expect(paper.locator(".print-legend")).to_contain_text("street shut")
    expect(paper).not_to_contain_text("barriers at four corners")
    expect(paper.locator("img")).to_have_attribute("alt", "Map of the picture at Fri 18 Feb 19:05")
    wide, high = page.evaluate(
        "(() => { const i = document.querySelector('#print-sheet img'); return [i.naturalWidth, i.naturalHeight]; })()"
    )
    assert wide / high == pytest.approx(880 / 520, abs=0.01)
    assert page.evaluate("window.clearway.map.getContainer().clientWidth") == DESK["viewport"]["width"]
    assert page.evaluate("window.clearway.map.getCenter().toArray()") == pytest.approx(centre, abs=1e-6)


def test_the_log_prints_the_lines_that_it_is_filtered_to(watched: Opened, untouched: str) -> None:
    page = watched("#desk=log&log-kind=arrests&log-from=day+14", at=untouched, **DESK)
    lines = page.get_by_role("region", name="Lines of the log").locator("button.line")
    expect(lines.filter(has_text="One or two arrested")).to_be_visible()
    paper = printed(page).locator("#print-sheet")
    expect(paper.locator("h1")).to_have_text("Parliament grounds, February 2022")
    expect(paper).to_contain_text(re.compile(r"Log, printed .* \(Pacific/Auckland\)\."))
    expect(paper.locator("button.line")).to_have_count(lines.count())
    expect(paper).to_contain_text("One or two arrested")
    expect(paper).not_to_contain_text("The situation calmed down")


def test_the_plan_prints_the_plan_and_the_title_says_so(opened: Opened, untouched: str, wait_until_settled: Wait) -> None:
    page = opened(f"{untouched}#desk=plan", ready=False, color_scheme="dark")
    wait_until_settled(page)
    expect(page).to_have_title(re.compile("^Plan \u2013 Parliament grounds, 21 February 2022 \u2013 Clearway$"))
    paper = printed(page).locator("#print-sheet")
    expect(paper).to_contain_text("A plan, not an order: check against the ground before you close a street.")
    expect(paper.locator(".print-legend")).to_contain_text("Fire station")
    expect(paper.locator("img")).to_have_attribute("alt", re.compile("^Map of the cordon"))
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_the_map_on_paper_shows_scale_and_north(watched: Opened, untouched: str) -> None:
    page = printed(watched(DAY_11, at=untouched))
    page.evaluate(
        """() => { const image = document.querySelector('#print-sheet img'); const paper = document.createElement('canvas');
            paper.width = image.naturalWidth; paper.height = image.naturalHeight;
            const pen = paper.getContext('2d', {willReadFrequently: true}); pen.drawImage(image, 0, 0); window.pen = pen;
            const dark = (x, y) => { const [r, g, b] = pen.getImageData(Math.round(x * paper.width / 880),
                Math.round(y * paper.height / 520), 1, 1).data; return r < 60 && g < 60 && b < 60; };
            let foot = 0; for (let x = 14; x < 500 && dark(x, 506); x += 1) foot += 1;
            window.found = {foot, north: dark(880 - 14 - 17, 14 + 10)}; }"""
    )
    found = page.evaluate("window.found")
    assert 60 < found["foot"] < 220
    assert found["north"]
