"""``clearway demo`` and ``clearway serve`` as a user runs them."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
from typing import TYPE_CHECKING

import httpx
import pytest

from clearway.network.store import save_network
from patience import LAST_RESORT_S
from program import CLEARWAY, running
from serving import drawn_town

if TYPE_CHECKING:
    from pathlib import Path

    from clearway.network.model import Network

pytestmark = pytest.mark.slow


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


@pytest.mark.slow
def test_other_machines_get_in_with_the_token_that_is_printed_once(tmp_path: Path) -> None:
    save_network(drawn_town(), tmp_path / "town.clearway")
    arguments = ("serve", "town.clearway", "--host", "0.0.0.0", "--hosts", "127.0.0.1,localhost")  # noqa: S104
    with running(*arguments, folder=tmp_path) as (process, address, said):
        assert process.stdout is not None
        assert any("Other machines can reach this server" in line for line in said)
        (token,) = re.findall(r"#token=(\S+)", said[-1])
        assert httpx.get(f"{address}api/networks").status_code == 401
        assert httpx.get(f"{address}api/networks", headers={"authorization": f"Bearer {token}"}).status_code == 200
        assert httpx.get(f"{address}api/networks", headers={"host": "evil.example"}).status_code == 421
        said.append(ended(process))
    assert said[-1].splitlines()[-1] == "Clearway has ended."
    assert "\n".join(said).count(token) == 1


@pytest.mark.slow
def test_a_token_of_your_own_is_taken_from_a_file_or_the_environment_and_never_printed(tmp_path: Path) -> None:
    save_network(drawn_town(), tmp_path / "town.clearway")
    secret = "correct-horse-battery-staple"  # noqa: S105 - a test's
    (tmp_path / "token").write_text(f"{secret}\n")
    for more, environment in ((("--token-file", "token"), {}), ((), {"CLEARWAY_TOKEN": secret})):
        with running("serve", "town.clearway", "--no-browser", *more, folder=tmp_path, **environment) as (
            process,
            address,
            said,
        ):
            assert httpx.get(f"{address}api/networks").status_code == 401
            assert httpx.get(f"{address}api/networks", headers={"authorization": f"Bearer {secret}"}).status_code == 200
            assert secret not in "\n".join([*said, ended(process)])


def test_a_server_that_others_could_reach_does_not_start_without_names(tmp_path: Path) -> None:
    save_network(drawn_town(), tmp_path / "town.clearway")
    for host in ("0.0.0.0", "::"):  # noqa: S104
        said = refused("serve", "town.clearway", "--host", host, folder=tmp_path)
        assert f"--host {host} lets other machines in" in said
        assert "--hosts NAME[,NAME]" in said
    named = refused("serve", "town.clearway", "--hosts", "http://ops", folder=tmp_path)
    assert "'http://ops' is not the name of a host" in named
    (tmp_path / "token").write_text("short")
    assert "A token has 20" in refused("serve", "town.clearway", "--token-file", "token", folder=tmp_path)
    assert "Give a file that holds the token" in refused("serve", "town.clearway", "--token-file", "none", folder=tmp_path)


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
