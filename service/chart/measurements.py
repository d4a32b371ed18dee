"""Measured values of the chart: a concept in, its readings in the unit of units.toml out, oldest first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime

from msgspec import Struct

from service.chart.chart import Chart, speaks
from service.chart.units import Amount, names_of, read_quantity, read_text
from service.domain.findings import Finding
from service.domain.spans import Interval, Span
from service.domain.statements import Basis, Polarity, Ref, Statement
from service.fhir import datatypes, resources
from service.fhir.elements import observation_done, observation_moment, words_of
from service.fhir.eligibility import has_result, is_firm

_SYSTOLIC = frozenset({"8480-6", "271649006"})

_NO = frozenset({"no", "none", "absent", "negative", "false", "sterile", "normal"})
_YES = frozenset({"yes", "positive", "present", "detected", "true", "pos", "reactive"})
_LONGEST = 400
_SHORT = {"crp": "CRP", "esr": "ESR", "haemoglobin": "Haemoglobin", "egfr": "eGFR", "body-temperature": "Temperature"}
"""What people call a value; the full names of coded results do not fit a card."""

Value = resources.Observation | resources.ObservationComponent


class Reading(Struct, frozen=True, gc=False):
    """One dated value. A preliminary one is not ``firm``: it may raise an alarm, but it never argues for calm."""

    amount: Amount
    when: Span
    moment: datetime | None
    ref: Ref
    words: str
    firm: bool


def readings(chart: Chart, concept: str) -> tuple[Reading, ...]:
    """Every dated value of a concept whose unit is known, oldest first; of one moment the higher value is the later."""
    found = [r for o, s in observed(chart, concept) if s.stated for r in _read(o, s, concept)]
    return tuple(sorted(set(found), key=_place_in_time))


def observed(chart: Chart, concept: str) -> Iterator[tuple[resources.Observation, Statement]]:
    """The Observations that count and are about the concept, by code or by name, each once, whatever they answer."""
    if not chart.record.observations:
        return
    told: dict[Ref, Statement] = {}
    for statement in chart.statements if speaks(chart, (concept,)) else ():
        # A coded statement says which component is meant; one read from words does not.
        if statement.concept == concept and (statement.code or statement.source not in told):
            told[statement.source] = statement
    names = names_of(concept)
    for row in chart.record.observations:
        statement_of_row = told.get(row.ref)
        if statement_of_row is None and names and _is_named(row, names):
            statement_of_row = Statement(
                concept,
                row.ref,
                Basis.VALUE,
                stated=observation_done(row),
                words=words_of(row.code),
                resource=row.resource_type,
            )
        if statement_of_row and has_result(row):
            yield row, statement_of_row


def answer_of(observation: resources.Observation, statement: Statement) -> Polarity | None:
    """What a yes-or-no result says; ``None`` when it gives no answer that we can read."""
    value = _meant(observation, statement)
    if value is None:
        return None
    if value.value_boolean is not None:
        return Polarity.YES if value.value_boolean else Polarity.NO
    codes = {(c.code or "").upper() for c in _interpretations(observation)}
    text = f"{words_of(value.value_codeable_concept)} {(value.value_string or '')[:_LONGEST]}".lower()
    words = set(text.replace(",", " ").replace(".", " ").replace(":", " ").replace(";", " ").split())
    if "not" in words or "no" in words or words & _NO or "NEG" in codes:
        return Polarity.NO
    return Polarity.YES if words & _YES or codes & {"POS", "DET"} else None


_RATIO = re.compile(r"(?<![\d.,])[01][.,]\d{1,2}(?![\d%])")


def ratios_in(words: str) -> list[float]:
    """The ratios that a value written as text names: "right 0.55, left 0,88"."""
    return [float(number.replace(",", ".")) for number in _RATIO.findall(words)]


def text_of(observation: resources.Observation, statement: Statement) -> str:
    value = _meant(observation, statement)
    return f"{words_of(value.value_codeable_concept)} {value.value_string or ''}".strip() if value else ""


def measured(name: str, value: str | Interval, *read: Reading) -> Finding:
    """A finding that stands on readings: their references, and the words and day of the latest."""
    latest = max(read, key=_place_in_time)
    refs = tuple(dict.fromkeys(r.ref for r in read))
    return Finding(name, value, refs, Basis.VALUE, latest.words, latest.when)


def _is_named(observation: resources.Observation, names: frozenset[str]) -> bool:
    code = observation.code
    if code is None:
        return False
    if code.text and _plain(code.text[:_LONGEST]) in names:
        return True
    return any(c is not None and c.display and _plain(c.display[:_LONGEST]) in names for c in code.coding or ())


def _plain(name: str) -> str:
    return " ".join(name.lower().split())


def _read(observation: resources.Observation, statement: Statement, concept: str) -> Iterator[Reading]:
    value = _systolic(observation, statement) if concept == "blood-pressure" else _meant(observation, statement)
    if value is None or statement.stated is None:
        return
    amount, written = _amount(value, concept)
    if amount is not None:
        moment = observation_moment(observation)
        words = f"{_SHORT.get(concept) or words_of(observation.code)} {written}".strip()
        yield Reading(amount, statement.stated, moment, observation.ref, words, is_firm(observation))


def _amount(value: Value, concept: str) -> tuple[Amount | None, str]:
    quantity = value.value_quantity
    if quantity is not None:
        unit = quantity.unit or quantity.code or ""
        return read_quantity(quantity, concept), f"{quantity.comparator or ''}{quantity.value} {unit}".strip()
    if value.value_integer is not None:
        return read_text(str(value.value_integer), concept), str(value.value_integer)
    text = (value.value_string or "").strip()[:40]
    return read_text(text, concept), text


def _meant(observation: resources.Observation, statement: Statement) -> Value | None:
    """The part that carries the concept: the Observation itself, or the component whose code was read."""
    if not statement.code or statement.code in _codes(observation.code):
        return observation
    if statement.code in _codes(observation.value_codeable_concept):
        return observation
    return next((c for c in observation.component or () if statement.code in _codes(c.code)), None)


def _systolic(observation: resources.Observation, statement: Statement) -> Value | None:
    if _is_systolic(observation.code):
        return observation
    return next((c for c in observation.component or () if _is_systolic(c.code)), None)


def _is_systolic(code: datatypes.CodeableConcept | None) -> bool:
    return bool(_codes(code) & _SYSTOLIC) or "systolic" in words_of(code).lower()


def _interpretations(observation: resources.Observation) -> Iterator[datatypes.Coding]:
    for concept in observation.interpretation or ():
        yield from (c for c in concept.coding or () if c is not None)


def _codes(concept: datatypes.CodeableConcept | None) -> set[str]:
    return {c.code for c in (concept.coding if concept else None) or () if c is not None and c.code}


def _place_in_time(reading: Reading) -> tuple[object, ...]:
    moment = reading.moment or datetime.min.replace(tzinfo=UTC)
    return reading.when.last, reading.when.first, moment, reading.amount.high, reading.amount.low, reading.ref
