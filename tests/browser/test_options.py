"""Options side by side in a real browser: brought in as files, traced, decided for; a bad file is a sentence."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

AXE = Path(__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
OPTIONS = Path(__file__).parents[2] / "src" / "clearway" / "demo" / "options"
WHERE = "#desk=decide&weigh=options&at=2022-02-21T08:00:00Z"


def axe(page: Page) -> list[str]:
    page.evaluate(AXE.read_text("utf-8"))
    return [one["id"] for one in page.evaluate("axe.run(document.querySelector('.decide'))")["violations"]]


def test_options_are_brought_in_compared_traced_and_one_is_decided_for(
    paged: Callable[..., Page], untouched: str, tmp_path: Path
) -> None:
    page = paged(WHERE, at=untouched)
    bad = tmp_path / "bad.json"
    bad.write_text('{"does": [', "utf-8")
    chosen = [OPTIONS / f"{name}.json" for name in ("barriers", "offer-and-move", "wait-and-talk")]
    page.get_by_label("Files of options").set_input_files([*chosen, bad])
    expect(page.locator(".options .warning").first).to_contain_text("bad.json: Is not JSON, or is cut short.")
    page.get_by_role("button", name="Leave out bad.json").click()
    expect(page.locator(".options .warning")).to_have_count(0)
    brought = page.get_by_role("list", name="Options that were brought in").get_by_role("listitem")
    page.reload()
    expect(brought.first).to_contain_text("Wait and talk")
    page.get_by_role("button", name="Set them side by side").click()
    table = page.get_by_role("region", name="Options side by side")
    expect(table.get_by_role("columnheader")).to_contain_text(["1. Wait and talk", "2. Offer parking", "3. Barriers at eight"])
    expect(page.locator(".options .lead").first).to_have_text(
        "3 options, the least restrictive first. There is no score: people choose."
    )
    table.get_by_role("button", name="enclosed by its barriers").last.click()
    card = page.locator(".options .card")
    expect(card).to_contain_text("Computed by a desk: ring of the plan parliament")
    expect(card.get_by_role("link", name="Open the plan parliament, version 2")).to_be_visible()
    table.get_by_role("button", name="chance that it makes violence").first.click()
    expect(card).to_contain_text("Judged, never computed: the room's planner, assumed")
    page.locator("#option-offer-and-move > summary").click()
    assert axe(page) == []
    page.get_by_role("button", name="Decide this: Offer parking").click()
    expect(page.locator(".sign").get_by_label("What is decided")).to_have_value(
        "Offer parking and move vehicles with their owners"
    )
    expect(page.locator("#sign-whole")).to_contain_text("Why not: Wait and talk")
    page.get_by_role("radio", name="Options").check()
    table.get_by_role("button", name="enclosed by its barriers").last.click()
    page.get_by_role("link", name="Open the plan parliament, version 2").click()
    expect(page).to_have_url(re.compile("desk=plan&.*part=plans.*tmp=parliament:2"))


def test_a_moment_that_changes_makes_the_table_old(paged: Callable[..., Page], untouched: str) -> None:
    page = paged(WHERE, at=untouched)
    page.get_by_label("Files of options").set_input_files(
        [OPTIONS / f"{name}.json" for name in ("offer-and-move", "wait-and-talk")]
    )
    page.get_by_role("button", name="Set them side by side").click()
    expect(page.get_by_role("region", name="Options side by side")).to_be_visible()
    page.evaluate("location.hash = '#desk=decide&weigh=options&at=2022-02-10T08:00:00Z'")
    expect(page.locator(".options .warning").first).to_contain_text("have changed since. Compare again.")
    page.get_by_role("button", name="Compare again").click()
    expect(page.locator(".options .warning").first).to_contain_text("which nobody had by then")


def test_a_threshold_has_not_fired_while_the_time_bar_stands_before_its_figure_was_known(
    paged: Callable[..., Page], untouched: str, tmp_path: Path
) -> None:
    many = {"then": "stop", "counted": "vehicles", "where": "Roads near Parliament", "at_least": 400}
    option = json.loads((OPTIONS / "wait-and-talk.json").read_text("utf-8")) | {"criteria": [many]}
    (tmp_path / "wait.json").write_text(json.dumps(option), "utf-8")
    page = paged(WHERE, at=untouched)
    page.get_by_label("Files of options").set_input_files([tmp_path / "wait.json", OPTIONS / "offer-and-move.json"])
    page.get_by_role("radio", name="Triggers").check()
    threshold = page.get_by_role("list", name="Thresholds").locator(".matter", has_text="at least 400")
    expect(threshold).to_contain_text("Fired")
    expect(threshold).to_contain_text("First known Wed 16 Feb 2022 18:00")
    assert axe(page) == []
    page.evaluate("location.hash = '#desk=decide&weigh=triggers&at=2022-02-16T04:00:00Z'")
    expect(threshold).not_to_contain_text("Fired")
    expect(threshold).not_to_contain_text("First known")
