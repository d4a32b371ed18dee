"""The dashboard and the alert rules ask for metrics, labels and label values that exist, and every metric is shown."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml
from prometheus_client.metrics import MetricWrapperBase

from service import timing
from service.output.cards import context
from service.reasoning import why_silent
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
    """Every sample name that a scrape can hold, with its labels: of each metric that is registered."""
    found = {}
    for one in metrics.REGISTRY._collector_to_names:
        if isinstance(one, MetricWrapperBase):
            suffixes = {"counter": ("_total",), "histogram": ("_bucket", "_sum", "_count"), "gauge": ("",)}[one._type]
            found |= {one._name + suffix: set(one._labelnames) for suffix in suffixes}
        else:
            found |= {sample.name: set() for family in one.collect() for sample in family.samples}
    return found


WORDS = {
    "service": {*SERVICES, "discovery", "feedback", "explain", "fhir", "about", "unknown", "other"},
    "status": {"200", "400", "401", "404", "412", "413", "500", "503"},
    "stage": set(timing.STAGES),
    "indicator": {"critical", "warning", "info"},
    "reason": {name for _, name in metrics._CLASSES}
    | {"shape"}
    | {code for code, _ in context.OVERRIDES}
    | {*why_silent.KINDS.values()},
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


def asked_by_panels():
    return [target["expr"] for panel in dashboard()["panels"] for target in panel["targets"]]


def test_every_metric_is_on_the_dashboard():
    shown = " ".join(asked_by_panels())

    assert [] == [name for name in existing() if name.startswith("backstory_") and name.removesuffix("_count")
                  .removesuffix("_sum").removesuffix("_bucket") not in shown]  # fmt: skip


PANELS = {
    "how often each record's cards are accepted": ('outcome="accepted"', "by (rule)", "/", "backstory_cards_total"),
    "how many cards a thousand calls bring": ("1000 *", "backstory_cards_total", "/", "backstory_calls_total"),
    "what of the charts' words was not understood": ("backstory_not_understood_total",),
    "which texts were not read, which codes mean nothing": ('reason=~"unread-text|unmapped-code"',),
    "why charts stay quiet": ("backstory_quiet_total", "by (reason)"),
    "log lines that nobody got": ("backstory_log_dropped_total",),
}


@pytest.mark.parametrize("asked", PANELS)
def test_the_dashboard_answers_what_a_hospital_asks(asked):
    assert any(all(part in question for part in PANELS[asked]) for question in asked_by_panels())


def test_log_lines_that_are_dropped_alarm():
    (rule,) = (rule for rule in alerts() if "backstory_log_dropped_total" in rule["expr"])

    assert "sum by (namespace) (increase(backstory_log_dropped_total[15m])) > 0" == rule["expr"].strip()


def test_no_alert_waits_for_a_series_that_began_today():
    """A comparison with nothing is no comparison: what was not counted yesterday has no series, and counts as none."""
    before = [rule["expr"] for rule in alerts() if "offset" in rule["expr"]]

    assert before
    for question in before:
        named = re.search(
            r"(backstory_\w+)[^)]* offset 1d\)\)\s*or 0 \* sum by \(namespace\) \(increase\((\w+)\[", question
        )
        assert named, question
        assert named[1] == named[2]  # whoever counts the chosen reason counts any: it is there whenever it is asked for


def test_a_share_of_what_has_not_happened_yet_is_nought_and_not_empty():
    """A label value has no series before its first count, and nothing divided by something is nothing: no line."""
    shares = [
        question
        for question in asked_by_panels()
        if " / " in question and re.search(r'(status|outcome)=~?"', question.partition(" / ")[0])
    ]

    assert 2 <= len(shares)
    assert [] == [each for each in shares if not re.search(r"\(.* or (vector\(0\)|0 \* [^/]*)\) / ", each)]


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
