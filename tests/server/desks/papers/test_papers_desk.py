"""The papers of a plan by the server: made as a job, looked at, downloaded in each form; and what is refused."""

from __future__ import annotations

import io
import json
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest
from pypdf import PdfReader

from clearway.record.open import open_record
from clearway.server.operations import ServedRecord
from patience import until
from serving import serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import httpx

    from clearway.server.networks import ServedNetwork

GATE = {"id": "G1", "place": "First Street at Third Avenue", "opens": "staffed"}
PLAN: dict[str, Any] = {"plan": "tmp", "title": "A square is taken", "barriers": [GATE, {"id": "B2", "place": "No Street"}]}
PLANS, JOBS = "/api/operations/square/plans", "/api/networks/drawn-town/papers"


@pytest.fixture(scope="module")
def client(town: ServedNetwork, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A server with an operation."""
    folder: Path = tmp_path_factory.mktemp("record")
    with closing(open_record(str(folder / "room.record"))) as store, serving(town, record=ServedRecord(store)) as opened:
        made = opened.post("/api/operations", json={"id": "square", "title": "Square", "zone": "Pacific/Auckland"})
        assert made.status_code == 201, made.text
        yield opened


def made(client: httpx.Client, document: dict[str, Any] = PLAN, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - any JSON
    """The job at its end."""
    job = client.post(f"{PLANS}/papers", json={"document": document, "zone": "Pacific/Auckland"} | more).json()

    def over() -> bool:
        nonlocal job
        if job["state"] in {"waiting", "working"}:
            job = client.get(f"{JOBS}/{job['id']}").json()
        return job["state"] not in {"waiting", "working"}

    until(over)
    found: dict[str, Any] = job
    return found


def test_papers_are_looked_at_and_downloaded_in_each_form_with_as_many_gaps(client: httpx.Client) -> None:
    answer = made(client)["answer"]
    pages = {one["paper"]: one for one in answer["papers"]}
    assert list(pages) == ["plan", "order", "leaflet", "gates"]
    assert all(one["page"].count("[not stated]") == one["gaps"] for one in pages.values())
    assert answer["gaps"] == sum(one["gaps"] for one in pages.values()) > 0
    assert answer["unplaced"] == ["B2"]
    address = f"{PLANS}/papers/{answer['key']}"
    pdf = client.get(f"{address}.pdf", params={"paper": ["leaflet", "gates"]})
    assert pdf.headers["content-disposition"] == 'attachment; filename="plan.pdf"'
    read = " ".join(" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf.content)).pages)
    assert read.count("[not stated]") == pages["leaflet"]["gaps"] + pages["gates"]["gaps"]
    page = client.get(f"{address}.html")
    assert page.text.count("[not stated]") == answer["gaps"]
    assert "default-src 'none'" in page.headers["content-security-policy"]
    names = {one["properties"]["name"] for one in client.get(f"{address}.geojson").json()["features"]}
    assert names >= {"G1", "B2"}
    for form, kind in (("kml", "application/vnd.google-earth.kml+xml"), ("gpx", "application/gpx+xml"), ("csv", "text/csv")):
        file = client.get(f"{address}.{form}")
        assert file.headers["content-type"].startswith(kind)
        assert "G1" in file.text


def test_who_adopted_the_very_plan_stands_on_it_and_on_no_other(client: httpx.Client) -> None:
    saved = client.post(PLANS, json={"document": PLAN, "by": "planner, Council"}).json()
    adopted = {"by": "commander, Police", "override": "It must be"}
    assert client.post(f"{PLANS}/versions/{saved['saved']['entry']}/adoption", json=adopted).is_success

    def order_of(document: dict[str, Any]) -> str:
        key = made(client, document)["answer"]["key"]
        return client.get(f"{PLANS}/papers/{key}.html", params={"paper": "order"}).text

    whose = "commander, Police, although checks failed: It must be"
    assert whose in order_of(saved["document"])
    assert whose not in order_of(saved["document"] | {"title": "Another"})


def test_what_is_not_there_or_no_plan_is_said_in_a_sentence(client: httpx.Client) -> None:
    gone = client.get(f"{PLANS}/papers/none.pdf")
    assert (gone.status_code, gone.json()["error"]["message"]) == (
        404, "These papers are not there any more. Make them again.",
    )  # fmt: skip
    assert client.get(f"{PLANS}/papers/none.docx").status_code == 422
    job = made(client, {"title": "No name"})
    assert job["state"] == "failed"
    assert "plan" in json.dumps(job["error"])


def page_of(client: httpx.Client, document: dict[str, Any], **more: Any) -> str:  # noqa: ANN401 - any JSON
    page: str = made(client, document, **more)["answer"]["papers"][0]["page"]
    return page


def test_papers_tell_each_march_as_it_was_found_or_else_as_the_plan_has_it(client: httpx.Client) -> None:
    """The one that was found is 12 min late; nobody worked out the other one; the third names no street that there is."""
    march = {"id": "M1", "along": "First Street", "starts": "2022-02-20 12:00", "column_m": 20}
    second = march | {"id": "M2", "starts": "2022-02-20 15:00"}
    plan = PLAN | {"marches": [march, second, march | {"id": "M3", "along": "No Such Street"}]}
    asked = {"document": plan, "march": "M1", "zone": "Pacific/Auckland", "proof": False, "delay_minutes": 12}
    job = client.post("/api/networks/drawn-town/march", json=asked).json()

    def over() -> bool:
        nonlocal job
        if job["answer"] is None:
            job = client.get(f"/api/networks/drawn-town/march/{job['id']}").json()
        return job["answer"] is not None

    until(over)
    rolled = job["answer"]["march"]
    told = page_of(client, plan, marches=[rolled])
    first, second_, third = (told.split(f"<h3>March: {name}</h3>")[1].split("<h3>")[0] for name in ("M1", "M2", "M3"))
    assert "12 min later than planned" in first
    assert "14:50:00" in second_  # shut ten minutes before its head comes
    assert "later than planned" not in second_
    assert "[not stated]" in third
    assert "later than planned" not in page_of(client, plan)
    other = made(client, plan, marches=[rolled | {"id": "M9"}])["error"]["message"]
    assert other.startswith("The answer is about the march 'M9', which the plan does not have.")


def test_what_is_of_another_plan_is_refused(client: httpx.Client) -> None:
    refused = made(client, marches=[{"id": "M2", "kind": "race"}])["error"]["message"]
    assert refused.startswith("The answer is something else")
    assert "Give the answer of 'clearway plan march PLAN --json' for this very plan." in refused
    assert made(client, stages=[{"plan": "tmp"}])["error"]["message"].startswith("The answer is something else")
