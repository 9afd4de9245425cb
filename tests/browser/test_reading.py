"""The Read desk in a real browser: a text on the left, its drafts on the right, decided with single keys."""

from __future__ import annotations

import json
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from playwright.sync_api import expect

from clearway.record.entry import now
from clearway.record.open import open_record
from harbour import HARBOUR
from patience import LAST_RESORT_S, until
from room_process import room

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    Opened = Callable[..., Page]

AXE = Path(__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
OPERATION = "api/operations/wellington-2022"
TOLD = """A short report about the streets
About 610 vehicles stood round Parliament at 5pm, a council spokesperson said.
"We will open Featherston St by 9pm," the spokesperson said.
No cars had been towed. Four people were arrested on Bowen St just after 6pm.
"""


@pytest.fixture
def reading(opened: Opened, address: str) -> Callable[..., Page]:
    """The Read desk; with a report pasted into it where a name is given."""

    def open_desk(name: str = "", **options: Any) -> Page:  # noqa: ANN401 - Playwright's own options
        page = opened(f"{address}#desk=read&{HARBOUR}", ready=False, **options)
        expect(page.get_by_role("heading", name="Read a report")).to_be_visible()
        if name:
            paste(page, f"{name}\n{TOLD}")
        return page

    return open_desk


def paste(page: Page, text: str) -> None:
    page.get_by_label("Text of a report").fill(text)
    page.get_by_label("Published by").fill("The paper")
    page.get_by_label("Published (default: as the text says)").fill("day 14 8.45pm")
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_role("region", name="Text of the report")).to_contain_text("Four people were arrested")


def drafts(page: Page) -> Any:  # noqa: ANN401 - whatever the page holds
    return page.evaluate("window.clearway.desks.read.get().report.drafts.map(({kind, fate}) => [kind, fate])")


