"""A process whose rules or value sets have holes is not ready; the version tells one collection from another."""

from __future__ import annotations

import asyncio
import shutil
from dataclasses import replace
from functools import cache
from importlib.resources import files
from pathlib import Path

import pytest

from service import knowledge, pipeline
from service.knowledge import RuleError, terminology
from service.reasoning.engine import Engine
from service.settings import Settings
from service.web import golden_charts
from service.web.app import create
from tests.rule_sets import load_anew

VALUE_SETS = Path(str(files("fhir_profiles"))) / "valuesets"
whole = cache(pipeline.start)


def with_changes(**changes):
    known = replace(whole().knowledge, **changes)
    return replace(whole(), knowledge=known, engine=Engine(known))


def test_the_shipped_rules_pass():
    golden_charts.check(whole())


def without_the_alarm():
    alarms = {name: record for name, record in whole().knowledge.redflags.items() if name != golden_charts.ALARM}
    return with_changes(redflags=alarms)


def test_rules_without_the_alarm_are_not_ready():
    with pytest.raises(RuleError, match="raises no rf-cauda-equina"):
        golden_charts.check(without_the_alarm())


def test_a_server_with_rules_without_the_alarm_does_not_come_up(monkeypatch):
    lacking = without_the_alarm()
    monkeypatch.setattr(pipeline, "start", lambda _: lacking)

    async def come_up():
        app = create(Settings(open=True, log_level="ERROR"))
        async with app.router.lifespan_context(app):
            pass

    with pytest.raises(RuleError, match="raises no rf-cauda-equina"):
        asyncio.run(come_up())


def test_rules_without_value_sets_are_not_ready():
    with pytest.raises(RuleError, match="told in codes"):
        golden_charts.check(with_changes(codes=terminology.CodeIndex((), (), {})))


def test_an_alarm_that_the_site_switched_off_is_not_expected():
    alarms = {name: record for name, record in whole().knowledge.redflags.items() if name != golden_charts.ALARM}
    golden_charts.check(with_changes(redflags=alarms, disabled={golden_charts.ALARM: "the site's reason"}))


def test_the_version_covers_the_value_sets(tmp_path, monkeypatch):
    shutil.copytree(VALUE_SETS, tmp_path / "valuesets")
    monkeypatch.setattr(knowledge, "files", lambda name: tmp_path if name == "fhir_profiles" else files(name))
    same = load_anew().version
    next(iter(sorted((tmp_path / "valuesets").glob("*.json")))).unlink()

    assert whole().knowledge.version == same
    assert whole().knowledge.version != load_anew().version


def test_no_value_sets_at_all_is_no_start(tmp_path, monkeypatch):
    monkeypatch.setattr(knowledge, "files", lambda name: tmp_path if name == "fhir_profiles" else files(name))
    with pytest.raises(RuleError, match="every value set is missing"):
        load_anew()
