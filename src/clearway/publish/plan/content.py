"""The papers of a plan from what is known of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearway.planning.plan.document import plan_digest
from clearway.publish.plan.cards import gate_cards
from clearway.publish.plan.leaflet import leaflet_sections
from clearway.publish.plan.order import order_sections
from clearway.publish.plan.sections import plan_sections
from clearway.publish.plan.shape import PAPERS, Document

if TYPE_CHECKING:
    from clearway.publish.plan.known import Known
    from clearway.publish.plan.shape import Paper


def document_of(known: Known, papers: tuple[Paper, ...] = PAPERS) -> Document:
    """The papers of a plan.

    Args:
        known: The plan, and what is known of it.
        papers: Which of them.
    """
    return Document(
        title=known.plan.title,
        plan=known.plan.plan,
        version=known.plan.version,
        made=known.made,
        dated=known.time(known.made),
        sha256=plan_digest(known.plan),
        notices=known.gazetteer.network.notices if known.gazetteer else (),
        sections=plan_sections(known) if "plan" in papers else (),
        order=order_sections(known) if "order" in papers else (),
        leaflet=leaflet_sections(known) if "leaflet" in papers else (),
        cards=gate_cards(known) if "gates" in papers else (),
    )
