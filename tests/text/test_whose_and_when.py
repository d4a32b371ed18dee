"""What a note tells of somebody else, or of before the operation, is no sign of now; the same said of now is."""

from __future__ import annotations

import pytest

from tests.text.reading import labels

GRAVE = frozenset({
    "saddle-numbness", "urinary-retention", "urinary-incontinence", "bowel-incontinence", "foot-drop", "leg-weakness",
    "bilateral-leg-weakness", "cauda-equina-code", "leg-swelling", "fever", "reflex-loss",
})  # fmt: skip


def grave(text):
    return GRAVE & labels(text)


@pytest.mark.parametrize(
    "text",
    [
        "Comfy. 5/5 both legs.\n[Next pt bed 19: unable to lift R foot this a.m., MRI requested - see her chart]",
        "Voiding well.\nNext pt: bed 9 epidural, weak legs, d/w cons - see separate sheet.",
        "Home today.\nOther patients: bed 2 pyrexial 39.4 with rigors; bed 6 foot drop.",
        "Wound dry.\n(Next bed: retention 1.1 L, catheter in.)",
        "Lives w husband (stroke 2021, R weakness, incontinent, she is main carer).",
        "SH: cares for mother 88 - bedbound, catheter, weak legs after spinal cord compression.",
        "On the wife, who lies in hospital with thrombosis of the leg, he is worried.",
        "The woman opposite me on the ward could not pass water and had to have a tube.",
        "Lady in bed 12: her legs went dead. Our patient is frightened by this.",
        "Maureen's leg came up like a balloon. Mine are both thin as ever.",
    ],
)
def test_the_next_patient_and_a_relative_have_signs_of_their_own(text):
    assert frozenset() == grave(text)


@pytest.mark.parametrize(
    "text",
    [
        "Patient moved to next bed 19: unable to lift R foot this morning.",
        "Next pt: bed 9 for home.\nBack to bed 4: unable to lift R foot this a.m., new.",
        "Lady in bed 12: saddle numb, no urine for 12 h, scan 900.",
        "Lives with wife (MS). He has been incontinent of urine since yesterday.",
        "Husband (retired GP) says she has been incontinent since yesterday.",
        "His wife, who is a nurse, noticed that his left foot has dropped since Tuesday.",
        "Her sister, who is a nurse, measured the left calf: 4 cm more than the right and hot.",
        "Brian's foot has dropped since his op, he cannot lift it at all since yesterday.",
    ],
)
def test_who_tells_of_the_patient_is_heard(text):
    assert grave(text)


@pytest.mark.parametrize(
    "text",
    [
        "DISCHARGE SUMMARY\nChief complaints at admission: weakness rt foot x 6 months, urinary retention x 2 months\n"
        "Procedure: laminectomy\nVoiding freely.",
        "Anamnesis at admission: since 3 weeks diminished push off.\nCourse: undisturbed.\nTip-toe on right possible.",
        "Original claim form (pre-surgery): weak left foot, urinary retention.",
        'RECORDS: ER visit (pre-surg): "back pain, subjective saddle numbness, r/o CES". Op report: no complications.',
        "Presenting history (carried from clinic): legs weak, retention of urine. Power R EHL 4.",
        "Initial consultation (Jan): weak right foot, numb perineum.\nToday: heel walk normal, perineum normal.",
        "ADMISSION STATUS\nBoth legs weak, incontinent of urine.\n\nDISCHARGE STATUS\nLegs 5/5, continent.",
        "Diagnosis: right disc prolapse with foot drop (MRC 3) - operated 6 weeks ago.",
        "Weakness of limb      Y    left foot weak x 3 wks BEFORE op. Normal now",
        "You will recall she was admitted as an emergency with perineal numbness and painless retention.",
        "To remind you, he was rushed to theatre in June because he could not pass water.",
        "At admission pt had weakness both ankles 3/5. It has improved, 5/5 on last visit.",
        "Admitted 3 March with acute foot drop and retention, underwent emergency discectomy the same night.",
    ],
)
def test_why_somebody_was_operated_on_is_of_then(text):
    assert frozenset() == grave(text)


