"""Words of a note that its patient is well: a sentence in, the kinds of good news that it tells out.

Writers say in many ways that nothing is wrong: a result ("excellent outcome", "delighted"), what is done again ("back
at work", "walks 5 km"), that no tablets are needed, that nobody complains, that the next visit falls away, a score
next to none. No single list holds them; together they are told in nearly every note of an undisturbed course. What is
denied, hoped for, planned, over, or another person's is no good news, and a sentence that denies it tells of a patient
who is not well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from service.domain.statements import Attributes, Basis, Polarity, Statement
from service.text.context.well_words import CLOSED, DOES, HINTED, KINDS, RESULT, openings
from service.text.documents.entries import Entry, Text
from service.text.documents.templates import is_advice, is_question

WELL = "doing-well"
NOT_WELL = "not well"

_NOT = re.compile(
    r"(?:\b(?:not|never|isn't|aren't|wasn't|hasn't|haven't|don't|doesn't|didn't|can't|cannot|couldn't|unable to"
    r"|un|dis|hardly"
    r"|far from|less than|nowhere near|neither|yet to|off|too \w+ to|without (?:a|an|any)|no longer|stopped"
    r"|failed to)\b[\s-]?"
    r"(?:\w+ ){0,3}|\b(?:no|poor|lack of|without)\s(?:\w+ ){0,1})\Z",
    re.IGNORECASE,
)
_MAYBE = re.compile(
    r"\b(?:if|unless|until|till|when|once|whether|should|would like|hop(?:es?|ed|ing)|wish(?:es|ed)?|aims?"
    r"|goals?|targets?|plans?|planned"
    r"|expect(?:s|ed|ing)?|(?<!sent )to be|wants?|wanted|keen to|eager|looking forward|aiming|advised?|may|can"
    r"|could|will|try|in order"
    r"|encouraged?|needs? to|must|ought|likely to|usually|most (?:people|patients)|patients|before (?:surgery"
    r"|the op\w*)|pre-? ?op\w*"
    r"|used to|previously|initially|at first|first|was|were|had (?:been|done)|did|felt|(?:six|\d+) months? (?:of"
    r"|after)|for (?:a|the first|\d+|two|three|six)"
    r"|after (?:the )?(?:first|previous|injection|block))\b[^.;:,]{0,60}\Z",
    re.IGNORECASE,
)
_HOPES = re.compile(
    r"\b(?:if|unless|should|hop(?:es?|ed|ing)|wish(?:es|ed)?|aims?|goals?|targets?|wants?|wanted"
    r"|keen to|expect(?:s|ed|ing)? (?:to|that|the|a)|most (?:people|patients)|patients)\b[^.;]{0,60}\Z",
    re.IGNORECASE,
)
_THEN = re.compile(
    r"[^.;]{0,60}?\b(?:until|till|but|apart from|except|however|although|though|save for|other than|then"
    r"|followed by|before (?:the|it|this|his|her)"
    r"|initially|at first|for (?:the first |about |around )?(?:a |\w+ )?(?:days?|weeks?|months?|years?|while)"
    r"|with the exception)\b",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"\b(?:wife|husband|mother|father|mum|dad|brother|sister|son|daughter|partner|neighbou?r|friend|cousin|uncle"
    r"|aunt|baby"
    r"|grandson|granddaughter|dog|cat|wound|incision|scar|dressing|graft|implant|fusion|films?|x-?rays?|screws?"
    r"|cage|hardware|next (?:pt|patient)|bed \d+)"
    r"(?:'s)?\b[^.;,]{0,30}\Z",
    re.IGNORECASE,
)
_ILL = re.compile(
    r"\b(?:(?:not|n't|never|less than|far from|no longer|isn't|un|dis)[ -]?(?:\w+ ){0,2}(?:doing|going|coping"
    r"|managing|happy|pleased|satisfied|content\w*|well|better"
    r"|recovered|fit for|improv\w+|comfortable|able to (?:work|return|walk|sit|stand|sleep))"
    r"|unhappy|dissatisf\w+|disappoint\w+|regrets?|fed up|in despair|miserable|desperate|struggl\w+|at (?:his"
    r"|her|my) wits? end|bedbound"
    r"|poor (?:result|outcome|progress|recovery|response)|still off (?:work|sick)|signed off (?:work|sick)"
    r"|cannot (?:work|sleep|walk|sit|stand)|can't (?:work|sleep|walk|sit|stand)"
    r"|unable to (?:work|sleep|walk|sit|stand|return)|poorly controlled|uncontrolled|in agony|no better"
    r"|no improvement|had to stop|would not (?:have|do)[^.;]{0,20} again)\b",
    re.IGNORECASE,
)
"""What a patient who is not well says."""
_ILL_HINTS = frozenset(
    {
        *(
            "not",
            "n",
            "t",
            "never",
            "less",
            "far",
            "no",
            "isn",
            "unhap",
            "dissa",
            "disap",
            "regre",
            "fed",
            "in",
            "miser",
        ),
        *("despe", "strug", "at", "bedbo", "poor", "poorl", "still", "signe", "canno", "can", "unabl", "uncon", "had"),
        "would",
    }
)


def good_news(text: str, *, of_carer: bool = False) -> frozenset[str]:
    """The kinds of good news in a sentence, or ``NOT_WELL`` alone. ``of_carer``: a relative writes for the patient."""
    held = openings(text)
    told = {
        kind
        for kind, said in KINDS
        if not held.isdisjoint(HINTED[kind])
        for match in said.finditer(text)
        if _counts(text, match, kind, of_carer)
    }
    ill = not held.isdisjoint(_ILL_HINTS) and any(
        not _of_others(text, match.start(), of_carer) and not _HOPES.search(text, 0, match.start())
        for match in _ILL.finditer(text)
    )
    return frozenset({NOT_WELL} if ill else told)


def _counts(text: str, match: re.Match[str], kind: str, of_carer: bool) -> bool:
    before = text[: match.start()]
    if kind in (RESULT, DOES) and _NOT.search(before):
        return False
    if _HOPES.search(before) or (kind in (RESULT, DOES, CLOSED) and _MAYBE.search(before)):
        return False
    return not _of_others(text, match.start(), of_carer) and not (kind != CLOSED and _THEN.match(text, match.end()))


def _of_others(text: str, at: int, of_carer: bool) -> bool:
    return not of_carer and _OTHERS.search(text[:at]) is not None


_LONGEST = 160


def well_told(text: str, entry: Entry, paper: Text, number: int, *, of_carer: bool) -> Iterator[Statement]:
    """The statements that a sentence of a note makes of its patient's being well: one a kind of good news; denied where
    the patient is told not to be well. ``number`` is that of the sentence in its text."""
    told = good_news(text, of_carer=of_carer)
    if not told or is_advice(text) or ("?" in text and is_question(text)):
        return
    for kind in sorted(told):
        yield Statement(
            WELL,
            entry.ref,
            Basis.NOTE,
            Polarity.NO if kind == NOT_WELL else Polarity.YES,
            stated=paper.stated,
            words=" ".join(text.split())[:_LONGEST],
            sentence=number,
            resource=entry.resource,
            attributes=Attributes(well=kind),
        )
