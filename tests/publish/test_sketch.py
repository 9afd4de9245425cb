"""The sketch map: numbers stand at spots, what is somewhere on a street is dotted along it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearway.planning.gazetteer import Gazetteer
from clearway.publish.sketch import Mark, sketch
from clearway.record.place_text import place_of_text

if TYPE_CHECKING:
    from clearway.network.model import Network


def svg_of(network: Network, *texts: str) -> str:
    gazetteer = Gazetteer(network, (174.7771, -41.2784))
    marks = [Mark(gazetteer.of(place_of_text(text)), "shut", at) for at, text in enumerate(texts, start=1)]
    drawn = sketch(network, marks, "Map")
    return drawn[0] if drawn else ""


def test_a_street_without_a_part_is_dotted_and_has_no_number(wellington: Network) -> None:
    svg = svg_of(wellington, "Hill Street", "Hill Street at Molesworth Street")
    assert svg.count('class="mark shut"') == 1
    assert ">2<" in svg
    assert ">1<" not in svg
    assert svg.count('stroke-dasharray="1 7"') == 7


def test_a_part_of_a_street_is_a_line_with_its_number(wellington: Network) -> None:
    svg = svg_of(wellington, "Featherston Street between Bunny Street and Whitmore Street")
    assert ">1<" in svg
    assert 'dasharray="1 7"' not in svg


def test_streets_alone_make_a_map_too_and_nothing_known_makes_none(wellington: Network) -> None:
    assert 'dasharray="1 7"' in svg_of(wellington, "Featherston Street")
    assert svg_of(wellington, "Nowhere Street") == ""
