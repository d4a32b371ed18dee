"""Where a chart keeps words: a record in, its free texts out, each with what its resource says of date and place."""

from __future__ import annotations

import binascii
from base64 import b64decode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from msgspec import Struct

from service.domain import partial_dates
from service.domain.places import NOWHERE, Place, Side
from service.domain.spans import Span
from service.domain.statements import Basis
from service.fhir import resources
from service.fhir.elements import modality_of
from service.fhir.record import Record
from service.text import level_parser
from service.text.lexicon import Lexicon, may_speak
from service.text.sections import Section
from service.text.tokens import tokens

LONGEST_TEXT = 20_000
"""Characters; what lies beyond is left unread."""

MOST_BYTES = 256 * 1024
"""Of an attachment; what lies beyond is not decoded."""

_VOID = frozenset({"entered-in-error", "cancelled", "not-done", "refuted"})
_CLOSED = frozenset({"inactive", "resolved", "remission"})
_OPERATIVE = frozenset({"operative", "operation", "surgical"})
_NOTES = frozenset({"note", "notes", "summary", "consult", "consultation", "letter", "progress", "discharge", "visit"})
_NOTE_TYPES = ("text/plain",)
_TITLE_MODALITY = {
    "mri": "MR", "mr": "MR", "magnetic": "MR", "ct": "CT", "tomography": "CT", "radiograph": "DX", "radiographs": "DX",
    "xr": "DX", "ray": "DX", "rays": "DX", "radiography": "DX",
}  # fmt: skip


class Text(Struct, frozen=True, gc=False):
    """``own_name`` marks the name of the entry itself (code.text), as against a note on it."""

    words: str
    stated: Span | None
    opening: Section = Section.BODY
    own_name: bool = False


@dataclass(frozen=True)
class Entry:
    """One resource with its texts. ``kind`` is the reads_in word: report, condition, procedure or note.

    ``where`` is what the resource itself says of level and side; it is read only if a text says something.
    """

    ref: str
    kind: str
    basis: Basis
    texts: tuple[Text, ...]
    onset: Span | None = None
    ended: Span | None = None
    closed: bool = False
    doubtful: bool = False
    where: str = ""
    study: str = ""
    modality: str = ""
    encounter: str = ""

    @cached_property
    def place(self) -> Place:
        return level_parser.place_in_text(self.where) if self.where else NOWHERE

    @cached_property
    def side(self) -> Side:
        sided = self.where if self.kind != "report" else ""
        return level_parser.side_in_text(sided) if sided else Side.UNKNOWN


def entries(record: Record, lexicon: Lexicon) -> Iterator[Entry]:
    """Every resource that holds words, reports first; what is void, cancelled or refuted is left out."""
    modalities = {study.ref: modality_of(study) for study in record.imaging_studies}
    for report in record.reports:
        if report.status not in _VOID and not _is_elsewhere(_title(report), lexicon):
            yield _report(report, modalities)
    starts = {e.ref: partial_dates.parse(e.period.start) for e in record.encounters if e.period}
    for condition in record.conditions:
        if _code(condition.verification_status) not in _VOID:
            yield from _condition(condition, starts, lexicon)
    for procedure in record.procedures:
        if procedure.status not in _VOID:
            yield from _procedure(procedure, lexicon)
    for observation in record.observations:
        if observation.status not in _VOID:
            yield from _observation(observation, lexicon)
    for study in record.imaging_studies:
        if study.status not in _VOID and study.description:
            yield _study(study)


def _report(report: resources.DiagnosticReport, modalities: dict[str, str]) -> Entry:
    when = (
        partial_dates.parse(report.effective_date_time)
        or _begin(report.effective_period)
        or partial_dates.parse(report.issued)
    )
    study = next((r.reference for r in report.imaging_study or () if r.reference), "") or ""
    title = _title(report)
    words = frozenset(tokens(title))
    told = [Text(text, when) for form in report.presented_form or () if (text := decoded(form))]
    if report.conclusion:
        told.append(Text(report.conclusion, when, Section.IMPRESSION))
    kind = "procedure" if words & _OPERATIVE else "note" if words & _NOTES else "report"
    return Entry(
        ref=report.ref,
        kind=kind,
        basis=Basis.NOTE if kind == "note" else Basis.REPORT,
        texts=tuple(told),
        where=title,
        study=study,
        modality=modalities.get(study) or next((_TITLE_MODALITY[w] for w in tokens(title) if w in _TITLE_MODALITY), ""),
        encounter=_reference(report.encounter),
    )


