"""``clearway plan`` on the demonstration's record and streets: words, JSON, exit codes, and what bad input says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from clearway.cli import root
from clearway.demo.wellington import bundled, wellington_network
from clearway.errors import BadFile, BadGeometry, BadInput, Conflict, NotFound
from clearway.network.store import save_network

if TYPE_CHECKING:
    from collections.abc import Sequence

pytestmark = pytest.mark.slow

AT = "day 14 9am"
STREETS = ("Lambton Quay", "Mulgrave Street", "Hill Street", "Molesworth Street", "Bunny Street", "Kate Sheppard Place")
PIECES = (
    "Lambton Quay=Lambton Quay between Ballance Street and Bowen Street",
    "mulgrave st=Mulgrave Street between Aitken Street and Kate Sheppard Place",
    "Hill Street=Hill Street between Guildford Terrace and Selwyn Terrace",
    "Molesworth Street=Molesworth Street between Hill Street and William Colenso Square",
    "Bunny Street=Bunny Street between Waterloo Quay-East and Featherston Street",
    "Kate Sheppard Place=Kate Sheppard Place between Molesworth Street and Mulgrave Street",
)
POINTS = ("174.7745,-41.2790", "174.7772,-41.2798")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration's network, site, stations and record, and the plan of the pieces and points above."""
    path = tmp_path_factory.mktemp("plan")
    save_network(wellington_network(), path / "city.clearway")
    for name in ("record.jsonl", "site.geojson", "stations.geojson"):
        (path / name).write_bytes(bundled(name))
    run("record", "import", path / "record.jsonl", "--operation", "wellington-2022", "--record", path / "room.record")
    return path


def run(*words: object, code: int = 0) -> str:
    result = CliRunner().invoke(root, [str(word) for word in words])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == code, result.output
    return result.output if code == 2 else result.stdout


def from_record(folder: Path, *more: object) -> dict[str, Any]:
    said = run(
        "plan",
        "from-record",
        "--record",
        folder / "room.record",
        "--at",
        AT,
        "--network",
        folder / "city.clearway",
        "--json",
        *more,
    )
    found: dict[str, Any] = json.loads(said)
    return found


def chosen(pieces: Sequence[str] = PIECES, points: Sequence[str] = POINTS) -> list[str]:
    return [word for piece in pieces for word in ("--choose", piece)] + [
        word for point in points for word in ("--point", point)
    ]


def test_the_record_states_eight_places_and_names_six_none_of_them_placed(folder: Path) -> None:
    found = from_record(folder)
    assert (found["stated"], found["named"], found["placed"], found["unnamed"], found["closed"]) == (8, 6, 0, 2, False)
    assert tuple(place["where"] for place in found["places"]) == STREETS
    assert all(place["candidates"] and not place["placed"] for place in found["places"])
    hill = next(place for place in found["places"] if place["where"] == "Hill Street")
    assert {piece["words"] for piece in hill["candidates"]} >= {
        "Hill Street between Molesworth Street and Eccleston Hill", "Hill Street between Guildford Terrace and Selwyn Terrace",
    }  # fmt: skip


def test_with_a_site_pieces_nearest_to_it_come_first(folder: Path) -> None:
    found = from_record(folder, "--site", folder / "site.geojson")
    for place in found["places"]:
        away = [piece["from_site_m"] for piece in place["candidates"]]
        assert away == sorted(away)


def test_a_piece_for_each_of_the_six_and_two_points_are_placed_and_each_way_in_is_named(folder: Path) -> None:
    found = from_record(folder, "--site", folder / "site.geojson", *chosen())
    assert (found["stated"], found["named"], found["placed"], found["unnamed"]) == (8, 6, 8, 0)
    assert found["closed"] is False
    assert found["holes"]
    assert all(hole.startswith("A way in is open: ") for hole in found["holes"])
    assert found["closed"] is found["seal"]["sealed"]


