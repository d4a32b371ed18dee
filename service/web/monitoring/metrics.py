"""Counts for Prometheus: what was called, said, skipped and held back; every label comes from a closed list.

With several workers, ``PROMETHEUS_MULTIPROC_DIR`` makes prometheus-client keep the counts in files there, and
``GET /metrics`` of any worker answers for all of them.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import Any

from fastapi import APIRouter
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.multiprocess import MultiProcessCollector
from starlette.responses import Response

from service import timing
from service.domain.statements import Skipped
from service.output.cards import context
from service.web.discovery import SERVICES
from service.web.monitoring import logs

router = APIRouter(tags=["Operations"])

REGISTRY = CollectorRegistry()
BUCKETS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1.0, 2.5, 5.0)
MANY_WORKERS = "PROMETHEUS_MULTIPROC_DIR"

disable_created_metrics()  # type: ignore[no-untyped-call]  # the library leaves these two calls untyped

CALLS = Counter(
    "backstory_calls", "Calls answered, by service and HTTP status", ("service", "status"), registry=REGISTRY
)
SECONDS = Histogram("backstory_call_seconds", "Whole time of a call", ("service",), buckets=BUCKETS, registry=REGISTRY)
STAGE = Histogram(
    "backstory_stage_seconds", "Time of one stage of a call", ("stage",), buckets=BUCKETS, registry=REGISTRY
)
CARDS = Counter("backstory_cards", "Cards sent, by record and indicator", ("rule", "indicator"), registry=REGISTRY)
WITHHELD = Counter(
    "backstory_cards_withheld", "Cards that silent mode held back", ("rule", "indicator"), registry=REGISTRY
)
SKIPPED = Counter("backstory_skipped", "Chart entries left out, by class of reason", ("reason",), registry=REGISTRY)
QUIET = Counter("backstory_quiet", "Answers without a card, by the kind of reason", ("reason",), registry=REGISTRY)
NOT_UNDERSTOOD = Counter(
    "backstory_not_understood", "Clauses that name something clinical and of which nothing was read", registry=REGISTRY
)
FAULTS = Counter("backstory_fetch_faults", "Failed reads of an EHR's FHIR server", ("kind",), registry=REGISTRY)
FEEDBACK = Counter(
    "backstory_feedback", "What clinicians did with cards", ("rule", "outcome", "reason"), registry=REGISTRY
)
DROPPED = Counter("backstory_log_dropped", "Log lines that their reader was too slow for", registry=REGISTRY)
KNOWLEDGE = Gauge(
    "backstory_knowledge_info",
    "1 for the version of the rules in use",
    ("version",),
    registry=REGISTRY,
    multiprocess_mode="max",
)
SILENT = Gauge(
    "backstory_silent", "1 when this installation sends no cards", registry=REGISTRY, multiprocess_mode="max"
)

logs.when_dropped(DROPPED.inc)

OUTCOMES = ("accepted", "overridden")
OTHER = "other"
NONE = "none"

_BY_ROUTE = (
    ("/cds-services/{service_id}/feedback", "feedback"),
    ("/cds-services/{", ""),
    ("/cds-services", "discovery"),
    ("/explain", "explain"),
    ("/fhir", "fhir"),
    ("/about", "about"),
    ("/app", "page"),
)

# The words with which intake begins a reason, and the class they are counted under.
_CLASSES = (
    ("about another patient", "other-patient"),
    ("a second copy", "duplicate"),
    ("a resource type that these rules do not read", "unread-type"),
    ("R5 shape", "not-r4"),
    ("used, though not valid", "invalid-but-used"),
    ("text not read: only searched", "searched-text"),
    ("text not read", "unread-text"),
    ("dated after", "future"),
    ("used as of the day", "dated-ahead"),
    ("in no value set", "unmapped-code"),
    ("not an answer", "unread-answer"),
    ("coded as a finding that", "unread-answer"),
    ("its value is not a word", "unread-answer"),
    ("status is entered-in-error", "entered-in-error"),
    ("verificationStatus", "refuted"),
    ("status", "status"),
)

# The words in which the fetch says why a key could not be had, and the kind of fault they are counted under. What a
# client never offered to let us fetch is no fault.
_FAULTS = (
    ("no answer in time", "timeout"),
    ("the connection failed", "unreachable"),
    ("the server answered 401", "unauthorised"),
    ("the server answered 403", "forbidden"),
    ("the server answered 404", "not-found"),
    ("the server answered 429", "too-many"),
    ("the server answered 3", "redirect"),
    ("the server answered 4", "client-error"),
    ("the server answered 5", "server-error"),
    ("too large", "too-large"),
    ("too many entries", "too-large"),
    ("not sound JSON", "not-json"),
    ("not what was asked for", "not-fhir"),
    ("compressed", "not-fhir"),
    ("pages do not end", "paging"),
    ("next page is on another server", "paging"),
    ("lies on another server", "refused"),
    ("outside the granted scope", "scope"),
    ("private or link-local", "refused"),
    ("fhirServer is not", "refused"),
    ("fhirAuthorization", "refused"),
)
FAULT_KINDS = frozenset(kind for _, kind in _FAULTS)

_records: set[str] = {"orientation"}


def started(version: str, records: Iterable[str], *, silent: bool) -> None:
    """Name the rules in use, and with them the only words that may stand in the label ``rule``."""
    _records.update(records)
    KNOWLEDGE.labels(version).set(1)
    SILENT.set(int(silent))


def called(service: str, status: int, seconds: float, times: timing.Times) -> None:
    _calls(service, status).inc()
    _seconds(service).observe(seconds)
    for stage, began, ended in times:
        _stage(stage).observe((ended - began) / 1e9)


def answered(sent: Iterable[Mapping[str, Any]], held_back: Iterable[Mapping[str, Any]]) -> None:
    for card in sent:
        _cards(_rule(card["source"]["topic"]["code"]), card["indicator"]).inc()
    for card in held_back:
        _withheld(_rule(card["source"]["topic"]["code"]), card["indicator"]).inc()


def quiet(reason: str) -> None:
    """An answer without a card, and why nothing was said."""
    QUIET.labels(reason).inc()


def skipped(entries: Iterable[Skipped]) -> dict[str, int]:
    """Count what was left out, and tell how often each class of reason was met."""
    met: dict[str, int] = {}
    for entry in entries:
        reason = class_of(entry.reason)
        met[reason] = met.get(reason, 0) + 1
    for reason, number in met.items():
        _skipped(reason).inc(number)
    return met


def fetch_failed(reason: str) -> None:
    """Count one key that could not be fetched from the EHR's FHIR server, if this reason is such a fault."""
    if kind := fault_of(reason):
        _faults(kind).inc()


