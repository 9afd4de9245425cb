from __future__ import annotations

import contextlib
import mailbox
import os
import socket
import tempfile
import time
from email.message import EmailMessage
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from clearway.errors import BadFile
from clearway.intake.files import MOST_BYTES
from clearway.intake.inbox import SETTLED_S, Inbox

if TYPE_CHECKING:
    from collections.abc import Iterator

_NOBODY = 65_534
"""A user without rights, as most systems number it."""


def mail(number: int) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["Subject"], message["Message-ID"] = "a@example.org", f"Mail {number}", f"<{number}@example.org>"
    message.set_content(f"About {number} vehicles.")
    return message


def laid(file: Path, content: bytes = b"first", *, age_s: float = 2 * SETTLED_S) -> Path:
    """A file that was last changed some time ago."""
    file.write_bytes(content)
    os.utime(file, (time.time() - age_s,) * 2)
    return file


def names(inbox: Inbox) -> list[str]:
    return [one.name for one in inbox.arrived()]


def refused(inbox: Inbox) -> dict[str, str]:
    list(inbox.arrived())
    return dict(inbox.refused())


def test_what_is_laid_into_a_folder_is_given_once(tmp_path: Path) -> None:
    inbox = Inbox(tmp_path)
    assert list(inbox.arrived()) == []
    laid(tmp_path / "a.txt")
    laid(tmp_path / ".hidden")
    assert [(one.name, one.data) for one in inbox.arrived()] == [("a.txt", b"first")]
    assert list(inbox.arrived()) == []
    laid(tmp_path / "a.txt", b"another of that name")
    assert [one.data for one in inbox.arrived()] == [b"another of that name"]
    assert inbox.refused() == []


def test_what_its_taker_could_not_deal_with_is_given_again(tmp_path: Path) -> None:
    inbox = Inbox(tmp_path)
    laid(tmp_path / "a.txt")
    laid(tmp_path / "b.txt")
    for _ in inbox.arrived():
        break  # the database does not answer
    assert names(inbox) == ["a.txt", "b.txt"]
    assert names(inbox) == []


def test_a_file_that_is_still_being_written_is_waited_for(tmp_path: Path) -> None:
    inbox = Inbox(tmp_path)
    laid(tmp_path / "a.txt", b"half", age_s=0)
    assert names(inbox) == []
    laid(tmp_path / "a.txt", b"half and a bit", age_s=0)
    assert names(inbox) == []
    assert [one.data for one in inbox.arrived()] == [b"half and a bit"]
    laid(tmp_path / "future.txt", age_s=-3600)  # of another machine, whose clock is ahead
    assert [names(inbox), names(inbox), names(inbox)] == [[], ["future.txt"], []]


def test_links_folders_and_pipes_are_listed_and_not_opened(tmp_path: Path) -> None:
    folder, outside = tmp_path / "in", tmp_path / "secret.txt"
    folder.mkdir()
    laid(outside, b"secret")
    (folder / "link.txt").symlink_to(outside)
    (folder / "nowhere.txt").symlink_to(tmp_path / "nothing")
    (folder / "new").symlink_to(tmp_path)
    (folder / "folder").mkdir()
    os.mkfifo(folder / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(folder / "socket.txt"))
        laid(folder / "report.txt")
        inbox = Inbox(folder)
        assert names(inbox) == ["report.txt"]
    why = refused(inbox)
    assert sorted(why) == ["folder", "link.txt", "new", "nowhere.txt", "pipe.txt", "socket.txt"]
    assert all("link" in why[name] for name in ("link.txt", "new", "nowhere.txt"))
    assert "folder" in why["folder"]
    assert all("pipe or a device" in why[name] for name in ("pipe.txt", "socket.txt"))
    (folder / "link.txt").unlink()
    assert "link.txt" not in refused(inbox)


def test_what_cannot_be_read_is_listed_until_its_file_changes_or_goes(tmp_path: Path) -> None:
    inbox = Inbox(tmp_path)
    for name in ("a.txt", "b.txt"):
        laid(tmp_path / name, b"")
    for one in inbox.arrived():
        inbox.refuse(one, f"{one.name}: is empty. Nothing was read.")
    assert list(refused(inbox)) == ["a.txt", "b.txt"]
    laid(tmp_path / "a.txt", b"words")
    (tmp_path / "b.txt").unlink()
    assert names(inbox) == ["a.txt"]
    assert refused(inbox) == {}


@contextlib.contextmanager
def without_rights() -> Iterator[None]:
    """Root may read everything, so it becomes nobody for a while."""
    before = os.geteuid()
    if before == 0:
        os.seteuid(_NOBODY)
    try:
        yield
    finally:
        os.seteuid(before)


def test_a_file_that_may_not_be_read_is_listed_and_read_once_it_may() -> None:
    with tempfile.TemporaryDirectory() as name:  # every folder above is open to nobody
        folder = Path(name)
        folder.chmod(0o755)
        inbox = Inbox(folder)
        laid(folder / "a.txt").chmod(0)
        with without_rights():
            assert "cannot be opened" in refused(inbox)["a.txt"]
        (folder / "a.txt").chmod(0o644)
        with without_rights():
            assert names(inbox) == ["a.txt"]


def test_a_folder_that_went_is_listed_and_read_once_it_is_back(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    inbox = Inbox(folder)
    folder.rmdir()
    assert "cannot be looked into" in refused(inbox)["in"]
    folder.mkdir()
    laid(folder / "a.txt")
    assert names(inbox) == ["a.txt"]
    assert refused(inbox) == {}


def test_a_name_that_is_not_utf8_can_be_shown(tmp_path: Path) -> None:
    laid(tmp_path / os.fsdecode(b"\xff.txt"))
    (name,) = names(Inbox(tmp_path))
    assert name.encode() == "\ufffd.txt".encode()


def test_a_maildir_is_known_by_its_folders(tmp_path: Path) -> None:
    box = mailbox.Maildir(tmp_path / "mail", create=True)
    box.add(mail(1))
    inbox = Inbox(tmp_path / "mail")
    (one,) = inbox.arrived()
    assert b"About 1 vehicles" in one.data
    assert inbox.refused() == []


def test_a_mail_that_comes_later_into_an_mbox_is_given_alone(tmp_path: Path) -> None:
    box = mailbox.mbox(tmp_path / "room.mbox", create=True)
    box.add(mail(1))
    box.flush()
    os.utime(tmp_path / "room.mbox", (0, 0))
    inbox = Inbox(tmp_path)
    assert [(b"About 1" in one.data, one.name) for one in inbox.arrived()] == [(True, "room.mbox, mail 1")]
    box.add(mail(2))
    box.flush()
    box.close()
    os.utime(tmp_path / "room.mbox", (1, 1))
    assert [(b"About 2" in one.data, one.name) for one in inbox.arrived()] == [(True, "room.mbox, mail 2")]


def test_mails_of_an_mbox_are_parted_where_they_begin_whatever_they_hold(tmp_path: Path) -> None:
    mails = [b"Subject: =?x?\xff?\n\nHere:\n\n>From the street\n", b"\x00\xff\n\n" + b"x" * (MOST_BYTES + 10), b"no header"]
    laid(tmp_path / "a.mbox", b"".join(b"From a Fri Feb 18 2022\n%b\n\n" % mail for mail in mails))
    found = [one.data for one in Inbox(tmp_path).arrived()]
    assert len(found) == 3
    assert b"Here:\n\n>From the street" in found[0]
    assert len(found[1]) == MOST_BYTES + 1
    assert found[2].strip() == b"no header"


def test_a_folder_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="is not a folder"):
        Inbox(tmp_path / "nowhere")
