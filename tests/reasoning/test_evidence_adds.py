"""Evidence for a cause never lowers it, and no benign finding takes an emergency away."""

from __future__ import annotations

import pytest

from service.domain.findings import CaseSheet, Finding
from service.reasoning import vignettes
from service.reasoning.chain import conclude
from tests.rule_sets import shipped, shipped_engine


def score(id_, findings):
    sheet = CaseSheet(vignettes.ANY_DAY, findings)
    told = conclude(sheet, shipped_engine(), shipped())
    if any(alarm.indicator == "critical" for alarm in told.alarms):
        # The evidence became an emergency: that is more than any cause.
        return EMERGENCY
    return max((cause.score for cause in (*told.causes, *told.fits) if cause.id in (id_, TWIN.get(id_))), default=0)


EMERGENCY = 99
TWIN = {"residual-foraminal-stenosis": "foraminal-stenosis-progressive"}
"""One disease in two records: a gradual onset late after surgery moves the patient to the other one."""


def evidence(record):
    """Each entry that speaks for a cause, as the findings that make it hold."""
    for clause in record.for_:
        if clause.group == "risk" or any(test.bounds for test in clause.when):
            continue
        yield {test.finding: test.words[0] for test in clause.when}


@pytest.mark.parametrize("id_", sorted(shipped().causes))
def test_evidence_for_a_cause_never_lowers_it(id_):
    record = shipped().causes[id_]
    for vignette in record.vignettes:
        if vignette.expect == "silent":
            continue
        sheet = vignettes.sheet_of(record, vignette).findings
        before = score(id_, sheet)
        for added in evidence(record):
            if added.keys() & sheet.keys():
                continue
            after = score(id_, {**sheet, **{name: Finding(name, word) for name, word in added.items()}})
            assert before <= after, (vignette.name, added)


BENIGN = {
    "improving": "yes", "worse": "no", "severe_pain": "no", "infection_labs": "normal", "crp_raised": "no",
    "spine_pain": "no", "fever": "no", "imaging_negative": "yes", "nothing_compresses": "yes", "course": "resolved",
    "fbss_context": "no", "solid_fusion": "yes", "wide_foramina": "yes",
}  # fmt: skip


EXPLAINS = {"nothing_compresses": "emg_peroneal"}
"""A clear MRI beside nerve conduction that shows a peripheral nerve is not benign: both explain the weak foot."""


@pytest.mark.parametrize("id_", sorted(shipped().redflags))
def test_no_benign_finding_takes_an_alarm_of_values_or_codes_away(id_):
    record = shipped().redflags[id_]
    for vignette in record.vignettes:
        if vignette.expect == "silent":
            continue
        given = vignettes.sheet_of(record, vignette).findings
        for name, word in BENIGN.items():
            if name in given or (name in EXPLAINS and EXPLAINS[name] in given):
                continue
            told = conclude(
                CaseSheet(vignettes.ANY_DAY, {**given, name: Finding(name, word)}), shipped_engine(), shipped()
            )
            assert id_ in {alarm.id for alarm in (*told.alarms, *told.warnings)}, (vignette.name, name)
