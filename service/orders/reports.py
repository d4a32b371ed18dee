"""What the reports of a chart conclude, in their own words: a record in; each conclusion, newest first, out."""

from __future__ import annotations

from service.domain.statements import Ref
from service.fhir.elements import report_done
from service.fhir.record import Record
from service.fhir.resources import DiagnosticReport


def conclusions_of(record: Record) -> dict[Ref, str]:
    """Reports without a conclusion of their own are left out: a whole text is no result to quote."""
    newest = sorted(record.reports, key=_day, reverse=True)
    return {report.ref: report.conclusion for report in newest if report.conclusion and report.conclusion.strip()}


def _day(report: DiagnosticReport) -> int:
    span = report_done(report)
    return span.last.toordinal() if span else 0