def test_what_closes_the_ring_is_called_closed(folder: Path) -> None:
    """The barriers that the seal calls missing, given as points, close it."""
    found = from_record(folder, "--site", folder / "site.geojson", *chosen())
    bars = [line for leak in found["seal"]["leaks"] for line in leak["barrier"]["lines"]]
    middles = [tuple(sum(axis) / len(bar) for axis in zip(*bar, strict=True)) for bar in bars]
    closed = from_record(
        folder, "--site", folder / "site.geojson", *chosen(points=[*POINTS, *(f"{lon},{lat}" for lon, lat in middles)])
    )
    assert (closed["closed"], closed["holes"]) == (True, [])
    assert closed["placed"] == 8 + len(bars)


def test_a_point_on_no_street_is_not_placed(folder: Path) -> None:
    found = from_record(folder, "--site", folder / "site.geojson", *chosen(points=["174.7772,-41.2787"]))
    assert (found["placed"], found["unnamed"]) == (6, 1)
    assert any("is not on a street" in hole for hole in found["holes"])


def test_a_plan_is_begun_from_the_cheapest_cordon_of_any_site_and_seals_it(folder: Path, tmp_path: Path) -> None:
    """Courtenay Place, a site that nothing of the demonstration knows."""
    ring = [[174.7795, -41.2928], [174.7838, -41.2938], [174.7836, -41.2946], [174.7790, -41.2937], [174.7795, -41.2928]]
    (tmp_path / "site.geojson").write_text(json.dumps({"type": "Polygon", "coordinates": [ring]}))
    city, plan = folder / "city.clearway", tmp_path / "plan.json"
    asked = (city, "--site", tmp_path / "site.geojson")
    said = run("plan", "from-cordon", *asked, "--name", "court", "--out", plan)
    made = json.loads(plan.read_text())
    assert made == json.loads(run("plan", "from-cordon", *asked, "--name", "court"))
    assert [line.partition(":")[0] for line in said.splitlines()] == [one["id"] for one in made["barriers"]]
    assert "B1: Tory Street at Wakefield Street, south side" in said
    assert (made["plan"], {rule["who"][0] for rule in made["passages"]}) == ("court", {"emergency services", "people on foot"})
    ground = ("--network", city, "--stations", folder / "stations.geojson")
    checks = json.loads(run("plan", "check", plan, *ground, "--json", code=1))
    assert {one["name"]: one["ok"] for one in checks["checks"]}["seal"], checks["checks"][0]["why"]
    run("detours", city, "--plan", plan)


def plan_file(folder: Path, tmp_path: Path) -> Path:
    from_record(folder, "--site", folder / "site.geojson", *chosen(), "--out", tmp_path / "plan.json", "--title", "The ring")
    return tmp_path / "plan.json"


def test_a_barrier_reported_moved_turns_the_plan_red_from_that_minute_until_it_is_reset(folder: Path, tmp_path: Path) -> None:
    plan, record = plan_file(folder, tmp_path), tmp_path / "own.record"
    run("record", "import", folder / "record.jsonl", "--operation", "wellington-2022", "--record", record)
    lines = [
        {"kind": "barrier_state", "body": {"barrier": "concrete_block", "state": state}, "place": PIECES[2].partition("=")[2]}
        | {"happened": when, "known": when, "source": "officer, Police"}
        for state, when in (("moved", "day 14 10:12"), ("reset", "day 14 11:02"))
    ]
    (tmp_path / "in.jsonl").write_text("\n".join(map(json.dumps, lines)))
    run("record", "import", tmp_path / "in.jsonl", "--operation", "wellington-2022", "--record", record)
    for at, code in (("10:11", 0), ("10:12", 1), ("11:01", 1), ("11:02", 0)):
        said = run("plan", "status", plan, "--record", record, "--at", f"day 14 {at}", code=code)
        assert ("B3, Hill Street between Guildford Terrace and Selwyn Terrace: gone." in said) is bool(code)
    status = json.loads(run("plan", "status", plan, "--record", record, "--at", "day 14 10:30", "--json", code=1))
    hill = "Hill Street between Guildford Terrace and Selwyn Terrace"
    assert status["holes"] == [f"B3, {hill}: Reported moved at {hill} by officer, Police (F6)."]
    assert status["closed"] is None
    on_map = run(
        "plan", "status", plan, "--record", record, "--at", "day 14 10:30", "--network", folder / "city.clearway", code=1
    )
    assert "A way in is open: " in on_map


