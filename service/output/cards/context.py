"""What cards need beside the conclusions, and the names they share with the FHIR answers."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field

from service.fhir.canonical import CANONICAL
from service.output.cards.under_way import UnderWay

OVERRIDES = (
    ("already-done", "Already done or ordered elsewhere"),
    ("not-now", "Not relevant to this visit"),
    ("known", "Already known and under way"),
    ("disagree", "Does not fit this patient"),
    ("declined", "Patient declined"),
)
NOT_TOLD = frozenset({"flags", "questionnaireResponses"})
"""Kinds of data that most charts do not hold: hidden cards and answers of ours. No card need name their absence."""


def _any_uuid(_: str) -> str:
    return str(uuid.uuid4())


@dataclass(frozen=True, slots=True)
class Writing:
    """What the cards need beside the conclusions: whom they are about, whose they are, and what is known already.

    ``new_id`` makes the uuid of a card or suggestion from the record it speaks for; ``missing`` names the kinds of
    data that could not be had; ``known`` the content keys of cards that are to stay hidden, of which ``hide_known``
    says whether that is offered; ``under_way`` the orders that are open; ``page`` where the whole reasoning is shown.
    """

    patient: str = ""
    encounter: str = ""
    rule_set: str = ""
    missing: tuple[str, ...] = ()
    label: str = "Backstory FBSS rules (draft)"
    url: str = ""
    page: str = ""
    new_id: Callable[[str], str] = _any_uuid
    known: frozenset[str] = frozenset()
    hide_known: bool = True
    under_way: UnderWay = field(default_factory=UnderWay)


def topic_of(code: str, display: str) -> dict[str, str]:
    return {"system": f"{CANONICAL}/CodeSystem/causes", "code": code, "display": display}
