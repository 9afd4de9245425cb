"""The Picture desk in a real browser: travel through the days, sources one click away, entries by keyboard, live."""

from __future__ import annotations

import functools
import re
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from playwright.sync_api import expect

from patience import LAST_RESORT_S
from relay import relayed

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    Watched = Callable[..., Page]
    Wait = Callable[[Page], None]

AXE = Path(__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
DAY_11 = "#at=2022-02-18T10:00Z"
LAST_EVENING = re.compile("Mon 21 Feb 2[01]:[0-9]{2}")
OPERATION = "api/operations/wellington-2022"


def watch(page: Page, path: str) -> Any:  # noqa: ANN401 - whatever the page holds
    return page.evaluate(f"window.clearway.desks.picture.get().{path}")


def signs(page: Page) -> set[str]:
    features = "window.clearway.map.queryRenderedFeatures({layers: ['picture-signs', 'picture-streets', 'picture-somewhere']})"
    return set(page.evaluate(f"{features}.map(({{properties}}) => properties.entry)"))


def test_the_demonstration_opens_on_its_last_evening(watched: Watched, untouched: str) -> None:
    page = watched(at=untouched)
    expect(page.get_by_role("heading", level=1)).to_have_text("Parliament grounds, February 2022")
    summary = page.get_by_role("status", name="Summary")
    expect(summary).to_contain_text(LAST_EVENING)
    expect(summary).to_contain_text("Parliament grounds: about 800 people, probably ")
    expect(summary).to_contain_text("Stand off: The situation calmed down (Wellington Cenotaph, Mon 21 Feb 19:30).")
    expect(page.get_by_role("button", name="1 promise overdue, 1 request unanswered")).to_be_visible()
    assert {"d14-barriers", "d14-road-hill"} <= signs(page)


def test_the_first_handle_travels_through_the_days_and_the_map_follows(
    watched: Watched, untouched: str, wait_until_pictured: Wait
) -> None:
    page = watched(DAY_11, at=untouched)
    expect(page.get_by_role("status", name="Summary")).to_contain_text("Day 11, Fri 18 Feb 23:00")
    assert "d14-barriers" not in signs(page)
    handle = page.get_by_role("slider", name="At: the moment shown")
    handle.focus()
    page.keyboard.press("End")
    wait_until_pictured(page)
    assert "d14-barriers" in signs(page)
    expect(handle).to_have_attribute("aria-valuetext", LAST_EVENING)
    page.keyboard.press("PageDown")
    wait_until_pictured(page)
    expect(page.get_by_role("status", name="Summary")).to_contain_text(re.compile("Mon 21 Feb 1[45]:[0-9]{2}"))


def test_the_second_handle_shows_what_the_room_knew(watched: Watched, wait_until_pictured: Wait) -> None:
    page = watched(DAY_11)
    expect(page.get_by_role("region", name="Figures")).to_contain_text("About 800 people")
    known = page.get_by_role("slider", name="As known at")
    known.focus()
    for _ in range(5):
        page.keyboard.press("PageDown")
    wait_until_pictured(page)
    assert watch(page, "at") != watch(page, "knownAt")
    expect(page.get_by_role("status", name="Summary")).to_contain_text("as known on Thu 17 Feb 17:00")
    expect(page.get_by_role("region", name="Figures")).not_to_contain_text("About 800 people")
    page.get_by_role("checkbox", name="as known then").check()
    wait_until_pictured(page)
    expect(page.get_by_role("region", name="Figures")).to_contain_text("About 800 people")


def test_every_figure_is_one_click_from_its_source(watched: Watched) -> None:
    page = watched(DAY_11)
    page.get_by_role("region", name="Figures").get_by_role("button", name="About 800 people").click()
    card = page.get_by_role("region", name="Source")
    for told in (
        "police statement for New Zealand Police",
        "B4: usually reliable, doubtful",
        "2022-02-18-dialogue.txt",
    ):
        expect(card).to_contain_text(told)
    expect(page).to_have_url(re.compile("entry=d11-people-800"))
    page.go_back()
    expect(card).to_have_count(0)


def test_a_statement_in_the_plot_and_a_sign_on_the_map_lead_to_their_source(watched: Watched) -> None:
    page = watched()
    plot = page.locator(".plot").first
    expect(plot.locator("svg")).to_be_visible()
    plot.locator('[data-entry="d07-people-range"] text').click()
    expect(page.get_by_role("region", name="Source")).to_contain_text("300 to 3,000 people")
    spot = page.evaluate(
        """() => {
            const {map, desks: {picture: watch}} = window.clearway;
            const mark = watch.get().marks.features.find(({properties}) => properties.entry === "d14-station-open");
            const {x, y} = map.project(mark.geometry.coordinates);
            const {left, top} = map.getCanvas().getBoundingClientRect();
            return {x: x + left, y: y + top};
        }"""
    )
    page.mouse.click(spot["x"], spot["y"])
    expect(page.get_by_role("region", name="Source")).to_contain_text("Wellington railway station: open")


def test_contested_and_pending_say_what_is_not_settled(watched: Watched) -> None:
    page = watched()
    expect(page.locator("#contested")).to_contain_text(
        "Andrew Coster and Andrew Coaster are probably one name spelled two ways"
    )
    pending = page.locator("#pending")
    for told in ("Overdue", "Waiting 7 days", "Not met", "nobody has said whether it was done"):
        expect(pending).to_contain_text(told)
    for told in ("Unknown", "Not done", "Lapsed"):
        expect(page.locator("#pledges")).to_contain_text(told)


def test_a_radio_message_is_entered_by_keyboard_alone_and_shows_in_the_other_window(watched: Watched, address: str) -> None:
    here, there = watched(), watched("#knowledge=could")
    before = watch(there, "picture.entries")
    here.keyboard.press("n")
    form = here.get_by_role("dialog", name="New entry")
    expect(form.get_by_label("What is it")).to_be_focused()
    here.keyboard.type("inc")
    here.keyboard.press("Tab")
    here.keyboard.type("noise")
    here.keyboard.press("Tab")
    here.keyboard.type("Loud horns by the gate")
    here.keyboard.press("Tab")
    here.keyboard.type("Lambton Quay / Bowen St")
    for _ in range(3):  # past the button that picks a place on the map
        here.keyboard.press("Tab")
    here.keyboard.type("Officer at gate 3")
    here.keyboard.press("Enter")
    source = here.get_by_role("region", name="Source")
    expect(source).to_contain_text("Noise: Loud horns by the gate")
    # it happened on a day that is over and is learnt now: at the end of the time bar it shows at once
    expect(here.locator("#incidents")).to_contain_text("Loud horns by the gate")
    there.wait_for_function(f"() => window.clearway.desks.picture.get().picture.entries > {before}")
    expect(there.locator("#incidents")).to_contain_text("Loud horns by the gate")
    written = httpx.get(f"{address}{OPERATION}/entries", params={"q": "Loud horns"}, timeout=LAST_RESORT_S).json()[-1]
    assert written["places"] == [{"streets": ["Lambton Quay", "Bowen Street"], "type": "junction"}]
    assert written["source"]["speaker"] == "Officer at gate 3"
    assert written["source"]["grade"] == "B2"


def test_what_another_program_writes_shows_by_itself(watched: Watched, address: str) -> None:
    page = watched("#knowledge=could")
    expect(page.get_by_text("Live", exact=True)).to_be_visible()
    moment = "2022-02-21T20:45+13:00"
    entry = {"kind": "incident", "body": {"nature": "other", "summary": f"Heard at {time.time():.3f}"}, "happened": moment}
    httpx.post(f"{address}{OPERATION}/entries", json=entry | {"known": moment}, timeout=LAST_RESORT_S).raise_for_status()
    expect(page.locator("#incidents")).to_contain_text(entry["body"]["summary"])  # type: ignore[index]


def test_the_foot_says_where_the_record_ends_and_follows_it(watched: Watched, address: str) -> None:
    page = watched("")
    ask = functools.partial(httpx.get, f"{address}{OPERATION}", timeout=LAST_RESORT_S)
    before = ask().json()["anchor"]
    foot = page.locator(".anchor:visible")
    expect(foot).to_contain_text(f"Record up to entry {before['seq']}, written ")
    expect(foot).to_contain_text(f"hash {before['hash'][:8]}")
    moment = "2022-02-21T20:45+13:00"  # not now: the time bar of the other tests would reach to today
    entry = {"kind": "remark", "body": {"text": "One more"}, "happened": moment, "known": moment}
    httpx.post(f"{address}{OPERATION}/entries", json=entry, timeout=LAST_RESORT_S).raise_for_status()
    expect(foot).to_contain_text(f"Record up to entry {before['seq'] + 1}, written ")
    expect(foot).to_contain_text(f"hash {ask().json()['anchor']['hash'][:8]}")


def test_a_connection_that_broke_is_taken_up_again_and_misses_nothing(
    opened: Watched, address: str, wait_until_pictured: Wait
) -> None:
    with relayed(address) as (relay, by_wire):
        page = opened(f"{by_wire}#knowledge=could", ready=False)
        wait_until_pictured(page)
        expect(page.get_by_text("Live", exact=True)).to_be_visible()
        relay.cut()
        summary = f"Missed at {time.time():.3f}"
        moment = "2022-02-21T20:50+13:00"
        entry = {"kind": "incident", "body": {"nature": "other", "summary": summary}, "happened": moment, "known": moment}
        httpx.post(f"{address}{OPERATION}/entries", json=entry, timeout=LAST_RESORT_S).raise_for_status()
        expect(page.get_by_text("Connecting\u2026", exact=True)).to_be_visible()
        relay.mend()
        expect(page.locator("#incidents")).to_contain_text(summary)
        page.close()


def test_a_refused_entry_keeps_what_was_typed_and_says_what_to_do(watched: Watched) -> None:
    page = watched()
    page.get_by_role("button", name="New entry").first.click()
    form = page.get_by_role("dialog", name="New entry")
    form.get_by_label("What is it").select_option("count")
    form.get_by_label("What", exact=True).fill("tents")
    page.keyboard.press("Enter")
    expect(form.get_by_role("alert")).to_have_text("Fill in \u201cAmount\u201d.")
    form.get_by_label("Amount").fill("a lot")
    page.keyboard.press("Enter")
    expect(form.get_by_role("alert")).to_contain_text("Write a number such as '300'")
    form.get_by_label("Amount").fill("about 60")
    form.get_by_label("When").fill("some day")
    page.keyboard.press("Enter")
    expect(form.get_by_role("alert")).to_contain_text("'some day' cannot be read as a time")
    expect(form.get_by_label("What", exact=True)).to_have_value("tents")
    page.keyboard.press("Escape")
    expect(form).not_to_be_visible()


def test_an_entry_is_disputed_from_its_own_source(watched: Watched) -> None:
    page = watched("#entry=d14-calm&knowledge=could")
    page.get_by_role("region", name="Source").get_by_role("button", name="Dispute").click()
    form = page.get_by_role("dialog", name="Dispute this entry")
    expect(form).to_contain_text("Disputes: Stand off: The situation calmed down")
    form.get_by_label("What is it").select_option("remark")
    form.get_by_label("Text").fill("Shouting went on until nine")
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name="Source")).to_contain_text("Shouting went on until nine")
    expect(page.locator("#contested")).to_contain_text("Disputed Stand off: The situation calmed down")


