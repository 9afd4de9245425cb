"""An operation that plays on no network says what cannot be done, and what to do."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from clearway.errors import BadInput
from clearway.server.operations import ServedOperation, ServedRecord
from serving import town_record

if TYPE_CHECKING:
    from pathlib import Path

    from clearway.server.networks import ServedNetwork


def test_what_needs_streets_is_refused_without_them_and_has_them_with_them(tmp_path: Path, town: ServedNetwork) -> None:
    with closing(town_record(tmp_path / "room.record")) as store:
        record = ServedRecord(store)
        without, on_it = (ServedOperation("square", record, frozenset({"room"}), store, one, None) for one in (None, town))
        assert on_it.streets("nothing can be placed") is town
        with pytest.raises(BadInput, match="plays on no network, so nothing can be placed"):
            without.streets("nothing can be placed")
