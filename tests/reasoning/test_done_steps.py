"""A step that was done is not suggested again: every step of the table, in every way in which a chart tells it."""

from __future__ import annotations

import base64
import tomllib
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from msgspec.structs import replace

from service import pipeline
from service.chart.retold_studies import FILED
from service.findings import case_sheet
from service.reasoning.differential import chain
from service.reasoning.next_steps import Want, select
from service.reasoning.red_flags import sound
from tests.reasoning.sheets import sheet_of
from tests.rule_sets import shipped, shipped_engine

_FILE = tomllib.loads((Path(__file__).parents[2] / "rules" / "language" / "done.toml").read_text(encoding="utf-8"))
TABLE, CALLED = _FILE["done"], _FILE["called"]
OF = {"reference": "Patient/p"}
TODAY = date(2026, 1, 21)
ORDERED, WITHHELD, OBTAINED = "ordered", "withheld", "obtain-imaging-report"
ROWS = sorted(TABLE)
ALWAYS_WITHHELD = {"scs-assessment"}
"""What the chart of these tests does not open, whatever was done."""
PAPERS = [row for row in ROWS if TABLE[row].get("study") not in FILED and row != "labs" and "across" not in TABLE[row]]


def chart(*more: dict[str, object], note: str = "", noted: str = "2026-01-20") -> dict[str, object]:
    rows: list[dict[str, object]] = [
        {"resourceType": "Patient", "id": "p", "birthDate": "1965-02-03"},
        {
            "resourceType": "Procedure",
            "id": "op",
            "status": "completed",
            "subject": OF,
            "code": {"text": "Posterior lumbar fusion L4-L5 with pedicle screws"},
            "performedDateTime": "2024-03-12",
        },
        {
            "resourceType": "Condition",
            "id": "pain",
            "subject": OF,
            "code": {"text": "Low back and left leg pain"},
            "onsetDateTime": "2025-06-15",
            "recordedDate": "2025-07-01",
        },
        *more,
    ]
    if note:
        data = base64.b64encode(note.encode()).decode()
        rows.append(
            {
                "resourceType": "DocumentReference",
                "id": "d",
                "status": "current",
                "subject": OF,
                "date": f"{noted}T10:00:00Z",
                "content": [{"attachment": {"contentType": "text/plain", "data": data}}],
            }
        )
    return {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": row} for row in rows]}


def outcome(step: str, bundle: dict[str, object], urgency: str = "routine", *, alarm: bool = False) -> str:
    knowledge, engine = shipped(), shipped_engine()
    sheet = case_sheet.read(pipeline.read(bundle, TODAY), knowledge)
    case = replace(chain(sheet.findings, engine, knowledge).case, settled={each.step: each for each in sheet.settled})
    chosen = select([Want(step, urgency, "", "", 0, alarm)], case, engine, knowledge)
    if not chosen.steps:
        return WITHHELD
    return ORDERED if chosen.steps[0].id == step else chosen.steps[0].id


@cache
def before(step: str) -> str:
    return outcome(step, chart())


def name_of(row: str) -> str:
    """A name of the row that is only its own, with the place that must stand near it."""
    entry = TABLE[row]
    names = [each for name in entry["names"] for each in (CALLED[name[1:]] if name[0] == "@" else [name])]
    name = next((n for n in names if "*" not in n), names[0])
    name = name.replace(" ~ ", " ").replace("*", "")
    return f"{name} {entry['near'][0].rstrip('*')}" if "near" in entry else name


@pytest.mark.parametrize("row", ROWS)
@pytest.mark.parametrize("words", ["{} today: normal.", "{} done on 20 January, unremarkable, no change."])
def test_what_was_done_and_told_is_not_suggested_again(row, words):
    told = outcome(TABLE[row]["step"], chart(note=words.format(name_of(row).capitalize())))

    assert told in {WITHHELD, OBTAINED}


@pytest.mark.parametrize("row", ROWS)
@pytest.mark.parametrize(
    "words",
    [
        "If no better in six weeks, {} next.",
        "Would benefit from {}.",
        "We discussed {} and will think about it.",
        "Her brother had {} last month, normal.",
        "{} before the operation was normal.",
        "{} abandoned, not completed.",
    ],
)
def test_a_plan_an_advice_another_person_and_the_time_before_the_operation_leave_the_step_as_it_was(row, words):
    step = TABLE[row]["step"]

    assert before(step) == outcome(step, chart(note=words.format(name_of(row))))


@pytest.mark.parametrize("row", ROWS)
def test_what_the_patient_declined_is_withheld(row):
    assert WITHHELD == outcome(TABLE[row]["step"], chart(note=f"She declined {name_of(row)}."))


@pytest.mark.parametrize(
    "told", ["declined until after delivery", "declined by radiology, reason not given", "declined??"]
)
def test_a_refusal_that_is_not_the_patients_or_ends_with_the_pregnancy_withholds_nothing(told):
    assert before("mri-lumbar") == outcome("mri-lumbar", chart(note=f"MRI lumbar spine {told}."))


@pytest.mark.parametrize("row", ROWS)
def test_nothing_that_was_done_holds_an_emergency_back(row):
    step = TABLE[row]["step"]
    told = outcome(step, chart(note=f"{name_of(row).capitalize()} last week: normal."), "emergency")

    assert outcome(step, chart(), "emergency") == told


@pytest.mark.parametrize("row", [row for row in ROWS if TABLE[row]["since"] == "pain"])
def test_what_was_done_before_the_present_pain_began_is_offered(row):
    step = TABLE[row]["step"]
    told = outcome(step, chart(note=f"{name_of(row).capitalize()} last week: normal.", noted="2024-09-01"))

    assert before(step) == told


@pytest.mark.parametrize("row", PAPERS)
@pytest.mark.parametrize("status", ["completed", "active"])
def test_a_request_that_is_done_or_under_way_settles_its_step(row, status):
    request = {
        "resourceType": "ServiceRequest",
        "id": "r",
        "status": status,
        "intent": "order",
        "subject": OF,
        "code": {"text": name_of(row)},
        "authoredOn": "2026-01-20",
    }
    assert WITHHELD == outcome(TABLE[row]["step"], chart(request))


@pytest.mark.parametrize("row", PAPERS)
def test_a_procedure_or_report_by_that_name_settles_its_step(row):
    code = {"text": name_of(row)}
    done = {"resourceType": "Procedure", "id": "q", "status": "completed", "subject": OF, "code": code}
    report = {"resourceType": "DiagnosticReport", "id": "q", "status": "final", "subject": OF, "code": code}

    assert WITHHELD == outcome(TABLE[row]["step"], chart({**done, "performedDateTime": "2026-01-20"}))
    assert WITHHELD == outcome(TABLE[row]["step"], chart({**report, "effectiveDateTime": "2026-01-20"}))


def crp(value: float, day: str) -> dict[str, object]:
    return {
        "resourceType": "Observation",
        "id": f"crp{day}",
        "status": "final",
        "subject": OF,
        "code": {"coding": [{"system": "http://loinc.org", "code": "1988-5"}]},
        "effectiveDateTime": day,
        "valueQuantity": {"value": value, "unit": "mg/L"},
    }


def test_a_normal_crp_of_the_present_pain_answers_a_routine_question_and_no_urgent_one():
    labs = "labs-crp-esr"

    assert WITHHELD == outcome(labs, chart(crp(2, "2025-12-01")))
    assert ORDERED == outcome(labs, chart(crp(2, "2025-12-01")), "urgent")
    assert ORDERED == outcome(labs, chart(crp(2, "2025-05-01")))
    assert ORDERED == outcome(labs, chart(crp(48, "2025-12-01")))


def test_a_crp_of_today_and_one_raised_twice_are_not_asked_for_again_by_a_bedside_warning_either():
    labs = "labs-crp-esr"

    assert WITHHELD == outcome(labs, chart(crp(48, "2026-01-20")), "urgent", alarm=True)
    assert WITHHELD == outcome(labs, chart(crp(41, "2025-12-20"), crp(48, "2026-01-16")), "urgent", alarm=True)
    assert ORDERED == outcome(labs, chart(crp(48, "2026-01-16")), "urgent", alarm=True)
    assert ORDERED == outcome(labs, chart(crp(41, "2025-12-01"), crp(48, "2025-12-20")), "urgent", alarm=True)
    assert WITHHELD == outcome(labs, chart(note="CRP 38 (expected).", noted="2026-01-21"), "urgent", alarm=True)
    assert ORDERED == outcome(labs, chart(note="CRP 2.", noted="2026-01-21"), "urgent", alarm=True)


def test_a_normal_crp_of_this_work_up_answers_an_urgent_question_of_a_cause():
    assert WITHHELD == outcome("labs-crp-esr", chart(crp(2, "2026-01-02")), "urgent")


@pytest.mark.parametrize("told", ["booked for 12 February", "declined by pt", "done last week, no relief"])
def test_a_block_that_is_booked_declined_or_done_is_not_suggested(told):
    assert WITHHELD == outcome("si-joint-block", chart(note=f"Left SI joint injection {told}."))


@pytest.mark.parametrize(
    "note",
    [
        "CRP 2 in November. CRP 48 last Tuesday.",
        "CRP was normal in November. Fever of 38.6 since yesterday.",
        "Inflammatory markers raised.",
        "CRP 41.",
        "Has not had any blood tests.",
    ],
)
def test_raised_markers_and_a_new_sign_of_infection_ask_for_new_ones(note):
    assert ORDERED == outcome("labs-crp-esr", chart(note=note))


def test_a_study_done_elsewhere_without_its_report_asks_for_the_report():
    note = "MRI was done on 12 January at an outside centre. No report and no disc have come."

    assert OBTAINED == outcome("mri-lumbar", chart(note=note))


def test_what_ends_a_row_is_said_of_all_of_it():
    note = chart(note="Studies: CT in December, flex-ex on 4 January, EMG 1/5, CRP 1.8, all reviewed by me, normal.")

    for step in ("ct-lumbar", "xray-flexion-extension", "emg-ncs", "labs-crp-esr"):
        assert WITHHELD == outcome(step, note), step
    assert ORDERED == outcome("mri-lumbar", note)


def test_no_mri_since_the_operation_is_no_contraindication():
    assert ORDERED == outcome("mri-lumbar", chart(note="No MRI since surgery."))
    assert "ct-myelography" == outcome("mri-lumbar", chart(note="MRI is contraindicated."))


@pytest.mark.parametrize(
    ("step", "note"),
    [
        ("mri-lumbar", "MR lomber kontrastli 10.01.2026: laminotomi, no hernia."),
        ("mri-lumbar", "RM rachide lombosacrale 20/12/2025: no stenosis."),
        ("mri-lumbar", "RM lombar repetida 12/2025: canal livre, no recurrence."),
        ("mri-lumbar", "IRM lombaire 12.12.2025: no recurrence."),
        ("mri-lumbar", "| MR LS | Aleris | 12.12.25 | L4/5 fused, no stenosis |"),
        ("ct-lumbar", "TC rachide lombare 12/12/2025: bridging bone."),
        ("ct-lumbar", "TDM lombaire 12.12.2025: normal."),
        ("xray-lumbar", "RX lombosacrale 2P: implants intact, no loosening."),
        ("xray-lumbar", "Rtg LS 09.01.26: screws ok, no glide."),
        ("xray-pelvis-hip", "Paper report says: AP pelvis & frog lat R hip."),
        ("xray-pelvis-hip", "| Rtg pelvis+hips | 09.01.26 | R hip joint space <1 mm |"),
        ("emg-ncs", "ENMG 12/01/2026: chronic partial axonal lesion, paraspinals normal."),
        ("emg-ncs", "Conduction block 55% across fibular head, sural normal."),
        ("bone-density", "DMO 12/2025: T-score -3.1 at the hip."),
    ],
)
def test_a_study_counts_by_whatever_it_is_called_there(step, note):
    assert ORDERED == before(step)
    assert outcome(step, chart(note=note)) in {WITHHELD, OBTAINED}


@pytest.mark.parametrize(
    ("step", "note"),
    [
        ("blood-cultures", "Cultures x2 taken 03.45."),
        ("blood-cultures", "Blood cx drawn, results pending."),
        ("bladder-scan", "Bladder scan 890 mls, no urge to void."),
    ],
)
def test_a_test_of_this_emergency_is_not_asked_for_again(step, note):
    assert WITHHELD == outcome(step, chart(note=note, noted="2026-01-21"), "emergency", alarm=True)
    assert ORDERED == outcome(step, chart(note=note, noted="2026-01-17"), "emergency", alarm=True)


def test_a_residual_measured_today_is_not_measured_again_in_an_emergency():
    residual = {
        "resourceType": "Observation",
        "id": "u",
        "status": "final",
        "subject": OF,
        "code": {"text": "Residual urine (bladder scan), 05:10"},
        "effectiveDateTime": "2026-01-21",
        "valueQuantity": {"value": 640, "unit": "mL"},
    }

    assert WITHHELD == outcome("bladder-scan", chart(residual), "emergency", alarm=True)


@pytest.mark.parametrize("note", ["Wound cultures taken x2.", "Swab from the wound, cultures sent.", "Had BCS 2014."])
def test_cultures_of_something_else_are_no_blood_cultures(note):
    told = chart(note=note, noted="2026-01-21")

    assert ORDERED == outcome("blood-cultures", told, "emergency", alarm=True)


def test_labs_raised_twice_long_after_the_operation_are_known_for_a_fortnight():
    def crp(id_, value, day):
        return {
            "resourceType": "Observation",
            "id": id_,
            "status": "final",
            "subject": OF,
            "code": {"coding": [{"system": "http://loinc.org", "code": "1988-5"}]},
            "effectiveDateTime": day,
            "valueQuantity": {"value": value, "unit": "mg/L", "system": "http://unitsofmeasure.org", "code": "mg/L"},
        }

    twice = crp("a", 22, "2025-11-12"), crp("b", 34, "2026-01-12")

    assert WITHHELD == outcome("labs-crp-esr", chart(*twice), "urgent", alarm=True)
    assert ORDERED == outcome("labs-crp-esr", chart(crp("b", 34, "2026-01-12")), "urgent", alarm=True)


def test_a_lumbar_mri_is_not_asked_for_beside_one_of_the_whole_spine_that_is_as_urgent():
    knowledge, engine = shipped(), shipped_engine()
    sheet = case_sheet.read(pipeline.read(chart(), TODAY), knowledge)
    case = chain(sheet.findings, engine, knowledge).case

    def steps(whole, part):
        wants = [Want("mri-whole-spine", whole, "", "", 0, True), Want("mri-lumbar", part, "", "", 0, True)]
        return [step.id for step in select(wants, case, engine, knowledge).steps]

    assert ["mri-whole-spine"] == steps("emergency", "emergency")
    assert ["mri-whole-spine"] == steps("emergency", "urgent")
    assert {"mri-whole-spine", "mri-lumbar"} == set(steps("urgent", "emergency"))


def test_an_index_that_a_note_tells_speaks_against_the_arteries():
    def index(note):
        found = case_sheet.read(pipeline.read(chart(note=note), TODAY), shipped()).findings.get("abi_low")
        return found and found.value

    assert "no" == index("DP and PT strong, ABI 1.08/1.11 (done by nurse today). Creatinine 0.8.")
    assert "yes" == index("ABPI at rest R 0.58, L 0.86.")


def test_beside_an_emergency_a_lesser_alarm_asks_for_nothing():
    def steps(**more):
        found = chain(
            sheet_of(new_pain="yes", weight_loss="yes", days_since_any=800, mri="none", **more).findings,
            shipped_engine(),
            shipped(),
        )
        return {want.step for want in sound(found.case, shipped_engine(), shipped()).wants}

    assert "tumour-blood-tests" in steps()
    assert "tumour-blood-tests" not in steps(saddle="yes")
