"""Detours and buses round the demonstration's plan: the page shows what the server answers to whoever asks the same."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator, Page

    Opened = Callable[..., Page]
    Wait = Callable[[Page], None]

PLAN = "plan parliament, version 2"


def asked(page: Page, address: str, kind: str, question: dict[str, Any]) -> dict[str, Any]:
    """The answer to a question, asked past the page."""
    where = f"{address}api/networks/wellington/{kind}"
    job: dict[str, Any] = page.request.post(where, data=question).json()
    while job["state"] in ("waiting", "working"):
        job = page.request.get(f"{where}/{job['id']}").json()
    answer: dict[str, Any] = job["answer"]
    return answer


def work_out(page: Page, title: str) -> Locator:
    """Press the button of a tab; its head, once it holds an answer about the plan."""
    head = page.get_by_role("region", name=title, exact=True)
    expect(head).to_contain_text(f"It will rest on {PLAN}")
    head.get_by_role("button", name="Work out the detours").click()
    expect(head).to_contain_text(f"Rests on {PLAN}")
    return head


def test_detours_and_buses_of_the_plan_that_is_open_are_those_that_the_server_answers(
    opened: Opened, untouched: str, wait_until_settled: Wait
) -> None:
    page = opened(f"{untouched}#desk=plan&part=detours")
    room = f"{untouched}api/operations/wellington-2022/plans"
    (standing,) = page.request.get(room).json()
    document = page.request.get(f"{room}/versions/{standing['saved']['entry']}").json()["document"]
    question = {"document": document, "zone": "Pacific/Auckland"}

    work_out(page, "Detours")
    found = asked(page, untouched, "detours", question)["detours"]["general"]["movements"]
    movements = page.get_by_role("list", name="Movements that are cut").get_by_role("button")
    expect(movements).to_have_count(len(found))
    movements.first.click()
    wait_until_settled(page)
    told = page.locator("#detour-movements ol.legs").first.locator("li")
    legs = found[0]["detours"][0]["legs"]
    assert [text.split(",")[0] for text in told.all_inner_texts()] == [f"{leg['turn']} {leg['street']}" for leg in legs]
    drawn = page.evaluate("window.clearway.map.queryRenderedFeatures({layers: ['detour']}).map(({properties}) => properties)")
    assert {one["movement"] for one in drawn} == {1}
    barriers = page.evaluate("window.clearway.map.queryRenderedFeatures({layers: ['plan-signs']}).length")
    assert barriers == len(document["barriers"])

    page.wait_for_function("() => decodeURIComponent(location.hash).includes('general/')")
    again = page.context.new_page()  # the link holds the plan, the tab, and the movement that is chosen, and asks anew
    again.goto(page.url)
    expect(again.get_by_role("region", name="Detours", exact=True)).to_contain_text(f"Rests on {PLAN}")
    expect(again.locator("#detour-movements ol.legs").first.locator("li")).to_have_count(len(legs))
    again.close()

    # a street tells who passes it, and is not closed by hand where a plan is shown
    spot = page.evaluate("() => { const {x, y} = window.clearway.map.project([174.7753, -41.27885]); return {x, y}; }")
    page.locator("canvas.maplibregl-canvas").click(position=spot)
    card = page.locator(".selection")
    expect(card).to_contain_text("What the plan shuts here is changed in the tab Management plan.")
    expect(card.get_by_text("Keep open")).to_have_count(0)

    page.get_by_role("radio", name="Buses").check(force=True)
    head = work_out(page, "Buses")
    changes = asked(page, untouched, "bus-detours", question)["changes"]
    expect(head).to_contain_text(f"{changes['trips_cut']} bus trips of {changes['trips']:,}")
    routes = page.get_by_role("list", name="Routes that are cut").get_by_role("button")
    expect(routes).to_have_count(len(changes["routes"]))
    head.get_by_role("radio", name="Cordon, all day").check(force=True)
    expect(head).to_contain_text(f"This is still the answer for {PLAN}")
    expect(head).to_contain_text("It will rest on the cordon, all day.")
    expect(page).to_have_url(re.compile("part=buses.*&shut-by=cordon.*&bus-route=all"))
