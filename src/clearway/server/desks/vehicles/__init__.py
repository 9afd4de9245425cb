"""The Vehicles desk: where they stand, which to move first, and when not to."""

from fastapi import APIRouter

from clearway.server.desks.vehicles import room_routes, routes
from clearway.server.frame import ServerDesk

router = APIRouter()
for part in (routes.router, room_routes.router):
    router.include_router(part)

DESK = ServerDesk(router)
