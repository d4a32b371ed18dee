"""A card before anything can be done with it: what it says in; its JSON with id, source, reasons and link out."""

from __future__ import annotations

from typing import Any

from service.domain.conclusions import LONGEST_SUMMARY
from service.fhir.canonical import CANONICAL
from service.output.cards.context import OVERRIDES, Writing, topic_of
from service.output.cards.markdown import clip

_OVERRIDE_REASONS = tuple(
    {"code": code, "system": f"{CANONICAL}/CodeSystem/override-reasons", "display": display}
    for code, display in OVERRIDES
)


def write(topic: str, title: str, summary: str, indicator: str, detail: str, writing: Writing) -> dict[str, Any]:
    """A card without suggestions: id, summary, detail, source and the reasons a clinician may override it with."""
    source: dict[str, Any] = {"label": writing.label, "topic": topic_of(topic, title)}
    if writing.url:
        source["url"] = writing.url
    card: dict[str, Any] = {
        "uuid": writing.new_id(topic),
        "summary": clip(" ".join(summary.split()), LONGEST_SUMMARY),
        "indicator": indicator,
        "source": source,
        "overrideReasons": list(_OVERRIDE_REASONS),
    }
    if detail:
        card["detail"] = detail
    if writing.page:
        link = {"label": "Whole reasoning", "url": writing.page, "type": "smart", "appContext": topic}
        card["links"] = [link]
    return card
