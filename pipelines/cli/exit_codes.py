"""The exit codes of `attache`, which a scheduler can act on. They are part of the interface: never renumber them."""

from __future__ import annotations

OK = 0
"""Done, also where rows went to quarantine or a check warned."""

GATE_BLOCKED = 1
"""A gate stopped a batch (or `--strict` found bad input): look at `attache quality`."""

USAGE = 2
"""A wrong option, setting, file or query: nothing was done."""

BUSY = 3
"""Another program held the warehouse for too long: run again later."""

FAILED = 4
"""A step or a command failed for another reason, told on stderr."""

INTERRUPTED = 130
"""Stopped by Ctrl-C; the next run takes up where it stopped."""

BROKEN_PIPE = 141
"""Whoever read our output went away."""
