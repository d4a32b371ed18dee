"""Cards for somebody with thirty seconds: short, dated, with the next action, and free of what only machines need."""

from __future__ import annotations

import re
import textwrap
from functools import cache

import pytest

from service import pipeline
from service.output.cards import known, quotes
from tests.patients import build

INTERNAL = re.compile(
    r"rule set \d|Rule \S+,|Sources:|Chart entries|recalled|no source|\\?\[[A-Z]\d+|backstory\.example|LOINC|"
    r"\b(?:rf|exam)-\w+|\b[A-Z][a-z]\w+/[\w.-]+"
)
DATED = re.compile(r"\b(?:19|20)\d\d\b|undated|date unknown")


@cache
def service():
    return pipeline.start()


@cache
def cards(name):
    patient = build.load(name)
    own = pipeline.writing(service())
    told = pipeline.explain(build.bundle(patient), patient.as_of, service(), "", own)
    return tuple(told["cards"])


def lines(card):
    return [part for line in card.get("detail", "").splitlines() if line for part in textwrap.wrap(line, 80)]


def words(card):
    return re.sub(r"(?m)^- |\*\*", "", card.get("detail", "")).split()


@pytest.mark.parametrize("name", build.names())
def test_a_detail_has_at_most_six_lines_and_sixty_words(name):
    assert [] == [card["detail"] for card in cards(name) if len(lines(card)) > 6 or len(words(card)) > 60]


@pytest.mark.parametrize("name", build.names())
def test_a_card_shows_no_id_no_code_no_rule_version_and_no_unnamed_source(name):
    told = [card["summary"] + "\n" + card.get("detail", "") for card in cards(name)]

    assert [] == [found[0] for text in told if (found := INTERNAL.search(text))]
    assert [] == [card["source"] for card in cards(name) if "example" in card["source"].get("url", "")]


@pytest.mark.parametrize("name", build.names())
def test_a_summary_is_dated_and_ends_with_what_to_do(name):
    spoken = [card["summary"] for card in cards(name) if card["source"]["topic"]["code"] not in NOTICES]

    assert [] == [summary for summary in spoken if not DATED.search(summary) or ". " not in summary]


NOTICES = ("minor-patient", "fusion-maturing", "expected-postop-pain", "watchful-recovery")


@pytest.mark.parametrize("name", build.names())
def test_no_two_cards_of_an_answer_rest_on_the_same_summary(name):
    told = [card["summary"] for card in cards(name)]

    assert len(set(told)) == len(told)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("gadolinium-allergy", "without contrast"),
        ("egfr-25-contrast-caution", "eGFR 25"),
        ("pacemaker-mr-safety-first", "MR safety"),
        ("mr-unsafe-and-anticoagulant", "anticoagulant"),
    ],
)
def test_device_kidney_allergy_and_anticoagulant_survive_the_cut(name, said):
    assert said in cards(name)[0]["summary"] + cards(name)[0]["detail"]


def test_no_gadolinium_is_proposed_at_an_egfr_of_25():
    (order,) = [a["resource"] for s in cards("egfr-25-contrast-caution")[0]["suggestions"] for a in s["actions"]
                if a["resource"]["resourceType"] == "ServiceRequest"]  # fmt: skip

    assert "30679-5" == order["code"]["coding"][0]["code"]


def orders(name):
    return [
        action["resource"]
        for card in cards(name)
        for suggestion in card.get("suggestions", ())
        for action in suggestion["actions"]
        if action["resource"]["resourceType"] == "ServiceRequest"
    ]


def test_crp_and_esr_creates_both():
    (both,) = [s for s in cards("pseudarthrosis-smoker")[0]["suggestions"] if s["label"].startswith("CRP + ESR")]

    assert ["1988-5", "4537-7"] == [action["resource"]["code"]["coding"][0]["code"] for action in both["actions"]]


@pytest.mark.parametrize("name", build.names())
def test_an_order_has_a_standard_reason_and_never_smoking(name):
    reasons = [order["reasonCode"][0]["coding"][0]["system"] for order in orders(name)]
    refs = [ref["reference"] for order in orders(name) for ref in order.get("reasonReference", ())]

    assert {"http://hl7.org/fhir/sid/icd-10-cm"} >= set(reasons)
    assert [] == [ref for ref in refs if "smok" in ref]


@pytest.mark.parametrize("name", build.names())
def test_orders_that_belong_together_may_all_be_chosen(name):
    assert {"any"} >= {card["selectionBehavior"] for card in cards(name) if "selectionBehavior" in card}


@pytest.mark.parametrize("name", build.names())
def test_a_critical_card_cannot_be_hidden(name):
    labels = [
        s["label"] for card in cards(name) if card["indicator"] == "critical" for s in card.get("suggestions", ())
    ]

    assert known.LABEL not in labels


def test_the_surgeon_is_asked_by_a_referral_with_the_urgency_as_priority():
    (label,) = [s for s in cards("rf-cauda-equina-saddle")[0]["suggestions"] if "surgeon" in s["label"]]

    assert "stat" == label["actions"][0]["resource"]["priority"]


@pytest.mark.parametrize("name", ["minor-patient-of-15", "facet-pain-positive-block", "gadolinium-allergy"])
def test_a_birth_date_is_no_quote_and_a_bracket_that_was_cut_is_closed(name):
    told = [line for card in cards(name) for line in card.get("detail", "").splitlines()]

    assert told
    assert [] == [line for line in told if "adults: “" in line]
    assert [] == [line for line in told if line.count("(") > line.count(")")]


def test_units_are_read_as_people_write_them():
    assert "temperature 38.9 °C" == quotes.tidy("temperature 38.9 Cel")
    assert "eGFR 20 mL/min" == quotes.tidy("eGFR 20 mL/min/{1.73_m2}")
