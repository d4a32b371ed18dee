"""Drugs: the medication entries of a chart in, statements by the concepts of drugs.toml out; and which are in use."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Set
from datetime import date
from functools import cache
from importlib.resources import files

from msgspec import Struct

from service.chart.chart import Chart, in_order, kept, said, within
from service.domain.statements import Basis, Statement
from service.fhir import resources
from service.fhir.elements import medication_began, medication_ended, medication_stated, words_of
from service.fhir.eligibility import is_over, was_taken

_MEDICATIONS = frozenset({"MedicationRequest", "MedicationStatement", "MedicationAdministration"})
_WORD = re.compile(r"[a-z]+")
_LONGEST = 600


class Drugs(Struct, frozen=True):
    """The names of one concept and the words beside which they mean something else."""

    names: frozenset[str]
    not_with: frozenset[str]
    prophylactic: frozenset[str] = frozenset()
    full_dose: frozenset[str] = frozenset()


PROPHYLACTIC = "-prophylactic"
"""What the concept of a drug ends in when its entry says that it is given to prevent, not to treat."""


def concepts_in(text: str) -> frozenset[str]:
    """The drug concepts that a text names, by whole words."""
    words = frozenset(_WORD.findall(text[:_LONGEST].lower()))
    return frozenset(c for c, drugs in _drugs().items() if words & drugs.names and not words & drugs.not_with)


def prescribed(chart: Chart, concept: str) -> tuple[Statement, ...]:
    """Every entry of the chart on the drug, oldest first: medication entries, and codes and words about long use."""
    named = kept(chart, "drugs", lambda c: [(m, _named(m)) for m in c.record.medications])
    own = (s for medication, concepts in named if concept in concepts for s in _statements(medication, {concept}))
    return in_order(dict.fromkeys((*said(chart, concept), *own)))


def in_use(chart: Chart, concept: str, days: float) -> tuple[Statement, ...]:
    """Written, given or ended within so many days; or open and not older than a year; or coded as long-term."""
    return tuple(s for s in prescribed(chart, concept) if _is_in_use(chart, s, days))


def is_long(chart: Chart, concept: str, days: float) -> tuple[Statement, ...]:
    """The entries that show use for so many days: a code of long-term use, or a chain of entries without a longer gap
    that is so long and reaches to within so many days of today."""
    told = prescribed(chart, concept)
    coded = tuple(s for s in told if not _is_medication(s) and s.code and not s.closed)
    if coded:
        return coded
    entries = [(s, _days_of(s, chart.as_of)) for s in told if _is_medication(s)]
    begin, links = chart.as_of, []
    for entry, (first, last) in sorted(((e, d) for e, d in entries if d), key=lambda pair: pair[1], reverse=True):
        if (begin - last).days <= days:
            begin = min(begin, first)
            links.append((entry, first, last))
    if not links:
        return ()
    latest = max(last for _, _, last in links)
    return in_order(e for e, _, _ in links) if (latest - begin).days >= days else ()


def _is_in_use(chart: Chart, entry: Statement, days: float) -> bool:
    spans = (entry.stated, entry.ended)
    if any(within(span, days, chart) for span in spans):
        return True
    if not _is_medication(entry):
        return bool(entry.code) and not entry.closed
    if entry.closed or entry.resource == "MedicationAdministration":
        return False
    return entry.ended is None and within(entry.stated, chart.numbers["year_days"], chart)


def _is_medication(entry: Statement) -> bool:
    return entry.resource in _MEDICATIONS


def _days_of(entry: Statement, as_of: date) -> tuple[date, date] | None:
    spans = [s for s in (entry.onset, entry.stated, entry.ended) if s]
    if not spans:
        return None
    taken = entry.resource == "MedicationStatement" and entry.onset is not None
    last = as_of if taken and not entry.ended and not entry.closed else min(as_of, max(s.first for s in spans))
    return min(last, min(s.last for s in spans)), last


def _named(medication: resources.Medication) -> frozenset[str]:
    named = concepts_in(_words(medication))
    told = frozenset(_WORD.findall(_purpose(medication)[:_LONGEST].lower()))
    return frozenset(f"{c}{PROPHYLACTIC}" if _prevents(_drugs()[c], told) else c for c in named)


def _prevents(drugs: Drugs, told: Set[str]) -> bool:
    return not drugs.prophylactic.isdisjoint(told) and drugs.full_dose.isdisjoint(told)


def _purpose(medication: resources.Medication) -> str:
    """Name, dosage and reason of an entry, in words."""
    dosages = (dosage.text or "" for dosage in medication.dosage_instruction or ())
    reasons = (words_of(reason) or "" for reason in medication.reason_code or ())
    return " ; ".join((_words(medication), *dosages, *reasons))


def _statements(medication: resources.Medication, concepts: Set[str]) -> Iterator[Statement]:
    """One for each concept: ``stated`` when written, ``onset`` and ``ended`` when given."""
    if not concepts or not was_taken(medication):
        return
    given = medication.resource_type == "MedicationAdministration"
    for concept in sorted(concepts):
        yield Statement(
            concept=concept,
            source=medication.ref,
            basis=Basis.CODE,
            stated=medication_stated(medication),
            onset=medication_began(medication),
            ended=medication_ended(medication),
            words=_words(medication)[:160],
            closed=is_over(medication) and not given,
            resource=medication.resource_type,
        )


def _words(medication: resources.Medication) -> str:
    concept, reference = medication.medication_codeable_concept, medication.medication_reference
    told: Iterable[str | None] = (
        concept.text if concept else None,
        *(c.display for c in (concept.coding if concept else None) or () if c is not None),
        reference.display if reference else None,
    )
    return " ; ".join(dict.fromkeys(" ".join(t.split()) for t in told if t))


@cache
def _drugs() -> Mapping[str, Drugs]:
    data = tomllib.loads((files("rules") / "drugs.toml").read_text(encoding="utf-8"))
    return {c: Drugs(**{key: frozenset(words) for key, words in entry.items()}) for c, entry in data.items()}
