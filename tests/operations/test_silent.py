"""Silent mode: everything is evaluated and counted, nothing is shown; per installation and per record."""

from __future__ import annotations

import pytest

from service.domain.conclusions import Alarm, Cause, Conclusions, NextStep
from service.domain.findings import CaseSheet
from service.knowledge import RuleError
from service.output.cards import silent_mode
from tests.rule_sets import SMALL, of_folder


def spoken(kind, ident, **fields):
    defaults = {"title": ident, "because": (), "action": "", "kind": "red flag", "indicator": "critical"}
    if kind is Cause:
        defaults = {"title": ident, "score": 5, "certainty": "likely", "summary": ident, "for_": (), "against": ()}
        defaults["indicator"] = "info"
    else:
        defaults["urgency"] = "emergency"
    return kind(id=ident, **{**defaults, **fields})


def write(conclusions):
    found = (*conclusions.alarms, *conclusions.warnings, *conclusions.causes)
    return [{"indicator": each.indicator, "source": {"topic": {"code": each.id}}} for each in found]


CONCLUSIONS = Conclusions(
    sheet=CaseSheet(None, {}),
    alarms=(spoken(Alarm, "cauda"),),
    causes=(spoken(Cause, "recurrence"), spoken(Cause, "scar")),
    steps=(
        NextStep("mri", "MRI", "routine", "", ("recurrence", "scar")),
        NextStep("lab", "CRP", "routine", "", ("scar",)),
    ),
)


def topics(cards):
    return [card["source"]["topic"]["code"] for card in cards]


def test_nothing_is_held_back_when_nothing_is_silent():
    sent, held_back = silent_mode.hold_back(CONCLUSIONS, write, everything=False, records={})

    assert (["cauda", "recurrence", "scar"], []) == (topics(sent), held_back)


def test_a_silent_installation_evaluates_everything_and_sends_nothing():
    sent, held_back = silent_mode.hold_back(CONCLUSIONS, write, everything=True, records={})

    assert ([], ["cauda", "recurrence", "scar"]) == (sent, topics(held_back))


def test_a_silent_record_is_held_back_and_the_others_speak():
    sent, held_back = silent_mode.hold_back(CONCLUSIONS, write, everything=False, records={"scar"})

    assert (["cauda", "recurrence"], ["scar"]) == (topics(sent), topics(held_back))


def test_a_step_stays_while_a_record_that_speaks_wants_it():
    steps = silent_mode.without(CONCLUSIONS, {"scar"}).steps

    assert [("mri", ("recurrence",))] == [(step.id, step.for_ids) for step in steps]


def site(tmp_path, text):
    path = tmp_path / "site.toml"
    path.write_text(text)
    return of_folder(SMALL, path)


def test_a_site_silences_a_cause_and_about_says_so(tmp_path):
    knowledge = site(tmp_path, "[rules.scar]\nsilent = true\n")

    assert {"scar": "silenced by this site"} == knowledge.silenced
    assert "scar" in knowledge.causes
    assert ("rules.scar: silent (silenced by this site)",) == knowledge.overrides


def test_a_red_flag_is_silenced_with_a_reason_only(tmp_path):
    with pytest.raises(RuleError, match="the reason for silencing the red flag 'cauda' is missing"):
        site(tmp_path, "[rules.cauda]\nsilent = true\n")

    knowledge = site(tmp_path, '[rules.cauda]\nsilent = true\nreason = "trial run until March"\n')

    assert {"cauda": "trial run until March"} == knowledge.silenced


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[rules.mri]\nsilent = true\n", "only causes and red flags go silent"),
        ('[rules.scar]\nsilent = "yes"\n', "must be true or false"),
        ("[rules.scar]\nsilence = true\n", "Did you mean 'silent'"),
        ("[rules.scarr]\nsilent = true\n", "Did you mean 'scar'"),
    ],
)
def test_a_wrong_silence_stops_the_start_with_a_hint(tmp_path, text, said):
    with pytest.raises(RuleError, match=said):
        site(tmp_path, text)
