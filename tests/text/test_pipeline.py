"""From resources to statements: which texts are read, what each statement carries, and what no input can do."""

from __future__ import annotations

import time
from base64 import b64encode
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.domain.places import Place, Side
from service.domain.spans import Span
from service.domain.statements import Basis, Polarity
from service.fhir import resources
from service.fhir.record import Record
from service.text.lexicon import KINDS, compile_lexicon
from service.text.pipeline import read
from tests.text.reading import AS_OF, authored, labels, lexicon, record, report, statements


def only(concept, said):
    (one,) = [s for s in said if s.concept == concept]
    return one


def said_by(*reports, **more):
    return read(Record(as_of=AS_OF, reports=reports, **more), lexicon())


def attached(text, content_type="text/plain"):
    return resources.Attachment(content_type=content_type, data=b64encode(text.encode()).decode())


def condition(note="", name=None, **more):
    return resources.Condition(
        resource_type="Condition",
        id="c",
        recorded_date="2025-06-01",
        code=resources.CodeableConcept(text=name) if name else None,
        note=(resources.Annotation(text=note),) if note else None,
        **more,
    )


def told(*conditions):
    return read(Record(as_of=AS_OF, conditions=conditions), lexicon())


# --- reports -------------------------------------------------------------------------------------------------------


def test_a_report_speaks_with_its_own_date_place_side_and_study():
    study = resources.ImagingStudy(resource_type="ImagingStudy", id="s", modality=(resources.Coding(code="MR"),))
    one = report("Left disc extrusion at L4-L5.", imaging_study=(resources.Reference(reference="ImagingStudy/s"),))
    found = only("disc-herniation", said_by(one, imaging_studies=(study,)))

    assert Basis.REPORT is found.basis
    assert Span(date(2025, 6, 1), date(2025, 6, 1)) == found.stated
    assert Place(segments=("L4-L5",)) == found.place
    assert Side.LEFT is found.side
    assert ("ImagingStudy/s", "MR") == (found.study, found.modality)
    assert "Left disc extrusion at L4-L5." == found.words


def test_the_impression_outranks_the_findings():
    text = "FINDINGS: Recurrent disc herniation at L4-L5. IMPRESSION: No recurrent disc herniation."

    assert {"-disc-herniation"} == labels(text, "report")


def test_the_impression_outranks_the_findings_in_the_opposite_word_too():
    text = "FINDINGS: No bridging bone at L4-L5. IMPRESSION: Solid fusion at L4-L5."

    assert {"solid-fusion"} == {s.concept for s in statements(text, "report") if s.polarity is Polarity.YES}


def test_a_finding_at_another_level_stands_beside_the_impression():
    text = "FINDINGS: No disc herniation at L3-L4. IMPRESSION: Disc herniation at L4-L5."

    assert {"-disc-herniation", "disc-herniation"} == labels(text, "report")


@pytest.mark.parametrize("heading", ["HISTORY", "INDICATION", "Clinical information", "COMPARISON", "TECHNIQUE"])
def test_what_was_asked_is_no_finding(heading):
    assert frozenset() == labels(f"{heading}: Recurrent disc herniation, leg pain, foot drop.", "report")


def test_the_history_of_a_report_may_still_state_the_operation():
    text = "HISTORY: s/p L4-5 fusion 2019.\nFINDINGS: Disc desiccation."
    found = only("history-of-spine-surgery", statements(text, "report"))

    assert Basis.NOTE is found.basis
    assert Place(segments=("L4-L5",)) == found.place
    assert Span(date(2019, 1, 1), date(2019, 12, 31)) == found.onset


def test_symptoms_in_a_report_are_not_read():
    assert frozenset() == labels("FINDINGS: The patient with leg pain was scanned.", "report")


def test_an_attached_text_is_read_and_other_types_are_not():
    plain = report("", presented_form=(attached("FINDINGS: Disc extrusion."),))
    other = report("", presented_form=(attached("FINDINGS: Disc extrusion.", "application/pdf"),))

    assert "disc-herniation" == only("disc-herniation", said_by(plain)).concept
    assert () == said_by(other)


@pytest.mark.parametrize(
    "data", ["", "=", "!!!", "AAAAA", "w\u00e4", "A" * 900_001, "/" * 5, b64encode(b"\xff\xfe stenosis").decode()]
)
def test_broken_attachments_break_nothing(data):
    form = resources.Attachment(content_type="text/plain; charset=utf-8", data=data)

    assert isinstance(said_by(report("", presented_form=(form,))), tuple)


