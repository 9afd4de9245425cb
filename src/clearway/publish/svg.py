"""Drawings as SVG: a few words to make elements, and colours that colour-blind eyes can distinguish (Okabe and Ito, 2008).

Colours are presentation attributes: a page's own style sheet may replace them by class, documents take them as they are.
"""

from __future__ import annotations

from xml.etree import ElementTree as ET

BLUE, SKY, VERMILION, ORANGE, GREEN = "#0072b2", "#56b4e9", "#d55e00", "#e69f00", "#009e73"
INK, GREY, RULE, PAPER = "#1d2733", "#5b6773", "#d4dae0", "#ffffff"
FONTS = "system-ui, Libertinus Serif, sans-serif"

ET.register_namespace("", "http://www.w3.org/2000/svg")


class Drawing:
    """An SVG drawing in the making.

    Args:
        width: In user units, of which one is a CSS pixel at full size.
        height: Same.
        title: What it shows, read aloud.
    """

    def __init__(self, width: float, height: float, title: str) -> None:
        attributes = {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"0 0 {width:g} {height:g}",
            "role": "img",
            "aria-label": title,
            "font-family": FONTS,
            "font-size": "12",
        }
        self.root = ET.Element("svg", attributes)

    def add(self, tag: str, text: str | None = None, *, inside: ET.Element | None = None, **attributes: object) -> ET.Element:
        """Add an element; ``_`` in a name stands for ``-``, ``class_`` for ``class``, numbers are rounded to a tenth."""
        named = {name.rstrip("_").replace("_", "-"): _plain(value) for name, value in attributes.items() if value is not None}
        element = ET.SubElement(self.root if inside is None else inside, tag, named)
        element.text = text
        return element

    def __str__(self) -> str:
        """The drawing as text."""
        return ET.tostring(self.root, encoding="unicode")


def path(points: list[tuple[float, float]], *, closed: bool = False) -> str:
    """Points as the data of a path.

    >>> path([(0, 0), (10.04, 5)])
    'M0.0 0.0L10.0 5.0'
    """
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) + ("Z" if closed else "")


def _plain(value: object) -> str:
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else str(value)
