"""A situation report as PDF, set by Typst."""

from __future__ import annotations

import json
from importlib import resources
from typing import TYPE_CHECKING

import typst

if TYPE_CHECKING:
    from clearway.publish.sitrep.shape import Sitrep


def as_pdf(report: Sitrep) -> bytes:
    """The report as PDF on A4, tagged for screen readers. What is said goes in as data, never as markup."""
    template = resources.files("clearway.publish.sitrep").joinpath("sitrep.typ").read_bytes()
    pdf = typst.compile(template, format="pdf", sys_inputs={"report": json.dumps(report.as_json())})
    assert isinstance(pdf, bytes)  # noqa: S101 - one document gives one file
    return pdf
