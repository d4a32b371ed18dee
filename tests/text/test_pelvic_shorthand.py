"""Bladder, saddle and sphincter in forms, urine charts and examination shorthand."""

from __future__ import annotations

import pytest

from tests.text.reading import labels

CAUDA = frozenset(
    [
        "urinary-retention",
        "urinary-incontinence",
        "bowel-incontinence",
        "saddle-numbness",
        "lax-sphincter",
        "sexual-loss",
        "cauda-equina-code",
    ]
)


@pytest.mark.parametrize(
    "note",
    [
        "IDC out 0610, HNPU 380 / 410.",
        "HNPU x2, pads damp = usual OAB.",
        "UOP 1.1 ml/kg/hr, self voiding, scan 0 ml.",
        "Given return to work w/ 25 lb limit, full duty at 4.5 mo.",
        "PR: tone N, squeeze N, PP S3-5 sharp bilat.",
        "Anal tone 2/2, squeeze 2/2, perianal LT+PP 2/2 all quads, BCR +.",
        "Cauda equina screen: [ ] saddle numbness [ ] retention [ ] loss of anal tone [x] none of the above",
        "Red flags (tick): saddle numbness [ ], retention [ ], incontinence [ ], none [x]",
        "Urinary retention - not applicable; faecal incontinence - not applicable.",
        "Bladder: continent / Bowel: continent / Perineum: sensate L=R / Catheter: none",
        "Presented preop with overflow and lax sphincter. Now tone good, perineum feels pin everywhere.",
        "One year after decompressed CES: voids without straining, erections recovered.",
        "CES at presentation; saddle sensation was 2/10 then, 10/10 now, voiding well.",
        "CES subjective screen clear (b&b, saddle, sexual fn).",
        "Lecture on CES for the juniors.",
        "Perineum was numb from the spinal anaesthetic at 10, sensation back by 14:00, voided 300.",
        "Delayed ejaculation since sertraline was started.",
        "Spilled tea in bed, mistaken for incontinence by night staff.",
        "Looking after husband with a catheter after prostate surgery.",
    ],
)
def test_no_loss_is_read_from_what_tells_of_none(note: str) -> None:
    assert frozenset() == labels(note) & CAUDA


@pytest.mark.parametrize(
    ("note", "sign"),
    [
        ("HNPU 12/24, scan 780.", "urinary-retention"),
        ("PVR 0.9 L.", "urinary-retention"),
        ("Bladder scan 1,050ml post void.", "urinary-retention"),
        ("PVRs: 480 / 560 / 640.", "urinary-retention"),
        ("Voids 50, 40, 60; left behind 700, 750, 810.", "urinary-retention"),
        ("Bladder: RETAINING 850 / Bowel: open / Legs: 5/5", "urinary-retention"),
        ("Perianal PP 0/4 quadrants.", "saddle-numbness"),
        ("Saddle 0/2 R, 0/2 L.", "saddle-numbness"),
        ("Perineum: insensate / Tone: nil / Bladder: voiding", "saddle-numbness"),
        ("DRE: squeeze 0/5, tone 1/5.", "lax-sphincter"),
        ("PR: BCR gone, was present on admission.", "lax-sphincter"),
        ("[x] saddle numbness [ ] retention [ ] none of the above", "saddle-numbness"),
        ("Saddle anaesthesia: [x] yes [ ] no. Retention: [ ] yes [x] no.", "saddle-numbness"),
        ("He notices he has passed urine only by hearing it hit the bowl.", "urinary-retention"),
        ("The smell tells her that she has opened her bowels.", "bowel-incontinence"),
        ("Was told to come back if he went numb down below. He has: since 5 am.", "saddle-numbness"),
        ("Told to ring if she couldn't pee. She can't, since last night.", "urinary-retention"),
        ("cant feel my balls since yday and pee just leaks, is this normal??", "saddle-numbness"),
        ("Spinal wore off at noon, perineum had returned, now numb in the saddle again.", "saddle-numbness"),
        ("Saddle still numb though the spinal wore off 6 h ago.", "saddle-numbness"),
        ("Blames the sertraline, but his penis has been numb since Tuesday.", "sexual-loss"),
        ("Urgent MRI: recurrent CES after the decompression for CES, today.", "cauda-equina-code"),
        ("CES screen positive: cauda equina syndrome suspected.", "cauda-equina-code"),
        ("Numb saddle since yesterday, not after sitting, never gone.", "saddle-numbness"),
        ("Saddle sensation was 9/10 yesterday, 2/10 now.", "saddle-numbness"),
        ("Saddle numbness since the spinal.", "saddle-numbness"),
        ("Saddle numb after the spinal anaesthetic, day 5.", "saddle-numbness"),
        ("Retention due to an enlarged prostate, 900 ml drained.", "urinary-retention"),
        ("Presented with CES, MRI ordered.", "cauda-equina-code"),
        ("Registrar saw signs of cauda equina syndrome.", "cauda-equina-code"),
        ("Presentation of cauda equina syndrome.", "cauda-equina-code"),
        ("Post op concern re cauda equina syndrome.", "cauda-equina-code"),
        ("Cauda equina syndrome, pathway activated.", "cauda-equina-code"),
        ("Reduced awareness of bladder filling.", "urinary-retention"),
    ],
)
def test_a_loss_is_read_however_it_is_written(note: str, sign: str) -> None:
    assert sign in {label.lstrip("?") for label in labels(note)}


def test_an_offered_yes_or_no_answers_nothing() -> None:
    assert not labels("Bowel/bladder dysfunction: Y / N   Saddle anesthesia: Y / N   Fever: Y / N   Weakness: Y / N")
