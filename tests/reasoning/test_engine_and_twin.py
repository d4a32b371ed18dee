"""durable-rules and a page of plain Python must say the same of every case."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from service.domain.findings import Finding
from service.domain.spans import Interval
from service.knowledge import Knowledge
from service.reasoning import vignettes
from service.reasoning.differential import chain
from service.reasoning.engine import GATES, PRIORS, RED_FLAGS, Engine, evidence_of, step_of
from tests import twin
from tests.reasoning.sheets import any_sheet
from tests.rule_sets import shipped, shipped_engine, small, small_engine

BOTH = [pytest.param(small, small_engine, id="small"), pytest.param(shipped, shipped_engine, id="shipped")]


def holding(knowledge: Knowledge, engine: Engine, findings: Mapping[str, Finding]) -> set[str]:
    """Everything durable-rules says holds, asked of every rule set."""
    case = engine.properties(findings)
    sets = [RED_FLAGS, GATES, PRIORS, *engine.finding_layers]
    sets += [evidence_of(id_) for id_ in knowledge.redflags]
    for group in (knowledge.causes, knowledge.negatives, knowledge.modifiers):
        sets += [evidence_of(id_) for id_ in group]
    sets += [step_of(id_) for id_ in knowledge.steps]
    return {key for name in sets for key in engine.match(name, case)}


def as_findings(sheet: Mapping[str, str | Interval]) -> dict[str, Finding]:
    return {name: Finding(name, value) for name, value in sheet.items()}


@pytest.mark.parametrize(("knowledge", "engine"), BOTH)
def test_engine_and_twin_agree_on_every_vignette(knowledge, engine):
    for record, vignette in vignettes.every(knowledge()):
        given = {name: each.value for name, each in vignettes.sheet_of(record, vignette).findings.items()}

        assert twin.holding(knowledge(), given) == holding(knowledge(), engine(), as_findings(given)), vignette.name


@settings(max_examples=500, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(sheet=st.deferred(lambda: any_sheet(shipped())))
def test_engine_and_twin_agree_on_random_sheets(sheet):
    assert twin.holding(shipped(), sheet) == holding(shipped(), shipped_engine(), as_findings(sheet))


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(sheet=st.deferred(lambda: any_sheet(shipped())))
def test_engine_and_twin_chain_the_same_findings(sheet):
    actual = chain(as_findings(sheet), shipped_engine(), shipped()).case.findings

    assert twin.chained(shipped(), sheet) == {name: finding.value for name, finding in actual.items()}


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(sheet=any_sheet(small()))
def test_engine_and_twin_agree_on_random_sheets_of_the_small_rule_set(sheet):
    assert twin.holding(small(), sheet) == holding(small(), small_engine(), as_findings(sheet))
