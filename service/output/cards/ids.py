"""Ids of cards and suggestions: a rule's topic in, a fresh UUID that still tells the topic out; and back again.

A stateless service cannot look up which rule a card came from, so the id carries it: the last 24 bits are a hash of
the topic, the other 98 free bits are random (decisions/card-ids.md).
"""

from __future__ import annotations

import hashlib
import os
import uuid
from collections.abc import Iterable, Mapping
from functools import cache

from service.knowledge import Knowledge

UNKNOWN = "unknown"
ORIENTATION = "orientation"
ORDER = "order-"
SURGERY = "spine-surgery"
INJECTION = "spinal-injection"

_TAG_BITS = 24
_TAG = (1 << _TAG_BITS) - 1


def new_id(topic: str) -> str:
    """A new UUID (version 4 in form) whose tail tells the topic."""
    drawn = int.from_bytes(os.urandom(16), "big")
    return str(uuid.UUID(int=drawn & ~_TAG | tag_of(topic), version=4))


def topic_of(ident: str, topics: Mapping[int, str]) -> str:
    """The topic an id was made for, or ``unknown``; any text may be given."""
    try:
        return topics.get(uuid.UUID(ident).int & _TAG, UNKNOWN)
    except ValueError:
        return UNKNOWN


def topics_of(knowledge: Knowledge) -> dict[int, str]:
    """Every topic that a card of this rule set can have, by its tag. Raises ValueError when two share a tag."""
    named = dict.fromkeys((*_topics(knowledge), *(f"{ORDER}{name}" for name in (*knowledge.steps, SURGERY, INJECTION))))
    tags = {tag_of(topic): topic for topic in named}
    if len(tags) != len(named):
        raise ValueError("two topics share a tag; rename the newer record")
    return tags


@cache
def tag_of(topic: str) -> int:
    """The hash of a topic; there are as many topics as rules, so all may be remembered."""
    return int.from_bytes(hashlib.sha256(topic.encode()).digest()[: _TAG_BITS // 8], "big")


def _topics(knowledge: Knowledge) -> Iterable[str]:
    yield ORIENTATION
    yield from (record.id for record in knowledge.records)
    yield from knowledge.disabled