def feedback_counted(rule: str, outcome: str, reason: str = "") -> None:
    """Count one piece of feedback: the record the card spoke for, the outcome, the code of the override reason."""
    reasons = {code for code, _ in context.OVERRIDES}
    FEEDBACK.labels(
        _rule(rule),
        outcome if outcome in OUTCOMES else OTHER,
        reason if reason in reasons else OTHER if reason else NONE,
    ).inc()


def service_of(route: str, params: Mapping[str, Any]) -> str:
    """The label ``service``: the id of an offered CDS service, or the name of another door."""
    for start, name in _BY_ROUTE:
        if route.startswith(start):
            asked = params.get("service_id")
            return name or (asked if isinstance(asked, str) and asked in SERVICES else "unknown")
    return OTHER


@lru_cache(1024)
def class_of(reason: str) -> str:
    """The class of a reason for leaving an entry out; what is not known by its words has the wrong shape."""
    return next((name for start, name in _CLASSES if reason.startswith(start)), "shape")


@lru_cache(256)
def fault_of(reason: str) -> str:
    """The kind of a fault of fetching; "" for a reason that has nothing to do with it."""
    if "with fhirAuthorization to fetch it from" in reason:
        return ""
    return next((kind for words, kind in _FAULTS if words in reason), "")


@router.get("/metrics", summary="Counts in the Prometheus format")
async def metrics() -> Response:
    return Response(generate_latest(_all()), media_type=CONTENT_TYPE_LATEST)


def _all() -> CollectorRegistry:
    if MANY_WORKERS not in os.environ:
        return REGISTRY
    whole = CollectorRegistry()
    MultiProcessCollector(whole)  # type: ignore[no-untyped-call]  # the second of them
    return whole


if MANY_WORKERS not in os.environ:
    ProcessCollector(registry=REGISTRY)  # memory and start time of this process; of many they would be one's at random


def _rule(record: str) -> str:
    return record if record in _records else OTHER


# Looking a labelled child up costs more than counting in it.
_calls = cache(lambda service, status: CALLS.labels(service, str(status)))
_seconds = cache(SECONDS.labels)
_stage = cache(STAGE.labels)
_cards = cache(CARDS.labels)
_withheld = cache(WITHHELD.labels)
_skipped = cache(SKIPPED.labels)
_faults = cache(FAULTS.labels)
