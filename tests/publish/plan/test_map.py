"""The maps of a plan: true to scale, north up, in black and white, with names and labels that can be read."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from clearway.publish.plan.map import Mark, Sheet, Trace, drawn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from clearway.network.model import Network

SVG = "{http://www.w3.org/2000/svg}"
CROSS = """
n 1 -300 0
n 2 0 0
n 3 300 0
n 4 0 -300
n 5 0 300
w 10 1,2,3 highway=primary name="Te Ara o T\u016bpuna"
w 11 4,2,5 highway=residential name="Hill Street"
"""


@pytest.fixture
def cross(draw: Callable[[str], Network]) -> Network:
    """Two streets, 600 m long each."""
    return draw(CROSS)


def at(network: Network, east: int, north: int) -> tuple[float, float]:
    """A spot so many hundred metres from the crossing: a third of the way to an end is 100 m."""
    west, south = float(network.junction_lon.min()), float(network.junction_lat.min())
    wide, high = float(network.junction_lon.max()) - west, float(network.junction_lat.max()) - south
    return west + wide * (3 + east) / 6, south + high * (3 + north) / 6


def root_of(network: Network, sheet: Sheet) -> ET.Element:
    text = drawn(network, sheet)
    assert text is not None
    return ET.fromstring(text)  # noqa: S314 - our own


def boxes(root: ET.Element) -> Iterator[tuple[float, float, float, float]]:
    for one in root.iter(f"{SVG}rect"):
        if one.get("stroke-width") == "0.7":
            x, y, wide, high = (float(one.get(name, "")) for name in ("x", "y", "width", "height"))
            yield x, y, x + wide, y + high


@pytest.mark.parametrize("width", [260.0, 520.0])
def test_two_gates_are_as_far_apart_as_the_scale_says_and_north_is_up(cross: Network, width: float) -> None:
    marks = (Mark("gate", at(cross, -1, -1)), Mark("gate", at(cross, 1, 2)))
    root = root_of(cross, Sheet("Two gates", "plan, version 1", marks, width=width))
    bar = re.search(
        r"M8 \S+V\S+H(\S+)V", next(one.get("d", "") for one in root.iter() if (one.get("d") or "").startswith("M8 "))
    )
    (metres,) = (int(one.text[:-2]) for one in root.iter() if one.text and re.fullmatch(r"\d+ m", one.text))
    per_metre = (float(bar[1]) - 8) / metres if bar else 0
    (x1, y1), (x2, y2) = ((float(one.get("cx", "")), float(one.get("cy", ""))) for one in root.iter() if one.get("r") == "6.5")
    assert (x2 - x1, y1 - y2) == pytest.approx((200 * per_metre, 300 * per_metre), rel=0.01)
    assert width / 12 < float(bar[1]) - 8 <= width / 4 if bar else False


def test_a_barrier_lies_across_its_street(cross: Network) -> None:
    """One on a street to the east is drawn upright, one on a street to the north lies level."""
    marks = (Mark("barrier", at(cross, 1, 0), "E", 0.0), Mark("barrier", at(cross, 0, 1), "N", 90.0))
    root = root_of(cross, Sheet("Barriers", "", marks))
    turned = [
        one.get("transform", "").split()[0] for one in root.iter() if one.get("width") == "17" and one.get("fill") == "#000000"
    ]
    assert turned == ["rotate(90.0", "rotate(0.0"]


def test_streets_have_their_names_once_letter_by_letter(cross: Network) -> None:
    root = root_of(cross, Sheet("Names", "foot", (Mark("gate", at(cross, 3, 3)), Mark("gate", at(cross, -3, -3)))))
    names = [one for one in root.iter(f"{SVG}text") if one.text not in ("N", "foot") and not (one.text or "").endswith(" m")]
    written = [(one.text, one.get("fill"), one.get("stroke")) for one in names]
    assert sorted(written[1::2]) == [("Hill Street", "#000000", None), ("Te Ara o T\u016bpuna", "#000000", None)]
    assert [(name, "#ffffff", "#ffffff") for name, *_ in written[1::2]] == written[::2]  # its whole halo lies below a name


def test_forty_signs_in_one_place_have_forty_labels_and_none_on_another(cross: Network) -> None:
    marks = tuple(Mark("gate", at(cross, 0, 0), f"G{number}") for number in range(40))
    shows = (at(cross, -3, -3), at(cross, 3, 3))
    root = root_of(cross, Sheet("Crowded", "", marks, shows=shows))
    found = list(boxes(root))
    assert len(found) == 40
    for one, other in itertools.combinations(found, 2):
        assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
    assert all(box[0] >= 0 and box[1] >= 0 and box[2] <= 520 and box[3] <= 400 for box in found)


def test_the_ground_held_is_hatched_within_its_outline_alone(cross: Network) -> None:
    ring = tuple(at(cross, east, north) for east, north in ((-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1)))
    root = root_of(cross, Sheet("Ground", "", site=(ring,), shows=(at(cross, -2, -2), at(cross, 2, 2))))
    outline = next(one.get("d", "") for one in root.iter() if one.get("stroke-width") == "1.2")
    xs, ys = zip(*((float(x), float(y)) for x, y in re.findall(r"([\d.]+) ([\d.]+)", outline)), strict=True)
    hatch = [one.get("d", "") for one in root.iter() if one.get("stroke-width") == "0.7" and one.get("d")]
    assert len(hatch) > 20
    for x, y in (point for line in hatch for point in re.findall(r"([\d.]+) ([\d.]+)", line)):
        assert min(xs) - 0.1 <= float(x) <= max(xs) + 0.1
        assert min(ys) - 0.1 <= float(y) <= max(ys) + 0.1


def test_arrows_of_a_detour_point_the_way_that_traffic_drives(cross: Network) -> None:
    line = (at(cross, -3, 0), at(cross, 3, 0))
    for driven, ahead in ((line, 1), (line[::-1], -1)):
        root = root_of(cross, Sheet("Detour", "", traces=(Trace(driven, "detour"),), shows=line))
        arrows = [
            one.get("d", "") for one in root.iter() if (one.get("d") or "").endswith("Z") and one.get("fill") == "#000000"
        ][:-1]
        assert len(arrows) >= 3
        for arrow in arrows:
            tip, left, right = (float(x) for x, _ in re.findall(r"([\d.]+) ([\d.]+)", arrow))
            assert (tip - left) * ahead > 0
            assert (tip - right) * ahead > 0


def test_more_signs_than_a_map_has_room_for_are_smaller(cross: Network) -> None:
    def scale(count: int) -> set[str | None]:
        marks = tuple(Mark("gate", at(cross, -1, 0), f"G{number}") for number in range(count))
        groups = [
            one for one in root_of(cross, Sheet("Gates", "", marks)).iter(f"{SVG}g") if one.find(f"{SVG}circle") is not None
        ]
        assert len(groups) == count
        return {(re.findall(r"scale\((.*?)\)", one.get("transform", "")) or [None])[0] for one in groups}

    assert (scale(25), scale(26)) == ({None}, {"0.72"})


def test_nothing_to_show_is_no_map(cross: Network) -> None:
    assert drawn(cross, Sheet("Nothing", "")) is None
