"""A situation report as one HTML file that needs nothing else: styles and drawings are inside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

if TYPE_CHECKING:
    from clearway.publish.sitrep.shape import Sitrep

_TEMPLATES = Environment(
    loader=PackageLoader("clearway.publish.sitrep", "."), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
    lstrip_blocks=True,
)  # fmt: skip
_TEMPLATES.filters["drawing"] = Markup  # our own drawings, their texts escaped when they were made


def as_page(report: Sitrep) -> str:
    """The report as HTML, for the screen and for paper."""
    return _TEMPLATES.get_template("sitrep.html.j2").render(report=report)
