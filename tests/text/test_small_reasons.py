"""Claims about words that look like a sign and are none, each beside the same words that must be heard."""

import pytest

from service.text.clauses.reading import Reading
from service.text.context.other_senses import other_senses
from service.text.reader import Context, read_sentence
from service.text.statements.pain_attributes import of_back
from tests.text.reading import language


def heard(text):
    sentence, _ = read_sentence(text, language(), "note", Context())
    return {r.concept for r in sentence.readings if not r.sign and not r.away}


@pytest.mark.parametrize(
    ("concept", "harmless", "real"),
    [
        ("urinary-retention", "Catheter in overnight.", "Catheter in overnight as unable to void."),
        ("urinary-retention", "Catheter draining.", "Catheter in, residual 900."),
        ("urinary-incontinence", "Urinates himself.", "He urinates himself without noticing."),
        ("urinary-incontinence", "Urinates by himself.", "She urinated herself in bed."),
        ("wound-drainage", "Skin staples, drains.", "Drains are out, wound oozing."),
        ("hypotension", "BP 151/76 p 60 paced.", "BP 82/50 p 110."),
        ("fall-or-trauma", "Accident-free as always.", "Had a car accident on Monday."),
        ("worse-standing", "Heel/toe walk ok, squat x5 ok, SLR 85/85.", "Has to squat to ease the leg after 50 m."),
        ("no-relief", "Strip R shin, same as before surgery.", "Left leg: same as before the op."),
        (
            "no-relief",
            "Hamstrings tight, popliteal angle 40 same as before op.",
            "Exactly the same as before the operation.",
        ),
        ("claudication", "The claudication is finished.", "The claudication is back again."),
        ("leg-pain", "Leg pain that brought her to surgery is away.", "Leg pain is away when lying."),
        ("burning-pain", "The burning in the leg is gone.", "The leg pain is gone but the calf burns again."),
    ],
)
def test_a_thing_or_an_act_in_another_sense_is_no_sign_and_the_sign_itself_is(concept, harmless, real):
    assert concept not in heard(harmless)
    assert concept in heard(real)


@pytest.mark.parametrize(
    ("score", "words"),
    [
        (2.0, "back soreness two over ten in the morning"),
        (1.0, "back pain barely one out of ten"),
        (2.0, "back: per pt 1-2/10, legs strong"),
        (3.0, "pain: 2-3 back, no leg pain"),
        (9.0, "back pain two out of ten at rest, nine out of ten on standing"),
        (8.0, "back pain was 2/10, now 8/10"),
        (1.0, "back 1/10 and leg 7/10"),
    ],
)
def test_the_grade_of_a_back_is_read_however_it_is_worded_and_the_worst_of_one_pain_counts(score, words):
    assert score == of_back("back-pain", words).score


@pytest.mark.parametrize("figure", ["p 60", "HR 58", "MAP 48", "now 78", "later 82 over 40"])
def test_a_figure_beside_a_good_pressure_is_set_aside_only_where_a_word_calls_it_the_pulse(figure):
    reading = Reading(concept="hypotension", sign="", start=0, end=2, first=0, last=2)
    [told] = other_senses([reading], f"BP 151/76 {figure}.")
    assert told.away == figure.startswith(("p ", "HR "))
