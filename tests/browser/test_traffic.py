"""The Traffic part of the Plan desk in a real browser: asked, drawn, selected, compared, sent, printed."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    Opened = Callable[..., Page]
    Wait = Callable[[Page], None]

AXE = Path(__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
ASKED = "#desk=plan&part=traffic&hour=8&draws=2&v=174.7767,-41.2790,14.3"


def traffic(page: Page, path: str) -> Any:  # noqa: ANN401 - whatever the page holds
    return page.evaluate(f"window.clearway.desks.traffic.get().{path}")


def drawn(page: Page, layer: str) -> list[dict[str, Any]]:
    features = "window.clearway.map.queryRenderedFeatures({layers: [layer]})"
    found: list[dict[str, Any]] = page.evaluate(f"layer => {features}.map(({{id, properties}}) => ({{id, properties}}))", layer)
    return found


def worked_out(page: Page, wait: Wait) -> None:
    """Wait until the present plan's traffic is there, draws and all, and drawn."""
    page.wait_for_function(
        """() => {
            const {shown, known, work} = window.clearway.desks.traffic.get();
            return shown !== null && !work && known.get(shown)?.whole;
        }""",
    )
    wait(page)


@pytest.fixture
def weighed(opened: Opened, address: str, wait_until_settled: Wait) -> Callable[..., Page]:
    """Opens the Traffic part, which asks for the traffic at 8:00 with two draws, and waits for the answer."""

    def open_page(link: str = ASKED, **options: Any) -> Page:  # noqa: ANN401 - Playwright's own options
        page = opened(f"{address}{link}", **options)
        worked_out(page, wait_until_settled)
        return page

    return open_page


def answer(page: Page, path: str) -> Any:  # noqa: ANN401 - whatever the page holds
    return traffic(page, f"known.get(window.clearway.desks.traffic.get().shown).answer.{path}")


def listed(page: Page, name: str = "Worst streets") -> Any:  # noqa: ANN401 - a locator
    return page.get_by_role("list", name=name, exact=True).get_by_role("button")


def test_the_closures_are_weighed_at_the_press_of_a_button_and_drawn_on_the_map(
    opened: Opened, address: str, wait_until_settled: Wait
) -> None:
    page = opened(f"{address}#desk=plan&draws=2")
    page.get_by_role("radio", name="Traffic").check(force=True)
    expect(page.get_by_text(re.compile("^Synthetic demand: nobody has counted"))).to_be_visible()
    assert drawn(page, "flow-more") == []
    page.get_by_role("button", name="Work out the traffic").click()
    expect(page.get_by_role("progressbar", name="Working out the traffic")).to_be_visible()
    expect(page.get_by_role("button", name="Cancel")).to_be_visible()
    worked_out(page, wait_until_settled)
    expect(page.get_by_role("progressbar")).to_have_count(0)
    expect(page.get_by_role("region", name="Traffic", exact=True)).to_contain_text("over 2 draws of a synthetic demand")
    expect(page.get_by_role("region", name="How sure")).to_contain_text("made by assumption, not measured")
    more, less = (drawn(page, name) + drawn(page, f"{name}-unsure") for name in ("flow-more", "flow-less"))
    assert len(more) > 20
    assert len(less) > 20
    changes = dict(zip(answer(page, "impact.ways.way"), answer(page, "impact.ways.flow_change_per_hour"), strict=True))
    assert all(changes[feature["id"]] > 0 for feature in more)
    assert all(changes[feature["id"]] < 0 for feature in less)
    assert drawn(page, "addresses") == []
    page.get_by_role("radio", name="Cordon and access").check(force=True)
    wait_until_settled(page)
    assert drawn(page, "flow-more") == []


def test_a_street_chosen_in_the_list_is_chosen_on_the_map_and_the_other_way_round(
    weighed: Callable[..., Page], wait_until_settled: Wait
) -> None:
    page = weighed()
    streets = answer(page, "impact.streets")
    expect(listed(page)).to_have_count(len(streets))
    listed(page).first.click()
    wait_until_settled(page)
    picked = {feature["id"] for feature in drawn(page, "flow-picked")}
    assert picked
    assert picked <= set(streets[0]["way_indexes"])
    expect(listed(page).first).to_have_attribute("aria-pressed", "true")
    lines = dict(zip(answer(page, "impact.ways.way"), answer(page, "lines"), strict=True))
    line = lines[streets[1]["way_indexes"][0]]
    lon, lat = ((line[0][axis] + line[1][axis]) / 2 for axis in (0, 1))
    page.evaluate("([lon, lat]) => window.clearway.map.jumpTo({center: [lon, lat], zoom: 17})", [lon, lat])
    wait_until_settled(page)
    spot = page.evaluate(
        "([lon, lat]) => { const {x, y} = window.clearway.map.project([lon, lat]); return {x, y}; }", [lon, lat]
    )
    page.mouse.click(spot["x"], spot["y"])
    card = page.get_by_role("region", name=streets[1]["street"])
    expect(card).to_contain_text("Vehicles an hour")
    expect(listed(page).nth(1)).to_have_attribute("aria-pressed", "true")


def test_another_hour_is_another_answer_and_a_link_holds_it(weighed: Callable[..., Page], wait_until_settled: Wait) -> None:
    page = weighed()
    morning = answer(page, "impact.totals.extra_vehicle_hours")
    page.get_by_label("Hour of a working day").select_option("3")
    expect(page.get_by_text("The plan or the hour has changed since")).to_be_visible()
    worked_out(page, wait_until_settled)
    assert answer(page, "hour") == 3
    assert answer(page, "impact.totals.extra_vehicle_hours") < morning
    page.wait_for_function("() => location.hash.includes('hour=3')")
    again = weighed(f"#{page.url.partition('#')[2]}")
    assert answer(again, "impact.totals") == answer(page, "impact.totals")
    assert traffic(again, "draws") == 2


