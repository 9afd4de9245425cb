"""What somebody does who has never seen the page: a new site, a proof for a fire officer, traffic, day and night."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    Opened = Callable[..., Page]
    Wait = Callable[[Page], None]

DESK: dict[str, Any] = {"viewport": {"width": 1440, "height": 900}}
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}

CUBA = (174.7755, -41.2945)
"""Cuba Street, a kilometre and a half from the grounds of Parliament."""


def state(page: Page, path: str) -> Any:  # noqa: ANN401 - whatever the page holds
    return page.evaluate(f"window.clearway.desks.plan.get().{path}")


def luminance(*channels: int) -> float:
    """Of red, green and blue, 0 to 255, as WCAG 2.2 has it."""
    parts = [part / 255 for part in channels]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def command(page: Page, words: str) -> None:
    """By the search, which is there at every width."""
    page.get_by_role("button", name="Search streets, places, commands Ctrl K").click()
    page.get_by_role("combobox").fill(words)
    page.locator(".palette [role=option]").filter(has_text=words).first.click()


def seen(page: Page) -> dict[str, float]:
    """The middle of what the panels leave of the map, and how far it reaches."""
    box: dict[str, float] = page.evaluate(
        """() => {
            const map = document.querySelector(".map").getBoundingClientRect();
            const panel = document.querySelector(".panel:not([hidden])").getBoundingClientRect();
            const beside = panel.left > map.width / 4;
            const [right, bottom] = beside ? [panel.left, map.bottom] : [map.right, panel.top];
            const legend = beside ? 380 : 70;
            return {x: (map.left + legend + right) / 2, y: (map.top + 110 + bottom) / 2, reach: beside ? 90 : 55};
        }"""
    )
    return box


def test_a_new_site_elsewhere_in_the_city_a_bus_street_kept_open_and_a_smaller_cordon(
    opened: Opened, wait_until_settled: Wait
) -> None:
    page = opened(**PHONE)
    before = state(page, "history.present.site.coordinates")
    page.get_by_role("button", name="Draw a new site").click()
    middle = seen(page)
    page.evaluate(
        """([[lon, lat], {x, y}]) => {
            const {map} = window.clearway;
            map.jumpTo({center: [lon, lat], zoom: 16});
            const {left, top, width, height} = map.getContainer().getBoundingClientRect();
            map.panBy([left + width / 2 - x, top + height / 2 - y], {animate: false});
        }""",
        [CUBA, middle],
    )
    page.wait_for_function("() => window.clearway.map.areTilesLoaded()")
    x, y, reach = middle["x"], middle["y"], middle["reach"]
    for east, south in ((-1, -1), (1, -1), (1, 1), (-1, 1)):
        page.mouse.click(x + east * reach, y + south * reach)
    page.get_by_role("button", name="Finish").click()
    wait_until_settled(page)
    assert state(page, "history.present.site.coordinates") != before
    assert state(page, "answer.cordon.barriers.length") > 0
    expect(page.get_by_role("status", name="Summary")).to_contain_text("close the site")

    kept = page.evaluate(
        """() => {
            const {map, desks} = window.clearway;
            const held = new Set(desks.plan.get().answer.cordon.enclosed.way_indexes);
            const street = map.queryRenderedFeatures({layers: ["streets"]})
                .find(({id, properties}) => properties.bus_trips > 0 && !held.has(id));
            return street.id;
        }"""
    )
    page.evaluate("way => window.clearway.desks.plan.set({selection: {kind: 'way', way}, way: null})", kept)
    page.get_by_role("radio", name="Keep open", exact=True).check(force=True)
    wait_until_settled(page)
    assert state(page, "history.present.keep_open") == [kept]
    assert kept not in state(page, "answer.cordon.enclosed.way_indexes")

    enclosed = state(page, "answer.cordon.enclosed.addresses")
    page.wait_for_function("() => window.clearway.desks.plan.get().frontier.answer")
    sizes = len(state(page, "frontier.answer.frontier"))
    slider = page.get_by_role("slider", name="Size of the cordon")
    expect(slider).to_have_count(int(sizes > 1))  # with one size there is nothing to choose
    if sizes > 1:
        slider.press("End")
        wait_until_settled(page)
        assert state(page, "answer.cordon.enclosed.addresses") < enclosed


def test_how_help_gets_to_an_address_is_proved_and_printed(opened: Opened, wait_until_settled: Wait) -> None:
    page = opened(**DESK)
    command(page, "Kate Sheppard Pl")
    page.get_by_role("button", name="How help gets here").click()
    card = page.locator(".card")
    expect(card).to_contain_text("Fire no longer gets here")
    expect(card).to_contain_text("on foot from where its vehicles get to")
    page.get_by_role("checkbox", name="A lane along the occupied streets is free for help").check()
    wait_until_settled(page)
    expect(card).to_contain_text("after the call, from")
    page.evaluate("window.print = () => undefined")
    command(page, "Print")
    paper = page.locator("#print-sheet")
    expect(paper).to_contain_text("How help gets to Kate Sheppard Pl")
    expect(paper).to_contain_text("Assumed: a lane is free for help along the occupied streets")


def test_the_traffic_is_worked_out_and_says_what_it_rests_on(opened: Opened) -> None:
    page = opened(**PHONE)
    page.get_by_role("radio", name="Traffic").check(force=True)
    page.get_by_role("button", name="Work out the traffic").click()
    expect(page.get_by_role("region", name="Traffic in figures")).to_contain_text("vehicle hours in the hour")
    expect(page.get_by_role("heading", name="Worst streets")).to_be_visible()
    assert page.evaluate("window.clearway.map.querySourceFeatures('flows').length") > 0


def test_by_night_green_is_soonest_as_by_day(opened: Opened) -> None:
    page = opened(**DESK)
    colours = "[...document.querySelectorAll('.scale i')].map((one) => getComputedStyle(one).backgroundColor)"
    day = page.evaluate(colours)
    command(page, "Day or night colours")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    night = page.evaluate(colours)
    assert day[0] == "rgb(148, 207, 154)"
    assert night[0] == "rgb(211, 245, 192)"
    for scale in (day, night):
        light = [luminance(*(int(part) for part in colour[4:-1].split(","))) for colour in scale]
        assert light == sorted(light, reverse=True)
        red, green, blue = (int(part) for part in scale[0][4:-1].split(","))
        assert green > max(red, blue)
