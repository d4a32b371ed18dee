"""The register equals rules/vocabulary.toml and the code, both ways, and no rule asks for what nobody writes."""

from __future__ import annotations

import ast
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from service.chart.chart import Chart
from service.domain.findings import Finding
from service.findings import case_sheet
from service.findings.imaging import imaging
from service.findings.infection import inflammation_labs
from service.findings.neuro import deficits
from service.findings.pain import course, current_pain
from service.findings.register import FAMILIES
from service.findings.surgery import index_operation
from service.knowledge.laws import MACHINERY, read_by
from tests.findings import one_finding
from tests.patients import build
from tests.patients.test_patients import explain
from tests.rule_sets import shipped

ROOT = Path(__file__).parents[2]
ROOMS = {"chart": "service/chart", "summary": "service/findings/patient_summary.py"}
CONCEPTS = frozenset(shipped().vocabulary.concepts)
FINDINGS = frozenset(shipped().vocabulary.findings)
CONCLUDED = frozenset(record.finding for record in shipped().findings.values())
WRITTEN = frozenset().union(*(family.writes for family in FAMILIES.values()))


# --- the register and the vocabulary --------------------------------------------------------------------------------


def test_every_concept_is_read_by_a_family_and_no_family_reads_another():
    assert CONCEPTS == frozenset().union(*(family.reads for family in FAMILIES.values()))


@pytest.mark.parametrize("name", [name for name, family in FAMILIES.items() if family.kind])
def test_a_family_writes_exactly_the_findings_that_the_vocabulary_calls_its_own(name):
    words = shipped().vocabulary.findings.values()

    assert {word.name for word in words if word.family == FAMILIES[name].kind} == FAMILIES[name].writes


def test_what_no_family_writes_is_concluded_by_a_record_and_never_both():
    assert (FINDINGS, set()) == (WRITTEN | CONCLUDED, WRITTEN & CONCLUDED)


def test_each_finding_is_written_by_one_family():
    assert {1} == set(Counter(name for family in FAMILIES.values() for name in family.writes).values())


def test_every_finding_that_a_rule_a_question_or_the_chain_asks_for_is_written_or_concluded():
    known = shipped()
    asked = {name for record in known.records for clause in record.clauses for name in read_by(clause)}
    asked |= {name for prior in known.priors for name in read_by(prior)}
    asked |= {name for q in known.questions for name in (*q.findings, *q.settled_by)} | MACHINERY

    assert set() == asked - WRITTEN - CONCLUDED


def test_a_family_asks_only_for_what_those_before_it_found():
    before: set[str] = set()
    late = {}
    for name, family in FAMILIES.items():
        late[name] = family.asks - before
        before |= family.writes

    # The course is told twice: a deficit that the nerves show makes it worse.
    assert {"pain": {"deficit_new"}} == {name: asked for name, asked in late.items() if asked}


def test_every_concept_can_be_said_by_a_code_a_phrase_an_answer_a_drug_or_a_measured_value():
    sayable = {file.stem.removesuffix("-snomed-ext") for file in (ROOT / "fhir_profiles/valuesets").glob("*.json")}
    for file in (ROOT / "rules/language/frames").glob("*.toml"):
        sayable |= {frame["concept"] for frame in tomllib.loads(file.read_text("utf-8"))["frame"]}
    for table in ("answers", "drugs", "units"):
        sayable |= set(strings(tomllib.loads((ROOT / f"rules/{table}.toml").read_text("utf-8"))))
    # Of a drug, by the purpose its entry tells; of a device, by its name; of the patient, by any kind of good news; of
    # what no frame knows, by the weights of its words.
    sayable |= {"emergency-told", "doing-well", "anticoagulant-prophylactic", "mr-conditional-name"}

    assert set() == CONCEPTS - sayable


# --- the register and the code --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FAMILIES)
def test_the_code_of_a_family_names_every_word_of_its_register(name):
    family = FAMILIES[name]

    assert set() == (family.reads | family.asks | family.writes) - named(name)


@pytest.mark.parametrize("name", FAMILIES)
def test_the_register_holds_every_word_that_the_code_of_a_family_names(name):
    family = FAMILIES[name]
    # The chart calls kinds of studies by the findings that tell of them; it writes none.
    words = CONCEPTS if name == "chart" else CONCEPTS | FINDINGS

    assert set() == (named(name) & words) - family.reads - family.asks - family.writes


@pytest.mark.xfail(strict=True, reason="some registered findings, of pain at least, no invented patient shows")
def test_each_family_writes_what_its_register_says_on_the_sheets_of_all_invented_patients(monkeypatch):
    written: dict[str, set[str]] = {name: set() for name in FAMILIES}

    def listen(module: Any, what: str, name: str, found_of: Callable[[Any], Iterable[Finding]]) -> None:
        plain = getattr(module, what)

        def heard(given: Chart) -> Any:
            told = plain(given)
            told = tuple(told) if isinstance(told, Iterator) else told
            written[name] |= {finding.name for finding in found_of(told)}
            return told

        monkeypatch.setattr(module, what, heard)

    listen(index_operation, "read", "surgery", lambda told: told[1])
    listen(current_pain, "read", "pain", lambda told: told[1])
    listen(course, "worsened", "pain", tuple)
    for module, name in ((deficits, "neuro"), (inflammation_labs, "infection"), (imaging, "imaging")):
        listen(module, "read", name, tuple)
    listen(case_sheet.risk_factors, "read", "background", tuple)
    for patient in patients():
        explain(build.bundle(patient), patient.as_of)

    assert {name: family.writes for name, family in FAMILIES.items()} == written


# --- reading --------------------------------------------------------------------------------------------------------


def patients() -> list[build.Patient]:
    invented = [build.load(name) for name in build.names()]
    return invented + [one_finding.patient(name) for name in one_finding.names()]


@cache
def named(room: str) -> frozenset[str]:
    """Every string that the code of a room holds, what is written about it left out."""
    home = ROOT / ROOMS.get(room, f"service/findings/{room}")
    found: set[str] = set()
    for file in home.glob("*.py") if home.is_dir() else (home,):
        tree = ast.parse(file.read_text("utf-8"))
        prose = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        found |= {n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str)
                  and id(n) not in prose}  # fmt: skip
    return frozenset(found)


def strings(told: Any) -> Iterator[str]:
    if isinstance(told, str):
        yield told
    elif isinstance(told, dict):
        yield from told
        yield from (s for value in told.values() for s in strings(value))
    elif isinstance(told, list):
        yield from (s for value in told for s in strings(value))