def test_toilet_trucks_changed_during_the_day_and_both_reports_stand_there(folder: Path, tmp_path: Path) -> None:
    answer = json.loads(
        run(
            "plan", "gates", plan_file(folder, tmp_path), "--who", "toilet trucks", "--record", folder / "room.record", "--json"
        )
    )
    assert [one["says"] for one in answer["reported"]] == [
        "Sanitary vehicles may go in and out",
        "Sanitary vehicles may not pass",
    ]
    assert answer["always"] is False


def test_gates_are_told_without_a_record_in_the_zone_that_is_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    gate = {"id": "G", "place": "Hill Street at Molesworth Street", "opens": "staffed"}
    rules = [{"who": "residents", "may": "enter_and_leave", "starts": "2022-02-21 03:30"}]
    Path("plan.json").write_text(json.dumps({"plan": "t", "title": "T", "barriers": [gate], "passages": rules}))
    said = run("plan", "gates", "plan.json", "--who", "residents", "--zone", "Pacific/Auckland")
    assert "From Mon 21 Feb 2022 03:30:\n  G, Hill Street at Molesworth Street: Residents may go in and out." in said


def test_a_plan_is_saved_checked_adopted_with_a_reason_and_withdrawn(folder: Path, tmp_path: Path) -> None:
    plan, record = plan_file(folder, tmp_path), tmp_path / "own.record"
    run("record", "import", folder / "record.jsonl", "--operation", "wellington-2022", "--record", record)
    own = ("--operation", "wellington-2022", "--record", record, "--by", "commander, Police")
    ground = ("--network", folder / "city.clearway", "--stations", folder / "stations.geojson")
    said = run("plan", "save", plan, *own)
    assert "version 1 of plan 'tmp'" in said
    with pytest.raises(BadInput, match="Version 1 of plan 'tmp' is not adopted: seal, "):
        run("plan", "adopt", "tmp", *own, *ground)
    said = run("plan", "adopt", "tmp", *own, *ground, "--override", "blocks are on their way")
    assert "FAILS  seal: A way in is open: " in said
    assert said.splitlines()[-1].endswith("because: blocks are on their way.")
    assert run("plan", "list", "--record", record).endswith("; in force, adopted by commander, Police\n")
    run("plan", "show", "tmp", "--record", record, "--out", tmp_path / "again.json")
    assert json.loads((tmp_path / "again.json").read_text()) == json.loads(plan.read_text())
    changed = json.loads(plan.read_text()) | {"title": "Other"}
    plan.write_text(json.dumps(changed))
    with pytest.raises(Conflict, match="would be saved as version 1, and the next one is 2"):
        run("plan", "save", plan, *own)
    by_name = run("plan", "gates", "tmp", "--who", "residents", "--record", record, "--json")
    assert json.loads(by_name)["version"] == 1
    assert "Plan 'tmp', version 1" in run("plan", "status", "tmp", "--record", record)
    run("plan", "withdraw", "tmp", *own, "--why", "the crowd has left")
    assert "in force" not in run("plan", "list", "--record", record)


def test_a_check_prints_every_check_and_fails_with_the_plan(folder: Path, tmp_path: Path) -> None:
    ground = ("--network", folder / "city.clearway", "--stations", folder / "stations.geojson", "--zone", "Pacific/Auckland")
    answer = json.loads(run("plan", "check", plan_file(folder, tmp_path), *ground, "--json", code=1))
    assert {"name", "ok", "why", "source"} == set(answer["checks"][0])
    assert len(answer["gaps"]) == 12
    table = tmp_path / "law.csv"
    table.write_text(run("plan", "jurisdiction").replace("notice_days", "notise_days"))
    with pytest.raises(BadFile, match="has no column 'notice_days'"):
        run("plan", "check", plan_file(folder, tmp_path), *ground, "--jurisdiction", table)


