"""The Buses desk: how buses drive under a plan, and where riders go."""

from clearway.server.desks.buses.routes import router
from clearway.server.frame import ServerDesk

DESK = ServerDesk(router)
