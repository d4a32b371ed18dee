"""What was measured about durable-rules, each as a test of the one file that uses it."""

from __future__ import annotations

import ast
import re
import resource
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from service.domain.errors import EngineError
from service.domain.findings import Finding
from service.domain.spans import Interval
from service.reasoning import engine as engine_module
from service.reasoning.engine import GATES, RED_FLAGS, Engine, evidence_of, step_of
from tests.reasoning.sheets import finding
from tests.rule_sets import shipped_engine, small, small_engine

SERVICE = Path(engine_module.__file__).parent


def case(**given):
    return small_engine().properties({name: finding(name, value) for name, value in given.items()})


def explode(*_):
    raise RuntimeError("planted")


def held_facts(engine):
    """What the library keeps of the red flags once a call is over."""
    rule_set = engine._rule_sets[RED_FLAGS]
    return [{**fact, "sid": None} for fact in rule_set.get_facts(rule_set._states)]


def test_only_the_engine_imports_durable():
    importing = {
        path.name
        for path in SERVICE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if (isinstance(node, ast.ImportFrom) and (node.module or "").startswith("durable"))
        or (isinstance(node, ast.Import) and any(alias.name.startswith("durable") for alias in node.names))
    }

    assert {"engine.py"} == importing


def test_batches_are_never_asserted():
    assert not re.search(r"assert_facts|post_batch|get_facts", Path(engine_module.__file__).read_text())


def test_the_host_starts_no_threads():
    before = threading.active_count()
    Engine(small())

    assert before == threading.active_count()


def test_five_thousand_evaluations_keep_memory_stable():
    matching, matchless = case(saddle="yes"), case(pain_dominance="back")
    for _ in range(500):
        small_engine().match(RED_FLAGS, matching)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for _ in range(5000):
        small_engine().match(RED_FLAGS, matching)
        small_engine().match(GATES, matchless)

    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 8 * 1024


def test_a_case_that_no_rule_matches_is_no_error():
    assert frozenset() == small_engine().match(GATES, case(pain_dominance="back"))


def test_the_same_case_can_be_asked_twice():
    properties = case(saddle="yes")

    assert small_engine().match(RED_FLAGS, properties) == small_engine().match(RED_FLAGS, properties)


def test_an_error_inside_the_library_is_never_taken_for_silence(monkeypatch):
    with monkeypatch.context() as planted:
        planted.setattr(engine_module.durable_rules_engine, "start_action_for_state", explode)
        with pytest.raises(RuntimeError, match="planted"):
            small_engine().match(RED_FLAGS, case(saddle="yes"))

    assert {"cauda/fires/saddle"} == small_engine().match(RED_FLAGS, case(saddle="yes"))


def test_an_error_on_the_very_first_fact_leaves_an_engine_that_works(monkeypatch):
    engine, deleted = Engine(small()), []
    with monkeypatch.context() as planted:
        planted.setattr(engine_module.Ruleset, "delete_state", lambda _, state: deleted.append(state))
        planted.setattr(engine_module.durable_rules_engine, "start_action_for_state", explode)
        with pytest.raises(RuntimeError, match="planted"):
            engine.match(RED_FLAGS, case(saddle="yes"))

    assert [] == deleted
    assert {"cauda/fires/saddle"} == engine.match(RED_FLAGS, case(saddle="yes"))


def test_nothing_of_a_case_stays_in_the_library():
    small_engine().match(RED_FLAGS, case(saddle="yes"))
    small_engine().match(RED_FLAGS, case(saddle="yes", retention="yes", days_since_surgery=20))

    assert [{"sid": None, "id": "0", "sentinel": 1}] == held_facts(small_engine())


def test_nothing_of_a_case_stays_in_the_library_after_an_error(monkeypatch):
    with monkeypatch.context() as planted:
        planted.setattr(engine_module.durable_rules_engine, "complete_and_start_action", explode)
        with pytest.raises(RuntimeError, match="planted"):
            small_engine().match(RED_FLAGS, case(saddle="yes"))
    small_engine().match(RED_FLAGS, case(pain_dominance="back", retention="yes"))

    assert [{"sid": None, "id": "0", "sentinel": 1}] == held_facts(small_engine())


def test_a_case_that_is_not_given_back_is_an_error_and_leaves_nothing(monkeypatch):
    with monkeypatch.context() as planted:
        planted.setattr(engine_module.durable_rules_engine, "retract_fact", lambda *_: (2, 0))
        with pytest.raises(EngineError, match="give a fact back"):
            small_engine().match(RED_FLAGS, case(saddle="yes"))

    assert frozenset() == small_engine().match(RED_FLAGS, case(retention="yes"))


