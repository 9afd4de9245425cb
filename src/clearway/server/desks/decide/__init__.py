"""The Decide desk: the log of decisions, what each rests on, what came of it, options side by side, of one operation."""

from fastapi import APIRouter

from clearway.server.desks.decide import option_routes, routes
from clearway.server.frame import ServerDesk

router = APIRouter()
for part in (routes.router, option_routes.router):
    router.include_router(part)

DESK = ServerDesk(router)
