"""What the rows of a record say of it."""

from __future__ import annotations

import pytest

from clearway.errors import ClearwayError
from clearway.record.entry import FIRST_HASH
from clearway.record.rows import Head, head_of


@pytest.mark.parametrize("row", [("3", FIRST_HASH), (-1, FIRST_HASH), (3, FIRST_HASH[1:]), (3, 7)])
def test_a_head_that_cannot_be_read_is_damage(row: tuple[object, object]) -> None:
    assert head_of([(0, FIRST_HASH)]) == Head(0, FIRST_HASH)
    with pytest.raises(ClearwayError, match="where it ends cannot be read"):
        head_of([row])
