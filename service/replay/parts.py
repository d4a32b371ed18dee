"""A piece of one file of an export, and its lines, many at a time: each line belongs to one piece only."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from service.replay.lines import opened

Tick = Callable[[int], None]
"""Told how many bytes of the export have been read since it was last told."""


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of one file: the lines that begin at ``start`` or later and before ``end`` (bytes; -1: the whole)."""

    number: int
    file: int
    path: Path
    start: int
    end: int

    @property
    def size(self) -> int:
        return self.path.stat().st_size if self.end < 0 else self.end - self.start


def batches(part: Part, tick: Tick, size: int) -> Iterator[tuple[int, int, list[bytes]]]:
    """The lines of a part, many at a time: the byte at which they begin, how many bytes they are, and they."""
    told = 0
    with opened(part.path) as file:
        raw = getattr(file, "fileobj", None) or file
        at = 0
        if part.start:
            file.seek(part.start - 1)
            at = part.start - 1 + len(file.readline())
        while part.end < 0 or at < part.end:
            # readlines goes on until it has more than its hint; the line that begins at the end is the next part's
            most = size if part.end < 0 else min(size, part.end - at - 1)
            batch = file.readlines(most) if most > 0 else [file.readline()]
            if not batch or not batch[0]:
                break
            if not batch[-1].endswith(b"\n"):
                batch[-1] += b"\n"
            size_read = sum(map(len, batch))
            yield at, size_read, batch
            at += size_read
            position = raw.tell() if raw is not file else at - part.start
            tick(position - told)
            told = position
    tick(part.size - told)
