"""Known stays known: card, accepted, silent at the next opening, back with new evidence; never for an emergency."""

from __future__ import annotations

from datetime import timedelta

import pytest

from service.output.cards import known
from tests.ehr.serving import serving
from tests.web.calls import VIEW, call, today

WHO = "recurrent-herniation-mri-before-operation"


@pytest.fixture(scope="module")
def client():
    with serving(open=True) as started:
        yield started


def ask(client, who=WHO, flags=(), more=()):
    asked = call(who)
    asked["prefetch"]["flags"] = {
        "resourceType": "Bundle",
        "type": "searchset",
        "entry": [{"resource": each} for each in flags],
    }
    for key, resource in more:
        asked["prefetch"][key].setdefault("entry", []).append({"resource": resource})
    return client.post(VIEW, json=asked).json()["cards"]


def accepted(cards):
    """What the EHR stores when every "known" is accepted."""
    made = [a["resource"] for c in cards for s in c.get("suggestions", ()) if s["label"] == known.LABEL
            for a in s["actions"]]  # fmt: skip
    return [{**flag, "id": f"known-{at}"} for at, flag in enumerate(made)]


def report():
    about = {"subject": {"reference": f"Patient/{WHO}"}}
    day = (today() - timedelta(days=1)).isoformat()
    return {
        "resourceType": "DiagnosticReport",
        "id": "new-mri",
        "status": "final",
        **about,
        "code": {"text": "MRI lumbar spine"},
        "effectiveDateTime": day,
        "conclusion": "Recurrent disc herniation at L4/5 left compressing the L5 root.",
    }


def test_a_known_card_is_silent_at_the_next_opening_and_back_with_new_evidence(client):
    first = ask(client)
    flags = accepted(first)

    assert len(first) == len(flags) > 0
    assert [] == ask(client, flags=flags)
    assert ["recurrent-herniation"] == [
        card["source"]["topic"]["code"] for card in ask(client, flags=flags, more=[("diagnosticReports", report())])
    ][:1]


def test_the_same_chart_gives_the_same_key(client):
    assert [card["extension"] for card in ask(client)] == [card["extension"] for card in ask(client)]


@pytest.mark.parametrize("change", ["over", "longer", "cancelled", "another code"])
def test_a_flag_that_is_over_too_long_cancelled_or_not_ours_hides_nothing(client, change):
    flags = accepted(ask(client))
    for flag in flags:
        if change == "over":
            flag["period"] = {"start": str(today() - timedelta(days=100)), "end": str(today() - timedelta(days=10))}
        elif change == "longer":
            flag["period"]["end"] = str(today() + timedelta(days=400))
        elif change == "cancelled":
            flag["status"] = "inactive"
        else:
            flag["code"]["coding"][0]["code"] = "other"

    assert ask(client, flags=flags)


def test_an_emergency_is_never_hidden(client):
    (card,) = ask(client, "rf-cauda-equina-saddle")[:1]
    key = card["extension"][known.EXTENSION]
    flag = {**known.flag("x", key, "rf-cauda-equina-saddle", "", today()), "id": "f"}

    assert known.LABEL not in [s["label"] for s in card["suggestions"]]
    assert "critical" == ask(client, "rf-cauda-equina-saddle", flags=[flag])[0]["indicator"]


def test_a_site_may_switch_it_off():
    with serving(open=True, hide_known=False) as client:
        shown = ask(client)
        flag = {**known.flag("x", shown[0]["extension"][known.EXTENSION], WHO, "", today()), "id": "f"}

        assert known.LABEL not in [s["label"] for card in shown for s in card.get("suggestions", ())]
        assert ask(client, flags=[flag])
