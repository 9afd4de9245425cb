# ruff: noqa: T201 - it talks to a person
"""Run all benchmarks, or those named, and print one table for each.

python -m benchmarks                # all of them
python -m benchmarks search sweep   # some
"""

from __future__ import annotations

import importlib
import pkgutil
import sys

import benchmarks
from benchmarks.measure import machine, table

_HELPERS = {"__main__", "cities", "measure", "peers", "sumo_models", "sumo_runs", "traffic_peers", "traffic_plot"}


def main(arguments: list[str]) -> int:
    """Run the benchmarks; a module yields what it measured by ``figures()``, or prints it in ``main()``."""
    known = sorted({module.name for module in pkgutil.iter_modules(benchmarks.__path__)} - _HELPERS)
    if unknown := [name for name in arguments if name not in known]:
        print(f"Unknown benchmark: {', '.join(unknown)}. Known: {', '.join(known)}.", file=sys.stderr)
        return 2
    print(machine())
    for name in arguments or known:
        module = importlib.import_module(f"benchmarks.{name}")
        print(f"\n{name}: {(module.__doc__ or '').splitlines()[0]}\n", flush=True)
        if hasattr(module, "figures"):
            for line in table(module.figures()):
                print(line, flush=True)
        else:
            sys.argv[1:] = []
            module.main()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
