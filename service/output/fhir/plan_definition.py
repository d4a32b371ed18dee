"""The rule records as FHIR: knowledge in; the PlanDefinition and the code systems of causes, steps and findings out.

An export, never the source: the conditions are the records' own, written in the TOML in which they are kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from service.fhir.canonical import CANONICAL
from service.knowledge import Knowledge
from service.knowledge.answers import accepted_words
from service.knowledge.records import CauseRecord, Clause, RedFlagRecord, StepRecord, Test, When
from service.output.fhir import questionnaire

Resource = dict[str, Any]

PLAN = "backstory-fbss"
ENDPOINT = "https://backstory.example/cds-services/fbss-patient-view"
_PRIORITY = {"emergency": "stat", "urgent": "urgent", "routine": "routine"}
_COPYRIGHT = "Apache-2.0"
_VERDICTS = {
    "red-flag": "A red flag fired: an emergency must be ruled out",
    "bedside-warning": "A bedside warning fired: examine today",
    "documented": "The chart names this cause by its own code, and enough speaks for it",
    "likely": "At least five points, at least one of them objective",
    "possible": "At least three points",
    "fits": "The operation, the time and the kind of pain fit; nothing more is known",
    "notice": "Something to know before looking for a cause",
}


def resources(knowledge: Knowledge) -> list[Resource]:
    """Everything that the records say in FHIR terms, in a fixed order."""
    return [
        plan(knowledge),
        questionnaire.questionnaire(knowledge),
        *code_systems(knowledge),
        *questionnaire.code_systems(knowledge),
    ]


def plan(knowledge: Knowledge) -> Resource:
    """The rule set as one eca-rule: an action for each record that can speak, with the steps that it wants inside."""
    records: list[RedFlagRecord | CauseRecord] = [
        *knowledge.redflags.values(),
        *knowledge.causes.values(),
        *knowledge.negatives.values(),
    ]
    return {
        "resourceType": "PlanDefinition",
        "id": PLAN,
        "extension": [{"url": "http://hl7.org/fhir/StructureDefinition/cqf-cdsHooksEndpoint", "valueUri": ENDPOINT}],
        "url": f"{CANONICAL}/PlanDefinition/{PLAN}",
        "version": knowledge.version,
        "name": "BackstoryFbss",
        "title": "Pain after lumbar spine surgery",
        "type": {
            "coding": [{"system": "http://terminology.hl7.org/CodeSystem/plan-definition-type", "code": "eca-rule"}]
        },
        "status": "draft",
        "experimental": False,
        "publisher": "Backstory",
        "description": (
            "For adults with lumbar spine surgery: emergencies, the likely causes of pain with reasons, and the next "
            "diagnostic step. Conditions are written as in the rule records (TOML), over the findings of the "
            f"CodeSystem {CANONICAL}/CodeSystem/findings. Compiled from literature, not approved by a clinician."
        ),
        "copyright": _COPYRIGHT,
        "relatedArtifact": [
            {"type": "citation", "label": source.id, "citation": source.citation}
            for source in knowledge.evidence.values()
            if source.kind != "design"
        ],
        "action": [_action(record, knowledge) for record in records],
    }


def _action(record: RedFlagRecord | CauseRecord, knowledge: Knowledge) -> Resource:
    opens = record.fires if isinstance(record, RedFlagRecord) else record.gates
    summary = record.summary or record.title
    action: Resource = {
        "id": record.id,
        "title": record.title,
        "description": f"{summary}. {record.action}" if isinstance(record, RedFlagRecord) else summary,
        "code": [_coded("causes", record.id, record.title)],
        "documentation": _citations(record.sources, knowledge),
        "trigger": [{"type": "named-event", "name": "patient-view"}],
        "condition": [_any(opens)],
    }
    if not action["documentation"]:
        del action["documentation"]
    if record.wants:
        action["action"] = [_wanted(clause, knowledge) for clause in record.wants]
    return action


def _wanted(clause: Clause, knowledge: Knowledge) -> Resource:
    step = knowledge.steps.get(clause.step)
    title = step.title if step else clause.step
    action: Resource = {
        "title": title,
        "priority": _PRIORITY[clause.urgency],
        "code": [_coded("steps", clause.step, title)],
    }
    if clause.because:
        action["description"] = clause.because
    if clause.when:
        action["condition"] = [_any((clause,))]
    return action


def _any(clauses: Iterable[Clause]) -> Resource:
    """One applicability condition that holds when any of the entries does, as the records write them."""
    entries = []
    for clause in clauses:
        text = f"[[{clause.kind}]]\nwhen = {_table(clause.when)}"
        if clause.unless:
            barred = [_table(unless) for unless in clause.unless]
            text += f"\nunless = {barred[0] if len(barred) == 1 else '[' + ', '.join(barred) + ']'}"
        entries.append(text)
    return {
        "kind": "applicability",
        "expression": {
            "description": "Any one entry is enough; all keys of a 'when' must hold.",
            "language": "application/toml",
            "expression": "\n".join(entries),
        },
    }


def _table(when: When) -> str:
    return "{ " + ", ".join(f"{test.finding} = {_asked(test)}" for test in when) + " }" if when else "{}"


def _asked(test: Test) -> str:
    if test.bounds:
        return "{ " + ", ".join(f'{bound.comparison} = "{bound.parameter}"' for bound in test.bounds) + " }"
    words = [f'"{word}"' for word in test.words]
    return words[0] if len(words) == 1 else f"[{', '.join(words)}]"


def _citations(sources: Iterable[str], knowledge: Knowledge) -> list[Resource]:
    return [
        {"type": "citation", "label": source, "citation": knowledge.evidence[source].citation}
        for source in sources
        if source in knowledge.evidence and knowledge.evidence[source].kind != "design"
    ]


def _coded(system: str, code: str, display: str) -> Resource:
    return {"coding": [{"system": f"{CANONICAL}/CodeSystem/{system}", "code": code, "display": display}]}


def code_systems(knowledge: Knowledge) -> list[Resource]:
    """What the codes in our answers mean: causes, steps, findings with the words that answer them, and verdicts."""
    causes: list[RedFlagRecord | CauseRecord] = [
        *knowledge.redflags.values(), *knowledge.causes.values(), *knowledge.negatives.values(),
        *knowledge.modifiers.values(), *knowledge.notes.values(),
    ]  # fmt: skip
    orientation = {**_concept("orientation", "Pain after spine surgery"), **_kind("orientation")}
    return [
        _system(
            "causes",
            "CauseCodes",
            "Causes, red flags and warnings",
            [*(_recorded(record) for record in causes), orientation],
            knowledge,
            kinds=True,
        ),
        _system(
            "steps",
            "StepCodes",
            "Next steps",
            [_recorded(record) for record in knowledge.steps.values()],
            knowledge,
            kinds=True,
        ),
        _system("findings", "FindingCodes", "Findings that the rules read", _findings(knowledge), knowledge),
        _system("finding-words", "FindingWordCodes", "Words that answer a finding", _words(), knowledge),
        _system(
            "verdicts",
            "VerdictCodes",
            "How sure a conclusion is",
            [{**_concept(code, code.replace("-", " ")), "definition": means} for code, means in _VERDICTS.items()],
            knowledge,
        ),
    ]


def _system(
    ident: str, name: str, title: str, concepts: Iterable[Resource], knowledge: Knowledge, *, kinds: bool = False
) -> Resource:
    listed = sorted(concepts, key=lambda concept: str(concept["code"]))
    system: Resource = {
        "resourceType": "CodeSystem",
        "id": ident,
        "url": f"{CANONICAL}/CodeSystem/{ident}",
        "version": knowledge.version,
        "name": name,
        "title": title,
        "status": "draft",
        "experimental": False,
        "publisher": "Backstory",
        "description": f"{title}, one code for each, from the rule records.",
        "copyright": _COPYRIGHT,
        "caseSensitive": True,
        "content": "complete",
        "count": len(listed),
    }
    if kinds:
        system["property"] = [{"code": "kind", "description": "The kind of the record", "type": "string"}]
    return {**system, "concept": listed}


def _findings(knowledge: Knowledge) -> Iterator[Resource]:
    for word in knowledge.vocabulary.findings.values():
        values = ", ".join(word.words) if word.words else f"a whole number of {word.unit}"
        yield {**_concept(word.name, word.means), "definition": f"{word.means}. Values: {values}."}


def _words() -> Iterator[Resource]:
    return (_concept(word, word) for word in sorted({word for _, word in accepted_words()}))


def _recorded(record: RedFlagRecord | CauseRecord | StepRecord) -> Resource:
    return {**_concept(record.id, record.title), **_kind(record.kind)}


def _concept(code: str, display: str) -> Resource:
    return {"code": code, "display": display}


def _kind(kind: str) -> Mapping[str, Any]:
    return {"property": [{"code": "kind", "valueString": kind}]}
