"""Write files whole or not at all."""

from __future__ import annotations

import contextlib
import io
import os
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TextIO

from clearway.errors import BadFile

if TYPE_CHECKING:
    from collections.abc import Iterator


_READABLE = 0o644
"""Permissions: temporary files are made for their owner alone, results are for all to read."""


@contextmanager
def writing(path: Path) -> Iterator[TextIO]:
    """A text file that appears under its name when the block ends well, and not at all when it does not.

    Raises:
        BadFile: the file cannot be written.
    """
    with writing_bytes(path) as file:
        text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
        yield text
        text.detach()


@contextmanager
def writing_bytes(path: Path) -> Iterator[BinaryIO]:
    """A file of bytes, whole or not at all.

    Raises:
        BadFile: the file cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".part")
    except OSError as error:
        raise BadFile(path, f"cannot be written ({error.strerror})", "Choose a folder that you may write to.") from error
    try:
        with os.fdopen(handle, "wb") as file:
            Path(temporary).chmod(_READABLE)
            yield file
        Path(temporary).replace(path)
    except OSError as error:
        raise BadFile(path, f"could not be written ({error.strerror})", "Choose another name, or free some space.") from error
    finally:
        with contextlib.suppress(FileNotFoundError):
            Path(temporary).unlink()