@pytest.mark.parametrize(
    "text",
    [
        "Reason for admission: foot drop since yesterday, 9 days after discectomy.",
        "Presenting complaint: numb saddle and retention. Discectomy 6 weeks ago. PVR 700.",
        "READMISSION after discectomy. Complaints at admission: weakness rt foot, retention.\nProcedure: none yet.",
        "Preop: foot 5/5. Now: cannot lift left foot since this morning.",
        "Complaints at admission: sciatica.\nNow since 2 days cannot lift left foot.",
        "ADMISSION STATUS\nSciatica.\n\nDISCHARGE STATUS\nFoot drop left.",
        "Diagnosis: cauda equina syndrome 6 weeks after discectomy L5/S1. Retention 800 ml.",
        "You will recall I operated on him in May. He was admitted last night unable to lift his foot.",
        "You will recall she had a discectomy six weeks ago and now has perineal numbness and retention.",
        "As you know he had discectomy; since Sunday he cannot lift his foot.",
        "PMH: DVT 2012. Cannot feel the saddle since last night.",
    ],
)
def test_a_frame_of_then_ends_where_now_begins(text):
    assert grave(text)


@pytest.mark.parametrize(
    "text",
    [
        "Presenting complaint: cannot lift left foot, numb. He underwent discectomy 10 days ago.",
        "Presenting complaint: cannot lift left foot. On discharge last week he was 5/5.",
        "Presenting complaints: foot drop, retention. Surgery: L4/5 discectomy 9 days ago.",
        "Presenting complaints: foot drop, retention.\nOperations: discectomy 10/01/2026, appendix\nPlan: MRI.",
        "Presenting complaint: foot drop, retention.\nOperation: 10/01/2026 L4/5 discectomy\nExam: foot 1/5.",
        "Admission findings: foot drop left, saddle numb. Weakness began after the operation.",
        "Presenting history: legs gave way, cannot pass urine. Discharged last Friday. Wound: no discharge.",
        "On admission he could not lift the foot. He underwent discectomy 9 days ago. MRI now.",
        "Admitted with foot drop and retention. Had discectomy 9 days ago elsewhere. For MRI.",
        "Presented with foot drop and numb saddle. He had surgery at L4/5 last week. MRI requested.",
    ],
)
def test_who_comes_in_after_an_operation_of_some_time_ago_has_the_sign_now(text):
    assert grave(text)


@pytest.mark.parametrize(
    "text",
    [
        "Ward note. On arrival to ward: cannot move left foot, 1/5.\nProcedure: TLIF L4/5.",
        "On admission to recovery: left foot 0/5, was 5/5.\nOperation: TLIF\nPlan: MRI.",
        "Clerking on arrival: foot 1/5, retention 800.\nSurgery: emergency re-exploration tonight.",
        "Presentation: foot drop, numb saddle.\nProcedure: pending.",
        "To be operated tonight for foot drop and retention.",
        "Operated 9 days ago for sciatica. Now foot drop and retention.",
        "Daughter - foot dropped, cannot lift it, wet the bed.",
        "Wife: incontinent, numb down below.",
        "This is a man who cannot lift his foot after discectomy.",
        "PTA: could not lift foot, numb saddle.\nNow: MRI pending.",
        "Initial complaints: foot drop, numb saddle.\nCurrent plan: MRI tonight.",
        "She was operated on for sciatica and lost power in her foot afterwards.",
        "Operated on for a prolapse, she lost all power in her foot.",
        "The lady turned up with a numb seat and no control of her water. Discectomy 9 days ago. MRI requested.",
        "Son - rings: mum has a dropped foot since this morning.",
        "My husband can't move his legs since the op. I'm fine to drive him in.",
        "Hx: discectomy 9 days ago. Prior level: independent. Today: wheelchair, foot 1/5, retention.",
        "Son rang: his mum cannot move her left foot since this morning.",
        "The foot drop present before surgery had gone; it is back since yesterday, 1/5.",
    ],
)
def test_no_frame_holds_what_came_after_the_operation_or_whom_nobody_found_well(text):
    assert grave(text)


