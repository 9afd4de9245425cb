"""A city is brought in: sent in parts, imported with progress, cancelled, refused; and there again after a new start."""

from __future__ import annotations

from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from clearway.errors import BadFile, BadInput, Conflict, NotFound, TooMany
from clearway.record.open import open_record
from clearway.server.app import create_app
from clearway.server.desks.cities.desk import kept_cities
from clearway.server.desks.cities.uploads import MOST_AT_ONCE, PART_BYTES, Uploads
from clearway.server.operations import ServedRecord
from patience import until
from serving import running, served_town

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx

pytestmark = pytest.mark.slow

HELSINKI = Path(__file__).parents[3] / "data" / "osm" / "helsinki-centre.osm.pbf"
OCTETS = {"content-type": "application/octet-stream"}


@contextmanager
def room(folder: Path, *, with_town: bool = True) -> Iterator[httpx.Client]:
    """A server that takes cities in, with a record."""
    networks = [served_town()] if with_town else []
    with closing(open_record(str(folder / "room.record"))) as store:
        app = create_app([*networks, *kept_cities(folder / "cities")], ServedRecord(store), cities=folder / "cities")
        with running(app) as client:
            yield client


def sent(client: httpx.Client, name: str, data: bytes, part: int = PART_BYTES) -> str:
    upload: dict[str, Any] = client.post("/api/uploads", json={"name": name, "size": len(data)}).json()
    for at in range(0, len(data), part):
        answer = client.post(f"/api/uploads/{upload['id']}", params={"at": at}, content=data[at : at + part], headers=OCTETS)
        assert answer.status_code == 200, answer.text
    return str(upload["id"])


def imported(client: httpx.Client, upload: str, name: str) -> dict[str, Any]:
    """How the import ends."""
    job: dict[str, Any] = client.post("/api/imports", json={"upload": upload, "name": name}).json()
    return until(lambda: ended(client, job["id"]))


def ended(client: httpx.Client, job: str) -> dict[str, Any]:
    found: dict[str, Any] = client.get(f"/api/imports/{job}").json()
    return found if found["state"] not in ("waiting", "working") else {}


def left(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "cities").iterdir())


def test_a_city_is_used_at_once_and_is_there_again_after_a_new_start(tmp_path: Path) -> None:
    with room(tmp_path, with_town=False) as client:
        assert client.get("/api/networks").json() == []
        job = imported(client, sent(client, "helsinki.osm.pbf", HELSINKI.read_bytes(), 200_000), "Helsinki  Töölö")
        assert (job["state"], job["share"]) == ("done", 1.0)
        assert (job["answer"]["id"], job["answer"]["name"]) == ("helsinki-toolo", "Helsinki Töölö")
        assert client.get("/api/networks/helsinki-toolo").json()["zone"] == "Europe/Helsinki"
        found = client.get("/api/networks/helsinki-toolo/search", params={"q": "Mannerheimintie"}).json()
        assert found[0]["label"] == "Mannerheimintie"
        assert left(tmp_path) == ["helsinki-toolo.clearway"]
    with room(tmp_path) as client:
        assert [one["id"] for one in client.get("/api/networks").json()] == ["drawn-town", "helsinki-toolo"]
        again = imported(client, sent(client, "again.osm.pbf", HELSINKI.read_bytes()), "Helsinki Töölö")
        assert again["answer"]["id"] == "helsinki-toolo-2"


