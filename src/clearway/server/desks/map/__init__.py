"""The map, for all desks: the networks there are, their tiles, their streets."""

from clearway.server.desks.map.desk import MapDesk
from clearway.server.desks.map.routes import router
from clearway.server.frame import Frame, ServerDesk


def _prepare(frame: Frame) -> None:
    for network in frame.networks.values():
        network.desk(MapDesk)


DESK = ServerDesk(router, prepare=_prepare)
