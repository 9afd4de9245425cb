"""Levels of restrictions in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearway.cli.text.talks import cited, request_lines
from clearway.words import listed, time_words, vocabulary, when_words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zoneinfo import ZoneInfo

    from clearway.planning.decide.level_contract import Gathering, LevelChange, Levels, SchemeOf


def level_lines(levels: Levels, zone: ZoneInfo) -> Iterator[str]:
    """What holds, what it means here, what would ease it."""
    at, known = time_words(levels.at, zone), time_words(levels.known_at, zone)
    yield f"{levels.title}: restrictions at {at}, as known at {known}."
    if not levels.schemes:
        yield "No level of restrictions is in the record. Enter each as an entry of the kind 'restriction_level'."
    for scheme in levels.schemes:
        yield from _scheme(scheme, zone)
    yield from (f"On duty here, to whom rules for staff apply: {cited(line)}" for line in levels.staff)
    yield from (f"Demanded: {cited(line)}" for line in levels.demands)
    yield from (f"Said: {cited(line)}" for line in levels.said)


def _scheme(scheme: SchemeOf, zone: ZoneInfo) -> Iterator[str]:
    where = f" ({scheme.where})" if scheme.where else ""
    if scheme.level and scheme.since:
        until = f" until {time_words(scheme.until, zone)}" if scheme.until else ""
        yield f"{scheme.scheme}{where}: {scheme.level}, since {when_words(scheme.since, zone)}{until}."
    else:
        over = "The last level that was said is over, and nobody has said what came after it." if scheme.is_over else ""
        yield f"{scheme.scheme}{where}: which level holds is not known. {over}".rstrip()
    if scheme.line:
        yield f"  By {cited(scheme.line)}"
    yield from (f"  Said otherwise: {cited(line)}" for line in scheme.contested_by)
    yield from (f"  Rule: {rule}" for rule in scheme.rules)
    yield from (f"  For staff: {rule}" for rule in scheme.staff_rules)
    if scheme.level:
        yield f"  This gathering, {_gathering(scheme.gathering)}"
    yield from (f"  Eases when: {words}" for words in scheme.eases_when)
    if scheme.stays_when:
        yield f"  Stays when: {scheme.stays_when}"
    yield from (f"  To come, from {time_words(one.starts, zone)}: {one.level} [{one.line.id}]" for one in scheme.coming)
    for change in scheme.changes:
        yield from _change(change)
    for asked in scheme.asked:
        yield from (f"  {line}" for line in request_lines(asked, zone))


def _change(change: LevelChange) -> Iterator[str]:
    yield f"  At {change.to} [{change.line.id}], {_gathering(change.gathering)}"
    parts = {
        "Would go": change.dropped,
        "Would come": change.added,
        "Would go for staff": change.staff_dropped,
        "Would come for staff": change.staff_added,
    }
    yield from (f"    {name}: {listed(rules)}." for name, rules in parts.items() if rules)


def _gathering(one: Gathering) -> str:
    return f"{one.limit}: {vocabulary(one.state)}. {one.why}"
