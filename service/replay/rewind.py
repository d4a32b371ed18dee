"""The past as it looked: an entry and an instant in; the entry as it was known then, and how sure that is, out.

An entry changes after it was written: a diagnosis is resolved or refuted, an order completed, a report amended. What
came later is taken back. Two readings are made of what has no date at all: the strict one leaves it out until the
server says that it was there, the lenient one lets it stand from the start and says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from service.intake import Entry
from service.replay import known
from service.replay.known import Chart, Raw, listed, reference
from service.replay.moments import passed

Changed = tuple[dict[str, Any] | None, "Grade"]

_CLOSED = frozenset({"resolved", "inactive", "remission"})
_FINAL = frozenset({"completed", "stopped", "revoked", "cancelled", "ended"})
_ABATEMENT = ("abatementDateTime", "abatementPeriod", "abatementString", "abatementAge", "abatementRange",
              "abatementBoolean")  # fmt: skip
_CONTENT = ("conclusion", "conclusionCode", "presentedForm", "result", "contained", "text", "media", "note")


class Grade(IntEnum):
    """How sure it is that the entry stood in the chart as it is shown here; of several the worst counts."""

    SURE = 0
    """Not touched since, says the server (``meta.lastUpdated``)."""
    REWOUND = 1
    """By its own dates, what came later taken back."""
    UNDATED = 2
    """Nothing tells when it, or a part that was kept, came to the chart."""


@dataclass(frozen=True, slots=True)
class Item:
    """One entry with the instants that decide when it is seen. ``worded`` is when a study's report was there."""

    entry: Entry
    raw: dict[str, Any]
    kind: str
    known: float | None
    updated: float | None
    worded: float | None = None

    @property
    def ref(self) -> str:
        return f"{self.kind}/{self.raw.get('id')}"


def items(entries: Sequence[Entry], chart: Chart) -> tuple[Item, ...]:
    """Every entry of one chart with its instants; read once, for all openings."""
    reported = _reported(entries, chart)
    made = []
    for entry in entries:
        raw, kind = entry.resource, str(entry.kind)
        meta = raw.get("meta")
        updated = meta.get("lastUpdated") if isinstance(meta, dict) else None
        made.append(
            Item(
                entry,
                raw,
                kind,
                known.known_from(raw, chart),
                passed(updated, chart.zone) if isinstance(updated, str) else None,
                reported.get(f"ImagingStudy/{raw.get('id')}") if kind == "ImagingStudy" else None,
            )
        )
    return tuple(made)


def at(item: Item, moment: float, chart: Chart, *, lenient: bool) -> Changed:
    """The entry as it stood at that instant, or None where it did not; the input is not changed."""
    if item.kind in _TIMELESS:
        return _TIMELESS[item.kind](item.raw), Grade.SURE
    if item.known is not None and item.known > moment:
        return None, Grade.SURE
    if item.updated is not None and item.updated <= moment:
        return item.raw, Grade.SURE
    if item.known is None and not lenient:
        return None, Grade.UNDATED
    grade = Grade.REWOUND if item.known is not None else Grade.UNDATED
    raw, notes = _notes(item.raw, moment, chart, lenient=lenient)
    change = _CHANGES.get(item.kind)
    changed, worst = change(item, raw, moment, chart, lenient) if change else (raw, Grade.REWOUND)
    return changed, max(grade, notes, worst)


def first_form(item: Item) -> dict[str, Any]:
    """The entry as it may ever have looked, nothing taken away: for asking whether it could matter at all."""
    raw = dict(item.raw)
    if item.kind in ("Condition", "AllergyIntolerance"):
        raw.pop("verificationStatus", None)
    return raw


def shows_undated(item: Item, moment: float) -> bool:
    """Whether the two readings may differ in this entry at that instant."""
    if item.kind in _TIMELESS or (item.known is not None and item.known > moment):
        return False
    return not (item.updated is not None and item.updated <= moment)


