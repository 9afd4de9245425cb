"""Read a PDF's words from standard input, with bounds on memory and time; a process of its own, since a PDF may be hostile.

python -m clearway.intake.pdf BYTES SECONDS < file.pdf
"""

from __future__ import annotations

import io
import json
import logging
import sys

_MOST_PAGES = 200


def _bounded(memory: int, seconds: int) -> None:
    """Bound what this process may take, where the system can."""
    try:
        import resource  # noqa: PLC0415 - not on every system
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))


def main() -> int:
    """Print the words as JSON; 1 where the file cannot be read."""
    _bounded(int(sys.argv[1]), int(sys.argv[2]))
    logging.disable()
    from pypdf import PdfReader  # noqa: PLC0415 - within the bounds
    from pypdf.errors import PyPdfError  # noqa: PLC0415 - same

    try:
        reader = PdfReader(io.BytesIO(sys.stdin.buffer.read()))
        pages = [page.extract_text() for page in reader.pages[:_MOST_PAGES]]
        metadata = reader.metadata
        made = metadata.creation_date if metadata else None
        title = metadata.title if metadata else None
    except (
        PyPdfError,
        ValueError,
        TypeError,
        KeyError,
        IndexError,
        AttributeError,
        RecursionError,
        MemoryError,
        OverflowError,
    ):
        return 1  # whatever a damaged file does to the reader; the parent says it in a sentence
    published = made.isoformat() if made is not None and made.tzinfo else None
    sys.stdout.write(json.dumps({"text": "\n".join(pages), "title": str(title) if title else None, "published": published}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
