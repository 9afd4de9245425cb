"""The plans of an operation: begun, checked, compared, saved, adopted."""

from clearway.server.desks.plans.routes import router
from clearway.server.frame import ServerDesk

DESK = ServerDesk(router)
