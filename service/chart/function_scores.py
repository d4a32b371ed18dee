"""How well somebody functions: observations named as a known score in; dated values with their scale out, oldest first.

They carry no weight in the rules; whoever reads the chart wants to see them beside the pain.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from service.chart.chart import Chart
from service.domain.spans import Span
from service.domain.statements import Ref
from service.fhir.elements import codings, observation_done
from service.fhir.eligibility import is_firm

_LONGEST = 200
_NAMED = (
    ("ODI", re.compile(r"(?i)oswestry|\bODI\b")),
    ("PROMIS physical function", re.compile(r"(?i)promis.{0,60}physical function|physical function.{0,60}promis")),
    ("PROMIS pain interference", re.compile(r"(?i)promis.{0,60}pain interference|pain interference.{0,60}promis")),
    ("Roland-Morris", re.compile(r"(?i)roland.{0,3}morris|\bRMDQ\b")),
    ("EQ-5D", re.compile(r"(?i)\bEQ-?5D")),
    ("Walking distance", re.compile(r"(?i)walking distance|distance walked|minute walk")),
)
_CODED = {("http://loinc.org", "91721-1"): "PROMIS physical function"}
"""Of the scores above the one whose code is confirmed."""


class FunctionScore(Struct, frozen=True, gc=False):
    """One value as it was written, with the short name of its scale and its unit ("" when it has none)."""

    name: str
    value: float
    unit: str
    when: Span | None
    ref: Ref


def read_function(chart: Chart) -> tuple[FunctionScore, ...]:
    return tuple(sorted(_read(chart), key=lambda score: (score.when.last if score.when else date.min, score.ref)))


def _read(chart: Chart) -> Iterator[FunctionScore]:
    for observation in chart.record.observations:
        quantity = observation.value_quantity
        value = quantity.value if quantity is not None else observation.value_integer
        if value is None or not is_firm(observation):
            continue
        shown = [(c.display or "")[:_LONGEST] for c in codings(observation.code)]
        text = " ".join([((observation.code.text or "") if observation.code else "")[:_LONGEST], *shown])
        coded = (_CODED.get((c.system or "", c.code or "")) for c in codings(observation.code))
        named = (name for name, pattern in _NAMED if pattern.search(text))
        name = next((each for each in (*coded, *named) if each), "")
        if name:
            unit = (quantity.unit or quantity.code or "") if quantity is not None else ""
            unit = "" if unit.strip("{}").lower() in ("score", "points", "1", "t-score") else unit
            yield FunctionScore(name, float(value), unit, observation_done(observation), observation.ref)