def test_a_chest_film_says_nothing_about_the_spine():
    assert () == said_by(report("Compression fracture of L1.", "Chest X-ray"))


def test_a_cervical_report_carries_its_region_where_its_sentences_do_not():
    found = only("disc-herniation", said_by(report("Disc herniation.", "MRI cervical spine")))

    assert Place(region="cervical") == found.place


def test_a_sentence_that_names_a_cervical_level_is_cervical():
    found = only("disc-herniation", statements("Disc herniation at C5-C6.", "report"))

    assert "cervical" == found.place.region


def test_each_finding_takes_the_level_and_side_of_its_own_clause():
    text = "At L3-L4, moderate central stenosis; at L4-L5, left disc herniation, and at L5-S1 right foraminal stenosis."
    found = statements(text, "report")

    assert ("L3-L4",) == only("stenosis", found).place.segments
    assert (("L4-L5",), Side.LEFT) == (
        only("disc-herniation", found).place.segments,
        only("disc-herniation", found).side,
    )
    assert (("L5-S1",), Side.RIGHT) == (
        only("foraminal-stenosis", found).place.segments,
        only("foraminal-stenosis", found).side,
    )


def test_a_level_heading_holds_for_the_sentences_after_it():
    text = "L3-L4: Normal.\nL4-L5: Laminectomy defect. There is a right paracentral extrusion.\nL5-S1: Mild stenosis."
    found = statements(text, "report")

    assert ("L4-L5",) == only("disc-herniation", found).place.segments
    assert ("L5-S1",) == only("stenosis", found).place.segments


def test_a_report_that_is_a_note_speaks_as_a_note():
    found = said_by(report("Left leg pain since March 2025.", "Progress note"))

    assert Basis.NOTE is only("leg-pain", found).basis


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ("[ ] Saddle anesthesia [ ] Urinary retention [x] Leg pain", {"leg-pain"}),
        ("Red flags: [x] Saddle anesthesia [ ] Urinary retention", {"saddle-numbness"}),
        ("☐ Saddle numbness\n☒ Foot drop left\n☐ Fever", {"foot-drop"}),
        ("Saddle anesthesia [x]", {"saddle-numbness"}),
    ],
)
def test_an_empty_box_says_nothing_and_a_ticked_one_says_its_item(form, said):
    assert said == {s.concept for s in statements(form)}


def test_the_neck_in_the_impression_does_not_overrule_the_lumbar_findings():
    found = statements("CERVICAL SPINE: No disc herniation.\nLUMBAR SPINE: L4-5: Recurrent disc extrusion.", "report")

    assert [Polarity.NO, Polarity.YES] == [s.polarity for s in found if s.concept == "disc-herniation"]
    assert ("L4-L5",) == found[-1].place.segments


def test_a_neighbour_level_is_not_the_fused_one():
    found = statements("Severe stenosis at L3-L4 above the fusion.", "report")

    assert [] == [s for s in found if s.concept in {"fusion", "history-of-spine-surgery"} and s.place.segments]


# --- notes and names -----------------------------------------------------------------------------------------------


def test_a_note_has_the_onset_of_its_condition():
    found = only("leg-pain", told(condition("Left leg pain.", onset_date_time="2025-03")))

    assert Span(date(2025, 3, 1), date(2025, 3, 31)) == found.onset
    assert (Basis.NOTE, Side.LEFT) == (found.basis, found.side)


def test_a_note_has_its_own_day():
    note = resources.Annotation(text="Foot drop.", time="2025-09-09T10:00:00Z")
    one = resources.Condition(resource_type="Condition", id="c", recorded_date="2025-06-01", note=(note,))

    assert Span(date(2025, 9, 9), date(2025, 9, 9)) == only("foot-drop", told(one)).stated


@pytest.mark.parametrize(
    ("sentence", "first", "last"),
    [
        ("Leg pain since March 2025.", date(2025, 3, 1), date(2025, 3, 31)),
        ("Leg pain began on 12 April 2025.", date(2025, 4, 12), date(2025, 4, 12)),
        ("Leg pain for 3 days.", date(2025, 5, 29), date(2025, 5, 29)),
        ("Leg pain since yesterday.", date(2025, 5, 31), date(2025, 5, 31)),
        ("Leg pain started two weeks ago.", date(2025, 5, 15), date(2025, 5, 21)),
        ("Leg pain since 3/4/2025.", date(2025, 3, 4), date(2025, 4, 3)),
    ],
)
def test_a_sentence_may_date_its_symptom(sentence, first, last):
    assert Span(first, last) == only("leg-pain", statements(sentence)).onset


