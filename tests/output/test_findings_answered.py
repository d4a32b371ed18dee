"""An Observation coded as a finding, as the answer asks for it, is read back as that finding and hides nothing."""

from __future__ import annotations

import json
from datetime import date
from importlib.resources import files

import pytest

from service import pipeline
from service.domain.conclusions import Conclusions, WouldChange
from service.domain.findings import CaseSheet
from service.domain.statements import Basis
from service.fhir.canonical import CANONICAL
from service.findings import case_sheet
from service.knowledge.answers import FINDINGS, QUESTIONS, WORDS, accepted_words, answerable
from service.output.fhir import data_requirements
from tests.output.charts import AS_OF, bundle, guide, left_out, of, resources, text
from tests.patients import build

OPERATED = resources()[1]
BACK_PAIN = {
    "resourceType": "Condition",
    "id": "back",
    "subject": {"reference": "Patient/p1"},
    "code": {"coding": [{"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "M54.50"}]},
    "onsetDateTime": "2025-02-01",
    "recordedDate": "2025-03-20",
}
OF_A_KNOWN_PAIN = {"course"}
"""How a pain ran says nothing without a pain; everything else is read without any other entry."""

SAID = sorted(accepted_words())


def observation(finding, word="yes", on="2025-03-30", ident="answer", **other):
    value = {"valueCodeableConcept": {"coding": [{"system": WORDS, "code": word}]}}
    return {
        "resourceType": "Observation",
        "id": ident,
        "status": "final",
        "subject": {"reference": "Patient/p1"},
        "code": {"coding": [{"system": FINDINGS, "code": finding}]},
        **({} if on is None else {"effectiveDateTime": on}),
        **(value if not any(name.startswith("value") for name in other) else {}),
        **other,
    }


def sheet(service, *held, as_of=AS_OF):
    return case_sheet.read(pipeline.read(bundle([OPERATED, *held]), as_of), service.knowledge).findings


def reasons(service, *held):
    return list(left_out(guide(bundle([*resources(), *held]), service)).values())


@pytest.mark.parametrize(("finding", "word"), SAID)
def test_an_accepted_word_is_read_back_as_that_finding_with_its_date_and_its_source(finding, word, service):
    side = {"bodySite": {"text": "left"}} if finding.startswith("unilateral") else {}
    known = [BACK_PAIN] if finding in OF_A_KNOWN_PAIN else []
    found = sheet(service, *known, observation(finding, word, **side))[finding]

    assert (word, date(2025, 3, 30)) == (found.value, found.when.first)
    assert "Observation/answer" in found.refs
    assert known or Basis.ANSWER == found.basis  # else the pain is told by its own code as well


@pytest.mark.parametrize(("finding", "word"), SAID)
def test_every_accepted_word_is_in_the_vocabulary_and_so_is_all_that_it_says(finding, word, service):
    vocabulary, answer = service.knowledge.vocabulary, accepted_words()[finding, word]

    assert word in vocabulary.findings[finding].words
    assert set() == {*answer.says, *answer.denies} - set(vocabulary.concepts)
    assert answer.says or answer.denies


@pytest.mark.parametrize(
    ("value", "word"),
    [
        ({"valueBoolean": True}, "yes"),
        ({"valueBoolean": False}, "no"),
        ({"valueString": " Yes "}, "yes"),
        ({"valueCodeableConcept": {"text": "no"}}, "no"),
        ({"valueCodeableConcept": {"coding": [{"system": WORDS, "code": "no"}], "text": "yes"}}, "no"),
        (
            {
                "valueCodeableConcept": {
                    "coding": [{"system": "http://terminology.hl7.org/CodeSystem/v2-0136", "code": "N"}]
                }
            },
            "no",
        ),
    ],
)
def test_a_word_may_come_as_a_boolean_a_string_or_a_code(value, word, service):
    assert word == sheet(service, observation("saddle", **value))["saddle"].value


def test_the_side_of_an_answer_is_that_of_its_body_site(service):
    site = {"bodySite": {"coding": [{"display": "Structure of right lower limb"}]}}

    assert "right" == sheet(service, observation("pain_dominance", "leg", **site))["pain_side"].value


def test_an_answer_is_as_old_as_its_date(service):
    old = sheet(service, observation("sphincter_new", on="2024-09-01"))

    assert ("sphincter_new" in old, "yes") == (False, old["sphincter_old"].value)


def test_an_answer_without_a_date_asks_for_its_age(service):
    found = sheet(service, observation("sphincter_new", on=None))

    assert ("sphincter_new" in found, "yes") == (False, found["sphincter_unclear"].value)


def test_a_new_bladder_sign_is_never_taken_as_the_harmless_retention_of_the_first_night(service):
    day_one = date(2024, 3, 2)
    found = sheet(service, observation("sphincter_new", on="2024-03-02"), as_of=day_one)

    assert ("yes", "no") == (found["sphincter_new"].value, found["isolated_early_retention"].value)


@pytest.mark.parametrize(
    ("held", "reason"),
    [
        (observation("saddle", "perhaps"), "its value is not a word that answers this finding"),
        (observation("deficit_new", "no"), "its value is not a word that answers this finding"),
        (observation("saddle", valueInteger=1), "its value is not a word that answers this finding"),
        (
            observation("days_since_surgery", valueInteger=7),
            "coded as a finding that is worked out from the chart and not taken as an answer",
        ),
        (
            observation("new_leg_pain"),
            "coded as a finding that is worked out from the chart and not taken as an answer",
        ),
        (observation("SECRET"), "coded as a finding that this rule set does not have"),
        (
            observation("x", code={"coding": [{"system": QUESTIONS, "code": "3"}]}),
            "not an answer to a question of this rule set",
        ),
    ],
)
def test_what_is_not_understood_is_skipped_with_a_reason_and_without_its_content(held, reason, service):
    answer = guide(bundle([*resources(), held]), service)

    assert {"Bundle.entry[3].resource": reason} == left_out(answer)
    assert "SECRET" not in text(answer)
    assert sheet(service, *resources()[2:]) == sheet(service, *resources()[2:], held)


def test_what_is_understood_is_not_named_as_left_out(service):
    assert [] == reasons(service, observation("onset_speed", "sudden"))


def test_an_answer_that_was_entered_in_error_does_not_count(service):
    assert "saddle" not in sheet(service, observation("saddle", status="entered-in-error"))


# --- what the answer asks for is what it reads ------------------------------------------------------------------------


def required(answer):
    return [need for guidance in of(answer, "GuidanceResponse") for need in guidance.get("dataRequirement", ())]


def every_need(service):
    """What would be required if every finding of the vocabulary moved the ranking, with its family and meaning."""
    words = service.knowledge.vocabulary.findings
    moves = tuple(WouldChange(name, word.means, 1, "") for name, word in words.items())
    asking = Conclusions(sheet=CaseSheet(AS_OF, {}), would_change=moves)
    return data_requirements.write(asking, {name: (word.family, word.means) for name, word in words.items()})


def test_an_observation_is_asked_for_by_a_finding_that_it_may_answer_or_by_what_is_measured(service):
    shipped = {path.name for path in (files("fhir_profiles") / "valuesets").iterdir()}
    answered = set()
    for need in every_need(service):
        (wanted,) = need["codeFilter"]
        if "valueSet" in wanted:
            assert ("Observation", True) == (need["type"], f"{wanted['valueSet'].rsplit('/', 1)[-1]}.json" in shipped)
            continue
        (code,) = wanted["code"]
        assert (code["code"] in answerable()) == (need.get("profile") == [data_requirements.ANSWER])
        assert (code["code"] in answerable()) == (need["type"] == "Observation")
        answered |= {code["code"]} if "profile" in need else set()

    assert answerable() == answered


def test_a_measured_value_is_asked_for_once(service):
    sets = [need["codeFilter"][0].get("valueSet") for need in every_need(service)]

    assert 1 == sets.count(f"{CANONICAL}/ValueSet/crp")


def test_a_requirement_that_is_answered_is_not_asked_again(service):
    assert "course" in asked(service)
    assert "course" not in asked(service, observation("course", "honeymoon"))


def asked(service, *held):
    filters = [need["codeFilter"][0] for need in required(guide(bundle([*resources(), *held]), service))]
    return {code["code"] for each in filters for code in each.get("code", ())}


def test_the_words_that_are_published_are_those_that_are_read():
    folder = files("fhir_profiles") / "generated"
    words = json.loads((folder / "CodeSystem-finding-words.json").read_text("utf-8"))
    offered = json.loads((folder / "ValueSet-answerable-findings.json").read_text("utf-8"))

    assert {word for _, word in accepted_words()} == {concept["code"] for concept in words["concept"]}
    assert answerable() == {each["code"] for each in offered["compose"]["include"][0]["concept"]}


# --- emergencies ------------------------------------------------------------------------------------------------------


def alarmed(service):
    """One patient for each set of alarms that the test patients show."""
    found = {}
    for name in build.names():
        patient = build.load(name)
        conclusions = pipeline.conclude(pipeline.read(build.bundle(patient), patient.as_of), service, explain=False)
        alarms = (ids(conclusions.alarms), ids(conclusions.warnings))
        if any(alarms) and alarms not in found:
            found[alarms] = patient
    return found


def ids(alarms):
    return frozenset(alarm.id for alarm in alarms)


def test_no_answer_silences_an_emergency(service):
    """A bedside warning may give way, but only to a red flag that the answer adds, or to the cause it warns of.

    Each word is tried on six of the patients, in turn, so that every patient is asked many words.
    """
    alarming = list(alarmed(service).items())
    for at, (finding, word) in enumerate(SAID):
        for (flags, warnings), patient in (alarming[(at + 5 * step) % len(alarming)] for step in range(6)):
            chart = build.bundle(patient)
            whose = next(e["resource"]["subject"] for e in chart["entry"] if "subject" in e["resource"])
            said = observation(finding, word, on=patient.as_of.isoformat(), subject=whose)
            more = {**chart, "entry": [*chart["entry"], {"resource": said}]}
            after = pipeline.conclude(pipeline.read(more, patient.as_of), service, explain=False)

            assert flags <= ids(after.alarms), (patient.name, finding, word)
            for quiet in warnings - ids(after.warnings):
                told = service.knowledge.redflags[quiet].cause in ids(after.causes)
                assert told or flags < ids(after.alarms), (patient.name, finding, word, quiet)


@pytest.mark.parametrize(("finding", "values"), [("saddle", "saddle-numbness-snomed-ext"), ("fever", "fever")])
@pytest.mark.parametrize("denied_on", ["2025-03-29", "2025-03-30", "2025-03-31"])
def test_a_denial_by_answer_withdraws_a_sign_no_more_than_a_coded_denial(finding, values, denied_on, service):
    """The sign is stated on 30 March; the denial comes the day before, on that day or the day after."""
    sign = {"resourceType": "Observation", "id": "sign", "subject": {"reference": "Patient/p1"}, "code": coded(values)}
    stated = {**sign, "effectiveDateTime": "2025-03-30", "valueBoolean": True}
    denied = {**sign, "id": "denial", "effectiveDateTime": denied_on, "valueBoolean": False}
    by_code = sheet(service, stated, denied).get(finding)
    by_answer = sheet(service, stated, observation(finding, "no", on=denied_on)).get(finding)

    assert by_code is not None
    assert by_code.value == by_answer.value
    assert "yes" == by_answer.value or denied_on == "2025-03-31"


def coded(values):
    folder = files("fhir_profiles") / "valuesets"
    included = json.loads((folder / f"{values}.json").read_text("utf-8"))["compose"]["include"][0]
    code = included["concept"][0]["code"] if "concept" in included else included["filter"][0]["value"]
    return {"coding": [{"system": included["system"], "code": code}]}
