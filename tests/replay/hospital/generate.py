"""Writes the export of the invented hospital: one file a type, as bulk exports come, with their faults."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from tests.patients.background import background
from tests.replay.hospital.courses import AFTER, CLINICS, Story, operate, stamp

FIRST, LAST = datetime(2022, 1, 1, tzinfo=UTC), datetime(2024, 12, 31, tzinfo=UTC)
LOADED = "2025-01-15T03:00:00Z"
"""When the export was loaded; for most entries meta.lastUpdated says nothing else."""

OPERATED, LOCAL_CODES, MERGED, DIED = 0.16, 0.04, 0.006, 0.01
TRUTH = "truth.json"


def patients(count: int, seed: int = 17) -> Iterator[tuple[list[dict[str, Any]], list[dict[str, Any]]]]:
    """The entries of one patient after another, and what truly happened to each."""
    for number in range(count):
        yield _patient(f"h{number:05d}", Random(f"{seed}-{number}"))


def write(folder: Path, count: int, seed: int = 17) -> list[dict[str, Any]]:
    """Write an export of ``count`` patients; the truth is returned, and written beside the files."""
    export = folder / "export"
    export.mkdir(parents=True, exist_ok=True)
    files: dict[str, Any] = {}
    truth: list[dict[str, Any]] = []
    for entries, happened in patients(count, seed):
        truth += happened
        for entry in entries:
            kind = entry["resourceType"]
            if kind not in files:
                packed = kind == "Observation"  # some servers compress
                path = export / f"{kind}.ndjson{'.gz' if packed else ''}"
                files[kind] = gzip.GzipFile(path, "wb", 1, mtime=0) if packed else path.open("wb")
            files[kind].write(json.dumps(entry).encode() + b"\n")
    files["Condition"].write(b'{"resourceType": "Condition", "id": "cut off in the midd\n')
    for file in files.values():
        file.close()
    (folder / TRUTH).write_text(json.dumps(truth, indent=1))
    return truth


def _patient(who: str, dice: Random) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    story = Story(who, dice, LAST)
    person: dict[str, Any] = {
        "resourceType": "Patient", "id": who, "gender": dice.choice(("female", "male")),
        "birthDate": date(dice.randrange(1938, 1998), dice.randrange(1, 13), dice.randrange(1, 29)).isoformat(),
    }  # fmt: skip
    people = [person]
    if dice.random() < DIED:
        person["deceasedDateTime"] = stamp(LAST - timedelta(days=dice.randrange(200)))
    for number in range(dice.randrange(3, 9)):
        day = FIRST + timedelta(days=dice.randrange(1095), hours=dice.randrange(7, 17), minutes=number)
        story.see(day, dice.choice(CLINICS[3:]))
    if dice.random() < OPERATED:
        kind = dice.choices(("discectomy", "laminectomy", "fusion"), (5, 3, 3))[0]
        when = FIRST + timedelta(days=dice.randrange(10, 900), hours=dice.randrange(8, 15))
        story.diagnose(when - timedelta(days=40), "cm:M51.16", "Left sciatica", recorded=when - timedelta(days=40),
                       abated=(when + timedelta(days=20)).date(), status="resolved")  # fmt: skip
        local = dice.random() < LOCAL_CODES
        operate(story, when, kind, local=local)
        courses, weights = zip(*AFTER[kind], strict=True)
        dice.choices(courses, weights)[0](story, when)
        if local:
            story.truth.clear()
    entries = [*story.entries, *background(dice.randrange(4, 14), who, LAST.date(), dice.randrange(10**6))]
    if dice.random() < MERGED:
        people += _merge(person, entries, dice)
    return [*people, *(_stored(_own(entry, who), dice) for entry in entries)], story.truth


def _merge(person: dict[str, Any], entries: list[dict[str, Any]], dice: Random) -> list[dict[str, Any]]:
    """The same person twice, as after a visit without papers: some of the entries are about the other one."""
    other = f"{person['id']}-double"
    for entry in entries:
        if dice.random() < 0.3 and "subject" in entry:
            entry["subject"] = {"reference": f"Patient/{other}"}
    link = {"other": {"reference": f"Patient/{person['id']}"}, "type": "replaced-by"}
    return [{**person, "id": other, "active": False, "link": [link]}]


def _own(entry: dict[str, Any], who: str) -> dict[str, Any]:
    ident = entry["id"]
    return entry if ident.startswith(who) else {**entry, "id": f"{who}-{ident}"}


def _stored(entry: dict[str, Any], dice: Random) -> dict[str, Any]:
    return {**entry, "meta": {"lastUpdated": LOADED}} if dice.random() < 0.9 else entry
