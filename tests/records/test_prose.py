"""`backstory rules show` reads like prose that a clinician can sign: whole, and in the vocabulary's own sentences."""

from __future__ import annotations

import re

import pytest

from service.knowledge.prose import describe
from tests.rule_sets import shipped

RECORDS = {record.id: record for record in shipped().records}


def prose(id_):
    return describe(RECORDS[id_], shipped())


@pytest.mark.parametrize("id_", RECORDS)
def test_every_entry_of_a_record_is_told(id_):
    text = prose(id_)
    silent = [clause.key for clause in RECORDS[id_].clauses if clause.because and clause.because not in text]

    assert [] == silent


@pytest.mark.parametrize("id_", RECORDS)
def test_conditions_speak_in_sentences_and_not_in_names_of_variables(id_):
    asked = "\n".join(line.split("When: ", 1)[1] for line in prose(id_).splitlines() if "When: " in line)

    assert [] == re.findall(r"\b\w+_\w+\b", asked)


def test_a_red_flag_tells_its_indicator_and_its_numbers():
    text = prose("rf-hematoma")

    assert "Critical. When: new leg motor or reflex deficit (30 days)" in text
    assert "- hematoma_days = 14 days, between" in text


def test_a_negative_tells_what_it_silences():
    expected = "Silences all causes, except deep-wound-infection, dural-csf-leak, implant-malposition."

    assert f"{expected} Also silences the orientation card." in prose("expected-postop-pain")


def test_a_step_tells_when_an_alarm_is_stronger():
    assert "Not in an emergency, not when a red flag or bedside warning asks for it." in prose("labs-crp-esr")


def test_an_example_is_told_with_what_it_expects():
    assert "- Same picture on day 13: silent" in prose("recurrent-herniation")
