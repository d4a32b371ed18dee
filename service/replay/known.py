"""From when an entry of a chart was known to anybody: a raw resource in, an instant (seconds) or None out.

``meta.lastUpdated`` is often the day on which the data were loaded; it is never taken for the day of recording.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from service.intake.references import canonical
from service.replay.moments import begins, passed

AFTER_THE_START = 1.0
"""Seconds: what was written at a visit, at an hour that nobody noted, was not there when its chart was opened."""

REVISED = frozenset({"amended", "corrected", "appended"})

Raw = Mapping[str, Any]


class Visit(NamedTuple):
    """When an encounter began and ended; None where the chart does not say."""

    start: float | None
    end: float | None


class Chart(NamedTuple):
    """What the dates of one entry may depend on: the hospital's zone, the visits by reference, which condition is
    a diagnosis of which visit, and the names by which entries call each other."""

    zone: ZoneInfo
    visits: Mapping[str, Visit]
    discharge: frozenset[tuple[str, str]]
    names: Mapping[str, str]


def about(resources: Iterable[Raw], zone: ZoneInfo, names: Mapping[str, str]) -> Chart:
    """The visits of a chart, and the conditions that are diagnoses of one. ``names``: other forms of a reference."""
    visits: dict[str, Visit] = {}
    discharge: set[tuple[str, str]] = set()
    for each in resources:
        if each.get("resourceType") != "Encounter":
            continue
        period = _dict(each.get("period"))
        visits[f"Encounter/{each.get('id')}"] = Visit(
            begins(_text(period, "start"), zone), passed(_text(period, "end"), zone)
        )
        for diagnosis in _list(each.get("diagnosis")):
            discharge.add((f"Encounter/{each.get('id')}", reference(_dict(diagnosis).get("condition"), names)))
    return Chart(zone, visits, frozenset(discharge), names)


def known_from(resource: Raw, chart: Chart) -> float | None:
    """The instant from which the entry was known; None when nothing in the chart tells."""
    own = _OWN.get(str(resource.get("resourceType")))
    found = own(resource, chart) if own else None
    return found if found is not None else _visit_began(resource, chart)


def revised(resource: Raw) -> bool:
    """Whether what the entry said first is no longer there."""
    return str(resource.get("status", "")).strip().lower() in REVISED


def reference(held: object, names: Mapping[str, str]) -> str:
    """A Reference as ``Type/id``; "" for none."""
    told = _text(_dict(held), "reference")
    return canonical(told, names) if told else ""


def _condition(resource: Raw, chart: Chart) -> float | None:
    recorded = passed(_text(resource, "recordedDate"), chart.zone)
    visit = _visit(resource, chart)
    listed_there = (reference(resource.get("encounter"), chart.names), _own_reference(resource)) in chart.discharge
    if visit and visit.end is not None and (_is_diagnosis(resource) or listed_there):
        return max(recorded or visit.end, visit.end)
    return recorded


def _is_diagnosis(resource: Raw) -> bool:
    return any(
        coding.get("code") == "encounter-diagnosis"
        for category in _list(resource.get("category"))
        for coding in map(_dict, _list(_dict(category).get("coding")))
    )


def _result(resource: Raw, chart: Chart) -> float | None:
    """Of a revised result ``issued`` is the revision; that there was one was known when it was made."""
    issued = passed(_text(resource, "issued"), chart.zone)
    effective = _effective(resource, chart)
    return effective if revised(resource) and effective is not None else issued if issued is not None else effective


def _effective(resource: Raw, chart: Chart) -> float | None:
    period = _dict(resource.get("effectivePeriod"))
    told = _text(resource, "effectiveDateTime") or _text(resource, "effectiveInstant")
    return passed(told or _text(period, "end") or _text(period, "start"), chart.zone)


def _procedure(resource: Raw, chart: Chart) -> float | None:
    period = _dict(resource.get("performedPeriod"))
    told = _text(period, "end") or _text(period, "start") or _text(resource, "performedDateTime")
    return passed(told, chart.zone)


def _document(resource: Raw, chart: Chart) -> float | None:
    period = _dict(_dict(resource.get("context")).get("period"))
    told = _text(resource, "date") or _text(period, "end") or _text(period, "start")
    return passed(told, chart.zone)


def _statement(resource: Raw, chart: Chart) -> float | None:
    asserted = passed(_text(resource, "dateAsserted"), chart.zone)
    return asserted if asserted is not None else passed(
        _text(resource, "effectiveDateTime") or _text(_dict(resource.get("effectivePeriod")), "start"), chart.zone
    )  # fmt: skip


def _encounter(resource: Raw, chart: Chart) -> float | None:
    return begins(_text(_dict(resource.get("period")), "start"), chart.zone)


def _at(element: str) -> Callable[[Raw, Chart], float | None]:
    return lambda resource, chart: passed(_text(resource, element), chart.zone)


_OWN: dict[str, Callable[[Raw, Chart], float | None]] = {
    "Condition": _condition,
    "Observation": _result,
    "DiagnosticReport": _result,
    "DocumentReference": _document,
    "Procedure": _procedure,
    "ServiceRequest": _at("authoredOn"),
    "MedicationRequest": _at("authoredOn"),
    "MedicationStatement": _statement,
    "MedicationAdministration": _effective,
    "ImagingStudy": _at("started"),
    "Encounter": _encounter,
    "AllergyIntolerance": _at("recordedDate"),
    "QuestionnaireResponse": _at("authored"),
    "Flag": lambda resource, chart: passed(_text(_dict(resource.get("period")), "start"), chart.zone),
}


def _visit_began(resource: Raw, chart: Chart) -> float | None:
    visit = _visit(resource, chart)
    return None if visit is None or visit.start is None else visit.start + AFTER_THE_START


def _visit(resource: Raw, chart: Chart) -> Visit | None:
    named = reference(resource.get("encounter"), chart.names) or reference(resource.get("context"), chart.names)
    return chart.visits.get(named) if named else None


def _own_reference(resource: Raw) -> str:
    return f"{resource.get('resourceType')}/{resource.get('id')}"


def listed(held: Raw, name: str) -> list[Any]:
    """The elements of a list; none where there is no list."""
    return _list(held.get(name))


def _text(held: Raw, name: str) -> str | None:
    told = held.get(name)
    return told if isinstance(told, str) else None


def _dict(held: object) -> Raw:
    return held if isinstance(held, dict) else {}


def _list(held: object) -> list[Any]:
    return held if isinstance(held, list) else []
