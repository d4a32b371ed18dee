"""The record: what intake read from a call, as typed views by kind, with what was missing and skipped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from service.domain.statements import Skipped
from service.fhir import resources


class File(NamedTuple):
    """What an attachment's address brought: bytes with their media type, or the problem that there are none."""

    data: bytes = b""
    kind: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """One patient's chart as of one day.

    ``missing`` names the kinds of data (prefetch keys) that were asked for and could not be had; ``skipped`` the
    entries that were refused or do not count (entered-in-error, future-dated, not done, refuted), with the reason.
    ``files`` holds, by the address of an attachment, what was fetched from there.
    """

    as_of: date
    patient: resources.Patient | None = None
    procedures: tuple[resources.Procedure, ...] = ()
    conditions: tuple[resources.Condition, ...] = ()
    imaging_studies: tuple[resources.ImagingStudy, ...] = ()
    reports: tuple[resources.DiagnosticReport, ...] = ()
    observations: tuple[resources.Observation, ...] = ()
    medications: tuple[resources.Medication, ...] = ()
    devices: tuple[resources.Device, ...] = ()
    allergies: tuple[resources.AllergyIntolerance, ...] = ()
    service_requests: tuple[resources.ServiceRequest, ...] = ()
    encounters: tuple[resources.Encounter, ...] = ()
    answers: tuple[resources.QuestionnaireResponse, ...] = ()
    documents: tuple[resources.DocumentReference | resources.Composition, ...] = ()
    files: Mapping[str, File] = field(default_factory=dict)
    flags: tuple[resources.Flag, ...] = ()
    missing: tuple[str, ...] = ()
    skipped: tuple[Skipped, ...] = ()
