"""What order hooks say over HTTP, claim by claim: right, short, and silent where they have nothing to say."""

from __future__ import annotations

import pytest

from tests.ehr.serving import serving
from tests.orders.calling import (
    ago,
    ask,
    chart,
    deficit,
    drug,
    egfr,
    fused,
    pregnant,
    resources,
    saddle,
    said,
    scanned,
)
from tests.orders.drafting import condition, device, order

CONTRAST_CT = "CT lumbar spine with contrast"
BLOCK = "Selective nerve root block L5 left"


@pytest.fixture(scope="module")
def client():
    with serving(open=True) as started:
        yield started


def topics(cards):
    return [card["source"]["topic"]["code"] for card in cards]


def test_a_contrast_ct_at_an_egfr_of_20_names_the_kidneys_and_the_value(client):
    (card,) = ask(client, [order(CONTRAST_CT)], chart(egfr(20)))
    assert "warning" == card["indicator"]
    assert "Kidney" in said([card]) or "kidney" in said([card])
    assert "20" in said([card])


def test_a_ct_without_contrast_at_an_egfr_of_20_hears_nothing_of_kidneys(client):
    cards = ask(client, [order("CT lumbar spine without contrast")], chart(egfr(20), *scanned("No fracture.")))
    assert "idney" not in said(cards)


def test_a_contrast_ct_at_an_egfr_of_80_hears_nothing_of_kidneys(client):
    assert "idney" not in said(ask(client, [order(CONTRAST_CT)], chart(egfr(80))))


def test_a_contrast_ct_with_an_allergy_to_contrast_names_the_allergy(client):
    cards = ask(
        client, [order(CONTRAST_CT)], chart(condition("Radiographic dye allergy status", "a", ago(900), "Z91.041"))
    )
    assert "warning" == cards[0]["indicator"]
    assert "llergy" in cards[0]["summary"]


@pytest.mark.parametrize("name", ["CT lumbar spine", CONTRAST_CT, "X-ray lumbar spine", "CT myelogram lumbar spine"])
def test_radiation_in_pregnancy_offers_an_mri_without_contrast(client, name):
    (card,) = ask(client, [order(name)], chart(pregnant()))
    assert "warning" == card["indicator"]
    assert "regnancy" in card["summary"]
    assert "30679-5" in resources([card])


def test_a_routine_mri_two_days_after_a_foot_drop_is_said_to_be_urgent_with_the_priority_as_a_button(client):
    cards = ask(client, [order("MRI lumbar spine", priority="routine")], chart(deficit(2)))
    assert "urgent" in cards[0]["summary"].lower() or " now" in cards[0]["summary"]
    assert "info" != cards[0]["indicator"]
    assert '"priority": "urgent"' in resources(cards) or '"priority": "stat"' in resources(cards)


def test_a_routine_mri_that_also_lacks_contrast_two_days_after_a_foot_drop_leads_with_the_urgency(client):
    (card,) = ask(client, [order("MRI lumbar spine without contrast", priority="routine")], chart(deficit(2)))
    assert "urgent" in card["summary"].lower() or " now" in card["summary"]


def test_an_urgent_mri_two_days_after_a_foot_drop_hears_nothing_of_urgency(client):
    for priority in ("urgent", "stat"):
        assert [] == ask(client, [order("MRI lumbar spine", priority=priority)], chart(deficit(2)))


def test_the_mri_offered_before_an_operation_has_no_gadolinium_at_an_egfr_of_20(client):
    cards = ask(client, [order("Revision microdiscectomy L4-L5")], chart(egfr(20)))
    assert "30679-5" in resources(cards)
    assert "24967-2" not in resources(cards)


def test_a_routine_mri_in_a_cauda_equina_syndrome_is_said_to_be_drafted_routine_on_the_one_critical_card(client):
    (card,) = ask(client, [order("MRI lumbar spine", priority="routine")], chart(saddle()))
    assert "critical" == card["indicator"]
    assert "drafted routine" in card["detail"]
    assert '"priority": "stat"' in resources([card])


