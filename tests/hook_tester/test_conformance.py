"""Every requirement on a CDS Hooks service has its row, its row has a test or a reason, and the service keeps it."""

from __future__ import annotations

import ast
import json
import re
from functools import cache
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from service.fhir.validation import problems
from service.hook_tester import checks, requirements
from service.hook_tester.ehr_client import Ehr, feedback_on, prefetch, request
from service.hook_tester.exchanges import Seen, look
from service.hook_tester.sample_patient import NOT_SELECTED, chart, context
from service.intake import hook_request
from service.settings import HOOKS
from service.web.discovery import PREFETCH, SERVICES
from tests.ehr import ehr as ehrs
from tests.ehr import signer
from tests.ehr.registered import written
from tests.ehr.serving import serving, today
from tests.hook_tester.client import render
from tests.orders.drafting import actions, cards, mri, operation, order, pain, some_cards

ROOT = Path(__file__).parents[2]
ROWS = requirements.load()
NEEDS_TOKENS = {"DI-15", "SE-01", "SE-02", "SE-03", "SE-04", "SE-11"}
NO_LINKS = {"LI-01", "LI-04", "LI-05"}


@pytest.fixture(scope="module")
def ehr():
    with serving(open=True, hooks=",".join(HOOKS)) as client:
        yield Ehr(str(client.base_url), client)


