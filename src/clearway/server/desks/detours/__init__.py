"""The Detours desk: how all other traffic drives under a plan, and where to warn it."""

from clearway.server.desks.detours.routes import router
from clearway.server.frame import ServerDesk

DESK = ServerDesk(router)
