"""How little memory the service may be given: the limits of this process in, nothing or the sentence that refuses out.

Where memory ends in the middle of a call, the rules engine, which is written in C, ends with it, without a word; so it
is said before the first call.
"""

from __future__ import annotations

import resource
from collections.abc import Iterable, Iterator
from pathlib import Path

_MB = 1024 * 1024

RESIDENT = 448 * _MB
"""Bytes of memory for one worker, as a container is given them; 378 MB were reached under `make attack`."""

ADDRESSES = 640 * _MB
"""Bytes of address space (ulimit -v) or of data (ulimit -d) for one process; 531 MB were reached there."""

_KINDS = ((resource.RLIMIT_AS, "ulimit -v"), (resource.RLIMIT_DATA, "ulimit -d"))
_GROUPS = Path("/sys/fs/cgroup")


def too_little(workers: int) -> str:
    """What is wrong with the memory that this process may use, as one sentence; "" when it is enough."""
    for kind, name in _KINDS:
        given = resource.getrlimit(kind)[0]
        if given != resource.RLIM_INFINITY and given < ADDRESSES:
            return _sentence(f"{name} allows", given, ADDRESSES, "one process")
    given = min(_of_groups(Path("/proc/self/cgroup"), _GROUPS), default=RESIDENT * workers)
    if given < RESIDENT * workers:
        whose = "one worker" if workers == 1 else f"{workers} workers"
        return _sentence("The container allows", given, RESIDENT * workers, whose)
    return ""


def _sentence(who: str, given: int, needed: int, whose: str) -> str:
    return (
        f"{who} {given // _MB} MB of memory, and {whose} may need {needed // _MB} MB for large charts: "
        "less would end the service in the middle of a call."
    )


def _of_groups(listing: Path, groups: Path) -> Iterator[int]:
    """The limits of this process's control group and of those above it, in bytes; none where nothing is limited."""
    for name, folder in _named(_text(listing).splitlines(), groups):
        while True:
            if (told := _text(folder / name).strip()).isdigit():
                yield int(told)
            if folder in (groups, folder.parent):
                break
            folder = folder.parent


def _named(lines: Iterable[str], groups: Path) -> Iterator[tuple[str, Path]]:
    for line in lines:
        _, _, rest = line.partition(":")
        controllers, _, path = rest.partition(":")
        if not controllers:
            yield "memory.max", groups / path.lstrip("/")
        elif "memory" in controllers.split(","):
            yield "memory.limit_in_bytes", groups / "memory" / path.lstrip("/")


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="ascii", errors="replace")
    except OSError:
        return ""
