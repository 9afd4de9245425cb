"""The town's server, started once."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from clearway.server.operations import ServedRecord
from serving import served_town, serving, town_record

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx

    from clearway.server.networks import ServedNetwork


@pytest.fixture(scope="session")
def town() -> ServedNetwork:
    return served_town()


@pytest.fixture(scope="session")
def client(town: ServedNetwork, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    store = town_record(tmp_path_factory.mktemp("record") / "room.record")
    with closing(store), serving(town, record=ServedRecord(store)) as opened:
        yield opened
