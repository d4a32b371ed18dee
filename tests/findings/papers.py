"""Builders for imaging papers: `study`, `report`, `order`, and `says` for what a report was read to say."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from service.chart.chart import Chart, PainStory
from service.domain.findings import Finding
from service.domain.places import NOWHERE, Place, Side
from service.domain.statements import Basis, Polarity, Statement
from service.fhir import datatypes, resources
from tests.findings.build import TODAY, chart, on, operation, statement

LUMBAR = Place((), "lumbar")
DCM = "http://dicom.nema.org/resources/ontology/DCM"


def day(text: str | None) -> str | None:
    """A FHIR date; ``-30`` is 30 days before TODAY."""
    span = on(text)
    return span.first.isoformat() if text and text.startswith("-") and span else text


def named(text: str) -> datatypes.CodeableConcept:
    return datatypes.CodeableConcept(text=text)


def to(*refs: str) -> tuple[datatypes.Reference, ...]:
    return tuple(datatypes.Reference(reference=ref) for ref in refs)


def study(
    id_: str, started: str | None, modality: str = "MR", description: str = "Lumbar spine", *,
    status: str = "available", site: str = "", series: tuple[str, ...] = (), orders: tuple[str, ...] = (),
    code: str = "",
) -> resources.ImagingStudy:  # fmt: skip
    coding = datatypes.Coding(system=DCM, code=modality)
    rows = [resources.ImagingSeries(modality=coding, description=text) for text in series]
    rows += [resources.ImagingSeries(modality=coding, body_site=datatypes.Coding(display=site))] if site else []
    return resources.ImagingStudy(
        resource_type="ImagingStudy",
        id=id_,
        status=status,
        modality=(coding,) if modality else None,
        started=day(started),
        description=description or None,
        procedure_code=(named(code),) if code else None,
        series=tuple(rows) or None,
        based_on=to(*orders) or None,
    )


def report(
    id_: str, effective: str | None, code: str = "MRI lumbar spine", *, of: str = "", status: str = "final",
    orders: tuple[str, ...] = (), conclusion: str | None = None, category: str = "",
) -> resources.DiagnosticReport:  # fmt: skip
    return resources.DiagnosticReport(
        resource_type="DiagnosticReport",
        id=id_,
        status=status,
        code=named(code),
        category=(named(category),) if category else None,
        effective_date_time=day(effective),
        imaging_study=to(f"ImagingStudy/{of}") if of else None,
        based_on=to(*orders) or None,
        conclusion=conclusion,
    )


def order(
    id_: str, authored: str | None, code: str = "MRI lumbar spine", *, status: str = "active", intent: str = "order"
) -> resources.ServiceRequest:
    return resources.ServiceRequest(
        resource_type="ServiceRequest",
        id=id_,
        status=status,
        intent=intent,
        code=named(code),
        authored_on=day(authored),
    )


def says(
    report_id: str, concept: str, stated: str | None = None, *, place: Place = NOWHERE, side: Side = Side.UNKNOWN,
    polarity: Polarity = Polarity.YES, sentence: int = 0,
) -> Statement:  # fmt: skip
    source = f"DiagnosticReport/{report_id}"
    return statement(
        concept, stated, source=source, basis=Basis.REPORT, place=place, side=side, polarity=polarity, sentence=sentence
    )


def operated(
    *parts: Any,
    performed: str | None = "-400",
    by: tuple[str, ...] = ("discectomy",),
    place: Place = LUMBAR,
    side: Side = Side.UNKNOWN,
    onset: str | None = None,
    onset_approx: bool = False,
    pain_side: Side = Side.UNKNOWN,
    known: tuple[Finding, ...] = (),
    **kinds: Any,
) -> Chart:
    """A chart after one lumbar operation, with the imaging papers sorted into their kinds of resource."""
    rows = {
        "imaging_studies": tuple(p for p in parts if isinstance(p, resources.ImagingStudy)),
        "reports": tuple(p for p in parts if isinstance(p, resources.DiagnosticReport)),
        "service_requests": tuple(p for p in parts if isinstance(p, resources.ServiceRequest)),
    }
    told = [p for p in parts if isinstance(p, Statement | tuple)]
    whole = chart(operation("op", performed, *by, place=place, side=side), *told, as_of=TODAY, **rows, **kinds)
    begun = on(onset)
    pain = PainStory(episode_onset=replace(begun, approx=onset_approx) if begun else None, side=pain_side)
    return replace(whole, pain=pain, known={**whole.known, **{f.name: f for f in known}})
