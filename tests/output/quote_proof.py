"""Whether a quote proves its claim: the lines of a card in; each quote, and whether its words say the claim, out.

A quote proves when the reader, given its words alone, reads one of the things that the finding stands for, or when it
shares a word with the claim or the meaning of the finding. The name of a study proves nothing, and so do words of which
nothing is read, or only something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from service.findings.case_sheet import compiled
from service.knowledge import Knowledge
from service.knowledge.answers import accepted_words
from service.output.cards import quotes
from service.text import labels
from tests.output.met_cards import Met

_QUOTE = re.compile(r"^(?:Against: )?(.+?): “(.+)”")
_TO_BE_READ = "Not understood"
"""What nobody understood claims nothing."""
_KINDS = ("note", "report", "condition", "procedure")
_WORD = re.compile(r"[a-z]{3,}")
_EMPTY = frozenset({"the", "and", "with", "for", "that", "than", "was", "has", "from", "not", "are", "its"})
_STEM = 5
"""So many letters of a word tell it: "extension" and "extending"."""


class Quoted(NamedTuple):
    claim: str
    words: str
    proves: bool


def quoted(met: Met, knowledge: Knowledge) -> Iterator[Quoted]:
    """The quotes in the detail of one card."""
    for line in met.lines:
        found = _QUOTE.match(line)
        if found and not line.startswith(_TO_BE_READ):
            claim, words = found.groups()
            yield Quoted(claim, words, _proves(claim, words.strip("…"), met.answer, knowledge))


def _proves(claim: str, words: str, answer: Mapping[str, Any], knowledge: Knowledge) -> bool:
    if quotes.is_title(words):
        return False
    named = _findings(claim, answer)
    meant = {each["name"]: f"{each['means']} {each['name']}" for each in answer["caseSheet"] if each["name"] in named}
    if _stems(words) & _stems(" ".join([claim, *meant.values()])):
        return True
    stands_for = {
        concept
        for (name, _), answered in accepted_words().items()
        if name in named
        for concept in (*answered.says, *answered.denies)
    }
    language = compiled(knowledge.language)
    read = {s.concept for kind in _KINDS for s in labels.read_alone(words, kind, language).statements}
    return bool(read & stands_for) if stands_for else bool(read)


def _findings(claim: str, answer: Mapping[str, Any]) -> set[str]:
    """The findings of the reason that this line tells."""
    told = [*answer["redFlags"], *answer["bedsideWarnings"], *answer["causes"]]
    reasons = [r for each in told for r in (*each.get("because", ()), *each.get("for", ()), *each.get("against", ()))]
    return {
        name for reason in reasons if reason["text"].lower().startswith(claim.lower()) for name in reason["findings"]
    }


def _stems(text: str) -> set[str]:
    return {word[:_STEM] for word in _WORD.findall(text.lower().replace("_", " ")) if word not in _EMPTY}