@pytest.mark.parametrize("name", ["MRI lumbar spine", "MRI lumbar spine without contrast"])
def test_a_stat_mri_in_a_cauda_equina_syndrome_gets_no_contrast_card_beside(client, name):
    cards = ask(client, [order(name, priority="stat")], chart(saddle()))
    assert ["rf-cauda-equina"] == topics(cards)
    assert "contrast" not in cards[0]["summary"]
    assert not [s["label"] for s in cards[0]["suggestions"] if "MRI" in s["label"]], "it is being ordered already"


def test_an_emg_at_day_5_is_silent_without_a_deficit(client):
    assert [] == ask(client, [order("EMG lower extremities")], chart(painful="Sciatica left"))


def test_an_emg_5_days_after_a_deficit_is_said_to_be_too_early(client):
    cards = ask(client, [order("EMG lower extremities")], chart(deficit(5)))
    assert "order-emg-ncs" in topics(cards)
    assert "3 weeks" in said(cards)


@pytest.mark.parametrize("hook", ["order-sign", "order-select"])
def test_a_paracetamol_order_does_not_repeat_the_critical(client, hook):
    paracetamol = {"resourceType": "MedicationRequest", "id": "m1", "status": "draft", "intent": "order",
                   "subject": {"reference": "Patient/p1"},
                   "medicationCodeableConcept": {"text": "Paracetamol 1 g four times a day"}}  # fmt: skip
    assert [] == ask(client, [paracetamol], chart(saddle()), hook, selections=["MedicationRequest/m1"])


@pytest.mark.parametrize("name", ["Chest x-ray", "Complete blood count", "MRI of the knee"])
def test_an_order_that_has_nothing_to_do_with_the_spine_does_not_repeat_the_critical(client, name):
    assert [] == ask(client, [order(name)], chart(saddle()))


@pytest.mark.parametrize("name", ["CT lumbar spine", "EMG lower extremities", BLOCK, "Revision discectomy L4-L5"])
def test_an_order_at_the_spine_hears_of_the_critical(client, name):
    assert "rf-cauda-equina" == topics(ask(client, [order(name)], chart(saddle())))[0]


def test_an_order_that_the_emergency_asks_for_hears_of_it_though_it_is_not_at_the_spine(client):
    assert "rf-cauda-equina" in topics(ask(client, [order("Bladder scan, post-void residual")], chart(saddle())))


def test_apixaban_is_named_before_a_needle(client):
    (card,) = ask(client, [order(BLOCK)], chart(drug("Apixaban 5 mg twice daily")))
    assert "warning" == card["indicator"]
    assert "pixaban" in card["summary"]


def test_apixaban_is_named_before_an_operation(client):
    cards = ask(
        client, [order("Revision microdiscectomy L4-L5")], chart(drug("Apixaban 5 mg"), *scanned("No fracture."))
    )
    assert "pixaban" in cards[0]["summary"]
    assert "therapeutic" in cards[0]["summary"]


ENOXAPARIN = drug("Enoxaparin 40 mg subcutaneous once daily for thromboprophylaxis")
BY_REASON = drug("Enoxaparin 40 mg", reasonCode=[{"text": "DVT prophylaxis"}])
BY_DOSAGE = drug("Enoxaparin", dosageInstruction=[{"text": "40 mg s.c. once daily, prophylactic"}])


@pytest.mark.parametrize("given", [ENOXAPARIN, BY_REASON, BY_DOSAGE])
def test_prophylactic_enoxaparin_is_not_therapeutic(client, given):
    cards = ask(client, [order("Revision microdiscectomy L4-L5")], chart(given, *scanned("No fracture.")))
    assert "therapeutic" not in said(cards)


