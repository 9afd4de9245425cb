"""The Talks desk: parties, terms, promises, requests, common ground, deadlocks of one operation."""

from clearway.server.desks.talks.routes import router
from clearway.server.frame import ServerDesk

DESK = ServerDesk(router)
