"""What /metrics and the log tell the hospital's IT: every call, card, skipped entry and held-back card, once."""

from __future__ import annotations

import uuid

import orjson
import pytest
from prometheus_client.parser import text_string_to_metric_families

from service.web.monitoring import metrics
from tests.operations.calls import HERNIATION, PAIN, RETENTION, hook, quiet
from tests.operations.server import serving


@pytest.fixture(scope="module")
def server():
    with serving() as running:
        yield running


def grown(server, act):
    before = server.metrics()
    result = act()
    after = server.metrics()
    return result, {name: value - before.get(name, 0) for name, value in after.items() if value != before.get(name, 0)}


def test_a_call_counts_once_with_each_of_its_stages_and_cards(server):
    (status, answer), counts = grown(server, lambda: server.call(hook()))

    assert (200, True) == (status, bool(answer["cards"]))
    assert 1 == counts['backstory_calls_total{service="fbss-patient-view",status="200"}']
    assert 1 == counts['backstory_call_seconds_count{service="fbss-patient-view"}']
    for stage in ("intake", "facts", "inference", "cards"):
        assert 1 == counts[f'backstory_stage_seconds_count{{stage="{stage}"}}']
    for card in answer["cards"]:
        rule, indicator = card["source"]["topic"]["code"], card["indicator"]
        assert 1 == counts[f'backstory_cards_total{{indicator="{indicator}",rule="{rule}"}}']


def test_a_log_line_names_the_call_the_rules_and_the_times(server):
    payload = hook(conditions=(PAIN, RETENTION))
    server.call(payload, **{"X-Request-ID": (own := str(uuid.uuid4()))})
    line = server.line_of(own)

    assert ("fbss-patient-view", "patient-view", 200) == (line["service"], line["hook"], line["status"])
    assert payload["hookInstance"] == line["hook_instance"]
    assert "rf-cauda-equina" in line["rules"]
    assert 1 <= line["cards"]["critical"]
    assert {"intake", "facts", "inference", "cards"} <= set(line["stages_ms"])
    assert line["ms"] >= sum(line["stages_ms"].values()) - 0.1


def test_skipped_entries_are_counted_by_class_of_reason(server):
    entries = [
        {**PAIN, "id": "elsewhere", "subject": {"reference": "Patient/other"}},
        {**PAIN, "code": "not an object"},
    ]
    payload = hook(conditions=(*entries, {**PAIN, "id": "future", "recordedDate": "2099-01-01", "onsetDateTime": None}))
    _, counts = grown(server, lambda: server.call(payload))

    assert 1 == counts['backstory_skipped_total{reason="other-patient"}']
    assert 1 == counts['backstory_skipped_total{reason="shape"}']
    assert 1 == counts['backstory_skipped_total{reason="future"}']


def test_clauses_that_were_not_understood_are_counted_and_none_of_their_words_told(server):
    wobbles = {
        **HERNIATION,
        "conclusion": "Recurrent disc herniation at L4-L5 left. The L5 nerve root wobbles strangely.",
    }
    _, counts = grown(server, lambda: server.call(hook(reports=(wobbles,))))
    _, none = grown(server, lambda: server.call(hook()))

    assert 1 == counts["backstory_not_understood_total"]
    assert "backstory_not_understood_total" not in none
    assert not any("wobbles" in name for name in counts)


def test_a_wrong_call_is_counted_under_its_status_and_an_unknown_service_under_one_name(server):
    def wrong():
        server.ask("POST", "/cds-services/fbss-patient-view", {"hook": "patient-view"})
        server.ask("POST", "/cds-services/nobody-knows-this", {})
        server.ask("POST", "/cds-services/nor-this", {})

    _, counts = grown(server, wrong)

    assert 1 == counts['backstory_calls_total{service="fbss-patient-view",status="400"}']
    assert 2 == counts['backstory_calls_total{service="unknown",status="404"}']


def test_a_quiet_chart_is_counted_and_sends_no_card(server):
    (status, answer), counts = grown(server, lambda: server.call(quiet()))

    assert (200, []) == (status, answer["cards"])
    assert not any(name.startswith("backstory_cards") for name in counts)


def test_the_rule_set_in_use_is_a_count_of_one(server):
    version = orjson.loads(server.ask("GET", "/about")[2])["version"]

    assert 1 == server.metrics()[f'backstory_knowledge_info{{version="{version}"}}']
    assert 0 == server.metrics()["backstory_silent"]