@pytest.mark.parametrize("given", [ENOXAPARIN, BY_REASON, BY_DOSAGE])
def test_before_a_needle_prophylactic_enoxaparin_is_named_for_its_timing(client, given):
    (card,) = ask(client, [order(BLOCK)], chart(given))
    assert "rophylactic" in card["summary"]
    assert "noxaparin" in card["summary"]
    assert "prescriber" not in card["summary"]


def test_therapeutic_enoxaparin_is_planned_with_the_prescriber(client):
    (card,) = ask(client, [order(BLOCK)], chart(drug("Enoxaparin 80 mg twice daily")))
    assert "noxaparin" in card["summary"]
    assert "prescriber" in card["summary"]


def test_an_mr_conditional_device_by_name_keeps_its_order_under_its_conditions(client):
    cards = ask(client, [order("MRI lumbar spine")], chart(device("Azure XT DR MRI pacemaker, MR conditional")))
    (card,) = cards
    assert "info" == card["indicator"]
    assert "conditional" in card["summary"]
    assert "Change to" not in str([s["label"] for s in card["suggestions"]])


def test_an_unmarked_pacemaker_is_to_be_checked_first(client):
    (card,) = ask(client, [order("MRI lumbar spine")], chart(device("Cardiac pacemaker")))
    assert "warning" == card["indicator"]
    assert "pacemaker" in card["summary"].lower()


def test_patient_view_does_not_propose_gadolinium_at_an_egfr_of_25(client):
    with_kidneys = ask(client, [], chart(egfr(25)), "patient-view")
    assert "30679-5" in resources(with_kidneys)
    assert "24967-2" not in resources(with_kidneys)
    assert "24967-2" in resources(ask(client, [], chart(egfr(80)), "patient-view"))


def test_a_repeated_mri_is_told_the_result_and_the_day_of_the_one_before(client):
    (card,) = ask(client, [order("MRI lumbar spine")], chart(*scanned("Recurrent disc herniation at L4-L5 left.")))
    assert "Recurrent disc herniation at L4-L5 left" in said([card])
    assert "info" == card["indicator"]


def test_a_repeated_mri_without_a_word_that_is_understood_is_still_told_its_result(client):
    (card,) = ask(client, [order("MRI lumbar spine")], chart(*scanned("Postoperative appearances as expected.")))
    assert "Postoperative appearances as expected" in said([card])


def test_a_pending_mri_is_named_as_pending(client):
    pending = {**order("MRI lumbar spine", "s1"), "status": "active", "authoredOn": ago(6)}
    (card,) = ask(client, [order("MRI lumbar spine")], chart(pending))
    assert "obtain the result" in card["summary"]


def test_a_revision_of_a_fusion_is_asked_for_crp_and_esr(client):
    (card,) = ask(client, [order("Revision posterior lumbar fusion L4-S1")], fused())
    assert "CRP and ESR" in card["summary"]
    assert "1988-5" in resources([card])
    assert "4537-7" in resources([card])


@pytest.mark.parametrize("given", [drug("Aspirin 100 mg daily"), drug("Warfarin 5 mg", status="stopped")])
@pytest.mark.parametrize("name", [BLOCK, "MRI lumbar spine", "EMG lower extremities"])
def test_aspirin_and_stopped_warfarin_are_silent(client, given, name):
    assert [] == ask(client, [order(name)], chart(given))


@pytest.mark.parametrize("given", [drug("Aspirin 100 mg daily"), drug("Warfarin 5 mg", status="stopped")])
def test_before_an_operation_aspirin_and_stopped_warfarin_are_not_named(client, given):
    told = said(ask(client, [order("Revision microdiscectomy L4-L5")], chart(given, *scanned("No fracture.")))).lower()
    assert not [word for word in ("aspirin", "warfarin", "anticoag") if word in told]


@pytest.mark.parametrize("name", ["MRI of the knee", "MRI knee left without contrast", "Chest x-ray", "Physiotherapy"])
def test_orders_of_other_parts_are_silent(client, name):
    assert [] == ask(client, [order(name)], chart(*scanned("Recurrent disc herniation at L4-L5 left.")))