@pytest.mark.parametrize(
    "text",
    [
        "PTA: walked 20 m, both legs weak, urge incontinence. Now: walks corridor, legs strong, voids.",
        "Prior level of function: wheelchair, no power in left foot. Current level: independent, power full.",
        "Clerking on arrival: power 3/5 both ankles, PVR 300.\nOp: L3-5 decompression.\nAnkles 5/5, PVR 20.",
        "The lady turned up at 3 am with a numb seat and was taken straight to theatre. Sensation is normal.",
        "Operated as an emergency for sudden paralysis of the foot and urinary retention. Full power, voids normally.",
        "My foot flopped before they operated. Now I can stand on my heels.",
        "Son - cerebral palsy, legs weak, pads. Respite arranged.",
        "She read on a forum of someone who woke paralysed and incontinent.",
    ],
)
def test_more_ways_to_tell_of_then_and_of_others(text):
    assert frozenset() == grave(text)


@pytest.mark.parametrize(
    "text",
    [
        "Following patient's discharge she developed a foot drop, 1/5.",
        "His wife who drove him in as he could not lift the foot is anxious. Exam: foot 1/5.",
        "Seen with his wife, who has to help him as he cannot lift the left foot.",
        "Cares for husband, cannot lift her left foot herself, numb seat.",
        "Looks after wife, weak left foot 1/5, numb saddle.",
        "PMH: foot drop now 1/5 with numb saddle, DVT (coded in error).",
        "Compared with pre-op: left foot weaker, 1/5.",
        "Change from pre-op: foot drop left, numb saddle.",
        "New since pre-op: foot drop left.",
        "No preop weakness: foot 1/5 left.",
        "Preop: strong legs. L foot 1/5 since waking.",
        "Pre-op: walking 100 m with sciatica. L foot 1/5 on return from theatre.",
        "You may recall she was left with a foot drop and numb saddle after the operation.",
        "You will recall she had a dural tear and was numb in the saddle afterwards.",
        "You will recall he was unable to lift his foot when I discharged him from hospital.",
        "As you know she woke from the anaesthetic with a foot drop.",
        "Husband (collateral): foot drop, wet bed x2.",
        "Lives with daughter (interpreter). Foot 1/5, numb saddle.",
        "Pt in next room reports foot drop. Mrs Day, D9: foot drop 1/5.",
        "Was in retention last week, recovered; foot drop 1/5 today.",
    ],
)
def test_words_that_look_like_a_frame_and_set_then_against_now_still_alarm(text):
    assert grave(text)


def test_a_grade_of_then_is_what_a_later_one_is_set_against():
    assert "leg-weakness" in labels("Admission exam: ADF 5/5 left. Today: ADF 2/5 left.")
    assert "leg-weakness" not in labels("Admission exam: ADF 2/5 left. Discharge exam: ADF 5/5 left.")


@pytest.mark.parametrize(
    "text",
    [
        "Ankle jerks absent as they were in pre assessment.",
        "Mild ankle swelling both sides, same by tape as her preadmission measure.",
        "R PF 4+ \u2192 pre-op 3, so up.",
        "Rt great toe 90% subjectively, earlier 60%.",
        "Weakness of Rt foot while walking (pre-op). Now no such c/o.",
        "The foot lifter paresis 4/5 has receded already on the first day.",
        "The leg used to give way on the stairs.",
        "Heel walk is now normal.",
        "Was catheterised for 1 night only as slow to void, no problems since.",
        "H/O viral fever 3 wks back, recovered fully, dengue neg.",
        "The quad buckling that brought him in has not happened once since surgery.",
    ],
)
def test_what_is_as_before_better_or_over_is_no_sign_of_now(text):
    assert frozenset() == grave(text)


@pytest.mark.parametrize(
    "text",
    [
        "R PF 2 \u2192 pre-op 5, so down.",
        "Left EHL 2/5, worse than the 4/5 at pre-admission.",
        "Left calf swollen 4 cm more than at preadmission measure, tender.",
        "Foot weakness (pre-op) 4/5, today 1/5.",
        "The leg used to hold me and now it gives way.",
        "Foot drop, leg pain settled.",
        "Catheterised for 1 night, no problems until yesterday, now cannot pass urine, 900 ml.",
    ],
)
def test_what_is_worse_than_before_or_back_still_alarms(text):
    assert grave(text)


@pytest.mark.parametrize(
    "text",
    [
        "PMH codes: Lumbar disc prolapse with CES - emergency (coded in error 2024; no CES. Code removed today)",
        "Problem List (copied)\n- Urinary incontinence\n- Foot drop, right - resolved",
    ],
)
def test_a_list_of_codes_is_of_then(text):
    assert frozenset() == grave(text)
