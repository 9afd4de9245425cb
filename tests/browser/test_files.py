"""Parts of a plan out of a file, undone, sent as a link, and saved in every form."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    Opened = Callable[..., Page]
    Wait = Callable[[Page], None]

pytestmark = pytest.mark.slow

DESK: dict[str, Any] = {"viewport": {"width": 1440, "height": 900}}
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
RING = [[174.776, -41.282], [174.778, -41.282], [174.778, -41.281], [174.776, -41.281], [174.776, -41.282]]
KML = f"""<kml xmlns="http://www.opengis.net/kml/2.2"><Placemark><name>New ground</name><Polygon><outerBoundaryIs><LinearRing>
<coordinates>{" ".join(f"{lon},{lat}" for lon, lat in RING)}</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark>
<Placemark><name>Thorndon</name><Point><coordinates>174.779,-41.277</coordinates></Point></Placemark>
<Placemark><name>Far away</name><Point><coordinates>24.9,60.2</coordinates></Point></Placemark></kml>"""
BOMB = '<!DOCTYPE k [<!ENTITY a "aaaa">]><kml><Placemark><name>&a;</name></Placemark></kml>'


def site(page: Page) -> Any:  # noqa: ANN401 - GeoJSON
    return page.evaluate("window.clearway.desks.plan.get().history.present.site")


def given(page: Page, name: str, text: str) -> None:
    window = page.get_by_role("dialog", name="Import site, stations or barriers")
    window.get_by_label("Drop a file here").set_input_files({"name": name, "mimeType": "", "buffer": text.encode()})


def test_a_site_comes_out_of_a_file_is_undone_and_is_sent_as_a_link(
    opened: Opened, untouched: str, wait_until_settled: Wait, wait_until_linked: Wait
) -> None:
    page = opened(f"{untouched}#desk=plan", **PHONE)
    before = site(page)
    page.get_by_role("button", name="Import", exact=True).click()
    given(page, "bomb.kml", BOMB)
    expect(page.get_by_role("alert")).to_contain_text("bomb.kml defines entities, as files do that are made to harm.")
    given(page, "site.kml", KML)
    window = page.get_by_role("dialog", name="Import site, stations or barriers")
    expect(window.get_by_role("status")).to_contain_text("Read: 1 piece of ground, 1 point.")
    expect(window.get_by_role("status")).to_contain_text("Thorndon")
    expect(window.get_by_role("status")).to_contain_text("Left out: 1 part outside this city.")
    assert site(page) == before
    window.get_by_role("button", name="Take the ground as the site").click()
    wait_until_settled(page)
    assert site(page)["coordinates"] == [RING]
    page.get_by_role("button", name="Undo").click()
    wait_until_settled(page)
    assert site(page) == before
    page.get_by_role("button", name="Redo").click()
    wait_until_settled(page)
    wait_until_linked(page)
    other = opened(page.url, **PHONE)
    assert site(other)["coordinates"] == [RING]


def test_what_is_seen_is_saved_in_every_form(opened: Opened, watched: Opened, untouched: str) -> None:
    page = watched("#desk=picture&at=2022-02-18T06:05Z", at=untouched)
    for form, begins in {
        "GeoJSON": '{\n "type": "FeatureCollection"',
        "KML": '<?xml version="1.0" encoding="UTF-8"?>\n<kml',
        "GPX": '<?xml version="1.0" encoding="UTF-8"?>\n<gpx',
        "CSV": "\ufefflatitude,longitude,shape,",
    }.items():
        page.get_by_role("button", name="Download").click()
        window = page.get_by_role("dialog", name="Download: Picture")
        with page.expect_download() as download:
            window.get_by_role("button", name=form, exact=True).click()
        expect(window).to_have_count(0)
        ending = form.lower()
        name = f"Picture - Parliament grounds, February 2022 - 2022-02-18 1905.{ending}"
        assert download.value.suggested_filename == name
        assert download.value.path().read_text("utf-8").startswith(begins)
    plan = opened(f"{untouched}#desk=plan")
    plan.get_by_role("button", name="Download").click()
    with plan.expect_download() as download:
        plan.get_by_role("button", name="GeoJSON").click()
    roles = {one["properties"].get("role") for one in json.loads(download.value.path().read_text("utf-8"))["features"]}
    assert {"site", "barrier", "bar"} <= roles
