"""Lists of what to look for: the readings of one sentence in, whether it only names emergencies, of nobody, out.

No patient has an infection, a broken back and a clot at once: a sentence that names signs of so many kinds as bare
nouns is a checklist. It is told among what was not understood, for somebody may have meant it. What goes together in
one disease is one kind: fever, headache, wasting and a running wound; a haematoma and the nerves that it presses.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from service.text.clauses.reading import Reading
from service.text.documents.templates import has_happened
from service.text.vocabulary.language import Language

_MANY = 3
"""Kinds of emergency that may stand in one sentence of a patient who is told with a verb, a side or a day."""
_TALE = re.compile(
    r"\d|[+]|\b(?:he|she|they|i|his|her|my|their|pt|patient|man|woman|lady|gentleman|mr|mrs|ms|who|him|them"
    r"|is|are|was|were|am|be|been|cannot|can't|cant|unable|isn't|hasn't|didn't|feels?|felt|getting|went|came|comes"
    r"|right|left|rt|lt|[rl]|rle|lle|l/s|r/s|new|newly|worse|progressi\w+|increas\w+|sudden\w*|acute|severe|marked"
    r"|profound|dense|spiking|swinging|ongoing|persist\w+|constant|complete|total|then|after|following|post|plus"
    r"|with|monday|tuesday|wednesday|thursday|friday|saturday|sunday|weeks?|days?|hours?|months?|morning|night"
    r"|evening|onset|developing|query|suspected|likely|diagnosis|dx|imp|impression|confirmed|blue light|urgent\w*"
    r"|emergency|theatre|admit\w*|sepsis|septic|pc|presenting|c/o|hpc|unwell)\b",
    re.IGNORECASE,
)
"""What a tale of a patient has and a list of nouns has not: a person, a verb, a number, a side, a day, a course."""


def is_checklist(readings: Sequence[Reading], text: str, language: Language) -> bool:
    """Whether a sentence names signs of three unrelated kinds as bare nouns, or of four or more without a tale."""
    said = {r.concept for r in readings if r.sign == "" and not (r.away or r.past or r.topic)}
    if len(said) < _MANY:
        return False
    groups = language.groups
    kinds = sum(not said.isdisjoint(members) for name, members in groups.items() if name.startswith("alarms-"))
    if kinds > _MANY:
        return not has_happened(text)
    families = sum(not said.isdisjoint(members) for name, members in groups.items() if name.startswith("families-"))
    return families >= _MANY and not has_happened(text) and _TALE.search(text) is None
