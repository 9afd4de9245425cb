"""A cordon as given, asked of the server."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from clearway.planning.cordon.seal.contract import Seal
from serving import SOUTH, STEP, WEST, square

if TYPE_CHECKING:
    import httpx

SEAL, PLAN = "/api/networks/drawn-town/seal", "/api/networks/drawn-town/plan"
ARMS = ((2.5, 2), (1.5, 2), (2, 2.5), (2, 1.5))


def at(x: float, y: float, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - any field
    return {"lon": WEST + x * STEP, "lat": SOUTH + y * STEP} | more


def asked(client: httpx.Client, *barriers: dict[str, Any], **more: Any) -> Seal:  # noqa: ANN401 - any field
    answer = client.post(SEAL, json={"site": square(2, 2), "barriers": barriers} | more)
    assert answer.status_code == 200, answer.text
    return Seal.model_validate(answer.json())


def test_a_ring_is_sealed_and_one_with_a_gap_is_not(client: httpx.Client) -> None:
    whole = asked(client, *(at(*arm) for arm in ARMS))
    assert (whole.sealed, whole.idle, whole.encloses.streets) == (True, (), ("Third Avenue", "Third Street"))
    gap = asked(client, *(at(*arm) for arm in ARMS[:3]))
    assert [leak.streets[-1] for leak in gap.leaks] == ["Third Avenue"]
    assert gap.summary[0] == "Not sealed: 1 way in is left for vehicles past 3 barriers."


def test_the_barriers_of_a_plan_seal_what_it_was_made_for(client: httpx.Client) -> None:
    plan = client.post(PLAN, json={"site": square(2, 2)}).json()
    as_file = asked(client, file=json.dumps(plan))
    exact = [{key: barrier[key] for key in ("way_indexes", "at_m", "lon", "lat")} for barrier in plan["cordon"]["barriers"]]
    assert as_file.sealed
    assert asked(client, *exact).sealed
    assert [one.way_indexes for one in as_file.barriers] == [tuple(barrier["way_indexes"]) for barrier in exact]


def test_a_file_of_words_is_read_beside_points(client: httpx.Client) -> None:
    words = "Third Street at Fourth Avenue, west side\nThird Street, east side of Second Avenue\n"
    verdict = asked(client, at(*ARMS[2]), at(*ARMS[3]), file=words)
    assert [one.number for one in verdict.barriers] == [1, 2, 3, 4]
    assert verdict.sealed


@pytest.mark.parametrize(
    ("question", "status", "sentence"),
    [
        ({"barriers": []}, 400, "There are no barriers"),
        ({"site": None, "barriers": [at(2.5, 2)]}, 422, "There is no site"),
        ({"barriers": [at(2.5, 2.5)]}, 422, "Barrier 1 at .* is not on a street"),
        ({"barriers": [at(2, 2)]}, 422, "stands on the junction of Third Street and Third Avenue"),
        ({"barriers": [{"words": "Third Street at Third Avenue"}]}, 400, "fits 2 places"),
        ({"barriers": [{"words": "Nowhere Street at Third Avenue"}]}, 422, "Unknown street"),
        ({"barriers": [{"lon": 174.78}]}, 422, "Barrier 1 has no place. Give 'lon' and 'lat'"),
        ({"barriers": [{"way_indexes": [1]}]}, 422, "should have as many 'at_m' as 'way_indexes'"),
        ({"barriers": [{"way_indexes": [9999], "at_m": [1]}]}, 422, "Unknown way"),
        ({"file": "{"}, 400, "The file: is not JSON"),
        ({"barriers": [at(2.5, 2)], "shut": []}, 422, "'shut'"),
    ],
)
def test_what_cannot_be_used_gets_one_sentence(
    client: httpx.Client, question: dict[str, Any], status: int, sentence: str
) -> None:
    answer = client.post(SEAL, json={"site": square(2, 2)} | question)
    message = answer.json()["error"]["message"]
    assert answer.status_code == status, message
    assert re.search(sentence, message)
