"""Who may do what, and which entries they may see: the one place that decides. Every route of the API passes it.

Today there is one local user, who may do everything. Sign-in comes in by ``create_app(sign_in=...)``: a function that says
who sends a request and what they may do.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal, get_args

from fastapi import Depends, Header, Request

from clearway.errors import NotAllowed
from clearway.record.entry import RELEASES, Release

if TYPE_CHECKING:
    from collections.abc import Callable

    SignIn = Callable[[Request], "Person"]

Action = Literal["see the map", "plan", "see the record", "write entries", "open operations", "find a vehicle"]
ACTIONS: frozenset[Action] = frozenset(get_args(Action))


@dataclass(frozen=True, slots=True)
class Person:
    """Who sends a request, and what they may do.

    Attributes:
        name: As they are called in a refusal.
        actions: What they may do.
        releases: The release levels of the entries that they may see, and write where they may write.
    """

    name: str
    actions: frozenset[Action]
    releases: frozenset[Release]


LOCAL_USER = Person("local user", ACTIONS, RELEASES)


def local_user(request: Request) -> Person:  # noqa: ARG001 - another sign-in reads it
    """Everybody is the one local user."""
    return LOCAL_USER


async def person_of(request: Request) -> Person:
    """Who sends a request."""
    sign_in: SignIn = request.app.state.sign_in
    return sign_in(request)


Asker = Annotated[Person, Depends(person_of)]


async def turn_of(
    request: Request,
    person: Asker,
    clearway_tab: Annotated[
        str | None,
        Header(max_length=64, description="a name that a caller gives itself: its requests share the server's time as one"),
    ] = None,
) -> str:
    """Who shares the server's time with the others: a person, or of the one local user a tab or a connection.

    A tab gives itself a name, in the header ``Clearway-Tab``; where none is given, each connection is on its own.
    """
    if person is not LOCAL_USER:
        return f"person {person.name}"
    if clearway_tab:
        return f"tab {clearway_tab}"
    host, port = request.client or ("", 0)
    return f"connection {host} {port}"


TurnOf = Annotated[str, Depends(turn_of)]


@dataclass(frozen=True, slots=True)
class May:
    """A dependency that lets a request pass, or refuses it: ``dependencies=[Depends(May("plan"))]``.

    Attributes:
        action: What the request does.
        release: The release level of what it writes, where that is the same each time.
    """

    action: Action
    release: Release | None = None

    async def __call__(self, person: Asker) -> None:
        """Let the person pass.

        Raises:
            NotAllowed: they may not.
        """
        if self.action not in person.actions or (self.release is not None and self.release not in person.releases):
            raise NotAllowed(f"{person.name} may not {self.action}. Ask the person who runs this room.")
