"""A frame is a concept as a combination of classes: which words must meet, how near, in which order and company."""

from __future__ import annotations

import pytest

from tests.text.tiny import language, raw, said


@pytest.mark.parametrize("sentence", ["Pain in the leg.", "Leg pain.", "The leg is in pain.", "His leg has an ache."])
def test_the_words_of_a_frame_may_stand_in_any_order_and_form(sentence):
    assert {"leg-pain"} == said(sentence)


def test_words_too_far_apart_do_not_belong_together():
    assert {"leg-pain"} == said("Pain one two three leg.")
    assert frozenset() == said("Pain one two three four leg.")


def test_fillers_and_levels_take_up_no_room():
    assert {"leg-pain"} == said("Pain one two three in the a L4 leg.")


@pytest.mark.parametrize("sentence", ["Pain; leg.", "Pain (leg).", "Pain. Leg."])
def test_what_a_hard_mark_parts_does_not_belong_together(sentence):
    assert frozenset() == said(sentence)


def test_a_part_that_must_follow_does_not_count_before_the_head():
    assert {"implant-loose"} == said("The screw is loose.", "report")
    assert frozenset() == said("Loose screw.", "report")


def test_a_frame_is_read_in_its_kinds_of_text_only():
    assert frozenset() == said("The screw is loose.", "note")


def test_a_class_that_excludes_a_frame_must_not_stand_near():
    assert frozenset() == said("Numb back, sharp.")
    assert {"sensory-loss"} == said("Numb back one two three, sharp.")


def test_what_is_denied_excludes_nothing():
    assert {"sensory-loss"} == said("Numb back, not sharp.")


def test_a_group_stands_for_each_of_its_classes():
    assert {"implant-broken"} == said("A broken screw.")


def test_an_irregular_form_is_the_word_it_is_a_form_of():
    known = language(frame=[{"concept": "implant-broken", "all": ["snap", "screw"]}],
                     atom={"snap": {"axis": "head", "words": ["break"]}})  # fmt: skip

    assert {"implant-broken"} == said("The screw broke.", known=known)


def test_a_head_held_plain_is_silent_under_a_negation_and_one_held_negated_without():
    assert {"solid-fusion"} == said("The graft is firm.")
    assert {"nonunion"} == said("The graft is not firm.")


def test_a_frame_that_needs_a_negation_takes_another_spelling_of_it():
    assert {"foot-drop"} == said("He is unable to move the leg.")
    assert frozenset() == said("He can move the leg.")


def test_a_part_that_must_be_denied_counts_only_where_it_is():
    assert {"normal-neurology"} == said("Power good, no weakness.") - {"-leg-weakness"}
    assert frozenset() == said("Power good, weakness.")


def test_a_frame_that_denies_by_itself_is_turned_by_a_negation():
    assert {"-leg-weakness"} == said("Leg 5/5.") - {"muscle-grade"}
    assert {"leg-weakness"} == said("Leg not 5/5.")


def test_a_frame_after_another_clause_needs_that_clause():
    assert {"block-positive"} == said("Block yesterday. Good relief.")
    assert frozenset() == said("Good relief.")


def test_the_specific_concept_drops_what_it_contains_and_implies_what_it_means():
    both = language(frame=[*raw()["frame"], {"concept": "solid-fusion", "all": ["firm"]}])

    assert {"nonunion"} == said("The graft is not firm.", known=both) - {"-solid-fusion"}
    assert {"saddle-numbness", "sensory-loss"} == said("Numb saddle.")


def test_a_doubted_mention_outweighs_a_bare_one_in_the_same_clause():
    assert {"?fever"} == said("Fever, possible fever.")


def test_an_abbreviation_is_the_words_it_stands_for():
    assert {"leg-weakness"} == said("Leg wkn.")


def test_a_long_word_with_one_wrong_letter_is_still_that_word():
    assert {"leg-weakness"} == said("Leg weaknes.") == said("Leg weaknees.")


def test_a_longer_phrase_hides_the_shorter_ones_inside_it_but_not_a_body_part():
    known = language(
        atom={"numbplace": {"axis": "head", "words": ["numb leg"]}},
        frame=[
            {"concept": "sensory-loss", "all": ["numb"]},
            {"concept": "leg-pain", "all": ["pain", "leg"]},
            {"concept": "foot-drop", "all": ["numbplace"]},
        ],
    )

    assert {"foot-drop", "leg-pain"} == said("Pain in the numb leg.", known=known)


def test_words_with_no_meaning_of_their_own_may_stand_inside_a_phrase():
    known = language(
        atom={"gone": {"axis": "head", "words": ["gone dead"]}}, frame=[{"concept": "sensory-loss", "all": ["gone"]}]
    )

    assert {"sensory-loss"} == said("Gone a dead.", known=known)
    assert frozenset() == said("Gone his dead.", known=known)


def test_a_word_whose_case_matters_is_that_word_only_so():
    known = language(atom={"exam": {"axis": "head", "words": ["=PR"]}}, frame=[{"concept": "fever", "all": ["exam"]}])

    assert {"fever"} == said("PR done.", known=known)
    assert frozenset() == said("pr done.", known=known)
