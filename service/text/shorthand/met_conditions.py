"""What was only warned of and then came: a text in, the same with the condition told as a statement out.

"Was told to come back if he went numb down below. He has: since 5 am" tells that he went numb. A condition alone tells
nothing; the short sentence behind it, "it has", "she can't", "now it has happened", makes it a fact.
"""

from __future__ import annotations

import re

_WARNS = (
    r"(?:told|advised|warned|asked|instructed|safety[- ]?netted|reminded|counselled|given (?:advice"
    r"|instructions)|knew|said)"
)
_PAIR = re.compile(
    rf"(?P<advice>\b{_WARNS}\b[^.;:!?\n]{{0,60}}?\b(?:if|should|in case|about|of|for"
    rf"|when)\s(?P<what>[^.;:!?,\n]{{4,120}}?))"
    r"(?P<turn>\s?[.;,:-]\s*(?:and |but |well,? |now |sadly |unfortunately |since then |today |this (?:morning"
    r"|am) )*|\s(?:and|but) (?:now )?)"
    r"(?P<met>(?:(?:it|this|that|he|she|they|i|which|all of (?:it|this|that)|exactly (?:this|that)|(?:just"
    r"|precisely) that)(?:'s|'ve)?"
    r"\s(?:now |just |since |indeed |really )?(?:has|have|had|is|does|did|can'?t|cannot|couldn't|could not"
    r"|hasn't|can not)"
    r"(?: (?:now|just|since|indeed|happened|occurred|come|come about|come true|developed|begun|started|been so"
    r"|done so)){0,3}"
    r"|(?:it|this|that|which|exactly (?:this|that)|(?:just|precisely) that)\s(?:now |just |since )?(?:happened"
    r"|occurred|came|came true|started)))"
    r"(?=\s?[.,;:!-]|\s(?:since|from|for|at|this|last|today|yesterday|overnight|now|on|in)\b|\s*\Z)",
    re.IGNORECASE,
)
_NOW_HAS = re.compile(
    rf"(?P<advice>\b{_WARNS}\b[^.;:!?\n]{{0,60}}?)(?P<turn>[.;,]\s*(?:and |but )?)now (?:has|with|have) "
    r"(?:it|this|that|them|these|all of (?:it|this|that|them))\s?[:;,.-]\s*",
    re.IGNORECASE,
)
_NOT_IT = re.compile(r"\b(?:never|not|n't|no)\b", re.IGNORECASE)
_CAN = re.compile(r"(?:can'?t|cannot|couldn't|could not|can not|hasn't)", re.IGNORECASE)


def with_met_conditions(text: str) -> str:
    """The text with what came of a warning as a sentence of its own. One look where nobody was warned."""
    if not re.search(_WARNS, text, re.IGNORECASE):
        return text
    text = _NOW_HAS.sub(r"\g<advice>. Now has ", text)
    return _PAIR.sub(_told, text)


def _told(found: re.Match[str]) -> str:
    what, met = found["what"].strip(), found["met"]
    if _CAN.search(met) and not _NOT_IT.search(what) and not _CAN.search(what):
        return found[0]  # "if he wants to drive: he can't" answers something else
    what = re.sub(r"\s(?:and now|now)\Z|\s(?:occurred|occurs|happened|happens|came on|comes on|appeared)\Z", "", what)
    return f"{found['advice']}. Now {what}"
