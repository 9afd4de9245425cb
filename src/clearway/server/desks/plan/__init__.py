"""The Plan desk: cordon, access, and both in sentences."""

from clearway.server.desks.plan.desk import prepare
from clearway.server.desks.plan.routes import router
from clearway.server.frame import ServerDesk

DESK = ServerDesk(router, prepare=prepare)
