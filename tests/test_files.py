from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clearway.errors import BadFile
from clearway.files import writing, writing_bytes
from clearway.network.build import NetworkDraft
from clearway.network.store import load_network, save_network

if TYPE_CHECKING:
    from pathlib import Path


def test_a_file_appears_whole_with_all_its_folders_and_is_for_all_to_read(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "a.txt"
    with writing(path) as file:
        file.write("Pōneke\n")
        assert not path.exists()
    assert path.read_bytes() == "Pōneke\n".encode()
    assert path.stat().st_mode & 0o777 == 0o644


def test_what_fails_half_way_leaves_the_file_of_before_and_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(b"before")

    def half() -> None:
        with writing_bytes(path) as file:
            file.write(b"half of what")
            raise ValueError

    with pytest.raises(ValueError, match=r"^$"):
        half()
    assert path.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_cannot_be_is_refused_in_one_sentence_that_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(BadFile, match=r"cannot be written .*Choose a folder"), writing(tmp_path / "file" / "a.txt"):
        pass


def test_a_name_that_is_a_folder_is_refused_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    with pytest.raises(BadFile, match="could not be written"), writing(tmp_path / "a") as file:
        file.write("x")
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_a_network_is_saved_over_one_that_is_still_mapped(tmp_path: Path) -> None:
    """The old file lives on for whoever has it open: it is replaced, not overwritten."""
    path = tmp_path / "n.clearway"
    draft = NetworkDraft("One")
    draft.way(draft.junction(174.77, -41.28), draft.junction(174.78, -41.28), name="Hill Street")
    save_network(draft.finish(), path)
    first = load_network(path)
    save_network(NetworkDraft("Two").finish(), path)
    assert (first.way_count, first.street(0)) == (1, "Hill Street")
    assert load_network(path).name == "Two"
