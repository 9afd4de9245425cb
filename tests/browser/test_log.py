"""The Log desk in a real browser: every entry in a flat list, filtered as people type, sorted, a page at a time, as CSV."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from playwright.sync_api import expect

from patience import LAST_RESORT_S

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page, Route

    Watched = Callable[..., Page]

AXE = Path(__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
OPERATION = "api/operations/wellington-2022"


@pytest.fixture
def logged(paged: Watched, untouched: str) -> Callable[..., Page]:
    """Opens the page on the Log desk and waits until it lists something, or says that nothing fits."""

    def open_page(link: str = "#desk=log", **options: Any) -> Page:  # noqa: ANN401 - Playwright's own options
        page = paged(link, **({"at": untouched} | options))
        expect(page.get_by_role("region", name="Lines of the log").locator("tr, p").first).to_be_visible()
        return page

    return open_page


def pages(page: Page) -> str:
    return page.get_by_role("navigation", name="Pages of the log").get_by_role("status").inner_text()


def test_every_entry_is_listed_the_newest_first_a_page_at_a_time(logged: Callable[..., Page]) -> None:
    page = logged()
    assert pages(page) == "1 to 100 of 266"
    expect(page.locator("button.line").first).to_contain_text("version 2 of plan 'parliament'")
    page.get_by_role("button", name="The next page").click()
    expect(page.get_by_role("navigation", name="Pages of the log")).to_contain_text("101 to 200 of 266")
    page.wait_for_url("**/*log-page=2*")
    page.go_back()
    expect(page.get_by_role("navigation", name="Pages of the log")).to_contain_text("1 to 100 of 266")


def test_filters_narrow_it_and_the_address_holds_them(logged: Callable[..., Page]) -> None:
    page = logged()
    filters = page.get_by_role("region", name="Filters")
    filters.get_by_role("combobox", name="Kind").select_option("count")
    filters.get_by_role("textbox", name="From").fill("day 9")
    answers: list[Route] = []
    page.route("**/log?**", lambda route: answers.append(route))  # noqa: PLW0108 - Playwright marks what it is given
    filters.get_by_role("textbox", name="To").fill("day 9")
    with page.expect_request("**/log?**"):
        filters.get_by_role("textbox", name="To").press("Tab")
    who = filters.get_by_role("combobox", name="Who said it")
    who.fill("assistant commissioner")
    answers[-1].continue_()
    page.unroute("**/log?**")
    lines = page.locator("button.line")
    expect(lines).to_have_count(4)
    expect(who).to_have_value("assistant commissioner")  # what is being typed stays while an answer is drawn
    who.press("Tab")
    expect(lines).to_have_count(1)
    expect(lines).to_have_text("About 450 vehicles")
    page.wait_for_url("**/*log-who=*")  # what is typed comes into the address last
    again = logged(page.url.removeprefix(page.url.split("#")[0]))
    expect(again.locator("button.line")).to_have_text("About 450 vehicles")
    again.get_by_role("button", name="Show all").click()
    expect(again.get_by_role("navigation", name="Pages of the log")).to_contain_text("of 266")


def test_words_are_looked_for_while_they_are_typed_and_a_time_that_is_none_is_refused(logged: Callable[..., Page]) -> None:
    page = logged()
    page.keyboard.press("/")
    page.keyboard.type("cenotaph fireworks")
    expect(page.locator("button.line")).to_have_count(1)
    page.get_by_role("searchbox", name="Words of the entry").fill("no such thing at all")
    expect(page.get_by_text("No entry fits.")).to_be_visible()
    page.get_by_role("region", name="Filters").get_by_role("textbox", name="From").fill("soon")
    page.keyboard.press("Tab")
    expect(page.get_by_role("alert").filter(has_text="'soon' cannot be read as a time")).to_be_visible()


def test_columns_sort_and_say_so(logged: Callable[..., Page]) -> None:
    page = logged("#desk=log&log-kind=count")
    page.get_by_role("button", name="Who").click()
    expect(page.get_by_role("columnheader", name="Who")).to_have_attribute("aria-sort", "ascending")
    expect(page.locator("td.who").first).to_have_text("Assistant Commissioner of Police")
    page.get_by_role("button", name="Who").click()
    expect(page.get_by_role("columnheader", name="Who")).to_have_attribute("aria-sort", "descending")


def test_a_line_opens_its_source_by_keyboard_and_leads_to_the_picture(logged: Callable[..., Page]) -> None:
    page = logged("#desk=log&log-words=450")
    page.locator("button.line").first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name="Source")).to_contain_text("About 450 vehicles")
    page.get_by_role("button", name="Show it in the picture").click()
    expect(page.get_by_role("region", name="Time")).to_be_visible()
    expect(page.get_by_role("region", name="Source")).to_contain_text("About 450 vehicles")


def test_what_was_corrected_is_told_apart_and_what_is_new_comes_by_itself(paged: Watched, address: str) -> None:
    page = paged("#desk=log&log-words=logbook", at=address)
    expect(page.get_by_text("No entry fits.")).to_be_visible()
    body = {"what": "vehicles", "amount": 12}
    wrong = {"id": "logbook-wrong", "kind": "count", "body": body, "happened": "21 Feb 2022 18:00", "source": "Logbook, Police"}
    right = wrong | {"id": "logbook-right", "body": body | {"amount": 14}, "corrects": ["logbook-wrong"]}
    for entry in (wrong, right):
        httpx.post(f"{address}{OPERATION}/entries", json=entry, timeout=LAST_RESORT_S).raise_for_status()
    expect(page.locator("tr.corrected")).to_contain_text("12 vehicles")
    expect(page.locator("tr.corrected .tag")).to_have_text("Corrected")
    expect(page.locator("tr.in_force")).to_contain_text("14 vehicles")


def test_the_csv_holds_what_is_listed(logged: Callable[..., Page]) -> None:
    page = logged("#desk=log&log-kind=count&log-sort=written")
    with page.expect_download() as loading:
        page.get_by_role("link", name="CSV").click()
    assert loading.value.suggested_filename == "log-wellington-2022.csv"
    rows = list(csv.DictReader(io.StringIO(Path(loading.value.path()).read_text("utf-8-sig"))))
    assert len(rows) == 12
    assert {row["kind"] for row in rows} == {"count"}
    assert [int(row["number"]) for row in rows] == sorted(int(row["number"]) for row in rows)


@pytest.mark.parametrize(("scheme", "screen"), [("light", {}), ("dark", PHONE)], ids=["desktop by day", "phone by night"])
def test_the_log_is_accessible_and_nothing_is_cut_off(logged: Callable[..., Page], scheme: str, screen: dict[str, Any]) -> None:
    page = logged("#desk=log&entry=d09-vehicles", color_scheme=scheme, bypass_csp=True, **screen)
    expect(page.get_by_role("region", name="Source")).to_be_visible()
    page.add_script_tag(path=AXE)
    found = page.evaluate("axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']})")
    assert [(one["id"], one["nodes"][0]["html"]) for one in found["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
