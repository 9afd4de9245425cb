"""What a picture says of itself: what its record can be checked by, and that nothing is said twice where nothing was said."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from clearway.picture.contract import Anchor
from clearway.record.moments import moment_of


def test_an_anchor_says_how_it_is_checked_later() -> None:
    anchor = Anchor(seq=7, hash="ab" * 32, written=moment_of("2022-02-18T06:05Z"))
    said = anchor.says(ZoneInfo("Pacific/Auckland"))
    assert said == (
        f"The record up to entry 7, written Fri 18 Feb 2022 19:05. Its hash: {'ab' * 32}. "
        f"To check it later: clearway record verify --head 7:{'ab' * 32}"
    )
