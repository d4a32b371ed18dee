"""Feedback: counted once, by the rule that the card's id carries; tolerant, and blind to patient data."""

from __future__ import annotations

import uuid

import orjson
import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from service.domain.errors import BadRequest
from service.output.cards import ids as card_ids
from service.web.feedback import Heard, Verdict, read
from service.web.monitoring.metrics import FEEDBACK
from tests.ehr.serving import serving
from tests.orders.drafting import service, some_cards

FEEDBACK_AT = "/cds-services/fbss-patient-view/feedback"
WHEN = "2026-11-20T12:00:00Z"


@pytest.fixture(scope="module")
def ehr():
    with serving(open=True) as client:
        yield client


@pytest.fixture(scope="module")
def topics():
    return card_ids.topics_of(service().knowledge)


def counted(rule, outcome, reason="none"):
    return FEEDBACK.labels(rule, outcome, reason)._value.get()


def entry(card, outcome="accepted", **more):
    return {"card": card, "outcome": outcome, "outcomeTimestamp": WHEN, **more}


def send(ehr, *entries):
    return ehr.post(FEEDBACK_AT, json={"feedback": list(entries)})


def test_the_id_of_a_card_tells_its_rule_and_is_new_each_time(topics):
    ids = {card_ids.new_id("recurrent-herniation") for _ in range(200)}
    assert 200 == len(ids)
    assert {"recurrent-herniation"} == {card_ids.topic_of(ident, topics) for ident in ids}
    assert {4} == {uuid.UUID(ident).version for ident in ids}


def test_every_topic_has_a_tag_of_its_own(topics):
    for topic in topics.values():
        assert topic == card_ids.topic_of(card_ids.new_id(topic), topics)


@given(st.text() | st.uuids().map(str))
def test_any_other_id_is_unknown_or_at_least_no_error(ident):
    assert isinstance(card_ids.topic_of(ident, {1: "x"}), str)


def test_accepted_and_overridden_are_counted_by_rule_and_reason(ehr):
    before = counted("rf-cauda-equina", "accepted"), counted("rf-cauda-equina", "overridden", "disagree")
    reason = {"reason": {"code": "disagree", "system": "https://backstory.example/fhir/CodeSystem/override-reasons"}}
    taken = [{"id": card_ids.new_id("rf-cauda-equina")}]
    answer = send(
        ehr,
        entry(card_ids.new_id("rf-cauda-equina"), acceptedSuggestions=taken),
        entry(card_ids.new_id("rf-cauda-equina"), "overridden", overrideReason=reason),
    )
    assert (200, {"received": 2}) == (answer.status_code, answer.json())
    after = counted("rf-cauda-equina", "accepted"), counted("rf-cauda-equina", "overridden", "disagree")
    assert (before[0] + 1, before[1] + 1) == after


def test_the_same_report_counts_once_however_often_it_comes(ehr):
    card = card_ids.new_id("orientation")
    before = counted("orientation", "accepted")
    assert [200] * 3 == [send(ehr, entry(card), entry(card.upper())).status_code for _ in range(3)]
    assert before + 1 == counted("orientation", "accepted")


def test_an_order_card_is_counted_by_its_step(ehr):
    before = counted("order-mri-lumbar", "overridden")
    send(ehr, entry(card_ids.new_id("order-mri-lumbar"), "overridden"))
    assert before + 1 == counted("order-mri-lumbar", "overridden")


def test_an_unknown_card_is_accepted_and_counted_as_unknown(ehr):
    before = counted("unknown", "accepted")
    assert 200 == send(ehr, entry("00000000-0000-4000-8000-000000000000")).status_code
    assert before + 1 == counted("unknown", "accepted")


def test_what_the_window_forgot_would_count_again_but_memory_is_bounded(monkeypatch):
    monkeypatch.setattr("service.web.feedback.WINDOW", 3)
    heard = Heard()
    assert all(heard.is_new(Verdict(str(n), "accepted", "")) for n in range(10))
    assert 3 == len(heard.seen)
    assert heard.is_new(Verdict("9", "accepted", "")) is False
    assert heard.is_new(Verdict("9", "overridden", ""))


