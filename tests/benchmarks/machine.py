"""What else the machine is doing, so that a reader can judge the figures."""

from __future__ import annotations

import os
import time
from pathlib import Path

_SECONDS = 1.0


def state() -> str:
    """Cores, and how much of them was free before anything of ours ran."""
    before = _times()
    time.sleep(_SECONDS)
    idle, total = (now - then for now, then in zip(_times(), before, strict=True))
    cores = len(os.sched_getaffinity(0))
    return f"{cores} cores, {idle / total * (os.cpu_count() or cores):.1f} of them free before the start"


def _times() -> tuple[int, int]:
    """Idle and all clock ticks of all cores since boot; waiting for a disk counts as idle."""
    told = [int(each) for each in Path("/proc/stat").read_text().splitlines()[0].split()[1:9]]
    return told[3] + told[4], sum(told)
