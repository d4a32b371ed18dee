"""What long notes say besides: advice, problem lists, onsets told later, scores of nought, signs of the cord."""

from __future__ import annotations

from datetime import date

import pytest

from service.domain.spans import Span
from service.text.documents.normalise import normalise
from service.text.documents.reading_budget import CROWDED, MOST_STATEMENTS
from service.text.labels import read_alone
from service.text.pipeline import read
from tests.text.reading import labels, language, record

WRITTEN = Span(date(2026, 5, 6), date(2026, 5, 6))


def alone(text):
    return read_alone(text, "note", language(), WRITTEN).statements


@pytest.mark.parametrize(
    "text",
    [
        "Reviewed red flags: fever >101.5, leg weakness, unable to urinate, calf swelling, chest pain.",
        "Sudden numbness around the back passage, loss of bladder control or weakness would need A&E.",
        "To ED for weakness, saddle numbness, bladder trouble.",
        "Aware of warning signs of infection: fever, drainage from the wound.",
        "Fever, wound drainage, foot drop, retention of urine, calf swelling, chest pain.",
    ],
)
def test_a_list_of_what_to_look_for_says_nothing_of_the_patient(text):
    assert set() == set(labels(text))


@pytest.mark.parametrize(
    ("says", "text"),
    [
        ({"saddle-numbness", "leg-weakness"}, "Sent to ED for leg weakness and saddle numbness."),
        ({"saddle-numbness"}, "Red flags discussed. He now has saddle numbness."),
        (
            {"fever", "bilateral-leg-weakness", "urinary-retention"},
            "55M with fevers, back pain, bilateral leg weakness and urinary retention.",
        ),
    ],
)
def test_what_happened_to_the_patient_is_no_advice(says, text):
    assert says <= set(labels(text))


def test_a_problem_list_repeats_what_was_and_ends_with_its_line():
    assert {"diabetes"} == {s.concept for s in alone("PMH: foot drop, diabetes.") if not s.closed}
    assert "foot-drop" in {s.concept for s in alone("PMH: diabetes.\nHe has a new foot drop.") if not s.closed}


def test_plus_and_minus_of_a_list_are_signs():
    assert {"burning-pain", "-leg-weakness", "-fall-or-trauma"} <= set(
        labels("ROS: + burning feet. - weakness, - falls.")
    )


@pytest.mark.parametrize(
    "text", ["R leg pain 0/10 since mid March.", "No leg pain, numbness, weakness.", "No numbness, weakness."]
)
def test_a_score_of_nought_and_a_whole_list_are_denied(text):
    assert all(label.startswith("-") for label in labels(text) - {"doing-well"})


def test_a_grade_that_pain_brings_about_is_no_weakness():
    assert "leg-weakness" not in labels("Resisted abduction painful, strength 4/5 from pain.")
    assert "leg-weakness" in labels("Hip abduction strength 4/5.")


def test_an_onset_told_in_its_own_sentence_is_that_of_the_complaint():
    (pain,) = (s for s in alone("Pain in the right buttock. Worse on stairs. Began in Sept last yr, no injury.")
               if s.concept == "buttock-pain")  # fmt: skip

    assert Span(date(2025, 9, 1), date(2025, 9, 30)) == pain.onset


def test_an_onset_of_something_else_dates_no_denied_complaint():
    assert all(s.onset is None for s in alone("No leg pain. Began gabapentin in March."))


@pytest.mark.parametrize(
    ("polarity", "text"),
    [
        ("yes", "Four beats of clonus at the ankles."),
        ("yes", "Hoffmann + bilat."),
        ("yes", "Plantars up-going."),
        ("yes", "He keeps dropping coins."),
        ("no", "Babinski negative, no clonus."),
    ],
)
def test_signs_of_the_cord_are_read_and_are_no_label_of_the_banks(polarity, text):
    assert {polarity} == {s.polarity.value for s in alone(text) if s.concept == "cord-sign"}
    assert "cord-sign" in language().unlabelled


def test_a_finding_that_was_not_on_an_earlier_film_is_new_and_not_denied():
    assert "epidural-collection" in labels("New collection, not seen on the prior study.", "report")
    assert "-epidural-collection" in labels("Collection not seen.", "report")


def test_the_number_behind_a_pulse_is_no_temperature():
    assert "fever" not in labels("T 36.8 P 104 BP 139/84.")
    assert "fever" in labels("T 38.4, P 104.")


def test_one_bedside_test_after_another_is_one_list():
    assert "si-tests-positive" in labels("Thigh thrust + R. Compression + R. Gaenslen + R. Sacral thrust +. (4/5).")


@pytest.mark.parametrize("text", ["EHL 5/5.", "VAS 10/10", "Pain 10/10.", "L4-5, 20/10/2024", "a - b + c"])
def test_what_is_no_nought_and_no_list_stays_as_it_is(text):
    assert text == normalise(text)


def test_a_person_is_no_misheard_word():
    assert set() == set(labels("Dear Dr Twomey, Re: Mrs Ni Bhriain."))


def test_words_out_of_a_long_sentence_begin_with_a_clause_or_a_word_and_end_with_one():
    long = (
        "L5-S1: fluid signal and enhancement of the disc space, erosion of the endplates with extensive marrow oedema "
        "and enhancement of L5 and S1, thin enhancing tissue around the sac, in keeping with discitis of the segment"
    )
    words = {s.words for s in read_alone(long, "report", language(), WRITTEN).statements}

    assert words
    assert [] == [each for each in words if not long.startswith(each) and f" {each}" not in long]
    assert [] == [each for each in words if not long.endswith(each) and f"{each} " not in long]


ENTRIES = " ".join(f"Left leg pain {n}." for n in range(450))
EMERGENCY = "Numb in the saddle area and unable to pass urine."


def test_an_emergency_behind_hundreds_of_entries_of_one_note_is_read_and_the_rest_is_named():
    said = read(record(f"{ENTRIES} {EMERGENCY}", "note"), language())

    assert {"saddle-numbness", "urinary-retention"} <= {s.concept for s in said.statements}
    assert [("Observation/o", CROWDED)] == [(each.source, each.reason) for each in said.unread]


def test_what_a_crowded_note_ends_with_is_its_last_word():
    said = read(record(f"{ENTRIES} No saddle numbness. {EMERGENCY} {ENTRIES}", "note"), language()).statements

    assert ["no", "yes"] == [s.polarity.value for s in said if s.concept == "saddle-numbness"]


def test_a_note_of_few_entries_is_read_whole_and_says_so():
    assert () == read(record(EMERGENCY, "note"), language()).unread


def test_emergencies_without_end_are_kept_once_each():
    said = read(record(f"{ENTRIES} " + " ".join(f"Day {n}: {EMERGENCY}" for n in range(500)), "note"), language())

    assert len(said.statements) < MOST_STATEMENTS + 50
