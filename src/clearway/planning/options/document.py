"""Options from files: read, and refused in one sentence that says what to do next."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pydantic import ValidationError

from clearway.errors import BadFile, BadInput
from clearway.planning.geojson import read_json
from clearway.planning.options.option import CutOff, Judgement, Option, Tow
from clearway.planning.talks.subjects import is_same_name
from clearway.shapes import sentence_of
from clearway.words import listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from clearway.planning.options.option import Basis, Criterion

_REMEDY = "Print an example with 'clearway decide option-template'."
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,31}")
_FEWEST_SOURCES = 2
"""One report may be wrong: the review of 2022 found that too much weight lay on one."""


def read_option(path: Path) -> Option:
    """An option from a file.

    Raises:
        BadFile: it cannot be read, is no option, or lacks what every option must have.
    """
    return option_of(read_json(path, _REMEDY), path)


def option_of(document: object, name: Path | str, remedy: str = _REMEDY) -> Option:
    """An option from parsed JSON.

    Args:
        document: The fields of an option.
        name: Of the file, for the sentence.
        remedy: How to come by an example.

    Raises:
        BadFile: it is no option, or lacks what every option must have.
    """
    try:
        option = Option.model_validate(document)
    except ValidationError as error:
        raise BadFile(name, "is not an option that can be used", sentence_of(error.errors(), remedy=remedy)) from error
    if fault := next(_faults(option), None):
        raise BadFile(name, *fault)
    return option


def refuse_twins(options: Iterable[Option]) -> None:
    """See that no two options have one id, and that there are two at least.

    Raises:
        BadInput: there are not.
    """
    ids = [option.id for option in options]
    if twins := sorted({one for one in ids if ids.count(one) > 1}):
        raise BadInput(f"Two options have the id {listed(twins)}. Give each an id of its own.")
    if len(ids) < 2:  # noqa: PLR2004 - one option is no choice
        raise BadInput("There is nothing to choose from. Give two options or more, each with --option FILE; waiting is one.")


def _faults(option: Option) -> Iterator[tuple[str, str]]:
    """What every option must have and this one lacks: the problem, and what to do next."""
    if not _ID.fullmatch(option.id):
        yield (
            f"has the id {option.id!r}",
            "Write it in lower-case letters, digits and hyphens, 32 at most, such as 'offer-and-move'.",
        )
    for act in option.does:
        if isinstance(act, CutOff) and not act.floor:
            yield f"cuts off {act.what} and leaves nobody a humanitarian floor", "Say under 'floor' what everybody still gets."
        if isinstance(act, CutOff) and not act.law:
            yield f"cuts off {act.what} and does not say what law says of it", "Say so under 'law', with the instrument."
        if isinstance(act, Tow) and (act.schedule is None) == (act.means is None):
            yield "tows and does not say how", "Give a 'schedule', or 'means' to make one of."
    for name in ("escalation", "vehicles_leave", "minutes_to_effect", "staff", "money"):
        said = getattr(option, name)
        if said is not None and said.low > said.high:
            yield f"has a range '{name}' from {said.low:g} to {said.high:g}", "Give the lower end as 'low'."
    yield from _criteria(option.criteria)
    for at, one in enumerate(option.risks):
        if any(is_same_name(one.risk, other.risk) for other in option.risks[:at]):
            yield f"says twice what it does to the risk {one.risk!r}", "Leave one of them out."
    yield from _sources(option.sources)


def _criteria(criteria: tuple[Criterion, ...]) -> Iterator[tuple[str, str]]:
    for criterion in criteria:
        bounds = [one for one in (criterion.at_least, criterion.at_most) if one is not None]
        if not bounds:
            yield f"has a criterion on {criterion.counted} without a bound", "Give 'at_most', 'at_least' or both."
        elif bounds != sorted(bounds):
            yield (
                f"has a criterion on {criterion.counted} that nothing can meet: at least {bounds[0]:g}, at most {bounds[1]:g}",
                "Give 'at_most' the higher one.",
            )


def _sources(sources: tuple[Basis, ...]) -> Iterator[tuple[str, str]]:
    for one in sources:
        if (one.entry is None) == (one.says is None) or (one.entry is None and one.by is None):
            yield "has a source that nobody can look up", "Give each an 'entry', or both 'says' and 'by'."
    apart = {one.entry or (one.by or "").casefold() for one in sources}
    if len(apart) < _FEWEST_SOURCES:
        remedy = "Add what somebody else says of it, or another entry, under 'sources'."
        yield f"rests on {'one source' if apart else 'no source'}", remedy


def judgements(option: Option) -> Iterator[tuple[str, Judgement]]:
    """The judgements of an option, by name."""
    for name in ("escalation", "vehicles_leave", "minutes_to_effect"):
        said = getattr(option, name)
        if said is not None:
            yield name, said
