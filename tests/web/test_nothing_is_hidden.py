"""Whatever a sender does to one element, the rest of its resource is heard; what nobody can read is never "nothing"."""

from __future__ import annotations

from datetime import date

import pytest

from service import pipeline
from service.domain.statements import Unread
from service.output.cards import not_read
from service.output.cards.lines import MOST_WORDS
from service.text.documents.reading_budget import SEARCHED, SEARCHED_IN_PART
from service.web.monitoring import metrics
from tests.web.calls import VIEW, call, empty_call, refusal, searchset, topics

AS_OF = date(2026, 1, 15)
UUID = "3f2b6c1e-5a77-4c1e-9f55-0d1c2b3a4e5f"
OP = {
    "resourceType": "Procedure",
    "id": "op",
    "status": "completed",
    "subject": {"reference": "Patient/p1"},
    "code": {"text": "L4-5 discectomy"},
    "performedDateTime": "2023-11-02",
}
PAIN = {
    "resourceType": "Condition",
    "id": "pain",
    "subject": {"reference": "Patient/p1"},
    "code": {"text": "Saddle numbness and urinary retention"},
    "recordedDate": "2026-01-14",
}
NOBODY = {"reference": "Patient/nobody"}
ABSENT = {"extension": [{"url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason", "valueCode": "unknown"}]}


def read(*resources, patient=""):
    entries = [{"resource": each} for each in resources]
    return pipeline.read({"resourceType": "Bundle", "type": "collection", "entry": entries}, AS_OF, patient)


def told(record):
    return {each.path.rsplit("resource", 1)[-1]: each.reason for each in record.skipped}


# --- references --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "reference",
    [
        f"urn:uuid:{UUID}",
        f"URN:UUID:{UUID.upper()}",
        f"https://ehr.example/fhir/Patient/{UUID}",
        f"https://ehr.example/fhir/Patient/{UUID}/_history/4",
        f"Patient/{UUID}/_history/4",
        f"Patient/{UUID}/",
        f"Patient/{UUID}",
    ],
)
@pytest.mark.parametrize("sends_patient", [True, False])
def test_every_way_to_refer_to_the_patient_is_understood(reference, sends_patient):
    person = [{"resourceType": "Patient", "id": UUID}] if sends_patient else []
    record = read(*person, {**OP, "subject": {"reference": reference}}, patient=UUID)

    assert (1, {}) == (len(record.procedures), told(record))


def test_a_full_url_says_better_than_an_id_who_is_meant():
    entries = [
        {"fullUrl": f"urn:uuid:{UUID}", "resource": {"resourceType": "Patient", "id": "p1"}},
        {"resource": {**OP, "subject": {"reference": f"urn:uuid:{UUID}"}}},
    ]
    record = pipeline.read({"resourceType": "Bundle", "type": "collection", "entry": entries}, AS_OF, "p1")

    assert 1 == len(record.procedures)


# --- parts that cannot be read -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("element", "value", "reason"),
    [
        ("note", {}, "expected a list, got an object"),
        ("clinicalStatus", "active", "expected an object, got a string; read as what it must mean"),
        ("encounter", "x", "expected an object, got a string"),
        ("onsetDateTime", 2022, "expected a string, got a number"),
        ("onsetDateTime", ABSENT, "no value, only an extension that says why"),
        ("subject", "Patient/p1", "expected an object, got a string; read as what it must mean"),
    ],
)
def test_a_part_that_cannot_be_read_is_named_and_the_rest_is_used(element, value, reason):
    record = read({**PAIN, element: value})

    assert PAIN["code"]["text"] == record.conditions[0].code.text
    assert {f".{element}": reason} == told(record)


def test_an_operation_whose_date_is_marked_as_absent_is_an_operation_of_unknown_date():
    record = read({**OP, "performedDateTime": ABSENT})

    assert [None] == [each.performed_date_time for each in record.procedures]


@pytest.mark.parametrize("status", ["refuted", "entered-in-error"])
def test_a_status_of_an_older_fhir_version_still_refutes(status):
    record = read({**PAIN, "verificationStatus": status})

    assert () == record.conditions


@pytest.mark.parametrize("element", ["verificationStatus", "subject"])
def test_what_decides_whether_an_entry_counts_is_not_guessed(element):
    assert () == read({**PAIN, element: 7}).conditions


