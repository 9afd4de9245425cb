from __future__ import annotations

import mailbox
from email.message import EmailMessage
from typing import TYPE_CHECKING

import pytest

from clearway.errors import BadFile
from clearway.intake.inbox import Inbox

if TYPE_CHECKING:
    from pathlib import Path


def mail(number: int) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["Subject"], message["Message-ID"] = "a@example.org", f"Mail {number}", f"<{number}@example.org>"
    message.set_content(f"About {number} vehicles.")
    return message


def test_what_is_laid_into_a_folder_is_given_once(tmp_path: Path) -> None:
    inbox = Inbox(tmp_path)
    assert list(inbox.arrived()) == []
    (tmp_path / "a.txt").write_text("first")
    (tmp_path / ".hidden").write_text("no")
    assert [(one.name, one.data) for one in inbox.arrived()] == [("a.txt", b"first")]
    assert list(inbox.arrived()) == []
    (tmp_path / "a.txt").write_text("another of that name")
    assert [one.data for one in inbox.arrived()] == [b"another of that name"]


def test_a_maildir_is_known_by_its_folders(tmp_path: Path) -> None:
    box = mailbox.Maildir(tmp_path / "mail", create=True)
    box.add(mail(1))
    (one,) = Inbox(tmp_path / "mail").arrived()
    assert b"About 1 vehicles" in one.data


def test_a_mail_that_comes_later_into_an_mbox_is_given_alone(tmp_path: Path) -> None:
    box = mailbox.mbox(tmp_path / "room.mbox", create=True)
    box.add(mail(1))
    box.flush()
    inbox = Inbox(tmp_path)
    assert [b"About 1" in one.data for one in inbox.arrived()] == [True]
    box.add(mail(2))
    box.flush()
    box.close()
    assert [b"About 2" in one.data for one in inbox.arrived()] == [True]


def test_a_folder_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="is not a folder"):
        Inbox(tmp_path / "nowhere")
