"""Search in the rules: words in; out, what holds all of them, with the line in which they stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from service.knowledge.frame_families import Family
from service.knowledge.telling import Told

LONGEST_QUERY = 120
"""Characters of a query that are looked at."""

LONGEST_LINE = 220
"""Characters of a found line that are shown."""


@dataclass(frozen=True, slots=True)
class Found:
    """The line that tells best why something was found, cut into pieces; ``True`` marks a word that was asked for."""

    line: tuple[tuple[str, bool], ...] = ()


def words_of(query: str) -> tuple[str, ...]:
    """The words of a query, in small letters; what stands in quotes is one word."""
    return tuple(
        dict.fromkeys(
            word
            for quoted, plain in re.findall(r'"([^"]+)"|(\S+)', query[:LONGEST_QUERY].lower())
            if (word := " ".join((quoted or plain).strip('"').split()))
        )
    )


def find(words: Sequence[str], lines: Iterable[str]) -> Found | None:
    """Whether all words stand in these lines, each as the beginning or a part of a word; None when one is missing."""
    listed = list(lines)
    whole = "\n".join(listed).lower()
    if not all(word in whole for word in words):
        return None
    best = max(listed, key=lambda line: sum(word in line.lower() for word in words), default="")
    return Found(tuple(_pieces(_around(best, words), words)))


def lines_of(told: Told) -> Iterator[str]:
    """All that a record says, a line at a time; title and id first, so that they win among equal lines."""
    yield told.title
    yield told.id
    yield f"{told.kind}, {told.status}"
    for label, text in told.said:
        yield f"{label}: {text}" if label else text
    for part in told.parts:
        for entry in part.entries:
            yield from (each for each in (entry.text, ", and ".join(entry.when or ()), entry.unless) if each)
    for example in told.examples:
        yield f"{example.name}: {example.expected}"
    for number in told.numbers:
        yield f"{number.means}: {number.amount} ({number.name})"
    for ident, source in told.sources:
        yield f"{ident}: {source.citation}" if source else ident
    yield from told.changes


def lines_of_family(family: Family, concepts: dict[str, str]) -> Iterator[str]:
    """All that a family of frames says, a line at a time."""
    yield family.title
    yield family.id
    for concept, frames in family.by_concept().items():
        yield f"{concept}: {concepts.get(concept, '')}"
        for frame in frames:
            yield from frame.reads
            yield from frame.rejects


def _around(line: str, words: Sequence[str]) -> str:
    if len(line) <= LONGEST_LINE:
        return line
    first = min((at for word in words if (at := line.lower().find(word)) >= 0), default=0)
    start = max(0, min(first - 60, len(line) - LONGEST_LINE))
    cut = line[start : start + LONGEST_LINE]
    return f"{'…' if start else ''}{cut}{'…' if start + LONGEST_LINE < len(line) else ''}"


def _pieces(line: str, words: Sequence[str]) -> Iterator[tuple[str, bool]]:
    if not words:
        yield line, False
        return
    longest_first = sorted(words, key=len, reverse=True)
    for at, piece in enumerate(re.split(f"({'|'.join(map(re.escape, longest_first))})", line, flags=re.IGNORECASE)):
        if piece:
            yield piece, bool(at % 2)
