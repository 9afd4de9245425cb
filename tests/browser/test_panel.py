"""The panel of the picture: an index at its head, what matters first, the rest folded and remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    Watched = Callable[..., Page]

PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


def test_the_index_leads_to_each_part(paged: Watched, untouched: str) -> None:
    page = paged(at=untouched, **PHONE)
    index = page.get_by_role("navigation", name="What the picture holds")
    expect(index.get_by_role("button").first).to_have_text("Overdue 5")
    index.get_by_text("more parts").click()
    index.get_by_role("button", name="Incidents, arrests, injuries").click()
    expect(page.locator("#incidents")).to_be_in_viewport()
    expect(page.locator("#incidents").get_by_text("Stand off: The situation calmed down").first).to_be_visible()


def test_what_matters_stands_first_and_the_rest_is_folded(paged: Watched, untouched: str) -> None:
    page = paged(at=untouched)
    sections = page.locator("details.section")
    assert [one.get_attribute("id") for one in sections.all()][:3] == ["pending", "contested", "changed"]
    unfolded = [one.get_attribute("id") for one in sections.all() if one.get_attribute("open") is not None]
    assert unfolded == ["pending", "contested", "changed"]
    screens = page.locator(".panel:not([hidden]) .panel-body").evaluate("(body) => body.scrollHeight / body.clientHeight")
    assert screens < 6


def test_what_was_folded_stays_folded(paged: Watched, untouched: str) -> None:
    page = paged(at=untouched)
    page.locator("#contested > summary").click()
    page.locator("#talks > summary").click()
    expect(page.locator("#contested")).not_to_have_attribute("open", "")
    page.reload()
    expect(page.locator("#talks")).to_have_attribute("open", "")
    expect(page.locator("#contested")).not_to_have_attribute("open", "")


def test_no_tag_is_said_twice_and_none_is_cut_off(paged: Watched, untouched: str) -> None:
    page = paged(at=untouched)
    for part in page.locator("details.section").all():
        part.evaluate("(part) => { part.open = true; }")
    tags = page.locator(".panel:not([hidden]) .tag:visible")
    cut = tags.evaluate_all(
        "(tags) => tags.filter((tag) => tag.scrollWidth > tag.clientWidth + 1).map((tag) => tag.textContent)"
    )
    assert cut == []
    twice = tags.evaluate_all(
        """(tags) => tags.map((tag) => [tag.textContent.trim(), (tag.parentElement.textContent || '').trim()])
            .filter(([word, text]) => text.replace(word, '').trim().startsWith(word + ':'))"""
    )
    assert twice == []