def test_two_versions_are_compared(folder: Path, tmp_path: Path) -> None:
    plan = plan_file(folder, tmp_path)
    other = json.loads(plan.read_text())
    other["barriers"][3]["place"] = "Molesworth Street between Pipitea Street and Collina Terrace"
    (tmp_path / "two.json").write_text(json.dumps(other | {"version": 2}))
    diff = json.loads(run("plan", "diff", plan, tmp_path / "two.json", "--network", folder / "city.clearway", "--json"))
    (moved,) = diff["moved"]
    assert (moved["id"], moved["to_where"]) == ("B4", "Molesworth Street between Pipitea Street and Collina Terrace")
    assert moved["metres"] == pytest.approx(134, abs=1)


def test_a_plan_of_the_record_is_meant_by_its_name_wherever_a_file_is(folder: Path, tmp_path: Path) -> None:
    record = ("--record", folder / "room.record")
    files = [tmp_path / f"{number}.json" for number in (1, 2)]
    for number, file in enumerate(files, start=1):
        run("plan", "show", "parliament", *record, "--version", number, "--out", file)
    zone = ("--zone", "Pacific/Auckland", "--first-day", "2022-02-08")
    network = ("--network", folder / "city.clearway")
    by_name = json.loads(run("plan", "diff", files[0], "parliament", *record, *network, "--json"))
    assert by_name == json.loads(run("plan", "diff", *files, *zone, *network, "--json"))
    assert len(by_name["moved"]) == 2
    for command in ("check", "handover", "choose-gates"):
        about = (*network, "--stations", folder / "stations.geojson", "--json")
        code = 1 if command == "check" else 0
        by_name = json.loads(run("plan", command, "parliament", *record, *about, code=code))
        of_file = json.loads(run("plan", command, files[1], *zone, *about, code=code))
        assert by_name == of_file, command
    with pytest.raises(NotFound, match="no plan 'parlament'"):
        run("plan", "check", "parlament", *record, *network, code=1)


@pytest.mark.parametrize(
    ("more", "error", "said"),
    [
        (["--choose", "Cuba Street=Cuba Street at Ghuznee Street"], BadInput, "The record names no barrier at 'Cuba Street'"),
        (["--at", "soon"], BadInput, "cannot be read as a time"),
        (["--site", "nowhere.geojson"], BadFile, "nowhere.geojson"),
        (["--record", "nowhere.record"], BadFile, "there is no such record"),
    ],
)
def test_bad_input_gets_one_sentence(folder: Path, more: list[str], error: type[Exception], said: str) -> None:
    with pytest.raises(error, match=said):
        from_record(folder, *more)


def test_a_piece_that_is_no_piece_is_refused_by_its_option(folder: Path) -> None:
    said = run("plan", "from-record", "--network", folder / "city.clearway", "--choose", "Hill Street", code=2)
    assert "'Hill Street' chooses no piece." in said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is not JSON"),
        ("[]", "This is not a traffic management plan"),
        ('{"kind": "remark", "title": "x"}', "This is not a traffic management plan"),
        ('{"title": "x"}', "plan: it is missing"),
        ('{"plan": "x"}', "title: it is missing"),
        ('{"plan": "x", "title": "x", "colour": 1}', "a plan has no field 'colour'"),
        ('{"plan": "x", "title": "x", "starts": "whenever"}', "cannot be read as a time"),
    ],
)
def test_a_file_that_is_no_plan_is_refused_in_a_sentence(folder: Path, tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "plan.json"
    path.write_text(text)
    with pytest.raises(BadFile, match=said):
        run("plan", "status", path, "--record", folder / "room.record")


def test_a_plan_that_the_record_does_not_have_is_named(folder: Path) -> None:
    for verb in ("show", "status"):
        with pytest.raises(NotFound, match="The record has no plan 'tmp'"):
            run("plan", verb, "tmp", "--record", folder / "room.record")


def test_a_site_along_no_street_is_refused(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "site.geojson").write_text('{"type": "LineString", "coordinates": [[174.9, -41.5], [174.91, -41.5]]}')
    with pytest.raises(BadGeometry):
        from_record(folder, "--site", tmp_path / "site.geojson")
