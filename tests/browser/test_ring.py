"""A cordon as given, on the Plan desk: typed, put on the map, loaded from a file, and checked."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator, Page

    Opened = Callable[..., Page]

pytestmark = pytest.mark.slow
AXE = Path(__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
PLAN = "#desk=plan"
DRAWN = """(source) => window.clearway.map.querySourceFeatures(source).length"""


def ring(page: Page) -> Locator:
    """The open part of the panel."""
    part = page.locator("#ring")
    part.locator("summary").first.click()
    return part


def check(page: Page, part: Locator) -> None:
    part.get_by_role("button", name="Check the barriers").click()
    expect(part.locator(".verdict")).to_be_visible()
    page.wait_for_function("() => window.clearway.map.areTilesLoaded()")


def test_the_plans_barriers_are_checked_and_one_less_leaks_until_it_is_put_back(opened: Opened, untouched: str) -> None:
    page = opened(f"{untouched}{PLAN}")
    part = ring(page)
    part.get_by_role("button", name="Take the plan").click()
    check(page, part)
    assert "Not sealed" not in part.inner_text()
    page.evaluate("""() => {
        const store = window.clearway.desks.plan;
        const { ring } = store.get();
        store.set({ ring: { ...ring, given: ring.given.slice(1) } });
    }""")
    expect(part).to_contain_text("Check again")
    check(page, part)
    expect(part).to_contain_text("Not sealed: 1 way in is left")
    page.wait_for_function(f"() => ({DRAWN})('leaks') > 0")
    part.locator("#leaks button.item").click()
    part.get_by_role("button", name="Add this barrier").click()
    expect(part.locator(".verdict")).not_to_contain_text("Not sealed")


def test_words_and_a_file_are_read_and_what_means_nothing_gets_its_sentence(
    opened: Opened, untouched: str, tmp_path: Path
) -> None:
    page = opened(f"{untouched}{PLAN}")
    part = ring(page)
    part.locator("textarea").fill("Nowhere Street at Lambton Quay")
    part.get_by_role("button", name="Check the barriers").click()
    expect(part).to_contain_text("Unknown street in Barrier 1 (Nowhere Street at Lambton Quay)")
    part.locator("textarea").fill("Aitken Street at Mulgrave Street")
    (tmp_path / "ring.txt").write_text("Hill Street at Guildford Terrace, west side\n")
    part.locator("input[type=file]").set_input_files(tmp_path / "ring.txt")
    expect(part).to_contain_text("ring.txt")
    check(page, part)
    part.get_by_text("As understood: 2 barriers").click()
    expect(part).to_contain_text("Hill St, west side of Guildford Tce")
    part.get_by_role("button", name="Back to the plan").click()
    expect(part.locator(".verdict")).to_have_count(0)


def test_barriers_are_put_on_the_map_by_clicks_and_nothing_serious_is_inaccessible(opened: Opened, untouched: str) -> None:
    page = opened(f"{untouched}{PLAN}")
    part = ring(page)
    part.get_by_role("button", name="Put on the map").click()
    page.mouse.click(620, 420)
    expect(part).to_contain_text("1 barrier on the map")
    page.keyboard.press("Escape")
    part.get_by_role("button", name="Take the plan").click()
    check(page, part)
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("axe.run('#ring', {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']})")
    assert [violation["id"] for violation in found["violations"]] == []


def test_what_the_record_says_of_barriers_is_counted_and_nothing_is_claimed_of_those_not_placed(
    opened: Opened, untouched: str
) -> None:
    page = opened(f"{untouched}{PLAN}")
    said = ring(page).locator(".of-the-record")
    expect(said.locator("p").nth(0)).to_have_text("6 of 8 barriers, gates and shut roads are named, none placed yet.")
    expect(said.locator("p").nth(1)).to_contain_text("Nothing is claimed of their ring.")
    said.get_by_text("6 named places").click()
    named = said.get_by_role("listitem")
    expect(named).to_have_count(6)
    expect(named.first).to_have_text("Lambton Quay not placed. Somewhere on Lambton Quay. Between which streets?")
    expect(said.get_by_role("button")).to_have_count(0)
