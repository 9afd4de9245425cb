from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clearway.picture.changes import changes
from clearway.picture.index import PictureIndex
from clearway.picture.view import Moments, picture_of
from clearway.record.moments import calendar, moment_of
from clearway.record.open import open_record
from clearway.record.parse import draft_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from clearway.picture.contract import Changes
    from clearway.record.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_record(str(tmp_path / "room.record"))
    yield opened
    opened.close()


def tell(store: Store, entry_id: str, kind: str, hour: int, body: dict[str, object], **fields: object) -> None:
    moment = f"2022-02-18T{hour:02}:00Z"
    said = {"id": entry_id, "kind": kind, "body": body, "happened": moment, "known": moment} | fields
    store.append("s", [draft_of(said, calendar(), now=moment_of(moment), entered="imported")])


def between(store: Store, first: int, last: int) -> Changes:
    then, now = (moment_of(f"2022-02-18T{hour:02}:30Z") for hour in (first, last))
    index = PictureIndex()
    return changes(picture_of(store, index, "s", Moments(then, then)), picture_of(store, index, "s", Moments(now, now)))


def test_what_is_new_what_is_gone_what_became_overdue_and_contested(store: Store) -> None:
    street = {"place": {"type": "street", "street": "Hill Street"}}
    tell(store, "r1", "road_state", 8, {"state": "open"}, **street)
    lane = {"place": {"type": "street", "street": "Old Lane"}}
    tell(store, "l1", "road_state", 7, {"state": "open"}, **lane)
    tell(store, "p", "promise", 8, {"by": "Police", "what": "tow", "due": "2022-02-18T12:00Z"})
    tell(store, "c1", "count", 8, {"what": "tents", "amount": {"low": 40, "high": 40}}, source={"organisation": "Police"})
    tell(store, "r2", "road_state", 11, {"state": "shut"}, **street)
    tell(store, "l2", "road_state", 10, {"state": "shut"}, **lane)
    tell(store, "c2", "count", 11, {"what": "tents", "amount": {"low": 90, "high": 90}}, source={"organisation": "Groups"})
    found = between(store, 9, 13)
    assert [fact.id for fact in found.new] == ["r2", "c2", "l2"]
    assert [fact.id for fact in found.gone] == ["r1", "l1"]
    assert [fact.id for fact in found.newly_overdue] == ["p"]
    assert [(one.kind, [fact.id for fact in one.facts]) for one in found.newly_contested] == [("clash", ["c2", "c1"])]


def test_between_two_equal_pictures_nothing_changed(store: Store) -> None:
    tell(store, "i", "incident", 8, {"nature": "noise", "summary": "horns"})
    found = between(store, 9, 9)
    assert (found.new, found.gone, found.newly_overdue, found.newly_contested) == ([], [], [], [])


def test_what_was_overdue_past_or_contested_before_is_not_told_again_nor_what_one_alone_said(store: Store) -> None:
    for entry_id, due in (("p8", 8), ("p12", 12), ("p20", 20)):
        tell(store, entry_id, "promise", 7, {"by": "Police", "what": f"tow {entry_id}", "due": f"2022-02-18T{due:02}:00Z"})
        warned: dict[str, object] = {
            "by": "Groups",
            "to": "port",
            "demand": f"open {entry_id}",
            "otherwise": "x",
            "due": f"2022-02-18T{due:02}:00Z",
        }
        tell(store, f"i{due}", "ultimatum", 7, warned)
    for entry_id, hour, what, low in (
        ("a", 7, "tents", 40),
        ("b", 8, "tents", 90),
        ("c", 7, "toilets", 3),
        ("d", 11, "toilets", 9),
    ):
        body: dict[str, object] = {"what": what, "amount": {"low": low, "high": low}}
        tell(store, entry_id, "count", hour, body, source={"organisation": f"group {entry_id}"})
    rumour = {"office": "a post", "reliability": "E", "credibility": 4}
    tell(store, "rumour", "incident", 11, {"nature": "fire", "summary": "it burns"}, source=rumour)
    found = between(store, 9, 13)
    assert [one.id for one in found.newly_overdue] == ["p12"]
    assert [one.id for one in found.newly_past] == ["i12"]
    assert [(one.kind, [fact.id for fact in one.facts]) for one in found.newly_contested] == [("clash", ["d", "c"])]
