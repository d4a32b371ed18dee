"""Every finding that no patient of tests/patients holds has a chart that makes it known, and a base that does not."""

from __future__ import annotations

from typing import Any

import pytest

from tests.findings import one_finding
from tests.patients import build
from tests.patients.test_patients import explain


def sheet(patient: build.Patient) -> dict[str, Any]:
    told = explain(build.bundle(patient), patient.as_of)
    return {found["name"]: found["value"] for found in told["caseSheet"]}


@pytest.mark.parametrize("finding", one_finding.names())
def test_the_entries_make_the_finding_known(finding):
    assert one_finding.word(finding) == sheet(one_finding.patient(finding)).get(finding)


@pytest.mark.parametrize("finding", one_finding.names())
def test_without_them_it_is_not_known(finding):
    assert one_finding.word(finding) != sheet(one_finding.patient(finding, base_only=True)).get(finding)