def test_a_repeated_fact_is_an_error_and_not_a_silence():
    rule_set = Engine(small())._rule_sets[RED_FLAGS]
    fact = '{"sid":"1","id":"0","sentinel":1}'
    rule_set._assert(fact)

    with pytest.raises(EngineError, match="answered 2"):
        rule_set._assert(fact)


def test_a_match_without_a_rule_is_an_error_and_not_a_silence(monkeypatch):
    monkeypatch.setattr(engine_module.durable_rules_engine, "start_action_for_state", lambda *_: None)

    with pytest.raises(EngineError, match="told no rule"):
        Engine(small()).match(RED_FLAGS, case(saddle="yes"))


def test_a_fact_holds_only_words_that_its_rule_set_asks_for(monkeypatch):
    asserted = []
    monkeypatch.setattr(engine_module._Collecting, "fired_by", lambda _, pieces: asserted.append(pieces) or [])
    small_engine().match(GATES, case(saddle="yes", pain_dominance="back", course="unknown"))

    assert [['"course":"unknown"']] == asserted


def test_a_word_outside_the_vocabulary_never_reaches_the_engine():
    with pytest.raises(EngineError, match="pain_dominance"):
        small_engine().properties({"pain_dominance": Finding("pain_dominance", "armpit")})


@pytest.mark.parametrize("value", [None, True, "12", 1e300, ["yes"]])
def test_a_value_of_the_wrong_kind_never_reaches_the_engine(value):
    with pytest.raises(EngineError):
        small_engine().properties({"days_since_surgery": Finding("days_since_surgery", value)})


def test_a_finding_outside_the_vocabulary_is_refused():
    with pytest.raises(EngineError, match="patient_text"):
        small_engine().properties({"patient_text": Finding("patient_text", "yes")})


def test_numbers_are_kept_inside_their_range():
    properties = small_engine().properties({"days_since_surgery": Finding("days_since_surgery", Interval(-5, 10**9))})

    assert (0, 36525) == (properties["days_since_surgery_low"], properties["days_since_surgery_high"])


def test_no_fact_comes_near_the_most_properties_that_the_library_takes():
    for name, rule_set in shipped_engine()._compiled.items():
        assert len(rule_set.words) + len(rule_set.numbers) < 200, name


def test_facts_stay_narrow():
    compiled = shipped_engine()._compiled
    wide = {name for name, each in compiled.items() if len(each.words) + len(each.numbers) > 60}

    assert set() == wide - {GATES, RED_FLAGS}


def test_threads_are_served_one_after_the_other():
    properties = case(saddle="yes")
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: small_engine().match(RED_FLAGS, properties), range(400)))

    assert {frozenset({"cauda/fires/saddle"})} == set(answers)


def test_an_operation_of_unknown_date_keeps_emergency_windows_open():
    properties = case(retention="yes", days_since_surgery=Interval(0, 36525))

    assert {"cauda/fires/retention"} == small_engine().match(RED_FLAGS, properties)


def test_an_operation_of_unknown_date_keeps_cause_windows_closed():
    properties = case(pain_dominance="leg", course="honeymoon", days_since_surgery=Interval(0, 36525))

    assert {"scar/gate/gate-1"} == small_engine().match(GATES, properties)


@pytest.mark.parametrize(("day", "held"), [(30, True), (31, False)])
def test_a_parameter_with_decimals_asks_the_same_of_whole_days(day, held):
    assert held == bool(small_engine().match(RED_FLAGS, case(retention="yes", days_since_surgery=day)))


def test_an_unknown_unless_does_not_block():
    fired = small_engine().match(evidence_of("recurrence"), case(herniation="same level"))

    assert "recurrence/for/mri-mature" in fired


def test_a_known_unless_blocks():
    fired = small_engine().match(evidence_of("recurrence"), case(herniation="same level", early_mr="yes"))

    assert {"recurrence/for/mri-early"} == {key for key in fired if "mri" in key}


def test_an_entry_that_asks_nothing_always_holds():
    assert "mri/order/order-2" in small_engine().match(step_of("mri"), {})


def test_a_course_that_nobody_told_is_the_word_unknown():
    assert "unknown" == small_engine().properties({})["course"]


def test_a_disabled_record_is_not_compiled():
    knowledge = small()
    without = replace(knowledge, redflags={})

    assert frozenset() == Engine(without).match(RED_FLAGS, case(saddle="yes"))
