"""NDJSON of a bulk export: files of one resource per line in; one chart after another, grouped by patient, out.

The lines are sorted by patient in a temporary SQLite file, so memory holds one patient at a time however large the
export is. The file lies in a folder that only this user can read and is removed at the end.
"""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import orjson

from service.intake import duplicate_keys
from service.intake.references import canonical

_BATCH = 2_000
_SHARED = "Medication"
"""A resource that belongs to no patient and that the entries of patients refer to."""

Tick = Callable[[int], None]


@contextmanager
def open_export() -> Iterator[Export]:
    """An empty export, to be filled with ``read``; nothing of it is left afterwards."""
    with tempfile.TemporaryDirectory(prefix="backstory-") as folder, closing(_database(folder)) as store:
        yield Export(store)


class Export:
    """A sorted export: how many patients, and each one's chart in turn. ``unread`` lists lines left out, and why."""

    def __init__(self, store: sqlite3.Connection) -> None:
        self._store = store
        self.unread: list[tuple[str, str]] = []

    def read(self, files: Iterable[Path], tick: Tick) -> None:
        """Sort all lines by patient; ``tick`` is told the bytes that were read."""
        for path in files:
            self._take(path, tick)
        self._store.execute("CREATE INDEX by_patient ON line (patient)")

    def _take(self, path: Path, tick: Tick) -> None:
        rows: list[tuple[str, str, bytes]] = []
        with path.open("rb") as lines:
            for number, line in enumerate(lines, 1):
                tick(len(line))
                if not line.strip():
                    continue
                try:
                    resource = orjson.loads(line)
                except orjson.JSONDecodeError:
                    self.unread.append((f"{path}:{number}", "this line is not valid JSON"))
                    continue
                if duplicate_keys.any_key(line, resource):
                    self.unread.append((f"{path}:{number}", "an object in this line names the same key twice"))
                    continue
                rows += _rows(resource, line)
                if len(rows) >= _BATCH:
                    self._keep(rows)
        self._keep(rows)

    def _keep(self, rows: list[tuple[str, str, bytes]]) -> None:
        self._store.executemany("INSERT INTO line VALUES (?, ?, ?)", rows)
        rows.clear()

    def patients(self) -> int:
        found = self._store.execute("SELECT count(DISTINCT patient) FROM line WHERE patient <> ''").fetchone()
        return int(found[0])

    def charts(self, only: str = "") -> Iterator[tuple[str, list[Any]]]:
        """Patient id and resources, with the medications that they refer to; of one patient or of all in turn."""
        query = "SELECT DISTINCT patient FROM line WHERE patient <> '' ORDER BY patient"
        named: Iterable[tuple[str]] = [(f"Patient/{only.removeprefix('Patient/')}",)] if only else ()
        for (patient,) in named or self._store.execute(query):
            held = self._store.execute("SELECT body FROM line WHERE patient = ? ORDER BY rowid", (patient,))
            chart = [orjson.loads(body) for (body,) in held]
            if not chart:
                return
            yield patient.removeprefix("Patient/"), [*chart, *self._shared(chart)]

    def _shared(self, chart: Iterable[Any]) -> Iterator[Any]:
        for reference in sorted({_medication(resource) for resource in chart} - {""}):
            for (body,) in self._store.execute("SELECT body FROM line WHERE patient = '' AND ref = ?", (reference,)):
                yield orjson.loads(body)


def _database(folder: str) -> sqlite3.Connection:
    store = sqlite3.connect(Path(folder) / "export.sqlite", isolation_level=None)
    store.executescript(
        "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -32000; PRAGMA temp_store = FILE;"
        "CREATE TABLE line (patient TEXT, ref TEXT, body BLOB);"
    )
    return store


def _rows(resource: Any, line: bytes) -> Iterator[tuple[str, str, bytes]]:
    """A Bundle on a line counts as its entries; what belongs to nobody is kept only if charts refer to it."""
    if not isinstance(resource, dict):
        return
    kind = resource.get("resourceType")
    if kind == "Bundle":
        listed = resource.get("entry")
        for entry in listed if isinstance(listed, list) else ():
            inner = entry.get("resource") if isinstance(entry, dict) else None
            yield from _rows(inner, orjson.dumps(inner))
        return
    patient = _patient(resource)
    if patient or kind == _SHARED:
        yield patient, f"{kind}/{resource.get('id')}", line


def _patient(resource: dict[str, Any]) -> str:
    if resource.get("resourceType") == "Patient":
        return f"Patient/{resource['id']}" if isinstance(resource.get("id"), str) else ""
    for name in ("subject", "patient"):
        held = resource.get(name)
        if isinstance(held, dict) and isinstance(held.get("reference"), str):
            found = canonical(held["reference"], {})
            if found.startswith("Patient/"):
                return found
    return ""


def _medication(resource: Any) -> str:
    held = resource.get("medicationReference")
    reference = held.get("reference") if isinstance(held, dict) else None
    return canonical(reference, {}) if isinstance(reference, str) else ""
