"""The Log desk: every entry of an operation in a flat list, filtered, in order, and as CSV."""

from clearway.server.desks.log.routes import router
from clearway.server.frame import ServerDesk

DESK = ServerDesk(router)
