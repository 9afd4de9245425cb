"""The papers of a plan as PDF, set by Typst."""

from __future__ import annotations

import json
from importlib import resources
from typing import TYPE_CHECKING

import typst

from clearway.publish.plan.shape import GAP

if TYPE_CHECKING:
    from clearway.publish.plan.shape import Document


def as_pdf(document: Document) -> bytes:
    """The papers as PDF on A4, black and white, tagged for screen readers. What is said goes in as data, never as markup."""
    template = resources.files("clearway.publish.plan").joinpath("plan.typ").read_bytes()
    content = document.model_dump(mode="json") | {"gaps": document.gaps, "gap": GAP}
    pdf = typst.compile(template, format="pdf", sys_inputs={"document": json.dumps(content)})
    assert isinstance(pdf, bytes)  # noqa: S101 - one document gives one file
    return pdf
