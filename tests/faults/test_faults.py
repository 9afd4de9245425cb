"""The trials of the record, each a few times: nothing that was acknowledged is lost, and nothing is pretended."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from faults.suite import TRIALS
from faults.trial import Trial, records

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from faults.trial import Record


@pytest.fixture
def files() -> Iterator[Callable[[], Record]]:
    with records(None) as new:
        yield new


@pytest.fixture
def schemas(postgres: str) -> Iterator[Callable[[], Record]]:
    with records(postgres) as new:
        yield new


def stood(trial: Trial, new: Callable[[], Record]) -> None:
    outcome = trial.run(new, trial.rounds[0])
    assert outcome.wrong == []
    assert outcome.lost == 0
    assert outcome.tried == trial.rounds[0] or trial.needs_rights


@pytest.mark.slow
@pytest.mark.parametrize("trial", [trial for trial in TRIALS if trial.only != "postgres"], ids=lambda trial: trial.name)
def test_a_record_in_a_file_stands_it(trial: Trial, files: Callable[[], Record]) -> None:
    stood(trial, files)


@pytest.mark.slow
@pytest.mark.parametrize("trial", [trial for trial in TRIALS if trial.only != "sqlite"], ids=lambda trial: trial.name)
def test_a_record_in_postgresql_stands_it(trial: Trial, schemas: Callable[[], Record]) -> None:
    stood(trial, schemas)
