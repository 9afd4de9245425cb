"""What tests of options share: options as documents, and figures made by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clearway.planning.options.contract import OptionFigure
from clearway.planning.options.option import Option

if TYPE_CHECKING:
    from collections.abc import Sequence

JUDGED = {"low": 0.1, "high": 0.2, "by": "planner", "why": "so far it was calm", "if_wrong": "people are hurt"}


def document(name: str, *acts: str, **more: object) -> dict[str, Any]:
    """An option as its file has it."""
    needs: dict[str, dict[str, object]] = {
        "talk": {"to": "groups", "about": "streets"}, "offer": {"what": "parking"}, "notice": {"text": "Go by Hill Street."},
        "barriers": {"plan": "plan.json"}, "tow": {"schedule": "tow.json"},
        "cut_off": {"what": "water", "floor": "two taps stay", "law": "a right to water"},
    }  # fmt: skip
    return {
        "id": name,
        "title": f"Option {name}",
        "does": [{"do": act} | needs.get(act, {}) for act in acts or ("wait",)],
        "escalation": JUDGED,
        "sources": [{"says": "It is calm.", "by": "police"}, {"says": "It is not.", "by": "residents"}],
        "dissent": {"says": "too slow", "by": "shops"},
    } | more


def option(name: str, *acts: str, **more: object) -> Option:
    """An option."""
    return Option.model_validate(document(name, *acts, **more))


def figure(low: float | None, high: float | None = None, *, better: str = "less", title: str = "lost") -> OptionFigure:
    """A figure, exact where one end is given."""
    end = low if high is None else high
    given: dict[str, Any] = {"figure": "lost", "title": title, "unit": "addresses", "better": better, "low": low, "high": end}
    return OptionFigure(**given, basis="computed", source="by hand")


def row(*values: float | None, better: Sequence[str] = ()) -> list[OptionFigure]:
    """Exact figures, less being better where nothing else is said; each with a title of its own."""
    which = [*better, *["less"] * (len(values) - len(better))]
    return [figure(value, better=which[at], title=f"figure {at}") for at, value in enumerate(values)]
