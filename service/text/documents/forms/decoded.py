"""What is left of a document once it is opened."""

from __future__ import annotations

from typing import NamedTuple

LONGEST = 1_000_000
"""Characters that are taken of one document; what lies beyond is named."""


class Decoded(NamedTuple):
    """``text`` is "" where nothing could be read; ``problem`` then says why, in words for the reader of a card. With
    both, the document was read in part."""

    text: str
    problem: str = ""


class Wrapped(NamedTuple):
    """A document that holds another one instead of sections: that one's media type and its base64."""

    kind: str
    data: str


def of(text: str, nothing: str, problem: str = "") -> Decoded:
    """The text within its bounds; ``nothing`` is the problem of a document that holds no word."""
    # A lone surrogate, which damaged documents hold, can be written to no answer.
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace") if not text.isascii() else text
    if not any(map(str.isalnum, text)):
        return Decoded("", nothing)
    if len(text) > LONGEST:
        return Decoded(text[:LONGEST], f"only its first {LONGEST:,} characters were read")
    return Decoded(text, problem)
