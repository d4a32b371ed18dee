"""Alarms, causes and notices in; DetectedIssues out: suggestions to look into, never diagnoses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from service.domain import spine
from service.domain.conclusions import Alarm, Cause, Conclusions, Reason
from service.fhir.canonical import CANONICAL
from service.output.fhir.identifiers import Names, Resource, coded, version_of

_RANK = ("high", "moderate", "low")
_SEVERITY = {"critical": "high", "warning": "moderate", "info": "low"}


def write(conclusions: Conclusions, names: Names) -> list[Resource]:
    """One DetectedIssue per alarm, bedside warning, cause and notice, most pressing first, as the cards stand."""
    levels = conclusions.sheet.story.levels
    found = [*_alarms(conclusions, names), *(_cause(cause, levels, names) for cause in conclusions.causes)]
    found += [_cause(notice, levels, names) for notice in conclusions.notices]
    return sorted(found, key=lambda issue: _RANK.index(issue["severity"]))


def _alarms(conclusions: Conclusions, names: Names) -> Iterator[Resource]:
    for alarm in (*conclusions.alarms, *conclusions.warnings):
        told = f"{alarm.title}. {alarm.action}"
        yield _issue(alarm, alarm.kind.replace(" ", "-"), alarm.because, told, conclusions.sheet.story.levels, names)


def _cause(cause: Cause, levels: tuple[str, ...], names: Names) -> Resource:
    told = [f"{cause.title}: {cause.certainty}." if cause.certainty != "notice" else f"{cause.summary}."]
    if cause.against:
        told.append("Against: " + "; ".join(reason.text for reason in cause.against) + ".")
    told += [note if note.endswith(".") else f"{note}." for note in cause.notes]
    if cause.missing:
        told.append("Not known, and would count: " + "; ".join(cause.missing) + ".")
    return _issue(cause, cause.certainty, cause.for_, " ".join(told), levels, names, against=cause.against)


def _issue(
    thing: Alarm | Cause,
    verdict: str,
    reasons: Iterable[Reason],
    detail: str,
    levels: tuple[str, ...],
    names: Names,
    against: Iterable[Reason] = (),
) -> Resource:
    used = dict.fromkeys(ref for reason in (*reasons, *against) for ref in reason.refs)
    named = bool(levels) and spine.in_words(levels) in thing.summary
    where = [_level(level) for level in levels] if named else []
    issue: Resource = {
        "resourceType": "DetectedIssue",
        "id": names.id(f"DetectedIssue {thing.id}"),
        "meta": {
            **names.profile("backstory-detected-issue").get("meta", {}),
            "tag": coded("verdicts", verdict, verdict.replace("-", " "))["coding"],
        },
        **({"extension": where} if where else {}),
        "identifier": [
            {"system": f"{CANONICAL}/rule", "value": f"{thing.id}|{version_of(names.rule_set)}"},
        ],
        "status": "preliminary",
        "code": {**coded("causes", thing.id, thing.title), "text": thing.title},
        "severity": _SEVERITY[thing.indicator],
        **names.about("patient"),
        "identifiedDateTime": names.as_of,
        "author": names.software(),
    }
    if used:
        issue["implicated"] = [names.entry(ref) for ref in used]
    evidence = [_evidence(reason, names) for reason in reasons]
    if evidence:
        issue["evidence"] = evidence
    issue["detail"] = f"{detail} Draft rule set; for review by a clinician, not a diagnosis."
    return issue


def _level(level: str) -> Resource:
    """The operated level that the card's own summary names; a DetectedIssue has no bodySite."""
    place = coded("spine-place", level, f"Segment {level}")
    return {"url": f"{CANONICAL}/StructureDefinition/spinal-level", "valueCodeableConcept": place}


def _evidence(reason: Reason, names: Names) -> Resource:
    cited = f" [{', '.join(reason.sources)}]" if reason.sources else ""
    told: Resource = {"code": [{"text": f"{reason.text}{cited}"}]}
    if reason.refs:
        told["detail"] = [names.entry(ref) for ref in dict.fromkeys(reason.refs)]
    return told
