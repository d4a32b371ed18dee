"""Papers of a chart: a DocumentReference or Composition in, its texts with what its title says of their kind out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from service.domain.statements import Basis
from service.fhir import datatypes, elements, resources
from service.text.documents.attachments import decoded
from service.text.documents.entries import Entry, Text
from service.text.documents.operative_reports import operative

_WORD = re.compile(r"[^\W_]+")
_OPERATIVE = frozenset({"operative", "operation", "surgical", "op"})
_NOT_OPERATIVE = frozenset({"pathology", "postoperative", "preoperative", "consent"})
_NOTES = frozenset(
    {
        "note",
        "notes",
        "summary",
        "consult",
        "consultation",
        "letter",
        "progress",
        "discharge",
        "visit",
        "history",
        "triage",
        "message",
    }
)
_TITLE_MODALITY = {
    "mri": "MR",
    "mr": "MR",
    "magnetic": "MR",
    "ct": "CT",
    "tomography": "CT",
    "radiograph": "DX",
    "radiographs": "DX",
    "xr": "DX",
    "ray": "DX",
    "rays": "DX",
    "radiography": "DX",
    "xray": "DX",
    "views": "DX",
    "view": "DX",
    "films": "DX",
    "film": "DX",
}


def document_title(document: resources.DocumentReference | resources.Composition) -> str:
    if isinstance(document, resources.Composition):
        return f"{document.title or ''} {shown(document.type)}"
    return f"{shown(document.type)} {document.description or ''}"


def document_entries(document: resources.DocumentReference | resources.Composition) -> Iterator[Entry]:
    """What a DocumentReference or a Composition says, as one entry; none where nothing could be read."""
    when = elements.document_stated(document)
    encounter, title = elements.encounter_of_document(document), document_title(document)
    if isinstance(document, resources.Composition):
        told = [Text(text, when) for text in _sections(document.section)]
        problems: tuple[str, ...] = ()
    else:
        forms = [decoded(c.attachment) for c in document.content or () if c.attachment]
        told = [Text(form.text, when) for form in forms if form.text]
        # Of several forms of one document one that can be read is enough; what of that one is left is named.
        problems = tuple(form.problem for form in forms if form.problem and (form.text or not told))
    if not told and not problems:
        return
    words = frozenset(title_words(title))
    if told and is_operative(words):
        yield operative(document.ref, title, told, when, encounter, document.resource_type)
        return
    is_report = not is_note(words) and not words.isdisjoint(_TITLE_MODALITY)
    yield Entry(
        ref=document.ref,
        kind="report" if is_report else "note",
        basis=Basis.REPORT if is_report else Basis.NOTE,
        texts=tuple(told),
        where=title if is_report else "",
        modality=title_modality(title) if is_report else "",
        encounter=encounter,
        resource=document.resource_type,
        problems=problems,
    )


def _sections(told: Iterable[resources.CompositionSection] | None, depth: int = 0) -> Iterator[str]:
    for section in told or ():
        if section.text and section.text.div:
            yield f"{section.title}:\n{section.text.div}" if section.title else section.text.div
        if depth < 4:
            yield from _sections(section.section, depth + 1)


def is_operative(words: frozenset[str]) -> bool:
    """Whether a title of these words is that of an operative report."""
    return bool(words & _OPERATIVE) and not words & _NOT_OPERATIVE


def is_note(words: frozenset[str]) -> bool:
    return bool(words & _NOTES)


def title_modality(title: str) -> str:
    """The DICOM modality that a title names, or ""."""
    return next((_TITLE_MODALITY[word] for word in title_words(title) if word in _TITLE_MODALITY), "")


def title_words(text: str) -> list[str]:
    return _WORD.findall(text.lower())


def shown(concept: datatypes.CodeableConcept | None) -> str:
    if concept is None:
        return ""
    return " ".join(filter(None, (concept.text, *(c.display for c in concept.coding or () if c is not None))))
