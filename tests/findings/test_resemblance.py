"""What the words of the chart are like: from likely answers to findings, each at its limit."""

from __future__ import annotations

from datetime import date

import pytest

from service.chart.chart import Chart
from service.domain.statements import Basis, Resemblance
from service.fhir.record import Record
from service.findings.background import resemblance
from tests.rule_sets import shipped

TODAY = date(2026, 1, 1)


def _read(**likelihoods: float) -> dict[str, str]:
    held = sorted(
        (
            Resemblance(name.replace("_", "-"), each, "DocumentReference/1", "Pain.")
            for name, each in likelihoods.items()
        ),
        key=lambda each: -each.likelihood,
    )
    chart = Chart(Record(as_of=TODAY), (), shipped().numbers, resembles=tuple(held))
    return {found.name: str(found.value) for found in resemblance.read(chart)}


@pytest.mark.parametrize(
    ("expected", "likelihoods"),
    [
        ({}, {}),
        ({}, {"hip_oa": 0.19}),
        ({"reads_like": "hip-oa"}, {"hip_oa": 0.2}),
        ({"reads_like": "hip-oa", "reads_surely": "yes", "reads_harmless": "yes"}, {"hip_oa": 0.35}),
        ({"reads_like": "hip-oa", "reads_surely": "yes"}, {"hip_oa": 0.35, "cord": 0.1}),
        ({}, {"hip_oa": 0.29, "si_joint": 0.2}),
        (
            {"reads_like": "deep-wound-infection", "reads_surely": "yes", "reads_harmless": "warnings"},
            {"deep_wound_infection": 0.6},
        ),
        ({"reads_like": "deep-wound-infection", "reads_surely": "yes"}, {"deep_wound_infection": 0.6, "pe": 0.12}),
        ({"reads_uneventful": "yes"}, {"uneventful": 0.3, "expected_postop_pain": 0.05, "hip_oa": 0.3}),
        ({"reads_uneventful": "surely"}, {"uneventful": 0.6}),
        ({"reads_uneventful": "yes"}, {"uneventful": 0.6, "pe": 0.1}),
        ({"reads_alarm": "pe"}, {"uneventful": 0.5, "pe": 0.3}),
        ({"reads_alarm": "pe", "reads_urgent": "yes"}, {"pe": 0.35}),
        ({"reads_alarm": "malignancy"}, {"malignancy": 0.5}),
        ({"reads_alarm": "hematoma"}, {"epidural_hematoma": 0.15}),
    ],
)
def test_each_answer_counts_from_its_limit_on(expected: dict[str, str], likelihoods: dict[str, float]) -> None:
    assert expected == _read(**likelihoods)


def test_a_finding_keeps_the_words_that_speak_most_for_it_and_their_source() -> None:
    told = Resemblance("hip-oa", 0.9, "DocumentReference/1", "Groin pain.", basis=Basis.NOTE)
    chart = Chart(Record(as_of=TODAY), (), shipped().numbers, resembles=(told,))

    found = next(iter(resemblance.read(chart)))
    assert ("Groin pain.", ("DocumentReference/1",), Basis.NOTE) == (found.words, found.refs, found.basis)
