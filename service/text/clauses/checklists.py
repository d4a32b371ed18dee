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


_EITHER = re.compile(
    r"(?<!whether )(?:\bor\b|\band/or\b|(?<=[a-z])/(?=[a-z]))(?![^,;]{0,12}\bnot\b)",
    re.IGNORECASE,
)
_TO_DO = re.compile(
    r"\b(?:call|ring|phone|contact|attend|return|seek|report|alert|notify|consult|if|when|should|watch for|look out)\b",
    re.IGNORECASE,
)
"""What an advice bids; the place alone is where patients are too."""
_UNABLE = re.compile(
    r"\b(?:no|not|nor|cannot|can't|unable|without|denie[sd]|denying|nil|never)\b[^,;]{0,60}\Z", re.IGNORECASE
)
_OF_ONE = re.compile(
    r"\b(?:he|she|they|i|i'm|i've|his|her|my|pt|who|him|them|is|are|was|were|am|be|been|isn't|hasn't|has|had|felt|went"
    r"|came|since|today|yesterday|tonight|overnight|this (?:morning|afternoon|evening)|last night|ago|for \d+|pod ?\d+"
    r"|started|began|onset|right|left|rt|lt|\d+ ?(?:hrs?|hours?|days?|weeks?)|worse|worsening|progressing|now"
    r"|ambulance|brought|arrived?|referred|triaged?|c/o|presents?|admitted)\b",
    re.IGNORECASE,
)
"""What tells of one patient and one day; "new" and "sudden" are words of advice as well."""


def _is_either_or(text: str) -> bool:
    """Whether signs are named as this or that, twice or with what to do: what somebody has is told with "and"."""
    if _OF_ONE.search(text) is not None:
        return False
    told = sum(_UNABLE.search(text, 0, either.start()) is None for either in _EITHER.finditer(text))
    return told > 1 or (told == 1 and _TO_DO.search(text) is not None)


def is_checklist(readings: Sequence[Reading], text: str, language: Language) -> bool:
    """Whether a sentence names signs of three unrelated kinds as bare nouns, or of four or more without a tale,
    or of three as this or that."""
    said = {r.concept for r in readings if r.sign == "" and not (r.away or r.past or r.topic)}
    if len(said) < _MANY:
        return False
    groups = language.groups
    kinds = sum(not said.isdisjoint(members) for name, members in groups.items() if name.startswith("alarms-"))
    if kinds > _MANY:
        return not has_happened(text)
    if kinds == _MANY and not has_happened(text) and _is_either_or(text):
        return True
    families = sum(not said.isdisjoint(members) for name, members in groups.items() if name.startswith("families-"))
    return families >= _MANY and not has_happened(text) and _TALE.search(text) is None
