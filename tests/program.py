"""The program as a user runs it: a process of its own, which serves."""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CLEARWAY = [sys.executable, "-m", "clearway"]


@contextlib.contextmanager
def running(*arguments: str, folder: Path, **environment: str) -> Iterator[tuple[subprocess.Popen[str], str, list[str]]]:
    """A started command, the address it printed, and what it had said before."""
    process = subprocess.Popen(  # noqa: S603 - our own program
        [*CLEARWAY, *arguments],
        cwd=folder,
        env=os.environ | {"PYTHONUNBUFFERED": "1"} | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    said: list[str] = []
    try:
        assert process.stdout is not None
        for line in process.stdout:
            said.append(line.strip())
            if found := re.search(r"http://\S+/", line):
                yield process, found[0], said
                break
        else:
            pytest.fail(f"The command ended: {said}")
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()
