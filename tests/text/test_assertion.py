"""What a cue reaches and what ends it: one table for each way of meaning, and the traps around them."""

from __future__ import annotations

import pytest

from service.domain.statements import Polarity
from service.text.labels import read_alone
from tests.text.reading import labels, language, statements


def of(concept, sentence, kind="note"):
    """What a sentence says of one concept: every label of it."""
    return {label for label in labels(sentence, kind) if label.lstrip("-?") == concept}


@pytest.mark.parametrize(
    "sentence",
    [
        "No fever.",
        "no evidence of fever",
        "Without fever",
        "Denies any fever",
        "w/o fever",
        "Negative for fever",
        "Fever was ruled out",
        "Fever is not present",
        "Fever: none",
        "Fever - nil",
        "Fever is absent",
        "Neither chills nor fever",
        "Chills, cough, or fever were not reported",
        "Denies chills; cough; fever",
        "Denies chills, cough, fever",
        "Denies chills, cough or fever",
        "No chills, cough, or fever",
        "Chills, cough, fever: none",
        "Fever, chills and cough: denied",
        "He no longer has fever",
        "Absence of fever",
        "Fever N  Chills N",
        "(-) fever",
        "Asked about fever, he said no",
        "Fever? No.",
        "Fever has been excluded",
        "He never had a fever",
        "Nil fever",
        "No fever since Tuesday",
        "There has not been any fever",
        "The fever has gone",
    ],
)
def test_a_negation_reaches_its_finding(sentence):
    assert {"-fever"} == of("fever", sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "No cough but fever",
        "No cough; there is fever",
        "No headache, however fever since Monday",
        "Denies chills, reports fever",
        "Denies chills but reports fever",
        "Fever, no chills",
        "Fever (no chills)",
        "Fever without chills",
        "Not only fever",
        "No change in fever",
        "No interval increase of fever",
        "Cannot walk because of fever",
        "No doubt he has fever",
        "No chills. Fever.",
        "No chills, and he has a fever",
        "Non-productive cough, fever",
        "Fever, cannot sleep",
    ],
)
def test_a_negation_ends_where_the_sentence_turns(sentence):
    assert {"fever"} == of("fever", sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Possible epidural abscess",
        "Query epidural abscess",
        "An epidural abscess cannot be excluded",
        "Cannot exclude epidural abscess",
        "Suspicious for epidural abscess",
        "?epidural abscess",
        "? epidural abscess",
        "Epidural abscess?",
        "Hematoma versus epidural abscess",
        "This may represent an epidural abscess",
        "An epidural abscess may be present",
        "Epidural abscess is possible",
        "Epidural abscess is not excluded",
        "Epidural abscess suspected",
        "Concerning for epidural abscess",
        "Epidural abscess is a consideration",
    ],
)
@pytest.mark.parametrize("kind", ["report", "note"])
def test_doubt_is_neither_yes_nor_no(sentence, kind):
    assert {"?epidural-abscess"} == of("epidural-abscess", sentence, kind)


@pytest.mark.parametrize(
    "sentence",
    [
        "Findings in keeping with epidural abscess",
        "Most likely an epidural abscess",
        "Consistent with epidural abscess",
        "Favoured to be an epidural abscess",
        "Epidural abscess at L4-5",
    ],
)
def test_what_is_likely_is_said(sentence):
    assert {"epidural-abscess"} == of("epidural-abscess", sentence, "report")


@pytest.mark.parametrize(
    "sentence",
    [
        "Epidural abscess has been excluded",
        "No collection to suggest epidural abscess",
        "Nothing to suggest an epidural abscess",
        "Epidural abscess is not seen",
        "I cannot see an epidural abscess",
        "No suspicion of epidural abscess",
    ],
)
def test_what_is_excluded_or_cannot_be_seen_is_denied(sentence):
    assert {"-epidural-abscess"} == of("epidural-abscess", sentence, "report")


@pytest.mark.parametrize(
    "sentence",
    [
        "If foot drop occurs call us",
        "Watch for foot drop",
        "Return if foot drop",
        "Should he develop foot drop he must come",
        "Warned of foot drop",
        "Told to look out for foot drop",
        "Risk of foot drop explained",
        "He is worried about getting a foot drop",
        "Do you have a foot drop?",
    ],
)
def test_what_is_only_thought_of_is_no_finding(sentence):
    assert () == statements(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "His mother had sciatica",
        "Family history of sciatica",
        "Sciatica in his brother",
        "Mum has sciatica",
        "His wife had sciatica",
    ],
)
def test_the_family_is_not_the_patient(sentence):
    assert () == statements(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "His wife reports that he has leg pain",
        "According to his mother he has leg pain",
    ],
)
def test_the_person_who_tells_the_story_is_not_the_one_who_has_the_pain(sentence):
    assert {"leg-pain"} == labels(sentence)