def test_probes_and_scrapes_are_neither_counted_nor_logged(server):
    _, counts = grown(server, lambda: [server.ask("GET", f"/healthz/{name}") for name in ("live", "ready", "startup")])

    assert not any(name.startswith("backstory_calls") for name in counts)
    assert not any(line["route"].startswith("/healthz") for line in server.events("call"))


def test_a_call_with_a_probe_and_a_scrape_beside_it_writes_one_line(server):
    server.line_of(_called(server))
    before = len(server.lines)
    for path in ("/healthz/live", "/healthz/ready", "/metrics"):
        server.ask("GET", path)
    server.line_of(_called(server))

    assert ["call"] == [line["event"] for line in server.told[before:]]


def _called(server):
    own = str(uuid.uuid4())
    server.call(quiet(), **{"X-Request-ID": own})
    return own


def test_a_silent_installation_sends_nothing_counts_everything_and_says_so(tmp_path):
    with serving(silent="true") as server:
        (status, answer), counts = grown(server, lambda: server.call(hook(conditions=(PAIN, RETENTION))))
        about = orjson.loads(server.ask("GET", "/about")[2])
        silent = server.metrics()["backstory_silent"]

    assert (200, []) == (status, answer["cards"])
    assert 1 == counts['backstory_cards_withheld_total{indicator="critical",rule="rf-cauda-equina"}']
    assert not any(name.startswith("backstory_cards_total") for name in counts)
    assert "critical" == server.events("call")[0]["withheld"]["rf-cauda-equina"]
    assert (True, 1) == (about["silent"], silent)


def test_a_record_that_a_site_silenced_is_counted_and_the_others_speak(tmp_path):
    site = tmp_path / "site.toml"
    site.write_text('[rules.rf-cauda-equina]\nsilent = true\nreason = "trial"\n')
    with serving(site=site) as server:
        (_, answer), counts = grown(server, lambda: server.call(hook(conditions=(PAIN, RETENTION))))
        about = orjson.loads(server.ask("GET", "/about")[2])

    assert "rf-cauda-equina" not in {card["source"]["topic"]["code"] for card in answer["cards"]}
    assert 1 == counts['backstory_cards_withheld_total{indicator="critical",rule="rf-cauda-equina"}']
    assert ({"rf-cauda-equina": "trial"}, False) == (about["silenced"], about["silent"])


def told_by_this_process():
    """Feedback and fetch faults as counted so far; other tests of this process count too."""
    return {
        (sample.name, *sorted(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(metrics.generate_latest(metrics.REGISTRY).decode())
        for sample in family.samples
        if sample.name in ("backstory_feedback_total", "backstory_fetch_faults_total")
    }


def test_feedback_and_fetch_faults_are_counted_under_known_words_only():
    metrics.started("test", ["scar"], silent=False)
    before = told_by_this_process()
    for rule, outcome, reason in [
        ("scar", "accepted", ""),
        ("scar", "overridden", "known"),
        ("Jane", "Doe", "Jane Doe"),
    ]:
        metrics.feedback_counted(rule, outcome, reason)
    reasons = [
        "no answer in time",
        "not sent",
        "not sent; fhirServer is not one that this client may name",
        "not sent; no fhirServer with fhirAuthorization to fetch it from",
        "Jane at https://ehr.example",
    ]
    for reason in reasons:
        metrics.fetch_failed(reason)
    found = {each for each, count in told_by_this_process().items() if count > before.get(each, 0)}

    assert {
        ("backstory_feedback_total", "accepted", "none", "scar"),
        ("backstory_feedback_total", "known", "overridden", "scar"),
        ("backstory_feedback_total", "other", "other", "other"),
    } <= found
    assert {("backstory_fetch_faults_total", "timeout"), ("backstory_fetch_faults_total", "refused")} <= found
    assert 2 == len([each for each in found if each[0] == "backstory_fetch_faults_total"])
    assert not any("Jane" in str(each) or "ehr" in str(each) for each in found)


@pytest.mark.parametrize(
    ("reason", "expected"),
    [
        ("about another patient", "other-patient"),
        ("a second copy of the same resource", "duplicate"),
        ("a resource type that these rules do not read", "unread-type"),
        ("R5 shape (Procedure.reason); this service reads FHIR R4", "not-r4"),
        ("dated after the day of evaluation", "future"),
        ("status is entered-in-error", "entered-in-error"),
        ("verificationStatus is refuted", "refuted"),
        ("status is not-done, not completed", "status"),
        ("expected an object, got a string", "shape"),
        ("resourceType is missing or not a name", "shape"),
    ],
)
def test_every_reason_for_skipping_has_one_class(reason, expected):
    assert expected == metrics.class_of(reason)
