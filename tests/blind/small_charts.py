"""Small charts: one operation and the words of one visit in, a bundle with its day out; and files of such rows, judged.

``planted/*.tsv`` holds notes (operation, day after it, what is right, why, text): ``silent`` (no card at all),
``critical`` (an alarm that is) or ``card``. ``causes/*.tsv`` holds what names one cause (operation, day, cause, note,
report, kind of report).
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from service import pipeline

_SNOMED = "http://snomed.info/sct"
_OPERATIONS = {"discectomy": "178625001", "decompression": "178600005", "fusion": "277764006"}
_STUDIES = {
    "mri": ("MR", "MRI of the lumbar spine"),
    "ct": ("CT", "CT of the lumbar spine"),
    "xray": ("DX", "X-ray of the lumbar spine"),
    "emg": ("", "EMG and nerve conduction study"),
    "bone-scan": ("NM", "Bone scan"),
}
_OPERATED = date(2023, 1, 10)
_REPORTED = 5
"""Days before the visit."""


class Count(NamedTuple):
    """Rows answered rightly of all rows, by what is right."""

    right: dict[str, int]
    rows: dict[str, int]

    def __str__(self) -> str:
        return ", ".join(f"{name} {self.right.get(name, 0)} of {n}" for name, n in sorted(self.rows.items()))


def documents(path: Path) -> Iterator[tuple[str, int, str, str]]:
    """The documents of a file: operation, day, what is right and text, behind ``=== operation|day|right|writer``."""
    _, *parts = re.split(r"^=== *(.*)$", path.read_text("utf-8"), flags=re.MULTILINE)
    for title, text in zip(parts[::2], parts[1::2], strict=True):
        operation, day, right, *_ = (part.strip() for part in title.split("|"))
        yield operation, int(day), right, text.strip()


def chart(operation: str, day: int, note: str, report: str = "", kind: str = "") -> tuple[dict[str, Any], date]:
    """A bundle of the operation at L4-L5, the note of ``day`` days after it, and a report of some days before that."""
    now = _OPERATED + timedelta(days=day)
    subject = {"reference": "Patient/p"}
    held: list[dict[str, Any]] = [
        {"resourceType": "Patient", "id": "p", "gender": "female", "birthDate": "1968-03-04"},
        {
            "resourceType": "Procedure",
            "id": "op",
            "status": "completed",
            "subject": subject,
            "code": {"coding": [{"system": _SNOMED, "code": _OPERATIONS[operation]}], "text": f"{operation} L4/5"},
            "performedDateTime": str(_OPERATED),
            "bodySite": [{"coding": [{"system": _SNOMED, "code": "243923001"}]}],
        },
    ]
    if note:
        held.append(
            {
                "resourceType": "DocumentReference",
                "id": "note",
                "status": "current",
                "subject": subject,
                "type": {"coding": [{"system": "http://loinc.org", "code": "11506-3"}]},
                "date": f"{now}T10:00:00Z",
                "content": [
                    {"attachment": {"contentType": "text/plain", "data": base64.b64encode(note.encode()).decode()}}
                ],
            }
        )
    if report:
        held += _reported(report, kind, str(now - timedelta(days=min(_REPORTED, day))), subject)
    return {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": each} for each in held]}, now


def _reported(report: str, kind: str, day: str, subject: dict[str, str]) -> Iterator[dict[str, Any]]:
    modality, title = _STUDIES.get(kind, ("", "Report"))
    told: dict[str, Any] = {
        "resourceType": "DiagnosticReport",
        "id": "report",
        "status": "final",
        "subject": subject,
        "code": {"text": title},
        "effectiveDateTime": day,
        "conclusion": report,
    }
    if modality:
        yield {
            "resourceType": "ImagingStudy",
            "id": "study",
            "status": "available",
            "subject": subject,
            "started": day,
            "description": title,
            "modality": [{"system": "http://dicom.nema.org/resources/ontology/DCM", "code": modality}],
        }
        told["imagingStudy"] = [{"reference": "ImagingStudy/study"}]
    yield told


def planted(path: Path, service: pipeline.Service) -> Count:
    """How many of the planted notes are answered rightly."""
    return _answered(((op, int(day), right, text) for op, day, right, _, text in _rows(path, 5)), service)


def whole(path: Path, service: pipeline.Service) -> Count:
    """How many whole documents are answered rightly."""
    texts = ((op, day, right, text.replace("«", "").replace("»", "")) for op, day, right, text in documents(path))
    return _answered(texts, service)


def _answered(notes: Iterable[tuple[str, int, str, str]], service: pipeline.Service) -> Count:
    right: dict[str, int] = {}
    rows: dict[str, int] = {}
    for operation, day, expected, text in notes:
        told = _concluded(service, *chart(operation, day, text))
        alarms = [each["indicator"] for each in told["redFlags"]]
        good = {
            "silent": not alarms and not told["causes"],
            "critical": "critical" in alarms,
            "card": bool(alarms or told["causes"]),
        }[expected]
        rows[expected] = rows.get(expected, 0) + 1
        right[expected] = right.get(expected, 0) + good
    return Count(right, rows)


def causes(path: Path, service: pipeline.Service) -> Count:
    """How often the cause that was described comes first."""
    right = rows = 0
    for operation, day, cause, note, report, kind in _rows(path, 6):
        told = _concluded(service, *chart(operation, int(day), note, report, kind))
        first = next((each["id"] for key in ("redFlags", "causes") for each in told[key]), "")
        rows += 1
        right += first == cause
    return Count({"first": right}, {"first": rows})


def _concluded(service: pipeline.Service, bundle: dict[str, Any], day: date) -> dict[str, Any]:
    return pipeline.explain(bundle, day, service, "", pipeline.writing(service))


def _rows(path: Path, columns: int) -> Iterator[list[str]]:
    for line in path.read_text("utf-8").splitlines():
        if line.strip():
            yield (line.split("\t") + [""] * columns)[:columns]
