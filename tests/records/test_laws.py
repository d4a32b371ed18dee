"""The laws of the knowledge: each broken once, each told in a sentence that helps."""

# ruff: noqa: E501

from __future__ import annotations

import pytest

from service.knowledge.laws import violations
from service.reasoning import vignettes
from service.reasoning.engine import Engine
from tests.records.broken import changed
from tests.rule_sets import SMALL, of_folder, shipped, shipped_engine

CAUSE = "causes/recurrence.toml"

# One line each: a break, where it is made, and the sentence it must lead to.

BREAKS = {
    "an id that is not the file name": (CAUSE, 'id = "recurrence"', 'id = "relapse"', "must be the name of its file"),
    "an unknown finding": (CAUSE, "lifting = ", "liftin = ", "finding in for 'lifting' 'liftin' is not known. Did you mean 'lifting'?"),
    "an unknown word": (CAUSE, '"same level" }\nunless', '"sam level" }\nunless', "Did you mean 'same level'?"),
    "an unknown parameter": (CAUSE, '"interval_days"', '"interval_day"', "Did you mean 'interval_days'?"),
    "a bare number": (CAUSE, '"interval_days"', "14", "name a parameter instead"),
    "an unknown comparison": (CAUSE, "at_least", "at_lest", "Did you mean 'at_least'?"),
    "a word asked as a number": (CAUSE, 'lifting = "yes" }', 'lifting = { at_least = "interval_days" } }', "holds words, not a number"),
    "a number asked as a word": (CAUSE, 'late_pain = "yes"', 'days_since_surgery = "yes"', "is a number"),
    "an unknown key of an entry": (CAUSE, "observation = ", "observed = ", "Did you mean 'observation'?"),
    "an unknown key of a record": (CAUSE, "category = ", "categry = ", "Did you mean 'category'?"),
    "an unknown weight": (CAUSE, '"moderate"', '"medium"', "weight of for 'mri-early' 'medium' is not known"),
    "an unknown group": (CAUSE, 'group = "course"', 'group = "curse"', "Did you mean 'course'?"),
    "an unknown source": (CAUSE, 'source = ["L01"]', 'source = ["L99"]', "source of for 'mri-mature' 'L99' is not known"),
    "an unverified source alone": (CAUSE, '["G1", "design"]', '["G1"]', "rests on unverified sources only"),
    "an entry without a source": (CAUSE, 'because = "Began on lifting"\nsource = ["G1", "design"]', 'because = "Began on lifting"', "'source' of for 'lifting' is missing"),
    "an entry id used twice": (CAUSE, 'id = "lifting"', 'id = "late"', "id 'late' of for is used twice"),
    "an unknown status": (CAUSE, 'status = "draft"', 'status = "drafty"', "Did you mean 'draft'?"),
    "active without a reviewer": (CAUSE, 'status = "draft"', 'status = "active"', "reviewer, needed by status 'active', is missing"),
    "a summary that is too long": (CAUSE, "Consider recurrent", "Consider " + "very " * 30 + "recurrent", "may have at most 120"),
    "an unknown placeholder": (CAUSE, "{level}", "{root}", "may use the placeholders {level} and {side} only"),
    "a critical cause": (CAUSE, 'indicator = "info"', 'indicator = "critical"', "may not be critical"),
    "a step that does not exist": (CAUSE, 'step = "mri"', 'step = "mry"', "Did you mean 'mri'?"),
    "no speaking vignette": (CAUSE, 'expect = "likely"', 'expect = "silent"', "a vignette in which it speaks is missing"),
    "no silent vignette": (CAUSE, 'expect = "silent"', 'expect = "fits"', "a near-miss vignette in which it stays silent is missing"),
    "an unknown expectation": (CAUSE, 'expect = "likely"', 'expect = "likly"', "Did you mean 'likely'?"),
    "an unknown finding in a vignette": (CAUSE, "course = \"unchanged\", days", "curse = \"unchanged\", days", "Did you mean 'course'?"),
    "a gate that asks for nothing": (CAUSE, 'when = { pain_dominance = "leg", course = ["honeymoon", "unknown"], days_since_surgery = { at_least = "interval_days" } }', "when = {}", "must ask for something"),
    "a red flag that cannot stay silent": ("redflags/cauda.toml", 'expect = "silent"', 'expect = "warning"', "near-miss vignette"),
    "a red flag without an action": ("redflags/cauda.toml", 'action = "MRI now"', "", "the action is missing"),
    "a finding concluded and never used": (CAUSE, 'when = { late_pain = "yes" }', 'when = { lifting = "yes" }', "is concluded and never used"),
    "findings in a circle": ("findings/late-pain.toml", 'pain_dominance = "leg"', 'late_pain = "yes"', "in a circle"),
    "a parameter outside its range": ("parameters.toml", "value = 14", "value = 40", "must lie between 7 and 30"),
    "a parameter without a review date": ("parameters.toml", 'reviewed = 2026-11-20\nmeans = "Shortest interval"', 'means = "Shortest interval"', "reviewed of parameter 'interval_days' is missing"),
    "an unknown source of a parameter": ("parameters.toml", '"L01"', '"L02"', "source of 'retention_days' 'L02' is not known. Did you mean 'L01'?"),
    "a finding that no rule uses": ("vocabulary.toml", "", 'idle = { words = ["yes"], family = "pain", means = "Idle" }\n', "finding 'idle' is used by no rule"),
    "a question about an unknown finding": ("questions.toml", '"retention"', '"retenton"', "Did you mean 'retention'?"),
    "a negative that silences an unknown cause": ("causes/recovery.toml", 'causes = "all"', 'causes = ["scarr"]', "Did you mean 'scar'?"),
    "a prior of an unknown cause": ("priors.toml", '"scar"', '"scarr"', "Did you mean 'scar'?"),
    "a file that is not TOML": (CAUSE, 'id = "recurrence"', "id = recurrence", "is not TOML"),
}  # fmt: skip


def test_the_small_rule_set_breaks_no_law():
    assert [] == violations(SMALL)


@pytest.mark.parametrize("name", BREAKS)
def test_a_broken_law_is_told_in_a_sentence(name, tmp_path):
    file, old, new, sentence = BREAKS[name]
    found = violations(changed(tmp_path, file, old, new))

    assert any(sentence in violation for violation in found), found


def test_every_violation_names_its_file(tmp_path):
    found = violations(changed(tmp_path, CAUSE, "lifting = ", "liftin = "))

    assert found[0].startswith("causes/recurrence.toml: ")


def test_a_vignette_with_the_wrong_verdict_is_told(tmp_path):
    knowledge = of_folder(changed(tmp_path, CAUSE, 'expect = "likely"', 'expect = "possible"'))
    found = vignettes.violations(Engine(knowledge), knowledge)

    assert ["recurrence.toml: vignette 'Interval, then leg pain, MRI' expects 'possible' and gets 'likely'."] == found


def test_the_shipped_rules_break_no_law():
    assert [] == violations()


def test_every_shipped_vignette_gets_its_verdict():
    assert [] == vignettes.violations(shipped_engine(), shipped())
