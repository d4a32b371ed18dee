"""Patient data that must never leave through a side door: every string of a chart marked, in several ways."""

from __future__ import annotations

from itertools import count

from tests.operations.calls import HERNIATION, OPERATION, PAIN, RETENTION, SUBJECT, hook, resource, searchset

MARK = "kanarienvogel"
"""No log, count or error body may hold this, in any case."""

_STRUCTURE = frozenset(
    {"resourceType", "hook", "type", "status", "code", "system", "intent", "hookInstance", "relation"}
)
_number = count(1)


def canary():
    return f"{MARK}{next(_number)}"


def everywhere(value):
    """Every string replaced, dates and codes and ids alike; what stays is only what says which kind of thing it is."""
    return _planted(value, lambda key, text: text if key in ("resourceType", "hook") else canary())


def beside(value):
    """Every text, name, id and reference marked, and codes and dates left, so that the rules still fire."""

    def mark(key, text):
        if key in _STRUCTURE or text[:1].isdigit() or text == "p1" or text == SUBJECT["reference"]:
            return text
        return f"{text}-{canary()}" if key in ("id", "reference", "url", "userId") else f"{text} {canary()}"

    return _planted(value, mark)


def wrong_types(value):
    """Strings where objects belong and objects where strings belong, so that every parser has to complain."""
    if isinstance(value, dict):
        return {
            key: each
            if key in ("resourceType", "hook", "context", "prefetch", "hookInstance")
            else {canary(): [canary()]}
            for key, each in value.items()
        }
    return value


def _planted(value, mark, key=""):
    if isinstance(value, dict):
        return {name: _planted(each, mark, name) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_planted(each, mark, key) for each in value]
    return mark(key, value) if isinstance(value, str) else value


def name():
    return {"family": "Doe", "given": ["Jane"], "text": "Jane Doe"}


def noted(kind, ident, **fields):
    """A resource with every kind of string that names a patient."""
    return resource(
        kind,
        ident,
        identifier=[{"system": "urn:mrn", "value": "12345"}],
        text={"status": "generated", "div": "<div>Jane Doe</div>"},
        note=[{"text": "Patient Jane Doe called", "authorString": "Dr. Roe"}],
        performer=[{"actor": {"reference": "Practitioner/9", "display": "Dr. Roe"}}],
        **fields,
    )


CODED = {
    "coding": [{"system": "http://snomed.info/sct", "code": "161891005", "display": "Backache"}],
    "text": "Back pain",
}

CHART = {
    "patient": {
        "resourceType": "Patient",
        "id": "p1",
        "birthDate": "1970-01-01",
        "name": [name()],
        "telecom": [{"system": "phone", "value": "555-0100"}],
        "address": [{"line": ["1 Main Street"], "city": "Springfield", "postalCode": "12345"}],
    },
    "procedures": searchset(
        OPERATION, noted("Procedure", "x1", status="completed", code=CODED, performedDateTime="2020-02")
    ),
    "conditions": searchset(
        PAIN, RETENTION, noted("Condition", "x2", code=CODED, onsetString="after the fall of Jane")
    ),
    "imagingStudies": searchset(
        noted(
            "ImagingStudy",
            "x3",
            status="available",
            started="2026-10-30",
            description="MRI lumbar, Jane Doe",
            series=[{"uid": "1.2.3", "modality": {"code": "MR"}, "bodySite": {"display": "lumbar spine of Jane"}}],
        )
    ),
    "diagnosticReports": searchset(
        HERNIATION,
        noted(
            "DiagnosticReport",
            "x4",
            status="final",
            code=CODED,
            conclusion="Jane Doe: epidural fibrosis at L4-L5",
            presentedForm=[{"contentType": "text/plain", "data": "SmFuZSBEb2U="}],
        ),
    ),
    "documents": searchset(
        noted(
            "DocumentReference",
            "x13",
            status="current",
            date="2026-11-01T10:00:00Z",
            description="Letter of Dr. Roe about Jane Doe",
            content=[
                {"attachment": {"contentType": "text/html", "data": "PHA+SmFuZSBEb2U8L3A+", "title": "Jane Doe.html"}},
                {"attachment": {"contentType": "image/jane-doe", "data": "SmFuZSBEb2U="}},
                {"attachment": {"contentType": "application/pdf", "url": "https://ehr.example/Jane-Doe.pdf"}},
            ],
        )
    ),
    "observations": searchset(
        noted(
            "Observation",
            "x5",
            status="final",
            code=CODED,
            valueString="Jane says 8 of 10",
            effectiveDateTime="2026-11-01",
        ),
        noted("Observation", "x6", status="registered", code=CODED, valueQuantity={"value": 8, "unit": "Jane units"}),
    ),
    "medications": searchset(
        noted("MedicationRequest", "x7", status="active", intent="order", medicationCodeableConcept=CODED)
    ),
    "devices": searchset(
        noted("Device", "x8", status="active", type=CODED, serialNumber="SN-JANE", lotNumber="LOT-JANE")
    ),
    "allergies": searchset(noted("AllergyIntolerance", "x9", code=CODED)),
    "serviceRequests": searchset(noted("ServiceRequest", "x10", status="active", intent="order", code=CODED)),
    "encounters": searchset(noted("Encounter", "x11", status="finished", reasonCode=[CODED])),
    "answers": searchset(
        noted("QuestionnaireResponse", "x12", status="completed", item=[{"linkId": "1", "text": "Jane?"}])
    ),
}


def request(planted=beside):
    """A hook call with marks all over the envelope and the chart."""
    call = hook(
        prefetch=planted(CHART),
        fhirServer=f"https://{canary()}.example/fhir",
        fhirAuthorization={"access_token": canary(), "token_type": "Bearer", "expires_in": 300, "subject": canary()},
        extension={canary(): canary()},
    )
    call["context"] |= {"userId": f"Practitioner/{canary()}", "encounterId": canary(), canary(): canary()}
    call["prefetch"][canary()] = planted(CHART["conditions"])
    return call


def headers():
    return {
        "Authorization": f"Bearer {canary()}",
        "X-Request-ID": canary(),
        "User-Agent": canary(),
        "Referer": f"https://{canary()}.example/?patient={canary()}",
        "traceparent": canary(),
        "Cookie": canary(),
    }
