"""The flat tables of the rule set: TOML in; vocabulary, parameters, evidence and questions out, with what is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from service.knowledge.messages import missing, unknown, wrong

Table = Mapping[str, Any]

FAMILIES = ("surgery", "pain", "neuro", "labs", "imaging", "patient", "derived")
SEEN = ("full text", "abstract", "second-hand", "unverified", "design")

OPEN_WORDS = frozenset({"unknown", "unspecified", "unknown level", "none", "outdated", "maybe honeymoon"})
"""Words that are known and yet leave the question about them open."""


@dataclass(frozen=True, slots=True)
class FindingWord:
    """One word of the case sheet: the words it may hold, or the unit and range of its whole number."""

    name: str
    means: str
    family: str
    words: tuple[str, ...] = ()
    unit: str = ""
    low: int = 0
    high: int = 0
    question: str = ""
    for_people: bool = False


@dataclass(frozen=True, slots=True)
class Vocabulary:
    findings: Mapping[str, FindingWord]
    concepts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Parameter:
    name: str
    value: float
    unit: str
    allowed: tuple[float, float]
    source: str
    means: str
    reviewed: date | None


@dataclass(frozen=True, slots=True)
class Evidence:
    id: str
    citation: str
    year: int | None
    kind: str
    seen: str
    url: str = ""
    figure: str = ""


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question of questions.toml; open while none of ``settled_by`` is known."""

    id: str
    text: str
    separates: str
    findings: tuple[str, ...]
    settled_by: tuple[str, ...]


def read_vocabulary(data: Table, problems: list[str]) -> Vocabulary:
    file = "vocabulary.toml"
    findings = {}
    for name, entry in data.get("findings", {}).items():
        refuse_keys(file, f"key of {name}", entry, _FINDING_KEYS, problems)
        if ("words" in entry) == ("unit" in entry):
            problems.append(wrong(file, f"finding '{name}'", "needs either words or a unit with a range"))
        if entry.get("family") not in FAMILIES:
            problems.append(unknown(file, f"family of {name}", entry.get("family"), FAMILIES))
        low, high = entry.get("range", (0, 0))
        findings[name] = FindingWord(
            name=name,
            means=entry.get("means", ""),
            family=entry.get("family", ""),
            words=tuple(entry.get("words", ())),
            unit=entry.get("unit", ""),
            low=low,
            high=high,
            question=str(entry.get("question", "")),
            for_people=entry.get("for_people", False),
        )
        if not findings[name].means:
            problems.append(missing(file, f"the meaning of finding '{name}'"))
    return Vocabulary(findings, dict(data.get("concepts", {})))


def read_parameters(data: Table, problems: list[str]) -> dict[str, Parameter]:
    file = "parameters.toml"
    parameters = {}
    for name, entry in data.items():
        refuse_keys(file, f"key of {name}", entry, _PARAMETER_KEYS, problems)
        lacking = sorted(_PARAMETER_KEYS - entry.keys())
        if lacking:
            problems.append(missing(file, f"{', '.join(lacking)} of parameter '{name}'"))
            continue
        low, high = entry["allowed"]
        parameters[name] = Parameter(
            name, entry["value"], entry["unit"], (low, high), entry["source"], entry["means"], entry["reviewed"]
        )
        if not low <= entry["value"] <= high:
            problems.append(wrong(file, f"value {entry['value']} of '{name}'", f"must lie between {low} and {high}"))
        if not isinstance(entry["reviewed"], date):
            problems.append(wrong(file, f"review date of '{name}'", "must be a date such as 2026-11-20"))
    return parameters


def read_evidence(data: Table, problems: list[str]) -> dict[str, Evidence]:
    file = "evidence.toml"
    evidence = {}
    for name, entry in data.items():
        refuse_keys(file, f"key of {name}", entry, _EVIDENCE_KEYS, problems)
        if not entry.get("citation"):
            problems.append(missing(file, f"the citation of '{name}'"))
        if entry.get("seen") not in SEEN:
            problems.append(unknown(file, f"way '{name}' was seen,", entry.get("seen"), SEEN))
        evidence[name] = Evidence(
            name,
            entry.get("citation", ""),
            entry.get("year"),
            entry.get("kind", ""),
            entry.get("seen", ""),
            entry.get("url", ""),
            entry.get("figure", ""),
        )
    return evidence


def read_questions(data: Table, vocabulary: Vocabulary, problems: list[str]) -> tuple[AskedQuestion, ...]:
    file = "questions.toml"
    questions = []
    for entry in data.get("question", ()):
        refuse_keys(file, "key", entry, _QUESTION_KEYS, problems)
        name = str(entry.get("id", ""))
        findings = tuple(entry.get("findings", ()))
        settled_by = tuple(entry.get("settled_by", findings))
        problems.extend(
            unknown(file, f"finding of question {name}", finding, vocabulary.findings)
            for finding in dict.fromkeys((*findings, *settled_by))
            if finding not in vocabulary.findings
        )
        if not (name and entry.get("text") and findings):
            problems.append(missing(file, f"id, text or findings of question '{name}'"))
        questions.append(AskedQuestion(name, entry.get("text", ""), entry.get("separates", ""), findings, settled_by))
    asked = {question.id for question in questions}
    problems.extend(
        wrong("vocabulary.toml", f"question {word.question} of '{word.name}'", "is not in questions.toml")
        for word in vocabulary.findings.values()
        if word.question and word.question not in asked
    )
    return tuple(questions)


def refuse_keys(file: str, what: str, entry: Table, allowed: frozenset[str], problems: list[str]) -> None:
    problems.extend(unknown(file, what, key, allowed) for key in entry if key not in allowed)


_FINDING_KEYS = frozenset({"words", "unit", "range", "family", "means", "question", "for_people"})
_PARAMETER_KEYS = frozenset({"value", "unit", "allowed", "source", "reviewed", "means"})
_EVIDENCE_KEYS = frozenset({"citation", "year", "kind", "seen", "url", "figure"})
_QUESTION_KEYS = frozenset({"id", "text", "separates", "findings", "settled_by"})
