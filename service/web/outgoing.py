"""The last look at what is sent: texts in; the same, which no terminal obeys and, on cards, no viewer links, out.

Chart texts are escaped where cards are written. Viewers of GitHub-flavoured markdown make links of bare addresses too,
by rules that no escape stops: what they look for is parted here by a space without width.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

_GAP = "\u200b"
_LINK = re.compile(r"(?i)(?<=[a-z])(?=://)|(?<=www)(?=\.)|(?<=@)(?=[\w.-])|(?<=mailto)(?=:)|(?<=xmpp)(?=:)")
_STEERING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_MARKS = ("://", "www.", "@", "mailto:", "xmpp:")


def harmless(cards: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The cards with every text that may hold words of a chart made harmless; addresses of ours stay as they are."""
    return [_card(card) for card in cards]


def _card(card: dict[str, Any]) -> dict[str, Any]:
    changed: dict[str, Any] = {
        name: text(card[name]) for name in ("summary", "detail") if isinstance(card.get(name), str)
    }
    if listed := card.get("suggestions"):
        changed["suggestions"] = [_suggestion(each) for each in listed]
    return {**card, **changed}


def _suggestion(suggestion: dict[str, Any]) -> dict[str, Any]:
    return {**suggestion, "label": text(suggestion["label"])}


def text(told: str) -> str:
    """One text without links, and without characters that steer what shows it."""
    told = _unsteered(told)
    lower = told.lower()
    return _LINK.sub(_GAP, told) if any(mark in lower for mark in _MARKS) else told


def unsteered(told: Any) -> Any:
    """Plain values of any depth, every text in them without characters that steer what shows it."""
    if isinstance(told, str):
        return _unsteered(told)
    if isinstance(told, dict):
        return {name: unsteered(each) for name, each in told.items()}
    return [unsteered(each) for each in told] if isinstance(told, list | tuple) else told


def _unsteered(told: str) -> str:
    # The end of a line is not printable either, so this is a quick look only.
    return told if told.isprintable() else _STEERING.sub("", told)
