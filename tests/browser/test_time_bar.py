"""The time bar in a real browser: a press on the track, a typed time, steps, and a phone on which a pixel is not an hour."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator, Page

    Watched = Callable[..., Page]

PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
DAY_11 = "#at=2022-02-18T10:00Z"


def moment_field(page: Page) -> Locator:
    return page.get_by_role("textbox", name="The moment shown: type a time")


def typed(page: Page, text: str) -> None:
    moment_field(page).fill(text)
    moment_field(page).press("Enter")


@pytest.mark.parametrize(
    ("text", "day", "time", "screen"),
    [
        ("22 February 2022 6pm", "Day 15", "Tue 22 Feb 18:00", {}),
        ("half past two", "Day 11", "Fri 18 Feb 02:30", PHONE),
        ("yesterday noon", "Day 10", "Thu 17 Feb 12:00", {}),
        ("day 12 9:00", "Day 12", "Sat 19 Feb 09:00", PHONE),
    ],
    ids=["date", "hour", "yesterday", "day"],
)
def test_a_time_is_typed_as_people_say_it(
    paged: Watched, untouched: str, text: str, day: str, time: str, screen: dict[str, Any]
) -> None:
    page = paged(DAY_11, at=untouched, **screen)
    typed(page, text)
    expect(moment_field(page)).to_have_value(time)
    expect(page.locator(".day-word")).to_have_text(day)
    expect(page.get_by_role("status", name="Summary")).to_contain_text(f"{day}, {time}")


def test_what_cannot_be_read_stays_in_the_field_with_a_sentence_and_escape_brings_the_time_back(
    paged: Watched, untouched: str
) -> None:
    page = paged(DAY_11, at=untouched)
    typed(page, "soon")
    expect(page.get_by_role("alert").filter(has_text="'soon' cannot be read as a time")).to_be_visible()
    expect(moment_field(page)).to_have_value("soon")
    typed(page, "1 January 2019")
    expect(page.get_by_role("alert").filter(has_text="is far outside this operation")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("alert").filter(has_text="far outside")).to_have_count(0)
    expect(moment_field(page)).to_have_value("Fri 18 Feb 23:00")


def test_a_press_on_the_track_goes_there_and_the_whole_operation_comes_back(paged: Watched, untouched: str) -> None:
    page = paged(DAY_11, at=untouched)
    box = page.locator(".track").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + 8)
    expect(moment_field(page)).to_have_value(re.compile("Wed 16 Feb (09|10|11):"))
    page.get_by_role("button", name="Show less of the time, closer (+)").click()
    expect(page.get_by_role("button", name="Whole operation")).to_be_enabled()
    page.mouse.click(box["x"] + box["width"] / 4, box["y"] + 8)
    expect(moment_field(page)).to_have_value(re.compile("Tue 15 Feb"))
    page.get_by_role("button", name="Whole operation").click()
    expect(page.get_by_role("button", name="Whole operation")).to_be_disabled()


def test_steps_go_by_hour_by_day_and_to_where_the_picture_changes_by_button_and_by_key(paged: Watched, untouched: str) -> None:
    page = paged("#at=2022-02-16T23:00Z", at=untouched)
    time = moment_field(page)
    expect(time).to_have_value("Thu 17 Feb 12:00")
    page.keyboard.press("]")
    expect(time).to_have_value("Thu 17 Feb 17:00")
    page.get_by_role("button", name="To the next entry (])").click()
    expect(time).to_have_value("Fri 18 Feb 09:00")
    page.keyboard.press("[")
    expect(time).to_have_value("Thu 17 Feb 17:00")
    page.keyboard.press(".")
    expect(time).to_have_value("Thu 17 Feb 18:00")
    page.keyboard.press("<")
    expect(time).to_have_value("Wed 16 Feb 18:00")
    page.get_by_role("button", name="One day forward (>)").click()
    expect(time).to_have_value("Thu 17 Feb 18:00")
    page.keyboard.press("t")
    expect(time).to_be_focused()


def test_the_second_handle_is_typed_too(paged: Watched, untouched: str) -> None:
    page = paged("#at=2022-02-18T10:00Z&known=2022-02-17T00:00Z", at=untouched)
    known = page.get_by_role("textbox", name="As known at: type a time")
    expect(known).to_have_value("Thu 17 Feb 13:00")
    known.fill("day 11 9:00")
    known.press("Enter")
    expect(known).to_have_value("Fri 18 Feb 09:00")
    expect(moment_field(page)).to_have_value("Fri 18 Feb 23:00")
    expect(page.get_by_role("status", name="Summary")).to_contain_text("as known on Fri 18 Feb 09:00")


def test_on_a_phone_a_pixel_is_minutes_and_every_button_is_large(paged: Watched, untouched: str) -> None:
    page = paged(DAY_11, at=untouched, **PHONE)
    box = page.locator(".track").bounding_box()
    assert box is not None
    page.touchscreen.tap(box["x"] + 100, box["y"] + 8)
    first = page.evaluate("window.clearway.desks.picture.get().at")
    page.touchscreen.tap(box["x"] + 150, box["y"] + 8)
    moved = abs(page.evaluate("window.clearway.desks.picture.get().at") - first)
    assert 0 < moved / 50 <= 10 * 60_000
    sizes = [one.bounding_box() for one in page.locator(".timebar :is(.steps, .reach) button:visible").all()]
    assert len(sizes) == 8
    assert all(size and size["width"] >= 40 and size["height"] >= 44 for size in sizes)
    page.get_by_role("button", name="Whole operation").click()
    expect(page.get_by_role("button", name="Whole operation")).to_be_disabled()
