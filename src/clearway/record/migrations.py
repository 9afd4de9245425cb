"""The schema's history, one for every database: numbered steps that are only ever added to.

Words in braces are what a database calls them (:class:`clearway.record.database.Database`).
"""

from __future__ import annotations

from clearway.record.entry import FIRST_HASH

_ENTRIES = """
CREATE TABLE entries (
    seq {bigint} PRIMARY KEY,
    stream {text} NOT NULL,
    version {bigint} NOT NULL,
    id {text} NOT NULL UNIQUE,
    kind {text} NOT NULL,
    written {text} NOT NULL,
    content {text} NOT NULL,
    hash {text} NOT NULL,
    UNIQUE (stream, version)
)
"""
_HEAD = "CREATE TABLE head (only_one {bigint} PRIMARY KEY CHECK (only_one = 1), seq {bigint} NOT NULL, hash {text} NOT NULL)"
_FIRST_HEAD = f"INSERT INTO head (only_one, seq, hash) VALUES (1, 0, '{FIRST_HASH}')"  # noqa: S608 - a constant of our own

_BY_STREAM = "CREATE INDEX entries_by_stream ON entries (stream, seq)"
_BY_KIND = "CREATE INDEX entries_by_kind ON entries (stream, kind, seq)"

_TEXTS = "CREATE TABLE texts (hash {text} PRIMARY KEY, content {text}, deleted {text})"

_PLATES = """
CREATE TABLE plates (
    mark {text} PRIMARY KEY,
    stream {text} NOT NULL,
    sealed {text},
    delete_by {text} NOT NULL,
    deleted {text}
)
"""

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (_ENTRIES, _HEAD, _FIRST_HEAD, "{forbid_change}"),
    (_BY_STREAM, _BY_KIND),
    (_TEXTS, "{forbid_rewriting}"),
    (_PLATES, "{forbid_unsealing}"),
)

PLATES_SINCE = 4
"""The schema from which on number plates lie beside the entries."""

TEXTS_SINCE = 3
"""The schema from which on texts lie beside the entries."""

READABLE_FROM = 1
"""The oldest schema that is read as it is where nothing can be written: the steps after it add indexes, and tables
of texts and plates that entries of before do not have."""
