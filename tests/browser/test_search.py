"""The search in a real browser: streets in any spelling, points, times, entries with how they stand, commands; by keyboard."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator, Page

    Watched = Callable[..., Page]

PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


def searched(page: Page, text: str) -> Locator:
    """The hits of a text that is typed, once they are there."""
    page.keyboard.press("Control+k")
    page.get_by_role("combobox", name="Search streets, places, entries and commands").fill(text)
    return page.get_by_role("option")


TYPED = (
    ("courtenay pl", "Streets and places", "Courtenay Place"),
    ("Courtenay Place", "Streets and places", "Courtenay Place"),
    ("lambton qy at bowen street", "Streets and places", "Lambton Quay at Bowen Street"),
    ("-41.2784, 174.7771", "Streets and places", "-41.27840, 174.77710"),
    ("wellington cenotaph", "Streets and places", "Wellington Cenotaph"),
    ("day 11 9:00", "Time", "Go to day 11, Fri 18 Feb 2022 09:00"),
    ("print", "Commands", "Print"),
    ("night", "Commands", "Day or night colours"),
    ("fireworks shots", "Entries", "Fireworks: Fireworks that sounded like shots"),
)
"""What people type, the heading under which it is found, and the hit."""


def test_what_people_type_is_found_under_its_heading(watched: Watched, untouched: str) -> None:
    page = watched(at=untouched, **PHONE)
    page.keyboard.press("Control+k")
    for text, group, hit in TYPED:
        page.get_by_role("combobox", name="Search streets, places, entries and commands").fill(text)
        found = page.get_by_role("group", name=group).get_by_role("option").filter(has_text=hit)
        expect(found).to_have_count(1)
        expect(found).to_be_visible()


def test_no_hit_stands_twice_and_council_codes_are_not_names(watched: Watched, untouched: str) -> None:
    page = watched(at=untouched)
    searched(page, "courtenay")
    streets = page.get_by_role("group", name="Streets and places").get_by_role("option")
    expect(streets.first).to_contain_text("Courtenay Place")
    labels = streets.all_inner_texts()
    assert len(set(labels)) == len(labels)
    assert not [label for label in labels if re.search(r"#|LOOP|-EAST", label)]


def test_a_time_is_gone_to_by_keyboard_alone(watched: Watched, untouched: str) -> None:
    page = watched(at=untouched)
    searched(page, "day 11 9:00")
    expect(page.locator("dialog [role=option][aria-selected=true]")).to_contain_text("Go to day 11")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status", name="Summary")).to_contain_text("Day 11, Fri 18 Feb 09:00")


def test_an_entry_says_how_it_stands(watched: Watched, untouched: str) -> None:
    page = watched(at=untouched)
    searched(page, "sanitary vehicles")
    entries = page.get_by_role("group", name="Entries").get_by_role("option")
    expect(entries.filter(has_text="Sanitary vehicles may not pass")).to_contain_text("A later word since")
    expect(entries.filter(has_text="Sanitary vehicles may go in and out")).to_contain_text("In force")


def test_a_street_that_is_looked_for_from_the_log_is_shown_on_the_map(watched: Watched, untouched: str) -> None:
    page = watched("#desk=log", at=untouched)
    searched(page, "tinakori road")
    page.get_by_role("option", name=re.compile("^Tinakori Road")).first.click()
    expect(page.get_by_role("region", name="Time")).to_be_visible()
