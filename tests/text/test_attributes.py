"""What words say beyond the concept is read once, in texts and codes; no later stage searches them again."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from service import pipeline
from service.domain.statements import PLAIN, Attributes
from service.findings import case_sheet
from service.text.statements.attributes import read
from tests.fhir.test_elements import AS_OF, OPERATION, PAIN
from tests.rule_sets import shipped
from tests.text.reading import statements

SERVICE = Path(__file__).parents[2] / "service"
SEARCHES = frozenset({"search", "match", "fullmatch", "findall", "finditer", "sub", "split", "startswith", "endswith"})


@pytest.mark.parametrize(
    ("words", "severity"),
    [
        ("Severe low back pain", "severe"),
        ("EXCRUCIATING leg pain", "severe"),
        ("The pain is not severe", ""),
        ("Back pain, mild", "mild"),
        ("Moderately severe leg pain", "severe"),
        ("Moderate leg pain", "moderate"),
        ("Low back pain", ""),
        ("LBP minimal.", "minimal"),
        ("Very little in the way of back pain", "minimal"),
        ("Back itself bothers her little", "minimal"),
        ("Little sleep because of severe back pain", "severe"),
    ],
)
def test_the_severity_of_a_pain(words, severity):
    assert Attributes(severity=severity) == read("back-pain", words)


@pytest.mark.parametrize(
    "words", ["Unchanged leg burning", "Still has leg pain", "Persistent sciatica", "Chronic leg pain"]
)
def test_a_pain_that_goes_on_is_an_old_one(words):
    assert read("leg-pain", words).old
    assert not read("leg-pain", "Leg pain since Tuesday").old


@pytest.mark.parametrize("concept", ["stenosis", "fever", "foot-drop"])
def test_what_is_severe_is_asked_of_pains_only(concept):
    assert "" == read(concept, "Severe stenosis, severe back pain").severity


def test_the_severity_that_a_condition_states_is_that_of_its_code_and_of_its_words():
    told = pipeline.read([OPERATION, PAIN | {"severity": {"text": "Severe"}}], AS_OF)
    pains = [s for s in case_sheet.say(told, shipped()) if s.concept == "leg-pain"]

    assert {"severe"} == {s.attributes.severity for s in pains}


@pytest.mark.parametrize(
    ("concept", "words", "age"),
    [
        ("foot-drop", "Chronic left foot drop", "old"),
        ("urinary-incontinence", "Incontinence for years", "old"),
        ("foot-drop", "New foot drop", "new"),
        ("foot-drop", "Chronic foot drop, acutely worse now", "new"),
        ("foot-drop", "Foot drop and weakness, unchanged since before surgery", ""),
        ("foot-drop", "Foot drop beside chronic incontinence", ""),
        ("saddle-numbness", "Chronic numbness of the saddle", ""),
    ],
)
def test_a_sign_that_is_itself_called_old_or_new(concept, words, age):
    found = read(concept, words)

    assert (age == "old", age == "new") == (found.old, found.new)


def test_a_grade_and_its_muscle():
    assert Attributes(grade=3, muscle="left ehl") == read("muscle-grade", "Left EHL 3/5")
    assert frozenset({"arm"}) == read("muscle-grade", "Biceps 4/5").sites
    assert (None, "power of the foot") == (
        (found := read("muscle-grade", "Power of the foot")).grade,
        found.muscle,
    )


def test_a_score_and_what_it_is_of():
    assert Attributes(score=7, sites=frozenset({"leg"})) == read("pain-score", "Leg pain 7/10")
    assert Attributes(score=None, sites=frozenset({"leg", "back"})) == read("pain-score", "Back and leg pain")


@pytest.mark.parametrize(
    ("words", "devices", "removal"),
    [
        ("Removal of spinal cord stimulator", {"stimulator"}, "part"),
        ("Removal of spinal cord stimulator generator and leads", {"stimulator"}, "whole"),
        ("Explantation of the complete system", set(), "whole"),
        ("Removal of trial leads", {"trial"}, "whole"),
        ("Removal of pain pump", {"pump"}, "whole"),
        ("Removal and replacement of the generator", set(), ""),
        ("Removal of one lead", set(), ""),
        ("Spinal cord stimulator in place", {"stimulator"}, ""),
    ],
)
def test_devices_and_what_was_taken_out(words, devices, removal):
    assert Attributes(devices=frozenset(devices), removal=removal) == read("stimulator-present", words)


def test_most_concepts_have_no_attributes():
    assert read("disc-herniation", "Severe chronic herniation 3/5, 7/10, leg") is PLAIN


def test_a_sentence_carries_them():
    (told,) = [s for s in statements("Severe left leg pain.") if s.concept == "leg-pain"]

    assert Attributes(severity="severe") == told.attributes


def test_no_later_stage_searches_the_words_of_a_statement():
    strays = [
        f"{file.relative_to(SERVICE)}:{node.lineno}"
        for room in ("chart", "findings", "reasoning")
        for file in (SERVICE / room).rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if is_search(node)
    ]

    assert [] == strays


def is_search(node: ast.AST) -> bool:
    """A pattern or a string method over an attribute named ``words``, or a look for something in it."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        on_words = _is_words(node.func.value) and node.func.attr in {*SEARCHES, "lower", "casefold"}
        return on_words or (node.func.attr in SEARCHES and any(map(_holds_words, node.args)))
    if isinstance(node, ast.Compare) and any(isinstance(op, ast.In | ast.NotIn) for op in node.ops):
        return any(_is_text(comparator) for comparator in node.comparators)
    return False


def _is_text(node: ast.AST) -> bool:
    """``x.words`` of a statement or reading; ``test.words`` of a rule is a list of words and may be asked."""
    return _is_words(node) and not (
        isinstance(node, ast.Attribute) and _name(node.value) in {"test", "t", "word", "clause", "known"}
    )


def _holds_words(node: ast.AST) -> bool:
    return any(_is_words(inner) for inner in ast.walk(node))


def _is_words(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and node.attr == "words"


def _name(node: ast.AST) -> str:
    if isinstance(node, ast.Subscript):
        return _name(node.value)
    return node.id if isinstance(node, ast.Name) else ""
