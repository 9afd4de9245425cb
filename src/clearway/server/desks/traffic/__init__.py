"""The Traffic desk: what closures do to the city."""

from clearway.server.desks.traffic.routes import router
from clearway.server.frame import ServerDesk

DESK = ServerDesk(router)