def test_what_is_set_aside_is_told_with_its_reason():
    (aside,) = read_alone("If foot drop occurs call us", "note", language()).set_aside

    assert "foot-drop: If foot drop occurs call us" == aside.words
    assert "advice, a plan, a question or another person" == aside.reason


@pytest.mark.parametrize(
    ("says", "sentence"),
    [
        (set(), "History of sciatica"),
        (set(), "Sciatica before the operation"),
        (set(), "The numbness has settled"),
        ({"-foot-drop"}, "Foot drop has resolved"),
        ({"-foot-drop"}, "Foot drop now gone"),
    ],
)
def test_a_symptom_of_the_past_is_no_present_complaint(says, sentence):
    assert says == {label for label in labels(sentence) if label.lstrip("-?") in {"leg-pain", "sensory-loss", "foot-drop"}} - {"-sensory-loss"}  # fmt: skip  # noqa: E501


def test_a_past_finding_of_imaging_is_none():
    assert () == statements("Prior disc herniation at L4-5", "report")


@pytest.mark.parametrize(
    "sentence",
    ["No increase in weakness of the leg.", "No worsening of the leg weakness.", "Leg weakness is no worse."],
)
def test_a_sign_that_is_no_worse_is_a_known_one_and_not_a_new_one(sentence):
    assert {"-leg-weakness"} != of("leg-weakness", sentence)
    assert [] == [s for s in statements(sentence) if s.concept == "leg-weakness" and s.polarity is Polarity.YES and not s.closed]  # fmt: skip  # noqa: E501


def test_a_phrase_keeps_its_own_negation_and_denies_what_follows_with_or():
    assert {"nonunion", "-solid-fusion"} <= labels("No bridging bone or solid fusion", "report")
    assert {"nonunion", "implant-loose"} <= labels("No bridging bone and a halo around the screws", "report")


@pytest.mark.parametrize(
    "sentence",
    [
        "No fracture, severe stenosis at L3-4.",
        "No fracture, new stenosis at L3-4.",
        "No fracture, moderate to severe stenosis.",
        "No fracture. Stenosis.",
    ],
)
def test_a_comma_before_a_new_finding_ends_a_negation(sentence):
    assert {"stenosis"} == of("stenosis", sentence, "report")


@pytest.mark.parametrize("kind", ["report", "note"])
def test_severity_inside_a_list_of_what_is_denied_does_not_end_it(kind):
    assert {"-stenosis"} == of("stenosis", "No fracture, severe stenosis or collection.", kind)


@pytest.mark.parametrize(
    ("says", "sentence"),
    [
        ({"foraminal-stenosis", "-stenosis"}, "No central stenosis, moderate foraminal stenosis on the right."),
        (
            {"epidural-scar", "-compression"},
            "Enhancing area consistent with scar, without mass effect on the thecal sac.",
        ),
        ({"disc-herniation", "-stenosis"}, "Disc extrusion at L4-5 but no spinal stenosis."),
        ({"-disc-herniation", "stenosis"}, "No disc herniation; however there is spinal stenosis at L3-4."),
    ],
)
def test_one_sentence_may_deny_one_thing_and_say_another(says, sentence):
    contrary = {f"-{label}" if label[0] != "-" else label[1:] for label in says}

    assert says <= labels(sentence, "report")
    assert set() == contrary & labels(sentence, "report")


def test_what_stands_before_a_comma_is_not_denied_by_what_stands_behind_it():
    assert {"back-pain", "leg-pain", "-groin-pain"} == labels("Back pain and leg pain, no groin pain.")


def test_a_negation_that_opened_before_brackets_runs_through_them():
    assert {"-stenosis"} == of("stenosis", "No herniation (compared with the last study) or stenosis", "report")


def test_a_wrapped_line_keeps_negation_and_finding_together():
    text = "There is no evidence of\nrecurrent disc herniation at L4-L5.\nModerate stenosis."

    assert {"-disc-herniation", "-herniation-again", "stenosis"} == labels(text, "report")


def test_a_negation_far_from_its_finding_never_makes_it_a_said_one():
    text = "no " + "and so on " * 60 + "disc herniation"

    assert "disc-herniation" not in labels(text, "report")


def test_only_what_follows_it_is_bound_by_a_prefix():
    assert {"leg-pain"} == of("leg-pain", "Non-smoker with leg pain.")


@pytest.mark.parametrize(
    ("says", "text"),
    [
        ({"leg-pain"}, "Left leg pain. It is worse at night."),
        ({"-saddle-numbness"}, "Asked about saddle numbness. No."),
        ({"-fever"}, "Fever? No."),
        ({"fever"}, "No chills. Fever since Monday."),
    ],
)
def test_a_sentence_may_lean_on_the_one_before(says, text):
    assert says <= labels(text)
    assert set() == {f"-{label}" for label in says if label[0] != "-"} & labels(text)