def test_an_operation_plays_on_the_network_that_it_names_by_the_zone_of_its_city(tmp_path: Path) -> None:
    with room(tmp_path) as client:
        imported(client, sent(client, "helsinki.osm.pbf", HELSINKI.read_bytes()), "Helsinki")
        opened = client.post("/api/operations", json={"id": "toolo", "title": "Töölönlahti", "network": "helsinki"})
        assert opened.status_code == 201
        assert {name: opened.json()[name] for name in ("network", "zone", "title")} == {
            "network": "helsinki",
            "zone": "Europe/Helsinki",
            "title": "Töölönlahti",
        }
        other = client.post("/api/operations", json={"id": "square", "title": "Square"}).json()
        assert (other["network"], other["zone"]) == ("drawn-town", "UTC")
        given = {"id": "by-hand", "title": "By hand", "network": "helsinki", "zone": "Europe/Tallinn"}
        assert client.post("/api/operations", json=given).json()["zone"] == "Europe/Tallinn"
        nowhere = client.post("/api/operations", json={"id": "x", "title": "X", "network": "atlantis"})
        assert nowhere.status_code == 422
        assert nowhere.json()["error"]["message"] == "Unknown network: atlantis. Known: drawn-town, helsinki."
    (tmp_path / "cities" / "helsinki.clearway").unlink()
    with room(tmp_path) as client:
        assert client.get("/api/operations/toolo").json()["network"] is None
        assert client.get("/api/operations/square").json()["network"] == "drawn-town"


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        (
            "cut.osm.pbf",
            HELSINKI.read_bytes()[:300_000],
            "cut.osm.pbf: not a complete OpenStreetMap file (PBF error: unexpected EOF). Download the extract again, or",
        ),
        ("words.osm", b"no map at all", "words.osm: not a complete OpenStreetMap file (XML parsing error"),
        ("empty.geojson", b"{}", "empty.geojson: not a GeoJSON FeatureCollection. Give"),
        ("no-street.osm", b"<osm version='0.6'/>", "no-street.osm: has no street (no way with highway=*). Give"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_in_a_sentence_and_leaves_nothing(
    tmp_path: Path, name: str, data: bytes, message: str
) -> None:
    with room(tmp_path) as client:
        job = imported(client, sent(client, name, data), "City")
        assert (job["state"], job["answer"]) == ("failed", None)
        assert job["error"]["message"].startswith(message)
        assert [one["id"] for one in client.get("/api/networks").json()] == ["drawn-town"]
        assert left(tmp_path) == []


def test_an_import_that_is_cancelled_leaves_nothing(tmp_path: Path) -> None:
    with room(tmp_path) as client:
        upload = sent(client, "helsinki.osm.pbf", HELSINKI.read_bytes())
        job = client.post("/api/imports", json={"upload": upload, "name": "Helsinki"}).json()
        assert job["doing"]
        client.delete(f"/api/imports/{job['id']}")
        assert until(lambda: ended(client, job["id"]))["state"] == "cancelled"
        until(lambda: left(tmp_path) == [])
        assert len(client.get("/api/networks").json()) == 1


def test_what_is_no_map_is_refused_before_it_is_sent(tmp_path: Path) -> None:
    uploads = Uploads(tmp_path, most_bytes=1000)
    with pytest.raises(BadFile, match=r"^plan\.docx: the import does not read this kind of file\. Give one"):
        uploads.open("plan.docx", 10)
    with pytest.raises(BadFile, match=r"^city\.zip: is an archive\. Unpack it"):
        uploads.open("city.zip", 10)
    with pytest.raises(BadFile, match="larger than 0 MB"):
        uploads.open("city.osm.pbf", 1001)
    assert list(tmp_path.iterdir()) == []
    assert uploads.open("city.osm.pbf", 1000).taken == 0


def test_parts_come_one_after_the_other_and_again_without_harm(tmp_path: Path) -> None:
    uploads = Uploads(tmp_path)
    arriving = uploads.open("../../etc/Māori.OSM", 6)
    assert (arriving.name, arriving.path.name) == ("Māori.OSM", "city.osm")
    with pytest.raises(Conflict, match="0 of 6 bytes"):
        uploads.whole(arriving.id)
    with pytest.raises(Conflict, match="0 bytes have come"):
        uploads.take(arriving.id, 3, b"def")
    uploads.take(arriving.id, 0, b"abc")
    assert uploads.take(arriving.id, 0, b"abc").taken == 3
    with pytest.raises(BadInput, match="beyond the end"):
        uploads.take(arriving.id, 3, b"defg")
    uploads.take(arriving.id, 3, b"def")
    assert uploads.whole(arriving.id).path.read_bytes() == b"abcdef"
    uploads.drop(arriving)
    with pytest.raises(NotFound, match="Send it again"):
        uploads.take(arriving.id, 0, b"abc")
    assert list(tmp_path.iterdir()) == []


def test_few_files_come_at_once_and_one_that_nobody_goes_on_with_is_dropped(tmp_path: Path) -> None:
    uploads = Uploads(tmp_path)
    for _ in range(MOST_AT_ONCE):
        uploads.open("city.osm", 10)
    with pytest.raises(TooMany, match="4 files are on their way already"):
        uploads.open("city.osm", 10)
    assert len(list(tmp_path.iterdir())) == 4
    impatient = Uploads(tmp_path, forgotten_s=-1.0)
    assert list(tmp_path.iterdir()) == []
    first = impatient.open("city.osm", 10)
    second = impatient.open("city.osm", 10)
    assert [path.name for path in tmp_path.iterdir()] == [second.path.parent.name]
    with pytest.raises(NotFound):
        impatient.of(first.id)


def test_a_server_without_a_folder_takes_no_cities() -> None:
    with running(create_app([served_town()])) as client:
        answer = client.post("/api/uploads", json={"name": "a.osm", "size": 3})
        assert answer.status_code == 404
        assert answer.json()["error"]["message"].startswith("This server takes no cities in by the page.")
