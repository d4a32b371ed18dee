"""What the words of a statement say of it beyond its concept: whether a sign is called an old one."""

from __future__ import annotations

import re

from service.domain.statements import Statement

_SIGN = r"(?:incontinen\w*|retention|foot ?drop|drop foot|weakness|paresis|[0-5][+-]?/5)"
_LONG = r"(?:chronic|long[- ]?standing|pre-?existing|baseline)"
_WHAT = (
    r"(?:left|right|bilateral|mild|stable|urinary|urge|bladder|bowel|fa?ecal|leg|foot|of|the|strength|ehl|ta|is|urine)"
)
_CALLED_OLD = re.compile(
    rf"\b{_LONG}\s(?:{_WHAT}\s){{0,3}}{_SIGN}"
    rf"|{_SIGN}(?:\s{_WHAT}){{0,4}}\s?[,(:]?\s?(?:(?:unchanged|stable),? )?(?:(?:at|from|since|for) )?"
    rf"(?:{_LONG}|(?:many |several )?years|before (?:the )?(?:surgery|operation)|pre-?op\w*)"
    r"(?=\s*(?:[.,;)]|$|and (?:stable|unchanged)))"
)
_GRADE = re.compile(r"[0-5][+-]?/5")
_BLADDER, _BOWEL = re.compile(r"retention|incontinen\w*"), re.compile(r"incontinen\w*")
_MOTOR = re.compile(r"foot ?drop|drop foot|weakness|paresis|[0-5][+-]?/5")
_OWN = {
    "urinary-retention": _BLADDER,
    "urinary-incontinence": _BLADDER,
    "urge-incontinence": _BLADDER,
    "bowel-incontinence": _BOWEL,
    "foot-drop": _MOTOR,
    "leg-weakness": _MOTOR,
    "bilateral-leg-weakness": _MOTOR,
}
"""What a sign is called in words; every other sign (a numb saddle) is new however old the one beside it is."""
_ANY_SIGN = re.compile(_SIGN)
_CALLED_NEW = re.compile(
    r"\b(?:new\w*|acute|wors\w+|increas\w+|progress\w+|sudden\w*|now|today|yesterday|deteriorat\w+|until|but)\b"
)
"""Read in the words of one sentence. Only a sign that is called old itself counts: pain beside it often is."""


def is_called_old(sign: Statement) -> bool:
    """Only where the sentence names this one sign: of two, either may be the old one."""
    own, words = _OWN.get(sign.concept), sign.words.lower()
    if own is None or not _CALLED_OLD.search(words) or _CALLED_NEW.search(words):
        return False
    named = _ANY_SIGN.findall(words)
    # Two grades tell of a change: "2/5 (baseline 5/5)".
    graded = [each for each in named if _GRADE.fullmatch(each)]
    return all(own.fullmatch(each) for each in named) and len(graded) < 2 and len(named) - len(graded) < 2
