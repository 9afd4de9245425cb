"""The papers of a plan as one HTML file that needs nothing else: styles and maps are inside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from clearway.publish.plan.shape import GAP

if TYPE_CHECKING:
    from clearway.publish.plan.shape import Document

_TEMPLATES = Environment(
    loader=PackageLoader("clearway.publish.plan", "."), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
    lstrip_blocks=True,
)  # fmt: skip
_TEMPLATES.filters["drawing"] = Markup  # our own maps, their texts escaped when they were made


def as_page(document: Document) -> str:
    """The papers as HTML, for the screen and for paper."""
    return _TEMPLATES.get_template("page.html.j2").render(document=document, gap=GAP).lstrip()
