# ruff: noqa: T201 - it talks to a person
"""Break the program on purpose, one small thing at a time, and count what the tests notice.

make mutate                                  # a sample of every room, with its verdict, as far as --minutes go
make mutate ARGS="--seed 7 8"                # the same mutants, with the random towns and forgeries of two other seeds
make mutate ARGS="rights guard --sample 3"   # rooms or modules whose path holds one of the words; other mutants of them
make mutate ARGS="checkers --count 40 --sample 3 4 --show"
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import sys
import time
from contextlib import nullcontext
from itertools import chain, takewhile, zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[1]))  # as pytest does

from mutate.collected import NotSwapped
from mutate.cover import Cover, measured
from mutate.judged import judged
from mutate.mutants import Mutant, drawn
from mutate.rooms import asked
from mutate.shared_out import shared_out
from mutate.table import Row, misses, table, verdict, write
from mutate.workplace import Outcome, Workplace, workplace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mutate.collected import Collected
    from mutate.rooms import Room

LEAST = 12
"""Mutants of a room from which its share says something, where its modules hold as many."""
STRICT, STRICT_LEAST = 0.95, 60
"""Of a room with this aim or a higher one as many: one that is left must not decide."""


def main() -> int:
    """Try mutants; 1 where a room that was asked for misses its aim."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("words", nargs="*", help="rooms, or parts of the path of a module; default: every room")
    options.add_argument(
        "--count",
        type=int,
        help=f"mutants of each module, by each sample; default: what makes {LEAST} of a room, {STRICT_LEAST} of a strict one",
    )
    options.add_argument("--sample", type=int, nargs="+", default=[1], help="which mutants; default: 1")
    options.add_argument(
        "--seed",
        type=int,
        nargs="+",
        default=[1],
        help="which random towns and forgeries; of several a mutant must be noticed with each; default: 1",
    )
    options.add_argument(
        "--jobs", type=int, default=os.cpu_count() or 1, help="modules tried side by side; default: a core each"
    )
    options.add_argument("--patience", type=float, default=30, help="seconds of tests for a mutant; default: 30")
    options.add_argument(
        "--limit", type=float, default=180, help="seconds that a mutant may take, a third if swapped; default: 180"
    )
    options.add_argument("--minutes", type=float, default=90, help="minutes in all; default: 90")
    options.add_argument("--slow", action="store_true", help="also run the tests that 'make check' leaves out")
    options.add_argument("--everywhere", action="store_true", help="let every test take part, not only those beside a room")
    options.add_argument("--as-noted", action="store_true", help="take what tests enter as noted before, new tests left out")
    options.add_argument("--show", action="store_true", help="only print the table, leave the page as it is")
    wanted = options.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))  # so that the copy is removed
    tried = trial(wanted)
    print("\n" + table(tried))
    rooms = list(asked(wanted.words))
    print("\n".join(verdict(room, modules, tried) for room, modules in rooms))
    return int(any(misses(room.aim, [tried[module] for module in modules if module in tried]) for room, modules in rooms))


def trial(wanted: argparse.Namespace) -> dict[str, Row]:
    """Try the mutants of every module that was asked for, as long as there is time."""
    end = time.monotonic() + wanted.minutes * 60
    files = set() if wanted.everywhere else {path for room, _ in asked(wanted.words) for path in room.test_files()}
    cover = Cover(measured(slow=wanted.slow, again=not wanted.as_noted, files=files), wanted.patience)
    tried = {}

    def work(tasks: Iterator[tuple[str, int]]) -> Iterator[tuple[str, Row]]:
        with workplace() as place:
            for module, count in tasks:
                samples = [f"{sample} {module}" for sample in wanted.sample]
                mutants = drawn(place.source(module), wanted.count or count, samples)
                yield module, of_module(place, cover, module, mutants, wanted)

    turns = takewhile(lambda _: time.monotonic() < end, in_turn(list(asked(wanted.words)), wanted.sample[0]))
    for module, row in shared_out(turns, work, wanted.jobs):
        tried[module] = row
        if not wanted.show:
            write(tried)
    return tried


