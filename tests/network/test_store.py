import json
from pathlib import Path

import numpy as np
import pytest

from clearway.errors import BadFile
from clearway.network.build import NetworkDraft
from clearway.network.model import ARRAY_DTYPES, HEADER_FIELDS, LATER_ARRAYS, Network
from clearway.network.store import MAGIC, load_network, network_digest, save_network


@pytest.fixture
def small() -> Network:
    draft = NetworkDraft("Small", notices=("(c) Somebody",))
    a, b = draft.junction(174.77, -41.28), draft.junction(174.771, -41.28, edge=True)
    way = draft.way(a, b, name="Tinakori Road \u014dk")
    draft.stop(way, 20.0, blocks=16)
    draft.turn([0, 1], classes=16, source=7)
    draft.place("hospital", 174.77, -41.28, name="Wellington Hospital")
    draft.area("water", [(174.77, -41.28), (174.78, -41.28), (174.78, -41.27), (174.77, -41.28)])
    return draft.finish()


def test_a_network_comes_back_from_its_file_as_it_was(small: Network, tmp_path: Path) -> None:
    save_network(small, tmp_path / "small.clearway")
    again = load_network(tmp_path / "small.clearway")
    for name in ARRAY_DTYPES:
        np.testing.assert_array_equal(getattr(again, name), getattr(small, name))
        assert getattr(again, name).dtype == np.dtype(ARRAY_DTYPES[name])
    for name in HEADER_FIELDS:
        assert getattr(again, name) == getattr(small, name)
    assert again.street(0) == "Tinakori Road \u014dk"


def test_a_file_made_before_there_were_limits_opens_without_any_and_keeps_its_digest(small: Network, tmp_path: Path) -> None:
    path = tmp_path / "small.clearway"
    save_network(small, path)
    assert b"limit_" not in path.read_bytes()
    again = load_network(path)
    assert all(len(getattr(again, name)) == 0 for name in LATER_ARRAYS)
    assert network_digest(again) == network_digest(small)


def test_limits_come_back_from_the_file_and_count_in_the_digest(tmp_path: Path) -> None:
    digests = []
    for most in (2.0, 2.5):
        draft = NetworkDraft("Low")
        way = draft.way(draft.junction(174.77, -41.28), draft.junction(174.771, -41.28))
        draft.limit(0, most, classes=17, arc=2 * way)
        save_network(draft.finish(), tmp_path / "low.clearway")
        again = load_network(tmp_path / "low.clearway")
        assert (again.limit_arc.tolist(), again.limit_stop.tolist(), again.limit_most.tolist()) == ([0], [-1], [most])
        digests.append(network_digest(again))
    assert digests[0] != digests[1]


def test_a_loaded_network_cannot_be_written_to(small: Network, tmp_path: Path) -> None:
    save_network(small, tmp_path / "small.clearway")
    with pytest.raises(ValueError, match="read-only"):
        load_network(tmp_path / "small.clearway").arc_permit[0] = 0


@pytest.mark.slow
def test_a_file_cut_short_anywhere_is_refused_with_one_sentence(small: Network, tmp_path: Path) -> None:
    whole = tmp_path / "whole.clearway"
    save_network(small, whole)
    content = whole.read_bytes()
    cut = tmp_path / "cut.clearway"
    for length in range(len(content)):
        cut.write_bytes(content[:length])
        with pytest.raises(BadFile, match="Make it again") as caught:
            load_network(cut)
        assert "\n" not in str(caught.value)


def test_a_file_with_a_byte_changed_in_its_header_is_refused_or_read_but_never_a_traceback(
    small: Network, tmp_path: Path
) -> None:
    path = tmp_path / "small.clearway"
    save_network(small, path)
    content = bytearray(path.read_bytes())
    for at in range(0, len(MAGIC) + 1500, 7):
        changed = bytearray(content)
        changed[at] ^= 0x15
        path.write_bytes(changed)
        try:
            load_network(path)
        except BadFile as refused:
            assert "Make it again" in str(refused)  # noqa: PT017 - a changed byte in a name may also be harmless


def test_a_file_of_another_version_is_refused_by_number(small: Network, tmp_path: Path) -> None:
    path = tmp_path / "old.clearway"
    save_network(small, path)
    content = path.read_bytes()
    assert b'"format": 1' in content
    path.write_bytes(content.replace(b'"format": 1', b'"format": 9', 1))
    with pytest.raises(BadFile, match="the network file has format 9, but this program reads 1"):
        load_network(path)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"CLEARWAY", json.dumps({"type": "FeatureCollection"}).encode()])
def test_a_file_of_another_kind_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "other.clearway"
    path.write_bytes(content)
    with pytest.raises(BadFile, match="not a Clearway network file"):
        load_network(path)


def test_a_file_that_is_not_there_or_a_folder_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "nowhere.clearway", tmp_path):
        with pytest.raises(BadFile, match="cannot be opened"):
            load_network(path)


def test_saving_leaves_nothing_but_the_file_and_replaces_the_old_one(small: Network, tmp_path: Path) -> None:
    path = tmp_path / "folder" / "small.clearway"
    save_network(small, path)
    save_network(small, path)
    assert [entry.name for entry in path.parent.iterdir()] == ["small.clearway"]
    assert path.stat().st_mode & 0o400


def test_a_folder_that_cannot_be_written_is_named(small: Network, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(BadFile, match="cannot be written"):
        save_network(small, tmp_path / "file" / "small.clearway")
