"""Asks a server, in which a desk was added, about it; prints the answers as JSON. Run by ``test_add_a_desk.py``."""

from __future__ import annotations

import json
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.append(str(Path(__file__).parent / "server"))

import clearway
from clearway.record.moments import calendar, moment_of
from clearway.record.open import open_record
from clearway.record.parse import draft_of
from clearway.server.app import create_app
from clearway.server.operations import ServedRecord
from clearway.server.rights import ACTIONS, LOCAL_USER, Person
from serving import running, served_town

if TYPE_CHECKING:
    import httpx
    from fastapi import Request

PEOPLE = {"room": LOCAL_USER, "public": Person("public", ACTIONS, frozenset({"public"}))}
NOBODY = Person("nobody", frozenset(), frozenset())
STREET, SAID = "/api/networks/drawn-town/crowd", "/api/operations/square/crowd"


def sign_in(request: Request) -> Person:
    return PEOPLE.get(request.headers.get("asker", ""), NOBODY)


def main(record: str) -> None:
    store = open_record(record)
    for low, release in ((300, "public"), (500, "room")):
        body = {"what": "people", "amount": {"low": low, "high": low, "about": True}}
        said = {"kind": "count", "body": body, "happened": "2022-02-18", "release": release}
        source = {"organisation": "Police"}
        store.append(
            "square", [draft_of(said | {"source": source}, calendar(), now=moment_of("2022-02-18T08:00Z"), entered="imported")]
        )
    app = create_app([served_town()], ServedRecord(store), sign_in=sign_in)
    with closing(store), running(app) as client:

        def asked(path: str, asker: str = "room", **params: float) -> tuple[int, Any]:
            answer: httpx.Response = client.get(path, params=params, headers={"asker": asker})
            return answer.status_code, answer.json()

        routes = [route for path in app.openapi()["paths"].values() for route in path.values()]
        found = {
            "program": clearway.__file__,
            "street": asked(STREET, way=3),
            "said": [asked(SAID, asker) for asker in PEOPLE],
            "refused": [asked(STREET, "nobody", way=3), asked(SAID, "nobody")],
            "unknown": asked(STREET, way=999_999),
            "malformed": asked(STREET, way=3, per_m2=10),
            "described": sorted(route["operationId"] for route in routes if "Crowd" in route["operationId"]),
        }
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1])