def _condition(condition: resources.Condition, starts: dict[str, Span | None], lexicon: Lexicon) -> Iterator[Entry]:
    if not _speaks(lexicon, condition.code, condition.note):
        return
    onset = partial_dates.parse(condition.onset_date_time) or _begin(condition.onset_period)
    ended = partial_dates.parse(condition.abatement_date_time) or _begin(condition.abatement_period)
    encounter = _reference(condition.encounter)
    stated = partial_dates.parse(condition.recorded_date) or starts.get(encounter) or onset
    yield Entry(
        ref=condition.ref,
        kind="condition",
        basis=Basis.NOTE,
        texts=(*_name(condition.code, stated), *_notes(condition.note, stated)),
        onset=onset,
        ended=ended,
        closed=_code(condition.clinical_status) in _CLOSED,
        doubtful=_code(condition.verification_status) == "differential",
        where=_where(condition.body_site, condition.code),
        encounter=encounter,
    )


def _procedure(procedure: resources.Procedure, lexicon: Lexicon) -> Iterator[Entry]:
    if not _speaks(lexicon, procedure.code, procedure.note):
        return
    when = partial_dates.parse(procedure.performed_date_time)
    if when is None and procedure.performed_period:
        when = partial_dates.parse(procedure.performed_period.end or procedure.performed_period.start)
    yield Entry(
        ref=procedure.ref,
        kind="procedure",
        basis=Basis.NOTE,
        texts=(*_name(procedure.code, when), *_notes(procedure.note, when)),
        onset=when,
        where=_where(procedure.body_site, procedure.code),
        encounter=_reference(procedure.encounter),
    )


def _observation(observation: resources.Observation, lexicon: Lexicon) -> Iterator[Entry]:
    if not _speaks(lexicon, None, observation.note, observation.value_string):
        return
    when = (
        partial_dates.parse(observation.effective_date_time)
        or _begin(observation.effective_period)
        or partial_dates.parse(observation.effective_instant)
        or partial_dates.parse(observation.issued)
    )
    value = (Text(observation.value_string, when),) if observation.value_string else ()
    yield Entry(
        ref=observation.ref,
        kind="note",
        basis=Basis.NOTE,
        texts=(*value, *_notes(observation.note, when)),
        encounter=_reference(observation.encounter),
    )


def _speaks(
    lexicon: Lexicon,
    name: resources.CodeableConcept | None,
    notes: Iterable[resources.Annotation] | None,
    value: str | None = None,
) -> bool:
    """Whether any of an entry's words can say something of ours: most cannot, and their dates need no reading."""
    told = (name.text if name is not None else None, value, *(note.text for note in notes or ()))
    return any(may_speak(lexicon, tokens(text[:LONGEST_TEXT])) for text in told if text)


def _study(study: resources.ImagingStudy) -> Entry:
    return Entry(
        ref=study.ref,
        kind="report",
        basis=Basis.NOTE,
        texts=(Text(study.description or "", partial_dates.parse(study.started)),),
        study=study.ref,
        modality=modality_of(study),
        encounter=_reference(study.encounter),
    )


def decoded(form: resources.Attachment) -> str:
    """The text of a plain-text attachment; "" for any other type and for data that is no base64."""
    if not form.data or not (form.content_type or "").lower().startswith(_NOTE_TYPES):
        return ""
    data = "".join(form.data[: MOST_BYTES * 4 // 3].split()).rstrip("=")
    data = data[: len(data) - (len(data) % 4 == 1)]
    try:
        return b64decode(data + "=" * (-len(data) % 4)).decode("utf-8", errors="replace")
    except (binascii.Error, ValueError):
        return ""


def _is_elsewhere(title: str, lexicon: Lexicon) -> bool:
    """A chest film or a knee MRI: its fractures and effusions are none of ours."""
    words = frozenset(tokens(title))
    return bool(words & lexicon.elsewhere) and not words & lexicon.spinal


def _title(report: resources.DiagnosticReport) -> str:
    return " ".join(_words(concept) for concept in (report.code, *(report.category or ())))[:300]


def _words(concept: resources.CodeableConcept | None) -> str:
    if concept is None:
        return ""
    return " ".join(filter(None, (concept.text, *(c.display for c in concept.coding or () if c is not None))))


def _name(concept: resources.CodeableConcept | None, stated: Span | None) -> Iterator[Text]:
    if concept is not None and concept.text:
        yield Text(concept.text, stated, own_name=True)


def _notes(notes: Iterable[resources.Annotation] | None, stated: Span | None) -> Iterator[Text]:
    for note in notes or ():
        if note.text:
            yield Text(note.text, partial_dates.parse(note.time) or stated)


def _where(sites: Iterable[resources.CodeableConcept] | None, name: resources.CodeableConcept | None) -> str:
    return " ; ".join(_words(concept) for concept in (*(sites or ()), name))[:400]


def _begin(period: resources.Period | None) -> Span | None:
    return partial_dates.parse(period.start or period.end) if period else None


def _reference(reference: resources.Reference | None) -> str:
    return (reference.reference or "") if reference else ""


def _code(concept: resources.CodeableConcept | None) -> str:
    for coding in (concept.coding if concept else None) or ():
        if coding is not None and coding.code:
            return coding.code.strip().lower()
    return ""
