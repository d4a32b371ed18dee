"""Conclusions to one R4 collection Bundle: guidance, issues, proposals, what was skipped, and where it came from.

The same conclusions as the cards, written for a FHIR client: GuidanceResponse → RequestGroup → ServiceRequest | Task,
a DetectedIssue for each alarm and cause, an OperationOutcome, a Provenance. Same input, same ids.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

import orjson
from msgspec.structs import replace

from service.domain.conclusions import Conclusions
from service.domain.spans import Interval
from service.domain.statements import Skipped
from service.fhir.canonical import CANONICAL
from service.fhir.record import Record
from service.output.fhir import data_requirements, detected_issues, operation_outcome, request_group
from service.output.fhir.identifiers import Names, Resource, version_of

__all__ = ["write"]

_SPACE = uuid.uuid5(uuid.NAMESPACE_URL, CANONICAL)


def write(
    conclusions: Conclusions,
    record: Record,
    cards: Sequence[Resource],
    words: Mapping[str, tuple[str, str]],
    names: Mapping[str, str],
    *,
    rule_set: str,
    patient: str,
    encounter: str,
    recorded: str,
) -> Resource:
    """Write the answer to one evaluation.

    ``cards`` are the cards of the same conclusions, whose orders are taken over as they are; ``words`` gives family
    and meaning of each finding; ``names`` how the sender calls an entry that has no id; ``recorded`` is the instant of
    the evaluation.
    """
    seed = uuid.uuid5(_SPACE, _fingerprint(conclusions, record, rule_set, patient).hex())
    known = Names(seed, names, rule_set, patient, encounter, conclusions.sheet.as_of.isoformat())
    found = detected_issues.write(conclusions, known)
    group, proposed = request_group.write(conclusions, cards, found, known)
    left = operation_outcome.write((*record.skipped, *_silenced(conclusions)), record.missing, known)
    spoken = conclusions if cards else replace(conclusions, questions=(), would_change=())
    guidance = _guidance(spoken, record, found, group, left, words, known)
    about = [guidance, *([group] if group else ()), *proposed, *found]
    whole = [*about, *([left] if left else ()), _provenance(conclusions, about, known, recorded)]
    return {
        "resourceType": "Bundle",
        "id": known.id("Bundle"),
        "type": "collection",
        "timestamp": recorded,
        "entry": [{"fullUrl": f"urn:uuid:{resource['id']}", "resource": resource} for resource in whole],
    }


def _guidance(
    conclusions: Conclusions,
    record: Record,
    found: Sequence[Resource],
    group: Resource | None,
    left: Resource | None,
    words: Mapping[str, tuple[str, str]],
    known: Names,
) -> Resource:
    """Keeps moduleUri and requestIdentifier of the R4 core profile cdshooksguidanceresponse.

    Its endpoint extension is left out: R4 allows that on a PlanDefinition only, so the core profile contradicts itself.
    """
    wanted = data_requirements.write(conclusions, words, record.missing)
    short = conclusions.orientation or not data_requirements.NEEDED.keys().isdisjoint(record.missing)
    guidance: Resource = {
        "resourceType": "GuidanceResponse",
        "id": known.id("GuidanceResponse"),
        **known.profile("backstory-guidance-response"),
        "requestIdentifier": known.own_identifier("request"),
        "identifier": [known.own_identifier("GuidanceResponse")],
        "moduleUri": f"{CANONICAL}/PlanDefinition/backstory-fbss|{known.rule_set}",
        "status": "data-required" if short and wanted else "success",
        **known.about("subject"),
        **known.met("encounter"),
        "occurrenceDateTime": known.as_of,
        "performer": known.software(),
    }
    if found:
        guidance["reasonCode"] = [issue["code"] for issue in found]
    if conclusions.questions:
        guidance["note"] = [
            {"text": f"Ask: {question.text} (tells apart: {question.separates})"} for question in conclusions.questions
        ]
    if left:
        guidance["evaluationMessage"] = [known.to(left)]
    if group:
        guidance["result"] = known.to(group)
    if wanted:
        guidance["dataRequirement"] = wanted
    return guidance


def _provenance(conclusions: Conclusions, about: Sequence[Resource], known: Names, recorded: str) -> Resource:
    used = dict.fromkeys(ref for _, finding in sorted(conclusions.sheet.findings.items()) for ref in finding.refs)
    provenance: Resource = {
        "resourceType": "Provenance",
        "id": known.id("Provenance"),
        "target": [known.to(resource) for resource in about],
        "recorded": recorded,
        "policy": [f"{CANONICAL}/PlanDefinition/backstory-fbss|{known.rule_set}"],
        "agent": [
            {
                "type": {
                    "coding": [
                        {
                            "system": "http://terminology.hl7.org/CodeSystem/provenance-participant-type",
                            "code": "assembler",
                            "display": "Assembler",
                        }
                    ]
                },
                "who": known.software(),
            }
        ],
    }
    if used:
        provenance["entity"] = [{"role": "source", "what": known.entry(ref)} for ref in used]
    return provenance


def _silenced(conclusions: Conclusions) -> tuple[Skipped, ...]:
    return tuple(Skipped(f"cause {each.path}", f"not shown: {each.reason}") for each in conclusions.suppressed)


def _fingerprint(conclusions: Conclusions, record: Record, rule_set: str, patient: str) -> bytes:
    def plain(value: str | Interval) -> Any:
        return value if isinstance(value, str) else [value.low, value.high]

    told = [
        version_of(rule_set),
        patient,
        record.as_of.isoformat(),
        [[name, plain(held.value), list(held.refs)] for name, held in sorted(conclusions.sheet.findings.items())],
        [[skipped.path, skipped.reason] for skipped in record.skipped],
        list(record.missing),
    ]
    return orjson.dumps(told)
