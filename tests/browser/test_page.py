"""The page in a real browser, on the real server, with Wellington's real streets."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from playwright.sync_api import expect

from patience import LAST_RESORT_S

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    Opened = Callable[..., Page]
    Wait = Callable[[Page], None]

AXE = Path(__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


def state(page: Page, path: str) -> Any:  # noqa: ANN401 - whatever the page holds
    return page.evaluate(f"window.clearway.desks.plan.get().{path}")


def drawn(page: Page, layer: str) -> list[Any]:
    features = "window.clearway.map.queryRenderedFeatures({layers: [layer]})"
    found: list[Any] = page.evaluate(f"layer => {features}.map(({{id, properties}}) => ({{id, properties}}))", layer)
    return found


def street(address: str, query: str) -> dict[str, Any]:
    """A street piece by its name: its index and its middle."""
    hit: dict[str, Any] = httpx.get(
        f"{address}api/networks/wellington/search", params={"q": query}, timeout=LAST_RESORT_S
    ).json()[0]
    return hit


def click_street(page: Page, hit: dict[str, Any]) -> None:
    """Click the middle of a street on the map, as a person would."""
    page.evaluate("([lon, lat]) => window.clearway.map.jumpTo({center: [lon, lat], zoom: 17.3})", [hit["lon"], hit["lat"]])
    page.wait_for_function("() => window.clearway.map.loaded() && window.clearway.map.areTilesLoaded()")
    spot = page.evaluate(
        """([lon, lat]) => {
            const {x, y} = window.clearway.map.project([lon, lat]);
            const {left, top} = window.clearway.map.getCanvas().getBoundingClientRect();
            return {x: x + left, y: y + top};
        }""",
        [hit["lon"], hit["lat"]],
    )
    page.mouse.click(spot["x"], spot["y"])


def close_street(page: Page, hit: dict[str, Any], wait: Wait) -> None:
    click_street(page, hit)
    page.get_by_role("radio", name="Close", exact=True).check(force=True)
    wait(page)
    page.get_by_role("group", name="Closed to").get_by_label("Fire, ambulance and police").check(force=True)
    wait(page)


def test_the_map_comes_to_rest_and_has_drawn_streets_barriers_and_times(opened: Opened, wait_until_settled: Wait) -> None:
    page = opened()
    barriers = state(page, "answer.cordon.barriers.map((barrier) => barrier.number)")
    assert len(barriers) >= 4
    assert {feature["id"] for feature in drawn(page, "barriers")} == set(barriers)
    assert len(drawn(page, "streets")) > 100
    features = "window.clearway.map.queryRenderedFeatures({layers: ['addresses']})"
    after = state(page, "answer.seconds_after")
    for where in ("window.clearway.map.getCenter()", "[174.745, -41.29]"):
        page.evaluate(f"window.clearway.map.jumpTo({{center: {where}, zoom: 16}})")
        wait_until_settled(page)
        times = page.evaluate(f"{features}.map(({{id, state}}) => [id, state.s])")
        assert len(times) > 50
        assert all(seconds == after[address] for address, seconds in times)
    page.evaluate("window.clearway.map.jumpTo({zoom: 13})")
    wait_until_settled(page)
    assert drawn(page, "stations")
    expect(page.get_by_role("status", name="Summary")).to_contain_text("close the site")
    expect(page.get_by_role("list", name="Barriers").get_by_role("button")).to_have_count(len(barriers))


def test_a_street_closed_by_a_click_changes_the_figures(opened: Opened, address: str, wait_until_settled: Wait) -> None:
    page = opened()
    before = state(page, "answer.access.after.reached")
    summary = page.get_by_role("status", name="Summary").text_content()
    hit = street(address, "kelburn pde")
    close_street(page, hit, wait_until_settled)
    assert state(page, "history.present.closures")[0]["way"] == hit["way"]
    assert state(page, "answer.access.after.reached") < before
    assert page.get_by_role("status", name="Summary").text_content() != summary
    expect(page.get_by_role("status", name="Summary")).to_contain_text("Kelburn Pde")
    assert drawn(page, "shut")[0]["id"] == hit["way"]


def test_a_street_closed_by_hand_lets_help_through_until_somebody_says_otherwise(
    opened: Opened, address: str, wait_until_settled: Wait
) -> None:
    page = opened()
    before = state(page, "answer.access.after.reached")
    click_street(page, street(address, "kelburn pde"))
    page.get_by_role("radio", name="Close", exact=True).check(force=True)
    wait_until_settled(page)
    assert "general" in state(page, "history.present.closures")[0]["shuts"]
    assert "emergency" not in state(page, "history.present.closures")[0]["shuts"]
    assert state(page, "answer.access.after.reached") == before
    page.get_by_role("group", name="Closed to").get_by_label("Fire, ambulance and police").check(force=True)
    wait_until_settled(page)
    lead = page.get_by_role("status", name="Summary").locator("p").first
    expect(lead).to_contain_text("no longer reach")
    expect(lead).to_contain_text("Kelburn Pde")
    assert state(page, "answer.access.after.reached") < before


def test_the_proof_for_an_address_is_a_route_street_by_street_on_card_and_map_and_paper(
    opened: Opened, address: str, wait_until_settled: Wait
) -> None:
    page = opened()
    click_street(page, street(address, "kate sheppard"))
    page.get_by_role("button", name="How help gets here").click()
    card = page.get_by_role("region", name="Kate Sheppard Pl")
    expect(card).to_contain_text("Fire no longer gets here")
    expect(card).to_contain_text("help does not drive along them")
    page.get_by_role("checkbox", name="A lane along the occupied streets is free for help").check()
    wait_until_settled(page)
    expect(card.get_by_role("list", name="How help gets here")).to_contain_text("after the call, from")
    proof = state(page, "proof")
    services = {one["service"]: one for one in proof["services"]}
    card.get_by_text("Street by street").first.click()
    first = proof["services"][0]["after"]
    expect(card.get_by_role("table").first).to_contain_text(first["legs"][-1]["street"])
    wait_until_settled(page)
    assert {line["properties"]["service"] for line in drawn(page, "routes")} == set(services)
    page.evaluate("window.print = () => undefined")
    page.get_by_role("button", name="Print").click()
    paper = page.locator("#print-sheet")
    expect(paper).to_contain_text("How help gets to Kate Sheppard Pl")
    expect(paper).to_contain_text("What this rests on")
    expect(paper).to_contain_text("Assumed: a lane is free for help along the occupied streets")
    for one in services.values():
        expect(paper).to_contain_text(one["after"]["station"])


def test_undo_and_redo_step_through_what_was_done(opened: Opened, address: str, wait_until_settled: Wait) -> None:
    page = opened()
    expect(page.get_by_role("button", name="Undo")).to_be_disabled()
    close_street(page, street(address, "kelburn pde"), wait_until_settled)
    closed = state(page, "answer.access.after.reached")
    page.get_by_role("button", name="Undo").click()
    wait_until_settled(page)
    assert "emergency" not in state(page, "history.present.closures")[0]["shuts"]
    assert state(page, "answer.access.after.reached") > closed
    page.keyboard.press("Control+Shift+Z")
    wait_until_settled(page)
    assert state(page, "answer.access.after.reached") == closed
    for _ in range(2):
        page.keyboard.press("Control+Z")
        wait_until_settled(page)
    assert state(page, "history.present.closures") == []


def test_a_link_shows_the_same_plan_on_the_same_part_of_the_map(
    opened: Opened, address: str, wait_until_settled: Wait, wait_until_linked: Wait
) -> None:
    page = opened()
    close_street(page, street(address, "kelburn pde"), wait_until_settled)
    wait_until_linked(page)
    again = opened(page.url)
    assert state(again, "history.present") == state(page, "history.present")
    assert state(again, "answer.summary") == state(page, "answer.summary")
    for part in ("getCenter().lng", "getCenter().lat", "getZoom()"):
        view = f"window.clearway.map.{part}"
        assert again.evaluate(view) == pytest.approx(page.evaluate(view), abs=0.01)


def test_the_slider_shrinks_the_cordon_along_the_frontier(opened: Opened, wait_until_settled: Wait) -> None:
    page = opened()
    slider = page.get_by_role("slider", name="Size of the cordon")
    expect(slider).to_be_visible()
    frontier = state(page, "frontier.answer.frontier")
    assert len(frontier) >= 2
    slider.focus()
    page.keyboard.press("Home")
    wait_until_settled(page)
    assert state(page, "answer.cordon.enclosed.addresses") == frontier[0]["enclosed"]
    for point in frontier[1:]:
        page.keyboard.press("ArrowRight")
        wait_until_settled(page)
        assert state(page, "answer.cordon.enclosed.addresses") == point["enclosed"]
        assert len(state(page, "answer.cordon.barriers")) == point["places"]


def test_a_hard_frontier_is_looked_for_while_the_cordon_stands_and_is_cancelled_by_the_keyboard(opened: Opened) -> None:
    page = opened()
    page.get_by_role("heading", name="Settings").click()
    radius = page.get_by_label("Stays outside beyond")
    radius.fill("20000")
    radius.press("Tab")
    search = page.get_by_role("region", name="Smaller or larger")
    progress = search.get_by_role("progressbar", name="Looking for smaller and larger cordons")
    expect(progress).to_be_visible()
    # the cordon only: until the map is drawn the search may have come to its end
    page.wait_for_function(
        "() => (({status, answered, history}) => status === 'idle' && answered === history.present)"
        "(window.clearway.desks.plan.get())"
    )
    assert state(page, "answer.cordon.barriers")
    expect(search).to_contain_text(re.compile(r"Following the frontier, \d+ %"))
    page.evaluate("window.kept = window.clearway.desks.plan.get().answer")
    search.get_by_role("button", name="Cancel").focus()
    page.keyboard.press("Enter")
    expect(search.get_by_role("status")).to_have_text("You cancelled the search.")
    expect(progress).to_have_count(0)
    expect(search.get_by_role("button", name="Look again")).to_be_focused()
    page.keyboard.press("Enter")
    expect(progress).to_be_visible()
    assert page.evaluate("window.kept === window.clearway.desks.plan.get().answer"), "the plan is not drawn again"
    search.get_by_role("button", name="Cancel").click()
    expect(progress).to_have_count(0)


def test_leaving_the_desk_cancels_the_search(opened: Opened, wait_until_settled: Wait) -> None:
    page = opened()
    page.get_by_role("heading", name="Settings").click()
    radius = page.get_by_label("Stays outside beyond")
    radius.fill("19000")
    radius.press("Tab")
    expect(page.get_by_role("progressbar")).to_be_visible()
    wait_until_settled(page)
    with page.expect_request(lambda request: request.method == "DELETE" and "/others/" in request.url):
        page.get_by_role("button", name="Picture", exact=True).click()


def test_everything_can_be_reached_and_done_from_the_keyboard(opened: Opened) -> None:
    page = opened()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the panel")).to_be_focused()
    page.keyboard.press("Enter")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement?.textContent?.startsWith('Barrier 1, ')"):
            break
    expect(page.get_by_role("button", name=re.compile("^Barrier 1, "))).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("button", name=re.compile("^Barrier 2, "))).to_be_focused()
    page.keyboard.press("Enter")
    assert state(page, "selection") == {"kind": "barrier", "number": 2}
    page.keyboard.press("Escape")
    assert state(page, "selection") is None
    page.keyboard.press("Control+k")
    page.keyboard.type("night")
    expect(page.get_by_role("option", name="Day or night colours", selected=True)).to_be_visible()
    page.keyboard.press("Enter")
    assert page.locator("html").get_attribute("data-theme") == "dark"


def test_search_finds_a_street_and_goes_there(opened: Opened) -> None:
    page = opened()
    page.keyboard.press("Control+k")
    page.keyboard.type("tinakori")
    page.get_by_role("option", name=re.compile("Tinakori")).first.click()
    page.wait_for_function("() => !window.clearway.map.isMoving()")
    assert page.evaluate("window.clearway.map.getCenter().lng") == pytest.approx(174.77, abs=0.02)
    page.keyboard.press("Control+k")
    page.keyboard.type("courtenay pl")
    page.keyboard.press("Enter")  # before the results are there: the first of them is meant, not a command
    page.get_by_role("heading", name="Courtenay Pl").wait_for()


def test_a_phone_shows_map_and_plan_without_scrolling_sideways(opened: Opened) -> None:
    page = opened(**PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert drawn(page, "barriers")
    expect(page.get_by_role("status", name="Summary")).to_be_visible()
    toggle = page.get_by_role("button", name="Hide the plan")
    toggle.tap()
    expect(page.get_by_role("button", name="Show the plan")).to_be_visible()
    small = page.evaluate(
        """() => [...document.querySelectorAll("button, a, input")].filter((one) => one.checkVisibility())
            .map((one) => [one.textContent || one.ariaLabel, one.getBoundingClientRect()])
            .filter(([, box]) => box.width && (box.right > 391 || box.left < -1)).map(([text]) => text)"""
    )
    assert small == []


def test_print_is_a_clean_page_with_the_answer_the_map_and_the_list(opened: Opened) -> None:
    page = opened()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    expect(page.locator(".room")).to_be_hidden()
    expect(page.get_by_role("row")).to_have_count(len(state(page, "answer.cordon.barriers")) + 1)
    expect(page.get_by_role("img", name=re.compile("Map of the cordon"))).to_be_visible()
    expect(page.get_by_text("(c) OpenStreetMap contributors").last).to_be_visible()
    pages = page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n")
    assert pages in (1, 2)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_follow_the_system(opened: Opened, scheme: str) -> None:
    page = opened(color_scheme=scheme)
    assert page.locator("html").get_attribute("data-theme") == scheme
    channels = re.findall(r"\d+", page.evaluate("getComputedStyle(document.body).backgroundColor"))
    assert (sum(map(int, channels[:3])) < 384) == (scheme == "dark")


@pytest.mark.parametrize("options", [{}, PHONE | {"color_scheme": "dark"}], ids=["desktop by day", "phone by night"])
def test_nothing_serious_is_inaccessible(opened: Opened, options: dict[str, Any]) -> None:
    if not AXE.exists():
        pytest.fail("axe-core is missing: run 'npm ci --ignore-scripts' in web/.", pytrace=False)
    page = opened(**options)
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']})")
    serious = [
        (violation["id"], node["html"][:120], node["failureSummary"][:200])
        for violation in found["violations"]
        if violation["impact"] in ("serious", "critical")
        for node in violation["nodes"]
    ]
    assert serious == []
    page.locator(".figures").scroll_into_view_if_needed()
    page.evaluate("document.body.classList.add('stale')")  # as while the next plan is worked out
    found = page.evaluate("axe.run({runOnly: ['color-contrast']})")
    assert [node["html"][:120] for violation in found["violations"] for node in violation["nodes"]] == []


def test_a_refusal_says_what_is_wrong_and_offers_the_way_back(opened: Opened, wait_until_settled: Wait) -> None:
    page = opened()
    page.get_by_role("heading", name="Settings").click()
    field = page.get_by_label(re.compile("Barriers at most"))
    field.fill("1")
    field.press("Enter")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("cannot seal the site")
    alert.get_by_role("button", name="Undo").click()
    wait_until_settled(page)
    expect(page.get_by_role("alert")).to_have_count(0)


def on_screen(page: Page, lon: float, lat: float) -> tuple[float, float]:
    x, y = page.evaluate("([lon, lat]) => Object.values(window.clearway.map.project([lon, lat]))", [lon, lat])
    return x, y


def test_settings_that_are_seldom_used_change_the_plan_and_a_number_out_of_range_says_what_fits(
    opened: Opened, wait_until_settled: Wait
) -> None:
    page = opened()
    cost = state(page, "answer.cordon.barrier_cost")
    page.get_by_role("heading", name="Settings").click()
    page.get_by_text("More settings").click()
    page.get_by_label("Show smaller and larger cordons").uncheck()
    wait_until_settled(page)
    expect(page.get_by_role("slider", name="Size of the cordon")).to_have_count(0)
    page.get_by_text("What a barrier costs").click()
    field = page.get_by_label("For each bus trip a day that is cut")
    field.fill("0.5")
    field.press("Tab")
    wait_until_settled(page)
    assert state(page, "history.present.costs.bus_trip") == 0.5
    assert state(page, "answer.cordon.barrier_cost") > cost
    radius = page.get_by_label("Stays outside beyond")
    radius.fill("20001")
    radius.press("Tab")
    expect(radius).to_have_accessible_description(re.compile(r"^Give a number above 0 and up to 20,000\sm\.$"))
    assert state(page, "history.present.radius_m") == 800
    assert radius.input_value() == "20001"
    page.get_by_role("button", name="Undo").click()
    wait_until_settled(page)
    page.get_by_role("button", name="Undo").click()
    wait_until_settled(page)
    assert state(page, "answer.cordon.barrier_cost") == cost
    expect(page.get_by_role("slider", name="Size of the cordon")).to_be_visible()


def test_a_whole_street_bears_no_barrier_and_an_area_that_is_drawn_stays_outside(
    opened: Opened, address: str, wait_until_settled: Wait, wait_until_linked: Wait
) -> None:
    page = opened()
    ways = f"{address}api/networks/wellington/ways/"
    barrier = state(page, "answer.cordon.barriers.find((one) => one.place === 'street')")
    page.evaluate("way => window.clearway.desks.plan.set({selection: {kind: 'way', way}})", barrier["way_indexes"][0])
    page.get_by_label(re.compile("^No barrier along all of ")).check()
    wait_until_settled(page)
    barred = set(state(page, "history.present.never_ways"))
    assert len(barred) > 1
    barriers = state(page, "answer.cordon.barriers")
    assert barrier["place"] == "street"
    assert not any(barred.intersection(one["way_indexes"]) for one in barriers)
    assert {feature["id"] for feature in drawn(page, "barred")} <= barred
    page.get_by_role("button", name="Undo").click()
    wait_until_settled(page)

    free = [
        way for way in state(page, "answer.cordon.enclosed.way_indexes") if way not in state(page, "history.present.stretches")
    ]
    details = max((httpx.get(f"{ways}{way}", timeout=LAST_RESORT_S).json() for way in free), key=lambda way: way["length_m"])
    page.get_by_role("heading", name="Settings").click()
    page.get_by_text("More settings").click()
    page.get_by_role("button", name="Draw an area").click()
    line = details["geometry"]["coordinates"]
    x, y = on_screen(page, (line[0][0] + line[1][0]) / 2, (line[0][1] + line[1][1]) / 2)
    for east, south in ((-4, -4), (4, -4), (4, 4), (-4, 4)):
        page.mouse.click(x + east, y + south)
    page.keyboard.press("Enter")
    wait_until_settled(page)
    assert details["way"] not in state(page, "answer.cordon.enclosed.way_indexes")
    assert drawn(page, "outside-fill")
    wait_until_linked(page)
    assert state(opened(page.url), "history.present") == state(page, "history.present")
    page.get_by_role("button", name="Remove area 1").click()
    wait_until_settled(page)
    assert state(page, "history.present.outside") is None


def test_a_station_is_dragged_removed_and_put_back_and_added_without_a_mouse(
    opened: Opened, wait_until_settled: Wait, wait_until_linked: Wait
) -> None:
    page = opened()
    before = state(page, "answer.seconds_before")
    page.get_by_role("heading", name=re.compile("^Stations")).click()
    stations = page.get_by_role("list", name="Stations").get_by_role("button")
    many = stations.count()
    stations.first.click()
    page.wait_for_function("() => window.clearway.map.loaded() && !window.clearway.map.isMoving()")
    wait_until_settled(page)
    lon, lat = state(page, "network.scenario.stations.features[0].geometry.coordinates")
    x, y = on_screen(page, lon, lat)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 40, y + 60, steps=4)
    page.mouse.up()
    wait_until_settled(page)
    expect(page.get_by_text("was moved. Undo puts it back.")).to_be_visible()
    assert state(page, "history.present.stations.features[0].geometry.coordinates") != [lon, lat]
    assert state(page, "answer.seconds_before") != before
    wait_until_linked(page)
    assert state(opened(page.url), "answer.seconds_before") == state(page, "answer.seconds_before")
    page.get_by_role("button", name="Remove this station").click()
    wait_until_settled(page)
    expect(stations).to_have_count(many - 1)
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    wait_until_settled(page)
    assert state(page, "answer.seconds_before") == before

    page.get_by_role("button", name="Add a station").press("Enter")
    page.get_by_role("button", name="In the middle of the map").press("Enter")
    wait_until_settled(page)
    expect(stations).to_have_count(many + 1)
    page.get_by_text("Move it", exact=True).press("Enter")
    page.get_by_role("button", name="Move the station 5 m north").press("ArrowUp")
    page.get_by_role("button", name="Put it here").press("Enter")
    wait_until_settled(page)
    placed = state(page, "history.past.at(-1).stations.features.at(-1).geometry.coordinates")
    moved = state(page, "history.present.stations.features.at(-1).geometry.coordinates")
    assert moved[0] == pytest.approx(placed[0], abs=1e-6)
    assert moved[1] > placed[1]


def test_the_top_bar_shows_its_title_and_what_is_overdue_whole(opened: Opened) -> None:
    page = opened()
    for width, height in ((1440, 900), (1024, 768), (390, 844)):
        page.set_viewport_size({"width": width, "height": height})
        top_bar_is_whole(page, width)


def top_bar_is_whole(page: Page, width: int) -> None:
    cut = page.evaluate(
        """() => [...document.querySelectorAll(".topbar :is(h1, .pending, .search-button, .search-button span)")]
            .filter((one) => one.checkVisibility())
            .filter(({scrollWidth, clientWidth, scrollHeight, clientHeight}) => clientWidth
                && (scrollWidth > clientWidth + 1 || scrollHeight > clientHeight + 1))
            .map((one) => one.textContent)"""
    )
    bar = page.evaluate("document.querySelector('.topbar').getBoundingClientRect().bottom")
    boxes = page.evaluate(
        """() => [...document.querySelectorAll(".topbar *")].filter((one) => one.checkVisibility())
            .map((one) => one.getBoundingClientRect()).filter(({width}) => width > 1)
            .map(({right, bottom}) => [right, bottom])"""
    )
    assert all(right <= width and bottom <= bar for right, bottom in boxes)
    assert cut == []
    expect(page.get_by_role("button", name=re.compile("overdue"))).to_be_visible()
