"""The drawing of a figure: every statement where its numbers say, the estimate behind it, names without markup of others."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from clearway.picture.index import PictureIndex
from clearway.picture.view import Moments, picture_of
from clearway.publish.plot import caption, plot
from clearway.record.moments import calendar, moment_of
from clearway.record.open import open_record
from clearway.record.parse import draft_of

if TYPE_CHECKING:
    from pathlib import Path

    from clearway.picture.contract import CountOf

SVG = "{http://www.w3.org/2000/svg}"
AT = moment_of("2022-02-18T00:00Z")


def count(tmp_path: Path, *amounts: dict[str, object], what: str = "vehicles", days: float = 1) -> CountOf:
    store = open_record(str(tmp_path / "room.record"))
    for number, amount in enumerate(amounts):
        when = moment_of("2022-02-16T00:00Z") + timedelta(hours=6 * number * days)
        said = {"id": f"v{number}", "kind": "count", "body": {"what": what, "amount": amount}, "happened": when.isoformat()}
        said |= {"known": when.isoformat(), "source": {"office": "<b>&", "organisation": f"O{number}"}}
        store.append("s", [draft_of(said, calendar(), now=AT, entered="imported")])
    picture = picture_of(store, PictureIndex(), "s", Moments(AT, AT))
    store.close()
    return picture.counts[0]


def drawn(figure: CountOf) -> ET.Element:
    return ET.fromstring(plot(figure, AT, "Pacific/Auckland"))  # noqa: S314 - our own drawing


def test_every_statement_is_drawn_in_its_own_way_and_carries_its_entry(tmp_path: Path) -> None:
    root = drawn(count(tmp_path, {"low": 450, "high": 450}, {"low": 300, "high": 600}, {"low": 500}, {"high": 700}))
    groups = {group.get("data-entry"): group for group in root.iter(f"{SVG}g")}
    assert sorted(filter(None, groups)) == ["v0", "v1", "v2", "v3"]
    shapes = {entry: {part.get("class") for part in group} - {None} for entry, group in groups.items()}
    assert shapes == {"v0": {"dot"}, "v1": {"range"}, "v2": {"range", "tip"}, "v3": {"range", "tip"}}
    assert {part.get("class") for part in root} >= {"band", "band forecast", "at", "likely"}
    title = groups["v1"].find(f"{SVG}title")
    assert title is not None
    assert title.text == "300 to 600, <b>&, O1 (F6), 42 h ago"


def test_higher_figures_stand_higher_and_later_ones_further_right(tmp_path: Path) -> None:
    root = drawn(count(tmp_path, {"low": 300, "high": 300}, {"low": 400, "high": 400}, {"low": 350, "high": 350}))
    dots = [(float(dot.get("cx", "")), float(dot.get("cy", ""))) for dot in root.iter(f"{SVG}circle")]
    first, second, third = dots
    assert first[0] < second[0] < third[0]
    assert second[1] < third[1] < first[1]
    base = next(float(line.get("y2", "")) for line in root.iter(f"{SVG}line") if line.get("class") == "at")
    assert (base - third[1]) / (base - first[1]) == pytest.approx(350 / 300, abs=0.01)


@pytest.mark.parametrize("amounts", [[{"low": 0, "high": 0}], [{"low": 1, "high": 1}, {"low": 2_000_000, "high": 2_000_000}]])
def test_zero_and_millions_are_drawn_inside_the_frame(tmp_path: Path, amounts: list[dict[str, object]]) -> None:
    root = drawn(count(tmp_path, *amounts))
    _, _, width, height = map(float, root.get("viewBox", "").split())
    for dot in root.iter(f"{SVG}circle"):
        assert 0 <= float(dot.get("cx", "")) <= width
        assert 0 <= float(dot.get("cy", "")) <= height
    labels = [text.text for text in root.iter(f"{SVG}text") if text.get("class") == "axis"]
    assert len(labels) == len(set(labels))


def test_the_caption_names_every_speaker_by_number(tmp_path: Path) -> None:
    said = caption(count(tmp_path, {"low": 450, "high": 450, "about": True}, {"low": 800}), "Pacific/Auckland")
    assert said.startswith("Vehicles: 1 about 450 (<b>&, O0, Wed 16 Feb 2022 13:00); 2 at least 800")