def entries(address: str, words: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = httpx.get(
        f"{address}{OPERATION}/entries", params={"q": words, "limit": 200}, timeout=LAST_RESORT_S
    ).json()
    return found


def test_a_pasted_report_shows_its_words_and_its_drafts(reading: Callable[..., Page]) -> None:
    page = reading("First report")
    expect(page.get_by_role("status", name="Summary")).to_contain_text("4 drafts to decide")
    text = page.get_by_role("region", name="Text of the report")
    assert text.locator(".quantity").all_text_contents() == ["About 610 vehicles", "No cars", "Four people"]
    assert text.locator(".time").all_text_contents() == ["at 5pm", "by 9pm", "just after 6pm"]
    assert text.locator(".place").all_text_contents() == ["Parliament", "Featherston St", "Bowen St"]
    first = page.get_by_role("list", name="Drafts").locator(".chosen")
    expect(first).to_contain_text("About 610 vehicles")
    expect(first).to_contain_text("Parliament grounds")
    expect(text.locator(".passage.current")).to_contain_text("About 610 vehicles stood round Parliament")


def test_single_keys_enter_drop_and_take_back(reading: Callable[..., Page], address: str) -> None:
    page = reading("Second report")
    kinds = [kind for kind, _ in drafts(page)]
    assert kinds[0] == "count"
    page.keyboard.press("a")
    page.wait_for_function("() => window.clearway.desks.read.get().report.drafts[0].fate === 'entered'")
    (entered,) = [
        fact for fact in entries(address, "610") if fact["kind"] == "count" and fact["source"]["document"] == "Second report"
    ]
    assert entered["source"]["grade"] == "B2"
    page.keyboard.press("d")
    page.wait_for_function("() => window.clearway.desks.read.get().report.drafts[1].fate === 'dropped'")
    assert drafts(page)[2:] == [[kind, "open"] for kind in kinds[2:]]
    page.keyboard.press("u")
    page.wait_for_function("() => window.clearway.desks.read.get().report.drafts[1].fate === 'open'")
    page.keyboard.press("j")
    chosen = page.get_by_role("list", name="Drafts").locator(".chosen")
    expect(chosen).to_have_attribute("data-draft", page.evaluate("window.clearway.desks.read.get().report.drafts[2].id"))
    page.keyboard.press("k")
    expect(chosen).to_have_attribute("data-draft", page.evaluate("window.clearway.desks.read.get().report.drafts[1].id"))


def test_a_draft_is_mended_in_the_form_and_keeps_its_words(reading: Callable[..., Page], address: str) -> None:
    page = reading("Third report")
    page.keyboard.press("m")
    form = page.get_by_role("dialog", name="New entry")
    expect(form.get_by_label("Amount")).to_have_value("about 610")
    form.get_by_label("Amount").fill("600-620")
    form.get_by_role("button", name="Write it").click()
    expect(form).to_be_hidden()
    page.wait_for_function("() => window.clearway.desks.read.get().report.drafts[0].fate === 'entered'")
    (entered,) = [fact for fact in entries(address, "Third report") if fact["kind"] == "count"]
    assert (entered["body"]["amount"]["low"], entered["body"]["amount"]["high"]) == (600, 620)
    assert entered["where"] == "Parliament grounds"
    assert len(entered["source"]["words"]) == 1


def test_from_a_figure_of_the_picture_back_to_the_words(reading: Callable[..., Page], address: str) -> None:
    page = reading("Fourth report")
    page.keyboard.press("a")
    page.wait_for_function("() => window.clearway.desks.read.get().report.drafts[0].fate === 'entered'")
    (entered,) = [fact for fact in entries(address, "Fourth report") if fact["kind"] == "count"]
    page.get_by_role("button", name="All reports").click()
    page.goto(f"{address}#desk=picture&entry={entered['id']}")
    page.reload()
    page.get_by_role("button", name="Read the words").click()
    expect(page.locator(".passage.current")).to_contain_text("About 610 vehicles stood round Parliament")
    assert f"report={entered['source']['words'][0]['report']}" in page.url


def test_clicking_a_sentence_chooses_its_draft(reading: Callable[..., Page]) -> None:
    page = reading("Fifth report")
    page.locator(".passage", has_text="We will open Featherston St").click()
    expect(page.get_by_role("list", name="Drafts").locator(".chosen")).to_contain_text("Promise")


def test_a_clash_with_the_record_is_shown_beside_the_draft(reading: Callable[..., Page]) -> None:
    page = reading()
    told = 'There were about 610 vehicles at 5pm, police said.\n"There were 900 vehicles at 5pm," said the union.\n'
    paste(page, f"Sixth report\n{told}Four people were arrested.\n")
    page.locator(".passage", has_text="There were 900 vehicles").click()
    expect(page.get_by_role("list", name="Clashes")).to_contain_text("About 610 vehicles")


def test_files_are_read_and_what_cannot_be_is_one_sentence(reading: Callable[..., Page], tmp_path: Path) -> None:
    page = reading()
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7 and then nothing")
    (tmp_path / "report.html").write_text(f"<html><body><article><h1>From a file</h1><p>{TOLD}</p></article></body></html>")
    chooser = page.get_by_label("Report files")
    chooser.set_input_files(tmp_path / "broken.pdf")
    expect(page.get_by_role("alert").filter(has_text="broken.pdf")).to_contain_text("is a PDF that cannot be read")
    chooser.set_input_files(tmp_path / "report.html")
    expect(page.get_by_role("region", name="Text of the report")).to_contain_text("Four people were arrested")
    page.get_by_role("button", name="All reports").click()
    expect(page.get_by_role("list", name="Reports", exact=True)).to_contain_text("drafts open")


def test_a_report_has_an_address_and_back_and_forward_work(reading: Callable[..., Page]) -> None:
    page = reading("Seventh report")
    page.wait_for_function("() => location.hash.includes('report=')")
    where = page.url
    page.get_by_role("button", name="All reports").click()
    expect(page.get_by_role("heading", name="Read a report")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", name="Seventh report")).to_be_visible()
    page.goto("about:blank")
    page.goto(where)
    expect(page.get_by_role("heading", name="Seventh report")).to_be_visible()


@pytest.mark.parametrize("options", [{}, PHONE | {"color_scheme": "dark"}], ids=["desktop by day", "phone by night"])
def test_the_desk_meets_wcag_and_nothing_is_cut_off(reading: Callable[..., Page], options: dict[str, Any]) -> None:
    page = reading(f"Report for {json.dumps(sorted(options))}", **options)
    page.evaluate(AXE.read_text("utf-8"))
    for state in ("report", "list"):
        if state == "list":
            page.get_by_role("button", name="All reports").click()
            expect(page.get_by_role("heading", name="Read a report")).to_be_visible()
        found = page.evaluate("axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']})")
        assert [(one["id"], one["nodes"][0]["html"][:160]) for one in found["violations"]] == []
        assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")


def test_what_the_watched_folder_holds_that_is_not_read_is_listed_with_what_to_do(opened: Opened, tmp_path: Path) -> None:
    with room(tmp_path, seconds=3) as client:
        inbox = tmp_path / "inbox"
        (inbox / "report.txt").write_text(TOLD)
        (inbox / "empty.txt").write_text("")
        (inbox / "shared.txt").symlink_to(tmp_path / "room.record")
        reports = "/api/operations/square/reports"
        until(lambda: len((listed := client.get(reports).json())["refused"]) == 2 and listed["reports"])
        page = opened(f"{client.base_url}/#desk=read&{HARBOUR}", ready=False)
        refused = page.get_by_role("list", name="What could not be read").get_by_role("listitem")
        expect(refused).to_have_count(2)
        expect(refused.first).to_contain_text("empty.txt")
        expect(refused.first).to_contain_text("It is empty. Nothing was read.")
        expect(refused.last).to_contain_text("It is a link, and links are not followed. Put the file itself into the folder.")
        expect(page.get_by_role("list", name="Reports").get_by_role("listitem")).to_have_count(1)
        (inbox / "shared.txt").unlink()
        (inbox / "empty.txt").unlink()
        until(lambda: not client.get("/api/operations/square/reports").json()["refused"])
        page.reload()
        expect(page.get_by_role("list", name="Reports").get_by_role("listitem")).to_have_count(1)
        expect(page.get_by_role("heading", name="Not read")).to_have_count(0)
        page.close()  # before its server


def test_a_report_whose_text_was_deleted_is_listed_and_cannot_be_opened(opened: Opened, tmp_path: Path) -> None:
    with room(tmp_path, seconds=3) as client:
        client.post(
            "/api/operations/square/reports",
            params={"name": "report.txt"},
            content=TOLD.encode(),
            headers={"content-type": "application/octet-stream"},
        ).raise_for_status()
        with closing(open_record(str(tmp_path / "room.record"))) as store:
            assert store.delete_texts("square", now() + timedelta(days=1)) == 1
        page = opened(f"{client.base_url}/#desk=read&{HARBOUR}", ready=False)
        report = page.get_by_role("list", name="Reports").get_by_role("button")
        expect(report).to_contain_text("text deleted")
        expect(report).to_be_disabled()
        page.close()  # before its server
