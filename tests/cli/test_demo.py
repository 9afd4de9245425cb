"""``clearway demo`` and ``clearway serve`` as a user runs them."""

from __future__ import annotations

import signal
import socket
import subprocess
from typing import TYPE_CHECKING

import httpx
import pytest

from clearway.network.store import save_network
from patience import LAST_RESORT_S
from program import CLEARWAY, running

if TYPE_CHECKING:
    from pathlib import Path

    from clearway.network.model import Network


def ended(process: subprocess.Popen[str]) -> str:
    process.send_signal(signal.SIGINT)
    return process.communicate(timeout=LAST_RESORT_S)[0].strip()


@pytest.mark.slow
def test_the_demonstration_opens_ends_cleanly_and_opens_again(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    compiled = str(tmp_path_factory.mktemp("compiled"))  # a machine on which nothing was compiled before
    with running("demo", "--no-browser", folder=tmp_path, NUMBA_CACHE_DIR=compiled) as (process, address, said):
        assert said[0] == "Reading the streets ..."
        assert said[1].startswith("Preparing the search, first time only")
        network = httpx.get(f"{address}api/networks/wellington", timeout=LAST_RESORT_S).json()
        assert network["scenario"]["stretches"]
        assert ended(process) == "Clearway has ended."
        assert process.returncode == 0
    with running("demo", "--no-browser", folder=tmp_path, NUMBA_CACHE_DIR=compiled) as (process, address, said):
        assert said[0] == "Preparing the search ..."
        assert httpx.get(f"{address}api/networks", timeout=LAST_RESORT_S).is_success
        ended(process)
    assert [path.name for path in tmp_path.iterdir()] == ["data"]


@pytest.mark.slow
def test_your_own_network_is_served_with_site_and_stations(tmp_path: Path, wellington: Network, open_data: Path) -> None:
    save_network(wellington, tmp_path / "city.clearway")
    places = open_data / "wellington" / "places.geojson"
    arguments = ("serve", "city.clearway", "--stations", str(places), "--no-browser", "--data", "kept")
    with running(*arguments, folder=tmp_path) as (process, address, _):
        scenario = httpx.get(f"{address}api/networks/wellington", timeout=LAST_RESORT_S).json()["scenario"]
        assert {station["properties"]["kind"] for station in scenario["stations"]["features"]} == {
            "fire_station",
            "ambulance_station",
        }
        assert scenario["site"] is None
        ended(process)


def refused(*arguments: str, folder: Path) -> str:
    done = subprocess.run(  # noqa: S603 - our own program
        [*CLEARWAY, *arguments], cwd=folder, capture_output=True, text=True, timeout=LAST_RESORT_S, check=False
    )
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    return done.stderr


def test_a_port_in_use_is_said_in_one_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert f"Port {port} is in use" in refused("demo", "--no-browser", "--port", str(port), folder=tmp_path)


def test_a_data_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file")
    assert "Choose another folder with --data" in refused("demo", "--no-browser", "--data", "data/below", folder=tmp_path)


def test_a_network_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert "nowhere.clearway" in refused("serve", "nowhere.clearway", folder=tmp_path)
