"""The Read desk: reports in, drafts out, and what became of each."""

from clearway.server.desks.read.inbox import warm_readers, watch_inbox
from clearway.server.desks.read.routes import router
from clearway.server.frame import ServerDesk

DESK = ServerDesk(router, prepare=warm_readers, run=watch_inbox)
