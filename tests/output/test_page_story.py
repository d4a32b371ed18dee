"""What the page is told: the very words, no code and no id, and questions that the rules understand."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime

import pytest

from service import pipeline
from service.coded.answers import RELIEF_ENDED
from service.knowledge.answers import ANSWERS, WORDS, accepted_answers, accepted_words
from service.output.page import questions
from tests.patients import build

TODAY = datetime.now(UTC).date()
REFERENCE = re.compile(r"\b[A-Z][A-Za-z]+/[A-Za-z0-9.-]+")


@pytest.fixture(scope="module")
def told(service):
    return {name: show(name, service) for name in build.names()}


def show(name, service, *more, **how):
    chart = [*build.chart(build.load(name), TODAY), *more]
    bundle = {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": each} for each in chart]}
    return pipeline.show(bundle, TODAY, service, **how)


def response(name, items):
    given = [{"linkId": link, "answer": [{"valueCoding": {"system": s, "code": c}}]} for link, s, c in items]
    return {
        "resourceType": "QuestionnaireResponse",
        "id": "here",
        "status": "completed",
        "subject": {"reference": f"Patient/{name}"},
        "authored": TODAY.isoformat(),
        "item": given,
    }


def test_no_reference_to_the_chart_reaches_the_page(told):
    own = {
        name: set(REFERENCE.findall(json.dumps({k: v for k, v in each.items() if k != "questions"})))
        & {f"{r['resourceType']}/{r['id']}" for r in build.chart(build.load(name), TODAY)}
        for name, each in told.items()
    }

    assert {} == {name: found for name, found in own.items() if found}


def test_words_quoted_from_reports_and_notes_stand_in_the_chart(told):
    lost = []
    for name, each in told.items():
        chart = " ".join(json.dumps(build.chart(build.load(name), TODAY), ensure_ascii=False).split())
        reasons = [r for cause in each["causes"] for r in (*cause["for"], *cause["against"])]
        reasons += [r for alarm in each["alarms"] for r in alarm["for"]]
        lost += [
            (name, quote["words"])
            for reason in reasons
            for quote in reason["quotes"]
            if quote["source"].startswith(("Report", "Note")) and quote["words"] not in chart
        ]

    assert [] == lost


def test_every_reason_leads_to_an_entry_that_is_named(told):
    reasons = [(each, r) for each in told.values() for cause in each["causes"] for r in cause["for"]]

    assert reasons
    assert [] == [r["text"] for each, r in reasons if not r["entries"] or not set(r["entries"]) <= set(each["entries"])]


def test_every_answer_that_is_offered_is_one_that_the_rules_take(told):
    offered = {
        (item["linkId"], item["system"], item["code"])
        for each in told.values()
        for question in each["questions"]
        for item in (*question.get("options", ()), *question.get("yes", ()), *question.get("no", ()))
    }
    taken = {(link, ANSWERS, code) for link, code in accepted_answers()}
    taken |= {(name, WORDS, word) for name, word in accepted_words()}

    assert offered
    assert set() == offered - taken


def test_bedside_questions_are_answered_in_words_of_their_finding(service):
    asks = {ask.id for ask in service.knowledge.bedside}

    assert set() == set(questions._BEDSIDE) - asks
    assert set() == {(name, word) for name, *words in questions._BEDSIDE.values() for word in words if word} - set(
        accepted_words()
    )


def test_a_finding_may_be_answered_in_a_questionnaire_response(service):
    who = "adjacent-segment-above-fusion"
    answered = show(who, service, response(who, [("absent_pulses", WORDS, "yes")]))

    assert "foot-pulses" in {q["id"] for q in show(who, service)["questions"]}
    assert "foot-pulses" not in {q["id"] for q in answered["questions"]}


def test_signs_that_were_denied_today_count_as_recorded(service):
    who = "recurrent-herniation-classic"

    assert 5 == len(show(who, service)["notRecorded"])
    assert [] == show(who, service, response(who, [("1", ANSWERS, "none")]))["notRecorded"]


def test_relief_that_came_back_asks_for_its_end(told):
    options = [o for q in told["orientation-thin-chart"]["questions"] if q["id"] == "2" for o in q["options"]]

    assert [RELIEF_ENDED] == [option["until"] for option in options if "until" in option]


def test_silent_mode_concludes_nothing_aloud(service):
    told = show("rf-cauda-equina-saddle", service, silence=(True, ()))

    assert told["heldBack"]
    assert ([], [], [], []) == (told["alarms"], told["causes"], told["steps"], told["questions"])


def score(who, code, quantity):
    return {
        "resourceType": "Observation",
        "id": "score",
        "status": "final",
        "subject": {"reference": f"Patient/{who}"},
        "code": code,
        "effectiveDateTime": TODAY.isoformat(),
        "valueQuantity": quantity,
    }


def test_a_score_that_is_told_by_its_code_alone_is_named(service):
    who = "recurrent-herniation-classic"
    promis = score(
        who, {"coding": [{"system": "http://loinc.org", "code": "91721-1"}]}, {"value": 38, "unit": "{score}"}
    )
    lanes = {lane["name"]: lane["events"] for lane in show(who, service, promis)["lanes"]}

    assert ["PROMIS physical function 38"] == [event["text"] for event in lanes["Function"]]


def test_function_has_a_lane_where_it_is_recorded(service):
    who = "recurrent-herniation-classic"
    odi = score(who, {"text": "Oswestry Disability Index"}, {"value": 46, "unit": "%"})
    lanes = {lane["name"]: lane["events"] for lane in show(who, service, odi)["lanes"]}

    assert "Function" not in {lane["name"] for lane in show(who, service)["lanes"]}
    assert ["ODI 46 %"] == [event["text"] for event in lanes["Function"]]


def test_the_standing_of_the_rules_follows_their_signatures(told):
    assert {"Draft rules, not signed off by a clinician"} == {each["rules"]["status"] for each in told.values()}
