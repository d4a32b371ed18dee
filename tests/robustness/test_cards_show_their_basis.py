"""Whoever doubts a card can check it: the whole reasoning names rule set, sources and entries; the card stays short."""

from __future__ import annotations

import orjson
import pytest

from tests.patients import build
from tests.robustness.inside import ask


def explained(name):
    patient = build.load(name)
    return ask("POST", f"/explain?asOf={patient.as_of}", orjson.dumps(build.bundle(patient)))[2]


@pytest.mark.parametrize("name", build.names()[::3])
def test_every_answer_names_its_rule_set_and_the_citation_of_each_source(name):
    told = explained(name)
    reasons = [r for alarm in told["redFlags"] + told["bedsideWarnings"] for r in alarm["because"]]
    reasons += [r for cause in told["causes"] for r in (*cause["for"], *cause["against"])]

    assert ask("GET", "/about")[2]["version"] == told["ruleSet"]["version"]
    assert set() == {source for reason in reasons for source in reason["sources"]} - set(told["sources"])


@pytest.mark.parametrize("name", build.names()[::3])
def test_every_reason_names_only_chart_entries_that_were_sent(name):
    told = explained(name)
    sent = {f"{r['resourceType']}/{r['id']}" for r in build.chart(build.load(name))}
    reasons = [r for alarm in told["redFlags"] + told["bedsideWarnings"] for r in alarm["because"]]
    reasons += [r for cause in told["causes"] for r in (*cause["for"], *cause["against"])]

    assert set() == {ref for reason in reasons for ref in reason["evidence"]} - sent


def test_the_thirteen_source_attributes_are_told():
    told = ask("GET", "/about")[2]["sourceAttributes"]

    assert 13 == len(told)
    assert all(each["name"] and each["value"] for each in told)
