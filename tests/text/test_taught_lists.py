"""What a list of signs tells: nothing where its head teaches, bids or limits, all of it where something happened."""

from __future__ import annotations

import pytest

from tests.text.reading import language, statements


def alarms(text: str) -> frozenset[str]:
    """The emergencies that the text says of the patient now."""
    said = {s.concept for s in statements(text) if not s.closed and s.polarity.value == "yes"}
    return frozenset(said & set(language().emergencies))


@pytest.mark.parametrize(
    "text",
    [
        "Notify NP: T>100.4, drainage, neuro change, SOB, no void 8h.",
        "Notify MD criteria (standing): T>38.5, new weakness, SBP<90, UOP<30/h -> none met this shift",
        "Reviewed call-back criteria: T 101, drainage, no UOP 8h, neuro change.",
        "Hold PT for: SBP<90, new neuro deficit, chest pain, SOB at rest.",
        "Direct-access criteria: new foot drop, CES features, wound breakdown.",
        "Virtual ward thresholds: T >38, HR >110, SBP <95, SpO2 <92, new neurology.",
        "Handover to night: escalate new weakness, SBP <90, no UO 6 h, drain >150.",
    ],
)
def test_limits_and_criteria_to_call_are_no_signs(text):
    assert alarms(text) == frozenset()


@pytest.mark.parametrize(
    "text",
    [
        "Discharge criteria & what to stop for (return of leg pain, pins and needles between legs, foot slap) given.",
        "NOT having any of the things on the pink sheet (fever, can't pee, weak leg, swollen leg, leaking).",
        "Please do use the card I gave you: A&E same day for numbness around the back passage, leg weakness.",
        "Issued stop list: new leg weakness, sedating meds to don't drive, call.",
        "Physio group rules on the wall: tell staff about chest pain, numb saddle, wetting, leg giving way.",
        "Told pt what to look for - fluid, headache worse upright,\nstiff neck, fever, legs, waterworks - come back.",
        "Has patient been advised of circumstances to seek care (loss of bladder control, leg paralysis)? Yes, sheet",
        "Blood thinner rules explained, incl. bleeding, weak legs, back swelling.",
        "They drummed it into me: can't pee, numb bum, dead foot, A&E.",
    ],
)
def test_what_a_paper_or_a_lesson_names_is_no_sign(text):
    assert alarms(text) == frozenset()


@pytest.mark.parametrize(
    "text",
    [
        "She makes contact by fever, wetness from wound, paralysis or problems with water-letting.",
        "Upon fever, redness, numbness of the seat or urine retention the patient shall contact the ward.",
        "Fevers, drainage, trouble urinating - call us, don't message.",
        "Review SOS: fever, wound soakage, weakness of limbs, urinary retention.",
        "The insured was instructed to immediately report paralysis, urinary retention, numbness of the perineum.",
        "Open appointment to be used for: foot drop, numb saddle, bladder trouble, leaking wound.",
    ],
)
def test_what_somebody_is_bidden_to_come_for_is_no_sign(text):
    assert alarms(text) == frozenset()


@pytest.mark.parametrize(
    "text",
    [
        "Notify NP: T 101.2 this evening, wound draining, no void since noon.",
        "Notify MD criteria (standing): T>38.5, new weakness. Met at 1520: new foot drop R, MD paged.",
        "SIRS criteria: T 39.4, HR 128, WCC 22, rigors, wound draining pus.",
        "Contraindications to discharge: new foot drop since this morning, not voiding, scan 850.",
        "Having the things on the pink sheet (numb bum, can't pee) since this morning.",
        "I have two of the things on the pink sheet: can't pee since last night and my bum is numb.",
        "Issued stop list. Since yesterday new foot drop and numb saddle.",
        "Handover sheet: new foot drop left since 0400, numb saddle, not PU.",
        "Her list for today: 1. can't feel the toilet paper 2. wet pants twice 3. both feet dragging",
        "Message from wife: numb bum, leaking, both legs weak, worse since last night.",
        "She made contact by phone: fever since yesterday, pus from the wound, cannot pass water.",
        "Review SOS: came with fever, wound soakage, weakness of limbs since yesterday.",
        "Called MD for T 102, rigors and a wound draining pus since last night.",
        "Patient rings as advised: fever 39, can't pee since last night, numb down below.",
        "Presents to ED as per return precautions: bilateral leg weakness since last night, saddle anesthesia.",
        "Pt verbalizes s/s to report, and says the numbness in the saddle began last night.",
        "Reason for call: numb saddle, cannot pass urine, weak legs.",
    ],
)
def test_a_list_in_which_something_happened_is_told(text):
    assert alarms(text)
