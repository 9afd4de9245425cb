"""The Talks desk in a real browser: a deadlock is seen, leads to its entries, and moves with the time; axe finds nothing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

AXE = Path(__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"


def test_a_deadlock_is_seen_leads_to_its_entries_and_is_not_there_before(paged: Callable[..., Page], untouched: str) -> None:
    page = paged("#desk=talks", at=untouched)
    lead = page.locator(".talks .lead")
    expect(lead).to_contain_text("1 deadlock, 2 requests without an answer")
    expect(page.locator(".ring > li")).to_have_count(2)
    expect(page.locator(".openings")).to_contain_text("Smallest step Protesters would go first")
    page.evaluate("for (const part of document.querySelectorAll('.talks details')) part.open = true")
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("axe.run(document.querySelector('.talks'))")
    assert [one["id"] for one in found["violations"]] == []
    page.locator(".ring button").first.click()
    page.wait_for_url("**/*entry=d10-condition-vehicles*")
    page.goto(f"{page.url.split('#')[0]}#desk=talks&at=2022-02-17T20:00:00Z")
    page.reload()
    expect(lead).to_contain_text("requests without an answer")
    expect(lead).not_to_contain_text("deadlock")
