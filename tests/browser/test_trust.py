"""What keeps the record trusted, at both widths: who said a figure, an entry by keyboard and its correction, what is asked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import httpx
from playwright.sync_api import expect

from harbour import HARBOUR
from patience import LAST_RESORT_S

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator, Page

    Watched = Callable[..., Page]

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
OPERATION = "api/operations/wellington-2022"


def entries(address: str, words: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = httpx.get(
        f"{address}{OPERATION}/entries", params={"q": words, "limit": 200}, timeout=LAST_RESORT_S
    ).json()
    return found


def written(address: str, **fields: object) -> str:
    """An entry of this test's own; its id."""
    entry = {"happened": "2022-02-21T19:40+13:00", "known": "2022-02-21T19:45+13:00"} | fields
    answer = httpx.post(f"{address}{OPERATION}/entries", json=entry, timeout=LAST_RESORT_S)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["fact"]["id"])


def flow(address: str, note: str) -> str:
    body = {"what": "cars", "direction": "left", "amount": 12, "note": note}
    source = {"office": "Officer at gate 3", "organisation": "Police", "reliability": "B", "credibility": 2}
    return written(address, kind="flow", body=body, places=["Molesworth Street at Hill Street"], source=source)


def before_it_is_written(form: Locator) -> Locator:
    return form.get_by_role("status", name="Before it is written")


def test_task_1_a_figure_and_who_said_it(paged: Watched, untouched: str) -> None:
    page = paged("#at=2022-02-18T10:00Z", at=untouched, **PHONE)
    page.get_by_role("region", name="Figures").get_by_role("button", name="About 800 people").click()
    card = page.get_by_role("region", name="Source")
    expect(card).to_contain_text("police statement for New Zealand Police")
    expect(card).to_contain_text("B4: usually reliable, doubtful")
    expect(card).to_contain_text("Fri 18 Feb")


def test_task_2_an_entry_by_keyboard_and_its_correction(paged: Watched, address: str) -> None:
    page = paged("#knowledge=could")
    page.keyboard.press("n")
    form = page.get_by_role("dialog", name="New entry")
    expect(form.get_by_label("What is it")).to_be_focused()
    page.keyboard.type("flow")
    for words in ("cars", "left", "12"):
        page.keyboard.press("Tab")
        page.keyboard.type(words)
    page.keyboard.press("Tab")
    page.keyboard.type("Molesworth St / Hill St")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("19:05")
    page.keyboard.press("Tab")
    page.keyboard.type("Officer of the north side")
    page.keyboard.press("Enter")
    card = page.get_by_role("region", name="Source")
    expect(card).to_contain_text("Cars left: 12")
    expect(page.get_by_role("status").filter(has_text="Written: Cars left: 12")).to_be_visible()
    card.get_by_role("button", name="Correct").press("Enter")
    correction = page.get_by_role("dialog", name="Correct this entry")
    expect(correction.get_by_label("Amount")).to_have_value("12")
    expect(correction.get_by_label("Direction")).to_have_value("left")
    expect(correction.get_by_label("Where", exact=True)).to_have_value("Molesworth Street at Hill Street")
    expect(correction.get_by_label("Who says so")).to_have_value("Officer of the north side")
    expect(before_it_is_written(correction)).to_contain_text("Nothing is changed yet")
    correction.get_by_label("Amount").fill("14")
    expect(before_it_is_written(correction).get_by_role("listitem")).to_have_text(["Cars left: 12 \u2192 14"])
    page.keyboard.press("Enter")
    expect(card).to_contain_text("Cars left: 12 \u2192 14")
    first, second = entries(address, "Officer of the north side")
    assert (first["standing"], second["standing"]) == ("corrected", "in_force")
    assert second["places"] == first["places"] == [{"streets": ["Molesworth Street", "Hill Street"], "type": "junction"}]
    assert (second["happened"], second["corrects"]) == (first["happened"], [first["id"]])
    card.get_by_role("button", name="Cars left: 12", exact=False).last.click()
    expect(card).to_contain_text("it no longer counts")
    expect(card.get_by_role("button", name="In force: Cars left: 14")).to_be_visible()


