"""What the name of a visit or of a report says: visits to physiotherapy and the pain clinic, operative reports."""

from __future__ import annotations

import re
from collections.abc import Iterator

from service.domain.statements import Basis, Statement
from service.fhir import resources
from service.fhir.elements import LONGEST_WORDS, encounter_began, words_of
from service.fhir.eligibility import was_attended

_VISITS = (
    ("physiotherapy", re.compile(r"physio ?therap|physical therap|exercise therap|\bphysio\b")),
    ("pain-clinic-contact", re.compile(r"pain (?:clinic|medicine|management|service|unit|cent(?:er|re))")),
)
_OPERATIVE = re.compile(
    r"\boperati(?:ve|on)\b.{0,30}\b(?:note|report)|surgical (?:operation )?(?:note|report)|\bop note\b"
)


def visits(encounter: resources.Encounter) -> Iterator[Statement]:
    """The treatment that the type of an attended visit names."""
    told = " ; ".join(words_of(kind) for kind in encounter.type or ())
    if not told or not was_attended(encounter):
        return
    plain = told.lower()
    for concept, said in _VISITS:
        if said.search(plain):
            yield Statement(
                concept=concept,
                source=encounter.ref,
                basis=Basis.CODE,
                stated=encounter_began(encounter),
                words=told[:LONGEST_WORDS],
                encounter=encounter.ref,
                resource=encounter.resource_type,
            )


def is_operative(report: resources.DiagnosticReport) -> bool:
    """Called an operative report, or a note on an operation."""
    return _OPERATIVE.search(words_of(report.code).lower()) is not None
