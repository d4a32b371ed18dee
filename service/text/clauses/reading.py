"""One concept as a sentence has it, before it is a statement."""

from __future__ import annotations

from msgspec import Struct


class Reading(Struct, frozen=True, gc=False):
    """One concept that a sentence says, denies or doubts. ``runs`` are the token runs it stands on, ``start`` and
    ``end`` the characters of its head; ``away`` (advice, plan, another person), ``past`` and ``topic`` (the subject
    of an improvement) keep it from being a present finding."""

    concept: str
    sign: str
    start: int
    end: int
    first: int
    last: int
    away: bool = False
    past: bool = False
    topic: bool = False
    known: bool = False
    frame: int = -1