def _condition(item: Item, raw: dict[str, Any], moment: float, chart: Chart, lenient: bool) -> Changed:
    believed, grade = _unrefuted(item, raw, lenient)
    if believed is None:
        return None, grade
    raw = believed
    ended = _ended(raw, chart)
    if ended is not None and ended <= moment:
        return raw, grade
    if ended is None:
        if raw.keys().isdisjoint(_ABATEMENT) and _code(raw.get("clinicalStatus")) not in _CLOSED:
            return raw, grade
        if item.updated is None:  # closed, and nothing says when
            if not lenient:
                return None, Grade.UNDATED
            grade = Grade.UNDATED
    raw = {key: value for key, value in raw.items() if key not in _ABATEMENT}
    if _code(raw.get("clinicalStatus")) in _CLOSED:
        raw["clinicalStatus"] = {"coding": [{**_first(raw["clinicalStatus"]), "code": "active", "display": "Active"}]}
    return raw, grade


def _allergy(item: Item, raw: dict[str, Any], moment: float, chart: Chart, lenient: bool) -> Changed:
    believed, grade = _unrefuted(item, raw, lenient)
    if believed is not None and _code(believed.get("clinicalStatus")) in _CLOSED:
        believed = {**believed, "clinicalStatus": {"coding": [{**_first(raw["clinicalStatus"]), "code": "active"}]}}
    return believed, grade


def _unrefuted(item: Item, raw: dict[str, Any], lenient: bool) -> tuple[dict[str, Any] | None, Grade]:
    """What was refuted had been believed. It was so at the last update at the latest; without one, nobody knows."""
    if _code(raw.get("verificationStatus")) != "refuted":
        return raw, Grade.REWOUND
    if item.updated is None and not lenient:
        return None, Grade.UNDATED
    kept = {key: value for key, value in raw.items() if key != "verificationStatus"}
    return kept, Grade.REWOUND if item.updated is not None else Grade.UNDATED


def _ended(raw: Raw, chart: Chart) -> float | None:
    period = raw.get("abatementPeriod")
    told = raw.get("abatementDateTime") or (period.get("end") or period.get("start") if isinstance(period, dict) else 0)
    return passed(told, chart.zone) if isinstance(told, str) else None


def _report(item: Item, raw: dict[str, Any], moment: float, chart: Chart, lenient: bool) -> Changed:
    """Before its revision what a report said is unknown, not absent: it stays, without content."""
    if not known.revised(raw) or _issued(raw, chart) <= moment:
        return raw, Grade.REWOUND
    return {key: value for key, value in raw.items() if key not in _CONTENT}, Grade.REWOUND


def _observation(item: Item, raw: dict[str, Any], moment: float, chart: Chart, lenient: bool) -> Changed:
    """A revised value is unknown before its revision; an observation without one would say what its code says."""
    return (None if known.revised(raw) and _issued(raw, chart) > moment else raw), Grade.REWOUND


def _issued(raw: Raw, chart: Chart) -> float:
    told = raw.get("issued")
    found = passed(told, chart.zone) if isinstance(told, str) else None
    return float("inf") if found is None else found


def _request(item: Item, raw: dict[str, Any], moment: float, chart: Chart, lenient: bool) -> Changed:
    """An order was active before it was done, stopped or revoked, and none of that has a date."""
    if str(raw.get("status", "")).strip().lower() not in _FINAL:
        return raw, Grade.REWOUND
    return {key: value for key, value in raw.items() if key != "statusReason"} | {"status": "active"}, Grade.REWOUND


def _taken(item: Item, raw: dict[str, Any], moment: float, chart: Chart, lenient: bool) -> Changed:
    """A drug that was stopped on a day was taken until then."""
    period = raw.get("effectivePeriod")
    end = passed(period["end"], chart.zone) if isinstance(period, dict) and isinstance(period.get("end"), str) else None
    if end is not None and end <= moment:
        return raw, Grade.REWOUND
    raw = {**raw}
    if isinstance(period, dict) and "end" in period:
        raw["effectivePeriod"] = {key: value for key, value in period.items() if key != "end"}
    if str(raw.get("status", "")).strip().lower() in _FINAL:
        raw["status"] = "active"
    return raw, Grade.REWOUND


def _study(item: Item, raw: dict[str, Any], moment: float, chart: Chart, lenient: bool) -> Changed:
    """Pictures are there when they are taken; words beside them may have been written by whoever read them."""
    if item.worded is not None and item.worded <= moment:
        return raw, Grade.REWOUND
    if lenient:
        return raw, Grade.UNDATED
    raw = {key: value for key, value in raw.items() if key not in ("description", "note", "text")}
    if isinstance(raw.get("series"), list):
        raw["series"] = [
            {key: value for key, value in each.items() if key != "description"} if isinstance(each, dict) else each
            for each in raw["series"]
        ]
    return raw, Grade.REWOUND


