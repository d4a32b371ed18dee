"""CDS Hooks feedback: what clinicians did with cards, counted by rule, outcome and override reason; nothing is stored.

The id of a card tells its rule (service/output/cards/ids.py), so any process can count. Free text and clinicians'
names are never read. A repeated report counts once while its card is among the latest ``WINDOW`` that this process
heard of.
"""

from __future__ import annotations

import uuid
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

import orjson
from fastapi import APIRouter, Request
from starlette.responses import Response

from service.domain.errors import BadRequest
from service.output.cards import context, ids
from service.settings import Settings
from service.web import openapi
from service.web.authentication import Guarded, caller
from service.web.cds_hooks import known
from service.web.monitoring import metrics
from service.web.monitoring.logs import log
from service.web.request_body import read_json, taken
from service.web.request_context import request_id

router = APIRouter(tags=["CDS Hooks"], route_class=Guarded)

WINDOW = 20_000
MOST_AT_ONCE = 500
OUTCOMES = ("accepted", "overridden")
NO_REASON, OTHER_REASON = "", "other"
_OWN_REASONS = frozenset(code for code, _ in context.OVERRIDES)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one card; ``reason`` is one of our own codes, "other", or "" when none was given."""

    card: str
    outcome: str
    reason: str


@dataclass(slots=True)
class Heard:
    """Which (card, outcome) pairs were counted lately; the oldest are forgotten first."""

    seen: OrderedDict[tuple[str, str], None] = field(default_factory=OrderedDict)
    lock: Lock = field(default_factory=Lock)

    def is_new(self, verdict: Verdict) -> bool:
        key = (verdict.card, verdict.outcome)
        with self.lock:
            if key in self.seen:
                self.seen.move_to_end(key)
                return False
            self.seen[key] = None
            if len(self.seen) > WINDOW:
                self.seen.popitem(last=False)
            return True


@router.post("/cds-services/{service_id}/feedback", summary="Feedback on cards", openapi_extra=openapi.FEEDBACK)
async def feedback(service_id: str, request: Request) -> Response:
    """Count what became of cards. The same report may be sent again; unknown cards are counted as such."""
    client = caller(request)
    settings: Settings = request.app.state.settings
    known(service_id, settings, client)
    body, turn = await taken(request, settings)
    with turn:
        verdicts = await turn.run(lambda: read(read_json(body, settings)))
    for verdict in verdicts:
        if request.app.state.heard.is_new(verdict):
            rule = ids.topic_of(verdict.card, request.app.state.topics)
            metrics.feedback_counted(rule, verdict.outcome, verdict.reason)
            log.info("feedback", request_id=request_id(), service=service_id, rule=rule, outcome=verdict.outcome,
                     reason=verdict.reason or "none")  # fmt: skip
    return Response(orjson.dumps({"received": len(verdicts)}), media_type="application/json")


def read(payload: object) -> tuple[Verdict, ...]:
    """Check the whole report before anything is counted. Raises BadRequest, naming the attribute and not its value."""
    given = payload.get("feedback") if isinstance(payload, dict) else None
    items = [given] if isinstance(given, dict) else given
    if not isinstance(items, list):
        raise BadRequest("'feedback' is missing; it must be a list.")
    if len(items) > MOST_AT_ONCE:
        raise BadRequest(f"More than {MOST_AT_ONCE} entries in 'feedback'; send fewer at a time.")
    return tuple(_verdict(item) for item in items)


def _verdict(item: object) -> Verdict:
    if not isinstance(item, dict):
        raise BadRequest("Each entry of 'feedback' must be an object.")
    outcome = item.get("outcome")
    if outcome not in OUTCOMES:
        raise BadRequest("'feedback.outcome' must be 'accepted' or 'overridden'.")
    return Verdict(_card(item.get("card")), outcome, _reason(item) if outcome == "overridden" else NO_REASON)


def _card(given: object) -> str:
    if isinstance(given, str):
        try:
            return str(uuid.UUID(given))
        except ValueError:
            pass
    raise BadRequest("'feedback.card' is missing; it must be the UUID of a card.")


def _reason(item: Mapping[str, Any]) -> str:
    """The code of the reason if it is one of ours. Any other code could be free text in disguise."""
    told = item.get("overrideReason")
    reason = told.get("reason") if isinstance(told, dict) else None
    code = reason.get("code") if isinstance(reason, dict) else None
    if code is None:
        return OTHER_REASON if told else NO_REASON
    return code if isinstance(code, str) and code in _OWN_REASONS else OTHER_REASON
