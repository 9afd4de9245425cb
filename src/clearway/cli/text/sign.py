"""Signed decisions, their pictures, the log and what follows, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearway.cli.text.talks import cited
from clearway.planning.decide.proposed import words_of
from clearway.words import counted, listed, time_words, vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from zoneinfo import ZoneInfo

    from clearway.planning.decide.contract import DecisionLog, Followed, ObjectiveOf, Opened, SignCheck, Signed
    from clearway.planning.decide.draft import FollowUp


def signed_lines(signed: Signed) -> Iterator[str]:
    """What was written, and what is still to do."""
    expects = f", with {counted(len(signed.expectations), 'expectation')}" if signed.expectations else ""
    follows = f"; {listed(signed.follows)} follow from it" if signed.follows else ""
    yield f"Written: {signed.decision}{expects}{follows}."
    if signed.empty:
        yield f"Not filled in: {listed(signed.empty)}. Fill it in with 'clearway decide complete {signed.decision}'."
    yield from signed.notices


def preview_lines(found: SignCheck, proposals: Sequence[FollowUp], by: str) -> Iterator[str]:
    """What has to be seen and filled in before it is signed, and what would follow; nothing was signed."""
    for one in found.contrary:
        against = f"contradicted by {listed([line.id for line in one.contradicted_by])}" if one.contradicted_by else ""
        single = "single source" if one.is_single_sourced else ""
        yield f"To be read: {one.line.id}, {listed([part for part in (against, single) if part])}: {one.line.says}."
    if found.empty:
        yield f"Not filled in: {listed(found.empty)}."
    yield from _numbered(proposals, by)
    yield "Nothing was signed."


def unwritten_lines(proposals: Sequence[FollowUp], by: str) -> Iterator[str]:
    """What follows from a decision that was signed, and was not written."""
    yield from _numbered(proposals, by)
    yield "None of these was written: --follow names those that are to be, as --preview lists them before you sign."


def _numbered(proposals: Sequence[FollowUp], by: str) -> Iterator[str]:
    yield "It follows:" if proposals else "Nothing follows from it that could be written."
    yield from (f"  {number}. {words_of(one, by)}" for number, one in enumerate(proposals, start=1))


def opened_lines(found: Opened, zone: ZoneInfo) -> Iterator[str]:
    """Whether it is the picture that was signed, and what it held."""
    yield found.says
    yield f"Digest, as signed: {found.digest}."
    if found.digest_found != found.digest:
        yield f"Digest, as found: {found.digest_found}."
    yield from (f"The chain: {problem}" for problem in found.problems)
    picture = found.picture
    for fact in (fact for figure in picture.counts for fact in figure.latest):
        yield f"  {fact.says} [{fact.id}]."
    for fact in (*picture.states, *picture.events, *picture.promises, *picture.requests):
        yield f"  {fact.says} [{fact.id}]."
    for line in found.since:
        yield f"Came later, and is not in it: {line.says.rstrip('.')} [{line.id}; known {time_words(line.known, zone)}]."


def log_lines(log: DecisionLog, zone: ZoneInfo) -> Iterator[str]:
    """Decisions and proposals, the first first."""
    if not log.decisions:
        yield "No decision is in the record at this moment."
    for row in log.decisions:
        by = f" Its place was taken by {listed(row.superseded_by)}." if row.superseded_by else ""
        is_due = row.state == "outcome_due" and row.body.review
        due = f" It was to be reviewed {time_words(row.body.review, zone)}." if is_due and row.body.review else ""
        yield f"{vocabulary(row.state).capitalize()}: {cited(row.line)}{by}{due}"
        if row.empty:
            yield f"  Not filled in: {listed(row.empty)}."
        for one in row.positions:
            earlier = "" if one.is_on_this_version else ", of an earlier version"
            yield f"  {one.by}: {one.stance}{f' {one.option}' if one.option else ''}{earlier}."
    for pair in log.contradictions:
        yield f"These contradict each other, {pair.why}: {cited(pair.first)} {cited(pair.second)}"


def followed_lines(found: Followed, zone: ZoneInfo) -> Iterator[str]:
    """The objective with who has read it, tasks, notices."""
    yield from _objective(found.objective, zone) if found.objective else ("No objective was set.",)
    for task in found.tasks:
        due = f", by {time_words(task.due, zone)}" if task.due else ""
        yield f"{vocabulary(task.state).capitalize()}: {task.what}{due} [{task.to}; {task.line.id}]."
    yield from (f"Notice: {cited(line)}" for line in found.notices)


def _objective(objective: ObjectiveOf, zone: ZoneInfo) -> Iterator[str]:
    yield f"Objective: {objective.what} [{objective.line.id}]."
    for post in objective.posts:
        yield f"  {post.post}: {f'read {time_words(post.read, zone)}' if post.read else 'not read'}."
