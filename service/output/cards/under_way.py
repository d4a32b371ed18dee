"""What is being done already: the orders of the chart in; whether a proposed order is among them, out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from service.domain import partial_dates
from service.domain.conclusions import NextStep
from service.fhir.resources import ServiceRequest
from service.output.cards import step_names

_OPEN = frozenset({"active", "on-hold", "draft"})
_LONGEST_DAYS = 60
"""An order that is older and still open was forgotten, and is proposed again."""
_REFERRAL = re.compile(r"(?i)\b(?:refer|review|consult|clinic|appointment)")


class UnderWay(NamedTuple):
    """The codes and the words of the orders that are open."""

    codes: frozenset[str] = frozenset()
    words: tuple[str, ...] = ()


def read(requests: Iterable[ServiceRequest], as_of: date) -> UnderWay:
    """The open orders of the last sixty days."""
    codes: set[str] = set()
    words: list[str] = []
    for request in requests:
        written = partial_dates.parse(request.authored_on)
        if (request.status or "").strip().lower() not in _OPEN or request.intent in ("proposal", "option"):
            continue
        if request.code is None or written is None or (as_of - written.last).days > _LONGEST_DAYS:
            continue
        codings = [coding for coding in request.code.coding or () if coding is not None]
        codes |= {coding.code for coding in codings if coding.code}
        words.append(" ".join([request.code.text or "", *(coding.display or "" for coding in codings)]).lower())
    return UnderWay(frozenset(codes), tuple(words))


def left(orders: list[dict[str, Any]], step: NextStep, known: UnderWay) -> list[dict[str, Any]]:
    """The orders that are not open already, by code or, for a referral or an order without a code, by its words."""
    return [order for order in orders if not _is_open(order, step, known)]


def _is_open(order: dict[str, Any], step: NextStep, known: UnderWay) -> bool:
    if any(coding["code"] in known.codes for coding in order["code"].get("coding", ())):
        return True
    title, name = order["code"]["text"].lower(), step_names.short(step).lower()
    if any(title in words or (" " in name and name in words) for words in known.words):
        return True
    return step.kind == "referral" and any(name in words and _REFERRAL.search(words) for words in known.words)