def test_what_is_typed_is_kept_after_escape_and_after_a_reload(paged: Watched, untouched: str) -> None:
    page = paged("#desk=picture", at=untouched)
    form, who = page.get_by_role("dialog", name="New entry"), "Officer at the north gate"
    page.keyboard.press("n")
    form.get_by_label("Who says so").fill(who)
    page.keyboard.press("Escape")
    expect(form).to_be_hidden()
    page.reload()
    page.wait_for_function("() => window.clearway?.desks.picture.get().live === 'open'")
    page.keyboard.press("n")
    expect(form.get_by_label("Who says so")).to_have_value(who)


def test_a_correction_without_a_change_is_not_written(paged: Watched, address: str) -> None:
    page = paged(f"#entry={flow(address, 'unchanged')}&knowledge=could")
    page.get_by_role("button", name="Correct", exact=True).click()
    form = page.get_by_role("dialog", name="Correct this entry")
    form.get_by_role("button", name="Write it").click()
    expect(form.get_by_role("alert")).to_have_text("Nothing is changed. Change what is wrong, or cancel.")
    assert len(entries(address, "unchanged")) == 1


def test_another_body_is_told_that_its_correction_is_kept_as_a_dispute(paged: Watched, address: str) -> None:
    page = paged(f"#entry={flow(address, 'another body')}&knowledge=could")
    page.get_by_role("button", name="Correct", exact=True).click()
    form = page.get_by_role("dialog", name="Correct this entry")
    form.get_by_label("Amount").fill("20")
    form.get_by_label("On behalf of").fill("Council")
    expect(before_it_is_written(form)).to_contain_text("this stands beside it as a dispute")


def test_what_is_withdrawn_says_so_in_card_and_search_and_can_be_entered_again(paged: Watched, address: str) -> None:
    entry = flow(address, "a convoy that never was")
    page = paged(f"#entry={entry}&knowledge=could")
    page.get_by_role("button", name="Withdraw", exact=True).click()
    form = page.get_by_role("dialog", name="Withdraw this entry")
    expect(form).to_contain_text("Molesworth Street at Hill Street")
    form.get_by_role("button", name="Withdraw it").click()
    expect(form.get_by_role("alert")).to_have_text("Say why it is withdrawn.")
    form.get_by_label("Why is it withdrawn").fill("Misheard")
    page.keyboard.press("Enter")
    card = page.get_by_role("region", name="Source")
    expect(card).to_contain_text("nothing stands in its place")
    expect(card.get_by_role("button", name="Enter it again")).to_be_visible()
    page.keyboard.press("Control+k")
    page.keyboard.type("convoy that never was")
    found = page.get_by_role("option").filter(has_text="a convoy that never was")
    expect(found).to_contain_text("Withdrawn, Mon 21 Feb")


def test_undo_withdraws_what_was_just_written(paged: Watched, address: str) -> None:
    page = paged("#knowledge=could")
    page.keyboard.press("n")
    form = page.get_by_role("dialog", name="New entry")
    form.get_by_label("What is it").select_option("remark")
    form.get_by_label("Text").fill("Written by mistake")
    form.get_by_label("Who says so").fill("Officer at gate 9")
    page.keyboard.press("Enter")
    page.get_by_role("status").filter(has_text="Written: Written by mistake").get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Taken back. Written: Written by mistake")).to_be_visible()
    assert [one["standing"] for one in entries(address, "Written by mistake")] == ["withdrawn"]


def test_an_unknown_place_is_said_while_it_is_typed_and_asked_about_before_it_is_kept(paged: Watched, address: str) -> None:
    page = paged("#knowledge=could")
    page.keyboard.press("n")
    form = page.get_by_role("dialog", name="New entry")
    form.get_by_label("What is it").select_option("remark")
    form.get_by_label("Text").fill("Seen nowhere")
    form.get_by_label("Where", exact=True).press_sequentially("Nowhere Street")
    said = "This map has no street called Nowhere Street. Pick it on the map, or keep it as words."
    expect(form.get_by_role("status").filter(has_text=said)).to_be_visible()
    form.get_by_role("button", name="Write it").click()
    expect(form.get_by_role("alert")).to_contain_text(f"{said} Write it again if it is meant.")
    assert entries(address, "Seen nowhere") == []
    form.get_by_role("button", name="Write it all the same").click()
    expect(form).to_be_hidden()
    (kept,) = entries(address, "Seen nowhere")
    assert kept["places"][0]["street"] == "Nowhere Street"