def in_turn(rooms: list[tuple[Room, list[str]]], sample: int) -> Iterator[tuple[str, int]]:
    """A module of each room after the other, so that no room goes without where time is short; with how many mutants of it."""
    shuffled = [
        [(module, -(-least(room) // len(modules))) for module in random.Random(sample).sample(modules, len(modules))]  # noqa: S311
        for room, modules in rooms
    ]
    yield from filter(None, chain.from_iterable(zip_longest(*shuffled)))


def least(room: Room) -> int:
    """How many mutants of a room are tried at least, where nobody says."""
    return STRICT_LEAST if room.aim >= STRICT else LEAST


def of_module(place: Workplace, cover: Cover, module: str, mutants: list[Mutant], wanted: argparse.Namespace) -> Row:
    """Try the mutants of a module, and print those that nobody noticed."""
    known = {(one.module, one.line, one.change) for one in judged()}
    tried = [mutant for mutant in mutants if (module, mutant.line, mutant.change) not in known]
    tests = sorted({test for mutant in tried for test in cover.tests(module, mutant.scope, mutant.line)} - place.unfit)
    noticed = 0
    with place.collected(module, tests) if tests else nullcontext() as collected:
        for mutant in tried:
            outcome = of_mutant(place, cover, module, mutant, wanted, collected)
            noticed += outcome is Outcome.NOTICED
            if outcome is not Outcome.NOTICED:
                print(f"{outcome}: {module}:{mutant.number}  {mutant.line}\n    {mutant.change}", flush=True)
    row = Row(len(mutants), noticed, len(mutants) - len(tried), tuple(wanted.sample), tuple(wanted.seed))
    print(f"{module}: {row.mutants} mutants, {row.noticed} noticed, {row.judged} no difference, {row.left} left", flush=True)
    return row


def of_mutant(
    place: Workplace, cover: Cover, module: str, mutant: Mutant, wanted: argparse.Namespace, collected: Collected | None
) -> Outcome:
    """Run the tests that look at a mutant: first where its function can be swapped, then with the mutant in the copy."""
    tests = [test for test in cover.tests(module, mutant.scope, mutant.line) if test not in place.unfit]
    if not tests or not collected:
        return Outcome.UNTESTED
    by = None
    for seed in wanted.seed:  # what noticed it with one seed will most likely notice it with the next
        by = noticed_by(place, cover, module, mutant, sorted(tests, key=lambda test: test != by), seed, wanted, collected)
        if not by:
            return Outcome.LEFT
        if "::" not in by:  # it cannot be imported or does not end, with whatever seed
            break
    return Outcome.NOTICED


def noticed_by(
    place: Workplace,
    cover: Cover,
    module: str,
    mutant: Mutant,
    tests: list[str],
    seed: int,
    wanted: argparse.Namespace,
    collected: Collected,
) -> str | None:
    """The first of the tests that notices a mutant with the random towns of a seed."""
    try:
        entered = cover.runs_in_tests(module, mutant.scope)
        soon = wanted.limit / 3
        by = collected.notices(mutant, tests, entered=entered, seed=seed, seconds=soon)
        if by == "time" and not collected.end(tests, seed=seed, seconds=soon):  # they take as long with nothing wrong
            by = collected.notices(mutant, tests, entered=entered, seed=seed, seconds=wanted.limit)
    except NotSwapped:
        with place.mutated(module, mutant.source):
            by = place.notices(tests, seed=seed, seconds=wanted.limit)
    if by and place.fails_anyway(by, tests, seed=seed, collected=collected):
        fit = [test for test in tests if test not in place.unfit]
        return noticed_by(place, cover, module, mutant, fit, seed, wanted, collected) if fit else None
    return by


if __name__ == "__main__":
    sys.exit(main())
