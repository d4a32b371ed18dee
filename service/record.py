"""The record: what intake read from a call, as typed views by kind, with what was missing and skipped."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from service import views
from service.words import Skipped


@dataclass(frozen=True, slots=True)
class Record:
    """One patient's chart as of one day.

    ``missing`` names the kinds of data (prefetch keys) that were asked for and could not be had; ``skipped`` the
    entries that were refused or do not count (entered-in-error, future-dated, not done, refuted), with the reason.
    """

    as_of: date
    patient: views.Patient | None = None
    procedures: tuple[views.Procedure, ...] = ()
    conditions: tuple[views.Condition, ...] = ()
    imaging_studies: tuple[views.ImagingStudy, ...] = ()
    reports: tuple[views.DiagnosticReport, ...] = ()
    observations: tuple[views.Observation, ...] = ()
    medications: tuple[views.Medication, ...] = ()
    devices: tuple[views.Device, ...] = ()
    allergies: tuple[views.AllergyIntolerance, ...] = ()
    service_requests: tuple[views.ServiceRequest, ...] = ()
    encounters: tuple[views.Encounter, ...] = ()
    answers: tuple[views.QuestionnaireResponse, ...] = ()
    missing: tuple[str, ...] = ()
    skipped: tuple[Skipped, ...] = ()
