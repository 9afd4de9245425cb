"""An optional second reader: a language model behind an address that speaks OpenAI's chat API. Off unless an address is set.

What it proposes passes the same checks as every draft, and it must quote the report: a proposal whose quotation is not in the report
word for word, or whose figures are not in that quotation, is dropped.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import httpx
from pydantic import TypeAdapter, ValidationError

from clearway.errors import BadInput, ClearwayError, Unavailable
from clearway.intake.modality import is_negated
from clearway.intake.passages import Stretch
from clearway.intake.reader import Proposal
from clearway.record.kinds import BODY, KINDS
from clearway.record.parts import Amount, amount_words

if TYPE_CHECKING:
    from clearway.intake.reader import Reading
    from clearway.record.kinds import Body

_MOST_PROPOSALS = 200
_MOST_TEXT = 60_000
_CONFIDENCE = 0.5
_TASK = (
    'You read a report for an incident room. Answer with JSON only: {"entries": [{"quote": words copied exactly from the report, '
    '"body": an object with "kind" and the fields of that kind}]}. Enter only what the quoted words say. Never name private persons. '
    "Kinds and fields, as JSON schema: "
)
_ANSWER: TypeAdapter[dict[str, Any]] = TypeAdapter(dict[str, Any])
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(frozen=True, slots=True)
class Model:
    """Where a language model answers.

    Attributes:
        address: Base address, such as ``http://127.0.0.1:11434/v1``.
        name: Which model.
        key: Sent as bearer token; None for none.
        timeout_s: How long one report may take.
    """

    address: str
    name: str
    key: str | None = None
    timeout_s: float = 120.0

    def propose(self, reading: Reading) -> list[Proposal]:
        """Further drafts for a report, checked against its words, without those that the rules already found.

        Args:
            reading: The report as the rules read it.

        Raises:
            Unavailable: the address does not answer, or not with what was asked for.
            BadInput: the address cannot be used.
        """
        content = self._ask(reading.report.text[:_MOST_TEXT])
        taken = {(proposal.draft.kind, proposal.span.start) for proposal in reading.proposals}
        found: list[Proposal] = []
        for number, one in enumerate(content[:_MOST_PROPOSALS]):
            proposal = _supported(one, reading, number)
            if proposal is not None and (proposal.draft.kind, proposal.span.start) not in taken:
                found.append(proposal)
        return found

    def _ask(self, text: str) -> list[Any]:
        messages = [{"role": "system", "content": _TASK + json.dumps(BODY.json_schema())}, {"role": "user", "content": text}]
        headers = {"authorization": f"Bearer {self.key}"} if self.key else {}
        try:
            answer = httpx.post(
                f"{self.address.rstrip('/')}/chat/completions", json={"model": self.name, "messages": messages, "temperature": 0},
                headers=headers, timeout=self.timeout_s,
            )  # fmt: skip
            answer.raise_for_status()
            said = answer.json()["choices"][0]["message"]["content"]
            entries = _ANSWER.validate_json(said[said.index("{") : said.rindex("}") + 1])["entries"]
        except (httpx.UnsupportedProtocol, httpx.InvalidURL) as error:
            raise BadInput(
                f"{self.address!r} is not the address of a language model. Give one such as http://127.0.0.1:11434/v1."
            ) from error
        except (httpx.HTTPError, ValueError, KeyError, IndexError, TypeError, AttributeError) as error:
            raise Unavailable(
                f"The language model at {self.address} gave no usable answer. The drafts made by rules are complete without it."
            ) from error
        return entries if isinstance(entries, list) else []


def _supported(one: object, reading: Reading, number: int) -> Proposal | None:
    """A proposal as a draft; None where its words are not in the report, or do not hold what it says."""
    if not isinstance(one, dict) or not isinstance(one.get("quote"), str) or not isinstance(one.get("body"), dict):
        return None
    quote, body = one["quote"].strip(), one["body"]
    start = reading.report.text.find(quote) if len(quote) > 3 else -1  # noqa: PLR2004 - a word at least
    if start < 0 or body.get("kind") not in KINDS.in_form:
        return None
    try:
        checked: Body = BODY.validate_python(body)
    except (ValidationError, ClearwayError):
        return None
    span = Stretch(start, start + len(quote))
    base = next((proposal for proposal in reading.proposals if proposal.span.meets(span)), None)
    if base is None or not _figures_stand(checked, quote):
        return None
    source = base.draft.source.model_copy(
        update={
            "words": tuple(
                words.model_copy(update={"start": span.start, "end": span.end}) for words in base.draft.source.words[:1]
            )
        }
    )
    draft = base.draft.model_copy(update={"id": f"{base.draft.id[:48]}-m{number}", "body": checked, "source": source})
    modality = "not_done" if is_negated(reading.report.text, span.start, span.end) else base.modality
    why = (
        "proposed by the language model, found word for word in the report",
        "speaker, time and place as the rules read them",
    )
    return Proposal(draft, span, span, modality, _CONFIDENCE, why)


def _figures_stand(body: Body, quote: str) -> bool:
    """Whether every figure of a body stands in the quoted words, in digits or as they were said."""
    amounts = [value for name in type(body).model_fields if isinstance(value := getattr(body, name), Amount)]
    digits = {
        float(found.replace(",", ""))
        for found in _NUMBER.findall(quote)
        if found.replace(",", "").replace(".", "", 1).isdigit()
    }
    plain = " ".join(quote.lower().split())
    return all(
        amount_words(amount).lower() in plain or {bound for bound in (amount.low, amount.high) if bound is not None} <= digits
        for amount in amounts
    )
