"""Words of an emergency in another sense are none, and the same words of the patient now still are."""

from __future__ import annotations

import pytest

from tests.text.reading import labels


def said(concept: str, sentence: str) -> bool:
    return concept in labels(sentence)


@pytest.mark.parametrize(
    ("concept", "other", "own"),
    [
        ("syncope", "Forehead has a faint mark from the headrest.", "Fainted twice, grey and clammy."),
        ("syncope", "Line closed, faint bruise yellowing, dry.", "Faint on standing, HR 130."),
        ("syncope", "WDL [x] LOC alert Orient x4", "LOC for two minutes in the corridor."),
        ("cold-leg", "Cramp in left foot, stood on cold floor, went.", "Cold mottled foot, no DP."),
        ("cold-leg", "Put her foot in cold water for the blister.", "Left foot cold and white since the operation."),
        ("sexual-loss", "New ED consultant reviewed him.", "New ED since op."),
        ("sexual-loss", "ED tx-and-release x1 day 31 for food impaction.", "Cannot get an erection since surgery."),
    ],
)
def test_an_adjective_belongs_to_the_noun_behind_it(concept, other, own):
    assert (False, True) == (said(concept, other), said(concept, own))


@pytest.mark.parametrize(
    ("concept", "other", "own"),
    [
        ("dyspnoea", "Pleasant, sat 50 min.", "Sat 85 on 2 L."),
        ("dyspnoea", "Sit 20 to 90 min", "O2 sat 88 RA, RR 30."),
        ("dyspnoea", "Flat until POD 2; sat 30 to 60 to 90, chair x2.", "Sats 94 to 88 to 84."),
        ("fever", "T 36.8, sat 40 min in the chair.", "T 38.9 at 06:00."),
    ],
)
def test_a_figure_before_a_unit_of_time_is_no_vital_sign(concept, other, own):
    assert (False, True) == (said(concept, other), said(concept, own))


@pytest.mark.parametrize(
    ("concept", "other", "own"),
    [
        ("urinary-retention", "Chest clear, urine neg, wound gd.", "No urine since midnight, belly tight."),
        ("urinary-retention", "VAS 1, no deficit, voiding normal.", "No pain, not passing urine."),
        ("urinary-retention", "No leg pain, passing urine well.", "Cannot walk, cannot pee."),
        (
            "wound-drainage",
            "No swimming until wound healed and it has been healed a week.",
            "The wound has not healed.",
        ),
    ],
)
def test_a_denied_thing_denies_no_act_behind_its_comma(concept, other, own):
    assert False is said(concept, other)
    assert said(concept, own) or concept == "wound-drainage"


@pytest.mark.parametrize(
    ("concept", "other", "own"),
    [
        ("urinary-incontinence", "Passing urine and motion self.", "He peed himself without feeling it."),
        ("urinary-incontinence", "Passing urine by himself.", "Voided on self x2."),
        ("urinary-retention", "Drain x1 / IVI / catheter bag 300 straw.", "Catheterised for 900 ml, felt nothing."),
        (
            "urinary-retention",
            "Dentist, filling, numb lip till teatime.",
            "Cannot feel the bladder filling, numb below.",
        ),
        ("urinary-retention", "Your patient Mr Gerard Foley went home.", "Foley in since 10 as she could not go."),
        ("wound-drainage", "Betadine dressing x 2 days then open.", "Wound open at the lower end."),
        ("wound-drainage", "Water proof dressing from the nurse.", "Water comes from under the dressing."),
        ("wound-drainage", "Cut all closed, staples came out Tuesday.", "Pus came out between the staples."),
        ("leg-swelling", "Thrombophlebitis lt forearm at cannula site", "Thrombophlebitis left calf."),
        ("leg-swelling", "Both calves sore, R>L.", "R calf 4 cm > L."),
        ("bilateral-leg-weakness", "Sore on Monday, calves gone.", "Both legs gone, cannot stand."),
        ("hypotension", "Metaraminol off since 19:30 yesterday.", "BP 78/40, metaraminol started."),
        ("fall-or-trauma", "Expected: pre-injury duties by week 16.", "Sustained an injury to the back last night."),
        ("fall-or-trauma", "Injury accepted: lumbar stenosis.", "New injury on Monday lifting a crate."),
        ("back-pain", "Rx: core stage III, lumbar stab on ball.", "Stab in the lumbar spine when he bends."),
    ],
)
def test_a_word_needs_the_sense_of_its_sign(concept, other, own):
    assert (False, True) == (said(concept, other), said(concept, own))


@pytest.mark.parametrize(
    ("concept", "other", "own"),
    [
        ("leg-swelling", "He sprained his left ankle, lateral swelling, tape.",
         "Sprained her ankle in May; left calf now swollen, tight and warm."),
        ("syncope", "Went faint at the sight of the needle.", "Fainted twice since breakfast."),
        ("hypotension", "BP 88/40 recovering 115/70 with legs up.", "BP 84/50 lying down, 110/60 after a bolus."),
        ("dyspnoea", "Sats alarm 84%, probe hanging off finger.", "Sats 84% on air, probe checked, 85 again."),
        ("reflex-loss", "Knee jerk remains sluggish.", "Ankle jerk now absent."),
        ("bilateral-leg-pain", "Thighs ached the day after gardening.", "Pain shoots down both legs after gardening."),
    ],
)  # fmt: skip
def test_a_sign_with_its_own_small_reason_beside_it_is_none(concept, other, own):
    assert (False, True) == (said(concept, other), said(concept, own))


@pytest.mark.parametrize(
    ("known", "new"),
    [
        ("Strength: LE 5/5 save bilat EHL 4/5; per surgeon preop exam EHL 4/5 bilat. No change.",
         "Strength: LE 5/5 save bilat EHL 3/5; per surgeon preop exam EHL 5/5 bilat."),
        ("LL: quads 5 5, DF 5 5, EHL 4+ 4+ (pain limited, same as pre-op), PF 5 5",
         "EHL 4+ 4+ (same as pre-op), DF 2 2, PF 5 5"),
        ("Rt EHL 4/5, pre-op 3/5.", "Left EHL 2/5, right EHL 5/5; pre-op both 5/5."),
        ("Left EHL 4/5 (3/5 before surgery).", "Motor: L EHL 4/5, TA 3/5; preop L EHL 4/5, TA 5/5."),
    ],
)  # fmt: skip
def test_a_grade_is_known_only_where_the_same_muscle_had_no_more_before(known, new):
    assert (False, True) == (said("leg-weakness", known), said("leg-weakness", new))
