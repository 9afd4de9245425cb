"""One line on standard error that says how far a long command is; nothing where nobody looks at it."""

from __future__ import annotations

import shutil
import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self, TextIO


class Progress:
    """Shows each message over the one before, with the seconds since the start; quiet where the stream is no terminal."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr
        self._shows = self._stream.isatty()
        self._start = time.monotonic()

    def __enter__(self) -> Self:
        """Start the clock's line."""
        return self

    def tell(self, message: str) -> None:
        """Show a message."""
        if self._shows:
            width = shutil.get_terminal_size().columns - 1
            line = f"{time.monotonic() - self._start:6.1f} s  {message}"
            self._stream.write(f"\r{line[:width]:<{width}}")
            self._stream.flush()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Take the line away."""
        if self._shows:
            width = shutil.get_terminal_size().columns - 1
            self._stream.write("\r" + " " * width + "\r")
            self._stream.flush()
