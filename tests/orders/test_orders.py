"""Advice on draft orders: already done, pending, contrast, devices, what is not in the record; and silence."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.orders import draft_orders, order_cards
from service.orders.order_types import STEP_OF_CONCEPT, STEP_OF_KIND, contrast, step_of
from tests.orders.drafting import (
    TODAY,
    actions,
    cards,
    condition,
    device,
    entry,
    mri,
    operation,
    order,
    pain,
    service,
    topics,
)

CHART = [operation(), pain()]
FUSED = [operation("Posterior lumbar fusion L4-S1 with pedicle screws", "2024-01-10"), pain("Low back pain")]


def test_an_mri_that_is_done_and_reported_is_named_with_its_day_and_its_entries():
    (card,) = cards([order("MRI lumbar spine")], [*CHART, *mri()])
    assert "info" == card["indicator"]
    assert "30 Oct 2026" in card["summary"]
    assert "ImagingStudy/mri" not in card["detail"], "a reader wants the day, not the id"
    assert "DiagnosticReport/report" in json.dumps(actions(card)[1]["resource"]["supportingInfo"])


def test_a_done_study_may_be_left_out_or_noted_on_the_whole_order_with_its_id():
    draft = order("MRI lumbar spine", priority="routine", note=[{"text": "own note"}])
    (card,) = cards([draft], [*CHART, *mri()])
    leave, keep = actions(card)
    assert ("delete", "ServiceRequest/d1") == (leave["type"], leave["resourceId"])
    assert ("update", "d1", "routine") == (keep["type"], keep["resource"]["id"], keep["resource"]["priority"])
    assert "own note" == keep["resource"]["note"][0]["text"]
    assert {"reference": "ImagingStudy/mri"} in keep["resource"]["supportingInfo"]
    assert "at-most-one" == card["selectionBehavior"]


def test_a_done_study_without_report_is_to_be_read_first():
    (card,) = cards([order("MRI lumbar spine")], [*CHART, *mri(conclusion="")])
    assert "read it first" in card["summary"]


def test_a_pending_order_is_named_but_the_order_being_signed_is_not_taken_for_one():
    pending = entry(
        "ServiceRequest",
        "s",
        status="active",
        intent="order",
        code={"text": "MRI lumbar spine"},
        authoredOn="2026-11-10",
    )
    (card,) = cards([order("MRI lumbar spine")], [*CHART, pending])
    assert "obtain the result" in card["summary"]
    signed_again = order("MRI lumbar spine", ident="s", status="active", authoredOn="2026-11-10")
    assert [] == cards([signed_again], [*CHART, pending])


def test_an_mri_without_contrast_after_discectomy_with_leg_pain_is_offered_with_contrast_as_an_update():
    (card,) = cards([order("MRI lumbar spine without contrast", code="30679-5")], CHART)
    (action,) = actions(card)
    assert ("update", "d1", "24967-2") == (
        action["type"],
        action["resource"]["id"],
        action["resource"]["code"]["coding"][0]["code"],
    )


def test_a_draft_without_id_cannot_be_updated_so_a_new_order_is_proposed():
    draft = order("MRI lumbar spine without contrast")
    del draft["id"]
    (card,) = cards([draft], CHART)
    assert ["create"] == [action["type"] for action in actions(card)]


def test_contrast_that_the_order_does_not_name_is_not_argued_about():
    assert [] == cards([order("MRI lumbar spine")], CHART)


def test_contrast_is_never_recommended_against_kidneys_allergy_or_pregnancy():
    for barrier in (condition("CKD stage 5", "k", code="N18.5"), condition("Pregnancy", "p", code="Z33.1")):
        assert [] == cards([order("MRI lumbar spine without contrast")], [*CHART, barrier])


def test_contrast_in_pregnancy_is_a_warning():
    draft = order("MRI lumbar spine with and without contrast")
    (card,) = cards([draft], [*CHART, condition("Pregnancy", "p", code="Z33.1")])
    assert "warning" == card["indicator"]
    assert "without contrast" in card["summary"]


def test_contrast_with_failing_kidneys_is_a_warning():
    draft = order("MRI lumbar spine with and without contrast")
    (card,) = cards([draft], [*CHART, condition("CKD stage 5", "k", code="N18.5")])
    assert ("warning", "update") == (card["indicator"], actions(card)[0]["type"])
    assert "Kidney function" in actions(card)[0]["resource"]["note"][0]["text"]


def test_an_unsafe_device_replaces_the_mri_by_ct_myelography():
    (card,) = cards([order("MRI lumbar spine")], [*CHART, device("Cardiac pacemaker", "MR Unsafe")])
    assert "warning" == card["indicator"]
    assert "24965-6" == actions(card)[0]["resource"]["code"]["coding"][0]["code"]


def test_a_device_of_unknown_safety_is_to_be_checked_and_the_order_stays():
    (card,) = cards([order("MRI lumbar spine")], [*CHART, device("Cardiac pacemaker")])
    assert "MR safety" in card["detail"]
    assert ["update"] == [action["type"] for action in actions(card)]


def test_ct_is_set_beside_the_mri_that_the_leading_cause_wants():
    (card,) = cards([order("CT lumbar spine without contrast")], CHART)
    assert "tells more" in card["summary"]
    assert [] == cards([order("CT lumbar spine"), order("MRI lumbar spine", "d2")], CHART)


@pytest.mark.parametrize(
    "name",
    [
        "Lumbar epidural steroid injection",
        "Selective nerve root block L5 left",
        "Medial branch block L4-5",
        "SI joint injection right",
    ],
)
def test_no_needle_before_infection_is_excluded(name):
    (card,) = cards([order(name)], [*CHART, condition("Fever", "f", code="R50.9", when="2026-11-19")])
    assert "warning" == card["indicator"]
    assert "infection" in card["summary"]


def test_an_operation_is_neither_advised_nor_advised_against_only_what_is_missing_is_named():
    (card,) = cards([order("Revision microdiscectomy L4-L5")], CHART)
    assert "order-spine-surgery" == topics([card])[0]
    assert "not in the record: a lumbar MRI or CT" in card["summary"]
    assert {"create"} == {action["type"] for action in actions(card)}
    said = (card["summary"] + card["detail"]).lower()
    assert not any(word in said for word in ("recommend", "should operate", "avoid surgery", "contraindicated"))


def test_late_revision_of_a_fusion_without_crp_says_so():
    (card,) = cards([order("Revision posterior lumbar fusion L4-S1")], FUSED)
    assert "CRP and ESR" in card["summary"]
    assert "1988-5" in json.dumps(card["suggestions"])


def test_an_operation_with_everything_in_the_record_is_left_alone():
    note = entry(
        "DiagnosticReport",
        "op-note",
        status="final",
        code={"text": "Operative report"},
        effectiveDateTime="2025-09-15",
        conclusion="Discectomy L4-L5 left.",
    )
    assert [] == cards([order("Revision microdiscectomy L4-L5")], [*CHART, *mri(), note])


def test_an_emergency_speaks_on_order_hooks_when_the_order_touches_it():
    chart = [*CHART, condition("Saddle anaesthesia and urinary retention", "c", when="2026-11-19")]
    assert [] == topics(cards([order("Chest x-ray")], chart))
    written = cards([order("MRI lumbar spine")], chart)
    assert "critical" == written[0]["indicator"]
    assert "24967-2" not in json.dumps(actions(written[0]))  # it is being ordered already


def test_a_done_mri_never_holds_up_the_mri_of_an_emergency():
    chart = [*CHART, *mri(), condition("Saddle anaesthesia and urinary retention", "c", when="2026-11-19")]
    assert ["rf-cauda-equina"] == topics(cards([order("MRI lumbar spine")], chart))


def test_order_select_speaks_of_the_selected_order_only():
    two = [order("MRI lumbar spine"), order("MRI lumbar spine with contrast", "d2")]
    (card,) = cards(two, [*CHART, *mri()], "order-select", ["ServiceRequest/d2"])
    assert {"ServiceRequest/d2"} == {a["resourceId"] for a in actions(card) if a["type"] == "delete"}
    assert [] == cards(two, [*CHART, *mri()], "order-select", [])
    assert 2 == len(cards(two, [*CHART, *mri()]))


def test_no_cause_card_is_repeated_on_order_hooks():
    assert [] == cards([order("Complete blood count")], CHART)


@pytest.mark.parametrize(
    "text",
    ["Chest x-ray", "MRI cervical spine", "EMG upper extremities", "Cervical discectomy C5-C6", "Physiotherapy", ""],
)
def test_orders_that_are_not_ours_are_left_alone(text):
    assert [] == cards([order(text)], [*CHART, *mri()])


def test_other_resources_and_other_patients_are_left_alone():
    drug = {"resourceType": "MedicationRequest", "id": "m", "status": "draft", "subject": {"reference": "Patient/p1"}}
    other = order("MRI lumbar spine", subject={"reference": "Patient/p2"})
    assert [] == cards([drug, other], [*CHART, *mri()])


def test_nobody_without_lumbar_surgery_and_no_minor_hears_of_orders():
    assert [] == cards([order("MRI lumbar spine")], [pain(), *mri()])


@pytest.mark.parametrize(
    "shape",
    [
        {},
        {"entry": None},
        {"entry": {"a": 1}},
        {"entry": [None, 3, {"resource": None}]},
        {"entry": [{"resource": {"resourceType": "ServiceRequest", "code": "MRI"}}]},
    ],
)
def test_odd_shapes_of_draft_orders_are_survived(shape):
    assert [] == cards([], CHART, shape=shape)


def test_what_is_echoed_holds_no_null_and_nothing_empty():
    draft = order("MRI lumbar spine", note=None, extension=[{}], identifier=[{"value": ""}])
    (card,) = cards([draft], [*CHART, *mri()])
    echoed = json.dumps(actions(card)[1]["resource"])
    assert not any(hole in echoed for hole in ("null", "{}", "[]", '""'))


def test_every_kind_of_order_stands_for_a_step_that_exists():
    steps = service().knowledge.steps
    assert set() == {*STEP_OF_KIND.values(), *STEP_OF_CONCEPT.values()} - steps.keys()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("MRI lumbar spine w/o contrast", "without"),
        ("MR lumbar spine WO and W contrast IV", "with"),
        ("MRI lumbar spine with and without contrast", "with"),
        ("MRI L-spine w/ & w/o contrast", "with"),
        ("MRI lumbar spine with contrast", "with"),
        ("Non-contrast MRI lumbar spine", "without"),
        ("MRI lumbar spine", ""),
    ],
)
def test_contrast_is_read_from_the_words_of_the_order(text, expected):
    (draft,) = draft_orders.read([order(text)], "p1", TODAY, service().knowledge)
    assert expected == contrast(draft, service().knowledge)
    assert "mri-lumbar" == step_of(draft)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["entry", "resource", "resourceType", "code", "coding", "text", "id", "subject"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@settings(max_examples=60, deadline=None)
@given(_JSON)
def test_any_json_in_the_place_of_draft_orders_is_survived(shape):
    read = draft_orders.read(draft_orders.resources(shape)[0], "p1", TODAY, service().knowledge)
    assert len(read) <= draft_orders.MOST_DRAFTS
    assert isinstance(draft_orders.references(shape), frozenset)


@pytest.mark.parametrize("more", [{"doNotPerform": True}, {"status": "revoked"}, {"status": "entered-in-error"}])
def test_an_order_that_asks_for_nothing_is_left_alone_and_holds_up_no_emergency(more):
    draft = order("MRI lumbar spine", **more)
    alarm = condition("Saddle anaesthesia and urinary retention", "c", when="2026-11-19")

    assert [] == cards([draft], [*CHART, *mri()])
    assert "24967-2" in json.dumps(actions(cards([draft], [*CHART, alarm])[0]))


def test_taking_screws_out_is_an_operation_before_which_a_raised_crp_is_named():
    crp = entry(
        "Observation",
        "crp",
        status="final",
        code={"coding": [{"system": "http://loinc.org", "code": "1988-5"}]},
        effectiveDateTime="2026-11-15",
        valueQuantity={"value": 48, "unit": "mg/L", "system": "http://unitsofmeasure.org", "code": "mg/L"},
    )
    (card,) = cards([order("Removal of lumbar spinal hardware")], [*FUSED, *mri(), crp])

    assert ("warning", True) == (card["indicator"], "CRP or ESR is above the limit" in card["summary"])


def test_of_more_advice_than_cards_the_last_card_counts_the_rest():
    drafts = [order(f"MRI lumbar spine without contrast, copy {number}", f"d{number}") for number in range(12)]
    written = cards(drafts, [operation(), pain(), mri()])

    assert order_cards.MOST_CARDS == len(written)
    assert ["And 7 more"] == re.findall(r"And \d+ more", " ".join(card["detail"] for card in written))


def test_drafts_beyond_the_first_fifty_are_counted_on_a_card():
    drafts = [order("MRI lumbar spine without contrast", f"d{number}") for number in range(53)]
    written = cards(drafts, [operation(), pain(), mri()])

    assert "3 draft orders after the first 50" in written[0]["detail"]