def test_every_word_of_a_report_is_found_through_the_search(watched: Watched) -> None:
    page = watched(DAY_11)
    page.keyboard.press("Control+k")
    page.keyboard.type("former leader of the New")
    option = page.get_by_role("group", name="Entries").get_by_role("option").first
    expect(option).to_contain_text("Protesters take turns")
    option.click()
    expect(page.get_by_role("region", name="Source")).to_contain_text("former leader of the New Conservative party")


def test_the_days_play_like_a_film_and_stop_at_the_end(watched: Watched, untouched: str) -> None:
    page = watched("#at=2022-02-21T02:00Z", at=untouched)
    page.get_by_role("button", name="Play the days").click()
    page.wait_for_function("() => window.clearway.desks.picture.get().at > Date.parse('2022-02-21T04:30Z')")
    expect(page.get_by_role("button", name="Play the days")).to_be_visible()
    assert watch(page, "playing") is False
    expect(page.get_by_role("status", name="Summary")).to_contain_text(LAST_EVENING)


def test_a_link_shows_the_same_moments_and_the_same_entry(watched: Watched, wait_until_linked: Wait) -> None:
    page = watched("#at=2022-02-18T10:00Z&known=2022-02-17T00:00Z&entry=d09-vehicles")
    wait_until_linked(page)
    again = watched(page.url.removeprefix(page.url.split("#")[0]))
    for part in ("at", "knownAt", "entry", "linked"):
        assert watch(again, part) == watch(page, part)
    expect(again.get_by_role("region", name="Source")).to_contain_text("About 450 vehicles")


