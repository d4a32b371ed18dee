"""What a cue reaches and what ends it: one table per kind of cue, and the traps around them."""

from __future__ import annotations

import pytest

from service.domain.statements import Polarity
from service.text.assertion import read_scopes
from service.text.matcher import find
from service.text.sections import Section, parts
from service.text.sentences import split
from service.text.tokens import tokens
from tests.text.reading import labels, lexicon, statements


def scope_of(concept, sentence, report=False):
    words = tokens(sentence)
    scopes = read_scopes(words, find(lexicon(), words), report=report)
    return next(scope for hit, scope in scopes if hit.meaning.concept == concept)


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
        "Fever is absent",
        "Neither chills nor fever",
        "Chills, cough, or fever were not reported",
        "Denies chills; cough; fever",
        "He no longer has fever",
        "Absence of fever",
    ],
)
def test_a_negation_reaches_its_finding(sentence):
    assert Polarity.NO is scope_of("fever", sentence).polarity


@pytest.mark.parametrize(
    "sentence",
    [
        "No cough but fever",
        "No cough; there is fever",
        "No headache, however fever since Monday",
        "Denies chills, reports fever",
        "Fever, no chills",
        "Fever (no chills)",
        "Not only fever",
        "No change in fever",
        "No interval increase of fever",
        "Cannot walk because of fever",
    ],
)
def test_a_negation_ends_where_the_sentence_turns(sentence):
    assert Polarity.YES is scope_of("fever", sentence).polarity


@pytest.mark.parametrize(
    "sentence",
    [
        "Possible epidural abscess",
        "An epidural abscess cannot be excluded",
        "Cannot exclude epidural abscess",
        "Suspicious for epidural abscess",
        "?epidural abscess",
        "Epidural abscess?",
        "Hematoma versus epidural abscess",
        "This may represent an epidural abscess",
        "Epidural abscess is possible",
        "Epidural abscess is not excluded",
    ],
)
def test_doubt_is_neither_yes_nor_no(sentence):
    assert Polarity.UNCERTAIN is scope_of("epidural-abscess", sentence).polarity


@pytest.mark.parametrize(
    "sentence",
    ["If foot drop occurs call us", "Watch for foot drop", "Return if foot drop", "Should he develop foot drop"],
)
def test_what_is_only_thought_of_is_no_finding(sentence):
    assert scope_of("foot-drop", sentence).hypothetical
    assert () == statements(sentence)


@pytest.mark.parametrize(
    "sentence", ["His mother had sciatica", "Family history of sciatica", "Sciatica in his brother"]
)
def test_the_family_is_not_the_patient(sentence):
    assert scope_of("leg-pain", sentence).other
    assert () == statements(sentence)


def test_the_wife_who_tells_the_story_is_not_the_one_who_has_the_pain():
    assert {"leg-pain"} == labels("His wife reports that he has leg pain")


def test_a_past_symptom_is_a_closed_entry_and_a_past_finding_none():
    assert all(s.closed for s in statements("History of sciatica"))
    assert () == statements("Prior disc herniation at L4-5", "report")


def test_a_phrase_keeps_its_own_negation_and_denies_what_follows_with_or():
    assert {"nonunion", "-solid-fusion"} == labels("No bridging bone or solid fusion", "report")
    assert {"nonunion", "implant-loose"} == labels("No bridging bone and a halo around the screws", "report")


def test_severity_ends_a_negation_in_reports_only():
    assert Polarity.YES is scope_of("stenosis", "No fracture, severe stenosis", report=True).polarity
    assert Polarity.NO is scope_of("headache", "No fever, severe headache or chills").polarity


def test_a_negation_that_opened_before_brackets_runs_through_them():
    assert Polarity.NO is scope_of("stenosis", "No herniation (compared with the last study) or stenosis").polarity


def test_a_wrapped_line_keeps_negation_and_finding_together():
    text = "There is no evidence of\nrecurrent disc herniation at L4-L5.\nModerate stenosis."

    assert {"-disc-herniation", "stenosis"} == labels(text, "report")


def test_a_negation_lost_in_an_endless_sentence_leaves_doubt():
    text = "no " + "and so on " * 60 + "disc herniation"

    assert {"?disc-herniation"} == labels(text, "report")


def test_headings_are_found_at_line_starts_within_lines_and_in_capitals():
    text = "CLINICAL HISTORY: pain\nFINDINGS\nA. IMPRESSION: B. Conclusion: C"

    assert [
        (Section.BACKGROUND, "pain"),
        (Section.BODY, "A."),
        (Section.IMPRESSION, "B."),
        (Section.IMPRESSION, "C"),
    ] == list(parts(text, Section.BODY))


def test_an_abbreviation_does_not_end_a_sentence():
    assert ["Seen by Dr. Who vs. Dr. May.", "Pain."] == [s.text for s in split("Seen by Dr. Who vs. Dr. May. Pain.")]
