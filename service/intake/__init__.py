"""Reads what was sent into a `Record`: one pass, a typed view of each entry, and a reason for each left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from operator import attrgetter
from typing import Any

import msgspec

from service.domain.errors import BadRequest
from service.domain.statements import Skipped
from service.fhir import datatypes, resources
from service.fhir.eligibility import future
from service.fhir.record import Record
from service.intake import copies, dated_ahead, readable, references
from service.intake.bundles import Gathered, from_bundle, from_prefetch
from service.intake.entry import Entry, fingerprint
from service.intake.references import by_ref, whose, without_id
from service.intake.resource_kinds import FIELD, KINDS, Kind

__all__ = ["Entry", "Gathered", "by_ref", "from_bundle", "from_prefetch", "read", "whose", "without_id"]

_FIELDS = tuple(dict.fromkeys(FIELD.values()))

_LONGEST_ID = 128
"""Of an id that is repeated for each contained resource; FHIR allows 64 characters."""

_MOST_CODES, _LONGEST_NAME = 50, 1_000
"""Of a drug that other entries refer to: no drug has so many codes or so long a name."""

_order: Callable[[resources.Resource], tuple[str, str]] = attrgetter("resource_type", "id")
"""Every view has an id by then: its own, or one that was made for it."""


@dataclass(frozen=True)
class _Others:
    """What one entry may need to know of the others; gathered when the first one asks."""

    entries: tuple[Entry, ...]
    forms: references.Forms

    @cached_property
    def drugs(self) -> dict[str, datatypes.CodeableConcept]:
        return _drug_names(self.entries)


def read(gathered: Gathered, as_of: date, *, patient: str = "") -> Record:
    """Turn the gathered entries into a Record as of one day.

    ``patient`` is the id (or ``Patient/id``) the call is about; entries about anybody else are skipped. Without it
    a Bundle may speak of one patient only, else BadRequest. The order of the entries never matters.
    """
    forms = references.Forms(gathered.entries, patient)
    skipped, copied = list(gathered.skipped), dict[str, str]()
    entries = list(_unique(gathered.entries, forms, skipped, copied))
    others = _Others(tuple(entries), forms)
    wanted = _whose(entries, others.forms, patient)
    today = as_of.isoformat()
    held: dict[str, list[resources.Resource]] = {name: [] for name in _FIELDS}
    people: list[resources.Patient] = []
    unread: Counter[str] = Counter()
    for entry in entries:
        name = entry.kind
        kind = KINDS.get(name) if isinstance(name, str) else None
        if kind is None:
            if not isinstance(name, str) or not name.isalpha() or len(name) > 40:
                skipped.append(Skipped(entry.path, "resourceType is missing or not a name"))
            else:
                unread[name] += 1
            continue
        resource = entry.view or _view(entry, kind, others, skipped)
        if resource is None:
            gathered.lost.add(entry.path)
            continue
        if wanted and _is_of_another(resource, kind, wanted):
            gathered.lost.add(entry.path)
            skipped.append(Skipped(entry.path, "about another patient"))
        elif reason := kind.judge(resource) or future(kind.days(resource), as_of, today):
            skipped.append(Skipped(entry.path, reason))
        elif isinstance(resource, resources.Patient):
            people.append(resource)
        else:
            if dated_ahead.any_ahead(kind.days(resource), today):
                skipped.append(Skipped(entry.path, dated_ahead.REASON))
                resource = dated_ahead.pulled_back(resource, today)
            held[kind.field].append(resource)
            if entry.view is None and "contained" in entry.resource:
                entries += _contained(entry, resource, skipped, gathered)
    gathered.lost |= {path for path, kept in copied.items() if kept in gathered.lost}
    skipped += [
        Skipped(f"{kind} ({count})", "a resource type that these rules do not read") for kind, count in unread.items()
    ]
    chosen: dict[str, Any] = {name: tuple(sorted(found, key=_order)) for name, found in held.items()}
    return Record(
        as_of=as_of,
        patient=min(people, key=_order) if people else None,
        missing=tuple(sorted(gathered.unavailable)),
        skipped=tuple(sorted(skipped, key=lambda s: (s.path, s.reason))),
        **chosen,
    )


def _contained(entry: Entry, parent: resources.Resource, skipped: list[Skipped], gathered: Gathered) -> list[Entry]:
    """The results inside a report that counts, about its patient; other contained resources are named as left out."""
    found = []
    raw = entry.resource.get("contained")
    listed = raw if isinstance(raw, list) else []
    gathered.count(len(listed))
    outer = (parent.id or "")[:_LONGEST_ID]
    # As the view holds it: each contained resource reads the subject of its report again, whatever else stands in it.
    subject = parent.subject if isinstance(parent, resources.DiagnosticReport) else None
    shared = {} if subject is None else {"subject": msgspec.to_builtins(subject)}
    for at, inner in enumerate(listed):
        kind = inner.get("resourceType") if isinstance(inner, dict) else None
        if kind == "Observation" and isinstance(parent, resources.DiagnosticReport):
            own = f"{outer}#{str(inner.get('id', at))[:_LONGEST_ID]}"
            found.append(Entry(f"{entry.path}.contained[{at}]", {**shared, **inner, "id": own}))
        elif isinstance(kind, str) and kind in FIELD:
            skipped.append(Skipped(f"{entry.path}.contained[{at}]", "a contained resource that is not read"))
    return found


def _view(entry: Entry, kind: Kind, others: _Others, skipped: list[Skipped]) -> resources.Resource | None:
    raw = entry.resource
    found = next((element for element in kind.only_r5 if element in raw), "")
    if not found and kind.view is resources.ImagingStudy and _modality_of_r5(raw):
        found = "modality"
    if found:
        name = raw["resourceType"]
        skipped.append(Skipped(f"{entry.path}.{found}", f"R5 shape ({name}.{found}); this service reads FHIR R4"))
        return None
    for name in ("subject", "patient"):
        if isinstance(raw.get(name), str):
            skipped.append(
                Skipped(f"{entry.path}.{name}", "expected an object, got a string; read as what it must mean")
            )
            raw = {**raw, name: {"reference": raw[name]}}
    raw = references.settle(raw, kind, others.forms)
    own = raw.get("id")
    if not isinstance(own, str) or not own:
        raw = {**raw, "id": references.name_of(entry.full_url) if entry.full_url else fingerprint(entry.resource)}
    if kind.view is resources.Medication and "medicationCodeableConcept" not in raw:
        raw = _with_drug(raw, others.drugs)
    return readable.view(raw, kind, entry.path, skipped)


def _modality_of_r5(study: dict[str, Any]) -> bool:
    """Whether a modality is a CodeableConcept, as in R5, and not a Coding."""
    listed = study.get("modality")
    return isinstance(listed, list) and any(isinstance(modality, dict) and "coding" in modality for modality in listed)


def _unique(
    entries: Iterable[Entry], forms: references.Forms, skipped: list[Skipped], copied: dict[str, str]
) -> Iterable[Entry]:
    """One entry per type and id of one patient, with what all its copies say, whatever their order; ``copied`` takes
    the places of the other copies, each with that of the one that stays."""
    named: dict[tuple[str, str], list[Entry]] = {}
    nameless: list[Entry] = []
    for entry in entries:
        kind, own = entry.kind, entry.own_id
        if isinstance(kind, str) and isinstance(own, str) and own:
            named.setdefault((kind, own), []).append(entry)
        else:
            nameless.append(entry)
    seen: dict[str, str] = {}
    for entry in nameless:
        mark = entry.full_url or fingerprint(entry.resource)
        if mark in seen:
            copied[entry.path] = seen[mark]
            continue
        seen[mark] = entry.path
        yield entry
    for found in named.values():
        if len(found) == 1:
            yield found[0]
        else:
            yield from _joined(found, forms, copied)
    skipped += [Skipped(path, "a second copy of the same resource") for path in copied]


def _joined(found: Iterable[Entry], forms: references.Forms, copied: dict[str, str]) -> Iterable[Entry]:
    """Of entries with one type and id: those of another patient, or of another FHIR version, are no copies."""
    of_each: dict[tuple[str, bool], list[Entry]] = {}
    for entry in found:
        kind = KINDS.get(str(entry.kind))
        foreign = kind is not None and any(element in entry.resource for element in kind.only_r5)
        of_each.setdefault((_subject(entry, forms), foreign), []).append(entry)
    for same in of_each.values():
        kept = copies.join(same)
        yield kept
        copied |= {entry.path: kept.path for entry in same if entry.path != kept.path}


def _subject(entry: Entry, forms: references.Forms) -> str:
    held = entry.resource.get("subject", entry.resource.get("patient"))
    reference = held.get("reference") if isinstance(held, dict) else held
    return forms[reference] if isinstance(reference, str) else ""


def _is_of_another(resource: resources.Resource, kind: Kind, wanted: str) -> bool:
    if isinstance(resource, resources.Patient):
        return resource.ref != wanted
    subject = kind.subject(resource)
    return subject is not None and bool(subject.reference) and subject.reference != wanted


def _whose(entries: Iterable[Entry], forms: references.Forms, patient: str) -> str:
    """The one patient that the entries speak of, as ``Patient/id``; "" when nobody is named."""
    if patient:
        return patient if patient.startswith("Patient/") else f"Patient/{patient}"
    named: set[str] = set()
    for entry in entries:
        kind = entry.kind
        if kind == "Patient" and isinstance(entry.own_id, str):
            named.add(f"Patient/{entry.own_id}")
        elif isinstance(kind, str) and kind in resources.BY_TYPE:
            for name in ("subject", "patient"):
                held = entry.resource.get(name)
                if isinstance(held, dict) and isinstance(held.get("reference"), str):
                    named.add(forms[held["reference"]])
    people = {name for name in named if name.startswith("Patient/")}
    if len(people) > 1:
        raise BadRequest(
            f"The Bundle speaks of {len(people)} patients; send one patient at a time, or say which with ?patient=<id>."
        )
    return people.pop() if people else ""


def _drug_names(entries: Iterable[Entry]) -> dict[str, datatypes.CodeableConcept]:
    """What each drug is called: read once, and only so much of it as thousands of entries may read again."""
    found: dict[str, datatypes.CodeableConcept] = {}
    for entry in entries:
        if entry.kind != "Medication" or not isinstance(entry.own_id, str):
            continue
        try:
            drug = msgspec.convert(entry.resource.get("code"), datatypes.CodeableConcept, strict=True)
        except msgspec.ValidationError:
            continue
        found[f"Medication/{entry.own_id}"] = datatypes.CodeableConcept(
            coding=drug.coding and drug.coding[:_MOST_CODES], text=drug.text and drug.text[:_LONGEST_NAME]
        )
    return found


def _with_drug(raw: dict[str, Any], drugs: dict[str, datatypes.CodeableConcept]) -> dict[str, Any]:
    held = raw.get("medicationReference")
    reference = held.get("reference") if isinstance(held, dict) else None
    if not isinstance(reference, str):
        return raw
    if reference.startswith("#"):
        for inner in raw.get("contained") or () if isinstance(raw.get("contained"), list) else ():
            if isinstance(inner, dict) and f"#{inner.get('id')}" == reference and isinstance(inner.get("code"), dict):
                return {**raw, "medicationCodeableConcept": inner["code"]}
        return raw
    return {**raw, "medicationCodeableConcept": drugs[reference]} if reference in drugs else raw
