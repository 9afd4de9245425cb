"""A plan of the record on the Plan desk: red by itself when a barrier is reported gone, green when it is reset."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    Opened = Callable[..., Page]

pytestmark = pytest.mark.slow
HILL = "Hill Street at Molesworth Street"
WRITE = """async (body) => {
    const sent = await fetch("/api/operations/wellington-2022/entries", {
        method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body),
    });
    if (!sent.ok) throw new Error(await sent.text());
}"""


def test_a_plan_turns_red_and_green_by_itself_with_the_barrier_by_name(opened: Opened, today: str) -> None:
    page = opened(f"{today}#desk=plan")
    now = page.evaluate("() => new Date().toISOString()")
    said = {"happened": now, "source": {"office": "officer", "organisation": "Police"}}
    plan = {"plan": "corner", "title": "One corner", "barriers": [{"id": "B1", "place": HILL}]}
    page.evaluate(WRITE, {"kind": "plan", "body": plan} | said)
    part = page.locator("#plans")
    verdict = part.locator(".verdict").filter(has_text="Plan 'corner'")
    expect(part).to_contain_text("no report says that a barrier is gone")
    page.evaluate(WRITE, {"kind": "barrier_state", "body": {"state": "moved"}, "places": HILL} | said)
    expect(verdict).to_have_class("verdict leaking")
    expect(part).to_contain_text(f"B1, {HILL}: Reported moved at {HILL} by officer, Police")
    page.evaluate(WRITE, {"kind": "barrier_state", "body": {"state": "reset"}, "places": HILL} | said)
    expect(verdict).not_to_have_class("verdict leaking")


def look_at_the_papers(page: Page) -> None:
    """Make the documents of the plan in hand, look at one, download it."""
    papers = page.locator("#plan-papers")
    papers.locator("summary").first.click()
    papers.get_by_role("button", name="Make the documents").click()
    expect(papers.locator(".lead")).to_contain_text("gaps are marked in all")
    papers.get_by_role("button", name="Operation order").click()
    shown = page.get_by_role("dialog").frame_locator("iframe")
    expect(shown.get_by_role("heading", name="1. Situation")).to_be_visible()
    with page.expect_download() as file:
        page.get_by_role("link", name="Download it as PDF").click()
    assert file.value.suggested_filename == "plan.pdf"
    page.get_by_role("dialog").get_by_role("button", name="Close").click()


def test_from_nothing_to_an_adopted_plan_that_turns_red_when_a_barrier_is_reported_moved(opened: Opened, today: str) -> None:
    page = opened(f"{today}#desk=plan")
    page.locator("input[name=part][value=plans]").evaluate("tab => tab.click()")
    panel = page.locator(".panel:not([hidden])")
    expect(panel.locator("#plan-versions option")).not_to_have_count(0)  # the demonstration's own plan
    panel.get_by_text("Begin a new plan").click()
    panel.get_by_role("button", name="From the cordon").click()
    barriers = panel.locator("#plan-barriers")
    expect(barriers.get_by_role("button", name="B2, Bunny Street at Lambton Quay, east side")).to_be_visible()

    # a gate gets its seconds, a rule its class; undo takes back one step
    barriers.get_by_role("button", name="B2, Bunny Street at Lambton Quay, east side").click()
    panel.get_by_label("Takes to open").fill("45")
    panel.get_by_label("Takes to open").press("Tab")
    rules = panel.locator("#plan-passages")
    rules.get_by_role("button", name="Add a rule").click()
    expect(rules.locator("button.item")).to_have_count(3)
    page.get_by_role("button", name="Undo").click()
    expect(rules.locator("button.item")).to_have_count(2)
    expect(panel.get_by_label("Takes to open")).to_have_count(0)  # nothing is looked at after a step back
    page.get_by_role("button", name="Redo").click()
    expect(rules.locator("button.item")).to_have_count(3)

    checks = panel.locator("#plan-checks")
    expect(checks.locator("li.holds").filter(has_text="Emergency certificate")).to_be_visible()
    expect(checks.get_by_text("The plan has no casualty handover point.")).to_be_visible()

    look_at_the_papers(page)
    sign = panel.locator("#plan-sign")
    sign.get_by_label("Your office, organisation").fill("commander, Police")
    sign.get_by_role("button", name="Save it").click()
    expect(sign).to_contain_text("Saved. Nobody has adopted it.")
    sign.get_by_role("button", name="Adopt it").click()
    expect(sign.locator(".warning")).to_contain_text("is not adopted: ")
    sign.locator("textarea").fill("Help must get through tonight")
    sign.get_by_role("button", name="Adopt it").click()
    expect(sign).to_contain_text("In force: adopted by commander, Police. Adopted although checks failed: Help must")

    verdict = panel.locator(".plan-verdict .verdict")
    expect(verdict).not_to_contain_text("B2, Bunny Street at Lambton Quay, east side: Reported moved")
    said = {"happened": page.evaluate("() => new Date().toISOString()"), "source": {"office": "officer"}}
    where = "Bunny Street at Lambton Quay, east side"
    page.evaluate(WRITE, {"kind": "barrier_state", "body": {"state": "moved"}, "places": where} | said)
    expect(verdict).to_have_class("verdict leaking")
    expect(verdict).to_contain_text("B2, Bunny Street at Lambton Quay, east side: Reported moved")
    page.evaluate(WRITE, {"kind": "barrier_state", "body": {"state": "reset"}, "places": where} | said)
    expect(verdict).not_to_contain_text("B2, Bunny Street at Lambton Quay, east side: Reported moved")


def crews_set_up(page: Page) -> None:
    """Plan the set-up, and look at what is open as the first crew begins and at its end."""
    part = page.locator(".panel:not([hidden]) #plan-setting-up")
    part.locator("summary").first.click()
    part.get_by_role("button", name="Plan the stage").click()
    expect(part.locator(".lead")).to_contain_text(re.compile(r"6 places shut \d+ min after the start"))
    film, minute = part.locator(".stage-film"), part.get_by_role("slider")
    minute.fill("0")
    expect(film.locator(".open dd")).to_have_text("B1, B2, B3, B5, B6, B8")
    expect(film.locator(".shut dd")).to_have_text("none")
    minute.fill(minute.get_attribute("max") or "")
    expect(film.locator(".open dd")).to_have_text("none")
    expect(film.locator(".shut dd")).to_have_text("B1, B2, B3, B5, B6, B8")
    expect(page.locator(".plan-times output")).to_contain_text("Mon 21 Feb 2022 05:22")
    page.get_by_role("button", name="As usual").click()


def test_crews_meet_patients_and_a_march_rolls_with_its_start_and_pace(opened: Opened, untouched: str) -> None:
    page = opened(f"{untouched}#desk=plan&part=plans")
    panel = page.locator(".panel:not([hidden])")
    meeting = panel.locator("#plan-meeting")
    meeting.locator("summary").first.click()
    meeting.get_by_role("button", name="Choose the points").click()
    expect(meeting).to_contain_text("Crews meet patients at 1 point: H1, Bunny Street at Lambton Quay.")
    expect(meeting).to_contain_text("The independent checker accepts the certificate.")
    meeting.get_by_role("button", name="Take the points over").click()
    expect(panel.locator("#plan-handover")).to_contain_text("H1, Bunny Street at Lambton Quay")
    crews_set_up(page)

    marches = panel.locator("#plan-marches")
    marches.locator("summary").first.click()
    marches.get_by_role("button", name="Add a march").click()
    marches.get_by_label("Along (parted by ;)").fill("Featherston Street; Hunter Street; Victoria Street")
    marches.get_by_label("Along (parted by ;)").press("Tab")
    march = panel.locator("#plan-march")
    expect(march.locator(".lead")).to_contain_text(
        re.compile(r"M1: [\d,]+ m with a column of 119 m, from Mon 21 Feb 2022 03:30")
    )
    march.get_by_label("Starts later by").fill("12")
    expect(march).to_contain_text("It is 12 min later than planned, and everything with it.")
    march.get_by_label("Pace").fill("4")
    expect(march.locator(".lead")).to_contain_text("from Mon 21 Feb 2022 03:42")
    page.get_by_role("button", name="Play the march").click()
    expect(page.locator(".maplibregl-ctrl-scale")).to_have_text(re.compile(r"^[1-9]00\s*m$"))  # its whole route is shown
    expect(march).to_contain_text(re.compile(r"At 03:\d\d: head at [1-9]"))
