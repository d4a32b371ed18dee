"""The shortcut for charts without spine surgery never hides one."""

from __future__ import annotations

import pytest

from service.domain.statements import Basis, Statement
from service.fhir import datatypes
from service.fhir.record import Record
from service.findings.applicability import TELLING, may_concern
from tests.text.charts import attached, coded, composition, condition, document, procedure, section, spoken, study
from tests.text.reading import AS_OF, authored, language, record, report

WORDS = "History of lumbar laminectomy"


def concerns(**resources_by_kind):
    record = Record(as_of=AS_OF, **{kind: tuple(each) for kind, each in resources_by_kind.items()})
    return may_concern(record, (), language())


@pytest.mark.parametrize(
    "words",
    [
        "s/p L4-5 fusion 2019",
        WORDS,
        "Postsurgical changes at L5-S1",
        "Lumbar microdiscectomy",
        "Failed back surgery syndrome",
        "FBSS",
        "Spinal cord stimulator in place",
        "previous back surgery",
        "S/P LAMI L4",
        "PSF w/ instrumentation",
        "Pedicle screws at L4-S1",
        "Status post PLIF",
    ],
)
def test_words_that_tell_of_spine_surgery_are_never_passed_over(words):
    assert concerns(observations=[spoken(words)])


@pytest.mark.parametrize(
    "words",
    [
        "Essential hypertension",
        "Viral sinusitis",
        "Chest PA and lateral, no infiltrate",
        "Low back pain since Monday",
        "Pain in the left leg, no fever",
        "Total knee replacement left",
        "Blood pressure 120/80, weight 70 kg",
    ],
)
def test_words_of_other_medicine_cost_no_reading(words):
    assert not concerns(observations=[spoken(words)])


@pytest.mark.parametrize(
    ("kind", "made"),
    [
        ("conditions", condition(WORDS)),
        ("conditions", condition(name=WORDS)),
        ("conditions", condition(code=coded("x", WORDS))),
        ("procedures", procedure(WORDS)),
        ("procedures", procedure(name="Lumbar laminectomy")),
        ("procedures", procedure(code=coded("x", "Lumbar laminectomy"))),
        ("observations", spoken(WORDS)),
        ("observations", spoken("", note=(datatypes.Annotation(text=WORDS),))),
        ("reports", report(WORDS)),
        ("reports", report("", presented_form=(attached(WORDS),))),
        ("imaging_studies", study(description=WORDS)),
        ("imaging_studies", study(note=(datatypes.Annotation(text=WORDS),))),
        ("documents", document(WORDS)),
        ("documents", document(f"<p>{WORDS}</p>", "Note", attached(f"<p>{WORDS}</p>", "text/html"))),
        ("documents", document("The patient was positioned prone.", "Operative note: lumbar laminectomy")),
        ("documents", composition(section("History", f"<div>{WORDS}</div>"))),
    ],
)
def test_wherever_they_stand(kind, made):
    assert concerns(**{kind: [made]})


@pytest.mark.parametrize("words", ["lum\u00adbar lam\u00adinectomy", "Lumbar lаminectomy", "Lumbar lami-\nnectomy", "Lumbar lamin&#101;ctomy"], ids=ascii)  # fmt: skip  # noqa: E501
def test_in_whatever_form_they_are_written(words):
    assert concerns(observations=[spoken(words)])


def test_every_authored_sentence_that_tells_of_surgery_is_read():
    told = [row for row in authored() if {label for label in row.labels if label[0] not in "-?"} & TELLING]
    kinds = {"condition": "name", "procedure": "procname"}
    charts = {row.text: record(row.text, kinds.get(row.kind, row.kind)) for row in told}
    passed = [text for text, chart in charts.items() if not may_concern(chart, (), language())]

    assert 20 < len(told)
    assert [] == passed


def test_a_code_that_tells_of_surgery_is_enough():
    assert may_concern(Record(as_of=AS_OF), [Statement("fusion", "Procedure/p", Basis.CODE)], language())
    assert not may_concern(Record(as_of=AS_OF), [Statement("leg-pain", "Condition/c", Basis.CODE)], language())