@pytest.mark.parametrize(
    "reason",
    [
        {"reason": {"code": "Mrs Smith said no", "system": "x"}},
        {"reason": {"code": 7}},
        {"reason": "disagree"},
        {"userComment": "Mrs Smith, born 1950, declined"},
        {"reason": {}},
    ],
)
def test_free_text_never_becomes_a_label(reason):
    (verdict,) = read({"feedback": [entry(str(uuid.uuid4()), "overridden", overrideReason=reason)]})
    assert "other" == verdict.reason


def test_free_text_and_card_ids_are_not_logged(ehr):
    card = card_ids.new_id("orientation")
    with structlog.testing.capture_logs() as lines:
        send(ehr, entry(card, "overridden", overrideReason={"userComment": "Mrs Smith declined"}))
    said = orjson.dumps(lines, default=str).decode()
    assert "Smith" not in said
    assert card not in said


def test_each_piece_of_feedback_leaves_one_structured_line(monkeypatch, ehr):
    class Log:
        def info(self, event, **told):
            lines.append({"event": event, **told})

    lines = []
    monkeypatch.setattr("service.web.feedback.log", Log())
    send(ehr, entry(card_ids.new_id("recurrent-herniation"), "overridden"))
    (line,) = lines
    assert ("feedback", "fbss-patient-view", "recurrent-herniation", "overridden", "none") == tuple(
        line[name] for name in ("event", "service", "rule", "outcome", "reason")
    )


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'"x"',
        b"{}",
        b'{"feedback": null}',
        b'{"feedback": [1]}',
        b'{"feedback": [{"outcome": "accepted"}]}',
        b'{"feedback": [{"card": "x", "outcome": "accepted"}]}',
        b'{"feedback": [{"card": "0d0e9c0c-8f4e-4a53-8a33-0b8c52b4e1a1"}]}',
        b'{"feedback": [{"card": "0d0e9c0c-8f4e-4a53-8a33-0b8c52b4e1a1", "outcome": "maybe"}]}',
    ],
)
def test_malformed_feedback_is_refused_with_an_operation_outcome(ehr, body):
    answer = ehr.post(FEEDBACK_AT, content=body, headers={"Content-Type": "application/json"})
    assert (400, "OperationOutcome") == (answer.status_code, answer.json()["resourceType"])


def test_one_bad_entry_keeps_the_good_ones_uncounted_so_that_the_report_can_be_sent_again(ehr):
    before = counted("rf-discitis", "accepted")
    assert 400 == send(ehr, entry(card_ids.new_id("rf-discitis")), {"outcome": "accepted"}).status_code
    assert before == counted("rf-discitis", "accepted")


def test_a_single_object_in_place_of_the_list_is_taken():
    assert 1 == len(read({"feedback": entry(str(uuid.uuid4()))}))


def test_an_unknown_service_has_no_feedback(ehr):
    assert 404 == ehr.post("/cds-services/nobody/feedback", json={"feedback": []}).status_code


def test_too_many_at_once_are_refused():
    with pytest.raises(BadRequest, match="More than"):
        read({"feedback": [entry(str(uuid.uuid4()))] * 501})


def test_cards_and_suggestions_carry_their_rule(topics):

    for card in some_cards():
        topic = card["source"]["topic"]["code"]
        ids = [card["uuid"], *(suggestion["uuid"] for suggestion in card.get("suggestions", ()))]
        told = [card_ids.topic_of(ident, topics) for ident in ids]
        assert topic == told[0]
        # A button of an order that the card took in carries the rule of the order.
        assert all(one == topic or one.startswith("order-") for one in told)


def test_the_published_schema_says_what_feedback_does(ehr):
    told = ehr.get("/openapi.json").json()["paths"]["/cds-services/{service_id}/feedback"]["post"]

    assert told["description"].startswith("Count what became of cards.")
