"""Conclusions in; out, as DataRequirements, what could not be had and what would tell the causes apart, and where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from service.domain.conclusions import Conclusions
from service.fhir.canonical import CANONICAL
from service.knowledge.answers import FINDINGS, answerable
from service.knowledge.tables import OPEN_WORDS
from service.output.fhir.identifiers import Resource

ANSWER = f"{CANONICAL}/StructureDefinition/backstory-finding"

NEEDED = {"procedures": "Procedure", "conditions": "Condition"}
"""What there is no answer without, by its prefetch key."""

_READ_FROM = {"surgery": "Procedure", "imaging": "DiagnosticReport"}
"""The type in which a family of findings is read, when it is neither answered nor measured; else Condition."""

_MEASURED = {
    "infection_labs": ("crp", "esr"),
    "both_labs_abnormal": ("crp", "esr"),
    "recent_labs": ("crp", "esr"),
    "crp_abnormal": ("crp",),
    "crp_mg_l": ("crp",),
    "crp_raised": ("crp",),
    "crp_second_rise": ("crp",),
    "esr_abnormal": ("esr",),
    "haemoglobin_fall": ("haemoglobin",),
    "bacteraemia_recent": ("blood-culture",),
    "pain_score": ("pain-score",),
}
"""The value sets of what is measured: the value itself is wanted, never an opinion of it."""


def write(
    conclusions: Conclusions, words: Mapping[str, tuple[str, str]], missing: Iterable[str] = ()
) -> list[Resource]:
    """What is missing of the chart itself, then findings that would move the ranking; without a cause, what is asked
    too. Each requirement stands once."""
    told: list[Resource] = [{"type": NEEDED[key]} for key in missing if key in NEEDED]
    for name in _wanted(conclusions):
        family, means = words.get(name, ("", name))
        told += [each for each in _requirements(name, family, means) if each not in told]
    return told


def _wanted(conclusions: Conclusions) -> dict[str, None]:
    sheet = conclusions.sheet.findings
    findings = dict.fromkeys(change.finding for change in conclusions.would_change)
    if conclusions.orientation:
        asked = [name for question in conclusions.questions for name in question.findings]
        findings.update(dict.fromkeys(n for n in asked if n not in sheet or sheet[n].value in OPEN_WORDS))
    return findings


def _requirements(name: str, family: str, means: str) -> Iterator[Resource]:
    named = {"path": "code", "code": [{"system": FINDINGS, "code": name, "display": means}]}
    if name in answerable():
        yield {"type": "Observation", "profile": [ANSWER], "codeFilter": [named]}
    elif name in _MEASURED:
        for values in _MEASURED[name]:
            measured = {"path": "code", "valueSet": f"{CANONICAL}/ValueSet/{values}"}
            yield {"type": "Observation", "codeFilter": [measured]}
    else:
        kind = "Condition" if name.endswith("_coded") else _READ_FROM.get(family, "Condition")
        yield {"type": kind, "codeFilter": [named]}
