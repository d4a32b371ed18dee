"""Papers, sections and orders that are named by a code alone: a record in; the same with the words for the code, out.

A document may say what it is by its LOINC code, without text, title or display, and an order by its SNOMED CT code. The
reader goes by words: a title of the terminology stands in for those that were not sent, and never for any that were.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Protocol, TypeVar

from msgspec import structs

from service.fhir import resources
from service.fhir.datatypes import CodeableConcept
from service.fhir.elements import words_of
from service.fhir.record import Record

_DEEPEST = 4
"""Sections in one another."""


class Titles(Protocol):
    def title(self, system: str | None, code: str | None) -> str: ...


_Coded = TypeVar("_Coded", resources.DiagnosticReport, resources.ServiceRequest)


def titled(record: Record, codes: Titles) -> Record:
    """The record, in which every report, document, section and order that came with a known code alone has a name."""
    return replace(
        record,
        reports=_each(record.reports, codes),
        service_requests=_each(record.service_requests, codes),
        documents=tuple(_document(document, codes) for document in record.documents),
    )


def named(concept: CodeableConcept | None, codes: Titles) -> CodeableConcept | None:
    """The concept, with a text if it has a known code and no word."""
    if concept is None or concept.text or not concept.coding or any(c and c.display for c in concept.coding):
        return concept
    title = next((t for c in concept.coding if c is not None and (t := codes.title(c.system, c.code))), "")
    return structs.replace(concept, text=title) if title else concept


def _each(held: Iterable[_Coded], codes: Titles) -> tuple[_Coded, ...]:
    return tuple(
        each if (code := named(each.code, codes)) is each.code else structs.replace(each, code=code) for each in held
    )


def _document(
    document: resources.DocumentReference | resources.Composition, codes: Titles
) -> resources.DocumentReference | resources.Composition:
    kind = named(document.type, codes)
    if isinstance(document, resources.Composition):
        return structs.replace(document, type=kind, section=_sections(document.section, codes))
    return document if kind is document.type else structs.replace(document, type=kind)


def _sections(
    held: tuple[resources.CompositionSection, ...] | None, codes: Titles, depth: int = 0
) -> tuple[resources.CompositionSection, ...] | None:
    """Each with its title, or the words of its code."""
    if not held or depth > _DEEPEST:
        return held
    return tuple(
        structs.replace(
            section,
            title=section.title or words_of(named(section.code, codes)) or None,
            section=_sections(section.section, codes, depth + 1),
        )
        for section in held
    )
