"""Who may do and see what: the one place that decides. Every route of the API passes it; a test holds that.

Today there is one local user, who may do everything. Sign-in and roles come in here and nowhere else: ``person_of`` learns who
asks, ``allows`` learns the rules.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

from fastapi import Request  # noqa: TC002 - FastAPI reads the annotation at run time

from clearway.errors import NotAllowed

if TYPE_CHECKING:
    from collections.abc import Callable

    from clearway.record.entry import Release

Action = Literal["see the map", "plan", "see the record", "write entries", "open operations"]
ACTIONS: tuple[Action, ...] = get_args(Action)


RELEASES: tuple[Release, ...] = ("room", "partners", "public")


@dataclass(frozen=True, slots=True)
class Person:
    """Whoever asks."""

    name: str


LOCAL_USER = Person("local user")


def person_of(request: Request) -> Person:  # noqa: ARG001 - sign-in will read it
    """Who sends a request."""
    return LOCAL_USER


def allows(person: Person, action: Action, release: Release = "room") -> bool:
    """Whether a person may do an action; for what is seen, whether of an entry of this release level.

    >>> allows(LOCAL_USER, "plan"), allows(LOCAL_USER, "see the record", "room")
    (True, True)
    """
    return person == LOCAL_USER and action in ACTIONS and release in RELEASES


def may(action: Action) -> Callable[[Request], Person]:
    """A dependency that lets a request pass, or refuses it.

    Raises:
        NotAllowed: from the dependency, when the person may not.
    """

    def passes(request: Request) -> Person:
        person = person_of(request)
        if not allows(person, action):
            raise NotAllowed(f"{person.name} may not {action}. Ask whoever runs this room.")
        return person

    return passes
