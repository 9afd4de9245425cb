# ruff: noqa: T201 - it talks to a person
"""Break the program on purpose, one small thing at a time, and count what the tests notice.

make mutate                                  # every room, as far as --minutes go
make mutate ARGS="rights guard"              # rooms or modules whose path holds one of the words
make mutate ARGS="checkers --count 40 --seed 7 8 --show"
"""

from __future__ import annotations

import argparse
import signal
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))  # as pytest does

from mutate.cover import Cover, measured
from mutate.judged import judged
from mutate.mutants import Mutant, drawn
from mutate.rooms import asked
from mutate.table import Row, table, write
from mutate.workplace import Outcome, Workplace, workplace

FIRST_S = 2.0


def main() -> int:
    """Try mutants; 1 where a room misses its aim."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("words", nargs="*", help="rooms, or parts of the path of a module; default: every room")
    options.add_argument("--count", type=int, default=20, help="mutants of each module, by each seed; default: 20")
    options.add_argument("--seed", type=int, nargs="+", default=[1], help="which mutants are drawn; default: 1")
    options.add_argument("--patience", type=float, default=15, help="seconds of tests for a mutant; default: 15")
    options.add_argument("--limit", type=float, default=180, help="seconds that a mutant may take; default: 180")
    options.add_argument("--minutes", type=float, default=90, help="minutes in all; default: 90")
    options.add_argument("--slow", action="store_true", help="also run the tests that 'make check' leaves out")
    options.add_argument("--as-noted", action="store_true", help="take what tests enter as noted before, new tests left out")
    options.add_argument("--show", action="store_true", help="only print the table, leave the page as it is")
    wanted = options.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))  # so that the copy is removed
    tried = trial(wanted)
    print("\n" + table(tried))
    return int(any(misses(room.aim, [tried[module] for module in modules if module in tried]) for room, modules in asked([])))


def misses(aim: float, tried: list[Row]) -> bool:
    """Whether fewer mutants than the aim were noticed, of those that make a difference."""
    return sum(row.noticed for row in tried) < aim * sum(row.mutants - row.judged for row in tried)


def trial(wanted: argparse.Namespace) -> dict[str, Row]:
    """Try the mutants of every module that was asked for, as long as there is time."""
    cover = Cover(measured(slow=wanted.slow, again=not wanted.as_noted), wanted.patience)
    end = time.monotonic() + wanted.minutes * 60
    tried = {}
    with workplace() as place:
        for module in (module for _, modules in asked(wanted.words) for module in modules):
            if time.monotonic() > end:
                print(f"{module}: out of time")
                continue
            mutants = drawn(place.source(module), wanted.count, [f"{seed} {module}" for seed in wanted.seed])
            tried[module] = of_module(place, cover, module, mutants, wanted)
            if not wanted.show:
                write(tried)
    return tried


def of_module(place: Workplace, cover: Cover, module: str, mutants: list[Mutant], wanted: argparse.Namespace) -> Row:
    """Try the mutants of a module, and print those that nobody noticed."""
    known = {(one.module, one.line, one.change) for one in judged()}
    noticed = no_difference = 0
    for mutant in mutants:
        if (module, mutant.line, mutant.change) in known:
            no_difference += 1
            continue
        outcome = of_mutant(place, cover, module, mutant, wanted)
        noticed += outcome is Outcome.NOTICED
        if outcome is not Outcome.NOTICED:
            print(f"{outcome}: {module}:{mutant.number}  {mutant.line}\n    {mutant.change}", flush=True)
    row = Row(len(mutants), noticed, no_difference, tuple(wanted.seed))
    print(f"{module}: {row.mutants} mutants, {row.noticed} noticed, {row.judged} no difference, {row.left} left", flush=True)
    return row


def of_mutant(place: Workplace, cover: Cover, module: str, mutant: Mutant, wanted: argparse.Namespace) -> Outcome:
    """Run the tests that look at a mutant: the nearest first, then the others."""
    tests = [test for test in cover.tests(module, mutant.scope) if test not in place.unfit]
    if not tests:
        return Outcome.UNTESTED
    first = next((at for at in range(len(tests)) if cover.seconds(tests[: at + 1]) > FIRST_S), len(tests)) or 1
    for batch in filter(None, (tests[:first], tests[first:])):
        with place.mutated(module, mutant.source):
            by = place.notices(batch, seed=wanted.seed[0], seconds=wanted.limit)
        if by and not place.fails_anyway(by, batch, seed=wanted.seed[0]):
            return Outcome.NOTICED
        if by:
            return of_mutant(place, cover, module, mutant, wanted)
    return Outcome.LEFT


if __name__ == "__main__":
    sys.exit(main())
