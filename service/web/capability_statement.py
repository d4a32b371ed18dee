"""What can be read under /fhir: profiles, value sets, code systems, operations, the plan; and the /metadata."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import orjson

from service.knowledge import Knowledge
from service.output.fhir import plan_definition
from service.output.fhir.plan_definition import PLAN, Resource
from service.web.content_negotiation import FHIR_JSON

TYPES = (
    "CodeSystem",
    "ConceptMap",
    "OperationDefinition",
    "PlanDefinition",
    "Questionnaire",
    "StructureDefinition",
    "ValueSet",
)
_FOLDERS = ("generated", "valuesets")
_DATE = date(2026, 11, 21)


@lru_cache(maxsize=1)
def shipped() -> Mapping[str, Mapping[str, Resource]]:
    """The shipped resources by type and id; read at the first question, because hook calls never need them."""
    found: dict[str, dict[str, Resource]] = {kind: {} for kind in TYPES}
    for folder in _FOLDERS:
        for resource in _read(files("fhir_profiles") / folder):
            if resource.get("resourceType") in found and isinstance(resource.get("id"), str):
                found[resource["resourceType"]][resource["id"]] = resource
    return found


def resources(kind: str, knowledge: Knowledge) -> dict[str, Resource]:
    """All resources of one type by id; what the running rules say of themselves replaces what was shipped."""
    live = {each["id"]: each for each in plan_definition.resources(knowledge) if each["resourceType"] == kind}
    return dict(sorted({**shipped()[kind], **live}.items()))


def _read(folder: Traversable) -> Iterator[Resource]:
    if folder.is_dir():
        for path in sorted(folder.iterdir(), key=lambda path: path.name):
            if path.name.endswith(".json"):
                yield orjson.loads(path.read_bytes())


def capability(knowledge: Knowledge, base: str) -> Resource:
    """The CapabilityStatement of this server: what it reads out, and the two operations that it is there for."""
    operations = resources("OperationDefinition", knowledge)
    return {
        "resourceType": "CapabilityStatement",
        "id": "backstory",
        "url": f"{base}/metadata",
        "version": knowledge.version,
        "name": "Backstory",
        "title": "Backstory: pain after lumbar spine surgery",
        "status": "draft",
        "experimental": False,
        "date": _DATE.isoformat(),
        "publisher": "Backstory",
        "kind": "instance",
        "software": {"name": "Backstory", "version": knowledge.version},
        "implementation": {
            "description": "Reads one patient's chart and answers with guidance. Stateless: nothing is stored.",
            "url": base,
        },
        "fhirVersion": "4.0.1",
        "format": [FHIR_JSON, "json"],
        "rest": [
            {
                "mode": "server",
                "documentation": (
                    "Post a Bundle of any type, or Parameters, to $evaluate-fbss or to PlanDefinition/"
                    f"{PLAN}/$apply. Entries of a transaction or batch are read, never executed. CDS Hooks services "
                    "stand beside this address, at /cds-services."
                ),
                "resource": [_readable(kind, operations) for kind in TYPES],
                "operation": [
                    {"name": each["code"], "definition": each["url"]} for each in operations.values() if each["system"]
                ],
            }
        ],
    }


def _readable(kind: str, operations: Mapping[str, Resource]) -> Resource:
    told: Resource = {
        "type": kind,
        "interaction": [{"code": "read"}, {"code": "search-type"}],
        "searchParam": [
            {"name": "_id", "type": "token", "definition": "http://hl7.org/fhir/SearchParameter/Resource-id"},
            {"name": "url", "type": "uri", "definition": "http://hl7.org/fhir/SearchParameter/conformance-url"},
        ],
    }
    offered = [each for each in operations.values() if kind in each.get("resource", ())]
    if offered:
        told["operation"] = [{"name": each["code"], "definition": each["url"]} for each in offered]
    return told


def searchset(found: list[Resource], base: str, self_url: str) -> dict[str, Any]:
    return {
        "resourceType": "Bundle",
        "type": "searchset",
        "total": len(found),
        "link": [{"relation": "self", "url": self_url}],
        "entry": [
            {
                "fullUrl": f"{base}/{each['resourceType']}/{each['id']}",
                "resource": each,
                "search": {"mode": "match"},
            }
            for each in found
        ],
    }
