"""The frame: what the server has, what a desk gives it, and how a desk's routes get the desk that works for them.

A route names its desk as a parameter, and the network or operation in its address does the rest:

    @router.get("/networks/{network}/search", ...)
    def search(desk: Annotated[MapDesk, Depends(at_network(MapDesk))], q: str) -> list[SearchHit]: ...
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

from anyio import CapacityLimiter
from fastapi import APIRouter, Depends, Request
from fastapi import Path as InPath

from clearway.errors import NotFound
from clearway.server.jobs import Jobs
from clearway.server.limits import USUAL, Limits
from clearway.server.networks import Networks, ServedNetwork
from clearway.server.operations import Operations, ServedOperation
from clearway.server.rights import Asker
from clearway.server.served import Served

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from pathlib import Path

T = TypeVar("T")

_REPORTS_AT_ONCE = 4


@dataclass(frozen=True, eq=False)
class Frame(Served):
    """What the server has. Desks that work on the whole of it are had by :meth:`Served.desk`.

    Attributes:
        networks: The networks by id.
        operations: The operations of its record; None where it keeps none.
        cities: The folder of the cities that people bring in by the page; None where it takes none.
        limits: How much of it one address may take.
        jobs: Long work.
        arriving: The threads of the requests that bring reports in; others never wait for one of theirs.
        reading: The threads of the requests that read a report again.
    """

    networks: Networks
    operations: Operations | None = None
    cities: Path | None = None
    limits: Limits = USUAL
    jobs: Jobs = field(default_factory=Jobs)
    arriving: CapacityLimiter = field(default_factory=lambda: CapacityLimiter(_REPORTS_AT_ONCE))
    reading: CapacityLimiter = field(default_factory=lambda: CapacityLimiter(_REPORTS_AT_ONCE))

    def end(self) -> None:
        """End long work, the live stream and what reads reports."""
        self.jobs.close()
        if self.operations:
            self.operations.feed.end()
            self.operations.record.readers.close()


@dataclass(frozen=True)
class ServerDesk:
    """What a desk gives the frame; its folder's ``__init__`` names it ``DESK``.

    Attributes:
        router: Its routes.
        prepare: Called before the server opens, so that nobody waits for what takes long the first time; nothing where absent.
        run: What runs for as long as the server does; nothing where absent.
    """

    router: APIRouter
    prepare: Callable[[Frame], None] | None = None
    run: Callable[[Frame], Coroutine[Any, Any, None]] | None = None


async def frame_of(request: Request) -> Frame:
    """The server's frame."""
    frame: Frame = request.app.state.frame
    return frame


TheFrame = Annotated[Frame, Depends(frame_of)]


async def network_of(
    network: Annotated[str, InPath(description="network id, as /api/networks lists it")], frame: TheFrame
) -> ServedNetwork:
    """The network that an address names.

    Raises:
        NotFound: there is none.
    """
    if network not in frame.networks:
        known = ", ".join(frame.networks) or "none yet"
        raise NotFound(f"There is no network '{network}'. This server has: {known}.")
    return frame.networks[network]


async def operations_of(frame: TheFrame) -> Operations:
    """The record's operations.

    Raises:
        NotFound: the server was started without a record.
    """
    if frame.operations is None:
        raise NotFound("This server keeps no record. Start it with --record FILE.")
    return frame.operations


TheOperations = Annotated[Operations, Depends(operations_of)]


def operation_of(
    operation: Annotated[str, InPath(description="operation id, as /api/operations lists it")],
    operations: TheOperations,
    person: Asker,
) -> ServedOperation:
    """The operation that an address names, as its asker may see it.

    Raises:
        NotFound: there is none, or they see nothing of it.
    """
    return operations.of(operation, person.releases)


def at_network(make: Callable[[ServedNetwork], T]) -> Callable[[ServedNetwork], T]:
    """A dependency: the desk that works on the network in the address; see :meth:`Served.desk`."""

    def desk_of(network: Annotated[ServedNetwork, Depends(network_of)]) -> T:
        return network.desk(make)

    return desk_of


def at_operation(make: Callable[[ServedOperation], T]) -> Callable[[ServedOperation], T]:
    """A dependency: the desk that works on the operation in the address, as its asker may see it."""

    def desk_of(operation: Annotated[ServedOperation, Depends(operation_of)]) -> T:
        return operation.desk(make)

    return desk_of