def _encounter(item: Item, raw: dict[str, Any], moment: float, chart: Chart, lenient: bool) -> Changed:
    """While a visit lasts its end, its discharge and its diagnoses lie ahead."""
    period = raw.get("period")
    end = passed(period["end"], chart.zone) if isinstance(period, dict) and isinstance(period.get("end"), str) else None
    if end is not None and end <= moment:
        return raw, Grade.REWOUND
    hidden = ("hospitalization", "diagnosis", "length", "text", "statusHistory", "classHistory")
    raw = {key: value for key, value in raw.items() if key not in hidden}
    if isinstance(period, dict):
        raw["period"] = {key: value for key, value in period.items() if key != "end"}
    if raw.get("status") == "finished":
        raw["status"] = "in-progress"
    return raw, Grade.REWOUND


def _procedure(item: Item, raw: dict[str, Any], moment: float, chart: Chart, lenient: bool) -> Changed:
    """How an operation turned out is not known when it ends."""
    later = [name for name in ("complication", "complicationDetail", "outcome", "followUp") if name in raw]
    if not later:
        return raw, Grade.REWOUND
    if lenient:
        return raw, Grade.UNDATED
    return {key: value for key, value in raw.items() if key not in later}, Grade.REWOUND


def _notes(raw: dict[str, Any], moment: float, chart: Chart, *, lenient: bool) -> tuple[dict[str, Any], Grade]:
    """Notes are added to an entry as time goes on; one without a time may be from any day after it was made."""
    notes = listed(raw, "note")
    if not notes:
        return raw, Grade.SURE
    of_a_result = isinstance(raw.get("issued"), str)  # issued is the day of this version, with its notes
    kept, grade = [], Grade.SURE
    for note in notes:
        time = note.get("time") if isinstance(note, dict) else None
        written = passed(time, chart.zone) if isinstance(time, str) else None
        if written is None and not of_a_result:
            if not lenient:
                continue
            grade = Grade.UNDATED
        if written is None or written <= moment:
            kept.append(note)
    return (raw if len(kept) == len(notes) else {**raw, "note": kept}), grade


def _reported(entries: Iterable[Entry], chart: Chart) -> dict[str, float]:
    """From when the first report of each study could be read; a report finds its study by name or by the same order."""
    by_order: dict[str, list[str]] = {}
    for entry in entries:
        if entry.kind == "ImagingStudy":
            for order in listed(entry.resource, "basedOn"):
                by_order.setdefault(reference(order, chart.names), []).append(f"ImagingStudy/{entry.own_id}")
    found: dict[str, float] = {}
    for entry in entries:
        if entry.kind != "DiagnosticReport":
            continue
        raw = entry.resource
        told = known.known_from(raw, chart)
        readable = max(told, _issued(raw, chart)) if told is not None and known.revised(raw) else told
        if readable is None:
            continue
        studies = [reference(each, chart.names) for each in listed(raw, "imagingStudy")]
        studies += [s for order in listed(raw, "basedOn") for s in by_order.get(reference(order, chart.names), ())]
        for study in studies:
            found[study] = min(readable, found.get(study, readable))
    return found


def _alive(raw: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in raw.items() if not key.startswith("deceased")}


def _first(concept: object) -> Mapping[str, Any]:
    coded = listed(concept, "coding") if isinstance(concept, dict) else []
    return coded[0] if coded and isinstance(coded[0], dict) else {}


def _code(concept: object) -> str:
    return str(_first(concept).get("code", "")).strip().lower()


_TIMELESS: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {"Patient": _alive, "Medication": lambda raw: raw}

_CHANGES: dict[str, Callable[[Item, dict[str, Any], float, Chart, bool], Changed]] = {
    "Condition": _condition,
    "AllergyIntolerance": _allergy,
    "DiagnosticReport": _report,
    "Observation": _observation,
    "ServiceRequest": _request,
    "MedicationRequest": _request,
    "MedicationStatement": _taken,
    "ImagingStudy": _study,
    "Encounter": _encounter,
    "Procedure": _procedure,
}
