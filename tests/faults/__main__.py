# ruff: noqa: T201 - it talks to a person
"""Do harm to records on purpose, and print what was tried and what was lost.

python -m tests.faults                       # a minute
python -m tests.faults --long                # hours of harm for a release
python -m tests.faults --database sqlite     # one database only
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))  # as pytest does

from faults.suite import TRIALS
from faults.trial import records

POSTGRES = os.environ.get("CLEARWAY_POSTGRES", "postgresql://postgres@127.0.0.1:5432/postgres")


def main() -> int:
    """Run the trials; 1 where something was lost or pretended."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--long", action="store_true", help="many times as much")
    options.add_argument("--database", choices=["sqlite", "postgres"], help="one of them; default: both")
    options.add_argument("--only", default="", help="trials whose name holds these words")
    asked = options.parse_args()
    bad = 0
    print(f"{'harm':<46} {'database':<9} {'tried':>6} {'saved before':>13} {'lost':>5} {'seconds':>8}")
    for database in [asked.database] if asked.database else ["sqlite", "postgres"]:
        for trial in TRIALS:
            if trial.only not in (None, database) or asked.only not in trial.name:
                continue
            began = time.monotonic()
            with records(POSTGRES if database == "postgres" else None) as new:
                outcome = trial.run(new, trial.rounds[asked.long])
            spent = time.monotonic() - began
            figures = f"{outcome.tried:>6,} {outcome.acknowledged:>13,} {outcome.lost:>5,} {spent:>8.1f}"
            print(f"{trial.name:<46} {database:<9} {figures}", flush=True)
            for wrong in outcome.wrong[:5]:
                print(f"    WRONG: {wrong}")
            bad += outcome.lost + len(outcome.wrong)
    print("Nothing was lost, and nothing pretended." if not bad else f"{bad} findings.")
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(main())
