"""Every trial of the record."""

from __future__ import annotations

from faults import connections, disk, files, kills, tampering

TRIALS = [*kills.TRIALS, *tampering.TRIALS, *disk.TRIALS, *files.TRIALS, *connections.TRIALS]
