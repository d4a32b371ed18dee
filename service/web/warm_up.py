"""Readiness is earned: one invented chart goes down the whole line, so that the first patient does not wait for it."""

from __future__ import annotations

import gc
import sys
from datetime import date

from service import pipeline
from service.output.cards import cards
from service.web import golden_charts

_SWITCH_SECONDS = 0.0001
"""After which the thread that evaluates large charts lets the event loop on. Each connection is accepted in a turn of
the loop of its own: a probe behind 64 others waits for as many switches."""

_AS_OF = date(2026, 1, 15)
_SUBJECT = {"reference": "Patient/warm-up"}
_CHART = {
    "resourceType": "Bundle",
    "type": "collection",
    "entry": [
        {"resource": resource}
        for resource in (
            {"resourceType": "Patient", "id": "warm-up", "birthDate": "1970-01-01"},
            {
                "resourceType": "Procedure",
                "id": "p1",
                "status": "completed",
                "subject": _SUBJECT,
                "performedDateTime": "2024-01-10",
                "code": {"text": "Lumbar discectomy L4-L5 left"},
            },
            {
                "resourceType": "Condition",
                "id": "c1",
                "subject": _SUBJECT,
                "recordedDate": "2025-12-20",
                "code": {"text": "Left leg pain, came back after a good year following the discectomy"},
            },
            {
                "resourceType": "DiagnosticReport",
                "id": "r1",
                "status": "final",
                "subject": _SUBJECT,
                "effectiveDateTime": "2026-01-05",
                "code": {"text": "MRI lumbar spine"},
                "conclusion": "Recurrent disc herniation L4-L5 left. No epidural abscess.",
            },
        )
    ],
}


def warm_up(service: pipeline.Service) -> None:
    """Evaluate the golden charts (RuleError when one comes out wrong), then the invented chart: compiles the language
    data and fills every cache. Then leave what stays for good out of garbage collection, which would walk through it
    again and again."""
    golden_charts.check(service)
    record = pipeline.read(_CHART, _AS_OF)
    cards.write(pipeline.conclude(record, service, explain=False), pipeline.writing(service, "warm-up"))
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)  # a parser of many small things is stopped less often; it leaves no cycles behind
    gc.enable()
    sys.setswitchinterval(_SWITCH_SECONDS)
