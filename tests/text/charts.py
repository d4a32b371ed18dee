"""Resources that hold words, with as little round them as their kind allows."""

from __future__ import annotations

from base64 import b64encode
from typing import Any

from service.fhir import datatypes, resources
from service.fhir.record import Record
from service.findings.case_sheet import compiled
from service.text.pipeline import Told, read
from tests.rule_sets import shipped
from tests.text.reading import AS_OF, WRITTEN


def read_chart(*, knows: Any = None, **resources_by_kind: Any) -> Told:
    """Everything that the texts of a chart say."""
    record = Record(as_of=AS_OF, **{kind: tuple(each) for kind, each in resources_by_kind.items()})
    language = compiled(shipped().language)
    return read(record, language, knows) if knows else read(record, language)


def attached(text: str | bytes, content_type: str = "text/plain") -> datatypes.Attachment:
    data = text if isinstance(text, bytes) else text.encode()
    return datatypes.Attachment(content_type=content_type, data=b64encode(data).decode())


def named(text: str) -> datatypes.CodeableConcept:
    return datatypes.CodeableConcept(text=text)


def coded(code: str, display: str = "", system: str = "http://example.org/codes") -> datatypes.CodeableConcept:
    return datatypes.CodeableConcept(coding=(datatypes.Coding(system=system, code=code, display=display or None),))


def document(text: str = "", title: str = "Progress note", *forms: datatypes.Attachment, **more: Any) -> Any:
    content = tuple(resources.DocumentContent(attachment=form) for form in (forms or (attached(text),)))
    given = {"resource_type": "DocumentReference", "id": "d", "status": "current", "date": WRITTEN, "type": named(title), "content": content}  # fmt: skip  # noqa: E501
    return resources.DocumentReference(**(given | more))


def composition(*sections: resources.CompositionSection, title: str = "Discharge summary", **more: Any) -> Any:
    given = {
        "resource_type": "Composition",
        "id": "k",
        "status": "final",
        "date": WRITTEN,
        "title": title,
        "section": sections,
    }
    return resources.Composition(**(given | more))


def section(title: str, div: str, *inside: resources.CompositionSection) -> resources.CompositionSection:
    return resources.CompositionSection(title=title, text=datatypes.Narrative(div=div), section=inside or None)


def study(**more: Any) -> resources.ImagingStudy:
    given = {"resource_type": "ImagingStudy", "id": "s", "status": "available", "started": WRITTEN, "modality": (datatypes.Coding(code="MR"),)}  # fmt: skip  # noqa: E501
    return resources.ImagingStudy(**(given | more))


def condition(words: str = "", name: str = "", **more: Any) -> resources.Condition:
    given = {
        "resource_type": "Condition",
        "id": "c",
        "recorded_date": WRITTEN,
        "code": named(name) if name else None,
        "note": (datatypes.Annotation(text=words),) if words else None,
    }
    return resources.Condition(**(given | more))


def procedure(words: str = "", name: str = "", **more: Any) -> resources.Procedure:
    given = {
        "resource_type": "Procedure",
        "id": "p",
        "status": "completed",
        "code": named(name) if name else None,
        "note": (datatypes.Annotation(text=words),) if words else None,
    }
    return resources.Procedure(**(given | more))


def spoken(text: str, **more: Any) -> resources.Observation:
    given = {"resource_type": "Observation", "id": "o", "effective_date_time": WRITTEN, "value_string": text}
    return resources.Observation(**(given | more))
