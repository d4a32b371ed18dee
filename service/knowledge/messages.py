"""Sentences for the person who can mend the knowledge: which file, what is wrong, what is allowed or meant."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from service.domain.errors import ServiceError


class RuleError(ServiceError):
    """The rule set or the site file breaks its own laws; the service does not start with it."""

    def __init__(self, violations: Iterable[str]) -> None:
        self.violations = tuple(violations)
        super().__init__("\n".join(self.violations))


def unknown(file: str, what: str, word: object, known: Iterable[str]) -> str:
    choices = sorted(known)
    near = get_close_matches(str(word), choices, 1)
    if near:
        hint = f"Did you mean '{near[0]}'?"
    elif len(choices) <= 12:
        hint = f"Allowed: {', '.join(choices) or 'nothing'}."
    else:
        hint = f"There are {len(choices)} allowed values, none of them close."
    return f"{file}: {what} '{word}' is not known. {hint}"


def missing(file: str, what: str) -> str:
    return f"{file}: {what} is missing."


def wrong(file: str, what: str, rule: str) -> str:
    return f"{file}: {what} {rule}."
