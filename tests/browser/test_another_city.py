"""From nothing to an operation in another city, in the page alone; then a second one, and from one to the other."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from playwright.sync_api import Page

    Opened = Callable[..., Page]
    Started = Callable[[str, Path], AbstractContextManager[str]]

pytestmark = pytest.mark.slow

AXE = Path(__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
HELSINKI = Path(__file__).parents[1] / "data" / "osm" / "helsinki-centre.osm.pbf"
DESK: dict[str, Any] = {"viewport": {"width": 1440, "height": 900}}
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
OPERATION = "T\u00f6\u00f6l\u00f6nlahti, P\u014dneke"


@pytest.fixture
def nothing(tmp_path: Path, started: Started) -> Iterator[str]:
    """Where ``clearway serve`` is open that has no city and no operation."""
    with started("serve", tmp_path) as address:
        yield address


@pytest.fixture
def demonstration_alone(tmp_path: Path, started: Started) -> Iterator[str]:
    """Where ``clearway demo`` is open for one test."""
    with started("demo", tmp_path) as address:
        yield address


def bring_in(page: Page, file: Path | dict[str, Any]) -> None:
    page.get_by_label("Drop the city's file here").set_input_files(file)  # type: ignore[arg-type]
    page.get_by_role("button", name="Bring the city in").click()


def faults_of(page: Page, where: str) -> list[str]:
    page.evaluate(AXE.read_text("utf-8"))
    found: list[str] = page.evaluate(f"axe.run('{where}').then(({{violations}}) => violations.map(({{id}}) => id))")
    return found


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def test_a_new_operation_in_another_city_from_nothing(nothing: str, opened: Opened) -> None:
    page = opened(nothing, ready=False, **PHONE)
    expect(page.get_by_role("heading", name="Clearway has no city yet")).to_be_visible()
    assert faults_of(page, "main") == []

    bring_in(page, {"name": "cut.osm.pbf", "mimeType": "", "buffer": HELSINKI.read_bytes()[:300_000]})
    expect(page.get_by_role("alert")).to_have_text(re.compile(r"^cut\.osm\.pbf: not a complete OpenStreetMap file"))
    bring_in(page, {"name": "plan.docx", "mimeType": "", "buffer": b"words"})
    expect(page.get_by_role("alert")).to_have_text(re.compile(r"^plan\.docx: the import does not read this kind of file"))

    bring_in(page, HELSINKI)
    expect(page.get_by_role("progressbar", name="Import of the city")).to_be_visible()
    expect(page.get_by_role("heading", name="Helsinki centre")).to_be_visible()
    expect(page.get_by_text("4,777 street pieces and 1,528 addresses are here.")).to_be_visible()
    expect(page.get_by_role("combobox", name="Time zone")).to_have_value("Europe/Helsinki")
    assert faults_of(page, "main") == []
    assert fits(page)
    page.get_by_role("textbox", name="Name", exact=True).fill(OPERATION)
    page.get_by_role("button", name="Begin the record").click()

    expect(page.get_by_role("heading", level=1)).to_have_text(OPERATION)
    expect(page).to_have_title(re.compile(f"^Picture \u2013 {OPERATION}, "))
    expect(page.get_by_role("button", name="New entry").first).to_be_visible()
    operation = page.evaluate("window.clearway.desks.picture.get().operation")
    assert (operation["id"], operation["zone"], operation["network"]) == (
        "toolonlahti-poneke",
        "Europe/Helsinki",
        "helsinki-centre",
    )


def test_an_import_is_cancelled_and_nothing_is_left(nothing: str, opened: Opened, tmp_path: Path) -> None:
    page = opened(nothing, ready=False)
    bring_in(page, HELSINKI)
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_role("progressbar")).to_have_count(0)
    expect(page.get_by_role("button", name="Bring the city in")).to_be_enabled()
    expect(page.get_by_role("alert")).to_have_count(0)
    page.wait_for_function("() => fetch('/api/networks').then((answer) => answer.json()).then((list) => list.length === 0)")
    assert not list((tmp_path / "cities").glob("*.clearway"))


def test_a_second_operation_and_from_one_to_the_other_and_back(demonstration_alone: str, opened: Opened) -> None:
    page = opened(demonstration_alone, ready=False, **DESK)
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text("Parliament grounds, February 2022")
    heading.get_by_role("button").click()
    window = page.get_by_role("dialog", name="Operations and cities")
    window.get_by_role("heading", name="Bring a city in").click()
    bring_in(page, HELSINKI)
    expect(window.get_by_text("Helsinki centre is here: 4,777 street pieces")).to_be_visible()
    expect(window.get_by_role("combobox", name="City")).to_have_value("helsinki-centre")
    expect(window.get_by_role("combobox", name="Time zone")).to_have_value("Europe/Helsinki")
    window.get_by_role("combobox", name="City").select_option("wellington")
    expect(window.get_by_role("combobox", name="Time zone")).to_have_value("Pacific/Auckland")
    window.get_by_role("combobox", name="City").select_option("helsinki-centre")
    expect(window.get_by_role("combobox", name="Time zone")).to_have_value("Europe/Helsinki")
    assert faults_of(page, ".window") == []
    assert fits(page)
    window.get_by_role("textbox", name="Name", exact=True).fill("Senaatintori")
    window.get_by_role("button", name="Begin the record").click()
    expect(heading).to_have_text("Senaatintori")
    assert page.evaluate("window.clearway.map.getCenter().lat") > 60

    heading.get_by_role("button").click()
    window.get_by_role("button", name="Parliament grounds, February 2022").click()
    expect(heading).to_have_text("Parliament grounds, February 2022")
    page.wait_for_function("() => window.clearway?.map.getCenter().lat < -41")
    page.go_back()
    expect(heading).to_have_text("Senaatintori")


def test_a_link_to_what_this_server_does_not_have_shows_nothing_else(opened: Opened, untouched: str) -> None:
    page = opened(f"{untouched}#desk=picture&op=lambton-2031", ready=False)
    said = page.get_by_role("alert")
    expect(said).to_contain_text("This link is for the operation \u201clambton-2031\u201d, which this server does not have")
    expect(page.locator(".map")).to_have_count(0)
    page.get_by_role("button", name="Open what is here").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Parliament grounds, February 2022")
