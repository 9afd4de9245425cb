"""What is new since an earlier picture: what a relieved shift asks first."""

from __future__ import annotations

from clearway.picture.contract import Changes, Fact, PictureAnswer


def changes(before: PictureAnswer, now: PictureAnswer) -> Changes:
    """What a picture has over an earlier one of the same operation.

    Args:
        before: The picture at the last report.
        now: The picture to report on.
    """
    old, new = shown_facts(before), shown_facts(now)
    was_overdue = {one.id for one in before.promises if one.overdue}
    was_past = {one.id for one in before.intents if one.is_past}
    was_contested = {(one.kind, one.says) for one in before.contested}
    return Changes(
        since_at=before.at,
        since_known_at=before.known_at,
        new=sorted((fact for key, fact in new.items() if key not in old), key=_newest_first, reverse=True),
        gone=sorted((fact for key, fact in old.items() if key not in new), key=_newest_first, reverse=True),
        newly_overdue=[one for one in now.promises if one.overdue and one.id not in was_overdue],
        newly_past=[one for one in now.intents if one.is_past and one.id not in was_past],
        newly_contested=[
            one for one in now.contested if one.kind != "single_source" and (one.kind, one.says) not in was_contested
        ],
    )


def shown_facts(picture: PictureAnswer) -> dict[str, Fact]:
    """Every entry that a picture shows, by its id and its part."""
    facts = [
        *(fact for count in picture.counts for fact in count.statements),
        *picture.flows,
        *picture.states,
        *picture.events,
        *picture.promises,
        *picture.intents,
        *picture.requests,
        *picture.conditions,
    ]
    return {fact.id + fact.part: fact for fact in facts}


def _newest_first(fact: Fact) -> tuple[object, ...]:
    return fact.happened.start, fact.known, fact.id
