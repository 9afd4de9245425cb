"""Reports read in processes of their own: the same as without, each within its bounds, and none left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from clearway.errors import BadFile
from clearway.intake.bounded import MOST_DRAFTS, Readers
from clearway.intake.files import reports_in
from clearway.intake.passages import Passages
from clearway.intake.reader import read
from clearway.intake.report import Report
from intake.hostile import WHOLE, pages, unfolding_pdf
from intake.reports import CONTEXT, PUBLISHED
from patience import until

if TYPE_CHECKING:
    from collections.abc import Iterator

TOLD = "Police said there were about 450 vehicles on Bowen Street at 5pm. \u201cWe will open it by 9pm,\u201d they said."
SECONDS = 3


@pytest.fixture(scope="module")
def readers() -> Iterator[Readers]:
    with Readers(seconds=SECONDS) as opened:
        yield opened


def processes() -> list[int]:
    """The numbers of the processes that read for this one."""
    command = ["ps", "-o", "pid=,args=", "--ppid", str(os.getpid())]
    listed = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - our own command
    return [int(line.split()[0]) for line in listed.stdout.splitlines() if "clearway.intake.worker" in line]


def test_what_is_read_is_what_would_be_read_without(readers: Readers) -> None:
    (report,) = readers.reports_in(TOLD.encode(), "a.txt", published=PUBLISHED, publisher="The paper")
    assert [report] == reports_in(TOLD.encode(), "a.txt", published=PUBLISHED, publisher="The paper")
    own, other = read(report, CONTEXT), readers.read(report, CONTEXT)
    assert own.proposals
    assert (own.report, own.proposals, own.quantities, own.times, own.places, own.spellings) == (
        other.report,
        other.proposals,
        other.quantities,
        other.times,
        other.places,
        other.spellings,
    )
    assert readers.passages("a.txt", TOLD).sentences == Passages(TOLD).sentences


def test_the_refusal_of_a_file_comes_through_whole(readers: Readers) -> None:
    with pytest.raises(BadFile) as refused:
        readers.reports_in(b"", "empty.txt")
    assert (refused.value.path, refused.value.problem, refused.value.remedy) == ("empty.txt", "is empty", "Nothing was read.")
    assert str(refused.value) == "empty.txt: is empty. Nothing was read."


def test_one_process_reads_one_report_after_the_other() -> None:
    with Readers() as own:
        own.passages("a.txt", TOLD)
        first = processes()
        own.reports_in(TOLD.encode(), "a.txt")
        assert processes() == first


@pytest.mark.slow
def test_one_process_reads_for_a_large_program_too() -> None:
    """A process begins with the peak of memory of the one that started it, which is no reason to replace it."""
    script = (
        "from clearway.intake.bounded import Readers\n"
        "large = bytearray(b'x') * 2**30\n"
        "with Readers() as own:\n"
        "    own.passages('a', 'w'); first = own._idle[0]\n"
        "    own.passages('a', 'w'); print(own._idle[0] is first)"
    )
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, env=environment, check=True)  # noqa: S603
    assert done.stdout == "True\n"


@pytest.mark.slow
@pytest.mark.parametrize("name", ["attributes.html", "parts.eml"])
def test_what_takes_too_long_is_ended_and_the_next_report_is_read(readers: Readers, name: str) -> None:
    with pytest.raises(BadFile, match=f"{name}: takes too long to read"):
        readers.reports_in(pages()[name], name)
    assert readers.reports_in(TOLD.encode(), "a.txt")


@pytest.mark.slow
def test_the_steps_after_opening_are_bounded_too(readers: Readers) -> None:
    with pytest.raises(BadFile, match="takes too long to read"):
        readers.read(Report("A" * WHOLE, "capital.txt", PUBLISHED), CONTEXT)
    assert readers.read(Report(TOLD, "a.txt", PUBLISHED), CONTEXT).proposals


@pytest.mark.slow
def test_what_takes_too_much_memory_is_refused_and_the_next_report_is_read() -> None:
    with Readers(seconds=30, memory_bytes=400 * 2**20) as small:
        with pytest.raises(BadFile, match=r"bomb\.pdf: (?:takes too much memory to read|is a PDF that cannot be read)"):
            small.reports_in(unfolding_pdf(1024), "bomb.pdf")
        assert small.reports_in(TOLD.encode(), "a.txt")


@pytest.mark.slow
def test_a_report_with_more_drafts_than_anybody_can_decide_on_is_refused() -> None:
    counts = "".join(f"Police said {number} vehicles stood there. " for number in range(1, MOST_DRAFTS + 100))
    with Readers() as own, pytest.raises(BadFile, match="gives more than 2,000 drafts"):
        own.read(Report(counts, "counts.txt", PUBLISHED), CONTEXT)


def test_a_process_that_is_killed_costs_its_report_alone(readers: Readers) -> None:
    readers.passages("a.txt", TOLD)
    for process in processes():
        os.kill(process, signal.SIGKILL)
    with pytest.raises(BadFile):
        readers.passages("a.txt", TOLD)
    assert readers.passages("a.txt", TOLD).text == TOLD


def test_none_is_left_behind() -> None:
    others = set(processes())
    with Readers() as own:
        own.warm()
        own.passages("a.txt", TOLD)
        started = set(processes()) - others
    assert started
    assert not started & set(processes())


@pytest.mark.slow
def test_they_end_with_the_process_that_asks() -> None:
    """Killed in the middle of a report, it cannot clean up: what reads for it ends by itself."""
    script = (
        "from clearway.intake.bounded import Readers\n"
        "from clearway.intake.report import Report\n"
        "from intake.reports import CONTEXT\n"
        "r = Readers(seconds=4); r.passages('a', 'w'); print(r._idle[0]._process.pid, flush=True)\n"
        f"r.read(Report('A' * {WHOLE}, 'a'), CONTEXT)"
    )
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    process = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True, env=environment)  # noqa: S603
    assert process.stdout is not None
    reader = int(process.stdout.readline())
    process.kill()
    process.communicate()
    until(lambda: not _lives(reader))


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True
