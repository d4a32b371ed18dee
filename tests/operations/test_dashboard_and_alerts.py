"""The dashboard and the alert rules ask for metrics, labels and label values that exist, and every metric is shown."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml

from service import timing
from service.output.cards import context
from service.web.discovery import SERVICES
from service.web.monitoring import metrics

FILES = Path(__file__).parents[2] / "helm" / "backstory" / "files"
KUBERNETES = {"namespace", "pod", "version", "le"}
NAMED = re.compile(r"\b((?:backstory|process|python)_[a-z_]+)(\{[^}]*\})?")
GROUPED = re.compile(r"\bby \(([^)]*)\)")


def dashboard():
    return json.loads((FILES / "dashboard.json").read_text())


def alerts():
    return [rule for group in yaml.safe_load((FILES / "alerts.yaml").read_text())["groups"] for rule in group["rules"]]


def questions():
    for panel in dashboard()["panels"]:
        for target in panel["targets"]:
            yield panel["title"], target["expr"]
    for each in dashboard()["templating"]["list"]:
        yield each["name"], each["query"] if isinstance(each["query"], str) else ""
    for rule in alerts():
        yield rule["alert"], rule["expr"]


def existing():
    """Every sample name that a scrape can hold, with its labels."""
    found = {}
    for family in (metrics.CALLS, metrics.SECONDS, metrics.STAGE, metrics.CARDS, metrics.WITHHELD, metrics.SKIPPED,
                   metrics.FAULTS, metrics.FEEDBACK, metrics.KNOWLEDGE, metrics.SILENT):  # fmt: skip
        kind, name = family._type, family._name
        for suffix in {"counter": ("_total",), "histogram": ("_bucket", "_sum", "_count"), "gauge": ("",)}[kind]:
            found[name + suffix] = set(family._labelnames)
    for family in metrics.REGISTRY.collect():
        if family.name.startswith("process_"):
            found.update({sample.name: set() for sample in family.samples})
    return found


WORDS = {
    "service": {*SERVICES, "discovery", "feedback", "explain", "fhir", "about", "unknown", "other"},
    "status": {"200", "400", "401", "404", "412", "413", "500", "503"},
    "stage": set(timing.STAGES),
    "indicator": {"critical", "warning", "info"},
    "reason": {name for _, name in metrics._CLASSES} | {"shape"} | {code for code, _ in context.OVERRIDES},
    "kind": set(metrics.FAULT_KINDS),
    "outcome": set(metrics.OUTCOMES),
}


@pytest.mark.parametrize(("where", "question"), list(questions()))
def test_every_question_asks_for_what_exists(where, question):
    known = existing()
    labels = set()
    for name, chosen in NAMED.findall(question):
        assert name in known, f"{where}: {name}"
        labels |= known[name]
        for label, comparison, value in re.findall(r'(\w+)(=~|=)"([^"]*)"', chosen):
            assert label in known[name] | KUBERNETES, f"{where}: {label} of {name}"
            if not value.startswith("$"):
                pattern = value if comparison == "=~" else re.escape(value)
                assert any(re.fullmatch(pattern, word) for word in WORDS[label]), f"{where}: {label}={value}"
    for group in GROUPED.findall(question):
        assert {each.strip() for each in group.split(",")} <= labels | KUBERNETES, where


def test_every_metric_is_on_the_dashboard():
    shown = " ".join(question for _, question in questions())

    assert [] == [name for name in existing() if name.startswith("backstory_") and name.removesuffix("_count")
                  .removesuffix("_sum").removesuffix("_bucket") not in shown]  # fmt: skip


def test_every_alert_says_how_bad_it_is_and_what_to_do():
    for rule in alerts():
        assert {"alert", "expr", "for", "labels", "annotations"} == set(rule)
        assert rule["labels"]["severity"] in ("critical", "warning", "info")
        assert {"summary", "description"} == set(rule["annotations"])
    assert len({rule["alert"] for rule in alerts()}) == len(alerts())


def test_no_alert_takes_one_namespace_for_another():
    questions_ = [rule["expr"] for rule in alerts()]

    assert [] == [each for each in questions_ if "by (namespace" not in each and not each.startswith("absent(")]
    assert [] == [each for each in questions_ if "increase(" in each and re.search(r"sum\(", each)]


def test_no_two_panels_overlap_or_share_an_id():
    taken = set()
    for panel in dashboard()["panels"]:
        at = panel["gridPos"]
        cells = {(at["x"] + dx, at["y"] + dy) for dx in range(at["w"]) for dy in range(at["h"])}

        assert not cells & taken
        assert at["x"] + at["w"] <= 24
        taken |= cells
    assert len({panel["id"] for panel in dashboard()["panels"]}) == len(dashboard()["panels"])
