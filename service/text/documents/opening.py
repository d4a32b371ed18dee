"""Opens the documents of a chart once, newest first: a record in; the same with the words of its attachments out.

A chart may hold more than one call can open. What is left, the oldest, is named.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from msgspec import structs

from service.domain.statements import Unread
from service.fhir import datatypes, elements, resources
from service.fhir.record import File, Record
from service.text.documents import attachments
from service.text.documents.attachments import Opened, Priced
from service.text.documents.forms.decoded import Decoded

MOST_WORK = 4_000_000
"""The price of all that one call opens (see ``attachments.Priced``), give or take the document with which it ends."""

_LEFT = "not opened: newer documents filled what one call may open"
_EASIEST = (
    "text/plain",
    "text/html",
    "application/xhtml",
    "text/",
    "application/xml",
    "application/hl7",
    "application/rtf",
    "application/pdf",
)

Carrier = resources.DiagnosticReport | resources.DocumentReference
Open = Callable[[datatypes.Attachment], Opened]


def opened(record: Record) -> Record:
    """The record with its attachments opened, each into its words or the problem that it has none."""
    carriers = carriers_of(record)
    if not carriers:
        return record
    left = MOST_WORK

    def open_one(form: datatypes.Attachment) -> Opened:
        nonlocal left
        found, work = Priced(Decoded("", _LEFT)) if left < 0 else _price(form, record.files)
        left -= work
        return Opened(
            content_type=form.content_type, url=form.url, title=form.title, text=found.text, problem=found.problem
        )

    done = {carrier.ref: _with(carrier, open_one) for carrier in carriers}
    changes: dict[str, Any] = {
        name: tuple(done.get(each.ref, each) for each in getattr(record, name)) for name in ("reports", "documents")
    }
    return replace(record, **changes)


def is_work(record: Record) -> bool:
    """Whether a document of the record takes more than a moment to open."""
    forms = (form for carrier in carriers_of(record) for form in forms_of(carrier) if not isinstance(form, Opened))
    return any((form.data or form.url in record.files) and form.content_type != "text/plain" for form in forms)


def unread(record: Record) -> tuple[Unread, ...]:
    """The documents of an opened record of which nothing could be read, or not all."""
    return tuple(
        Unread(carrier.ref, form.problem)
        for carrier in carriers_of(record)
        for form in forms_of(carrier)
        if isinstance(form, Opened) and form.problem
    )


def is_closed(report: resources.DiagnosticReport) -> bool:
    """Whether a report of an opened record says nothing but by attachments of which none could be read."""
    forms = [form for form in report.presented_form or () if isinstance(form, Opened)]
    told = report.conclusion or report.conclusion_code or report.result or any(form.text for form in forms)
    return bool(forms) and not told


def carriers_of(record: Record) -> list[Carrier]:
    """The reports and documents that have attachments, newest first."""
    documents = [each for each in record.documents if isinstance(each, resources.DocumentReference)]
    carriers: list[Carrier] = [*record.reports, *documents]
    held = [each for each in carriers if forms_of(each)]
    return (
        sorted(held, key=lambda each: (elements.day_as_written(each), each.ref), reverse=True)
        if len(held) > 1
        else held
    )


def forms_of(carrier: Carrier) -> list[datatypes.Attachment]:
    if isinstance(carrier, resources.DiagnosticReport):
        return list(carrier.presented_form or ())
    return [content.attachment for content in carrier.content or () if content.attachment]


def by_ease(forms: Sequence[datatypes.Attachment]) -> list[list[datatypes.Attachment]]:
    """The forms of one document by media type, the easiest first. They say the same: one that is read is enough."""
    kinds: dict[str, list[datatypes.Attachment]] = {}
    for form in forms:
        kinds.setdefault((form.content_type or "").partition(";")[0].strip().lower(), []).append(form)
    return [kinds[kind] for kind in sorted(kinds, key=_ease)]


def _ease(kind: str) -> int:
    return next((at for at, start in enumerate(_EASIEST) if kind.startswith(start)), len(_EASIEST))


def _price(form: datatypes.Attachment, files: Mapping[str, File]) -> Priced:
    file = None if form.data or isinstance(form, Opened) else files.get(form.url or "")
    if file is None:
        return attachments.price(form)
    if file.problem:
        return Priced(Decoded("", file.problem))
    return attachments.read(file.data, file.kind or form.content_type or "")


def _with(carrier: Carrier, open_one: Open) -> Carrier:
    told: list[Opened] = []
    for alike in by_ease(forms_of(carrier)):
        told += [open_one(form) for form in alike]
        if any(form.text for form in told):
            told = [form for form in told if form.text or form.content_type == alike[0].content_type]
            break
    if isinstance(carrier, resources.DiagnosticReport):
        return structs.replace(carrier, presented_form=tuple(told))
    return structs.replace(carrier, content=tuple(resources.DocumentContent(attachment=form) for form in told))
