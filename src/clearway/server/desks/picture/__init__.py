"""The Picture desk: an operation's record, its picture, and what is new in it."""

from clearway.server.desks.picture.desk import prepare
from clearway.server.desks.picture.routes import router
from clearway.server.frame import ServerDesk

DESK = ServerDesk(router, prepare=prepare)