@pytest.fixture(scope="module", autouse=True)
def patience():
    """On a machine that runs other tests beside this one, seconds prove nothing."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(checks, "SLOW_SECONDS", 30.0)
        patch.setattr(checks, "LATE_SECONDS", 60.0)
        yield


@pytest.fixture(scope="module")
def seen(ehr):
    return look(ehr, today())


@pytest.fixture(scope="module")
def verdicts(seen):
    return {outcome.id: outcome for outcome in checks.judge(seen, closed=False)}


def test_the_table_has_all_159_requirements():
    assert 159 == len(ROWS)
    assert all(re.fullmatch(r"[A-Z]{2}-\d\d", ident) for ident in ROWS)


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
def test_each_requirement_is_met_or_declined_with_a_reason(row):
    ways = [row.outside, row.test, row.declined, row.client, row.deployment, row.review]
    assert 1 == sum(map(bool, ways)), row.id
    assert row.outside == (row.id in checks.CHECKS)
    assert all(_exists(name) for name in row.test), row.test


def test_no_shall_of_the_service_is_declined_but_for_what_it_does_not_offer():
    declined = {row.id for row in ROWS.values() if row.declined and row.binding}
    assert {"DI-10", "PT-06", "PT-07", "HK-04", "HK-06"} == declined


@pytest.mark.parametrize("ident", checks.CHECKS)
def test_seen_from_outside(verdicts, ident):
    outcome = verdicts[ident]
    expected = checks.UNSEEN if ident in NEEDS_TOKENS | NO_LINKS else checks.PASSED
    assert (expected, outcome.said) == (outcome.state, outcome.said)


def test_a_service_that_asks_for_tokens_keeps_everything_too(tmp_path):
    with ehrs.running(jwks=signer.jwks()) as keys, serving(clients=written(tmp_path, keys)) as client:
        stranger = Ehr(str(client.base_url), client, lambda url: signer.token(urlsplit(url).path))
        outcomes = {outcome.id: outcome for outcome in checks.judge(look(stranger, today()), closed=True)}
    assert {checks.PASSED} == {outcomes[ident].state for ident in NEEDS_TOKENS}
    assert [] == [outcome for outcome in outcomes.values() if outcome.state == checks.FAILED]


def test_every_check_can_fail():
    """A check that cannot fail proves nothing: one service that says yes to everything, and badly; one that breaks."""
    failed = set()
    for answers in (_says_yes, _breaks, _mumbles, _lists_nothing):
        with httpx.Client(transport=httpx.MockTransport(answers)) as http:
            outcomes = checks.judge(look(Ehr("http://bad.example", http), today()), closed=True)
            failed |= {outcome.id for outcome in outcomes if outcome.state == checks.FAILED}
    assert {"RQ-11"} == checks.CHECKS.keys() - failed


_TURNS = count()


def _says_yes(asked):
    html = {"content-type": "text/html"}
    if asked.url.path == "/cds-services":
        templates = {"p": "/$everything?_include=1&_include=2 {{bad}}", "q": "Patient/{{draftOrders}}", "r": 3}
        listed = {"id": "a b", "hook": 3, "description": 3, "prefetch": templates, "version": None, "n": next(_TURNS)}
        return httpx.Response(200, json={"services": [listed, listed]}, headers=html)
    if asked.method == "OPTIONS":
        allowed = {"access-control-allow-origin": "*", "access-control-allow-credentials": "true"}
        return httpx.Response(200, headers=allowed)
    if asked.method == "DELETE":
        return httpx.Response(400, json={"detail": "no"})
    wrong = [
        {"type": "UPDATE", "resource": "{}"},
        {"type": "create", "resource": []},
        {"type": "create", "resource": {"resourceType": "ServiceRequest"}},
        {"type": "update", "resource": {}},
        {"type": "delete", "resource": "x"},
    ]
    suggestion = {"uuid": "same", "isRecommended": "yes", "actionSelectionBehavior": "all", "actions": wrong}
    card = {
        "uuid": "same",
        "summary": "<b>" + "x" * 200,
        "detail": "<script>",
        "indicator": "hard-stop",
        "source": [],
        "mine": 1,
        "suggestions": [suggestion],
        "links": [{"url": "x", "appContext": 3, "autolaunchable": "y"}],
        "overrideReasons": [{"code": ""}],
        "extension": {"short": 1},
    }
    source = {"url": "x", "topic": ["x"]}
    other = {**card, "summary": f"{next(_TURNS)} hernia", "source": source, "selectionBehavior": "all"}
    body = {"cards": [card, other], "systemActions": [], "mine": None, "echo": f"backstory-try-secret {NOT_SELECTED}"}
    return httpx.Response(200, json=body, headers=html)


def _breaks(asked):
    if asked.url.path == "/cds-services":
        listed = [{"id": hook, "hook": hook, "description": "d", "prefetch": {"p": "Patient/x"}} for hook in HOOKS]
        return httpx.Response(201, json={"services": listed})
    return httpx.Response(500, json={"detail": "broken"})


def _mumbles(asked):
    if asked.method == "GET" and asked.url.path != "/cds-services":
        raise httpx.ReadError("gone")
    if asked.headers.get("authorization") == "Bearer x":
        return httpx.Response(401, text="signature expired")
    return httpx.Response(202, text="yes") if asked.method == "POST" else _breaks(asked)


def _lists_nothing(_):
    return httpx.Response(200, json=[])


def _exists(name):
    file, _, test = name.partition("::")
    return test in _tests_of(ROOT / file)


@cache
def _tests_of(path):
    return {node.name for node in ast.parse(path.read_text(encoding="utf-8")).body if isinstance(node, ast.FunctionDef)}


def test_an_ehr_discovers_fills_calls_renders_and_reports(ehr):
    for service in ehr.discover().body["services"]:
        about = context(service["hook"])
        answer = ehr.call(
            service["id"], request(service["hook"], about, prefetch(service["prefetch"], about, chart(today())))
        )
        shown = render(answer.cards)
        assert all(card["indicator"].upper() in shown for card in answer.cards)
        report = {"feedback": [feedback_on(card, "2026-11-20T12:00:00Z") for card in answer.cards]}
        assert 200 == ehr.feedback(service["id"], report).status


def test_one_id_per_hook_and_the_immature_hooks_are_off_unless_asked_for():
    assert len(SERVICES) == len({service.hook for service in SERVICES.values()})
    with serving(open=True) as client:
        offered = {service["hook"] for service in client.get("/cds-services").json()["services"]}
        assert {"patient-view", "order-select", "order-sign"} == offered
        assert 404 == client.post("/cds-services/fbss-encounter-start", json={}).status_code


def test_a_server_with_no_service_still_answers_discovery():
    with serving(open=True, hooks="") as client:
        answer = client.get("/cds-services")
        assert (200, {"services": []}) == (answer.status_code, answer.json())


def test_prefetch_keys_are_identifiers():
    assert all(re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", key) for key in PREFETCH)


def test_prefetch_is_plain_first_level_and_repeats_no_parameter():
    for template in PREFETCH.values():
        assert re.fullmatch(
            r"[A-Z][A-Za-z]+(/\{\{context\.patientId\}\}|\?patient=\{\{context\.patientId\}\})", template
        )


def test_each_suggestion_is_one_action_and_needs_no_other():
    suggested = [suggestion for card in some_cards() for suggestion in card.get("suggestions", ())]
    assert suggested
    assert {1} == {len(suggestion["actions"]) for suggestion in suggested}


def test_every_suggested_resource_is_sound_r4():
    suggested = [action for card in some_cards() for action in actions(card)]
    resources = [action["resource"] for action in suggested if "resource" in action]
    assert len(resources) > 2
    assert {"ServiceRequest", "Flag", "Task"} >= {resource["resourceType"] for resource in resources}
    assert [] == [found for resource in resources if (found := problems(resource))]


def test_a_draft_order_of_another_fhir_version_is_left_alone():
    r5 = order("MRI lumbar spine", code=None)
    r5["code"] = {"concept": {"text": "MRI lumbar spine"}}
    assert [] == cards([r5], [operation(), pain(), *mri()])


def test_each_answer_stands_alone(ehr, seen: Seen):
    """A card never speaks of an earlier one, and an order hook repeats no cause: clients drop or keep earlier cards."""
    causes = {c["source"]["topic"]["code"] for c in seen.calls["fbss-patient-view", "full"].cards}
    for ident in ("fbss-order-select", "fbss-order-sign"):
        told = {c["source"]["topic"]["code"] for c in seen.calls[ident, "full"].cards}
        assert told
        assert set() == told & causes


def test_a_problem_that_was_just_written_down_counts(ehr):
    """It comes with the context, and the prefetch may be older than it."""
    history = [r for r in chart(today()) if r["resourceType"] in ("Patient", "Procedure")]
    written_down = next(r for r in chart(today()) if r["resourceType"] == "Condition")
    about = context("problem-list-item-create")
    about["conditions"] = {"resourceType": "Bundle", "entry": [{"resource": written_down}]}
    service = SERVICES["fbss-problem-list-item-create"]
    answer = ehr.call(service.id, request(service.hook, about, prefetch(PREFETCH, about, history)))
    assert 200 == answer.status
    assert "Sciatica" in json.dumps(answer.body) or "leg pain" in json.dumps(answer.body)


@pytest.mark.parametrize("hook", HOOKS)
def test_each_hook_of_the_settings_has_its_context_and_its_service(hook):
    assert hook in hook_request.REQUIRED_CONTEXT
    assert 1 == sum(service.hook == hook for service in SERVICES.values())
