"""NDJSON of a bulk export: files of one resource per line in; one chart after another, grouped by patient, out.

The lines are sorted by patient into buckets on disk, as for a replay, so memory holds one bucket at a time however
large the export is. They lie in a folder that only this user can read and are removed at the end.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from service.replay import buckets, split

Tick = Callable[[int], None]


@contextmanager
def open_export() -> Iterator[Export]:
    """An empty export, to be filled with ``read``; nothing of it is left afterwards."""
    with tempfile.TemporaryDirectory(prefix="backstory-") as folder:
        yield Export(Path(folder))


class Export:
    """A sorted export: how many patients, and each one's chart in turn. ``unread`` lists lines left out, and why; what
    only a whole parse finds stands there when the chart has been read."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files: list[Path] = []
        self._sorted: split.Splitter | None = None
        self.unread: list[tuple[str, str]] = []

    def read(self, files: Iterable[Path], tick: Tick) -> None:
        """Sort all lines by patient; ``tick`` is told the bytes that were read."""
        self._files = list(files)
        self._sorted = split.split(self._files, self._folder, split.bucket_count(self._files), tick)
        self.unread += self._sorted.bad

    def patients(self) -> int:
        if self._sorted is None:
            return 0
        return sum(buckets.count([self._sorted.folder], number) for number in range(self._sorted.buckets))

    def charts(self, only: str = "") -> Iterator[tuple[str, list[Any]]]:
        """Patient id and resources, with the medications that they refer to; of one patient or of all in turn."""
        if self._sorted is None:
            return
        wanted = f"Patient/{only.removeprefix('Patient/')}" if only else ""
        wanted = self._sorted.links.get(wanted, wanted)
        folders = [self._sorted.folder]
        drugs = buckets.Drugs(folders)
        count = self._sorted.buckets
        for number in [split.bucket_of(wanted, count)] if wanted else range(count):
            for lines in buckets.patients(folders, number):
                if wanted and lines.patient != wanted:
                    continue
                chart = buckets.parse(lines)
                self.unread += [(buckets.named_place(place, self._files), reason) for place, reason in chart.bad]
                held = [entry.resource for entry in (*chart.entries, *drugs.of(chart.entries))]
                yield lines.patient.removeprefix("Patient/"), [each for each in held if buckets.is_whole(each)]
