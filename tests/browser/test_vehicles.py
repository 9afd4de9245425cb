"""The Vehicles desk in a real browser: hold on 18 February and why; a stretch counted on a phone offline, sent once."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
from playwright.sync_api import expect

from patience import until

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    Watched = Callable[..., Page]

AXE = Path(__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
OPERATION = "api/operations/wellington-2022"


def faults_of_access(page: Page) -> list[str]:
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']})")
    return [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found["violations"]]


def test_on_18_february_it_says_hold_why_and_what_stands_where(watched: Watched, untouched: str) -> None:
    page = watched("#desk=vehicles&at=2022-02-18T15:00%2B13:00", at=untouched)
    panel = page.get_by_role("complementary", name="Vehicles", exact=True)
    expect(panel.locator(".advice .lead")).to_have_text("Hold")
    why = panel.locator("#vehicles-why")
    expect(why).to_contain_text("More than 50 people are near by: About 800 people")
    expect(why).to_contain_text("(assumed)")
    expect(panel.locator("#vehicles-needed")).to_contain_text("Nobody has said where towed vehicles are stored.")
    row = panel.get_by_role("button", name="Molesworth Street between Lambton Quay and Hill Street")
    expect(row).to_contain_text("assumed, not counted")
    row.click()
    page.wait_for_url("**/*stretch=Molesworth*")
    assert faults_of_access(page) == []
    why.get_by_role("button", name="Count").first.click()
    expect(page.locator("[data-desk=picture]").first).to_be_visible()
    page.wait_for_url("**/*entry=d11-people-800*")


def test_a_stretch_counted_on_a_phone_without_a_network_is_sent_once(watched: Watched, address: str) -> None:
    page = watched("#desk=vehicles", at=address, **PHONE)
    part = page.locator("#vehicles-count")
    part.locator("summary").first.click()
    part.get_by_role("textbox", name="Stretch").or_(part.get_by_role("combobox", name="Stretch")).fill("Aitken Street")
    for _ in range(3):
        part.get_by_role("button", name="One car more").click()
    part.get_by_role("button", name="One across the road more").click()
    part.get_by_role("textbox", name="Your office").fill("warden, Council")
    assert faults_of_access(page) == []
    page.context.set_offline(offline=True)
    part.get_by_role("button", name="Write 3 vehicles").click()
    expect(part).to_contain_text("1 tally waits on this device")
    page.context.set_offline(offline=False)
    expect(part).not_to_contain_text("waits on this device")

    def written() -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = httpx.get(f"{address}{OPERATION}/entries", params={"kind": "vehicle_tally"}).json()
        return found

    (entry,) = until(written)
    assert (entry["body"]["car"]["low"], entry["body"]["across"], entry["body"]["lanes_left"]) == (3, 1, 0)
    assert entry["where"] == "Aitken Street"
    assert entry["id"].startswith("tally-")


def test_a_tow_that_is_ordered_on_one_screen_is_on_the_board_of_another(watched: Watched, address: str) -> None:
    yard = {
        "name": "Yard",
        "capacity": {"low": 90, "high": 90},
        "hours": "24/7",
        "release_procedure": "at the gate",
        "secure": True,
    }
    firm = {"operator": "Firm A", "light_trucks": {"low": 4, "high": 4}, "light_willing": "yes", "escort": False}
    said = {"happened": "2022-02-16T08:00+13:00", "known": "2022-02-16T08:00+13:00", "source": "planner, Council"}
    spot = {"type": "point", "at": [174.7876, -41.2622]}
    for document in ({"kind": "storage_place", "body": yard, "place": spot}, {"kind": "tow_operator", "body": firm}):
        written = httpx.post(f"{address}{OPERATION}/entries", json=document | said, timeout=60)
        assert written.status_code == 201, written.text
    link = "#desk=vehicles"  # orders are of now
    page = watched(link, at=address, viewport={"width": 1440, "height": 900})
    part = page.locator("#vehicles-trucks")
    part.locator("summary").first.click()
    part.get_by_role("textbox", name="From when").fill("2040-02-18T08:00+13:00")
    part.get_by_role("textbox", name="From when").blur()
    part.get_by_role("combobox", name="Ordered by").select_option("officer_on_road")
    part.get_by_role("button", name="Ask", exact=True).click()
    part.get_by_role("textbox", name="Your office").fill("officer, Police")
    part.get_by_role("button", name="Order these tows").click()
    board = page.locator("#vehicles-tows")
    first = board.locator("li.tow").first
    expect(first).to_contain_text("T001")
    other = watched(link, at=address, viewport={"width": 1024, "height": 768})
    seen = other.locator("#vehicles-tows")
    seen.locator("summary").first.click()
    expect(seen.locator("li.tow").first).to_contain_text("T001")
    first.get_by_role("button", name="Done").click()
    expect(seen).to_contain_text(re.compile(r"\b1 of \d+ tows done"), timeout=60_000)
    record = first.get_by_role("link", name="Record (PDF)").get_attribute("href")
    assert record is not None
    paper = httpx.get(f"{address.rstrip('/')}/{record.lstrip('/')}", timeout=60)
    assert paper.headers["content-type"] == "application/pdf"
    assert not faults_of_access(page)
