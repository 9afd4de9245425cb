"""Mutants that make no difference, judged one by one; each with its reason, in ``judged.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

LIST = Path(__file__).with_name("judged.toml")


@dataclass(frozen=True)
class Judged:
    """One of them.

    Attributes:
        module: Its module, below ``src/clearway``.
        line: The line as it is written, without the space around it.
        change: What was written and what is written instead, as the harness prints it.
        reason: Why nobody could notice.
    """

    module: str
    line: str
    change: str
    reason: str


def judged() -> list[Judged]:
    """All of them."""
    return [Judged(**entry) for entry in tomllib.loads(LIST.read_text("utf-8")).get("mutant", [])]