def test_plans_stand_side_by_side_and_a_change_undone_is_weighed_at_once(
    weighed: Callable[..., Page], wait_until_settled: Wait
) -> None:
    page = weighed()
    before = answer(page, "impact.totals.extra_vehicle_hours")
    page.get_by_role("heading", name="Compare plans").click()
    page.get_by_role("button", name="Pin this plan as A").click()
    page.evaluate(
        """() => {
            const room = window.clearway.desks.plan;
            const {history} = room.get();
            const present = {...history.present, address_cost: 0};
            room.set({history: {past: [...history.past, history.present], present, future: []}});
        }"""
    )
    wait_until_settled(page)
    worked_out(page, wait_until_settled)
    table = page.get_by_role("table", name=re.compile("Less is better"))
    expect(table.get_by_role("columnheader")).to_have_text([re.compile("^A"), re.compile("^Now")])
    expect(table.get_by_role("row", name=re.compile("^Extra vehicle hours"))).to_contain_text(str(round(before)))
    drawn_apart = re.compile(
        r"takes fewer vehicle hours than \w+ in \d of 2 draws|Draw by draw both take the same vehicle hours"
    )
    expect(page.get_by_text(drawn_apart)).to_be_visible()
    page.wait_for_function("() => location.hash.includes('pin=8')")
    page.get_by_role("button", name="Undo").click()
    wait_until_settled(page)
    assert answer(page, "impact.totals.extra_vehicle_hours") == before
    expect(page.get_by_role("button", name="Show plan A")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="Drop plan A").click()
    expect(page.get_by_role("button", name="Pin this plan as A")).to_be_visible()


def test_cancelled_work_can_be_asked_for_again(opened: Opened, address: str) -> None:
    page = opened(f"{address}#desk=plan&part=traffic&hour=5&draws=60")
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_role("progressbar")).to_have_count(0)
    expect(page.get_by_role("button", name=re.compile("^Work out"))).to_be_visible()
    assert traffic(page, "wanted") is False
    page.wait_for_function("() => !location.hash.includes('hour=')")


def test_other_cordons_are_ranked_looked_at_and_taken(weighed: Callable[..., Page], wait_until_settled: Wait) -> None:
    page = weighed()
    page.get_by_role("heading", name="Other ways to place this cordon").click()
    page.get_by_label("Cordons to compare, at most").select_option("20")
    page.get_by_role("button", name="Look for other cordons").click()
    expect(page.get_by_role("progressbar", name="Comparing other cordons")).to_be_visible()
    ranked = listed(page, "Cordons by rank")
    ranked.nth(1).wait_for()
    ranked.nth(1).click()
    page.wait_for_function("() => window.clearway.desks.plan.get().ghosts.length > 0")
    wait_until_settled(page)
    spots = page.evaluate("window.clearway.desks.plan.get().ghosts")
    assert len(drawn(page, "ghosts")) >= len(spots) // 2
    page.get_by_role("button", name="Use these barriers").click()
    wait_until_settled(page)
    barriers = page.evaluate("window.clearway.desks.plan.get().answer.cordon.barriers.flatMap(({spots}) => spots)")
    assert {(spot["lon"], spot["lat"]) for spot in barriers} == {(spot["lon"], spot["lat"]) for spot in spots}
    assert page.evaluate("window.clearway.desks.plan.get().ghosts") == []


def test_everything_is_reached_from_the_keyboard(weighed: Callable[..., Page]) -> None:
    page = weighed()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement?.matches('#worst-streets li:first-child button')"):
            break
    expect(listed(page).first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(listed(page).nth(1)).to_be_focused()
    page.keyboard.press("Enter")
    expect(listed(page).nth(1)).to_have_attribute("aria-pressed", "true")
    expect(listed(page).nth(1)).to_be_focused()


@pytest.mark.parametrize("options", [{}, PHONE | {"color_scheme": "dark"}], ids=["desktop by day", "phone by night"])
def test_nothing_serious_is_inaccessible(weighed: Callable[..., Page], options: dict[str, Any]) -> None:
    if not AXE.exists():
        pytest.fail("axe-core is missing: run 'npm ci --ignore-scripts' in web/.", pytrace=False)
    page = weighed(f"{ASKED}&pin=8;a:0", **options)
    page.evaluate("for (const part of document.querySelectorAll('.traffic-part details')) part.open = true")
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']})")
    serious = [
        (violation["id"], node["html"][:120], node["failureSummary"][:200])
        for violation in found["violations"]
        if violation["impact"] in ("serious", "critical")
        for node in violation["nodes"]
    ]
    assert serious == []


def test_a_phone_shows_the_answer_without_scrolling_sideways(weighed: Callable[..., Page]) -> None:
    page = weighed(**PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.evaluate("document.querySelector('.panel:not([hidden]) .panel-body').scrollWidth") <= 390
    expect(page.get_by_text(re.compile("^Synthetic demand: .* draws$"))).to_be_visible()
    assert drawn(page, "flow-more")


def test_print_is_two_pages_with_the_answer_and_what_it_rests_on(weighed: Callable[..., Page]) -> None:
    page = weighed()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    expect(page.get_by_role("img", name=re.compile("gain and lose traffic"))).to_be_visible()
    expect(page.get_by_text(re.compile("made by assumption, not measured")).last).to_be_visible()
    rows = page.get_by_role("table", name=re.compile("^Worst streets")).get_by_role("row")
    expect(rows).to_have_count(len(answer(page, "impact.streets")) + 1)
    assert page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n") <= 3
