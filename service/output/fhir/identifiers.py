"""How the resources of one answer are named and refer to each other, to the patient and to the entries of the input."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from service.domain.statements import Ref
from service.fhir.canonical import CANONICAL

Resource = dict[str, Any]

_WITHOUT_ID = ("without-id", "no-id-")


def version_of(rule_set: str) -> str:
    return rule_set or "unknown"


def coded(system: str, code: str, display: str) -> Resource:
    """A CodeableConcept of one of our own code systems."""
    return {"coding": [{"system": f"{CANONICAL}/CodeSystem/{system}", "code": code, "display": display}]}


@dataclass(frozen=True, slots=True)
class Names:
    """``given`` maps the reference of an entry without an id to the fullUrl that the sender calls it by."""

    seed: uuid.UUID
    given: Mapping[Ref, str]
    rule_set: str
    patient: str
    encounter: str
    as_of: str

    def id(self, key: str) -> str:
        return str(uuid.uuid5(self.seed, key))

    def to(self, resource: Resource) -> Resource:
        return {"reference": f"urn:uuid:{resource['id']}"}

    def own_identifier(self, key: str) -> Resource:
        return {"system": "urn:ietf:rfc:3986", "value": f"urn:uuid:{self.id(key + ' identifier')}"}

    def entry(self, ref: Ref) -> Resource:
        """A reference to an entry of the input, as the sender can resolve it."""
        if ref in self.given:
            return {"reference": self.given[ref]}
        kind, _, ident = ref.partition("/")
        if not ident or ident.startswith(_WITHOUT_ID):
            return {"type": kind, "display": "An entry without an id"}
        if "#" in ident:
            return {"type": kind, "display": "A resource contained in another"}
        return {"reference": ref}

    def profile(self, ident: str) -> Resource:
        """Our profiles want a known patient; without one the resource claims none."""
        return {"meta": {"profile": [f"{CANONICAL}/StructureDefinition/{ident}"]}} if self.patient else {}

    def about(self, element: str) -> Resource:
        return {element: {"reference": _full("Patient", self.patient)}} if self.patient else {}

    def met(self, element: str) -> Resource:
        return {element: {"reference": _full("Encounter", self.encounter)}} if self.encounter else {}

    def software(self) -> Resource:
        """The service itself, by name and version; it stands in no server as a Device."""
        return {
            "type": "Device",
            "identifier": {"system": f"{CANONICAL}/rule-set-version", "value": version_of(self.rule_set)},
            "display": f"Backstory FBSS rule set {version_of(self.rule_set)} (draft)",
        }


def _full(kind: str, ident: str) -> str:
    return ident if "/" in ident else f"{kind}/{ident}"
