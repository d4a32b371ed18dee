"""Builders for imaging papers: `study`, `report`, `order`, and `says` for what a report was read to say."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from service import views
from service.facts.chart import Chart, PainStory
from service.words import NOWHERE, Basis, Finding, Place, Polarity, Side, Statement
from tests.facts.build import TODAY, chart, on, operation, statement

LUMBAR = Place((), "lumbar")
DCM = "http://dicom.nema.org/resources/ontology/DCM"


def day(text: str | None) -> str | None:
    """A FHIR date; ``-30`` is 30 days before TODAY."""
    span = on(text)
    return span.first.isoformat() if text and text.startswith("-") and span else text


def named(text: str) -> views.CodeableConcept:
    return views.CodeableConcept(text=text)


def to(*refs: str) -> tuple[views.Reference, ...]:
    return tuple(views.Reference(reference=ref) for ref in refs)


def study(
    id_: str, started: str | None, modality: str = "MR", description: str = "Lumbar spine", *,
    status: str = "available", site: str = "", series: tuple[str, ...] = (), orders: tuple[str, ...] = (),
    code: str = "",
) -> views.ImagingStudy:  # fmt: skip
    coding = views.Coding(system=DCM, code=modality)
    rows = [views.ImagingSeries(modality=coding, description=text) for text in series]
    rows += [views.ImagingSeries(modality=coding, body_site=views.Coding(display=site))] if site else []
    return views.ImagingStudy(
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
) -> views.DiagnosticReport:  # fmt: skip
    return views.DiagnosticReport(
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
) -> views.ServiceRequest:
    return views.ServiceRequest(
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
        "imaging_studies": tuple(p for p in parts if isinstance(p, views.ImagingStudy)),
        "reports": tuple(p for p in parts if isinstance(p, views.DiagnosticReport)),
        "service_requests": tuple(p for p in parts if isinstance(p, views.ServiceRequest)),
    }
    told = [p for p in parts if isinstance(p, Statement | tuple)]
    whole = chart(operation("op", performed, *by, place=place, side=side), *told, as_of=TODAY, **rows, **kinds)
    begun = on(onset)
    pain = PainStory(episode_onset=replace(begun, approx=onset_approx) if begun else None, side=pain_side)
    return replace(whole, pain=pain, known={**whole.known, **{f.name: f for f in known}})
