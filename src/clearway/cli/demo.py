"""``clearway demo``: Wellington in the browser."""

from __future__ import annotations

from contextlib import closing

import click

from clearway.cli.options.page import PageOptions
from clearway.cli.options.typed import takes
from clearway.cli.serve import CITIES, open_page


@click.command()
@takes(PageOptions, "page")
def demo(page: PageOptions) -> None:
    """Open the Wellington demonstration in the browser.

    What five news reports stated about the occupation of February 2022 is in the record: travel through its fourteen days and
    see what was known when. Under Plan stand barriers with their proof and the time from the nearest station to every frontage.
    Everything it stores is in the data folder; delete it and only compiled code in your cache folder remains.
    """
    data = page.folder()
    # imported late: a refusal does not wait for the planner
    from clearway.demo.prepare import demo_network, demo_record  # noqa: PLC0415
    from clearway.demo.wellington import (  # noqa: PLC0415
        ADDRESS_COST,
        SCENARIO_NAME,
        bundled_json,
        wellington_bus_lines,
        wellington_suburbs,
        wellington_tally,
        wellington_timetable,
        wellington_works,
    )
    from clearway.planning.plan.stages.means import means_of  # noqa: PLC0415
    from clearway.planning.vehicles.offer.places import places_of  # noqa: PLC0415
    from clearway.planning.vehicles.towing.means import means_of as tow_means_of  # noqa: PLC0415
    from clearway.server.city import city_from  # noqa: PLC0415
    from clearway.server.door import door_of  # noqa: PLC0415
    from clearway.server.networks import served_network  # noqa: PLC0415
    from clearway.server.operations import ServedRecord  # noqa: PLC0415
    from clearway.server.serve import LOCAL, bound_socket  # noqa: PLC0415
    from clearway.server.sources import TrafficSources  # noqa: PLC0415

    listener = bound_socket(LOCAL, page.port)
    door = door_of(LOCAL, listener.getsockname()[1], asked=LOCAL)
    network = demo_network(data, click.echo)
    site, stations = bundled_json("site.geojson"), bundled_json("stations.geojson")
    city = city_from(network, name=SCENARIO_NAME, site=site, stations=stations, address_cost=ADDRESS_COST)
    sources = TrafficSources(
        bus_lines=wellington_bus_lines,
        areas=wellington_suburbs,
        timetable=wellington_timetable(),
        works=wellington_works(),
        means=means_of(bundled_json("means.json")),
        tally=wellington_tally(),
        towing=tow_means_of(bundled_json("towing.json")),
        parking=places_of(bundled_json("parking.json")),
    )
    served = served_network(network, city, sources)
    with closing(demo_record(data, click.echo)) as store:
        open_page([served], listener, door, ServedRecord(store), browser=page.browser, cities=data / CITIES)
