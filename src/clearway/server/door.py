"""Who reaches the server: on loopback whoever is at this machine; anybody else by a name that was given and with the token."""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import ip_address
from typing import TYPE_CHECKING

from clearway.errors import BadInput
from clearway.server.guard import LOCAL_NAMES
from clearway.server.token import Token, new_token

if TYPE_CHECKING:
    from collections.abc import Sequence

_NAME = re.compile(r"[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?")
_WARNING = (
    "Other machines can reach this server. Whoever has its token can read and write everything; and what is sent can be read "
    "along the way, unless a proxy in front adds https."
)


@dataclass(frozen=True)
class Door:
    """How the server is reached.

    Attributes:
        names: The host names that it answers to.
        token: What it asks for; None: nothing.
        address: Where it opens, the token with it where nobody knows that yet.
        also: Other addresses of the same page.
        warning: What to say before it opens; empty where there is nothing to warn of.
    """

    names: frozenset[str]
    token: Token | None
    address: str
    also: tuple[str, ...] = ()
    warning: str = ""


def door_of(bound: str, port: int, *, asked: str, names: Sequence[str] = (), token: str | None = None) -> Door:
    """The door of a server.

    Args:
        bound: The address that it listens on.
        port: Its port.
        asked: The host as it was asked for.
        names: The names by which other machines reach it.
        token: A token of the user's own; None: a new one where one is needed.

    Raises:
        BadInput: other machines could reach it and no name is given, or a name or the token cannot be used.
    """
    known = [_checked(name) for name in names]
    if not known and not ip_address(bound).is_loopback:
        raise BadInput(
            f"--host {asked} lets other machines in. Say what they call this one, since the server answers to no other name: "
            f"--hosts NAME[,NAME], such as --hosts {_example(bound)}."
        )
    own = LOCAL_NAMES | {_checked(name) for name in (bound, asked) if name not in _EVERYWHERE}
    if not known:
        return Door(own, Token(token) if token else None, f"http://{_checked(bound)}:{port}/")
    fresh = None if token else new_token()
    first, *others = (f"http://{name}:{port}/" for name in known)
    return Door(
        names=own | frozenset(known),
        token=Token(token or fresh or ""),
        address=f"{first}#token={fresh}" if fresh else first,
        also=tuple(others),
        warning=_WARNING,
    )


_EVERYWHERE = {"", "::", "0.0.0.0"}  # noqa: S104 - compared, not bound


def _example(bound: str) -> str:
    return "ops.example.org,192.168.1.20" if bound in _EVERYWHERE else _checked(bound)


def _checked(name: str) -> str:
    """A host name as browsers send it: small letters, IPv6 in brackets.

    Raises:
        BadInput: it is not the name of one host.
    """
    plain = name.strip().lower().removeprefix("[").removesuffix("]")
    try:
        address = ip_address(plain.partition("%")[0])
    except ValueError:
        if not _NAME.fullmatch(plain):
            raise BadInput(f"'{name}' is not the name of a host. Give names or addresses without http:// and port.") from None
        return plain
    return f"[{address}]" if address.version == 6 else str(address)  # noqa: PLR2004 - IPv6
