"""A PDF's words."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import datetime

_MOST_PAGES = 200


class PdfWords(NamedTuple):
    """What a PDF says.

    Attributes:
        text: Its words.
        title: Its title, where it has one.
        made: When it was made, where it says so with its zone.
    """

    text: str
    title: str | None
    made: datetime | None


def pdf_words(data: bytes) -> PdfWords | None:
    """The words of a PDF; None where it cannot be read.

    Args:
        data: The file.
    """
    from pypdf import PdfReader  # noqa: PLC0415 - only PDFs need it
    from pypdf.errors import PyPdfError  # noqa: PLC0415 - same

    try:
        reader = PdfReader(io.BytesIO(data))
        pages = [page.extract_text() for page in reader.pages[:_MOST_PAGES]]
        metadata = reader.metadata
        made = metadata.creation_date if metadata else None
        title = metadata.title if metadata else None
    except (
        ArithmeticError,
        AttributeError,
        LookupError,
        NotImplementedError,
        PyPdfError,
        RecursionError,
        TypeError,
        ValueError,
    ):
        return None  # whatever a damaged file does to the reader
    return PdfWords("\n".join(pages), str(title) if title else None, made if made is not None and made.tzinfo else None)
