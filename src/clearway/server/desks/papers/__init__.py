"""The Papers desk: what crews, staff at a gate and residents hold in their hands, of a plan that need not be saved."""

from clearway.server.desks.papers.routes import router
from clearway.server.frame import ServerDesk

DESK = ServerDesk(router)
