"""Whoever reads a card can check it: its rule and version, its sources, the entries it stands on, and its standing."""

from __future__ import annotations

import re

import orjson
import pytest

from tests.demo import ehr
from tests.patients import build
from tests.robustness.inside import ask, sent_prefetch
from tests.web.calls import VIEW, today

RULE = re.compile(r"^Rules? (\S+), rule set (\S+): a draft, not clinically approved", re.MULTILINE)


def cards_of(name):
    patient = build.load(name)
    body = orjson.dumps(ehr.request(name, build.chart(patient, today()), sent_prefetch()))
    return ask("POST", VIEW, body)[2]["cards"]


@pytest.mark.parametrize("name", build.names()[::3])
def test_every_card_names_rule_version_source_and_status(name):
    version = ask("GET", "/about")[2]["version"]
    for card in cards_of(name):
        named = RULE.search(card["detail"])
        assert named, card["detail"][-300:]
        assert version == named[2]
        assert "\nSources: " in card["detail"]


@pytest.mark.parametrize("name", build.names()[::3])
def test_every_card_names_the_chart_entries_it_stands_on(name):
    sent = {f"{r['resourceType']}/{r['id']}" for r in build.chart(build.load(name), today())}
    for card in cards_of(name):
        told = re.search(r"^Chart entries: (.*)$", card["detail"], re.MULTILINE)
        assert told, card["detail"][-300:]
        assert set(re.findall(r"[A-Z]\w+/[\w.-]+", told[1].replace("\\", ""))) <= sent


def test_the_thirteen_source_attributes_are_told():
    told = ask("GET", "/about")[2]["sourceAttributes"]

    assert 13 == len(told)
    assert all(each["name"] and each["value"] for each in told)
