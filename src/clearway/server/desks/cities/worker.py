"""The process in which a city is imported: whatever a file does to the libraries that read it, it does here.

It says on standard output how far it is, in lines of JSON: ``{"doing": words}``, then ``{"done": true}`` or
``{"refused": [problem, remedy]}``. It may be killed at any moment; the network is written whole or not at all.

python -m clearway.server.desks.cities.worker SOURCE OUT NAME SIDE BYTES
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from clearway.errors import BadFile, ClearwayError
from clearway.network.importers.importing import import_network
from clearway.network.store import save_network

_TOO_LARGE = "takes more memory to import than this machine has", "Cut your city out of it, for example by 'osmium extract'."


def main() -> int:
    """Import one file."""
    source, out, name, side, most_bytes = sys.argv[1:]
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints is no answer
    _bound_memory(int(most_bytes))

    def say(**said: object) -> None:
        answers.write(json.dumps(said) + "\n")
        answers.flush()

    try:
        made = import_network(Path(source), name=name, driving_side=side or None, tell=lambda words: say(doing=words))
        say(doing="writing the network")
        save_network(made, Path(out))
    except BadFile as error:
        say(refused=[error.problem, error.remedy])
    except ClearwayError as error:
        say(refused=[str(error), ""])
    except MemoryError:
        say(refused=_TOO_LARGE)
    else:
        say(done=True)
    return 0


def _bound_memory(most: int) -> None:
    """Bound the memory of this process, where the system can."""
    try:
        import resource  # noqa: PLC0415 - not on every system
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    sys.exit(main())
