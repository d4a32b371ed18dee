"""What cards need beside the conclusions, and the names they share with the FHIR answers."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from service.fhir.canonical import CANONICAL

OVERRIDES = (
    ("already-done", "Already done or ordered elsewhere"),
    ("not-now", "Not relevant to this visit"),
    ("known", "Already known and under way"),
    ("disagree", "Does not fit this patient"),
    ("declined", "Patient declined"),
)


def _any_uuid(_: str) -> str:
    return str(uuid.uuid4())


@dataclass(frozen=True, slots=True)
class Writing:
    """What the cards need beside the conclusions: whom they are about, whose they are, and how to cite.

    ``citations`` holds each source as a card names it; ``new_id`` makes the uuid of a card or suggestion from the
    record it speaks for; ``missing`` names the kinds of data that could not be had.
    """

    patient: str = ""
    encounter: str = ""
    citations: Mapping[str, str] = field(default_factory=dict)
    rule_set: str = ""
    missing: tuple[str, ...] = ()
    label: str = "Backstory FBSS rules (draft)"
    url: str = "https://backstory.example"
    new_id: Callable[[str], str] = _any_uuid


def topic_of(code: str, display: str) -> dict[str, str]:
    return {"system": f"{CANONICAL}/CodeSystem/causes", "code": code, "display": display}
