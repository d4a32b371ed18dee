"""The vignettes of the records: knowledge in; out, in sentences, those that do not get the verdict they name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from service.domain.findings import CaseSheet, Finding
from service.domain.spans import Interval
from service.knowledge import Knowledge
from service.knowledge.records import CauseRecord, FindingRecord, Record, RedFlagRecord, StepRecord, Vignette
from service.reasoning.chain import conclude
from service.reasoning.differential import chain
from service.reasoning.engine import Engine, Properties
from service.reasoning.next_steps import Want, select

ANY_DAY = date(2026, 1, 1)
"""Vignettes speak of intervals only, so the day on which they are read does not matter."""


def violations(engine: Engine, knowledge: Knowledge) -> list[str]:
    """Run every vignette through the chain; an empty list means that all get what they expect."""
    return [
        f"{record.id}.toml: vignette '{vignette.name}' expects '{vignette.expect}' and gets '{actual}'."
        for record, vignette in every(knowledge)
        if (actual := outcome(record, vignette, engine, knowledge)) != vignette.expect
    ]


def every(knowledge: Knowledge) -> Iterator[tuple[Record, Vignette]]:
    for record in knowledge.records:
        if not isinstance(record, FindingRecord):
            for vignette in record.vignettes:
                yield record, vignette


def outcome(record: Record, vignette: Vignette, engine: Engine, knowledge: Knowledge) -> str:
    """What the chain says of one vignette, in the words that a vignette may expect."""
    if isinstance(record, StepRecord):
        return _outcome_of_step(record, vignette, engine, knowledge)
    concluded = conclude(sheet_of(record, vignette), engine, knowledge, explain=False)
    if isinstance(record, RedFlagRecord):
        rung = {alarm.id: alarm.indicator for alarm in (*concluded.alarms, *concluded.warnings)}
        return rung.get(record.id, "silent")
    if not isinstance(record, CauseRecord) or record.kind == "cause":
        verdicts = {cause.id: cause.certainty for cause in (*concluded.causes, *concluded.fits)}
        return verdicts.get(record.id, "silent")
    gates = {fired.record for fired in concluded.trace if fired.stratum == "gates"}
    if record.kind == "note":
        spoken = any(record.text in cause.notes for cause in (*concluded.causes, *concluded.fits))
        return "speaks" if spoken else "silent"
    return "speaks" if record.id in gates else "silent"


def sheet_of(record: Record, vignette: Vignette) -> CaseSheet:
    """The vignette as a case sheet; what every such patient has in common need not be said in each."""
    common: Mapping[str, str] = {"lumbar_surgery": "yes"}
    if not isinstance(record, RedFlagRecord):
        common = {**common, "fbss_context": "yes"}
    given: Mapping[str, str | Interval] = {**common, **vignette.given}
    return CaseSheet(ANY_DAY, {name: Finding(name, value) for name, value in given.items()})


def _outcome_of_step(record: StepRecord, vignette: Vignette, engine: Engine, knowledge: Knowledge) -> str:
    case = chain(sheet_of(record, vignette).findings, engine, knowledge).case
    alarm = vignette.wanted_by in knowledge.redflags
    want = Want(record.id, vignette.urgency, "", vignette.wanted_by, 0, alarm)
    chosen = select([want], case, engine, knowledge)
    if not chosen.steps:
        return "withheld"
    first = chosen.steps[0].id
    return "ordered" if first == record.id else f"instead:{first}"


def never_exercised(knowledge: Knowledge) -> list[str]:
    """The entries (``record/kind/entry``) that hold in no vignette: nothing would notice if they were wrong."""
    engine = _Recording(knowledge)
    for record, vignette in every(knowledge):
        outcome(record, vignette, engine, knowledge)
    return sorted(
        clause.key for record in knowledge.records for clause in record.clauses if clause.key not in engine.held
    )


class _Recording(Engine):
    """An engine that remembers every clause that ever held."""

    def __init__(self, knowledge: Knowledge) -> None:
        super().__init__(knowledge)
        self.held: set[str] = set()

    def match(self, rule_set: str, case: Properties) -> frozenset[str]:
        found = super().match(rule_set, case)
        self.held |= found
        return found