def test_places_and_speakers_are_offered_and_taken_with_the_keyboard(paged: Watched, address: str) -> None:
    flow(address, "for the list")
    page = paged("#knowledge=could")
    page.keyboard.press("n")
    form = page.get_by_role("dialog", name="New entry")
    where = form.get_by_role("combobox", name="Where")
    where.press_sequentially("hill st")
    expect(where).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    chosen = form.get_by_role("option", selected=True)
    expect(where).to_have_attribute("aria-activedescendant", re.compile("^entry-where-list-0$"))
    taken = chosen.locator("span").inner_text()
    page.keyboard.press("Enter")
    expect(where).to_have_value(taken)
    expect(where).to_have_attribute("aria-expanded", "false")
    who = form.get_by_role("combobox", name="Who says so")
    expect(form.get_by_label("Grade")).to_be_disabled()
    who.press_sequentially("officer at gate 3")
    expect(form.get_by_label("Grade")).to_be_enabled()
    expect(who).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(form).to_be_visible()
    page.keyboard.press("ArrowDown")
    form.get_by_role("option", name="Officer at gate 3 Police, B2").click()
    expect(form.get_by_label("On behalf of")).to_have_value("Police")


def test_a_day_far_from_the_operation_is_asked_about_and_undo_brings_the_time_bar_back(paged: Watched, address: str) -> None:
    page = paged("#knowledge=could")
    end = httpx.get(f"{address}{OPERATION}", timeout=LAST_RESORT_S).json()["last_happened"]
    page.keyboard.press("n")
    form = page.get_by_role("dialog", name="New entry")
    form.get_by_label("What is it").select_option("remark")
    form.get_by_label("Text").fill("A day far away")
    form.get_by_label("Who says so").fill("Officer at gate 9")
    form.get_by_label("When").fill("1 June 2025 9am")
    expect(before_it_is_written(form)).to_contain_text("is 3 years after the operation's last entry (Mon 21 Feb 2022")
    page.keyboard.press("Enter")
    expect(form.get_by_role("alert")).to_contain_text("Write it again if it is meant.")
    page.keyboard.press("Enter")
    expect(form).to_be_hidden()
    page.wait_for_function("() => window.clearway.desks.picture.get().operation.last_happened.startsWith('2025')")
    page.get_by_role("status").filter(has_text="Written: A day far away").get_by_role("button", name="Undo").click()
    page.wait_for_function(f"() => window.clearway.desks.picture.get().operation.last_happened === '{end}'")
    page.wait_for_function(f"() => window.clearway.desks.picture.get().at <= Date.parse('{end}') + 60000")


def test_an_entry_known_before_it_happened_is_asked_about(paged: Watched) -> None:
    page = paged("#knowledge=could")
    page.keyboard.press("n")
    form = page.get_by_role("dialog", name="New entry")
    form.get_by_label("What is it").select_option("remark")
    form.get_by_label("Text").fill("Known too early")
    form.get_by_label("When").fill("day 14 7pm")
    form.get_by_label("Learnt by the room").fill("day 9 7pm")
    expect(before_it_is_written(form)).to_contain_text("It begins Mon 21 Feb 2022 19:00, 5 days after the room learnt of it")
    form.get_by_role("button", name="Write it").click()
    expect(form.get_by_role("button", name="Write it all the same")).to_be_visible()
    page.keyboard.press("Escape")


def pasted(opened: Watched, address: str, text: str, **screen: Any) -> Page:  # noqa: ANN401 - Playwright's own options
    page = opened(f"{address}#desk=read&{HARBOUR}", ready=False, **screen)
    page.get_by_label("Text of a report").fill(text)
    page.get_by_role("button", name="Read it", exact=True).click()
    expect(page.get_by_role("region", name="Text of the report")).to_contain_text(text[-40:].strip())
    return page


