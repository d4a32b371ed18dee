"""Questions with which a patient tells what he has: a text in, the tale and the question apart out.

"Can't feel my bum since yesterday and pee just leaks, is this normal??" tells first and asks then; "is it normal that I
have not peed since yesterday?" tells in asking.
"""

from __future__ import annotations

import re

_TAIL = re.compile(
    r"\s*(?:,|;|\.\.+|-{1,2}|(?<=[a-z])\s(?=should|(?:is|could|can|might) (?:this|that|it) (?:be |a |an |the )?"
    r"(?:normal|ok|vein|clot|dvt|infect\w*|leak|nerve|cancer|stroke|thrombosis)))\s*"
    r"(?P<asks>(?:and |so |but )?(?:is (?:this|that|it|any of this)(?: \w+){0,2}? (?:normal|ok|okay|usual|right"
    r"|expected|serious|bad|dangerous"
    r"|to be expected|something|an emergency)\b[^?.!\n]{0,30}|normal|ok|(?:should|shall|must|do) i (?:worry|be"
    r"|come|call|go|ring|phone|need|wait"
    r"|see|tell)\b[^?.!\n]{0,50}|what (?:should|do|shall|can) i do\b[^?.!\n]{0,20}|any (?:advice|ideas?)"
    r"|(?:is|could|can|might|was) (?:it|this|that) (?:be |just |maybe )?(?:an? |the )?[a-z][a-z -]{2,30}"
    r"|what(?:'s| is) (?:this|that|going on"
    r"|happening)|why is (?:this|that)|anyone else)\s?\?+)",
    re.IGNORECASE,
)
_THAT = re.compile(
    r"\b(?:is|was) (?:it|this) (?:normal|ok|okay|usual|expected|right|common) (?:that|if|when) "
    r"(?P<what>(?:i|my|he|she)\b[^?\n]{4,160}?\b(?:since|for (?:the last |over )?\d|all (?:day|night)|today"
    r"|yesterday|this (?:morning|am)"
    r"|last night)\b[^?\n]{0,60}?)\s?\?+",
    re.IGNORECASE,
)


def with_worried_questions(text: str) -> str:
    """The text with such a question as a sentence of its own. One look where nothing is asked."""
    if "?" not in text:
        return text
    text = _THAT.sub(lambda found: f"{found['what'].strip()}.", text)
    return _TAIL.sub(
        lambda found: f". {found['asks'][0].upper()}{found['asks'][1:]}" if found.start() else found[0], text
    )