def test_a_date_after_the_note_is_no_onset():
    assert only("leg-pain", statements("Leg pain since 2031.")).onset is None


def test_pain_free_until_a_month_ends_then():
    found = only("pain-relief", statements("Pain-free until March 2025."))

    assert (None, Span(date(2025, 3, 1), date(2025, 3, 31))) == (found.onset, found.ended)


def test_a_return_is_dated_by_its_sentence_not_by_the_condition():
    found = told(condition("Pain returned in May 2025.", onset_date_time="2019"))

    assert Span(date(2025, 5, 1), date(2025, 5, 31)) == only("pain-returned", found).onset


def test_text_that_looks_back_on_the_operation_says_so():
    assert only("no-relief", statements("No relief from the operation.")).about_surgery
    assert only("leg-pain", statements("Leg pain unchanged since the fusion.")).about_surgery
    assert not only("leg-pain", statements("Left leg pain at night.")).about_surgery


def test_one_look_back_dates_the_whole_entry_after_the_operation():
    found = told(condition("Never improved after surgery. Burning pain.", name="Lumbar radiculopathy"))

    assert {True} == {s.about_surgery for s in found}


def test_a_resolved_condition_is_closed_and_a_differential_one_in_doubt():
    closed = resources.CodeableConcept(coding=(resources.Coding(code="resolved"),))
    doubt = resources.CodeableConcept(coding=(resources.Coding(code="differential"),))

    assert only("leg-pain", told(condition("Leg pain.", clinical_status=closed))).closed
    assert Polarity.UNCERTAIN is only("leg-pain", told(condition("Leg pain.", verification_status=doubt))).polarity


@pytest.mark.parametrize("status", ["refuted", "entered-in-error"])
def test_a_refuted_condition_is_not_read(status):
    said = resources.CodeableConcept(coding=(resources.Coding(code=status),))

    assert () == told(condition("Foot drop.", verification_status=said))


def test_a_note_from_the_future_is_not_read():
    later = replace(record("Foot drop.", "note"), as_of=date(2020, 1, 1))

    assert () == read(later, lexicon())


def test_several_sentences_are_numbered_apart():
    first, second = statements("Leg pain. Foot drop.")

    assert first.sentence != second.sentence


# --- stated surgery ------------------------------------------------------------------------------------------------


def test_stated_surgery_has_its_class_level_and_year():
    found = only("history-of-spine-surgery", statements("S/p L4-5 fusion 2019."))

    assert ("F", ("L4-L5",)) == (found.code, found.place.segments)
    assert Span(date(2019, 1, 1), date(2019, 12, 31)) == found.onset
    assert found.about_surgery


def test_cervical_surgery_keeps_its_region_and_states_no_lumbar_class():
    found = statements("History of cervical fusion C5-6.")

    assert {"cervical"} == {s.place.region for s in found}
    assert "fusion" not in {s.concept for s in found}


@pytest.mark.parametrize(
    "sentence", ["Scheduled for L4-5 fusion.", "Recommend lumbar fusion.", "Ankle fusion in 2019."]
)
def test_a_plan_or_another_joint_is_no_spine_surgery(sentence):
    assert frozenset() == labels(sentence)


def test_the_name_of_a_procedure_is_that_procedure_and_its_note_is_not():
    assert {"fusion"} == labels("TLIF L5-S1", "procname")
    assert frozenset() == labels("Fusion was considered.", "procedure")


def test_no_earlier_surgery_is_a_no():
    assert {"-history-of-spine-surgery"} == labels("No previous back surgery.")


# --- the lexicon and the bounds ------------------------------------------------------------------------------------


def test_every_concept_of_the_lexicon_is_a_word_of_the_vocabulary(vocabulary, raw_lexicon):
    used = {concept for kind in KINDS for concept in raw_lexicon.get(kind, {})}
    used |= set(raw_lexicon["opposites"]) | {c for others in raw_lexicon["opposites"].values() for c in others}
    used |= set(raw_lexicon["beside"]["concepts"])

    assert set() == used - set(vocabulary["concepts"])


def test_every_kind_says_where_it_is_read(raw_lexicon):
    assert set() == set(KINDS) - set(raw_lexicon["reads_in"])


