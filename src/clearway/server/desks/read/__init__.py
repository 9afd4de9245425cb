"""The Read desk: reports in, drafts out, and what became of each."""

from clearway.server.desks.read.inbox import watch_inbox
from clearway.server.desks.read.routes import router
from clearway.server.frame import ServerDesk

DESK = ServerDesk(router, run=watch_inbox)
