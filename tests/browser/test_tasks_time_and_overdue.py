"""Three of the tasks that somebody does who has never seen the page: what is overdue, a PDF for a moment, all by keyboard."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from patience import LAST_RESORT_S

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    Watched = Callable[..., Page]

AXE = Path(__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


def test_what_is_overdue_is_one_press_away(paged: Watched, untouched: str) -> None:
    page = paged("#desk=plan", at=untouched, **PHONE)
    page.locator("button.pending").click()
    overdue = page.locator("#pending").get_by_role("button").first
    expect(overdue).to_be_in_viewport()
    expect(overdue).to_contain_text("Overdue")
    expect(overdue).to_contain_text("Keep the peace, maintain safety and engage with protesters over the weekend")
    expect(overdue).to_contain_text("Police Commissioner, B2")


def test_a_pdf_of_day_11_at_nine_is_had_by_typing_the_time(paged: Watched, untouched: str) -> None:
    page = paged(at=untouched)
    moment = page.get_by_role("textbox", name="The moment shown: type a time")
    moment.fill("day 11 09:00")
    moment.press("Enter")
    expect(page.get_by_role("status", name="Summary")).to_contain_text("Day 11, Fri 18 Feb 09:00")
    page.evaluate("() => { window.open = (url) => { document.body.dataset.opened = url; return null; }; }")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="PDF", exact=True).click()
    opened = page.locator("body").get_attribute("data-opened") or ""
    answer = httpx.get(f"{untouched.rstrip('/')}{opened}", timeout=LAST_RESORT_S).raise_for_status()
    assert answer.headers["content-type"] == "application/pdf"
    words = " ".join(PdfReader(io.BytesIO(answer.content)).pages[0].extract_text().split())
    assert "18 Feb 2022 09:00" in words


@pytest.mark.parametrize(("scheme", "screen"), [("light", {}), ("dark", PHONE)], ids=["desktop by day", "phone by night"])
def test_the_picture_is_used_by_keyboard_alone_and_axe_finds_nothing(
    paged: Watched, untouched: str, scheme: str, screen: dict[str, Any]
) -> None:
    page = paged(at=untouched, color_scheme=scheme, bypass_csp=True, **screen)
    page.keyboard.press("t")
    page.keyboard.type("day 11 09:00")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status", name="Summary")).to_contain_text("Day 11, Fri 18 Feb 09:00")
    page.keyboard.press("Escape")
    page.keyboard.press("]")
    expect(page.get_by_role("status", name="Summary")).not_to_contain_text("Fri 18 Feb 09:00")
    page.keyboard.press("Control+k")
    page.keyboard.type("about 450 vehicles")
    entry = page.get_by_role("group", name="Entries").get_by_role("option").first
    expect(entry).to_contain_text("About 450 vehicles")
    while page.locator("dialog [aria-selected=true]").inner_text() != entry.inner_text():
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name="Source")).to_contain_text("About 450 vehicles")
    page.keyboard.press("Escape")
    expect(page.get_by_role("region", name="Source")).to_have_count(0)
    page.add_script_tag(path=AXE)
    found = page.evaluate("axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']})")
    assert [(one["id"], one["nodes"][0]["html"]) for one in found["violations"]] == []