def test_what_counts_as_known_is_chosen_beside_the_time_and_goes_into_the_link_and_the_report(
    watched: Watched, address: str
) -> None:
    moment, summary = "2022-02-17T11:00+13:00", f"Learnt late at {time.time():.3f}"
    entry = {"kind": "incident", "body": {"nature": "other", "summary": summary}, "happened": moment, "known": moment}
    httpx.post(f"{address}{OPERATION}/entries", json=entry, timeout=LAST_RESORT_S).raise_for_status()
    page = watched("#at=2022-02-17T01:00Z")
    expect(page.locator("#incidents")).not_to_contain_text(summary)
    page.get_by_role("combobox", name="What counts as known").select_option("as it could have been known")
    expect(page.locator("#incidents")).to_contain_text(summary)
    expect(page.get_by_role("status", name="Summary")).to_contain_text("as it could have been known")
    page.wait_for_url("**/*knowledge=could*")
    with page.context.expect_page() as report:
        open_report(page)
    expect(report.value.locator("body")).to_contain_text("as it could have been known")
    expect(report.value.locator("body")).to_contain_text(summary)


def test_the_desks_change_and_back_leads_back(watched: Watched, wait_until_settled: Wait) -> None:
    page = watched()
    page.get_by_role("navigation", name="Desks").get_by_role("button", name="Plan").click()
    wait_until_settled(page)
    expect(page.get_by_role("complementary", name="Plan")).to_be_visible()
    expect(page.get_by_role("list", name="Barriers")).to_be_visible()
    expect(page.get_by_role("region", name="Time")).not_to_be_visible()
    assert signs(page) == set()
    page.go_back()
    expect(page.get_by_role("complementary", name="Picture", exact=True)).to_be_visible()


