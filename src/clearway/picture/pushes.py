"""What moves a forecast beside the figures: what was expected, announced or done, as a stated drift that can be left out.

A push says which figure it moves and in which direction, never by how much: its strength is stated here. It acts from the
moment looked at on, since what it did before stands in the figures; what it moves is as unsure as it is large.
"""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING

from clearway.picture.contract import PushOf
from clearway.picture.estimate import CREDIBILITY_TRUST, RELIABILITY_TRUST, Pushed
from clearway.picture.lasting import begins
from clearway.picture.subjects import where_key
from clearway.record.kinds.figures import Count, figure_kind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import datetime

    from clearway.picture.facts import Facts
    from clearway.record.entry import Entry
    from clearway.record.kind import Push, Theme

FORETOLD = 0.10
"""By what share something expected or announced moves a figure in a day."""

DONE = 0.05
"""By what share something done does, such as a cordon closed; most of what it moves stands in the next count. What was done of
one theme, such as all that shuts streets, does so together."""

LASTS = timedelta(hours=48)
"""How long a push acts at most."""

_DAY_S = 86_400


def pushes_on(
    figures: Mapping[str, Sequence[Entry]], entries: Iterable[Entry], facts: Facts, without: Collection[str]
) -> dict[str, list[PushOf]]:
    """What moves the forecasts of some figures.

    A push moves the figure of everybody at its own place. Where there is none, or where it acts elsewhere, it moves the one of
    which most was said, which stands at another place.

    Args:
        figures: The statements of each figure by its key, latest first.
        entries: In force: states, events, what is announced.
        facts: Of the picture.
        without: Ids of entries that are left out.

    Returns:
        By the figure's key; figures that nothing moves are left out.
    """
    found: dict[str, list[tuple[Theme | None, PushOf]]] = {}
    for entry in entries:
        push = entry.draft.body.push
        made = _made(push, entry, facts, without) if push else None
        if push is None or made is None:
            continue
        together = entry.draft.body.about.theme if push.is_done else None
        for what in push.figures:
            if (key := _moved(figures, what, entry, is_elsewhere=push.is_elsewhere)) is not None:
                found.setdefault(key, []).append((together, made))
    return {key: _shared(pushes) for key, pushes in found.items()}


def _shared(pushes: Sequence[tuple[Theme | None, PushOf]]) -> list[PushOf]:
    """Things done of one theme share the strength of one: a cordon of eight barriers is one cordon."""
    used = Counter(theme for theme, push in pushes if theme and push.is_used)
    return [push.model_copy(update={"strength": push.strength / max(used[theme], 1)}) if theme else push
            for theme, push in pushes]  # fmt: skip


def drifts(pushes: Iterable[PushOf], at: datetime) -> list[Pushed]:
    """Those that are not left out, for the estimate: in days from a moment."""

    def days(moment: datetime) -> float:
        return (moment - at).total_seconds() / _DAY_S

    return [
        Pushed(days(one.starts), days(one.ends), one.strength if one.direction == "more" else -one.strength)
        for one in pushes
        if one.is_used
    ]


def _made(push: Push, entry: Entry, facts: Facts, without: Collection[str]) -> PushOf | None:
    """A push as it is shown; None where it no longer acts."""
    since = max(push.starts or begins(entry.draft), entry.draft.happened.start)
    starts, ends = max(since, facts.at), min(push.ends or since + LASTS, max(since, facts.at) + LASTS)
    if push.is_done:
        ends = min(ends, since + LASTS)
    if ends <= starts:
        return None
    reliability, credibility = entry.draft.source.weight
    trust = RELIABILITY_TRUST[reliability] * CREDIBILITY_TRUST[credibility]
    return PushOf(
        entry=entry.id,
        says=entry.draft.body.says(facts.zone),
        direction="more" if push.is_more else "fewer",
        starts=starts,
        ends=ends,
        strength=(DONE if push.is_done else FORETOLD) * trust,
        is_used=entry.id not in without,
    )


def _moved(figures: Mapping[str, Sequence[Entry]], what: str, entry: Entry, *, is_elsewhere: bool) -> str | None:
    """The key of the figure that it moves; None where there is none."""
    here = where_key(entry.draft)
    of_all = {key: said for key, said in figures.items() if _is_of_all(said[0], what)}
    at_its_place = [key for key, said in of_all.items() if where_key(said[0].draft) == here]
    if at_its_place and not is_elsewhere:
        return at_its_place[0]
    elsewhere = [key for key in of_all if key not in at_its_place or not here]
    return max(elsewhere, key=lambda key: (len(of_all[key]), key), default=None)


def _is_of_all(entry: Entry, what: str) -> bool:
    body = entry.draft.body
    return isinstance(body, Count) and body.what == what and body.group is None and figure_kind(what) == "population"
