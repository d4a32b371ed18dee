"""The knowledge: rules, value sets and the site file in; one checked, frozen `Knowledge` out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar

from service.knowledge import shipped, terminology
from service.knowledge import site as sites
from service.knowledge.laws import laws
from service.knowledge.messages import RuleError, missing
from service.knowledge.records import CauseRecord, Clause, FindingRecord, Record, RedFlagRecord, StepRecord
from service.knowledge.rule_set import Rules, read_rules
from service.knowledge.site_words import add_words
from service.knowledge.tables import AskedQuestion, Evidence, Parameter, Vocabulary
from service.knowledge.terminology import CodeIndex

RULE_SET = "0.1.0"

R = TypeVar("R")

__all__ = ["Knowledge", "RuleError", "load"]


@dataclass(frozen=True)
class Knowledge:
    """Everything the service knows, checked. ``causes`` holds the scored causes; disabled records are in none."""

    version: str
    vocabulary: Vocabulary
    parameters: Mapping[str, Parameter]
    evidence: Mapping[str, Evidence]
    questions: tuple[AskedQuestion, ...]
    findings: Mapping[str, FindingRecord]
    redflags: Mapping[str, RedFlagRecord]
    causes: Mapping[str, CauseRecord]
    negatives: Mapping[str, CauseRecord]
    modifiers: Mapping[str, CauseRecord]
    notes: Mapping[str, CauseRecord]
    steps: Mapping[str, StepRecord]
    priors: tuple[Clause, ...]
    language: Mapping[str, Any]
    bedside: tuple[Clause, ...]
    codes: CodeIndex
    overrides: tuple[str, ...] = ()
    overridden: frozenset[str] = frozenset()
    disabled: Mapping[str, str] = field(default_factory=dict)
    silenced: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def numbers(self) -> Mapping[str, float]:
        return {name: parameter.value for name, parameter in self.parameters.items()}

    @cached_property
    def families(self) -> Mapping[str, str]:
        return {name: word.family for name, word in self.vocabulary.findings.items()}

    @cached_property
    def signed(self) -> tuple[int, int]:
        """How many records are signed by a clinician, and how many there are."""
        told = [record.status == "active" for record in self.records]
        return sum(told), len(told)

    @property
    def status(self) -> str:
        """The status of the rule set: active when every record in use is signed, else draft."""
        signed, records = self.signed
        return "active" if signed == records else "draft"

    @property
    def records(self) -> Iterator[Record]:
        yield from self.findings.values()
        yield from self.redflags.values()
        yield from (*self.causes.values(), *self.negatives.values(), *self.modifiers.values(), *self.notes.values())
        yield from self.steps.values()


def load(site: Path | None = None) -> Knowledge:
    """Read the shipped rules, then the site file; raise RuleError with every broken law, in sentences."""
    shipped.check()
    problems: list[str] = []
    changes = sites.read(site, problems) if site else sites.NO_CHANGES
    rules = read_rules(files("rules"), problems, extra=changes.extra_rules)
    problems.extend(laws(rules.records, rules.priors, rules.bedside))
    if problems:
        raise RuleError(problems)
    language, told = add_words(rules.language, changes.language, changes.file, problems)
    rules = replace(rules, language=language)
    changed = sites.apply(changes, rules.records, rules.parameters, rules.vocabulary.concepts, problems)
    if problems:
        raise RuleError(problems)
    changed = replace(changed, overrides=(*changed.overrides, *([told] if told else [])))
    value_sets = Path(str(files("fhir_profiles"))) / "valuesets"
    index = terminology.load([value_sets, *changes.value_sets], changes.codes)
    digest = hashlib.sha256(rules.digest.encode() + (site.read_bytes() if site else b""))
    digest.update(terminology.digest([value_sets, *changes.value_sets]))
    if not index.concepts:
        raise RuleError([missing("valuesets", "every value set")])
    return assemble(rules, changed, index, f"{RULE_SET}+{digest.hexdigest()[:8]}")


def assemble(rules: Rules, changed: sites.Changed, index: CodeIndex, version: str) -> Knowledge:
    """Put checked parts together."""
    causes = _of(CauseRecord, changed.records["causes"])

    def kind(name: str) -> dict[str, CauseRecord]:
        return {id_: record for id_, record in causes.items() if record.kind == name}

    return Knowledge(
        version=version,
        vocabulary=rules.vocabulary,
        parameters=changed.parameters,
        evidence=rules.evidence,
        questions=rules.questions,
        findings=_of(FindingRecord, changed.records["findings"]),
        redflags=_of(RedFlagRecord, changed.records["redflags"]),
        causes=kind("cause"),
        negatives=kind("negative"),
        modifiers=kind("modifier"),
        notes=kind("note"),
        steps=_of(StepRecord, changed.records["steps"]),
        priors=rules.priors,
        language=rules.language,
        bedside=rules.bedside,
        codes=index,
        overrides=changed.overrides,
        overridden=changed.overridden,
        disabled=changed.disabled,
        silenced=changed.silenced,
    )


def _of(kind: type[R], records: Mapping[str, object]) -> dict[str, R]:
    return {id_: record for id_, record in records.items() if isinstance(record, kind)}
