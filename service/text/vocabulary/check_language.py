"""Merged language tables to nothing, or to a `LanguageError` that names the entry that leads nowhere."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from service.text.vocabulary.language import LanguageError

KINDS = frozenset({"report", "note", "condition", "procedure"})
"""The kinds of text to which a frame may be bound."""

SIGNS = {"said": "", "denied": "-", "doubted": "?"}

_ASKED = (
    "acts", "adjectives", "body", "claims", "everyday", "fine", "looking-back", "nouns", "pairs", "says-none", "signs",
    "sound", "states", "surgical", "vital-signs",
)  # fmt: skip
"""The groups that the reader asks for by name."""


def check_groups(raw: Mapping[str, Any], classes: Mapping[str, str]) -> None:
    """Every group that the reader asks for is there, and every member is a class or a concept."""
    groups = raw.get("group", {})
    for name in _ASKED:
        if name not in groups:
            raise LanguageError(f"the group {name} is missing, which the reader asks for")
    for group, members in groups.items():
        for member in members if group != "everyday" else ():  # its members are words
            if member not in classes and member not in raw["concept"]:
                raise LanguageError(f"the group {group} holds {member}, which is neither a class nor a concept")


def check_implies(raw: Mapping[str, Any]) -> None:
    """A concept implies concepts of the language only."""
    for concept, implied in raw.get("implies", {}).items():
        for name in (concept, *implied):
            if name.rpartition(":")[2].lstrip("-?") not in raw["concept"]:
                raise LanguageError(f"{concept} implies {name}, which the language data does not list as a concept")


def check_frame(entry: Mapping[str, Any]) -> None:
    """A frame has a part, a known sign and known kinds of text."""
    concept = entry["concept"]
    if not entry["all"]:
        raise LanguageError(f"a frame of {concept} has no part")
    if entry.get("sign", "said") not in SIGNS:
        raise LanguageError(f"a frame of {concept} has the sign {entry['sign']!r}; known are {', '.join(SIGNS)}")
    for kind in entry.get("kinds", ()):
        if kind not in KINDS:
            raise LanguageError(f"a frame of {concept} is bound to the kind {kind!r}; known are {sorted(KINDS)}")
