"""What the words of a wound or a belly after an operation say: more than every wound oozes or every belly aches."""

from __future__ import annotations

import re

from service.domain.statements import PLAIN, Attributes
from service.text.statements.pain_attributes import MINIMAL

_MORE_THAN_OOZE = re.compile(
    r"\b(?:pus|purul\w*|foul|smell\w*|offensive|green\w*|yellow\w*|cloudy|infect\w*|dehisc\w*|gap\w*|burst|apart|opened?"
    r"|soak\w*|pour\w*|copious|profuse|heavy|heavily|large|persist\w*|constant\w*|clear|csf|spreading|increas\w*|more)\b"
)


def of_discharge(_: str, words: str) -> Attributes:
    """``severity`` is "minimal" where nothing calls it more than a spot on the dressing."""
    return PLAIN if _MORE_THAN_OOZE.search(words) else Attributes(severity=MINIMAL)


_IN_EARNEST = re.compile(
    r"\b(?:severe\w*|intense|excruciating|agony|unbearable|wors\w*|increas\w*|grow\w*|expanding|tense|rigid|hard|board"
    r"|guard\w*|rebound|periton\w*|tearing|collaps\w*|faint\w*|clammy|grey|gr[ae]y|hypotens\w*|tachycard\w*"
    r"|(?:bp|hb|hgb|haemoglobin|hemoglobin|pressure)\b[^.;]{0,20}\b(?:drop\w*|fell|fall\w*|down|low)|vomit\w*|acute|sudden\w*"
    r"|flank|groin|pulsat\w*|[7-9]\s?/\s?10|10\s?/\s?10|not (?:passing|passed)|no (?:flatus|gas|stool|bowel sounds))\b",
)
_EXPECTED = re.compile(
    r"\b(?:slight\w*|mild\w*|minor|minimal\w*|little|bit|somewhat|gas|gases|air|wind|flatus|farted|bloat\w*|constipat\w*"
    r"|muscles?|incision\w*|wound|scar|cuts?|sutures?|stitch\w*|staples?|as expected|expected|normal for|soft|settl\w*"
    r"|easing|better|walks? it off|eats?|eating|appetite|tolerat\w*|postprandial|sore(?:ness)?|tender at|trapped)\b",
)


def of_belly(_: str, words: str) -> Attributes:
    """``severity`` is "severe" beside a word of earnest, "minimal" where called slight, of the wound or of gas."""
    if _IN_EARNEST.search(words):
        return Attributes(severity="severe")
    return Attributes(severity=MINIMAL) if _EXPECTED.search(words) else PLAIN


READERS = {"wound-drainage": of_discharge, "abdominal-pain": of_belly, "abdominal-distension": of_belly}
