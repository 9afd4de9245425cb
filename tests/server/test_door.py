"""Who reaches a server that listens somewhere."""

from __future__ import annotations

import re

import pytest

from clearway.errors import BadInput
from clearway.server.door import door_of

OWN = "my-own-token-of-many-letters"


@pytest.mark.parametrize(
    ("bound", "asked", "address"),
    [
        ("127.0.0.1", "127.0.0.1", "http://127.0.0.1:8000/"),
        ("127.0.0.1", "localhost", "http://127.0.0.1:8000/"),
        ("127.0.0.2", "127.0.0.2", "http://127.0.0.2:8000/"),
        ("127.0.1.1", "laptop", "http://127.0.1.1:8000/"),
        ("::1", "::1", "http://[::1]:8000/"),
    ],
)
def test_at_this_machine_nothing_is_asked(bound: str, asked: str, address: str) -> None:
    door = door_of(bound, 8000, asked=asked)
    assert (door.token, door.address, door.warning) == (None, address, "")
    assert {"127.0.0.1", "localhost", "[::1]"} <= door.names
    assert address.removeprefix("http://").removesuffix(":8000/") in door.names
    assert asked in door.names or f"[{asked}]" in door.names


@pytest.mark.parametrize("bound", ["0.0.0.0", "::", "192.168.1.20", "10.0.0.1", "2001:db8::1", "169.254.1.1"])  # noqa: S104
def test_other_machines_get_in_by_a_name_and_a_token_alone(bound: str) -> None:
    with pytest.raises(BadInput, match="lets other machines in") as refused:
        door_of(bound, 8000, asked=bound, token=OWN)
    (example,) = re.findall(r"such as --hosts (\S+)\.$", str(refused.value))
    door = door_of(bound, 8000, asked=bound, names=example.split(","))  # what the message says works
    assert door.token is not None
    assert "Other machines can reach this server" in door.warning
    assert door.names >= set(example.split(","))
    assert not {"0.0.0.0", "[::]", "::", ""} & door.names  # noqa: S104


def test_the_address_is_one_that_works_elsewhere_and_carries_a_new_token() -> None:
    names = ["ops.example.org", " 192.168.1.20", "[2001:DB8::1]", "Van-Laptop"]
    door = door_of("0.0.0.0", 8000, asked="0.0.0.0", names=names)  # noqa: S104
    assert re.fullmatch(r"http://ops\.example\.org:8000/#token=[\w-]{32}", door.address)
    assert door.also == ("http://192.168.1.20:8000/", "http://[2001:db8::1]:8000/", "http://van-laptop:8000/")
    assert {"ops.example.org", "192.168.1.20", "[2001:db8::1]", "van-laptop", "localhost"} <= door.names
    assert door.address != door_of("0.0.0.0", 8000, asked="0.0.0.0", names=names).address  # noqa: S104


def test_a_token_of_your_own_is_not_printed() -> None:
    door = door_of("0.0.0.0", 8000, asked="0.0.0.0", names=["ops"], token=OWN)  # noqa: S104
    assert door.address == "http://ops:8000/"


def test_a_proxy_on_this_machine_brings_others_and_so_needs_the_token() -> None:
    door = door_of("127.0.0.1", 8000, asked="127.0.0.1", names=["ops.example.org"])
    assert door.token is not None
    assert door.warning
    assert door_of("127.0.0.1", 8000, asked="127.0.0.1", token=OWN).token is not None


@pytest.mark.parametrize("name", ["http://ops", "ops:8000", "ops/x", "*", "*.example.org", "a b", "-", "é"])
def test_what_is_not_the_name_of_one_host_is_refused(name: str) -> None:
    with pytest.raises(BadInput, match="is not the name of a host"):
        door_of("0.0.0.0", 8000, asked="0.0.0.0", names=[name])  # noqa: S104
