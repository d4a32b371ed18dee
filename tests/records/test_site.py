"""What a hospital may change without code, and what it may not."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from service import knowledge as knowledges
from service.knowledge import RuleError
from service.reasoning import vignettes
from service.reasoning.chain import conclude
from service.reasoning.engine import RED_FLAGS, Engine, step_of
from tests.reasoning.sheets import finding
from tests.rule_sets import SMALL, of_folder, shipped

VALUE_SETS = Path(knowledges.__file__).parents[2] / "fhir_profiles" / "valuesets"


def site(tmp_path, text):
    path = tmp_path / "site.toml"
    path.write_text(text)
    return of_folder(SMALL, path)


def test_a_cause_can_be_switched_off(tmp_path):
    knowledge = site(tmp_path, "[rules.scar]\non = false\n")

    assert {"recurrence"} == set(knowledge.causes)
    assert {"scar": "switched off by this site"} == knowledge.disabled
    assert ("rules.scar: off (switched off by this site)",) == knowledge.overrides


def test_a_red_flag_is_switched_off_with_a_reason_only(tmp_path):
    with pytest.raises(RuleError, match="the reason for switching off the red flag 'cauda' is missing"):
        site(tmp_path, "[rules.cauda]\non = false\n")

    assert {} == site(tmp_path, '[rules.cauda]\non = false\nreason = "another system alerts"\n').redflags


def test_a_step_cannot_be_switched_off(tmp_path):
    with pytest.raises(RuleError, match="only causes and red flags go off"):
        site(tmp_path, "[rules.mri]\non = false\n")


def test_a_number_moves_inside_its_range_and_marks_the_rules_that_use_it(tmp_path):
    knowledge = site(tmp_path, "[parameters.retention_days]\nvalue = 25\n")
    case = {"retention": finding("retention", "yes"), "days_since_surgery": finding("days_since_surgery", 28)}
    engine = Engine(knowledge)

    assert frozenset() == engine.match(RED_FLAGS, engine.properties(case))
    assert frozenset({"cauda"}) == knowledge.overridden


def test_a_number_stays_inside_its_range(tmp_path):
    with pytest.raises(RuleError, match="value 99 of 'retention_days' must lie between 20 and 40 days"):
        site(tmp_path, "[parameters.retention_days]\nvalue = 99\n")


def test_a_text_can_be_changed(tmp_path):
    knowledge = site(tmp_path, '[texts.scar]\nsummary = "Think of scar"\nbecause.unchanged = "It never went"\n')

    assert ("Think of scar", "It never went") == (
        knowledge.causes["scar"].summary,
        knowledge.causes["scar"].for_[0].because,
    )
    assert "scar" in knowledge.overridden


def test_weights_and_conditions_are_out_of_reach(tmp_path):
    with pytest.raises(RuleError, match="'weight' is not known"):
        site(tmp_path, '[texts.scar]\nweight = "strong"\n')


def test_an_order_code_can_be_changed(tmp_path):
    knowledge = site(tmp_path, '[orders.mri]\nsystem = "urn:local"\ncode = "MR1"\ndisplay = "MRI, house code"\n')

    assert "MR1" == knowledge.steps["mri"].orders[0].order.code
    assert {"mri/order/order-site"} == {key for key in Engine(knowledge).match(step_of("mri"), {}) if "order" in key}


def test_minimum_status_takes_out_causes_and_keeps_the_emergencies(tmp_path):
    knowledge = site(tmp_path, 'minimum_status = "reviewed"\n')

    assert {} == knowledge.causes
    assert {"cauda"} == set(knowledge.redflags)
    assert "status draft is below the minimum reviewed" == knowledge.disabled["scar"]


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("[rules.scarr]\non = false\n", "Did you mean 'scar'?"),
        ("[parameters.interval_day]\nvalue = 10\n", "Did you mean 'interval_days'?"),
        ("[rules.scar]\noff = true\n", "key of [rules.scar] 'off' is not known"),
        ('[rules.scar]\non = "no"\n', "on of [rules.scar] must be true or false"),
        ('[texts.scar]\nsumary = "x"\n', "Did you mean 'summary'?"),
        ('[texts.scar]\nbecause.unchangd = "x"\n', "Did you mean 'unchanged'?"),
        ("[texts.scar]\nbecause.unchanged = 3\n", "must be text"),
        ('[texts.scar]\nsummary = "Think of {root}"\n', "may use the placeholders {level} and {side} only"),
        ('[orders.mri]\nsystem = "urn:local"\n', "code, display of [orders.mri] is missing"),
        ('value_sets = ["nowhere"]\n', "is no folder"),
        ("parameters = [\n", "cannot be read"),
        ('[texts.scarr]\nsummary = "x"\n', "Did you mean 'scar'?"),
        ('[orders.mry]\nsystem = "a"\ncode = "b"\ndisplay = "c"\n', "Did you mean 'mri'?"),
        ('[codes."urn:local"]\n"X1" = "leg-pian"\n', "Did you mean 'leg-pain'?"),
        ("[rule.scar]\non = false\n", "Did you mean 'rules'?"),
        ('minimum_status = "reviewd"\n', "Did you mean 'reviewed'?"),
        ('extra_rules = ["nowhere"]\n', "is no folder"),
    ],
)
def test_an_unknown_name_stops_the_start_with_a_hint(tmp_path, text, hint):
    with pytest.raises(RuleError, match=re.escape(hint)):
        site(tmp_path, text)


def test_an_extra_rule_joins_under_the_same_laws(tmp_path):
    extra = tmp_path / "extra"
    extra.mkdir()
    text = (SMALL / "causes" / "scar.toml").read_text()
    (extra / "site-scar.toml").write_text(text.replace('id = "scar"', 'id = "site-scar"'))
    knowledge = site(tmp_path, 'extra_rules = ["extra"]\n')

    assert "site-scar" in knowledge.causes


def test_an_extra_rule_must_carry_its_origin_in_its_id(tmp_path):
    extra = tmp_path / "extra"
    extra.mkdir()
    (extra / "scar2.toml").write_text(
        (SMALL / "causes" / "scar.toml").read_text().replace('id = "scar"', 'id = "scar2"')
    )

    with pytest.raises(RuleError, match="must start with site-"):
        site(tmp_path, 'extra_rules = ["extra"]\n')


@pytest.mark.parametrize(
    ("codes", "told"),
    [
        ('[codes]\n"X1" = "leg-pain"\n', "stands outside a table"),
        ('[codes."local codes"]\n"X1" = "leg-pain"\n', "is no URL or urn:"),
        ('[codes."urn:local"]\n"X1" = ["leg-pain"]\n', "needs one concept"),
        ('[codes."urn:local"]\n" " = "leg-pain"\n', "needs one concept"),
    ],
)
def test_a_malformed_code_map_is_refused_with_a_sentence(tmp_path, codes, told):
    with pytest.raises(RuleError, match=told):
        site(tmp_path, codes)


def test_local_codes_are_listed_as_overrides(tmp_path):
    knowledge = site(tmp_path, '[codes."urn:local"]\n"X1" = "leg-pain"\n')

    assert ("codes.urn:local: 1 local code",) == knowledge.overrides


def test_a_summary_of_a_site_is_as_short_as_ours(tmp_path):
    with pytest.raises(RuleError, match="at most 120 characters"):
        site(tmp_path, f'[texts.scar]\nsummary = "{"long " * 30}"\n')


def test_level_and_side_may_stand_in_the_summary_of_a_site(tmp_path):
    assert (
        "Scar {level} {side}"
        == site(tmp_path, '[texts.scar]\nsummary = "Scar {level} {side}"\n').causes["scar"].summary
    )


@pytest.mark.parametrize("part", ["gate", "fit", "for", "against", "sources", "vignette", "status"])
def test_what_a_rule_asks_and_rests_on_is_out_of_reach(tmp_path, part):
    with pytest.raises(RuleError, match=f"'{part}' is not known"):
        site(tmp_path, f'[texts.scar]\n{part} = "x"\n')
    with pytest.raises(RuleError, match="is not known"):
        site(tmp_path, f"[rules.scar]\n{part} = true\n")


@pytest.mark.parametrize("value", [6, 31, '"ten"', "true", "nan"])
def test_a_number_outside_its_range_stops_the_start(tmp_path, value):
    with pytest.raises(RuleError, match="must lie between 7 and 30 days"):
        site(tmp_path, f"[parameters.interval_days]\nvalue = {value}\n")


@pytest.mark.parametrize("value", [7, 30])
def test_a_number_may_stand_on_the_edge_of_its_range(tmp_path, value):
    assert value == site(tmp_path, f"[parameters.interval_days]\nvalue = {value}\n").numbers["interval_days"]


def test_every_override_is_listed_and_marks_its_rule(tmp_path):
    knowledge = site(
        tmp_path,
        'minimum_status = "draft"\n'
        '[rules.recurrence]\non = false\nreason = "under review"\n'
        "[parameters.retention_days]\nvalue = 25\n"
        '[texts.scar]\nsummary = "Think of scar"\n'
        '[orders.mri]\nsystem = "urn:local"\ncode = "MR1"\ndisplay = "House code"\n',
    )

    assert {
        "rules.recurrence: off (under review)",
        "parameters.retention_days: 25 days (shipped 30.5)",
        "texts.scar.summary",
        "orders.mri: urn:local|MR1",
    } == set(knowledge.overrides)
    assert {"cauda", "scar", "mri"} == knowledge.overridden


def test_a_cause_whose_text_a_site_changed_says_so(tmp_path):
    knowledge = site(tmp_path, '[texts.scar]\nsummary = "Think of scar"\n')
    record = knowledge.causes["scar"]
    concluded = conclude(vignettes.sheet_of(record, record.vignettes[0]), Engine(knowledge), knowledge)

    assert [("scar", "Think of scar", True)] == [
        (cause.id, cause.summary, cause.overridden) for cause in concluded.causes if cause.id == "scar"
    ]


def test_an_extra_rule_that_breaks_a_law_stops_the_start(tmp_path):
    extra = tmp_path / "extra"
    extra.mkdir()
    text = (SMALL / "causes" / "scar.toml").read_text().replace('id = "scar"', 'id = "site-scar"')
    (extra / "site-scar.toml").write_text(text.replace('weight = "moderate"', 'weight = "certain"'))

    with pytest.raises(RuleError, match="weight of for 'unchanged' 'certain' is not known"):
        site(tmp_path, 'extra_rules = ["extra"]\n')


def test_an_extra_red_flag_may_be_added(tmp_path):
    extra = tmp_path / "extra"
    extra.mkdir()
    text = (SMALL / "redflags" / "cauda.toml").read_text().replace('id = "cauda"', 'id = "site-cauda"')
    (extra / "site-cauda.toml").write_text(text)

    assert {"cauda", "site-cauda"} == set(site(tmp_path, 'extra_rules = ["extra"]\n').redflags)


def test_a_value_set_of_the_site_replaces_the_shipped_one_of_the_same_url(tmp_path):
    folder = tmp_path / "valuesets"
    folder.mkdir()
    ours = json.loads((VALUE_SETS / "anticoagulant.json").read_text("utf-8"))
    concept = {"system": "https://hospital.example/drugs", "concept": [{"code": "WARF"}]}
    (folder / "drugs.json").write_text(json.dumps({**ours, "compose": {"include": [concept]}}))
    (tmp_path / "site.toml").write_text('value_sets = ["valuesets"]\n')
    known = knowledges.load(tmp_path / "site.toml")

    assert ["anticoagulant"] == [hit.concept for hit in known.codes.hits("https://hospital.example/drugs", "WARF")]
    assert ("value_sets: valuesets",) == known.overrides
    assert known.version != shipped().version
