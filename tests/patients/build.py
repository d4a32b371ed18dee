"""patient.toml in, a FHIR R4 Bundle out, with every date moved together so that "today" can be any day."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from tests.patients import shorthand

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Patient:
    """One invented patient: the story, the day of the visit, the chart in short form, and what is expected."""

    name: str
    story: str
    as_of: date
    person: Mapping[str, Any]
    resources: tuple[Mapping[str, Any], ...]
    expect: Mapping[str, Any]


def names() -> list[str]:
    """The folders that hold a patient."""
    return sorted(file.parent.name for file in FOLDER.glob("*/patient.toml"))


@cache
def load(name: str) -> Patient:
    """Read one patient. Raises ValueError for a key that the format does not know."""
    told = tomllib.loads((FOLDER / name / "patient.toml").read_text(encoding="utf-8"))
    resources = tuple(told["resource"])
    for resource in resources:
        if strange := set(resource) - shorthand.KEYS:
            raise ValueError(f"{name}: {resource.get('id')}: unknown key {', '.join(sorted(strange))}")
    ids = [(resource["type"], resource["id"]) for resource in resources]
    if len(set(ids)) < len(ids):
        raise ValueError(f"{name}: an id is used twice")
    return Patient(
        name=name,
        story=" ".join(told["story"].split()),
        as_of=told["as_of"],
        person=told["patient"],
        resources=resources,
        expect=told["expect"],
    )


def bundle(
    patient: Patient, as_of: date | None = None, more: Iterable[dict[str, Any]] = (), kind: str = "collection"
) -> dict[str, Any]:
    """The chart as a Bundle. ``as_of`` moves every date so that the visit falls on that day; ``more`` is appended."""
    return {
        "resourceType": "Bundle",
        "type": kind,
        "entry": [
            {"fullUrl": f"https://chart.example/fhir/{r['resourceType']}/{r['id']}", "resource": r}
            for r in (*chart(patient, as_of), *more)
        ],
    }


def chart(patient: Patient, as_of: date | None = None) -> list[dict[str, Any]]:
    """The patient's resources as R4 JSON, the Patient first."""
    shift = (as_of or patient.as_of) - patient.as_of
    calendar = shorthand.Calendar(patient.as_of, shift)
    who = f"Patient/{patient.name}"
    person: dict[str, Any] = {"resourceType": "Patient", "id": patient.name, "gender": patient.person["gender"]}
    if born := calendar.read(patient.person.get("born")):
        person["birthDate"] = born
    return [person, *(shorthand.resource(short, who, calendar) for short in patient.resources)]
