"""The shipped value sets as one index, and what a code says in it."""

from __future__ import annotations

from service.knowledge import terminology
from tests.terminology.overview import FOLDER

INDEX = terminology.load([FOLDER])
SNOMED = "http://snomed.info/sct"
CM = "http://hl7.org/fhir/sid/icd-10-cm"
WHO = "http://hl7.org/fhir/sid/icd-10"
PCS = "http://www.cms.gov/Medicare/Coding/ICD10"
LOINC = "http://loinc.org"


def concepts(system: str, code: str, index: terminology.CodeIndex = INDEX) -> set[str]:
    return {hit.concept for hit in index.hits(system, code)}


def said_by(concept: str, system: str, code: str) -> bool:
    return concept in concepts(system, code)
