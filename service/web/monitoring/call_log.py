"""What one hook call leaves behind for the hospital's IT: counts, and the fields of its log line; no patient data."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from service.domain.conclusions import Conclusions
from service.fhir.record import Record
from service.intake.bundles import Gathered
from service.intake.hook_request import Call
from service.reasoning import why_silent
from service.web.discovery import PREFETCH
from service.web.monitoring import metrics
from service.web.request_context import note

Cards = Sequence[Mapping[str, Any]]


def asked(call: Call) -> None:
    """Note which hook was called; hookInstance only if it is a UUID, since any other text could name a patient."""
    note(hook=call.hook)
    try:
        note(hook_instance=str(uuid.UUID(call.instance)))
    except ValueError:
        note(hook_instance="not a UUID")


def fetched(gathered: Gathered) -> None:
    """Count what could not be fetched, or in part only."""
    for reason in (*gathered.unavailable.values(), *gathered.partial.values()):
        metrics.fetch_failed(reason)


def opened(record: Record) -> None:
    """Count the documents that could not be fetched."""
    for file in record.files.values():
        metrics.fetch_failed(file.problem)


def answered(record: Record, conclusions: Conclusions, sent: Cards, held_back: Cards) -> dict[str, int]:
    """Count and note the answer: the records that fired, cards by indicator, what was skipped, missing, held back.

    How many entries were skipped comes back, by class of reason.
    """
    metrics.answered(sent, held_back)
    metrics.NOT_UNDERSTOOD.inc(len(conclusions.sheet.not_understood))
    told: dict[str, Any] = {"cards": Counter(card["indicator"] for card in sent)}
    if conclusions.silent:
        told["silent"] = why_silent.kind_of(conclusions.silent)
        metrics.quiet(told["silent"])
    if held_back:
        told["withheld"] = {card["source"]["topic"]["code"]: card["indicator"] for card in held_back}
    if conclusions.fired:
        told["rules"] = list(conclusions.fired)
    if skipped := metrics.skipped(record.skipped):
        told["skipped"] = skipped
    if missing := [key for key in record.missing if key in PREFETCH]:
        told["missing"] = missing
    note(**told)
    return skipped
