"""Rulebook section 2, rule by rule."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from service.domain.spans import Span
from service.domain.statements import Basis
from service.knowledge.records import CauseRecord, Clause, Test
from service.reasoning.scoring import weigh
from tests.reasoning.sheets import finding

FAMILIES = {"mri": "imaging", "code": "imaging", "story": "pain", "sign": "pain", "days": "surgery", "habit": "patient"}


def item(name, group, weight, asks, **more):
    return Clause("c", name, "for", (Test(asks, ("yes",)),), weight=weight, group=group, observation=name, **more)


def verdict(*items, fit=0, against=(), findings=None):
    fits = (Clause("c", "fit-1", "fit", points=fit),) if fit else ()
    record = CauseRecord("c", "cause", "C", "late", "draft", (), (), fits=fits, for_=items, against=tuple(against))
    known = {name: finding(name, "yes", f"{name}/1") for name in FAMILIES} | (findings or {})
    return weigh(record, frozenset(clause.key for clause in record.clauses), known, FAMILIES)


STRONG = item("image", "finding", 3, "mri")
MODERATE = item("coded", "finding", 2, "code")
COURSE = item("interval", "course", 3, "story")


def test_likely_needs_five_points_and_an_objective_item():
    assert ("likely", 5) == (verdict(STRONG, fit=2).certainty, verdict(STRONG, fit=2).score)


def test_five_points_without_an_objective_item_are_only_possible():
    assert ("possible", 5) == (verdict(COURSE, fit=2).certainty, verdict(COURSE, fit=2).score)


def test_three_points_are_possible():
    assert "possible" == verdict(COURSE).certainty


def test_fit_alone_only_fits():
    assert "fits" == verdict(fit=2).certainty


def test_what_speaks_against_a_cause_outweighs_a_mere_fit():
    against = Clause("c", "gone", "against", (Test("story", ("yes",)),), weight=2, observation="gone")

    assert ("silent", 0) == (verdict(fit=2, against=[against]).certainty, verdict(fit=2, against=[against]).score)


def test_nothing_that_holds_is_silent():
    assert "silent" == verdict().certainty


def test_fit_counts_two_at_most():
    assert 2 == verdict(fit=7).score


def test_a_second_independent_finding_adds_one_point():
    assert 4 == verdict(STRONG, MODERATE).score


def test_two_findings_of_one_report_are_one():
    same = {"mri": finding("mri", "yes", "DiagnosticReport/1"), "code": finding("code", "yes", "DiagnosticReport/1")}

    assert 3 == verdict(STRONG, MODERATE, findings=same).score


def test_one_observation_feeds_one_item_whatever_its_group():
    seen = item("seen", "finding", 2, "mri")
    felt = Clause("c", "felt", "for", (Test("story", ("yes",)),), weight=1, group="pattern", observation="seen")

    assert 2 == verdict(seen, felt).score


def test_the_course_counts_its_strongest_item():
    assert 3 == verdict(COURSE, item("other", "course", 2, "sign")).score


def test_patterns_add_up_to_three_at_most():
    assert 3 == verdict(item("a", "pattern", 2, "story"), item("b", "pattern", 2, "sign")).score


def test_risk_factors_alone_never_speak():
    assert ("silent", 0) == (
        verdict(item("r", "risk", 3, "habit")).certainty,
        verdict(item("r", "risk", 3, "habit")).score,
    )


def test_a_risk_factor_adds_one_point_to_three():
    assert 4 == verdict(COURSE, item("r", "risk", 1, "habit"), item("q", "risk", 1, "code")).score


def test_a_risk_factor_never_lifts_two_to_three():
    assert 2 == verdict(item("m", "course", 2, "story"), item("r", "risk", 1, "habit")).score


def test_what_speaks_against_subtracts():
    against = Clause("c", "against", "against", (Test("days", ("yes",)),), weight=3, observation="against")

    assert 2 == verdict(STRONG, fit=2, against=[against]).score


def test_a_documented_cause_reaches_five_and_carries_the_label():
    documented = verdict(item("code", "finding", 3, "code", documented=True))

    assert ("documented", 5) == (documented.certainty, documented.score)


@pytest.mark.parametrize("group", ["course", "pattern"])
def test_a_note_alone_weighs_at_most_weak_in_course_and_pattern(group):
    noted = {"story": finding("story", "yes", "Condition/1", basis=Basis.NOTE)}

    assert 1 == verdict(item("told", group, 3, "story"), findings=noted).score


def test_a_report_keeps_its_full_weight():
    reported = {"story": finding("story", "yes", "DiagnosticReport/1", basis=Basis.REPORT)}

    assert 3 == verdict(item("told", "pattern", 3, "story"), findings=reported).score


NAMED = item("named", "finding", 3, "cause_named", documented=True)
SHOWN = Clause("c", "shown", "against", (Test("mri", ("yes",)),), weight=3, observation="shown")


def dated(name, day):
    return {name: replace(finding(name, "yes", f"{name}/1", basis=Basis.NOTE), when=Span(day, day))}


@pytest.mark.parametrize(("shown", "certainty"), [(date(2026, 3, 9), "silent"), (date(2026, 3, 1), "documented")])
def test_a_name_does_not_outlive_the_picture_that_shows_nothing_of_it(shown, certainty):
    told = dated("cause_named", date(2026, 3, 5)) | dated("mri", shown)

    assert certainty == verdict(NAMED, fit=2, against=(SHOWN,), findings=told).certainty
