"""Pain scores: observations and phrases in, dated values from 0 to 10 out, oldest first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from service.chart.chart import Chart, said
from service.domain import partial_dates
from service.domain.spans import Span
from service.domain.statements import Ref, Statement
from service.fhir import datatypes, resources
from service.text.statements import attributes


class Score(Struct, frozen=True, gc=False):
    """One value; ``site`` is leg, back or "" when the score names neither; ``resource`` the type of ``ref``."""

    value: float
    when: Span | None
    site: str
    ref: Ref
    resource: str


def read_scores(chart: Chart) -> tuple[Score, ...]:
    told = {s.source: s for s in said(chart, "pain-score")}
    if not told:
        return ()
    found: list[Score] = []
    for observation in chart.record.observations:
        if statement := told.pop(observation.ref, None):
            found += _of(observation, statement)
    for statement in told.values():
        found += _score(statement.attributes.score, statement, statement.attributes.sites)
    return tuple(sorted(set(found), key=_order))


def since(scores: tuple[Score, ...], first: Span | None) -> tuple[Score, ...]:
    """The dated scores surely later than a day; all dated ones when that day is unknown."""
    return tuple(s for s in scores if s.when and (first is None or partial_dates.surely_after(s.when, first)))


def until(scores: tuple[Score, ...], last: Span | None) -> tuple[Score, ...]:
    """The dated scores surely not later than a day; none when that day is unknown."""
    return tuple(s for s in scores if s.when and last is not None and s.when.last <= last.first)


def of_site(scores: tuple[Score, ...], site: str) -> tuple[Score, ...]:
    return tuple(s for s in scores if s.site == site)


def rose(scores: tuple[Score, ...], points: float) -> bool:
    """At one site the latest value is so many points above an earlier one."""
    for site in ("", "leg", "back"):
        same = of_site(scores, site)
        if same and same[-1].value - min(s.value for s in same) >= points:
            return True
    return False


def fell(scores: tuple[Score, ...], points: float) -> bool:
    """At one site the latest value is so many points below an earlier one, and none rose as far again."""
    falls = [s[-1] for site in ("", "leg", "back") if (s := of_site(scores, site)) and _fall(s) >= points]
    return bool(falls) and not rose(scores, points)


def _fall(same: tuple[Score, ...]) -> float:
    return max(s.value for s in same) - same[-1].value


def _of(observation: resources.Observation, statement: Statement) -> Iterator[Score]:
    text = " ".join([*_texts(observation.code), *_texts(observation.body_site)])
    sites = statement.attributes.sites | attributes.sites_of(text)
    yield from _score(_value(observation), statement, sites)
    for part in observation.component or ():
        yield from _score(_value(part), statement, sites | attributes.sites_of(" ".join(_texts(part.code))))


def _value(said_in: resources.Observation | resources.ObservationComponent) -> float | None:
    quantity = said_in.value_quantity
    if quantity is not None and quantity.value is not None and not quantity.comparator:
        unit = (quantity.code or quantity.unit or "").strip().lower()
        # A visual analogue scale is a line of 100 mm; a bare value above ten has no known scale and is left out.
        return float(quantity.value) / 10 if unit in {"mm", "millimeter", "millimetre"} else float(quantity.value)
    if said_in.value_integer is not None:
        return float(said_in.value_integer)
    return attributes.out_of_ten(said_in.value_string or "")


def _score(value: float | None, told: Statement, sites: frozenset[str]) -> Iterator[Score]:
    if value is not None and 0 <= value <= 10:
        site = next(iter(sites)) if len(sites) == 1 else ""
        yield Score(value, told.stated, site, told.source, told.resource)


def _texts(concept: datatypes.CodeableConcept | None) -> list[str]:
    if concept is None:
        return []
    return [t for t in (concept.text, *(c.display for c in concept.coding or () if c)) if t]


def _order(score: Score) -> tuple[object, ...]:
    when = score.when
    return (when.last if when else date.min, when.first if when else date.min, score.value, score.site, score.ref)
