"""The published shape of ``/explain`` and of CDS Hooks answers, for OpenAPI; tests hold the answers to it."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class Reason(_Shape):
    text: str
    weight: int
    group: str
    findings: list[str]
    evidence: list[str] = Field(description="FHIR references of the chart entries it stands on")
    sources: list[str] = Field(description="ids in rules/evidence.toml")


class Alarm(_Shape):
    id: str = Field(description="rf-… for red flags, exam-… for bedside warnings")
    title: str
    indicator: Literal["critical", "warning", "info"]
    urgency: Literal["emergency", "urgent", "routine"]
    because: list[Reason]
    action: str


class Cause(_Shape):
    id: str
    title: str
    certainty: Literal["documented", "likely", "possible", "fits"]
    score: int
    for_: list[Reason] = Field(alias="for")
    against: list[Reason]
    notes: list[str]
    missing: list[str] = Field(description="Findings that are unknown and would count for this cause")


class Question(_Shape):
    id: str
    text: str
    separates: str
    kind: Literal["history", "bedside"] = Field(description="Asked of the patient, or shown by a test at the bedside")


class OrderCode(_Shape):
    system: str
    code: str
    display: str


class Step(_Shape):
    id: str
    title: str
    kind: Literal["imaging", "test", "block", "bedside", "record", "referral", "care"]
    urgency: Literal["emergency", "urgent", "routine"]
    why: str
    for_: list[str] = Field(alias="for", description="ids of the causes or alarms that want it")
    cautions: list[str]
    order: OrderCode | None = None
    positive: str | None = None
    negative: str | None = None


class WithheldStep(_Shape):
    id: str
    title: str
    reason: str


class Bounds(_Shape):
    low: int
    high: int


class CaseFinding(_Shape):
    name: str
    value: str | int | Bounds
    means: str
    basis: str
    evidence: list[str]
    words: str | None = None
    when: str | None = None


class TraceLine(_Shape):
    stratum: str
    record: str
    clause: str
    findings: list[str]
    evidence: list[str]
    sources: list[str]


class Left(_Shape):
    path: str
    reason: str


class NotUnderstood(_Shape):
    source: str
    words: str
    stated: str = Field(description="When it was written, or 'date unknown'")


class Change(_Shape):
    finding: str
    text: str
    points: int
    example: str


class IndexSurgery(_Shape):
    date: str
    classes: list[str]
    levels: list[str]
    side: str
    basis: Literal["recorded", "stated"]
    text: str
    evidence: list[str]


class RuleSet(_Shape):
    version: str
    status: str
    overrides: list[str]


class Explanation(_Shape):
    """The answer of POST /explain."""

    as_of: str = Field(alias="asOf")
    index_surgery: IndexSurgery | None = Field(alias="indexSurgery")
    red_flags: list[Alarm] = Field(alias="redFlags")
    bedside_warnings: list[Alarm] = Field(alias="bedsideWarnings")
    causes: list[Cause] = Field(description="Ranked best first")
    questions: list[Question]
    next_steps: list[Step] = Field(alias="nextSteps", description="Most useful first")
    withheld_steps: list[WithheldStep] = Field(alias="withheldSteps")
    cards: list[dict[str, Any]]
    silent: str = Field(description="In one line why nothing is said; empty when a card speaks")
    case_sheet: list[CaseFinding] = Field(alias="caseSheet")
    trace: list[TraceLine]
    missing: list[str]
    skipped: list[Left]
    not_understood: list[NotUnderstood] = Field(
        alias="notUnderstood", description="Clauses that name something clinical and were not read, at most 20"
    )
    would_change: list[Change] = Field(alias="wouldChange")
    sources: dict[str, str] = Field(description="The sources that reasons name, by id, with their citations")
    rule_set: RuleSet = Field(alias="ruleSet")


class CardsAnswer(BaseModel):
    """The answer of a CDS Hooks call."""

    cards: list[dict[str, Any]]


class Services(BaseModel):
    """The answer of CDS Hooks discovery."""

    services: list[dict[str, Any]]


# Request bodies, for OpenAPI only: they are read by hand, because one bad entry must not cost the whole chart.


def _body(schema: dict[str, Any], *media: str) -> dict[str, Any]:
    content = {each: {"schema": schema} for each in ("application/json", *media)}
    return {"requestBody": {"required": True, "content": content}}


_TEXT = {"type": "string", "minLength": 1}
_RESOURCE = {"type": "object", "required": ["resourceType"], "properties": {"resourceType": _TEXT}}
_BUNDLE = {
    "type": "object",
    "required": ["resourceType"],
    "properties": {
        "resourceType": {"const": "Bundle"},
        "type": {"type": "string"},
        "entry": {"type": "array", "items": {"type": "object", "properties": {"resource": _RESOURCE}}},
    },
}
_CALL = {
    "type": "object",
    "required": ["hook", "hookInstance", "context"],
    "properties": {
        "hook": {"enum": ["patient-view", "order-select", "order-sign", "encounter-start", "problem-list-item-create"]},
        "hookInstance": {**_TEXT, "format": "uuid"},
        "fhirServer": {"type": "string", "format": "uri"},
        "fhirAuthorization": {"type": "object"},
        "context": {
            "type": "object",
            "required": ["userId", "patientId"],
            "properties": {
                "userId": _TEXT,
                "patientId": _TEXT,
                "encounterId": {"type": "string"},
                "selections": {"type": "array", "items": _TEXT},
                "draftOrders": _BUNDLE,
                "conditions": _BUNDLE,
            },
        },
        "prefetch": {"type": "object", "additionalProperties": {"anyOf": [_BUNDLE, _RESOURCE, {"type": "null"}]}},
    },
}
_REPORT = {
    "type": "object",
    "required": ["card", "outcome"],
    "properties": {
        "card": {**_TEXT, "format": "uuid"},
        "outcome": {"enum": ["accepted", "overridden"]},
        "overrideReason": {"type": "object", "properties": {"reason": {"type": "object"}, "userComment": _TEXT}},
        "outcomeTimestamp": {"type": "string", "format": "date-time"},
    },
}
_PARAMETERS = {
    "type": "object",
    "required": ["resourceType", "parameter"],
    "properties": {
        "resourceType": {"const": "Parameters"},
        "parameter": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["name"],
                "properties": {"name": _TEXT, "valueString": _TEXT, "resource": {"anyOf": [_BUNDLE, _RESOURCE]}},
            },
        },
    },
}
_FEEDBACK = {
    "type": "object",
    "required": ["feedback"],
    "properties": {"feedback": {"type": "array", "maxItems": 500, "items": _REPORT}},
}

HOOK_CALL = _body(_CALL)
FEEDBACK = _body(_FEEDBACK)
CHART = _body({"anyOf": [_BUNDLE, _RESOURCE, _CALL, {"type": "array", "items": _RESOURCE}]}, "application/fhir+json")
OPERATION = _body({"anyOf": [_PARAMETERS, _BUNDLE, _RESOURCE]}, "application/fhir+json")
