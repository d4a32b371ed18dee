"""One item of a list of signs with its answer: its words in, what it says as a sentence out.

"fever 0" and "nil fever" deny; of a part that is asked of by its name ("saddle 0", "bladder ok") the sign is denied.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from service.text.documents.templates import is_state

SIGN = re.compile(
    r"\b(?:fevers?|febrile|pyrexia\w*|temps?|chills?|rigors?|sweats?|(?:unintended |unexplained )?(?:wt|weight) loss"
    r"|trauma|falls?|injury|ca|cancer\w*|malignanc\w+|tumou?rs?|steroids?|ivdu|immun\w+|tb"
    r"|numb\w*|ana?esthesia|paraesthesia\w*|pins and needles|weak\w*|foot ?drop|drop ?foot|deficit|incont\w*"
    r"|(?:sphincter|bladder|bowels?|b/b|sensory|urinary|sexual|bladder/bowel)"
    r" (?:disturbances?|dysfunction|changes?|symptoms?"
    r"|problems?|upset|sx|issues)|retention|leak\w*|accidents|hesitancy|discharge|ooze|oozing|drainage|redness|pus"
    r"|swell\w*|sob|dyspn\w+"
    r"|breathless\w*|cp|chest pain|dvt|pe|clots?|haemoptysis|hemoptysis|syncope|headaches?|ces|cauda equina"
    r"|neck stiffness|photophobia"
    r"|confusion|(?:night|noct\w*|rest) pain|soiling|palpitations|trouble|difficulty|loss of|lost|unable)\b",
    re.IGNORECASE,
)
"""What alarms as a bare noun."""
PART = re.compile(
    r"(?:bladder|bowels?|b\s?[/&+]\s?b|(?:bladder|bowels?)\s?(?:[/&+,]|and)\s?(?:bladder|bowels?)|(?:anal )?sphincters?"
    r"|saddle|perine(?:um|al)|perianal|(?:bladder|bowel|sexual|sphincter) function|sexual|continence|urinary)\Z",
    re.IGNORECASE,
)
"""What is asked of by the name of the part: "saddle 0", "bladder ok", "sphincters +"."""
_SOUND_OF = (
    ("saddle", "Saddle sensation normal", "Saddle numbness"),
    ("perin", "Saddle sensation normal", "Saddle numbness"),
    ("perianal", "Saddle sensation normal", "Saddle numbness"),
    ("sexual", "Sexual function normal", "Sexual dysfunction"),
    ("sphincter", "No sphincter disturbance", "Sphincter disturbance"),
    ("anal", "No sphincter disturbance", "Sphincter disturbance"),
    ("continence", "No incontinence", "Incontinence"),
    ("urinary", "Bladder normal", "Bladder dysfunction"),
)
_DENIES = r"0|nil|neg(?:ative)?(?: for)?|none|nope|no|n|absent|denie[sd]|-{1,2}|nad|excluded"
_SOUND = r"normal|nl|intact|ok(?:ay)?|fine|clear|wnl|unremarkable|good|unaffected|preserved"
_SAYS = r"1|\+{1,3}|pos(?:itive)?(?: for)?|yes|y|present"
_LESS = r"reduced|altered|impaired|abnormal|diminished|decreased|numb|poor|affected|lost"
"""What is ill of a part, and may be well of a sign: "saddle reduced", but "swelling reduced"."""
ANSWER = rf"(?:(?P<no>{_DENIES})|(?P<sound>{_SOUND})|(?P<yes>{_SAYS})|(?P<less>{_LESS}))"
_JOIN = r"(?:\s*[:=?]{1,2}\s*|\s+-{1,2}\s+|\s+|(?=[-+]))"
_ALL = r"(?:(?:all|both|each|everything)\s)"
_TAIL = (
    r"(?P<tail>\s*\([^()]{1,60}\)|\s+(?:since|for|x ?\d|over|yesterday|today|from|after"
    r"|to (?:all|each|every)|throughout)\b.{0,50})?"
)
_BEHIND = re.compile(
    rf"(?P<item>[A-Za-z][\w &/+'()-]{{0,44}}?)(?P<join>{_JOIN})(?P<all>{_ALL})?(?:is |are |was |were )?{ANSWER}{_TAIL}",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"(?:(?P<no>(?:nil|no|neg(?:ative)? for|denies|0)\s|-)|(?P<yes>pos(?:itive)? for\s|\+))\s*(?:new |recent |any )?"
    r"(?P<item>[A-Za-z][\w &/+'()-]{1,44})",
    re.IGNORECASE,
)
_HOLLOW = re.compile(r"\b(?:function|control|continence|sensation|feeling|squeeze|tone)\Z", re.IGNORECASE)
_OTHERS = re.compile(r"(?:all )?(?:the )?(?:others?|rest|remainder|else|above|remaining)\b", re.IGNORECASE)
_CANCER = re.compile(r"(?i:\bca)(?=\Z)")
_TIMES = re.compile(r"x ?\d{1,2}|to (?:all|each|every\w*).{0,20}|throughout", re.IGNORECASE)
_TESTED = re.compile(r"(?:neg(?:ative)?|normal|nl|intact|ok|fine|clear|wnl|-)\Z", re.IGNORECASE)
_SYSTEM = re.compile(
    r"\A(?:neuro\w*|GU|GI|const\w*|general|resp\w*|CVS?|MSK|skin|systemic\w*|CES|infection|vascular"
    r"|red flags?)(?:: | - )",
    re.IGNORECASE,
)


class Item(NamedTuple):
    """``said`` is whether it is there; None where it got no answer. ``every`` answers the items before it too;
    ``leads``: its
    "no" stands in front of it; ``closes``: it stands behind a colon or a dash; ``hollow``: it may mean that a good
    thing is missing."""

    words: str
    said: bool | None
    raw: str = ""
    tail: str = ""
    every: bool = False
    sound: bool = False
    leads: bool = False
    closes: bool = False
    hollow: bool = False


def is_asked(words: str) -> bool:
    return SIGN.search(words) is not None or PART.match(words.strip()) is not None


def is_hollow(words: str, answer: str) -> bool:
    """Whether the answer may mean that a good thing is missing: "saddle absent", "bladder control: none"."""
    if SIGN.search(words) or not answer:
        return False
    missing = answer.lower() in {"absent", "none", "no"}
    return (missing and PART.match(words) is not None and answer.lower() == "absent") or (
        _HOLLOW.search(words) is not None and (missing or not words.lower().endswith("function"))
    )


def item_of(part: str) -> Item:
    part = _SYSTEM.sub("", part)
    if found := _BEFORE.fullmatch(part):
        inner = _BEHIND.fullmatch(found["item"])
        if not (inner and inner["sound"]):
            hollow = is_hollow(found["item"], (found["no"] or "").strip())
            return Item(found["item"].strip(), found["yes"] is not None, part, leads=True, hollow=hollow)
    if found := _BEHIND.fullmatch(part):
        words, tail = found["item"].strip(" :-="), (found["tail"] or "").strip()
        every = bool(found["all"]) or _TIMES.fullmatch(tail) is not None
        closes = found["no"] is not None and bool(found["join"].strip())
        if found["less"] and not PART.match(words):
            return Item(part, None, part)
        said = found["yes"] is not None or found["less"] is not None
        hollow = is_hollow(words, found["no"] or "")
        return Item(words, said, part, tail, every, found["sound"] is not None, closes=closes, hollow=hollow)
    return Item(part, None, part)


def told(item: Item) -> str:
    words = item.words
    if item.said is None or (item.hollow and not item.said):
        return f"{item.raw or words}."
    if _OTHERS.match(words):
        return ""
    if PART.match(words):
        low = words.lower()
        sound, ill = next(
            (pair[1:] for pair in _SOUND_OF if low.startswith(pair[0])), (f"{words} normal", f"{words} dysfunction")
        )
        return f"{ill if item.said else sound} {item.tail}".strip() + "."
    if not SIGN.search(words) and (is_state(words) or item.said or _TESTED.search(item.raw)):
        return f"{words} normal." if item.raw[-2:] == " N" else f"{item.raw}."
    tail = "" if _TIMES.fullmatch(item.tail) else item.tail
    if item.said:
        return f"{words} {tail}".strip() + "."
    words = _CANCER.sub("cancer", words)  # "ca." would not end a sentence
    words = words if words[:2].isupper() else words[0].lower() + words[1:]
    link = " " if tail.startswith("since") else ". " if tail else ""
    return f"No {words}{link}{tail}."
