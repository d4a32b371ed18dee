"""Known: hide for 90 days, from the button to the EHR and back: silent while it holds, there again when it is over."""

from __future__ import annotations

from datetime import timedelta

import pytest
from fhir.resources.R4B.flag import Flag

from service.output.cards import known
from tests.ehr import ehr as ehrs
from tests.ehr.asking import ask
from tests.ehr.serving import serving, today
from tests.ehr.test_questions import WHO, ago, chart


@pytest.fixture(scope="module")
def service():
    with serving(open=True, fetch_budget_ms=5000) as client:
        yield client


def opened(service, *stored):
    with ehrs.running(chart(*stored)) as ehr:
        answer = ask(service, ehr, who=WHO)
    assert 200 == answer.status_code, answer.text
    return answer.json()["cards"]


def pressed(cards):
    """What the EHR stores when the clinician presses the button of the first card."""
    (flag,) = [a["resource"] for s in cards[0]["suggestions"] if known.LABEL == s["label"] for a in s["actions"]]
    assert "active" == Flag.model_validate(flag).status
    return {**flag, "id": "known"}


def test_the_stored_flag_keeps_the_card_quiet_for_ninety_days_and_no_longer(service):
    flag = pressed(opened(service))
    over = {**flag, "period": {"start": ago(91), "end": ago(1)}}

    assert (today() + timedelta(days=90)).isoformat() == flag["period"]["end"]
    assert [] == opened(service, flag)
    assert ["orientation"] == [card["source"]["topic"]["code"] for card in opened(service, over)]


def test_a_new_emergency_speaks_beside_the_flag(service):
    flag = pressed(opened(service))
    numb = {"resourceType": "Condition", "id": "numb", "subject": {"reference": f"Patient/{WHO}"},
            "recordedDate": ago(0), "code": {"text": "Saddle numbness since yesterday"}}  # fmt: skip

    assert "critical" == opened(service, flag, numb)[0]["indicator"]