def open_report(page: Page) -> None:
    page.get_by_role("button", name="Report", exact=True).click()
    page.get_by_role("dialog", name="Situation report").get_by_role("button", name="Open", exact=True).click()


def test_the_head_of_a_report_is_filled_and_issued(watched: Watched) -> None:
    page = watched(DAY_11)
    page.get_by_role("button", name="Report", exact=True).click()
    dialog = page.get_by_role("dialog", name="Situation report")
    dialog.get_by_label("Author").fill("Night desk")
    dialog.get_by_label("Distribution").fill("Police, Fire")
    dialog.get_by_label("Next report due").fill("some day")
    dialog.get_by_role("button", name="Issue as PDF").click()
    expect(dialog.get_by_role("alert")).to_contain_text("some day")
    dialog.get_by_label("Next report due").fill("tomorrow 8am")
    dialog.get_by_label("Changes since").fill("day 10 evening")
    with page.expect_download() as download:
        dialog.get_by_role("button", name="Issue as PDF").click()
    assert download.value.path().read_bytes().startswith(b"%PDF-")
    expect(page.get_by_text("its digest is in the record")).to_be_visible()


def test_the_situation_report_opens_beside_the_room(watched: Watched) -> None:
    page = watched(DAY_11)
    with page.context.expect_page() as opening:
        open_report(page)
    report = opening.value
    expect(report.get_by_role("heading", level=1)).to_have_text("Situation report: Parliament grounds, February 2022")
    expect(report.locator("svg").first).to_be_visible()
    report.close()


@pytest.mark.parametrize(("dark", "screen"), [(False, {}), (True, PHONE)], ids=["desktop by day", "phone by night"])
def test_the_picture_is_accessible(watched: Watched, *, dark: bool, screen: dict[str, Any]) -> None:
    page = watched("#entry=d14-arrests", color_scheme="dark" if dark else "light", bypass_csp=True, **screen)
    expect(page.get_by_role("region", name="Source")).to_be_visible()
    page.add_script_tag(path=AXE)
    found = page.evaluate("axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']})")
    assert [(one["id"], one["nodes"][0]["html"]) for one in found["violations"]] == []


def test_on_a_phone_nothing_covers_the_time_bar(watched: Watched) -> None:
    page = watched(**PHONE)
    bar = page.get_by_role("region", name="Time").bounding_box()
    panel = page.get_by_role("complementary", name="Picture", exact=True).bounding_box()
    assert bar is not None
    assert panel is not None
    assert bar["y"] + bar["height"] <= panel["y"] + 1
    assert bar["width"] == 390
    assert page.evaluate("document.documentElement.scrollWidth") == 390
