"""Bucket files in, one patient's chart after another out, with the drugs that its entries refer to."""

from __future__ import annotations

import gzip
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson

from service.intake import Entry, duplicate_keys
from service.intake.references import canonical
from service.replay.lines import NOT_JSON, TWICE
from service.replay.split import SHARED, SHELVES, bucket_of

_SHELVES_HELD = 8
_Placed = tuple[int, int, bytes, bytes, bytes]
_BYTE = b"byte "
_HEADING = b"Patient/"
"""What stands before a line whose patient is not that of the line before, and before no JSON."""

MERGED = "MergedPatient"
"""Stands for the Patient of a merged record, which tells of a death and of nothing else."""


@dataclass(frozen=True, slots=True)
class Lines:
    """One patient's resources as text: place, fullUrl and JSON of each, in the order of the export."""

    patient: str
    held: tuple[tuple[str, str, bytes], ...]


@dataclass(slots=True)
class Chart:
    """One patient's resources, parsed. ``bad`` holds place and reason of each line that was left out."""

    patient: str
    entries: list[Entry]
    bad: list[tuple[str, str]] = field(default_factory=list)


def patients(folders: Sequence[Path], bucket: int) -> list[Lines]:
    """All patients of one bucket, whoever split it, in the order of their ids."""
    found: dict[bytes, list[_Placed]] = {}
    for folder in folders:
        held: list[_Placed] = []
        for record in _records(folder / f"{bucket:04d}.gz"):
            if record.startswith(_HEADING):
                patient, place, url, body = record.split(b"\t", 3)
                file, _, line = place.partition(b":")
                held = found.setdefault(patient, [])
                held.append((int(file), int(line.removeprefix(_BYTE)), place, url, body))
            else:  # of the same patient, in the line after the one before
                number, order, place, _, before = held[-1]
                unit = _BYTE if _BYTE in place else b""
                order += len(before) if unit else 1
                held.append((number, order, b"%d:%b%d" % (number, unit, order), b"", record))
    made = []
    for patient in sorted(found):
        held = sorted(found.pop(patient), key=lambda row: row[:2])
        made.append(Lines(patient.decode(), tuple((p.decode(), u.decode(), b.rstrip(b"\n")) for _, _, p, u, b in held)))
    return made


def count(folders: Sequence[Path], bucket: int) -> int:
    """How many patients a bucket holds."""
    records = (record for folder in folders for record in _records(folder / f"{bucket:04d}.gz"))
    return len({record.partition(b"\t")[0] for record in records if record.startswith(_HEADING)})


def named_place(place: str, files: Sequence[Path]) -> str:
    """The place of a line as people find it: ``3:17`` is line 17 of the fourth file."""
    file, _, line = place.partition(":")
    return f"{files[int(file)]}:{line}" if file.isdigit() and int(file) < len(files) else place


def _records(path: Path) -> Iterator[bytes]:
    if path.exists():
        with gzip.open(path, "rb") as file:
            yield from file


def parse(lines: Lines) -> Chart:
    """Parse one patient's lines. Merged patients become one: their entries are about the one that stands for them."""
    chart = Chart(lines.patient, [])
    for place, url, body in lines.held:
        try:
            resource = orjson.loads(body)
        except orjson.JSONDecodeError:
            chart.bad.append((place, NOT_JSON))
            continue
        if duplicate_keys.any_key(body, resource):
            chart.bad.append((place, TWICE))
            continue
        if (own := _as_of_one(resource, lines.patient)) is not None:
            chart.entries.append(Entry(place, own, url))
    return chart


def _as_of_one(resource: dict[str, Any], patient: str) -> dict[str, Any] | None:
    """The entry, about the patient who stands for all merged ones; their own Patient resources only tell of a death."""
    if resource.get("resourceType") == "Patient":
        if f"Patient/{resource.get('id')}" == patient:
            return resource
        return {**resource, "resourceType": MERGED}
    for name in ("subject", "patient"):
        held = resource.get(name)
        if isinstance(held, dict) and isinstance(held.get("reference"), str) and held["reference"] != patient:
            return {**resource, name: {**held, "reference": patient}}
    return resource


def is_whole(resource: dict[str, Any]) -> bool:
    """Whether it is a resource of the export, and not what is left of a merged patient."""
    return resource.get("resourceType") != MERGED


class Drugs:
    """What belongs to no patient, by reference: read from disk when a chart asks, a few shelves held at a time."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = folders
        self._shelves: OrderedDict[int, dict[str, bytes]] = OrderedDict()

    def of(self, entries: Iterable[Entry]) -> list[Entry]:
        """The medications that these entries refer to."""
        found = []
        for reference in sorted({medication(entry.resource) for entry in entries} - {""}):
            body = self._shelf(reference).get(reference)
            if body is not None:
                found.append(Entry(reference, orjson.loads(body)))
        return found

    def _shelf(self, reference: str) -> dict[str, bytes]:
        number = bucket_of(reference, SHELVES)
        if number not in self._shelves:
            shelf: dict[str, bytes] = {}
            for folder in self._folders:
                for record in _records(folder / f"{SHARED}-{number:02d}.gz"):
                    name, _, _, body = record.split(b"\t", 3)
                    shelf[name.decode()] = body
            self._shelves[number] = shelf
            if len(self._shelves) > _SHELVES_HELD:
                self._shelves.popitem(last=False)
        self._shelves.move_to_end(number)
        return self._shelves[number]


def medication(resource: dict[str, Any]) -> str:
    """The drug that an entry refers to, as ``Medication/id``; "" for none."""
    held = resource.get("medicationReference")
    reference = held.get("reference") if isinstance(held, dict) else None
    return canonical(reference, {}) if isinstance(reference, str) else ""
