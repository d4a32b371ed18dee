"""The FHIR models: R4B only, in one module only, and what they find is told without content."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import service
from service.fhir.validation import problems

SERVICE = Path(service.__file__).parent


def imported(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def test_only_one_module_imports_the_models_and_only_r4b():
    found = {
        (path.relative_to(SERVICE).as_posix(), name)
        for path in SERVICE.rglob("*.py")
        for name in imported(path)
        if name.split(".")[0] == "fhir"
    }
    assert {("fhir/validation.py", "fhir.resources.R4B")} == found


def test_a_valid_resource_has_no_problem():
    assert () == problems({"resourceType": "Condition", "subject": {"reference": "Patient/1"}})


@pytest.mark.parametrize(
    ("raw", "place"),
    [
        ({"resourceType": "Condition"}, "Condition.subject"),
        ({"resourceType": "Procedure", "subject": {}, "status": 7}, "Procedure.status"),
        ({"resourceType": "Condition", "subject": {}, "onsetDateTime": "last spring"}, "Condition.onsetDateTime"),
        ({"resourceType": "Nonsense"}, "Nonsense"),
        ({"resourceType": 7}, "resourceType"),
        ({}, "resourceType"),
        ({"resourceType": "Condition", "subject": {}, "contained": [{"resourceType": "Nonsense"}]}, "Condition"),
    ],
)
def test_a_problem_is_told_by_its_place(raw, place):
    assert problems(raw)[0].startswith(place)


def test_the_name_of_an_invented_element_is_not_repeated():
    raw = {"resourceType": "Condition", "subject": {}, "Mrs Miller, born 1950": 1}
    assert ("Condition",) == problems(raw)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.sampled_from(["code", "subject", "contained", "onsetDateTime", "extension"]), JSON))
def test_no_input_makes_the_check_fail(raw):
    assert isinstance(problems({"resourceType": "Condition", **raw}), tuple)
