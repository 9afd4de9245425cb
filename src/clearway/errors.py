"""The one error tree of Clearway.

    ClearwayError                 anything a user can correct; carries an HTTP status and a process exit code
    ├── BadInput                  a file, form, request or command line that cannot be used as it is (400, exit 2)
    │   ├── BadFile               a file that is missing, cut short or of the wrong kind
    │   ├── BadGeometry           a shape that cannot be used: open, crossing itself, swapped, off the map
    │   ├── UnknownName           a name or number that is not in the network, table or list it was looked up in
    │   └── WrongType             a request whose body is of another type than its route takes (415)
    ├── NeedsToken                the server asks for its token, and got none or a wrong one (401)
    ├── NotAllowed                a person, or a page of another website, may not do or see this (403)
    ├── NotFound                  an address of the server, or an id, with nothing behind it (404)
    ├── Conflict                  somebody else was quicker, or an id is taken (409, exit 4)
    ├── Unavailable               a database, file or server that does not answer now but may later (503, exit 5)
    │   └── TooMany               one address asks for more than its share (429)
    ├── Infeasible                the question was understood and has no answer; the message names the conflict (422, exit 3)
    └── TooLong                   the question was understood, and its time ended before there was an answer (422, exit 6)

Every message is one sentence or two: what is wrong, and what to do next. The command line prints it alone; the server
sends it as ``{"error": {"kind": ..., "message": ...}}``. A traceback is always a fault of the program.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_NAMES_SHOWN = 8


class ClearwayError(Exception):
    """Root of all errors that a user can correct."""

    status = 500
    exit_code = 1

    @property
    def kind(self) -> str:
        """The class's name, as programs see it in JSON."""
        return type(self).__name__


class BadInput(ClearwayError):
    """Input that cannot be used as it is."""

    status = 400
    exit_code = 2


class BadFile(BadInput):
    """A file that is missing, cut short or of the wrong kind."""

    def __init__(self, path: Path | str, problem: str, remedy: str) -> None:
        """Say which file, what is wrong with it, and what to do next."""
        super().__init__(f"{path}: {problem}. {remedy}")
        self.path, self.problem, self.remedy = str(path), problem, remedy

    def __reduce__(self) -> tuple[type[BadFile], tuple[str, str, str]]:
        """What another process makes the same error of."""
        return type(self), (self.path, self.problem, self.remedy)


class BadGeometry(BadInput):
    """A shape that cannot be used."""

    status = 422


class UnknownName(BadInput):
    """A name or number that is not in the table it was looked up in."""

    status = 422

    def __init__(self, what: str, unknown: Iterable[object], known: Iterable[object] = ()) -> None:
        """Name what is unknown and, where the list is short enough to help, what is known."""
        message = f"Unknown {what}: {_shortened(unknown)}."
        choices = _shortened(known)
        super().__init__(f"{message} Known: {choices}." if choices else message)


class WrongType(BadInput):
    """A request's body is of another type than its route takes."""

    status = 415


class NeedsToken(ClearwayError):
    """The server asks for its token, and got none or a wrong one."""

    status = 401


class NotAllowed(ClearwayError):
    """A person, or a page of another website, may not do or see this."""

    status = 403


class NotFound(ClearwayError):
    """An address of the server, or an id, with nothing behind it."""

    status = 404


class Conflict(ClearwayError):
    """Somebody else was quicker, or an id is already in use."""

    status = 409
    exit_code = 4


class Unavailable(ClearwayError):
    """A database, file or server that does not answer now but may later."""

    retry_s: int | None = None
    """After how many seconds to ask again; None where a moment will do."""
    status = 503
    exit_code = 5


class TooMany(Unavailable):
    """One address asks for more than its share."""

    status = 429


class Infeasible(ClearwayError):
    """A question that was understood and has no answer; the message names the conflict."""

    status = 422
    exit_code = 3


class TooLong(ClearwayError):
    """A question that was understood, and whose time ended before there was an answer."""

    status = 422
    exit_code = 6


def _shortened(names: Iterable[object]) -> str:
    listed = [str(name) for name in names]
    rest = len(listed) - _NAMES_SHOWN
    return ", ".join(listed[:_NAMES_SHOWN]) + (f" and {rest} more" if rest > 0 else "")
