"""``clearway plan export``: forms, refusals, and the demonstration's plan within twelve pages beside its gate cards."""

from __future__ import annotations

import io
import json
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from pypdf import PdfReader

from clearway.cli import root
from clearway.demo.prepare import demo_network, demo_record
from clearway.demo.wellington import wellington_timetable
from clearway.errors import BadFile, BadInput, NotFound

if TYPE_CHECKING:
    from clearway.errors import ClearwayError

PLAN = {
    "plan": "tmp",
    "title": "Round the square",
    "barriers": [
        {"id": "G1", "place": {"type": "point", "at": [174.7722, -41.2798], "label": "By the bank"}, "opens": "staffed"},
        {"id": "B2", "place": "Nowhere Street at No Lane"},
    ],
}


def run(*words: object, code: int = 0) -> str:
    result = CliRunner().invoke(root, [str(word) for word in words])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == code, result.output
    return result.stdout


@pytest.fixture
def plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A plan in a folder without a record."""
    monkeypatch.chdir(tmp_path)
    Path("plan.json").write_text(json.dumps(PLAN))
    return Path("plan.json")


@pytest.mark.parametrize(
    ("words", "error", "says"),
    [
        (["plan.json"], BadInput, "Say in which form: --pdf, --html"),
        (["plan.json", "--pdf"], BadInput, "A PDF needs a file. Name it with --out plan.pdf."),
        (["plan.json", "--html", "--json"], BadInput, "Two forms need a file for one of them."),
        (["plan.json", "--csv", "--gtfs", "feed.zip"], BadInput, "--gtfs is of no use without streets. Give --network too."),
        (["none.json", "--csv"], BadFile, "none.json: cannot be opened"),
        (["plan.json", "--csv", "--out", "plan.json/table.csv"], BadFile, "cannot be written"),
        (["other", "--csv", "--record", "room.record"], NotFound, "room.record"),
    ],
)
def test_what_cannot_be_written_says_why_and_writes_nothing(
    plan: Path, words: list[str], error: type[ClearwayError], says: str
) -> None:
    with pytest.raises((error, BadFile)) as raised:
        run("plan", "export", *words)
    assert says in str(raised.value)
    assert list(Path.cwd().iterdir()) == [Path.cwd() / plan]


def test_each_form_is_written_and_replaces_what_was_there(plan: Path) -> None:
    begins = {
        "pdf": b"%PDF-",
        "html": b"<!doctype html>",
        "geojson": b'{"type"',
        "kml": b"<?xml",
        "gpx": b"<?xml",
        "csv": b"kind,",
    }
    out = Path("out")
    for form, begin in begins.items():
        out.write_text("old")
        said = run("plan", "export", plan, f"--{form}", "--out", out)
        assert out.read_bytes().startswith(begin)
        assert said == f"Written to out.{'' if form in ('pdf', 'html') else ' Nobody knows a spot for: B2.'}\n"
        if form != "pdf":
            assert run("plan", "export", plan, f"--{form}").encode().startswith(begin)
    assert sorted(Path.cwd().iterdir()) == [Path.cwd() / "out", Path.cwd() / "plan.json"]


def test_json_counts_the_marks_of_the_papers_that_are_asked_for(plan: Path) -> None:
    whole = json.loads(run("plan", "export", plan, "--json"))
    cards = json.loads(run("plan", "export", plan, "--json", "--paper", "gates"))
    assert whole["gaps"] == json.dumps(whole).count("null") > cards["gaps"] == json.dumps(cards).count("null") > 0
    assert [card["gate"] for card in cards["cards"]] == ["G1"]
    assert cards["sections"] == cards["order"] == cards["leaflet"] == []
    both = run("plan", "export", plan, "--html", "--json", "--paper", "gates", "--out", "cards.html")
    assert json.loads(both)["gaps"] == Path("cards.html").read_text().count("[not stated]") == cards["gaps"]


@pytest.mark.slow
def test_the_demonstrations_plan_takes_twelve_pages_beside_its_gate_cards(tmp_path: Path) -> None:
    """From the record, on its streets, with its buses: every mark is counted, no page lacks plan and version."""
    demo_network(tmp_path, lambda _: None)
    with closing(demo_record(tmp_path)):
        pass
    found = run(
        "plan", "export", "parliament", "--pdf", "--json", "--out", tmp_path / "plan.pdf",
        "--record", tmp_path / "wellington.record",
        "--network", tmp_path / "wellington.clearway", "--stations", tmp_path / "stations.geojson",
        "--gtfs", wellington_timetable(),
    )  # fmt: skip
    document = json.loads(found)
    pages = [
        " ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO((tmp_path / "plan.pdf").read_bytes())).pages
    ]
    cards = [page for page in pages if page.startswith("Gate card")]
    assert len(cards) == len(document["cards"]) == 4
    assert len(pages) - len(cards) <= 12
    assert " ".join(pages).count("[not stated]") == document["gaps"]
    assert all(f"parliament, version {document['version']}" in page for page in pages)
    assert all("nearest hospital" in card.casefold() and "Wellington Regional Hospital" in card for card in cards)


@pytest.mark.slow
def test_a_plan_of_the_cheapest_cordon_with_its_march_and_buses_takes_twelve_pages_beside_its_cards(tmp_path: Path) -> None:
    """Eleven gates, some thirty movements to be sent round, and as many ways of buses: more than is usual."""
    demo_network(tmp_path, lambda _: None)
    network, drawn = tmp_path / "wellington.clearway", tmp_path / "plan.json"
    run("plan", "from-cordon", network, "--site", tmp_path / "site.geojson", "--out", drawn)
    march = {
        "id": "M1",
        "along": ["Featherston Street", "Hunter Street", "Victoria Street"],
        "starts": "2022-02-21T12:00+13:00",
    }
    drawn.write_text(json.dumps(json.loads(drawn.read_text()) | {"marches": [march | {"people": 2000}]}))
    found = run(
        "plan", "export", drawn, "--pdf", "--json", "--out", tmp_path / "plan.pdf", "--network", network,
        "--stations", tmp_path / "stations.geojson", "--gtfs", wellington_timetable(), "--zone", "Pacific/Auckland",
    )  # fmt: skip
    pages = [page.extract_text() for page in PdfReader(io.BytesIO((tmp_path / "plan.pdf").read_bytes())).pages]
    cards = [page for page in pages if page.startswith("Gate card")]
    assert len(cards) == len(json.loads(found)["cards"]) == 11
    assert len(pages) - len(cards) <= 12
    whole = " ".join(" ".join(pages).split())
    assert whole.count("[not stated]") == json.loads(found)["gaps"]
    assert f"{len(pages)} / {len(pages)}" in whole