@pytest.mark.parametrize(
    ("held", "value"),
    [
        ({"valueBoolean": "false"}, False),
        ({"valueBoolean": "true"}, True),
        ({"valueQuantity": {"value": "38.9"}}, 38.9),
        ({"valueInteger": "7"}, 7),
    ],
)
def test_a_value_in_quotes_is_the_value(held, value):
    record = read({"resourceType": "Observation", "id": "o", "status": "final", "code": {"text": "x"}, **held})
    (seen,) = record.observations

    assert value in (seen.value_boolean, seen.value_integer, seen.value_quantity and seen.value_quantity.value)


@pytest.mark.parametrize(
    "held", [{"valueBoolean": "perhaps"}, {"valueBoolean": ABSENT}, {"valueQuantity": {"value": []}}]
)
def test_a_code_whose_value_cannot_be_read_says_nothing(held):
    record = read({"resourceType": "Observation", "id": "o", "status": "final", "code": {"text": "x"}, **held})

    assert () == record.observations
    assert 1 == len(record.skipped)


def test_of_several_components_only_the_one_without_a_readable_value_is_left_out():
    parts = [{"code": {"text": "a"}, "valueInteger": {}}, {"code": {"text": "b"}, "valueInteger": 2}]
    record = read({"resourceType": "Observation", "id": "o", "status": "final", "component": parts})

    assert [2] == [part.value_integer for part in record.observations[0].component]


def test_a_resource_that_is_broken_everywhere_is_given_up_in_bounded_work():
    record = read({**PAIN, "note": [{"text": n} for n in range(5_000)]})

    assert (1, None) == (len(record.conditions), record.conditions[0].note)
    assert 10 > len(record.skipped)


# --- required data -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "bad", [{**PAIN, "subject": 7}, {**PAIN, "subject": {"reference": "Patient/else"}}, "text", None]
)
def test_required_data_of_which_nothing_is_readable_is_a_failed_precondition(bad, client):
    assert (412, "incomplete") == refusal(client.post(VIEW, json=empty_call(conditions=searchset(bad, bad))))


def test_one_readable_entry_is_an_answer(client):
    good = {**PAIN, "code": {"text": "Hay fever"}, "subject": NOBODY}
    assert [] == topics(client.post(VIEW, json=empty_call(conditions=searchset("text", good))))


# --- told in the answer itself -----------------------------------------------------------------------------------


def test_a_hook_answer_counts_what_was_not_used_as_sent_by_kind_of_reason(client):
    gone = {**PAIN, "id": "gone", "verificationStatus": {"coding": [{"code": "refuted"}]}, "subject": NOBODY}
    good = {**PAIN, "code": {"text": "Hay fever"}, "subject": NOBODY}
    answer = client.post(VIEW, json=empty_call(conditions=searchset("text", 7, good, gone)))

    assert [] == topics(answer)
    assert "refuted=1, shape=2" == answer.headers["x-backstory-skipped"]


def test_an_answer_to_a_chart_of_which_all_was_read_says_nothing_of_it(client):
    assert "x-backstory-skipped" not in client.post(VIEW, json=empty_call()).headers


# --- copies ------------------------------------------------------------------------------------------------------

LATER = {"meta": {"lastUpdated": "2026-01-14T10:00:00Z"}}


@pytest.mark.parametrize("reverse", [False, True])
def test_a_thin_copy_that_was_updated_later_hides_nothing(reverse):
    thin = {"resourceType": "Condition", "id": "pain", "subject": {"reference": "Patient/p1"}, **LATER}
    noted = {**PAIN, "note": [{"text": "Cannot pass urine."}]}
    record = read(*([thin, noted] if reverse else [noted, thin]))
    (held,) = record.conditions

    assert (PAIN["code"]["text"], "Cannot pass urine.") == (held.code.text, held.note[0].text)
    assert ["a second copy of the same resource"] == [each.reason for each in record.skipped]


def test_notes_and_words_of_both_copies_are_heard_and_the_later_status_stands():
    earlier = {**PAIN, "note": [{"text": "one"}], "onsetDateTime": "2026-01-01"}
    later = {**PAIN, "note": [{"text": "two"}], "code": {"text": "Foot drop"}, "onsetString": "last week", **LATER}
    (held,) = read(earlier, later).conditions

    assert {"one", "two"} == {note.text for note in held.note}
    assert f"Foot drop\n{PAIN['code']['text']}" == held.code.text
    assert (None, "last week") == (held.onset_date_time, held.onset_string)


def test_an_entry_that_was_withdrawn_later_stays_withdrawn():
    gone = {**PAIN, "verificationStatus": {"coding": [{"code": "entered-in-error"}]}, **LATER}

    assert () == read(PAIN, gone).conditions