def reading(page: Page, part: str) -> Any:  # noqa: ANN401 - whatever the page holds
    return page.evaluate(f"window.clearway.desks.read.get().report.{part}")


def test_task_6_a_pasted_text_is_read_as_of_its_dateline(opened: Watched, address: str) -> None:
    told = "WELLINGTON, Feb. 20 (Agency) - About 637 vehicles stood round Parliament, a council spokesperson said."
    page = pasted(opened, address, f"{told}\nFour people were arrested on Bowen St, police said.", **PHONE)
    assert (reading(page, "published"), reading(page, "dated_by")) == ("2022-02-20T10:59:00.000000Z", "Feb. 20")
    expect(page.get_by_role("region", name="Report", exact=True)).to_contain_text("Sun 20 Feb 2022 23:59 (\u201cFeb. 20\u201d)")
    expect(page.get_by_role("form", name="When it was published")).to_have_count(0)
    first = page.get_by_role("list", name="Drafts").locator(".chosen")
    first.get_by_role("button", name="Enter it").click()
    page.wait_for_function("() => window.clearway.desks.read.get().report.drafts[0].fate === 'entered'")
    (entered,) = [one for one in entries(address, "637") if one["says"] == "About 637 vehicles"]
    assert entered["known"] == "2022-02-20T10:59:00.000000Z"


def test_a_text_without_a_date_is_asked_about_before_anything_is_entered(opened: Watched, address: str) -> None:
    page = pasted(opened, address, "About 641 people marched down Bowen Street, police said.")
    asked = page.get_by_role("form", name="When it was published")
    expect(asked).to_contain_text("Nothing in it says when it was published")
    expect(asked).to_contain_text("4 years after the operation's last entry")
    page.get_by_role("button", name="Enter it").click()
    expect(page.get_by_role("alert").filter(has_text="Say first when it was published.")).to_be_visible()
    expect(asked.get_by_label("When was it published")).to_be_focused()
    page.keyboard.type("16/02/2022 7pm")
    page.keyboard.press("Enter")
    expect(asked).to_have_count(0)
    assert reading(page, "published") == "2022-02-16T06:00:00.000000Z"
    page.get_by_role("button", name="Enter it").click()
    page.wait_for_function("() => window.clearway.desks.read.get().report.drafts[0].fate === 'entered'")
    (entered,) = [one for one in entries(address, "641") if one["says"] == "About 641 people"]
    assert entered["known"] == "2022-02-16T06:00:00.000000Z"
    page.goto(f"{address}#entry={entered['id']}&knowledge=could")
    words = page.get_by_label("In these words")
    expect(words).to_have_text("About 641 people marched down Bowen Street, police said.")


def test_the_sure_ones_are_shown_before_they_are_entered_and_are_taken_back_together(opened: Watched, address: str) -> None:
    told = "WELLINGTON, Feb. 20 (Agency) - Seven people were arrested on Aitken St, police said."
    page = pasted(opened, address, f"{told}\nAbout 71 tents stood round Parliament, a council spokesperson said.")
    page.get_by_role("button", name=re.compile("Enter the [0-9]+ sure ones")).click()
    shown = page.get_by_role("dialog", name=re.compile("drafts that are sure"))
    expect(shown).to_be_visible()
    boxes = shown.get_by_role("checkbox")
    many = boxes.count()
    assert many >= 2
    expect(shown.get_by_role("button", name=f"Enter all {many}")).to_be_visible()
    boxes.first.uncheck()
    shown.get_by_role("button", name=f"Enter {many - 1} of {many}").click()
    page.wait_for_function(f"() => window.clearway.desks.read.get().steps[0]?.length === {many - 1}")
    fates = [draft["fate"] for draft in reading(page, "drafts")]
    assert fates.count("entered") == many - 1
    page.keyboard.press("u")
    page.wait_for_function("() => window.clearway.desks.read.get().steps.length === 0")
    assert [draft["fate"] for draft in reading(page, "drafts")].count("entered") == 0
