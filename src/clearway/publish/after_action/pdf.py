"""An after-action report as PDF, set by Typst."""

from __future__ import annotations

import json
from importlib import resources
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import typst

from clearway.publish.after_action.content import sections_of
from clearway.publish.plan.shape import GAP
from clearway.words import counted, time_words

if TYPE_CHECKING:
    from clearway.planning.decide.after_action import AfterAction


def as_pdf(report: AfterAction) -> bytes:
    """The report as PDF on A4, tagged for screen readers. What is said goes in as data, never as markup."""
    zone = ZoneInfo(report.zone)
    content = {
        "title": report.title,
        "dated": f"at {time_words(report.at, zone)}, as known at {time_words(report.known_at, zone)}",
        "made_of": f"Made of {counted(report.entries, 'entry', 'entries')} in force. SHA-256 of that picture: {report.digest}",
        "gap": GAP,
        "sections": [section.model_dump(mode="json") for section in sections_of(report)],
    }
    template = resources.files("clearway.publish.after_action").joinpath("after_action.typ").read_bytes()
    pdf = typst.compile(template, format="pdf", sys_inputs={"report": json.dumps(content)})
    assert isinstance(pdf, bytes)  # noqa: S101 - one document gives one file
    return pdf