def test_every_concept_of_the_lexicon_stands_in_an_authored_sentence(raw_lexicon):
    used = {concept for kind in KINDS for concept in raw_lexicon.get(kind, {})}
    shown = {label.lstrip("-?") for row in authored() for label in row.labels}

    assert len(used & shown) >= 0.8 * len(used)


def test_an_unknown_cue_is_named(raw_lexicon):
    with pytest.raises(ValueError, match=r"cues\.negatoin"):
        compile_lexicon(raw_lexicon | {"cues": {"negatoin": {"before": ["no"]}}})


def test_words_are_one_short_line_that_holds_the_phrase():
    text = "It was noted " + "again and\nagain " * 30 + "that there is a disc extrusion, " + "and more " * 30
    found = only("disc-herniation", statements(text, "report"))

    assert "\n" not in found.words
    assert len(found.words) <= 160


def test_only_the_first_texts_and_characters_are_read():
    far = "x " * 10_000 + " Foot drop."
    many = tuple(condition("Foot drop.") for _ in range(300))

    assert () == statements(far)
    assert 200 == len(told(*many))


@pytest.mark.parametrize(
    "text",
    [
        "no " * 6_000,
        "pain " * 4_000,
        "(" * 20_000,
        "L4-5, " * 3_000,
        "stenosis at L4-5 and " * 900,
        "disc disc herniation herniation " * 600,
        "a:" * 9_000,
        "\n" * 20_000,
    ],
    ids=lambda text: text[:12].strip() or "newlines",
)
def test_no_text_takes_long(text):
    began = time.perf_counter()
    statements(text, "report")

    assert time.perf_counter() - began < 2.0


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=400), st.sampled_from(["report", "note", "condition", "name", "procedure", "procname"]))
def test_any_text_is_read_without_an_error(text, kind):
    assert isinstance(statements(text, kind), tuple)


_WORDS = [
    "no",
    "(",
    ")",
    ";",
    ",",
    "or",
    "denies",
    "L4-5:",
    "left",
    "right",
    "fusion",
    "since",
    "2019",
    "3/4/2020",
    "?",
    "not",
    "disc herniation",
    "leg pain",
    "resolved",
    "until",
    "İ",
    "\u2028",
    "IMPRESSION:",
    "ſ",
    "½",
    "\n",
    "٣ days ago",
]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(_WORDS), max_size=40), st.sampled_from(["report", "note", "condition", "name"]))
def test_any_order_of_telling_words_is_read_without_an_error(words, kind):
    found = statements(" ".join(words), kind)

    assert all(len(s.words) <= 160 and "\n" not in s.words for s in found)


@given(st.text(max_size=60))
def test_any_attachment_is_read_without_an_error(data):
    form = resources.Attachment(content_type="text/plain", data=data)

    assert isinstance(said_by(report("", presented_form=(form,))), tuple)


@pytest.mark.parametrize(
    "name",
    [
        "Removal of pedicle screws L4-S1",
        "Removal of lumbar hardware",
        "Removal of posterior spinal instrumentation",
        "Hardware removal lumbar spine",
    ],
)
def test_taking_screws_out_is_not_putting_them_in(name):
    assert {"hardware-removal"} == labels(name, "procname")


@pytest.mark.parametrize(
    "name", ["Removal of syndesmotic screw right ankle", "Removal of implant, deep", "Removal of hardware, left tibia"]
)
def test_metal_of_another_bone_is_no_spinal_implant(name):
    assert set() == labels(name, "procname")


@pytest.mark.parametrize(
    ("sentence", "kind", "concept"),
    [
        ("Grade 1 anterolisthesis L4 on L5 increasing from 4 mm to 9 mm in flexion.", "report", "dynamic-listhesis"),
        ("Thigh thrust, FABER and Gaenslen positive on the right, distraction negative.", "note", "si-tests-positive"),
    ],
)
def test_a_slip_measured_twice_and_tests_named_one_by_one_are_read(sentence, kind, concept):
    assert concept in labels(sentence, kind)


def test_a_halo_that_is_likely_artefact_is_in_doubt():
    assert {"?implant-loose"} == labels("Minimal lucency around the left L5 screw, likely artefact.", "report")


def test_an_addendum_outranks_the_report_it_corrects():
    taken_back = "Recurrent left L4-5 disc herniation. ADDENDUM: This is enhancing scar, not recurrent herniation."
    found = "Addendum: There is a recurrent disc herniation at L4-5.\nIMPRESSION: No recurrent disc herniation."

    assert {"-disc-herniation", "epidural-scar"} == labels(taken_back, "report")
    assert {"disc-herniation"} == labels(found, "report")
