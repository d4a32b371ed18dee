"""What a list is answered with at its end, and lists of what may happen: a sentence in, what it tells out."""

from __future__ import annotations

import pytest

from tests.text.reading import labels as concepts

SIGNS = {"-saddle-numbness", "-leg-weakness"}


@pytest.mark.parametrize("ending", [
    "; none of these at present.", " and says she has not one of them.", ": all marked 'No'.",
    "; he reports none of those.", ", but none are reported today.",
])  # fmt: skip
def test_an_answer_at_its_end_denies_the_whole_list(ending):
    assert concepts(f"Knows to ring for a numb saddle or weak legs{ending}", "note") >= SIGNS


@pytest.mark.parametrize("text", [
    "Numb saddle and weak legs since Tuesday, none of the tablets help.",
    "Numb saddle and weak legs, not one of his better days.",
    "Numb saddle and weak legs, neither of which she had before surgery.",
    "Numb saddle and weak legs; none of this was there yesterday.",
])  # fmt: skip
def test_what_has_none_of_something_else_denies_nothing(text):
    assert {"saddle-numbness", "leg-weakness"} & {c.lstrip("?") for c in concepts(text, "note")}


@pytest.mark.parametrize("text", [
    "Cauda equina syndrome, infection and thrombosis mentioned as rare.",
    "Explained chances of: bleeding, nerve injury - foot weakness, loss of control over urine, clot in leg.",
    "WHEN TO GET HELP - Emergency: chest pain, loss of bladder control, legs giving out.",
    "Call the spine nurse: fever, drainage, swollen calf.",
    "Specific of the anterior way: lesion of the vein, thrombosis, ileus.",
    "Attend in case of rigors, new leg weakness beyond the heaviness described, or any change in bladder control.",
    "1 in 20 have another prolapse.",
])  # fmt: skip
def test_what_may_happen_is_of_nobody(text):
    assert set() == {c for c in concepts(text, "note") if not c.startswith("-")}


@pytest.mark.parametrize(("text", "told"), [
    ("Called an ambulance: fever and a numb saddle since last night.", "saddle-numbness"),
    ("Phone: wife says he is burning up (39.2) since this morning.", "fever"),
    ("Call from the ward nurse: fever since this morning.", "fever"),
    ("Discussed with the surgeon - foot drop since Tuesday.", "foot-drop"),
])  # fmt: skip
def test_what_happened_is_told_although_somebody_calls_or_discusses(text, told):
    assert told in concepts(text, "note")


def test_a_fused_denial_denies_what_a_slash_or_comma_adds():
    assert {"-implant-loose"} <= concepts("Screws no breach/halo.", "report")
    assert {"-implant-loose", "-implant-broken"} <= concepts("Screws: no breach, halo or fracture.", "report")


def test_a_disc_that_compresses_a_root_breaks_no_vertebra():
    assert "vertebral-fracture" not in concepts("L4/5 left extrusion compressing L5.", "report")


def test_tripping_over_a_foot_is_a_foot_drop_and_no_fall():
    assert {"foot-drop"} == concepts("Tripping over L foot since Sunday night.", "note")


@pytest.mark.parametrize("text", ["Foley in situ, U/O 1600 ml/24 h.", "Bladder catheter withdrawn, diuresis 320 cc."])
def test_what_a_catheter_drains_in_a_day_is_no_retention(text):
    assert "urinary-retention" not in concepts(text, "note")


def test_no_pain_free_day_is_not_freedom_from_pain():
    assert "no-pain" not in concepts("Woke with the same pain, no pain-free day since.", "note")


def test_a_leg_pain_graded_as_none_is_not_told_as_there():
    assert {"-leg-pain"} == {c for c in concepts("Leg pain 0.", "note") if "leg-pain" in c}


def test_relief_of_the_leg_pain_is_told_unless_a_posture_gives_it():
    assert {"-leg-pain", "pain-relief"} <= concepts("Leg pain relieved.", "note")
    assert "-leg-pain" not in concepts("Leg pain relieved by sitting.", "note")