def test_a_copy_about_somebody_else_is_no_copy():
    record = read(PAIN, {**PAIN, "subject": {"reference": "Patient/else"}, **LATER}, patient="p1")

    assert ["about another patient"] == [each.reason for each in record.skipped]
    assert 1 == len(record.conditions)


@pytest.mark.parametrize("r5", [{"participant": []}])
def test_a_copy_of_another_fhir_version_hides_nothing(r5):
    assert 1 == len(read(PAIN, {**PAIN, **r5, **LATER}).conditions)


# --- days ahead --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "day", ["2026-01-16T06:30:00+08:00", "2026-01-16", "2026-01-16T23:59:00Z", "2026-01-17T01:00:00+14:00"]
)
def test_what_is_dated_a_day_ahead_is_used_as_of_today_and_named(day):
    record = read({**PAIN, "recordedDate": day})

    assert ["2026-01-15"] == [each.recorded_date for each in record.conditions]
    assert ["used as of the day of evaluation, though dated a day ahead"] == [each.reason for each in record.skipped]


@pytest.mark.parametrize("day", ["2026-01-17", "2026-01-17T00:30:00Z", "2026-01-16T23:30:00-08:00", "2027"])
def test_what_is_dated_further_ahead_is_left_out(day):
    assert ["dated after the day of evaluation"] == [s.reason for s in read({**PAIN, "recordedDate": day}).skipped]


# --- texts and codes of which nothing, or not all, was read ---------------------------------------------------------

SCAN = {"resourceType": "DocumentReference", "id": "scan", "status": "current", "date": "2026-11-01T10:00:00Z",
        "content": [{"attachment": {"contentType": "image/tiff", "data": "SUkqAA=="}}]}  # fmt: skip
UNMAPPED = {**OP, "id": "own", "code": {"coding": [{"system": "https://own.example", "code": "X77"}]}}


def prefetched(name, **added):
    made = call(name)
    for key, resource in added.items():
        about = {**resource, "subject": {"reference": f"Patient/{made['context']['patientId']}"}}
        held = made["prefetch"].get(key) or searchset()
        made["prefetch"][key] = {**held, "entry": [*held.get("entry", ()), {"resource": about}]}
    return made


def test_a_scan_and_a_code_that_nobody_knows_are_counted_with_cards(client):
    made = prefetched("recurrent-herniation-classic", documents=SCAN, procedures=UNMAPPED)
    answer = client.post(VIEW, json=made)

    assert topics(answer)
    assert "unmapped-code=1, unread-text=1" == answer.headers["x-backstory-skipped"]


def test_a_scan_and_a_code_that_nobody_knows_are_counted_without_cards(client):
    nobody = {"subject": NOBODY}
    made = empty_call(documents=searchset({**SCAN, **nobody}), procedures=searchset({**UNMAPPED, **nobody}))
    answer = client.post(VIEW, json=made)

    assert [] == topics(answer)
    assert "unmapped-code=1, unread-text=1" == answer.headers["x-backstory-skipped"]


def test_the_first_card_and_it_alone_says_that_a_document_was_not_read(client):
    cards = client.post(VIEW, json=prefetched("recurrent-herniation-classic", documents=SCAN)).json()["cards"]

    assert [True] + [False] * (len(cards) - 1) == ["1 document not read" in card["detail"] for card in cards]


def test_an_emergency_says_so_too_within_its_room(client):
    (card, *_) = client.post(VIEW, json=prefetched("rf-cauda-equina-saddle", documents=SCAN)).json()["cards"]

    assert "1 document not read" in card["detail"]
    assert MOST_WORDS >= len(card["detail"].replace("- ", "").split())


def test_what_was_not_read_is_missing_in_the_whole_reasoning(client):
    told = client.post("/explain", json=prefetched("recurrent-herniation-classic", documents=SCAN)).json()

    assert "1 document not read" in told["missing"]


def test_what_was_not_read_is_told_by_how_little_of_it_was():
    reasons = ("an image", SEARCHED, SEARCHED_IN_PART, "only its first 30 of 40 pages were read")
    unread = [Unread(f"DocumentReference/{n}", reason) for n, reason in enumerate(reasons)]
    twice = Unread("DocumentReference/0", "only its first 2 sections were read")

    assert (
        "1 document not read",
        "2 older notes only searched for emergencies",
        "1 document read in part only",
    ) == not_read.told([*unread, twice])


def test_notes_that_were_only_searched_are_counted_apart_from_those_that_were_not_read():
    assert "searched-text" == metrics.class_of(f"text not read: {SEARCHED}")
    assert "unread-text" == metrics.class_of("text not read: an image, which is not read")
