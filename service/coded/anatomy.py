"""Level and side of one thing: what several codes and words say of it in, one place and one side out."""

from __future__ import annotations

from collections.abc import Sequence

from service.domain import spine
from service.domain.places import NOWHERE, Place, Side
from service.text.documents import level_parser


def hear(heard: dict[str, tuple[Place, Side]], words: str) -> tuple[Place, Side]:
    """What the words say of level and side; ``heard`` holds those met before in this chart."""
    if words not in heard:
        heard[words] = level_parser.place_in_text(words), level_parser.side_in_text(words)
    return heard[words]


def finest(places: Sequence[Place]) -> Place:
    """One place from several; most entries name one or none, and need no joining."""
    found = NOWHERE
    for place in places:
        if place.segments or place.region:
            if found is not NOWHERE and found != place:
                return spine.join(places)
            found = place
    return found
