"""Cities that people bring in by the page: a file of their streets, sent in parts and imported in a process of its own."""

from clearway.server.desks.cities.desk import prepare
from clearway.server.desks.cities.routes import router
from clearway.server.frame import ServerDesk

DESK = ServerDesk(router, prepare=prepare)
